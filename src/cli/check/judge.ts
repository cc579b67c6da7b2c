// One article's judgement, in a form that one thread can send to another.

import { omitUndefined } from "../../model/omit-undefined.ts";
import type { Instant } from "../../model/time.ts";
import { type ArticleState, readArticle } from "../article.ts";
import type { ArticleFolder, Content } from "../content.ts";
import { hexSha256 } from "../local-image.ts";
import { letteringOf } from "../renamed.ts";
import type { Finding } from "../report.ts";

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
