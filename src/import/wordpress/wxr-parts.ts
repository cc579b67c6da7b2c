// A WXR file, piece by piece -> its head and its items, as XML. An export may be larger than memory: what was
// given out is held no longer.

/** A piece of the file. */
export interface Part {
  /** The head is everything before the first item. */
  readonly kind: "head" | "item";
  readonly xml: string;
  /** 1-based line of its start. */
  readonly line: number;
  /** False for the last item of a file that was cut off. */
  readonly ended: boolean;
}

/** Finds where items start and end. What stands in CDATA sections and comments is none. */
export function* partsOf(chunks: Iterable<string>): Iterable<Part> {
  let held = "";
  let line = 1;
  let from = 0;
  let open: number | undefined;
  let isHead = true;
  for (const chunk of wholeTags(chunks)) {
    held += chunk;
    const marks = /<!\[CDATA\[|<!--|<item(?=[\s>])|<\/item\s*>/g;
    marks.lastIndex = from;
    let given = 0;
    let unclosed: number | undefined;
    const lineAt = (position: number): number => {
      line += lineEnds(held, given, position);
      given = position;
      return line;
    };
    for (let match = marks.exec(held); match; match = marks.exec(held)) {
      const [mark] = match;
      const end = mark === "<item" ? match.index : marks.lastIndex;
      if (mark === "<item" || mark.startsWith("</")) {
        if (open !== undefined)
          yield { kind: "item", xml: held.slice(open, end), line: lineAt(open), ended: true };
        else if (isHead) yield { kind: "head", xml: held.slice(0, match.index), line: 1, ended: true };
        isHead = false;
        open = mark === "<item" ? match.index : undefined;
      } else {
        const close = held.indexOf(mark === "<!--" ? "-->" : "]]>", marks.lastIndex);
        if (close === -1) {
          unclosed = match.index;
          break;
        }
        marks.lastIndex = close;
      }
    }
    from = unclosed ?? held.length;
    const kept = isHead ? 0 : (open ?? from);
    lineAt(kept);
    held = held.slice(kept);
    from -= kept;
    if (open !== undefined) open = 0;
  }
  if (isHead) yield { kind: "head", xml: held, line: 1, ended: true };
  if (open !== undefined) yield { kind: "item", xml: held, line, ended: false };
}

/** The same text in pieces that end behind a tag, so that no mark stands in two of them. */
function* wholeTags(chunks: Iterable<string>): Iterable<string> {
  let rest = "";
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(">") + 1;
    if (end > 0) yield rest + chunk.slice(0, end);
    rest = end > 0 ? chunk.slice(end) : rest + chunk;
  }
  if (rest !== "") yield rest;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
