// Front matter of other generators -> an article's fields.

import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import { readDate } from "../dates.ts";
import type { ImportedArticle, ImportedByline, ImportedImage, SourceDate } from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import { isObject, type JsonObject } from "../parse-json.ts";
import { bylinesIn } from "../text/read-byline.ts";
import { collectSigns, HELD_BACK, heldBackBy, signOf } from "../visibility.ts";
import { asText, field, listOf, plain, textField } from "./values.ts";

const NAMES = {
  title: ["title", "headline"],
  shortTitle: ["shortTitle", "linkTitle", "short_headline"],
  dek: ["subtitle", "dek", "standfirst", "lede", "deck", "description", "summary", "excerpt", "abstract"],
  published: [
    "date",
    "published",
    "pubDate",
    "publishDate",
    "published_at",
    "publishedAt",
    "date_published",
    "datePublished",
    "published_date",
    "created",
    "created_at",
    "createdAt",
  ],
  updated: [
    "lastmod",
    "updated",
    "updated_at",
    "updatedAt",
    "updatedDate",
    "modified",
    "last_modified_at",
    "lastModified",
    "dateModified",
    "date_modified",
    "last_update",
  ],
  authors: [
    "authors",
    "author",
    "byline",
    "bylines",
    "by",
    "writer",
    "writers",
    "params.author",
    "params.authors",
  ],
  sections: ["categories", "category", "section", "taxonomies.categories", "params.categories"],
  tags: ["tags", "tag", "keywords", "taxonomies.tags", "topics"],
  cover: [
    "cover",
    "image",
    "cover_image",
    "coverImage",
    "featured_image",
    "featuredImage",
    "feature_image",
    "featureImage",
    "featured",
    "heroImage",
    "hero",
    "banner",
    "header.image",
    "header.teaser",
    "header.overlay_image",
    "thumbnail",
    "teaser",
    "og_image",
    "ogImage",
    "social_image",
    "socialImage",
    "images",
    "photo",
  ],
  coverAlt: [
    "cover_alt",
    "coverAlt",
    "image_alt",
    "imageAlt",
    "feature_image_alt",
    "featured_image_alt",
    "heroAlt",
    "hero_alt",
    "imageAltText",
  ],
  coverCaption: [
    "cover_caption",
    "coverCaption",
    "image_caption",
    "imageCaption",
    "feature_image_caption",
    "featured_image_caption",
    "caption",
    "header.caption",
  ],
  coverCredit: ["cover_credit", "coverCredit", "image_credit", "imageCredit", "photo_credit", "photoCredit"],
  language: ["lang", "language", "locale"],
  url: ["canonical_url", "canonical", "canonicalURL", "canonicalUrl"],
  slug: ["slug"],
  permalink: ["permalink", "url", "path"],
  aliases: ["aliases", "alias", "redirect_from", "redirects"],
  dateline: ["dateline"],
  expires: ["expiryDate", "unpublishdate", "expires"],
} as const;

const KNOWN = new Set(
  Object.values(NAMES).flatMap((names) => names.map((name) => plain(name.split(".")[0] ?? ""))),
);
// What is for the look or the workings of the other site.
const MUTE =
  /^(?:layout|type|template|theme|id|uuid|weight|order|menu|nav|navorder|parent|toc|comments?|commentable|share|sharing|math|katex|mathjax|mermaid|classes|class|bodyclass|sidebar|sticky|pin|pinned|featured|draft|published|status|visibility|private|hidden|unlisted|password|pagination|eleventy\w*|css|js|scripts?|robots|seo|sitemap|noindex|readtime|readingtime|minutes|wordcount|taxonomies|params|header|resources|build|cascade|outputs|headless|markup|iscjklanguage|future|excerptseparator|searchable|showtoc|related|ref|key)$/;

/** Everything that front matter says, and what the caller looks up. */
export interface FrontMatter {
  readonly article: Partial<ImportedArticle>;
  readonly cover?: ImportedImage;
  /** Categories as they are in addresses. */
  readonly categories: readonly string[];
  readonly slug?: string;
  readonly permalink?: string;
  readonly aliases: readonly string[];
  readonly notes: readonly string[];
  /** Why it wasn't public. */
  readonly held?: string;
}

/** What a site knows of its people, by their keys. */
export type People = JsonObject;

/** Reads front matter. `split` parts a list that is a text. */
export function readFrontMatter(fields: JsonObject, people: People, split: RegExp): FrontMatter {
  const notes: string[] = [];
  const text = (name: keyof typeof NAMES) => textField(fields, NAMES[name]);
  const words = (name: keyof typeof NAMES) => textOfHtml(text(name));
  const date = (name: "published" | "updated"): SourceDate | undefined => {
    const written = NAMES[name]
      .map((one) => textField(fields, [one]))
      .find((value) => value !== undefined && !/^(?:true|false)$/.test(value));
    return written === undefined ? undefined : readDate(written);
  };
  const categories = listOf(field(fields, NAMES.sections), split);
  const expires = text("expires");
  if (expires !== undefined)
    notes.push(`it was to be shown until ${expires}: withdraw it here when that is over`);
  const others = Object.keys(fields).filter(
    (key) =>
      !KNOWN.has(plain(key)) &&
      !MUTE.test(plain(key)) &&
      signOf(key) === undefined &&
      asText(fields[key]) !== undefined,
  );
  if (others.length > 0)
    notes.push(
      `fields that an article hasn't got are left out: ${others
        .map((key) => `${key}: ${asText(fields[key])}`)
        .join("; ")
        .slice(0, 500)}`,
    );
  const held = heldBack(fields);
  const permalink = text("permalink");
  return {
    article: omitUndefined({
      headline: words("title"),
      shortHeadline: words("shortTitle"),
      dek: words("dek"),
      published: date("published"),
      updated: date("updated"),
      sections: someOf(categories),
      tags: someOf(listOf(field(fields, NAMES.tags), split)),
      bylines: someOf(bylinesOf(field(fields, NAMES.authors), people)),
      language: text("language"),
      dateline: words("dateline"),
      url: text("url"),
    }),
    ...omitUndefined({
      cover: coverOf(fields),
      slug: text("slug"),
      permalink: permalink === "false" ? undefined : permalink,
      held,
    }),
    categories,
    aliases: listOf(field(fields, NAMES.aliases)),
    notes: [...(held === undefined ? [] : [HELD_BACK + held]), ...notes],
  };
}

function heldBack(fields: JsonObject): string | undefined {
  const { signs, add } = collectSigns();
  for (const [key, value] of Object.entries(fields)) {
    const sign = signOf(key);
    const written = asText(value);
    if (sign !== undefined && sign !== "type" && sign !== "reply" && written !== undefined)
      add(sign, written);
  }
  return heldBackBy(signs)?.why;
}

const PERSON_NAMES = ["name", "display_name", "displayName", "title", "login", "key"];

function bylinesOf(value: unknown, people: People): readonly ImportedByline[] {
  if (Array.isArray(value)) return value.flatMap((one) => bylinesOf(one, people));
  if (typeof value === "string" && isObject(people[value])) return bylinesOf(people[value], {});
  if (typeof value === "string" && value.includes(",")) {
    const keys = value.split(",").map((one) => one.trim());
    if (keys.every((key) => isObject(people[key]))) return keys.flatMap((key) => bylinesOf(key, people));
  }
  if (typeof value === "string") return bylinesIn(value);
  if (!isObject(value)) return [];
  const name = textField(value, PERSON_NAMES);
  const known = name === undefined ? undefined : people[name];
  const all = isObject(known) ? { ...known, ...value, name: textField(known, PERSON_NAMES) ?? name } : value;
  const shown = textField(all, PERSON_NAMES);
  if (shown === undefined) return [];
  return [
    omitUndefined({
      name: shown,
      url: webAddress(textField(all, ["url", "website", "web", "link", "uri"])),
      email: textField(all, ["email", "mail"]),
      bio: textOfHtml(textField(all, ["bio", "description", "about"])),
      avatar: webAddress(textField(all, ["avatar", "picture", "photo", "image"])),
    }),
  ];
}

const webAddress = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:\/\//i.test(address) ? address : undefined;

const SRC = ["src", "image", "url", "path", "file", "relative_path", "feature", "img"];

function coverOf(fields: JsonObject): ImportedImage | undefined {
  for (const name of NAMES.cover) {
    const value = field(fields, [name]);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const map = isObject(first) ? first : {};
    const src = typeof first === "string" ? first.trim() : textField(map, SRC);
    // `featured: true` is no picture.
    if (src === undefined || !/[./]/.test(src)) continue;
    return omitUndefined({
      src,
      alt: textField(map, ["alt", "alternative", "altText"]) ?? textField(fields, NAMES.coverAlt),
      caption: textOfHtml(
        textField(map, ["caption", "title", "description"]) ?? textField(fields, NAMES.coverCaption),
      ),
      credit: textOfHtml(
        textField(map, ["credit", "attribution", "photographer", "author"]) ??
          textField(fields, NAMES.coverCredit),
      ),
    });
  }
  return undefined;
}
