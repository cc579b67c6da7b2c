// SmartNews: SmartFormat 2.1 and "Deleting Articles". SmartNews looks at nothing but an item's `pubDate` to see that it
// changed, so that date moves with every version, and a withdrawn article is `deleted` under a later one. Links carry no
// parameters: `snf:analytics` is there for counting, and left out, since nothing here counts.

import { thumbnail } from "../../formats/media-rss.ts";
import { element } from "../../formats/xml.ts";
import { imfFixdate } from "../../model/time.ts";
import type { PictureRules } from "../profile.ts";
import { basicFindings } from "./findings.ts";
import { field, PICTURE_TYPES, rssProfile } from "./rss-item.ts";

const DESCRIPTION_MAX_CHARACTERS = 30;
const PICTURES: PictureRules = { types: PICTURE_TYPES };

/** SmartNews. */
export const smartnews = rssProfile({
  name: "smartnews",
  source: "https://publishers.smartnews.com/hc/en-us/articles/360036526213",
  confidence: "official",
  limits: { bytes: 1_000_000 },
  pictures: PICTURES,
  lint: (story) => basicFindings(story, PICTURES, "SmartNews"),
  // No `atom`: SmartFormat lists the namespaces that it takes.
  prefixes: ["content", "dc", "media", "snf"],
  removal: "sign",
  item: ({ article: { url, images }, modified }, withdrawn) => ({
    link: url,
    published: modified,
    own: [
      // As SmartFormat has it; in Media RSS it is an attribute.
      field("media:status", withdrawn === undefined ? "active" : "deleted"),
      images[0] ? thumbnail(images[0]) : "",
    ],
  }),
  channel: ({ description, image, updated }) => ({
    description: shortened(description),
    own: [
      field("pubDate", imfFixdate(updated)),
      image === undefined ? "" : element("snf:logo", {}, field("url", image)),
    ],
  }),
});

/** As much as SmartNews takes, cut between words. */
function shortened(description: string): string {
  if (description.length <= DESCRIPTION_MAX_CHARACTERS) return description;
  const start = description.slice(0, DESCRIPTION_MAX_CHARACTERS - 1);
  const end = description[start.length] === " " ? start.length : start.lastIndexOf(" ");
  return `${end > 0 ? start.slice(0, end) : start}…`;
}
