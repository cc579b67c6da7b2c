// A Ghost export (JSON) -> articles, and why each field is what it is. Pages are counted, and left out.

import { webUrl } from "../../lib/address.ts";
import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { plural, text } from "../../lib/text.ts";
import { parseInstant } from "../../lib/time.ts";
import { splitCaption } from "../figure-captions.ts";
import type {
  Explained,
  ImportedArticle,
  ImportedByline,
  ImportedImage,
  Importer,
  SourceDate,
} from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import { readJson } from "../parse-json.ts";
import { HELD_BACK } from "../visibility.ts";
import { addressesOn, bodyOf, type SiteAddresses } from "./ghost-body.ts";
import type { CardContext } from "./ghost-cards.ts";
import { type PostRow, readTables, type Tables, type UserRow } from "./ghost-tables.ts";

/** Reads a Ghost export (JSON). */
export const readGhost: Importer = ({ content, base, toHtml }) => {
  const tables = readTables(readJson(content));
  if (!tables) return { articles: [], problems: [{ path: "", message: NO_EXPORT }], explained: [] };
  const articles: ImportedArticle[] = [];
  const problems: Problem[] = [...tables.problems];
  const explained: Explained[] = [];
  for (const row of tables.posts.filter((post) => !isPage(post))) {
    const post = readPost(row, tables, { site: siteOf(tables.settings) ?? siteAt(base), toHtml });
    articles.push(post.article);
    explained.push(...post.explained);
    if (post.problem) problems.push({ path: post.article.item, message: `its body ${post.problem}` });
  }
  const pages = tables.posts.filter(isPage).length;
  if (pages > 0)
    explained.push({ text: plural(pages, "page"), as: "left out", why: "only posts are articles" });
  const name = siteOf(tables.settings) ?? siteAt(base) ?? tables.settings.get("title");
  return { names: name === undefined ? [] : [name], articles, problems, explained };
};

const NO_EXPORT = "is no Ghost export: make one in Ghost's settings, under “Export”";

// Until version 3 a page was a post with a mark.
const isPage = ({ type, page }: PostRow): boolean => (type ? type !== "post" : Boolean(page));

/** A post as an article. */
interface PostRead {
  readonly article: ImportedArticle;
  readonly explained: readonly Explained[];
  /** What is wrong with its body. */
  readonly problem?: string;
}

/** Reads one post. */
function readPost(
  post: PostRow,
  tables: Tables,
  { site, toHtml }: CardContext & { readonly site: string | undefined },
): PostRead {
  const notes: string[] = [];
  const note = (sentence: string) => notes.push(sentence);
  const explained: Explained[] = [];
  const explain = (as: string, value: string | undefined, why: string) => {
    if (value !== undefined) explained.push({ text: value, as, why });
  };

  const addresses = addressesOn(site);
  const held = heldBack(post, tables);
  if (held !== undefined) note(HELD_BACK + held);
  const published = instantOf(post.published_at);
  const bylines = (tables.authorsOf.get(post.id) ?? []).flatMap((user) => bylineOf(user, addresses) ?? []);
  const { html, images: shown, notes: lost = [], problem } = bodyOf(post, addresses, note, { toHtml });
  for (const sentence of lost) note(sentence);
  const tags = tagsOf(post, tables, note);
  const images = withLead(post, tables, shown, addresses);
  const url = webUrl((post.canonical_url && addresses.resolve(post.canonical_url, "link")) || "");
  if (post.codeinjection_head || post.codeinjection_foot)
    note("code that Ghost put into its page is left out");
  if (addresses.unplaced) note(UNPLACED);
  const id = idOf(post);
  const headline = text(post.title ?? "") || undefined;

  explain("headline", headline, "the post's title");
  explain("id", id, "what Ghost's feed gave as the guid, so that readers know the article");
  explain("published", published?.value, "published_at, in UTC");
  explain("byline", bylines.map(({ name }) => name).join(", ") || undefined, "posts_authors, by sort_order");
  explain(
    "tags",
    tags.join(", ") || undefined,
    "public tags, the primary one first; the first that is a section of the site is its section",
  );
  explain("lead image", images[0]?.src, "the feature image, else the first picture of the text");
  explain("canonical address", url, "canonical_url");
  const article: ImportedArticle = omitUndefined({
    item: headline ?? post.id,
    slug: post.slug || undefined,
    id,
    headline,
    dek: text(post.custom_excerpt ?? "") || undefined,
    // Ghost has only tags; one that is a section of the site becomes its section.
    sections: someOf(tags),
    language: languageOf(post, tables.settings),
    bylines: someOf(bylines),
    // `updated_at` is no update: Ghost moves it with every save, of a tag too, and its feed never told it.
    published,
    images: someOf(images),
    draft: held === undefined && problem === undefined ? undefined : true,
    url,
    oldAddresses: post.slug ? [`${site ?? ""}/${encodeURIComponent(post.slug)}/`] : [],
    body: { kind: "html" as const, html },
    notes: someOf(notes),
  });
  return omitUndefined({ article, explained, problem });
}

const UNPLACED =
  "the export does not say where its site is, and --base does: pictures are looked for in Ghost's “content” folder beside it, links start at /";

/** Ghost's feed named posts by their UUID while their ids were numbers (0.x), and by their id since. */
const idOf = ({ id, uuid }: PostRow): string => (/^\d{1,15}$/.test(id) && uuid ? uuid : id);

/** The site's address, without a slash at its end. */
const siteOf = (settings: Tables["settings"]): string | undefined =>
  siteAt(settings.get("url") ?? settings.get("site_url"));

const siteAt = (address: string | undefined): string | undefined => webUrl(address ?? "")?.replace(/\/$/, "");

const languageOf = ({ locale, language }: PostRow, settings: Tables["settings"]): string | undefined =>
  [locale, language, settings.get("locale"), settings.get("lang"), settings.get("default_locale")].find(
    Boolean,
  ) ?? undefined;

const PUBLIC = "published";

/**
 * Why the post wasn't public; undefined for a public one. A post for members stays a draft, so that it isn't
 * published by accident.
 */
function heldBack({ id, status, visibility }: PostRow, { metaOf }: Tables): string | undefined {
  if (status === "sent" || metaOf.get(id)?.email_only) return "Ghost sent it by e-mail alone";
  if (status === "draft") return "it is a draft in Ghost";
  if (status === "scheduled") return "Ghost had not published it yet: it was scheduled";
  if (status && status !== PUBLIC) return `its status in Ghost is “${status}”`;
  if (visibility && visibility !== "public") return `Ghost shows it to some readers alone (${visibility})`;
  return undefined;
}

/** Ghost writes UTC, as RFC 3339, as SQL or, in 0.x, as milliseconds. */
function instantOf(written: string | number | null | undefined): SourceDate | undefined {
  if (written === null || written === undefined || written === "") return undefined;
  const milliseconds = typeof written === "number" ? new Date(written) : undefined;
  const value = milliseconds
    ? Number.isNaN(milliseconds.getTime())
      ? String(written)
      : milliseconds.toISOString()
    : String(written).replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)?$/, "$1T$2Z");
  const instant = parseInstant(value);
  return instant === undefined ? { kind: "unclear", value } : { kind: "instant", value: instant };
}

/** The e-mail address is what they log in with: Ghost never showed it. */
function bylineOf(user: UserRow, { resolve }: SiteAddresses): ImportedByline | undefined {
  const name = text(user.name ?? "");
  const avatar = user.profile_image || user.image;
  return name === ""
    ? undefined
    : omitUndefined({
        name,
        url: webUrl(user.website ?? ""),
        avatar: webUrl((avatar && resolve(avatar, "file")) || ""),
        bio: text(user.bio ?? "") || undefined,
      });
}

function tagsOf(
  { id }: PostRow,
  { tagsOf: tags }: Tables,
  note: (sentence: string) => void,
): readonly string[] {
  const named = (tags.get(id) ?? []).map((tag) => ({ ...tag, name: text(tag.name ?? "") }));
  const isInternal = ({ name, visibility, hidden }: (typeof named)[number]) =>
    name.startsWith("#") || visibility === "internal" || Boolean(hidden);
  const internal = named.filter(isInternal).map(({ name }) => name);
  if (internal.length > 0) note(`internal tags are left out: ${internal.join(", ")}`);
  return named.filter((tag) => !isInternal(tag) && tag.name !== "").map(({ name }) => name);
}

/** The feature image, then what the text shows. */
function withLead(
  post: PostRow,
  { metaOf }: Tables,
  shown: readonly ImportedImage[],
  { resolve }: SiteAddresses,
): readonly ImportedImage[] {
  const address = post.feature_image || post.image;
  const src = address ? resolve(address, "file") : undefined;
  if (src === undefined) return shown;
  const meta = metaOf.get(post.id);
  const lead = omitUndefined({
    src,
    alt: text(meta?.feature_image_alt ?? "") || undefined,
    ...splitCaption(textOfHtml(meta?.feature_image_caption ?? undefined) ?? ""),
  });
  return [
    { ...shown.find((image) => image.src === src), ...lead },
    ...shown.filter((image) => image.src !== src),
  ];
}
