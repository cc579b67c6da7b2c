// A post's content without the block editor's comments. Text outside blocks gets paragraphs as WordPress's
// wpautop makes them: blank lines part paragraphs, a single line end is a line break.

import { readJson } from "../parse-json.ts";

/** Settings of a block, as its comment has them. */
export type BlockSettings = Readonly<Record<string, unknown>>;

// Their content is what an author typed, as outside blocks.
const CLASSIC = new Set(["freeform", "core/freeform", "shortcode", "core/shortcode"]);
const NAME = /^\/?wp:([a-z][a-z0-9_/-]*)/;

/**
 * Content as HTML without comments. `made` gives the HTML of a block without content; `onPages` is told of a
 * page break.
 */
export function expandBlocks(
  content: string,
  made: (name: string, settings: BlockSettings) => string,
  onPages: () => void,
): string {
  const written: string[] = [];
  let classic = "";
  let depth = 0;
  const flush = () => {
    written.push(autop(classic));
    classic = "";
  };
  const add = (html: string) => {
    if (depth === 0) classic += html;
    else written.push(html);
  };
  let done = 0;
  for (let start = content.indexOf("<!--"); start !== -1; start = content.indexOf("<!--", done)) {
    const end = content.indexOf("-->", start);
    // An unclosed comment: browsers show nothing after it.
    if (end === -1) break;
    add(content.slice(done, start));
    done = end + "-->".length;
    const comment = content.slice(start + "<!--".length, end).trim();
    const name = NAME.exec(comment)?.[1];
    if (comment === "nextpage") {
      onPages();
      add("\n\n");
    } else if (name !== undefined && !CLASSIC.has(name)) {
      if (depth === 0) flush();
      if (comment.startsWith("/")) depth = Math.max(0, depth - 1);
      else if (comment.endsWith("/")) written.push(made(name, settingsOf(comment)));
      else depth++;
    }
  }
  add(content.slice(done));
  flush();
  return written.join("").trim();
}

/** The JSON in a block's comment; what is none counts as no settings. */
function settingsOf(comment: string): BlockSettings {
  const start = comment.indexOf("{");
  const end = comment.lastIndexOf("}");
  if (start === -1 || end < start) return {};
  const settings = readJson(comment.slice(start, end + 1));
  return typeof settings === "object" ? { ...settings } : {};
}

const BLOCK = new Set(
  (
    "address article aside audio blockquote caption col colgroup dd details div dl dt fieldset figcaption figure footer " +
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map menu nav ol p section select summary table tbody td " +
    "tfoot th thead tr ul video"
  ).split(" "),
);
const NO_TEXT = new Set("audio colgroup dl menu ol select table tbody tfoot thead tr ul video".split(" "));
const NO_PARAGRAPHS = new Set("p h1 h2 h3 h4 h5 h6 caption dt figcaption legend summary".split(" "));
const VERBATIM = new Set("pre script style svg math textarea iframe object".split(" "));
const EMPTY = new Set(["hr", "col"]);

const TAG = /<(\/?)([a-z][a-z0-9-]*)[^<>]*>/gi;

/** Makes paragraphs of `source`, which holds no comments. */
export function autop(source: string): string {
  const writer = new Writer();
  const tags = new RegExp(TAG);
  let done = 0;
  for (let match = tags.exec(source); match; match = tags.exec(source)) {
    const [tag, slash = "", written = ""] = match;
    const name = written.toLowerCase();
    writer.text(source.slice(done, match.index));
    done = tags.lastIndex;
    if (VERBATIM.has(name) && slash === "") {
      const end = endOf(source, name, done);
      const element = tag + source.slice(done, end);
      if (name === "pre") writer.block(element);
      else writer.inline(element);
      done = tags.lastIndex = end;
    } else if (!BLOCK.has(name)) writer.inline(tag);
    else if (slash !== "") writer.close(name, tag);
    else writer.open(name, tag);
  }
  writer.text(source.slice(done));
  return writer.end();
}

/** Where an element ends whose content is copied; without an end tag, right behind its start tag. */
function endOf(source: string, name: string, from: number): number {
  const ends = new RegExp(`</${name}\\s*>|<${name}[\\s>]`, "gi");
  ends.lastIndex = from;
  const end = ends.exec(source);
  return end?.[0].startsWith("</") ? ends.lastIndex : from;
}

class Writer {
  readonly #written: string[] = [];
  readonly #open: string[] = [];
  readonly #counts = new Map<string, number>();
  /** The text since the last block tag, by lines. */
  #lines: string[] = [""];

  text(piece: string): void {
    const [first = "", ...others] = piece.split("\n");
    this.inline(first);
    for (const line of others) this.#lines.push(line);
  }

  inline(piece: string): void {
    this.#lines.push(`${this.#lines.pop() ?? ""}${piece}`);
  }

  block(element: string): void {
    this.#flush();
    this.#closeParagraph();
    this.#written.push(element);
  }

  open(name: string, tag: string): void {
    this.block(tag);
    if (EMPTY.has(name)) return;
    this.#open.push(name);
    this.#count(name, 1);
  }

  close(name: string, tag: string): void {
    this.#flush();
    // A paragraph that a block has ended already; of other elements a parser makes what it can.
    if ((this.#counts.get(name) ?? 0) === 0) {
      if (name !== "p") this.#written.push(tag);
      return;
    }
    if (name !== "p") this.#closeParagraph();
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      this.#count(last, -1);
      if (last === name) break;
    }
    this.#written.push(tag);
  }

  end(): string {
    this.#flush();
    return this.#written.join("").replace(/<p>\s*<\/p>/g, "");
  }

  #count(name: string, by: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  #closeParagraph(): void {
    if (this.#open.at(-1) !== "p") return;
    this.#open.pop();
    this.#count("p", -1);
    this.#written.push("</p>");
  }

  #flush(): void {
    const lines = this.#lines.map((line) => line.trim());
    this.#lines = [""];
    const paragraphs = paragraphsOf(lines);
    if (paragraphs.length === 0) return;
    const parent = this.#open.at(-1);
    const hasBlankLine = lines.some((line, i) => line === "" && i > 0 && i < lines.length - 1);
    if (parent === "p") this.#written.push(paragraphs.map(withBreaks).join("</p><p>"));
    else if (parent !== undefined && NO_TEXT.has(parent)) this.#written.push(lines.join(" ").trim());
    else if (parent !== undefined && NO_PARAGRAPHS.has(parent))
      this.#written.push(paragraphs.map(withBreaks).join("<br>"));
    else if (parent !== undefined && parent !== "blockquote" && !hasBlankLine)
      this.#written.push(paragraphs.map(withBreaks).join(""));
    else this.#written.push(...paragraphs.map((paragraph) => `<p>${withBreaks(paragraph)}</p>`));
  }
}

function paragraphsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const paragraphs: string[][] = [];
  let fresh = true;
  for (const line of lines) {
    if (line === "") fresh = true;
    else if (fresh) paragraphs.push([line]);
    else paragraphs.at(-1)?.push(line);
    if (line !== "") fresh = false;
  }
  return paragraphs;
}

const withBreaks = (lines: readonly string[]): string =>
  lines.map((line, i) => (i === 0 || endsInBreak(lines[i - 1] ?? "") ? line : `<br>${line}`)).join("");

const endsInBreak = (line: string): boolean => /<br[\s/]*>$/i.test(line.slice(-LONGEST_BREAK));
const LONGEST_BREAK = "<br   />".length;
