// WordPress's shortcodes (https://codex.wordpress.org/Shortcode_API) found in a text. Linear, whatever the text; all that is
// not one of the shortcodes asked for comes back as it stood.

/** `[name key="value"]content[/name]`. */
export interface Shortcode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Undefined where it has no end tag. */
  readonly content?: string;
  /** As it stands in the text. */
  readonly source: string;
}

/** A text, cut at its shortcodes. */
export interface Shortcodes {
  readonly pieces: readonly (string | Shortcode)[];
  /** What looks like a shortcode of another name, and how often it opens. */
  readonly unknown: ReadonlyMap<string, number>;
}

// Comments and tags hide what stands in them: a bracket in a block's settings or in an address opens nothing.
const MARKS = /<!--|<[a-z/][^<>]*>|\[(\[?)([a-z][\w-]*)(?=[\s\]/])/gi;
const END_TAG = /\[\/([a-z][\w-]*)\]/gi;

/** Finds the shortcodes whose name is one of `names`. `[[name]]` is the text `[name]`, as WordPress shows it. */
export function parseShortcodes(source: string, names: ReadonlySet<string>): Shortcodes {
  const next = finder(source);
  const closed = new Set(Array.from(source.matchAll(END_TAG), ([, name]) => name));
  const pieces: (string | Shortcode)[] = [];
  const unknown = new Map<string, number>();
  const marks = new RegExp(MARKS);
  let done = 0;
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    const [mark, doubled = "", name = ""] = match;
    if (mark === "<!--") marks.lastIndex = next("-->", match.index);
    if (name === "") continue;
    const open = next("]", marks.lastIndex);
    if (open === source.length) continue;
    const written = source.slice(marks.lastIndex, Math.min(open, next("[", marks.lastIndex)));
    if (!names.has(name)) {
      // `[sic]` is no shortcode; what has settings, an end tag or a name that no word has is one.
      if (written.includes("=") || closed.has(name) || /[_\d-]/.test(name))
        unknown.set(name, (unknown.get(name) ?? 0) + 1);
      continue;
    }
    const end = endOf(name, open, next);
    const inner = source.slice(match.index + doubled.length, end.after);
    if (doubled === "[" && source[end.after] === "]") pieces.push(source.slice(done, match.index), inner);
    else {
      const attributes = attributesOf(source.slice(marks.lastIndex, open));
      const content = end.content === undefined ? {} : { content: source.slice(open + 1, end.content) };
      pieces.push(source.slice(done, match.index + doubled.length), {
        name,
        attributes,
        ...content,
        source: inner,
      });
    }
    done = end.after + (doubled === "[" && source[end.after] === "]" ? 1 : 0);
    marks.lastIndex = done;
  }
  pieces.push(source.slice(done));
  return { pieces: pieces.filter((piece) => piece !== ""), unknown };
}

type Finder = (needle: string, from: number) => number;

/** Finds the next `needle`, else the text's end. Positions asked for never go back, so that no part is searched twice. */
function finder(source: string): Finder {
  const found = new Map<string, number>();
  return (needle, from) => {
    const known = found.get(needle) ?? -1;
    if (known >= from) return known;
    const at = source.indexOf(needle, from);
    const position = at === -1 ? source.length : at;
    found.set(needle, position);
    return position;
  };
}

/** Where a shortcode ends that opens until `open`. One that opens again before its end tag has none of its own. */
function endOf(
  name: string,
  open: number,
  next: Finder,
): { readonly after: number; readonly content?: number } {
  const tag = `[/${name}]`;
  const close = next(tag, open);
  const again = next(`[${name}`, open);
  return close < again ? { after: close + tag.length, content: close } : { after: open + 1 };
}

const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** Named values by their lower-case name, others by their number. */
function attributesOf(written: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let position = 0;
  for (const [, name, ...values] of written.replace(/[\u00a0\u200b]/g, " ").matchAll(ATTRIBUTE)) {
    const value = values.find((candidate) => candidate !== undefined) ?? "";
    attributes.set(name?.toLowerCase() ?? String(position++), value);
  }
  return attributes;
}
