// The corpus of test/fixtures/xss: a file a kind, `== name` before each vector. What a vector would run is `ran(number)`,
// so that whatever runs says which one it was.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../fixtures/xss");
/** Nearly as deep as bodies may be (src/html/parse.ts). */
const DEPTH = 190;

/** Kinds of HTML, as it stands in an article's body. */
export const HTML_KINDS = [
  "script",
  "handlers",
  "addresses",
  "foreign",
  "raw-text",
  "styles",
  "clobber",
] as const;

/** A trick; `at` writes it out with its number. */
export interface Vector {
  readonly name: string;
  readonly at: (number: number) => string;
}

/**
 * The vectors of a kind. In the files `\x00` and `\u{200b}` are characters; `RUN` is the call, `NUMBER` its argument,
 * `EVIL` an address of another host, `BASE64` a drawing that runs, `DEEP` many elements.
 */
export function vectorsOf(kind: (typeof HTML_KINDS)[number] | "markdown" | "text"): readonly Vector[] {
  const [, ...parts] = `\n${readFileSync(join(FOLDER, `${kind}.txt`), "utf8")}`.split("\n== ");
  return parts.map((part) => {
    const end = part.indexOf("\n");
    const source = part
      .slice(end + 1)
      .replace(/\n$/, "")
      .replace(/\\(?:x([0-9a-f]{2})|u\{([0-9a-f]+)\})/g, (_, short: string, long: string) =>
        String.fromCodePoint(Number.parseInt(short ?? long, 16)),
      );
    return { name: `${kind}: ${part.slice(0, end)}`, at: (number) => written(source, number) };
  });
}

const written = (source: string, number: number): string =>
  source
    .replaceAll("BASE64", drawing(number))
    .replaceAll("RUN", `ran(${number})`)
    .replaceAll("NUMBER", String(number))
    .replaceAll("EVIL", `https://evil.test/${number}`)
    .replaceAll("DEEP", "<div>".repeat(DEPTH));

const drawing = (number: number): string =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="parent.ran(${number})"><script>parent.ran(${number})</script></svg>`,
  ).toString("base64");
