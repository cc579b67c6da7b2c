// Words of a feed as text: what is HTML and what isn't.

import { text } from "../../lib/text.ts";
import { textOfHtml } from "../html-text.ts";
import type { Words } from "./item.ts";

// A reference, or the end of an element that texts use, or one that needs none. "5 < 6 & 7" and "the <b> tag" are text.
const MARKUP =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});|<\/(?:p|div|span|a|b|i|u|em|strong|small|sup|sub|h[1-6]|ul|ol|li|blockquote|figure|table|tr|td|code|pre|cite|q|font|center)>|<(?:br|hr|img|p|wbr)(?:\s[^<>]*)?\/?>/i;

/** True for words that are HTML, or look like it where that was left open. */
export const isHtml = ({ kind, value }: Words): boolean =>
  kind === "html" || (kind === "either" && MARKUP.test(value));

/** Words as text on one line. */
export const asText = (words: Words): string =>
  isHtml(words) ? (textOfHtml(words.value) ?? "") : text(words.value);
