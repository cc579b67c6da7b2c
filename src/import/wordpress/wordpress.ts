// A WordPress export (WXR) -> what it says. Posts become articles; the media library and guest authors are
// what they are made with; everything else is counted.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { plural } from "../../lib/text.ts";
import type { Explained, Imported, ImportedArticle, Importer } from "../importer.ts";
import { countedAndNamed } from "../visibility.ts";
import { attachmentsOf } from "./attachments.ts";
import { PATTERN_TYPE, patternsOf } from "./patterns.ts";
import { readPost } from "./wordpress-article.ts";
import { peopleIn } from "./wordpress-people.ts";
import { parseWxr, titleOf, type Wxr, type WxrItem } from "./wxr.ts";

const TYPES = new Set(["post", "attachment", "guest-author", PATTERN_TYPE]);
// What WordPress keeps as items beside what anybody reads.
const INTERNAL_TYPES =
  /^(?:revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_(?!block$)\w+)$/;
// A post that never was one, or is no more.
const GONE = new Set(["trash", "auto-draft", "inherit"]);

/** Reads a WordPress export (WXR). */
export const readWordpress: Importer = ({ content }) => readExports([parseExport([content])])[0] ?? NOTHING;

const NOTHING: Imported = { articles: [], problems: [], explained: [] };

/** Parses a file of an export, which may come in pieces. */
export const parseExport = (chunks: Iterable<string>): Wxr => parseWxr(chunks, TYPES);

/**
 * Reads files of exports, and gives what each holds. Files of one site are one export: WordPress.com writes
 * several, and the pictures of one's posts may be in another.
 */
export function readExports(files: readonly Wxr[]): readonly Imported[] {
  const sites = Map.groupBy(files, (file) => siteOf(file) ?? file);
  const read = new Map([...sites.values()].flatMap((parts) => [...readSite(parts)]));
  return files.map((file) => read.get(file) ?? NOTHING);
}

/** The address of the site that an export is of; undefined where it says none. */
const siteOf = ({ channel }: Wxr): string | undefined =>
  (channel.get("wp:base_blog_url") || channel.get("link") || "").trim().replace(/\/+$/, "") || undefined;

function* readSite(files: readonly Wxr[]): Iterable<readonly [Wxr, Imported]> {
  const items = files.flatMap((file) => file.items);
  const attachments = attachmentsOf(items.filter((item) => typeOf(item) === "attachment"));
  const patterns = patternsOf(items.filter((item) => typeOf(item) === PATTERN_TYPE));
  const authors = files.flatMap((file) => file.authors);
  const people = peopleIn({ authors, items }, attachments);
  const categories = new Map(files.flatMap((file) => [...file.categories]));
  const ids = new Map<string, string>();
  for (const wxr of files) {
    const data = { wxr: { ...wxr, categories }, attachments, patterns, people };
    const articles: ImportedArticle[] = [];
    const problems: Problem[] = [...wxr.problems];
    const explained: Explained[] = [];
    const posts = wxr.items.filter((item) => typeOf(item) === "post");
    for (const item of posts.filter((post) => !isGone(post))) {
      const post = readPost(item, data);
      articles.push(withOwnId(post.article, item.fields.get("link")?.trim() ?? "", ids));
      explained.push(...post.explained);
      if (post.problem)
        problems.push({ path: titleOf(item), message: `its body ${post.problem}`, line: item.line });
    }
    const others = new Map(wxr.leftOut);
    if (wxr === files.at(-1) && patterns.unused() > 0) others.set(PATTERN_TYPE, patterns.unused());
    yield [
      wxr,
      {
        names: ["link", "wp:base_blog_url"].flatMap((name) => wxr.channel.get(name) ?? []),
        articles,
        problems,
        explained: [...explained, ...leftOut(posts, others)],
      },
    ];
  }
}

/**
 * Of two posts with one guid, as copies of sites have them, the second is known by its address. One that has
 * the first's address as well is the same post, from another file of the export. `ids` has addresses by ids.
 */
function withOwnId(article: ImportedArticle, link: string, ids: Map<string, string>): ImportedArticle {
  const { id, notes = [], ...others } = article;
  if (id === undefined || !ids.has(id)) {
    if (id !== undefined) ids.set(id, link);
    return article;
  }
  if (link !== "" && ids.get(id) === link) return article;
  const own = link === "" || ids.has(link) ? undefined : link;
  if (own !== undefined) ids.set(own, link);
  const note = `its guid is another post's as well (${id}): ${own === undefined ? "it gets a new id" : "its id is its address"}`;
  return { ...others, ...omitUndefined({ id: own }), notes: [...notes, note] };
}

const typeOf = ({ fields }: WxrItem): string => fields.get("wp:post_type") || "post";

const isGone = ({ fields }: WxrItem): boolean =>
  GONE.has(fields.get("wp:status")?.trim().toLowerCase() ?? "");

/** What of an export is in no article. */
function leftOut(posts: readonly WxrItem[], types: ReadonlyMap<string, number>): readonly Explained[] {
  const comments = posts.reduce((sum, post) => sum + post.comments, 0);
  const gone = posts.filter(isGone).map(titleOf);
  const as = "left out";
  return [
    ...Array.from(types)
      .filter(([type]) => !INTERNAL_TYPES.test(type))
      .map(([type, count]) => ({
        text: `${plural(count, "item")} of type ${type}`,
        as,
        why: "only posts are articles",
      })),
    ...(gone.length > 0
      ? [{ text: countedAndNamed(gone, "post"), as, why: "in WordPress's trash, or never saved" }]
      : []),
    ...(comments > 0 ? [{ text: plural(comments, "comment"), as, why: "an article has none" }] : []),
  ];
}
