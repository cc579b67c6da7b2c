// Markdown that its parser would take minutes for, or whose nesting would end the stack: refused before it is parsed.

import { TooMuchMarkup } from "../html/parse-html.ts";

// Each level is two elements, a list and its item.
const MAX_CONTAINERS = 100;
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const CONTAINER = />|[-+*]|\d+[.)]/g;

/** What the parser may compare with something before it in the same text. */
const MARK = /[*_~]+|\]/g;

// The parser's time grows with the square of a text's marks and lines. This many take under a second; a long table has a hundredth.
const MAX_COMPARISONS = 80_000_000;

/** Returns where `source` may be parsed; it starts on `firstLine` of its file. @throws TooMuchMarkup */
export function checkMarkdown(source: string, firstLine: number): void {
  let comparisons = 0;
  let marks = 0;
  for (const [index, line] of source.split(/\r\n|\n|\r/).entries()) {
    const containers = CONTAINERS.exec(line)?.[0].match(CONTAINER)?.length ?? 0;
    if (containers > MAX_CONTAINERS) {
      const message = `is nested more than ${MAX_CONTAINERS} deep: take quotes and lists out of each other`;
      throw new TooMuchMarkup(message, firstLine + index);
    }
    // An empty line ends a text.
    if (line.trim() === "") marks = 0;
    const more = 1 + (line.match(MARK)?.length ?? 0);
    comparisons += (2 * marks + more) * more;
    marks += more;
    if (comparisons > MAX_COMPARISONS) {
      const message =
        "has thousands of lines, or of the signs * _ ~ ], in one paragraph: break it up with empty lines";
      throw new TooMuchMarkup(message, firstLine + index);
    }
  }
}
