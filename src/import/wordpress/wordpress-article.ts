// One post of a WordPress export -> an article, and why each field is what it is.

import { percentDecoded } from "../../lib/address.ts";
import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import { parseInstant } from "../../lib/time.ts";
import { offsetText } from "../../lib/wall-clock.ts";
import { readDate } from "../dates.ts";
import type { Explained, ImportedArticle, ImportedImage, SourceDate } from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import { collectSigns, HELD_BACK, heldBackBy, signOf } from "../visibility.ts";
import type { Attachments } from "./attachments.ts";
import { bodyOf, type Shown } from "./wordpress-body.ts";
import type { People } from "./wordpress-people.ts";
import { titleOf, type Wxr, type WxrItem } from "./wxr.ts";

/** What an export says besides its posts. */
export interface ExportData extends Shown {
  readonly wxr: Pick<Wxr, "channel" | "categories">;
  readonly people: People;
}

/** A post as an article. */
export interface PostRead {
  readonly article: ImportedArticle;
  readonly explained: readonly Explained[];
  /** What is wrong with its body. */
  readonly problem?: string;
}

// Statuses of posts that aren't public in WordPress.
const WITHHELD: Readonly<Record<string, string>> = {
  draft: "it is a draft in WordPress",
  pending: "it waits for review in WordPress",
  private: "it is private in WordPress",
  future: "WordPress had not published it yet: it was scheduled",
};
const PUBLIC = "publish";

/** Reads one post. */
export function readPost(item: WxrItem, data: ExportData): PostRead {
  const { wxr, attachments, people } = data;
  const { fields } = item;
  const notes: string[] = [];
  const explained: Explained[] = [];
  const note = (sentence: string) => notes.push(sentence);
  const explain = (as: string, value: string | undefined, why: string) => {
    if (value !== undefined) explained.push({ line: item.line, text: value, as, why });
  };

  const held = heldBack(fields);
  if (held !== undefined) note(HELD_BACK + held);
  const published = publishedOf(fields);
  const updated = updatedOf(fields, published);
  const bylines = people.bylinesOf(item, note);
  const { sections, tags } = taxonomyOf(item, wxr, note);
  const excerpt = textOfHtml(fields.get("excerpt:encoded"));
  const address = fields.get("link")?.trim();
  const body = bodyOf(item, data, address, note);
  const { html, images: shown, notes: lost = [], problem } = body;
  for (const sentence of lost) note(sentence);
  const images = withLead(item, shown, attachments, note);
  // That of other scripts is percent-encoded.
  const name = fields.get("wp:post_name")?.trim() ?? "";
  const slug = (percentDecoded(name) ?? name) || undefined;
  const headline = textOfHtml(fields.get("title"));
  const id = fields.get("guid")?.trim() || undefined;
  const language =
    item.terms.find(({ domain }) => domain === "language")?.nicename || wxr.channel.get("language")?.trim();

  explain("headline", headline, "the item's title, its HTML read as text");
  explain("id", id, "the item's guid: readers know the article by it");
  explain(
    "published",
    published?.value,
    "wp:post_date and wp:post_date_gmt: their difference is the site's offset then",
  );
  explain("updated", updated?.value, "wp:post_modified_gmt, a minute or more after it was published");
  explain(
    "byline",
    bylines.map(({ name }) => name).join(", ") || undefined,
    "the item's authors, in the export's order",
  );
  explain("section", sections[0], "the first of the item's categories, the primary one before the others");
  explain("lead image", images[0]?.src, "the featured image, else the first picture of the text");
  explain(
    "old address",
    address,
    "no canonical address: the article's page is here; a line of redirects.txt leads readers of the old one to it",
  );
  const article: ImportedArticle = omitUndefined({
    item: titleOf(item),
    slug,
    id,
    headline,
    dek: excerpt ?? subtitleOf(item),
    sections: someOf(sections),
    tags: someOf(tags),
    language: language || undefined,
    bylines: someOf(bylines),
    published,
    updated,
    images: someOf(images),
    oldAddresses: someOf(oldAddressesOf(fields, wxr)),
    draft: held !== undefined || problem !== undefined || body.isHeld || undefined,
    body: omitUndefined({ kind: "html" as const, html, base: address || undefined }),
    notes: someOf(notes),
  });
  return omitUndefined({ article, explained, problem });
}

/** The post's page, and WordPress's short address of it. */
function oldAddressesOf(fields: Fields, { channel }: ExportData["wxr"]): readonly string[] {
  const page = fields.get("link")?.trim() ?? "";
  const blog = (channel.get("wp:base_blog_url") || channel.get("link") || "").trim();
  const id = fields.get("wp:post_id")?.trim() ?? "";
  const short = /^\d+$/.test(id) && URL.canParse(blog) ? [`${blog.replace(/\/+$/, "")}/?p=${id}`] : [];
  return [...new Set([page, ...short])].filter((address) => URL.canParse(address));
}

function heldBack(fields: WxrItem["fields"]): string | undefined {
  const status = fields.get("wp:status")?.trim().toLowerCase() || PUBLIC;
  if (status !== PUBLIC) return WITHHELD[status] ?? `its status in WordPress is “${status}”`;
  if (fields.get("wp:post_password")) return "it has a password in WordPress";
  // What plug-ins add.
  const { signs, add } = collectSigns();
  for (const [name, value] of fields) {
    const sign = name.startsWith("wp:") ? undefined : signOf(name.replace(/^.*[:}]/, ""));
    if (sign !== undefined && sign !== "type") add(sign, value);
  }
  return heldBackBy(signs)?.why;
}

// Where plug-ins keep the id of the category that leads; WordPress itself knows none.
const PRIMARY_KEYS = ["_yoast_wpseo_primary_category", "rank_math_primary_category"];
// Taxonomies that are no tags: author and language are read elsewhere, and the format is for themes.
const OTHER_TAXONOMIES = new Set(["author", "language", "post_format", "post_translations"]);

function taxonomyOf(
  { terms, meta }: WxrItem,
  { categories }: Pick<Wxr, "categories">,
  note: (sentence: string) => void,
) {
  const primary = PRIMARY_KEYS.map((key) => categories.get(meta.get(key) ?? "")).find((name) => name);
  const named = (domain: string) => terms.filter((term) => term.domain === domain && text(term.name) !== "");
  const own = named("category");
  const ordered = [
    ...own.filter(({ nicename }) => nicename === primary),
    ...own.filter(({ nicename }) => nicename !== primary),
  ];
  const rest = terms.filter(
    ({ domain }) => !["category", "post_tag"].includes(domain) && !OTHER_TAXONOMIES.has(domain),
  );
  if (rest.length > 0) {
    const list = rest.map(({ domain, name }) => `${text(name)} (${domain})`);
    note(`terms of other taxonomies are left out: ${list.join(", ")}`);
  }
  const names = (list: typeof terms) => [...new Set(list.flatMap(({ name }) => textOfHtml(name) ?? []))];
  return { sections: names(ordered), tags: names(named("post_tag")) };
}

// Where plug-ins keep a subtitle, which is what a standfirst is.
const SUBTITLE_KEYS = ["_subtitle", "subtitle", "wps_subtitle", "kia_subtitle"];

// Advanced Custom Fields keeps, under the same name with an underscore, which of its fields it is.
const subtitleOf = ({ meta }: WxrItem): string | undefined =>
  SUBTITLE_KEYS.map((key) => textOfHtml(meta.get(key))).find(
    (value) => value !== undefined && !/^field_[0-9a-f]+$/.test(value),
  );

/** The featured image, then what the body shows, each with all that is known of it. */
function withLead(
  { meta }: WxrItem,
  shown: readonly ImportedImage[],
  attachments: Attachments,
  note: (sentence: string) => void,
): readonly ImportedImage[] {
  const id = meta.get("_thumbnail_id")?.trim() ?? "";
  const lead = attachments.byId.get(id)?.image;
  if (!lead && Number(id) > 0) note(`its featured image is not in the export: attachment ${id}`);
  // The library's caption is shown with the featured image alone: in the text, the author has chosen.
  const described = shown.map((image) => {
    const { caption: _, ...known } = attachments.find(image.src ?? "")?.image ?? {};
    return { ...known, ...image };
  });
  const isLead = ({ src }: ImportedImage) => src !== undefined && src === lead?.src;
  return lead
    ? [{ ...lead, ...described.find(isLead) }, ...described.filter((image) => !isLead(image))]
    : described;
}

// Dates. WordPress writes each twice, as the site's local time and in UTC: the difference is the site's UTC
// offset at that time.

type Fields = ReadonlyMap<string, string>;

/** When it was published; undefined for a draft, whose date is that of its last save. */
export function publishedOf(fields: Fields): SourceDate | undefined {
  const local = wallClock(fields.get("wp:post_date"));
  const utc = wallClock(fields.get("wp:post_date_gmt"));
  if (utc !== undefined) return withOffset(utc, local);
  if (NEVER_PUBLISHED.has(fields.get("wp:status") ?? "")) return undefined;
  if (local !== undefined) return { kind: "local", value: local };
  const date = fields.get("pubDate")?.trim();
  return date ? readDate(date) : undefined;
}

/** When it was changed after it was published. The saves of a post's first minute are no update. */
export function updatedOf(fields: Fields, published: SourceDate | undefined): SourceDate | undefined {
  const utc = wallClock(fields.get("wp:post_modified_gmt"));
  if (utc === undefined || published?.kind !== "instant") return undefined;
  const later = Date.parse(`${utc}Z`) - Date.parse(published.value);
  return later >= UPDATE_MS ? withOffset(utc, wallClock(fields.get("wp:post_modified"))) : undefined;
}

const NEVER_PUBLISHED: ReadonlySet<string> = new Set(["draft", "pending", "auto-draft"]);
const UPDATE_MS = 60_000;
const MINUTE_MS = 60_000;
const LARGEST_OFFSET_MINUTES = 14 * 60;
// Every offset in use is a multiple of it: another difference is a date that was changed by hand.
const OFFSET_STEP_MINUTES = 15;

/** `2026-01-12 18:04:00` as `2026-01-12T18:04:00`; undefined for zeros, which stand for no date. */
function wallClock(written: string | undefined): string | undefined {
  const wall = written?.trim().replace(" ", "T") ?? "";
  return parseInstant(`${wall}Z`) === undefined ? undefined : wall;
}

function withOffset(utc: string, local: string | undefined): SourceDate {
  const minutes = local === undefined ? 0 : (Date.parse(`${local}Z`) - Date.parse(`${utc}Z`)) / MINUTE_MS;
  const size = Math.abs(minutes);
  if (local === undefined || size > LARGEST_OFFSET_MINUTES || size % OFFSET_STEP_MINUTES !== 0)
    return { kind: "instant", value: `${utc}Z` };
  return { kind: "instant", value: local + offsetText(minutes) };
}
