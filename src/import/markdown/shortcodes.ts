// What generators put into Markdown besides Markdown -> Markdown and HTML: Liquid and Nunjucks tags (Jekyll,
// Eleventy, Hexo), Hugo's shortcodes, components of MDX, and Kramdown's attributes. Takes linear time.

import { escapeHtml } from "../../lib/text.ts";

/** What a text's tags may ask for, and whom to tell. */
export interface TagContext {
  /** The address of another file of the site, as a tag names it; undefined where there is none. */
  readonly addressOf: (file: string) => string | undefined;
  /** What variables stand for: `site.baseurl`, `page.title`. */
  readonly variable: (name: string) => string | undefined;
  /** Told of each tag that stays in the text. */
  readonly onUnknown: (tag: string) => void;
}

/** A tag's values: named ones by their lower-case name, others by their number. */
type Values = ReadonlyMap<string, string>;

// Code is to the letter, and so is what a tag says is raw, which stands between two signs that no text has.
const RAW = ["\ue000", "\ue001"] as const;
const CODE =
  /^(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^\1[`~]*[ \t]*$|(?![\s\S]))|(?<!`)(`{1,2})(?!`)[^`\n]+\2(?!`)|\ue000[^\ue001]*\ue001/gm;

/** Rewrites the tags of a text. */
export function expandTags(source: string, context: TagContext, isMdx = false): string {
  const whole = withCodeTags((isMdx ? withoutModules(source) : source).replace(/[\ue000\ue001]/g, ""));
  const components = isMdx ? importsIn(source) : new Map<string, string>();
  let written = "";
  let done = 0;
  for (const match of whole.matchAll(CODE)) {
    written += expandPiece(whole.slice(done, match.index), context, components, isMdx) + match[0];
    done = match.index + match[0].length;
  }
  written += expandPiece(whole.slice(done), context, components, isMdx);
  return written.replace(/[\ue000\ue001]/g, "");
}

/** Tags whose content is code, raw or a comment come first, so that nothing in them is read. */
function withCodeTags(source: string): string {
  const steps: readonly (readonly [
    open: string,
    end: string,
    make: (options: string, content: string) => string,
  ])[] = [
    ["{%-?\\s*raw\\s*-?%}()", "{%-?\\s*endraw\\s*-?%}", (_, content) => RAW.join(content)],
    ["{%-?\\s*comment\\s*-?%}()", "{%-?\\s*endcomment\\s*-?%}", () => ""],
    [
      "{%-?\\s*(?:highlight|codeblock|code)\\b([^%]{0,300})%}",
      "{%-?\\s*end(?:highlight|codeblock|code)\\s*-?%}",
      codeTag,
    ],
    ["{{[<%]\\s*highlight\\b([^>%]{0,300})[>%]}}", "{{[<%]\\s*/\\s*highlight\\s*[>%]}}", codeTag],
  ];
  return steps.reduce((text, [open, end, make]) => replacePaired(text, open, end, make), source);
}

const codeTag = (options: string, code: string): string =>
  fenced(code, /^\s*"?(?:lang:)?([\w+#-]+)/.exec(options)?.[1] ?? "");

/** Replaces each opening tag with its end tag and what is between; of two openings the second has the end. */
function replacePaired(
  source: string,
  open: string,
  end: string,
  make: (options: string, content: string) => string,
): string {
  let written = "";
  let done = 0;
  let opened: RegExpExecArray | undefined;
  for (const match of source.matchAll(new RegExp(`${open}|(${end})`, "g"))) {
    if (match[2] === undefined) opened = match;
    else if (opened) {
      const from = opened.index + opened[0].length;
      written += source.slice(done, opened.index) + make(opened[1] ?? "", source.slice(from, match.index));
      done = match.index + match[0].length;
      opened = undefined;
    }
  }
  return written + source.slice(done);
}

function fenced(code: string, language: string): string {
  const fence = "`".repeat(Math.max(3, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `\n${fence}${language}\n${code.replace(/^[ \t]*\n/, "").trimEnd()}\n${fence}\n`;
}

const TAG =
  /\{%-?\s*([\w-]+)((?:(?!%\})[\s\S]){0,2000}?)-?%\}|\{\{([<%])\s*(\/?\*?)((?:(?![>%]\}\})[\s\S]){0,3000}?)[>%]\}\}|\{\{-?\s*(?![<%])([^{}\n]{1,300}?)\s*-?\}\}/g;

function expandPiece(
  piece: string,
  context: TagContext,
  imports: ReadonlyMap<string, string>,
  isMdx: boolean,
): string {
  if (isMdx) return withoutComponents(piece, imports, context);
  const expanded = piece.replace(
    TAG,
    (written, liquid?: string, liquidRest = "", mark = "", sign = "", hugo?: string, variable?: string) => {
      if (liquid !== undefined)
        return liquidTag(liquid, liquidRest, context) ?? kept(written, `{% ${liquid} %}`, context);
      if (hugo === undefined) return output(variable ?? "", context) ?? kept(written, written, context);
      // A comment: `{{</* figure */>}}` shows the shortcode itself.
      if (sign.includes("*"))
        return `{{${mark} ${hugo.replace(/\*\/\s*$/, "").trim()} ${mark === "<" ? ">" : "%"}}}`;
      const [, name = "", rest = ""] = /^([\w./-]+)([\s\S]*)$/.exec(hugo.trim()) ?? [];
      const tag = `${sign}${name}`;
      return (
        hugoTag(tag, valuesIn(rest.replace(/\/\s*$/, "")), context) ??
        kept(written, `{{< ${tag} >}}`, context)
      );
    },
  );
  return expanded.replace(KRAMDOWN_LINE, "").replace(KRAMDOWN_SPAN, "$1");
}

function kept(written: string, name: string, { onUnknown }: TagContext): string {
  onUnknown(name);
  return written;
}

// `{: .lead}` gives the paragraph before it a class; `[[toc]]` and `{:toc}` are menus.
const KRAMDOWN_LINE =
  /^[ \t]*(?:\{:[^}\n]*\}|(?:[*+-]|1\.)[ \t]+(?:toc|TOC)\n[ \t]*\{:toc\}|\[\[?(?:toc|TOC)\]\]?)[ \t]*$\n?/gm;
const KRAMDOWN_SPAN = /([)\]*_`])\{:[^}\n]{0,300}\}/g;

// Liquid and Nunjucks.

function liquidTag(name: string, rest: string, context: TagContext): string | undefined {
  const values = valuesIn(rest);
  switch (name) {
    case "include":
    case "include_relative":
    case "include_cached":
    case "render": {
      const [file = ""] = rest.trim().split(/\s/);
      const part = file
        .replace(/^["']|["'],?$/g, "")
        .replace(/^.*\//, "")
        .replace(/\.\w+$/, "");
      return /^(?:toc|.*share.*|.*comments?)$/i.test(part) ? "" : element(part, withoutFirst(values));
    }
    case "post_url":
    case "link":
    case "post_link":
    case "post_path": {
      const file = values.get("0") ?? "";
      const address = context.addressOf(file);
      if (address === undefined || name !== "post_link") return address;
      return `[${values.get("1") ?? file}](${address})`;
    }
    case "asset_path":
    case "asset_img":
    case "asset_link": {
      const file = values.get("0") ?? "";
      if (name !== "asset_img") return name === "asset_path" ? file : `[${values.get("1") ?? file}](${file})`;
      return figure(
        new Map([
          ["src", file],
          ["caption", values.get("1") ?? ""],
        ]),
      );
    }
    case "img":
    case "image": {
      const list = [...values].filter(([key]) => /^\d+$/.test(key)).map(([, value]) => value);
      const at = list.findIndex((value) => /[./]/.test(value));
      const words = list.slice(at + 1).filter((value) => !/^\d+%?$/.test(value));
      if (at === -1) return figure(values);
      const [title = "", alt] = name === "image" ? ["", words[0]] : words;
      return figure(
        new Map([
          ...values,
          ["src", list[at] ?? ""],
          ["caption", values.get("caption") ?? title],
          ["alt", values.get("alt") ?? alt ?? title],
        ]),
      );
    }
    case "blockquote":
    case "quote":
    case "pullquote":
      return `\n<blockquote>\n\n`;
    case "endblockquote":
    case "endquote":
    case "endpullquote":
      return `\n\n</blockquote>\n`;
    default:
      return element(name, values);
  }
}

const withoutFirst = (values: Values): Values =>
  new Map(
    [...values].flatMap(([key, value]) =>
      key === "0" ? [] : [[/^\d+$/.test(key) ? String(Number(key) - 1) : key, value] as const],
    ),
  );

/** `{{ "/x.jpg" | relative_url }}` and `{{ site.baseurl }}`. */
function output(written: string, { variable }: TagContext): string | undefined {
  const [value = "", ...filters] = written.split("|").map((part) => part.trim());
  const usual = filters.every((filter) =>
    /^(?:relative_url|absolute_url|url|safe|escape|prepend:.*|asset_path|strip|htmlBaseUrl)$/.test(filter),
  );
  const [, text] = /^["']([^"']*)["']$/.exec(value) ?? [];
  if (!usual) return undefined;
  return text ?? variable(value);
}

// Hugo.

function hugoTag(name: string, values: Values, context: TagContext): string | undefined {
  if (name === "ref" || name === "relref")
    return context.addressOf(values.get("path") ?? values.get("0") ?? "");
  if (/^\/(?:figure|quote|blockquote)$/.test(name)) return name === "/figure" ? "" : "\n\n</blockquote>\n";
  if (name === "quote" || name === "blockquote") return "\n<blockquote>\n\n";
  return element(name, values);
}

// What all of them have.

const VIDEOS: Readonly<Record<string, string>> = {
  youtube: "https://www.youtube.com/watch?v=",
  youtubeplayer: "https://www.youtube.com/watch?v=",
  vimeo: "https://vimeo.com/",
  dailymotion: "https://www.dailymotion.com/video/",
  gist: "https://gist.github.com/",
  tweet: "https://twitter.com/i/status/",
  twitter: "https://twitter.com/i/status/",
  x: "https://twitter.com/i/status/",
  instagram: "https://www.instagram.com/p/",
  soundcloud: "https://soundcloud.com/",
  codepen: "https://codepen.io/",
};

/** A figure, a video or the like; undefined for others. */
function element(name: string, values: Values): string | undefined {
  const key = name
    .toLowerCase()
    .replace(/[-_]/g, "")
    .replace(/(?:embed|video|simple|player|lite)$|^(?:embed|lite)/g, "");
  if (/^(?:figure|image|img|picture|photo|responsiveimage|imagecaption)$/.test(key)) return figure(values);
  const before = VIDEOS[key];
  if (before === undefined) return undefined;
  const [first, second] = [
    values.get("id") ?? values.get("url") ?? values.get("src") ?? values.get("0"),
    values.get("1"),
  ];
  if (first === undefined || first === "") return undefined;
  const user = values.get("user");
  const id =
    key === "x" || key === "tweet" || key === "twitter"
      ? (values.get("id") ?? second ?? first)
      : key === "gist" && second !== undefined && !/\./.test(second)
        ? `${first}/${second}`
        : key === "gist" && user
          ? `${user}/${first}`
          : first;
  const address = /^(?:https?:)?\/\//.test(id) ? id : before + id;
  return `\n\n<p><a href="${escapeHtml(address)}">${escapeHtml(address)}</a></p>\n\n`;
}

const SRC = ["src", "url", "path", "image", "image_path", "file", "link", "0"];

/** A picture with its words; undefined where it names no file. */
function figure(values: Values): string | undefined {
  const src = SRC.map((name) => values.get(name)).find((value) => value !== undefined && value !== "");
  if (src === undefined) return undefined;
  const one = (...names: readonly string[]) =>
    names.map((name) => values.get(name)).find((value) => value !== undefined && value !== "") ?? "";
  const words = inline(one("caption", "title", "description"));
  const credit = inline(one("attr", "credit", "attribution", "source"));
  const caption = [words, credit === "" ? "" : `<span class="credit">${credit}</span>`]
    .filter(Boolean)
    .join(" ");
  const img = `<img src="${escapeHtml(src)}" alt="${escapeHtml(one("alt", "1"))}">`;
  return caption === ""
    ? `\n\n${img}\n\n`
    : `\n\n<figure>${img}<figcaption>${caption}</figcaption></figure>\n\n`;
}

// Captions may hold links and emphasis in Markdown, or HTML.
const inline = (words: string): string =>
  (/<\w/.test(words) ? words : escapeHtml(words))
    .replace(/\[([^\][]{1,500})\]\((https?:[^\s()]{1,1000})\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]{1,500})\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![*\w])\*([^*]{1,500})\*(?![*\w])/g, "<em>$1</em>")
    .replace(/\s*\n\s*/g, " ");

const VALUE =
  /([\w-]+)\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|\{["'`]?([^"'`{}]*)["'`]?\}|([^\s"',]+))|"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+)/g;

function valuesIn(written: string): Values {
  const values = new Map<string, string>();
  let position = 0;
  for (const [whole, name, ...found] of written.matchAll(VALUE)) {
    const isAddress = name !== undefined && /^https?$/.test(name) && whole.includes("//");
    const value = (isAddress ? whole : (found.find((one) => one !== undefined) ?? "")).replace(
      /\\(["'\\])/g,
      "$1",
    );
    values.set(isAddress || name === undefined ? String(position++) : name.toLowerCase(), value);
  }
  return values;
}

// MDX.

const MODULE_LINE =
  /^(?:import\s[^\n]*|export\s+(?:const|default|let|function)\s[^\n]*|\{\/\*[^\n]*\*\/\})$\n?/gm;

const withoutModules = (source: string): string => source.replace(MODULE_LINE, "");

/** Files that are imported under a name. */
const importsIn = (source: string): ReadonlyMap<string, string> =>
  new Map(
    Array.from(source.matchAll(/^import\s+(\w+)\s+from\s+["']([^"']+)["']/gm), ([, name = "", file = ""]) => [
      name,
      file,
    ]),
  );

const COMPONENT =
  /<(\/?)([A-Z][\w.]*)((?:[^<>"'{}]|"[^"]{0,1000}"|'[^']{0,1000}'|\{(?:[^{}]|\{[^{}]{0,1000}\}){0,1000}\}){0,1000}?)\/?>/g;

/** Components that are known become HTML; of others the content stays. */
function withoutComponents(text: string, imports: ReadonlyMap<string, string>, context: TagContext): string {
  return text.replace(COMPONENT, (written, slash: string, name: string, rest: string) => {
    const values = new Map(
      Array.from(valuesIn(rest), ([key, value]) => {
        const file = key === "src" || key === "image" ? imports.get(value.replace(/\.src$/, "")) : undefined;
        return [key, file ?? value];
      }),
    );
    const made = slash === "" ? element(name, values) : "";
    if (made === undefined) kept(written, `<${name}>`, context);
    return made ?? "";
  });
}
