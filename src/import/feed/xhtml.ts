// XML that must become something else before it can be read: XHTML as HTML, and Atom 0.3 as Atom 1.0.

import { escapeHtml } from "../../lib/text.ts";
import { followTags, localName, tagStart } from "./tags.ts";

const VOID = new Set([
  ...["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"],
  "wbr",
]);

const DIV = /^\s*<(?:[\w.-]+:)?div[\s>]/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** XHTML as HTML: to HTML `<p/>` is a start tag, so that it gets its end tag here. */
export function closedElements(xhtml: string): string {
  if (!xhtml.includes("/>")) return xhtml;
  const edits: Edit[] = [];
  followTags(`<div>${xhtml}</div>`, (parser) => {
    parser.on("opentag", ({ name, isSelfClosing }) => {
      if (!isSelfClosing || VOID.has(localName(name))) return;
      const end = parser.position - "<div>".length;
      edits.push({ start: end - "/>".length, end, text: `></${name}>` });
    });
  });
  return edited(xhtml, edits);
}

// Text constructs of Atom 0.3.
const CONSTRUCTS = new Set(["title", "summary", "content", "copyright"]);

/**
 * An entry of Atom 0.3 with the text constructs of 1.0. There `mode` says how content is written (`xml` unless given,
 * `escaped`, `base64`) and `type` what it is.
 */
export function asAtom1(entry: string): string {
  const edits: Edit[] = [];
  let depth = 0;
  let open:
    | { readonly name: string; readonly start: number; readonly end: number; mode: string; type: string }
    | undefined;
  let start = 0;
  followTags(entry, (parser) => {
    parser.on("opentagstart", () => {
      start = tagStart(entry, parser);
    });
    parser.on("opentag", ({ name, attributes, isSelfClosing }) => {
      depth++;
      if (depth !== 2 || isSelfClosing || !CONSTRUCTS.has(localName(name))) return;
      const { mode = "xml", type = "text/plain" } = attributes;
      open = { name, start, end: parser.position, mode, type };
    });
    parser.on("closetag", ({ name, attributes }) => {
      depth--;
      if (depth !== 1 || open?.name !== name) return;
      const { start, end, mode, type } = open;
      open = undefined;
      const inner = entry.slice(end, tagStart(entry, parser));
      const kept = ["xml:base", "xml:lang"].flatMap((key) =>
        attributes[key] === undefined ? [] : [` ${key}="${escapeHtml(attributes[key])}"`],
      );
      const [kind, content] = converted(inner, mode, type);
      const element = localName(name) === "copyright" ? name.replace(/copyright$/i, "rights") : name;
      edits.push({
        start,
        end: parser.position,
        text: `<${element} type="${kind}"${kept.join("")}>${content}</${element}>`,
      });
    });
  });
  return edited(entry, edits);
}

function converted(inner: string, mode: string, type: string): readonly [kind: string, xml: string] {
  const plain = type === "text/plain" || type === "text";
  const kind = plain ? "text" : "html";
  if (mode === "escaped") return [kind, inner];
  if (mode === "base64") return [kind, escapeHtml(decoded(inner) ?? "")];
  if (plain) return ["text", inner];
  // Elements as they stand; 1.0 has them in a `div`.
  return ["xhtml", DIV.test(inner) ? inner : `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`];
}

function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    // What is no base64 holds nothing that could be read.
    return undefined;
  }
}

function edited(source: string, edits: readonly Edit[]): string {
  let done = 0;
  let result = "";
  for (const { start, end, text } of edits) {
    result += source.slice(done, start) + text;
    done = end;
  }
  return result + source.slice(done);
}
