// SmartNews: SmartFormat 2.1 and "Deleting Articles". SmartNews recognises a change only by an item's
// `pubDate`, so that date is later with every version, and a withdrawn article is `deleted` with a later
// date. Links carry no parameters. `snf:analytics` is left out, since nothing here counts readers.

import { thumbnail } from "../../formats/media-rss.ts";
import { element } from "../../formats/xml.ts";
import { imfFixdate } from "../../lib/time.ts";
import { basicFindings } from "./findings.ts";
import { field, PICTURE_TYPES, rssProfile } from "./rss-item.ts";

const DESCRIPTION_MAX_CHARACTERS = 30;

/** SmartNews. */
export const smartnews = rssProfile({
  name: "smartnews",
  source: "https://publishers.smartnews.com/hc/en-us/articles/360036526213",
  confidence: "official",
  limits: { bytes: 1_000_000 },
  pictures: { types: PICTURE_TYPES },
  lint: (item) => basicFindings(item, "SmartNews"),
  // No `atom`: SmartFormat lists the namespaces that it takes.
  prefixes: ["content", "dc", "media", "snf"],
  removal: "sign",
  parts: ({ article: { url, images }, modified }, withdrawn) => ({
    link: url,
    published: modified,
    own: [
      // SmartFormat's own form; in Media RSS the status is an attribute.
      field("media:status", withdrawn === undefined ? "active" : "deleted"),
      images[0] ? thumbnail(images[0]) : "",
    ],
  }),
  channel: ({ description, image, updated, language }) => ({
    description: shortened(description, language),
    own: [
      field("pubDate", imfFixdate(updated)),
      image === undefined ? "" : element("snf:logo", {}, field("url", image)),
    ],
  }),
});

/**
 * As much as SmartNews takes, cut between words. `Intl` finds them in languages that write without spaces
 * too.
 */
function shortened(description: string, language: string): string {
  if (description.length <= DESCRIPTION_MAX_CHARACTERS) return description;
  const start =
    fitting(description, language, "word").replace(/[\s\p{P}]+$/u, "") ||
    fitting(description, language, "grapheme");
  return `${start}…`;
}

/** As many whole words, or visible characters, as leave room for the `…`. */
function fitting(text: string, language: string, granularity: "word" | "grapheme"): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter(language, { granularity }).segment(text)) {
    if (index + segment.trimEnd().length >= DESCRIPTION_MAX_CHARACTERS) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
