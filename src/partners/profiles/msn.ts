// MSN Partner Hub: "MSN feed item metadata requirements", "Feed content specifications in MSN Partner Hub",
// "How to display inline media and embeds on MSN". An update is the same guid with a later
// `dcterms:modified`; an article goes by an expiration date that has passed ("MSN content expiration and
// takedown rules").

import { attributesOf, replaceTags } from "../../article/body.ts";
import type { Image } from "../../article/image.ts";
import type { Site } from "../../article/site.ts";
import { mediaElements } from "../../formats/media-rss.ts";
import { present } from "../../lib/omit-undefined.ts";
import { escapeHtml, type Html, visibleText } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import type { Finding, Item } from "../profile.ts";
import { advice, basicFindings, bodyCharacters, refusal } from "./findings.ts";
import { field, PICTURE_TYPES, rssProfile, updatedElement } from "./rss-item.ts";

const TITLE_MIN_CHARACTERS = 21;
const TITLE_MAX_CHARACTERS = 150;
const SHORT_TITLE_MAX_CHARACTERS = 54;
/** "Common feed ingestion errors": the text of an article. */
const BODY_MIN_CHARACTERS = 450;
const BODY_MAX_CHARACTERS = 500_000;
const ADVISED_WIDTH_PIXELS = 720;
const DAY_SECONDS = 86_400;

/** MSN. */
export const msn = rssProfile({
  name: "msn",
  source: "https://support.microsoft.com/topic/0114c19c-36bb-4fef-8322-4a1ed6888329",
  confidence: "official",
  // Fewer than 30 items, younger than 365 days.
  limits: {
    ...{ items: 29, bytes: 10_000_000, ageSeconds: 365 * DAY_SECONDS - 1 },
    headline: TITLE_MAX_CHARACTERS,
  },
  pictures: {
    minRatio: 0.5,
    maxRatio: 1.89,
    types: PICTURE_TYPES,
    maxBytes: 14_000_000,
  },
  tags: [
    ...["b", "i", "em", "strong", "sub", "sup", "small", "h1", "h2", "h3", "h4", "h5", "a", "img"],
    ...["table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "caption", "colgroup"],
    // The policy says which hosts of iframes are allowed.
    ...["ul", "ol", "li", "p", "div", "span", "br", "blockquote", "iframe", "figure", "figcaption"],
  ],
  lint,
  prefixes: ["content", "dc", "dcterms", "atom", "media", "mi"],
  removal: "sign",
  parts: (item, withdrawn) => {
    const { images } = item.article;
    const expires = withdrawn ?? item.expires;
    return {
      body: withRights(item.body, images),
      own: [
        field("mi:shortTitle", shortTitle(item)),
        updatedElement("dcterms:modified", item),
        field("dcterms:valid", expires),
        field("mi:expirationDate", expires),
        // If a picture is in the body too, MSN takes its rights from here.
        mediaElements(
          images,
          (image) => field("mi:hasSyndicationRights", "1") + field("mi:licensorName", licensorOf(image)),
        ),
      ],
    };
  },
});

function lint(item: Item, site: Site): readonly Finding[] {
  const { headline, shortHeadline, language, images } = item.article;
  const characters = visibleText(headline).length;
  const bodyLength = bodyCharacters(item);
  const isLong = characters > TITLE_MAX_CHARACTERS;
  const width = images[0]?.width ?? ADVISED_WIDTH_PIXELS;
  const lengths = { count: shortHeadline?.length ?? 0, most: SHORT_TITLE_MAX_CHARACTERS };
  return present(
    ...basicFindings(item, "MSN"),
    bodyLength > 0 &&
      (bodyLength < BODY_MIN_CHARACTERS || bodyLength > BODY_MAX_CHARACTERS) &&
      refusal(
        "body",
        t("has {count} characters, and MSN takes {least} to {most}", {
          count: bodyLength,
          least: BODY_MIN_CHARACTERS,
          most: BODY_MAX_CHARACTERS,
        }),
      ),
    characters < TITLE_MIN_CHARACTERS &&
      refusal(
        "headline",
        t("has {count} characters, and MSN wants more than {most}", {
          count: characters,
          most: TITLE_MIN_CHARACTERS - 1,
        }),
      ),
    isLong &&
      shortHeadline === undefined &&
      refusal(
        "headline",
        t(
          "has {count} characters, and MSN takes more than {most} only with a shortHeadline of at most {short} characters",
          { count: characters, most: TITLE_MAX_CHARACTERS, short: SHORT_TITLE_MAX_CHARACTERS },
        ),
      ),
    lengths.count > SHORT_TITLE_MAX_CHARACTERS &&
      (isLong
        ? refusal(
            "shortHeadline",
            t("has {count} characters, and MSN's short titles have at most {most}", lengths),
          )
        : advice(
            "shortHeadline",
            t("has {count} characters, and MSN's short titles have at most {most}: it is left out", lengths),
          )),
    // Not a refusal: the policy may select one language that isn't the site's.
    language !== site.language &&
      advice(
        "language",
        t("is {language}, and MSN takes one language a feed: select it by select.languages", { language }),
      ),
    images.length === 0 &&
      advice("images", t("is empty: an article without a picture must be released by hand at MSN")),
    width < ADVISED_WIDTH_PIXELS &&
      advice(
        "images[0]",
        t("is {width} px wide, and MSN advises at least {least}", { width, least: ADVISED_WIDTH_PIXELS }),
      ),
  );
}

const shortTitle = ({ article: { shortHeadline } }: Item): string | undefined =>
  shortHeadline !== undefined && shortHeadline.length <= SHORT_TITLE_MAX_CHARACTERS
    ? shortHeadline
    : undefined;

/** The body with rights attributes on each `img`. A partner's pictures all have syndication rights. */
function withRights(body: Html, images: readonly Image[]): Html {
  const bySource = new Map(images.map((image) => [image.src, image]));
  return replaceTags(body, (tag) => {
    const [source] = tag.name === "img" ? attributesOf(tag) : [];
    const image = source?.name === "src" ? bySource.get(source.value) : undefined;
    if (!source || !image) return tag.html;
    const attributes = {
      "data-portal-copyright": image.copyright ?? image.credit?.name,
      "data-licensor-name": licensorOf(image),
      "data-has-syndication-rights": "1",
    };
    const written = Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}="${escapeHtml(value)}"`],
    );
    const start = `<img src="${source.written}"`;
    return [start, ...written].join(" ") + tag.html.slice(start.length);
  });
}

/** The agency that a picture comes from. The credit of anybody else doesn't say who licenses the picture. */
const licensorOf = ({ credit }: Image): string | undefined =>
  credit?.role?.toLowerCase() === "agency" ? credit.name : undefined;
