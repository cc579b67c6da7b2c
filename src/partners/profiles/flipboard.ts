// Flipboard: "RSS guidelines". They name no sign for an update or for a removed article. So `atom:updated`
// changes, and a notice takes the article's place.

import { present } from "../../lib/omit-undefined.ts";
import { visibleText } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import type { Finding, Item } from "../profile.ts";
import { advice, basicFindings, isCut, refusal } from "./findings.ts";
import { PICTURE_TYPES, rssProfile } from "./rss-item.ts";

const DESCRIPTION_MIN_CHARACTERS = 300;
const SHORT_SIDE_PIXELS = 400;

/** Flipboard. */
export const flipboard = rssProfile({
  name: "flipboard",
  source: "https://about.flipboard.com/rss-spec/",
  confidence: "several",
  limits: { leastItems: 20 },
  pictures: {
    minWidth: SHORT_SIDE_PIXELS,
    minHeight: SHORT_SIDE_PIXELS,
    types: PICTURE_TYPES,
  },
  lint,
  removal: "notice",
});

function lint(item: Item): readonly Finding[] {
  const { summary, images } = item.article;
  const cut = isCut(item);
  const described = visibleText(summary).length;
  // A description of this length takes the place of the text where the policy allows only an excerpt.
  const isDescribed = cut && described >= DESCRIPTION_MIN_CHARACTERS;
  return present(
    ...basicFindings(item, "Flipboard").filter(({ path }) => path !== "body" || !isDescribed),
    cut &&
      !isDescribed &&
      refusal(
        "body",
        t(
          "is cut and the summary has {count} characters, and Flipboard wants the full text or a summary of at least {least} characters",
          { count: described, least: DESCRIPTION_MIN_CHARACTERS },
        ),
      ),
    images.length === 0 &&
      advice(
        "images",
        t("is empty, and Flipboard wants a picture of at least {least} px a side", {
          least: SHORT_SIDE_PIXELS,
        }),
      ),
  );
}
