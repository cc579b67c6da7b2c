// What differs between two versions of a story, in words.

import { diffWordsWithSpace } from "diff";
import { t } from "../../lib/translate.ts";
import { labelOf, textOf as plainText } from "../publish/field-names.ts";
import { element, parsed } from "./dom.ts";

type Article = Readonly<Record<string, unknown>>;

/** Words that are shown before and after each difference. */
const CONTEXT_WORDS = 12;

/**
 * The differences, field by field: words that only `before` has are struck out, words that only `after` has are
 * underlined. Stretches that are the same in both are shortened.
 */
export function differences(before: Article, after: Article): HTMLElement {
  const list = element("dl", { class: "differences" });
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [textOf(before[name]), textOf(after[name])];
    if (old === now) continue;
    list.append(
      element("dt", {}, name === "body" ? t("Text") : labelOf(name)),
      element("dd", { dir: "auto" }, ...changes(old, now)),
    );
  }
  return list.children.length > 0 ? list : element("p", {}, t("Their words are the same."));
}

/** A field's words. A text's paragraphs are set apart by empty lines. */
function textOf(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null && "html" in value && typeof value.html === "string")
    return wordsOfHtml(value.html);
  return plainText(value);
}

const BLOCKS = "p, h2, h3, h4, h5, h6, li, blockquote, pre, figcaption, tr, dt, dd, summary, hr";
const MEDIA = "img, video, audio, iframe";

function wordsOfHtml(html: string): string {
  const body = parsed(html);
  for (const one of body.querySelectorAll(MEDIA)) one.replaceWith(`[${one.getAttribute("src") ?? ""}]\n\n`);
  for (const cell of body.querySelectorAll("td, th")) cell.append(" ");
  for (const block of body.querySelectorAll(BLOCKS)) block.after("\n\n");
  return body.textContent.replace(/\n{3,}/g, "\n\n").trim();
}

function changes(before: string, after: string): readonly (Node | string)[] {
  const parts = diffWordsWithSpace(before, after);
  return parts.map(({ value, added, removed }, index) => {
    if (added) return element("ins", {}, value);
    if (removed) return element("del", {}, value);
    return shortened(value, index > 0, index < parts.length - 1);
  });
}

/** A stretch that is the same: its end after it follows a difference, its start before it leads to one. */
function shortened(text: string, isAfter: boolean, isBefore: boolean): string {
  const words = text.split(/(?<=\s)/);
  const [head, tail] = [isAfter ? CONTEXT_WORDS : 0, isBefore ? CONTEXT_WORDS : 0];
  if (words.length <= head + tail + 1) return text;
  return `${words.slice(0, head).join("")} … ${tail === 0 ? "" : words.slice(-tail).join("")}`;
}
