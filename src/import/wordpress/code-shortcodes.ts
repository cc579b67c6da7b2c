// Shortcodes that show code: WordPress.com's `[code]`, and the languages' names that SyntaxHighlighter knows.

import { escapeHtml } from "../../lib/text.ts";

/** The shortcodes' names. What stands in one is to the letter. */
export const CODE_NAMES: ReadonlySet<string> = new Set(
  (
    "code sourcecode source cc crayon actionscript3 as3 applescript bash shell c cpp csharp clojure clj coldfusion cf " +
    "css delphi pascal diff patch erlang erl fsharp go golang groovy haskell html xhtml xml xslt java javafx jfx " +
    "javascript jscript js latex tex matlab objc perl php plain text powershell ps python py r ruby rails scala scss " +
    "sql swift typescript vb vbnet yaml yml"
  ).split(" "),
);

/** The code as HTML; undefined where there is none. */
export function codeHtml(content: string | undefined): string | undefined {
  const code = content?.replace(/^[ \t]*\r?\n/, "").trimEnd() ?? "";
  if (code === "") return undefined;
  return `<pre><code>${escapeHtml(isEscaped(code) ? unescaped(code) : code)}</code></pre>`;
}

/** Some editors store code with references. It has no bare `<` or `>` then. */
const isEscaped = (code: string): boolean =>
  !/[<>]/.test(code) && /&(?:lt|gt|quot|#0?39|#0?91|amp);/.test(code);

const SIGNS: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#039;": "'",
  "&#91;": "[",
  "&#091;": "[",
  "&#93;": "]",
  "&#093;": "]",
  "&amp;": "&",
};

const unescaped = (code: string): string =>
  code.replace(/&(?:lt|gt|quot|amp|#0?39|#0?9[13]);/g, (reference) => SIGNS[reference] ?? reference);
