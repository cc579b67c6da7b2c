// Folders that may be one article twice: one was renamed, and the old one left.

import { type Finding, findingIn } from "../../content/finding.ts";
import type { ArticleReport } from "./judge.ts";

/** A remark for each article that names another one's folder as its id, which is what people try who rename a folder. */
export const slugsAsIds = (
  articles: readonly ArticleReport[],
  slugs: ReadonlySet<string>,
): readonly Finding[] =>
  articles
    .filter(({ id, folder }) => id !== undefined && id !== folder.slug && slugs.has(id))
    .map(({ id, idLine, folder }) => {
      const message = `is the name of another article's folder, not an id: take it out; where this is that article renamed, npx wireroom mv ${id} ${folder.slug}`;
      return findingIn(folder.file)("warning")({ path: "id", line: idLine, message });
    });

/** A remark for each article whose text another folder has, word for word: one may have been renamed, and its old folder left. */
export function doublesIn(articles: readonly ArticleReport[]): readonly Finding[] {
  const withText = articles.filter(({ text }) => text !== undefined);
  const groups = [...Map.groupBy(withText, ({ text }) => text).values()].filter((group) => group.length > 1);
  return groups.flatMap((group) =>
    group.map(({ folder }) => {
      const others = group.filter((other) => other.folder !== folder).map((other) => other.folder.slug);
      const message = `has the same text as ${others.join(" and ")}: readers see it twice. If one was renamed, take its old folder out, then say npx wireroom mv OLD NEW`;
      return findingIn(folder.file)("warning")({ path: "body", line: 1, message });
    }),
  );
}
