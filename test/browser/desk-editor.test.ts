// The editor in a real browser: opening a text and saving it changes nothing, whatever an article can hold; and what is
// pasted becomes what an article can hold.

import { build } from "esbuild";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { startBrowser } from "./chromium.ts";

const RUNS = 100;

/** What a script of the page calls: the module is bundled for it. */
interface Editor {
  readonly toDocument: (html: string) => unknown;
  readonly toHtml: (document: unknown) => string;
  readonly bodyEditor: (
    html: string,
    changed: () => void,
    extras: object,
  ) => { readonly view: { readonly pasteHTML: (html: string) => boolean }; readonly html: () => string };
}

/** Text without signs that HTML would escape. */
const text = fc.stringMatching(/^[a-zäöé一-七ا-ت]{1,8}( [a-z0-9.,]{1,8}){0,3}$/);
const attributes = fc.constantFrom("", ' lang="fr"', ' dir="rtl"', ' title="Why"');
const element = (name: string, inner: fc.Arbitrary<string>, own: fc.Arbitrary<string> = attributes) =>
  fc.tuple(own, inner).map(([own, inner]) => `<${name}${own}>${inner}</${name}>`);
/** What a line has besides text. Marks stand in the schema's order: nesting them otherwise says the same. */
const inline = fc.oneof(
  text,
  element(
    "a",
    element("strong", element("em", text, fc.constant("")), fc.constant("")),
    fc.constant(' href="/x"'),
  ),
  ...["abbr", "bdi", "cite", "kbd", "mark", "q", "s", "small", "u", "var"].map((name) => element(name, text)),
  ...["strong", "em", "sup", "sub", "code"].map((name) => element(name, text, fc.constant(""))),
  element("time", text, fc.constant(' datetime="2026-01-12"')),
  element("ins", text, fc.constant(' cite="https://a.example/"')),
  fc.constantFrom(
    '<img src="/media/a.png" alt="A crane" width="40" height="30">',
    "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>",
    "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
    '<video src="/a.mp4" controls=""></video>',
  ),
);
/** Two texts in a row would be one, and two equal marks too. */
const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" and "));
const list = (items: fc.Arbitrary<string>) =>
  fc.oneof(
    element("ul", items),
    element("ol", items, fc.constantFrom("", ' start="3"', ' type="a"', ' reversed=""')),
  );
const items = (inner: fc.Arbitrary<string>) =>
  fc
    .array(element("li", inner, fc.constantFrom("", ' value="4"')), { minLength: 1, maxLength: 3 })
    .map((all) => all.join(""));
const row = (name: "td" | "th") =>
  fc
    .tuple(...[0, 1].map(() => element(name, line, fc.constantFrom("", ' align="right"', ' lang="fr"'))))
    .map((cells) => `<tr>${cells.join("")}</tr>`);
const table = fc
  .tuple(
    attributes,
    fc.constantFrom("", "<caption>Boats, <em>in all</em></caption>"),
    fc.option(row("th"), { nil: "" }),
    fc.array(row("td"), { minLength: 1, maxLength: 3 }),
  )
  .map(
    ([own, caption, head, rows]) =>
      `<table${own}>${caption}${head === "" ? "" : `<thead>${head}</thead>`}<tbody>${rows.join("")}</tbody></table>`,
  );
const leaf = fc.oneof(
  table,
  element("p", line),
  ...["h2", "h3", "h4", "h5", "h6"].map((name) => element(name, line)),
  list(items(line)),
  list(items(fc.tuple(line, list(items(line))).map((parts) => parts.join("")))),
  fc.constantFrom(
    "<hr>",
    '<pre><code class="language-ts">const a = 1;\n\n  b();</code></pre>',
    "<pre><code>plain</code></pre>",
    '<figure><img src="/media/a.png" alt=""><figcaption>By <em>Mara</em></figcaption></figure>',
    '<iframe src="https://player.example/1" allowfullscreen="" loading="lazy"></iframe>',
    '<audio src="/a.mp3" controls=""></audio>',
    "<details><summary>More</summary><p>Folded.</p></details>",
    "<dl><dt>Term</dt><dd>What it is</dd></dl>",
    '<math display="block"><mi>x</mi></math>',
    "<table><colgroup><col></colgroup><tbody><tr><td>1</td></tr></tbody></table>",
    "<table><tbody><tr><td><ul><li>1</li></ul></td></tr></tbody></table>",
  ),
);
const block: fc.Arbitrary<string> = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    ...["blockquote", "aside", "div", "section"].map((name) =>
      element(
        name,
        fc.array(tie("block"), { minLength: 1, maxLength: 3 }).map((all) => all.join("")),
      ),
    ),
  ),
})).block;
const body = fc.array(block, { minLength: 1, maxLength: 5 }).map((blocks) => blocks.join(""));

describeWith(TOOLS.chromium, "the editor's document", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    page = await (await browser.newContext()).newPage();
    const { outputFiles } = await build({
      stdin: {
        contents: 'export * from "./src/desk/editor/html.ts"; export * from "./src/desk/editor/body.ts";',
        resolveDir: ".",
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "editor",
    });
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  });
  afterAll(() => browser?.close());

  /** The HTML that is saved of each body that is opened. */
  const savedOf = (bodies: readonly string[]): Promise<readonly string[]> =>
    page.evaluate((all) => {
      const { toDocument, toHtml } = (globalThis as unknown as { editor: Editor }).editor;
      return all.map((html) => toHtml(toDocument(html)));
    }, bodies);

  it("is saved as it was opened, whatever an article can hold", async () => {
    const isSame = fc.asyncProperty(body, async (html) => {
      expect(await savedOf([html])).toEqual([html]);
    });
    await fc.assert(isSame, { numRuns: RUNS });
  });

  describe("with what the editor writes otherwise", () => {
    it.each([
      ["an empty paragraph", "<p>One</p><p></p>", "<p>One</p>"],
      ["a first headline", "<h1>One</h1>", "<h2>One</h2>"],
      ["text without a paragraph", "One <b>two</b>", "<p>One <strong>two</strong></p>"],
      ["an id twice", '<p id="a">One</p><p id="a">Two</p>', '<p id="a">One</p><p>Two</p>'],
      [
        "a header in a table's body",
        "<table><tbody><tr><th>A</th></tr><tr><td>1</td></tr></tbody></table>",
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
      ],
      ["a paragraph in an item", "<ul><li><p>One</p></li></ul>", "<ul><li>One</li></ul>"],
    ])("keeps its words: %s", async (_, opened, saved) => {
      expect(await savedOf([opened])).toEqual([saved]);
    });
  });

  describe("of what is pasted", () => {
    /** An item of a list as Word copies it: its marker stands between two comments. */
    const item = (words: string, level = 1, marker = "·") =>
      `<p class=MsoListParagraph style='margin-left:36pt;text-indent:-18pt;mso-list:l0 level${level} lfo1'>` +
      `<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${marker}` +
      `<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;
    /** The same behind a program that takes comments out. */
    const bare = (words: string, marker = "·") => item(words, 1, marker).replace(/<!\[[^>]*>/g, "");

    it.each([
      [
        "a list of Word",
        `<!--StartFragment--><p class=MsoNormal>Boats:<o:p></o:p></p>\n\n${item("Gull")}\n\n${item("<b>Tern</b>")}\n\n<p class=MsoNormal>All.</p><!--EndFragment-->`,
        "<p>Boats:</p><ul><li>Gull</li><li><strong>Tern</strong></li></ul><p>All.</p>",
      ],
      [
        "a list within a list, and a numbered one",
        `${item("Gull")}${item("Leaves at nine", 2, "o")}${item("Tern")}${item("First", 1, "1.")}${item("Second", 1, "2.")}`,
        "<ul><li>Gull<ul><li>Leaves at nine</li></ul></li><li>Tern</li></ul><ol><li>First</li><li>Second</li></ol>",
      ],
      [
        "a list whose comments are gone",
        `${bare("Gull")}${bare("Tern")}${bare("First", "1.")}`,
        "<ul><li>Gull</li><li>Tern</li></ul><ol><li>First</li></ol>",
      ],
      [
        "a paragraph that only has the style of lists",
        "<p class=MsoListParagraph>Gull · Tern</p><p style='mso-list:l0 level1 lfo1'>No marker</p>",
        "<p>Gull · Tern</p><p>No marker</p>",
      ],
      [
        "a table of Word, whose cells have paragraphs",
        "<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>Gull<o:p></o:p></p></td><td><p class=MsoNormal>9</p><p class=MsoNormal>10</p></td></tr></table>",
        "<table><tbody><tr><td>Gull</td><td>9<br>10</td></tr></tbody></table>",
      ],
      [
        "bold and italic text of Google Docs",
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;font-style:italic">Gull</span><span style="font-weight:400"> sails</span></p></b>',
        "<p><strong><em>Gull</em></strong> sails</p>",
      ],
    ])("keeps %s", async (_, pasted, kept) => {
      const html = await page.evaluate((html) => {
        const { bodyEditor } = (globalThis as unknown as { editor: Editor }).editor;
        const text = bodyEditor("", () => undefined, {
          plugins: [],
          tools: [],
          finish: (one: string) => one,
        });
        text.view.pasteHTML(html);
        return text.html();
      }, pasted);
      expect(html).toBe(kept);
    });
  });

  it("runs nothing, and loads nothing, of what is in a text", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const hostile =
      '<p>One<img src="https://evil.example/a.png" onerror="document.title = 1"></p><div data-kept="&lt;img src=x onerror=alert(1)&gt;">Two</div>';
    const [saved = ""] = await savedOf([hostile]);
    expect(saved).toContain("Two");
    expect(asked).toEqual([]);
    expect(await page.title()).toBe("");
  });
});
