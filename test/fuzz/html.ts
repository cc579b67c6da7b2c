// Generators of valid and invalid HTML: elements where they may and may not stand, attributes, comments, other namespaces,
// missing start and end tags, deep nesting, great length.

import fc from "fast-check";
import { CASES, startOf } from "../fixtures/cases.ts";
import { anyText, bit, edited, hostile, runOf } from "./bits.ts";
import { BOUNDS } from "./target.ts";

const TAGS = [
  ...[
    "p",
    "div",
    "span",
    "a",
    "em",
    "b",
    "i",
    "s",
    "u",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "q",
    "pre",
  ],
  ...[
    "code",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "img",
  ],
  ...[
    "br",
    "hr",
    "wbr",
    "h1",
    "h2",
    "h6",
    "iframe",
    "video",
    "audio",
    "source",
    "picture",
    "details",
    "summary",
  ],
  ...[
    "section",
    "article",
    "aside",
    "ruby",
    "rt",
    "rp",
    "rb",
    "bdo",
    "time",
    "mark",
    "nobr",
    "font",
    "center",
  ],
  ...[
    "script",
    "style",
    "template",
    "noscript",
    "textarea",
    "title",
    "select",
    "option",
    "optgroup",
    "button",
    "form",
  ],
  ...[
    "input",
    "object",
    "embed",
    "svg",
    "math",
    "foreignObject",
    "desc",
    "mtext",
    "mglyph",
    "annotation-xml",
    "path",
  ],
  ...[
    "html",
    "head",
    "body",
    "base",
    "link",
    "meta",
    "frameset",
    "frame",
    "plaintext",
    "xmp",
    "listing",
    "marquee",
  ],
  ...["image", "isindex", "x-y", "svg:a", "a\u0000b", "é", "P", "TABLE", "menu", "address", "main", "dialog"],
];
const ATTRIBUTES = [
  ...[
    "href",
    "src",
    "cite",
    "poster",
    "srcset",
    "id",
    "class",
    "style",
    "title",
    "lang",
    "dir",
    "alt",
    "width",
  ],
  ...[
    "height",
    "colspan",
    "rowspan",
    "align",
    "scope",
    "start",
    "reversed",
    "type",
    "datetime",
    "rel",
    "hreflang",
  ],
  ...[
    "controls",
    "allowfullscreen",
    "loading",
    "onerror",
    "onclick",
    "xlink:href",
    "xml:lang",
    "xmlns",
    "is",
    "slot",
  ],
  ...["encoding", "definitionurl", "data-x", "HREF", "=", "__proto__", "constructor", "<", '"', "a\u0000"],
];
const SHA = "0".repeat(64);
const VALUES = [
  ...[
    "https://example.org/a.png",
    "http://example.org/?a=1&b=2",
    "/media/x.png",
    `/media/${SHA}.png`,
    "#top",
    "?q",
    "",
  ],
  ...[
    "https://news.example.com/articles/story/",
    "https://news.example.com//x",
    "https://player.example.com/e/1",
  ],
  ...[
    "https://www.youtube.com/embed/x",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "&#106;avascript:x",
  ],
  ...[
    "java\tscript:x",
    "\u0001javascript:x",
    "vbscript:x",
    "data:image/svg+xml,<svg onload=x>",
    "blob:x",
    "file:///etc",
  ],
  ...[
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "https://[::1",
    "mailto:a@b",
    "tel:+1",
    "text/html",
  ],
  ...["language-js", "language-", "rtl", "-1", "99999999999999999999", "1e5", "100%", "NaN", "true"],
];

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 3, arbitrary: hostile },
  { weight: 1, arbitrary: runOf(bit, 300) },
);
const attribute = fc
  .tuple(fc.constantFrom(...ATTRIBUTES), value, fc.constantFrom('"', "'", "", "`"))
  .map(
    ([name, text, quote]) =>
      ` ${name}=${quote}${quote === '"' ? text.replaceAll('"', "&quot;") : text}${quote}`,
  );
const attributes = fc.oneof(
  { weight: 60, arbitrary: fc.array(attribute, { maxLength: 3 }).map((all) => all.join("")) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: BOUNDS.attributes })
      .map((count) => Array.from({ length: count }, (_, index) => ` a${index}=${index}`).join("")),
  },
);
const tag = fc.constantFrom(...TAGS);
const nested = fc
  .tuple(
    fc.array(tag, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: BOUNDS.depth }),
    fc.boolean(),
  )
  .map(([tags, depth, closed]) => {
    const levels = Array.from({ length: depth }, (_, index) => tags[index % tags.length] ?? "p");
    const ends = closed ? levels.toReversed().map((name) => `</${name}>`) : [];
    return [...levels.map((name) => `<${name}>`), "x", ...ends].join("");
  });

const { node } = fc.letrec<{ readonly node: string; readonly nodes: string }>((tie) => ({
  nodes: fc.array(tie("node"), { maxLength: 5 }).map((parts) => parts.join("")),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: hostile },
    {
      weight: 8,
      arbitrary: fc
        .tuple(tag, attributes, tie("nodes"), fc.integer({ min: 0, max: 9 }))
        .map(([name, attrs, inner, end]) =>
          end === 0
            ? `<${name}${attrs}>${inner}`
            : end === 1
              ? `<${name}${attrs}/>${inner}`
              : `<${name}${attrs}>${inner}</${name}>`,
        ),
    },
    { weight: 1, arbitrary: tag.map((name) => `</${name}>`) },
    { weight: 1, arbitrary: hostile.map((text) => `<!--${text}-->`) },
    { weight: 1, arbitrary: hostile.map((text) => `<![CDATA[${text}]]>`) },
  ),
}));

/** The bodies of the fixtures' articles. */
const BODIES: readonly string[] = CASES.flatMap((name) => {
  const { article } = startOf(name);
  return /"html":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(article))?.[1] ?? [];
}).map((literal) => String(JSON.parse(literal)));

/** Any HTML. */
export const anyHtml: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.array(node, { maxLength: 6 }).map((parts) => parts.join("")) },
  { weight: 10, arbitrary: edited(BODIES, fc.oneof(bit, node)) },
  { weight: 3, arbitrary: anyText },
  { weight: 1, arbitrary: nested },
  {
    weight: 1,
    arbitrary: runOf(
      fc.oneof(
        tag.map((name) => `<${name}>`),
        tag.map((name) => `</${name}>`),
        node,
      ),
      BOUNDS.depth,
    ),
  },
);
