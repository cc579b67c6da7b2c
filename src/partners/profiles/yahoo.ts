// Yahoo shows its specification to partners only. This follows one program that writes for it, and Media RSS.
// `pubDate` never changes; an update changes `atom:updated`. No sign is known for a removed article: a notice
// takes its place.

import { present } from "../../lib/omit-undefined.ts";
import { t } from "../../lib/translate.ts";
import type { Finding, Item } from "../profile.ts";
import { basicFindings, bodyWords, refusal } from "./findings.ts";
import { PICTURE_TYPES, rssProfile } from "./rss-item.ts";

const MIN_WORDS = 150;

/** Yahoo. */
export const yahoo = rssProfile({
  name: "yahoo",
  source: "https://www.rssboard.org/media-rss",
  confidence: "one",
  limits: {},
  pictures: {
    required: true,
    minWidth: 1280,
    minHeight: 720,
    types: PICTURE_TYPES,
    maxBytes: 5_000_000,
  },
  lint,
  removal: "notice",
});

function lint(item: Item): readonly Finding[] {
  const words = bodyWords(item);
  return present(
    ...basicFindings(item, "Yahoo"),
    words > 0 &&
      words < MIN_WORDS &&
      refusal(
        "body",
        t("has {count} words, and Yahoo wants at least {least}", { count: words, least: MIN_WORDS }),
      ),
  );
}
