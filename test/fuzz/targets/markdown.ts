// Markdown through the reader and the clean-up.

import { markdownBody } from "../../../src/content/markdown.ts";
import { TooMuchMarkup } from "../../../src/html/parse.ts";
import { anyMarkdown } from "../markdown.ts";
import { must, type Outcome, target } from "../target.ts";
import { checkCleaned } from "./clean.ts";

/** Bodies of index.md. */
export const markdown = target({ name: "Markdown", inputs: 20_000, arbitrary: anyMarkdown, check });

function check(source: string): Outcome {
  try {
    return checkRead(source, markdownBody(source));
  } catch (error) {
    if (!(error instanceof TooMuchMarkup)) throw error;
    return "refused";
  }
}

function checkRead(source: string, { elements, references, html }: ReturnType<typeof markdownBody>): Outcome {
  const lines = source.split(/\r\n|\r|\n/).length;
  for (const { line } of [...elements, ...references])
    must(line >= 1 && line <= lines + 1, () => `line ${line} of ${lines}`);
  return checkCleaned(html(({ address }) => address));
}
