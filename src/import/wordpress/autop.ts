// WordPress's wpautop: text whose paragraphs are parted by blank lines -> HTML. A single line end is a line break; in
// block elements that have no blank line, and in those that hold no paragraphs, text stays as it is.

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
