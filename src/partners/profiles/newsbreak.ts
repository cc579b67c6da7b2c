// NewsBreak shows its specification to partners only. This follows its "Publisher FAQ" and several programs
// that write for it: full English texts with pictures, bylines and credits. The guid is the permalink, where
// that is a page of its own. No sign is known for an update or for a removed article: `atom:updated` changes,
// and a notice takes the article's place.

import { inByline } from "../../article/byline.ts";
import { present } from "../../lib/omit-undefined.ts";
import { t } from "../../lib/translate.ts";
import type { Finding, Item } from "../profile.ts";
import { advice, basicFindings, isCut, refusal } from "./findings.ts";
import { PICTURE_TYPES, rssProfile } from "./rss-item.ts";

/** NewsBreak. */
export const newsbreak = rssProfile({
  name: "newsbreak",
  source: "https://support.newsbreak.com/publisher-faq",
  confidence: "several",
  limits: {},
  pictures: { required: true, types: PICTURE_TYPES },
  lint,
  permalink: true,
  removal: "notice",
});

function lint(item: Item): readonly Finding[] {
  const { bylines, images, language } = item.article;
  return present(
    ...basicFindings(item, "NewsBreak"),
    isCut(item) &&
      refusal("body", t("is cut, and NewsBreak takes only full texts: the policy must say content: full")),
    !bylines.some(inByline) &&
      refusal("bylines", t("names no author, and NewsBreak takes no article without one")),
    !/^en\b/.test(language) &&
      refusal("language", t("is {language}, and NewsBreak takes only English", { language })),
    ...images.map(
      ({ credit, copyright }, index) =>
        !(credit ?? copyright) &&
        advice(`images[${index}].credit`, t("is missing, and NewsBreak wants every picture credited")),
    ),
  );
}
