// An article as it stood at an instant, as far as its file tells: what is dated later hadn't happened. Pure.

import { hexSha256 } from "../content/local-image.ts";
import type { ArticleState } from "../content/read-article.ts";
import { type Instant, latest } from "../lib/time.ts";

/** The article without corrections, and without an `updated`, after `instant`; of a scheduled one, after its publication. */
export function articleAsOf(article: ArticleState, instant: Instant): ArticleState {
  if (article.kind !== "article") return article;
  const { updated, corrections, ...rest } = article.input;
  const limit = latest([instant, rest.published]) ?? instant;
  const happened = (at: Instant) => at <= limit;
  const input = {
    ...rest,
    ...(updated !== undefined && happened(updated) ? { updated } : {}),
    corrections: corrections.filter(({ at }) => happened(at)),
  };
  if (input.updated === updated && input.corrections.length === corrections.length) return article;
  const json = Buffer.from(JSON.stringify(input));
  return { ...article, input, json, digest: hexSha256(json) };
}
