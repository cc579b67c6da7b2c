// A stored article in the form in which it came.

import { escapeHtml } from "../lib/text.ts";
import type { StoredArticle } from "./article.ts";
import { replaceImages, withSite } from "./body.ts";

/** The article as a PUT would send it: storing that again changes nothing. */
export function asInput(article: StoredArticle): Readonly<Record<string, unknown>> {
  const { slug: _slug, excerpt: _excerpt, body, ...input } = article;
  const shown = replaceImages(body, (src) => `<img src="${escapeHtml(src)}" alt="">`);
  return { ...input, body: { html: withSite(shown, "") } };
}
