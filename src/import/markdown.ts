// Paragraphs of plain text -> Markdown that shows the same characters: nothing in them is markup.

import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { legal } from "../lib/text.ts";

/** Markdown for `src/content/markdown-body.ts`, in which each of `paragraphs` is one paragraph. */
export const paragraphsToMarkdown = (paragraphs: readonly string[]): string =>
  toMarkdown(
    {
      type: "root",
      children: paragraphs.map((value) => ({
        type: "paragraph",
        children: [{ type: "text", value: legal(value) }],
      })),
    },
    { extensions: [gfmToMarkdown()] },
  );
