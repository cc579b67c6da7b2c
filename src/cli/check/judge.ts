// One article's judgement, in a form that one thread can send to another.

import type { Finding } from "../../content/finding.ts";
import type { ArticleFolder, Content } from "../../content/folder.ts";
import { hexSha256 } from "../../content/local-image.ts";
import { type ArticleState, readArticle } from "../../content/read-article.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";
import { letteringOf } from "../renamed.ts";

/** What is said of an article. */
export interface ArticleReport {
  readonly kind: ArticleState["kind"];
  readonly folder: ArticleFolder;
  readonly findings: readonly Finding[];
  /** Its own id, and the line on which that stands. */
  readonly id?: string;
  readonly idLine: number;
  /** SHA-256 of its text without markup; missing for one with hardly any. */
  readonly text?: string;
}

/** Judges one article, as of `now`. */
export const judge = (
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs">,
  now: Instant,
): ArticleReport => {
  const article = readArticle(folder, content, now);
  const letters = article.kind === "article" ? letteringOf(article.input) : undefined;
  return {
    ...reportOn(article),
    ...(letters === undefined ? {} : { text: hexSha256(Buffer.from(letters)) }),
  };
};

/** What is said of an article that was read. */
export function reportOn(article: ArticleState): ArticleReport {
  const { kind, folder, findings } = article;
  const id = article.kind === "article" ? article.input.id : undefined;
  const idLine = article.kind === "article" ? article.lineOf("id") : 1;
  return { kind, folder, findings, idLine, ...omitUndefined({ id }) };
}
