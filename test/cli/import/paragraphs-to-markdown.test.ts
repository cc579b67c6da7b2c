// Text in, the same text out: whatever a paragraph holds, Markdown shows its characters and nothing else.

import fc from "fast-check";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { describe, expect, it } from "vitest";
import { paragraphsToMarkdown } from "../../../src/cli/import/article-file.ts";
import { markdownBody } from "../../../src/content/markdown.ts";
import { text } from "../../../src/lib/text.ts";

/** Every block of what the Markdown comes out as: its element and its text. */
function blocksOf(markdown: string): readonly (readonly string[])[] {
  const tree = fromHtml(
    markdownBody(markdown).html(({ address }) => address),
    { fragment: true },
  );
  return tree.children.flatMap((node) =>
    node.type === "element" ? [[node.tagName, text(textOf(node))]] : [],
  );
}

const PARAGRAPHS = [
  ...[
    "<b>bold</b>",
    "]]>",
    "# not a heading",
    "1986. not a list",
    "1) nor this",
    "- nor that",
    "> no quote",
    "+ plus",
  ],
  ...[
    "[x](javascript:alert(1))",
    "![x](y.png)",
    "[x]: http://y.example",
    "[^1]: a note",
    "a[^1]",
    "<!-- seen -->",
  ],
  ...[
    "a * b * c",
    "_under_score_",
    "~~struck~~",
    "`code`",
    "```",
    "---",
    "===",
    "***",
    "| a | b |",
    "    indented",
  ],
  ...[
    "www.example.com, https://example.com/a_b_c(d)",
    "<https://example.com>",
    "mara@example.com",
    "AT&T &amp; &copy;",
  ],
  ...["back \\* slash \\", "&#35; hash", "a<br>b", "Setext\u2028line", "\u00a0space", "*", "_", "\\"],
];

describe("paragraphs as Markdown", () => {
  it.each(PARAGRAPHS)("%s", (paragraph) => {
    expect(blocksOf(paragraphsToMarkdown([paragraph, "The next one."]))).toEqual([
      ["p", text(paragraph)],
      ["p", "The next one."],
    ]);
  });

  it("stand as they are whatever they hold", () => {
    const sign = fc.constantFrom(..."#*_-+.>`~|[]()<>!&\\:1 9a\t$^@/=\"'");
    const paragraph = fc
      .string({ unit: fc.oneof(sign, fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })) })
      .map((value) => text(value))
      .filter((value) => value !== "");
    fc.assert(
      fc.property(fc.array(paragraph, { minLength: 1, maxLength: 4 }), (paragraphs) => {
        expect(blocksOf(paragraphsToMarkdown(paragraphs))).toEqual(paragraphs.map((one) => ["p", one]));
      }),
      { numRuns: 1000 },
    );
  });
});
