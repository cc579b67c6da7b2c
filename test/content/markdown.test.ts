// Bodies: Markdown and HTML to HTML, and what they point to.

import { describe, expect, it } from "vitest";
import { htmlBody } from "../../src/content/html-body.ts";
import { markdownBody } from "../../src/content/markdown.ts";
import type { Reference } from "../../src/content/references.ts";
import { clean } from "../html/cleaned.ts";

const same = ({ address }: Reference): string => address;
const render = (source: string): string => markdownBody(source).html(same);
const found = ({ references }: { references: readonly Reference[] }) =>
  references.map(({ kind, address, line }) => `${line} ${kind} ${address}`);

describe("Markdown", () => {
  it.each([
    ["emphasis", "a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"],
    ["a heading", "## Two", "<h2>Two</h2>"],
    ["a quotation", "> q", "<blockquote>\n<p>q</p>\n</blockquote>"],
    ["a struck word", "~~no~~", "<p><del>no</del></p>"],
    ["one tilde or caret as it is", "H~2~O, 10^6^", "<p>H~2~O, 10^6^</p>"],
    ["a bare link", "https://x.org", '<p><a href="https://x.org">https://x.org</a></p>'],
    ["a link by name", "[a][b]\n\n[b]: https://x.org", '<p><a href="https://x.org">a</a></p>'],
    ["HTML of its own", "<aside>\n\n*a*\n\n</aside>", "<aside>\n<p><em>a</em></p>\n</aside>"],
    ["text that looks like markup", "1 < 2 & 3", "<p>1 &#x3C; 2 &#x26; 3</p>"],
  ])("renders %s", (_, source, html) => {
    expect(render(source)).toBe(html);
  });

  it.each([
    ["“www.x.org”", "www.x.org", "http://www.x.org", "“", "”"],
    ["(see https://x.org/a.)", "https://x.org/a", "https://x.org/a", "(see ", ".)"],
    ["Siehe „https://x.org/a!“.", "https://x.org/a", "https://x.org/a", "Siehe „", "!“."],
    ["見 https://x.org/。", "https://x.org/", "https://x.org/", "見 ", "。"],
    ["<https://x.org/”>", "https://x.org/”", "https://x.org/%E2%80%9D", "", ""],
    ["[https://x.org/”](https://x.org/”)", "https://x.org/”", "https://x.org/%E2%80%9D", "", ""],
  ])("links the address alone in %s", (source, text, href, before, after) => {
    expect(render(source)).toBe(`<p>${before}<a href="${href}">${text}</a>${after}</p>`);
  });

  it("renders tables, lists and footnotes", () => {
    expect(render("| a | b |\n|---|--:|\n| 1 | 2 |")).toContain('<td align="right">2</td>');
    expect(render("1. a\n2. b")).toBe("<ol>\n<li>a</li>\n<li>b</li>\n</ol>");
    expect(render("a[^1]\n\n[^1]: note")).toMatch(/<sup>.*<\/sup>.*<section.*note/s);
  });

  it("keeps what is ticked in a list of tasks", () => {
    expect(clean(render("- [x] lamps *lit*\n- [ ] pier mended"))).toBe(
      "<ul>\n<li>☑ lamps <em>lit</em></li>\n<li>☐ pier mended</li>\n</ul>",
    );
  });

  it("finds relative addresses, in Markdown and in HTML within it, with the file's lines", () => {
    const body = markdownBody(
      'a ![alt](a%20b.png "Cap") [o](../other/index.md#x)\n\n<img src="raw.png">\n\n<figure>\n\n![m](m.png)\n\n</figure>\n',
      10,
    );
    expect(found(body)).toEqual([
      "10 image a%20b.png",
      "10 link ../other/index.md#x",
      "12 image raw.png",
      "16 image m.png",
    ]);
    expect(body.references[0]).toMatchObject({ alt: "alt", title: "Cap" });
  });

  it("a title is the caption of a picture in a paragraph of its own, here or elsewhere", () => {
    const html = (source: string) => markdownBody(source).html(({ address }) => address);
    const figure =
      '<figure><img src="https://x.example/p.png" alt="alt" title="Cap"><figcaption>Cap</figcaption></figure>';
    expect(html('![alt](https://x.example/p.png "Cap")')).toBe(figure);
    expect(html('![alt](p.png "Cap")')).toBe(figure.replace("https://x.example/", ""));
    expect(html("![alt](p.png)")).toBe('<p><img src="p.png" alt="alt"></p>');
    expect(html('See ![alt](p.png "Cap")')).toBe('<p>See <img src="p.png" alt="alt" title="Cap"></p>');
  });

  it("passes over what means the same everywhere, but not what nobody else can open", () => {
    const addresses = ["https://x.org/a.png", "//x.org/a.png", "/media/a.png", "mailto:a@b.org", "#note", ""];
    expect(found(markdownBody(addresses.map((address) => `[a](<${address}>)`).join(" ")))).toEqual([]);
    expect(found(markdownBody('![a](<data:image/png;base64,AA>) <img src="file:///a">'))).toEqual([
      "1 image data:image/png;base64,AA",
      "1 image file:///a",
    ]);
  });

  it("puts other addresses in their place, escaped", () => {
    const body = markdownBody("![a](a.png)[b](b/)");
    const html = body.html(({ kind }) => (kind === "image" ? '/media/"x"' : "/articles/b"));
    expect(html).toBe('<p><img src="/media/&#x22;x&#x22;" alt="a"><a href="/articles/b">b</a></p>');
  });
});

describe("HTML", () => {
  it("stays as it is, but for its references", () => {
    const source =
      "<P>é&eacute;<br/>\r\n<IMG alt=q SRC='a&amp;b.png' data-x/>\n<a title=t href=../o/>x</A>\n<script>1</script>";
    const body = htmlBody(`${source}\n`, 5);
    expect(body.html(same)).toBe(
      source.replace("SRC='a&amp;b.png'", 'src="a&amp;b.png"').replace("href=../o/", 'href="../o/"'),
    );
    expect(found(body)).toEqual(["6 image a&b.png", "7 link ../o/"]);
  });

  it("is kept character by character where it has none", () => {
    const source = "<p>a <b>unclosed\n\n&nbsp;&bogus; <table><p>x";
    expect(htmlBody(`${source}\n`).html(same)).toBe(source);
    expect(htmlBody(source).html(same)).toBe(source);
  });

  it("loses one line end at its end, which is the file's", () => {
    expect(htmlBody("a\n\n").html(same)).toBe("a\n");
  });
});

describe("is refused, as its parser would take minutes for it:", () => {
  const MANY_SIGNS =
    "has thousands of lines, or of the characters * _ ~ ], in one paragraph: break it up with empty lines";
  const TOO_DEEP = "is nested more than 100 levels deep: take quotes and lists out of each other";
  it.each([
    ["emphasis", "*a_".repeat(30_000), MANY_SIGNS],
    ["brackets", "]".repeat(100_000), MANY_SIGNS],
    ["links", "[a](".repeat(50_000), MANY_SIGNS],
    ["strikethrough over many lines", "~~a~\n".repeat(30_000), MANY_SIGNS],
    ["rows of tables", "|-|\n".repeat(50_000), MANY_SIGNS],
    ["lists in lists", "1. ".repeat(10_000), TOO_DEEP],
    ["quotes in quotes", ">".repeat(10_000), TOO_DEEP],
    ["elements", "<div>".repeat(10_000), "is nested more than 200 deep: take elements out of each other"],
  ])("%s", (_, source, message) => {
    expect(() => markdownBody(source)).toThrow(message);
  });

  it("a text, by the line of the file", () => {
    expect(() => markdownBody(`One.\n\n${"*a_".repeat(30_000)}`, 5)).toThrow(
      expect.objectContaining({ line: 7 }),
    );
  });

  it("but not a table of 500 rows, nor a list of 2,000 links", () => {
    const table = `|a|b|\n|-|-|\n${"| *one* | [two](https://x.example/) |\n".repeat(500)}`;
    const list = "- [one](https://x.example/)\n".repeat(2_000);
    const { elements } = markdownBody(`${table}\n${list}`);
    expect(elements.filter(({ element }) => element.tagName === "a")).toHaveLength(2_500);
  });
});
