// A WordPress export (WXR) -> what it says. Posts become articles; the media library and guest authors are
// what they are made with; everything else is counted.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { plural } from "../../lib/text.ts";
import type { Explained, ImportedArticle, Importer } from "../importer.ts";
import { countedAndNamed } from "../visibility.ts";
import { attachmentsOf } from "./attachments.ts";
import { readPost } from "./wordpress-article.ts";
import { peopleIn } from "./wordpress-people.ts";
import { parseWxr, titleOf, type WxrItem } from "./wxr.ts";

const TYPES = new Set(["post", "attachment", "guest-author"]);
// What WordPress keeps as items beside what anybody reads.
const INTERNAL_TYPES =
  /^(?:revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_(?!block$)\w+)$/;
// A post that never was one, or is no more.
const GONE = new Set(["trash", "auto-draft", "inherit"]);

/** Reads a WordPress export (WXR). */
export const readWordpress: Importer = ({ content }) => {
  const wxr = parseWxr(content, TYPES);
  const attachments = attachmentsOf(wxr.items.filter((item) => typeOf(item) === "attachment"));
  const data = { wxr, attachments, people: peopleIn(wxr, attachments) };
  const articles: ImportedArticle[] = [];
  const problems: Problem[] = [...wxr.problems];
  const explained: Explained[] = [];
  const posts = wxr.items.filter((item) => typeOf(item) === "post");
  const ids = new Set<string>();
  for (const item of posts.filter((post) => !isGone(post))) {
    const post = readPost(item, data);
    articles.push(withOwnId(post.article, item.fields.get("link")?.trim(), ids));
    explained.push(...post.explained);
    if (post.problem)
      problems.push({ path: titleOf(item), message: `its body ${post.problem}`, line: item.line });
  }
  return {
    names: ["link", "wp:base_blog_url"].flatMap((name) => wxr.channel.get(name) ?? []),
    articles,
    problems,
    explained: [...explained, ...leftOut(posts, wxr.leftOut)],
  };
};

/** Of two posts with one guid, as copies of sites have them, the second is known by its address. */
function withOwnId(article: ImportedArticle, link: string | undefined, ids: Set<string>): ImportedArticle {
  const { id, notes = [], ...others } = article;
  if (id === undefined || !ids.has(id)) {
    if (id !== undefined) ids.add(id);
    return article;
  }
  const own = link === undefined || link === "" || ids.has(link) ? undefined : link;
  if (own !== undefined) ids.add(own);
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
