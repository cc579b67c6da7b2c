// IPTC ninjs 3.1, News in JSON: one object is one item. A document is a JSON array of them, as in IPTC's own
// examples of collections, so that each element is complete, says its own standard, and can be validated
// alone. Fields are listed one by one, never spread, so that no internal field gets out.

import type { Nodes } from "hast";
import type { Image } from "../../article/image.ts";
import { formulaText, scriptText } from "../../article/plain-text.ts";
import type { Site } from "../../article/site.ts";
import { assertSameId } from "../../formats/format.ts";
import { bylineText, phrasesFor } from "../../formats/phrases.ts";
import { present, someOf } from "../../lib/omit-undefined.ts";
import type { Html } from "../../lib/text.ts";
import type { Instant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import type { Item, Profile } from "../profile.ts";
import { parse } from "../restrict-html.ts";
import { refusal } from "./findings.ts";

const STANDARD = {
  name: "ninjs",
  version: "3.1",
  schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
};

// RFC 3986 §3, but for user names, IP addresses and empty paths. Ids that older systems gave need not be even
// this.
const CHARACTER = "(?:[\\w.~!$&'()*+,;=:@-]|%[\\da-f]{2})";
const HOST = "(?:[\\w.~!$&'()*+,;=-]|%[\\da-f]{2})*(?::\\d*)?";
const PATH = `(?://${HOST}(?:/(?:${CHARACTER}|/)*)?|/|/?${CHARACTER}(?:${CHARACTER}|/)*)`;
const REST = `(?:${CHARACTER}|[/?])*`;
const URI = new RegExp(`^[a-z][a-z\\d+.-]*:${PATH}(?:\\?${REST})?(?:#${REST})?$`, "i");

/** IPTC ninjs 3.1. */
export const ninjs: Profile = {
  name: "ninjs",
  file: "ninjs.json",
  mediaType: "application/json",
  source: "https://iptc.org/standards/ninjs/",
  confidence: "official",
  limits: {},
  pictures: {},
  lint: ({ article }) =>
    present(
      !URI.test(article.uri) &&
        refusal(
          "id",
          t("is not a URI by RFC 3986, and ninjs takes no other id: publish a new article in its place"),
        ),
    ),
  separator: ",\n",
  entry: (item, site) => JSON.stringify(newsItem(item, site)),
  verify: (entry, { article }) =>
    assertSameId((JSON.parse(entry) as { uri?: unknown }).uri, { ...article, id: article.uri }),
  removal: "sign",
  sign: (notice, at) => JSON.stringify(canceled(notice, at)),
  envelope: () => ({ open: "[\n", close: "\n]\n" }),
};

function newsItem(item: Item, site: Site) {
  const { article, link, version, modified, embargoedUntil } = item;
  const { language, section, rights } = article;
  const { phrases } = phrasesFor(language);
  return {
    uri: article.uri,
    standard: STANDARD,
    type: "text",
    // A program that knows only an older ninjs doesn't read `embargoedUntil`, and would publish a `usable`
    // item at once. `withheld` means "until further notice". The release is that notice, so it must be a
    // later version, and `versionCreated` must not be before it.
    pubStatus: embargoedUntil ? "withheld" : "usable",
    version: String(embargoedUntil ? version - 0.5 : version),
    versionCreated: embargoedUntil ? undefined : modified,
    firstCreated: embargoedUntil ? undefined : article.published,
    embargoedUntil,
    expires: item.expires,
    language,
    slugline: article.slug,
    headlines: valued([
      { role: "main", value: article.headline },
      { role: "short", value: article.shortHeadline },
    ]),
    descriptions: valued([{ role: "summary", value: article.summary }]),
    bodies: bodies(item.body),
    edNote:
      article.corrections
        .map(({ at, kind, text }) => `${phrases.corrections[kind]}, ${at}: ${text}`)
        .join("\n") || undefined,
    by: bylineText(article.bylines, language),
    people: someOf(
      article.bylines.map(({ name, role, url, email }) => ({
        name,
        rel: role,
        uri: url,
        contactInfo: email === undefined ? undefined : [{ type: "email", value: email }],
      })),
    ),
    located: article.dateline,
    subjects: someOf([
      ...(section ? [{ name: section.title, rel: "section", literal: section.slug }] : []),
      ...article.tags.map(({ name, slug }) => ({ name, rel: "tag", literal: slug || undefined })),
    ]),
    genres: article.sponsored ? [{ name: phrases.sponsored, literal: "sponsored" }] : undefined,
    associations: someOf(article.images.map(picture)),
    // `uri` is not an address; the page is another rendition of the same content.
    renditions: [{ name: "web", href: link, contentType: "text/html" }],
    altIds: [{ role: "canonical", value: article.url }],
    copyrightNotice: rights?.copyright ?? site.copyright,
    usageTerms: rights?.terms,
    rightsInfo: rights?.license === undefined ? undefined : { linkedRights: rights.license },
  };
}

/** The same item as a kill: a later version that has only the notice. */
const canceled = ({ article, body, version }: Item, at: Instant) => ({
  uri: article.uri,
  standard: STANDARD,
  type: "text",
  pubStatus: "canceled",
  version: String(version),
  versionCreated: at,
  firstCreated: article.published,
  language: article.language,
  headlines: [{ role: "main", value: article.headline }],
  bodies: bodies(body),
  edNote: article.summary,
});

const picture = (image: Image, index: number) => ({
  name: `picture-${index + 1}`,
  rel: index === 0 ? "lead" : "illustration",
  uri: image.src,
  type: "picture",
  descriptions: valued([
    { role: "caption", value: image.caption },
    { role: "alt", value: image.alt },
  ]),
  by: image.credit?.name,
  copyrightNotice: image.copyright,
  renditions: [
    {
      name: "main",
      href: image.src,
      contentType: image.type,
      width: image.width,
      height: image.height,
      sizeInBytes: image.length,
    },
  ],
});

const bodies = (body: Html) =>
  valued([
    { role: "html", contentType: "text/html", value: body },
    { role: "text", contentType: "text/plain", value: plainText(body) },
  ]);

const valued = <T extends { readonly value: string | undefined }>(list: readonly T[]) =>
  someOf(list.filter(({ value }) => value));

const INLINE =
  /^(?:a|abbr|bd[io]|b|cite|code|data|del|dfn|em|i|img|ins|kbd|mark|[qsu]|samp|small|span|strong|su[bp]|time|var|wbr)$/;

/**
 * A body as plain text, a paragraph for each block. Formulas, superscripts and subscripts are written on the
 * line.
 */
function plainText(body: Html): string {
  const parts: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === "text") parts.push(node.value.replace(/\s+/g, " "));
    if (!("children" in node)) return;
    if (node.type === "element") {
      const said = node.tagName === "math" ? formulaText(node) : scriptText(node, parts.at(-1) ?? "");
      if (said !== undefined) {
        parts.push(said);
        return;
      }
    }
    const isBlock = node.type === "element" && !INLINE.test(node.tagName);
    if (isBlock) parts.push("\n");
    node.children.forEach(walk);
    if (isBlock) parts.push("\n");
  };
  walk(parse(body));
  return parts
    .join("")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n\n");
}
