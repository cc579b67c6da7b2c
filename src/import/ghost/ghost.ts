// A Ghost export (JSON) -> what it says. Posts become articles; pages are counted.

import type { Problem } from "../../lib/problem.ts";
import { plural } from "../../lib/text.ts";
import type { Explained, ImportedArticle, Importer } from "../importer.ts";
import { readJson } from "../json.ts";
import { readPost, siteOf } from "./article.ts";
import { type PostRow, readTables } from "./tables.ts";

/** Reads a Ghost export (JSON). */
export const readGhost: Importer = ({ content }) => {
  const tables = readTables(readJson(content));
  if (!tables) return { articles: [], problems: [{ path: "", message: NO_EXPORT }], explained: [] };
  const articles: ImportedArticle[] = [];
  const problems: Problem[] = [...tables.problems];
  const explained: Explained[] = [];
  for (const row of tables.posts.filter((post) => !isPage(post))) {
    const post = readPost(row, tables);
    articles.push(post.article);
    explained.push(...post.explained);
    if (post.problem) problems.push({ path: post.article.item, message: `its body ${post.problem}` });
  }
  const pages = tables.posts.filter(isPage).length;
  if (pages > 0)
    explained.push({ text: plural(pages, "page"), as: "left out", why: "only posts are articles" });
  const name = siteOf(tables.settings) ?? tables.settings.get("title");
  return { names: name === undefined ? [] : [name], articles, problems, explained };
};

const NO_EXPORT = "is no Ghost export: make one in Ghost's settings, under “Export”";

// Until version 3 a page was a post with a mark.
const isPage = ({ type, page }: PostRow): boolean => (type ? type !== "post" : Boolean(page));
