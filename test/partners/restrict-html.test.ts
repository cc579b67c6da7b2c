// Bodies restricted to the elements that a partner allows: no word is lost, and no tag stays open.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/lib/problem.ts";
import { html } from "../../src/lib/text.ts";
import { itemOf as partnerItem } from "../../src/partners/partner-item.ts";
import { PROFILE_NAMES, policySchema } from "../../src/partners/policy.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { restrictHtml } from "../../src/partners/restrict-html.ts";
import { withPermittedPictures } from "../../src/partners/restrict-pictures.ts";
import { SITE, unwrap } from "../pipeline.ts";
import { itemOf } from "./items.ts";

describe("restrictHtml", () => {
  it("a formula stays whole where it is taken, and else says what it says", () => {
    const body = html(
      '<p>So <math alttext="e^{kt}"><msup><mi>e</mi><mi>k</mi></msup></math> it grows, by <math><mfrac><mn>13</mn><mn>4</mn></mfrac></math>.</p>',
    );
    expect(restrictHtml(body, { tags: ["p", "math"], embeds: [] })).toBe(body);
    expect(restrictHtml(body, { tags: ["p"], embeds: [] })).toBe("<p>So e^{kt} it grows, by 13/4.</p>");
  });

  it("a player that isn't taken is one link, to a page for people", () => {
    const frame = '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="A film"></iframe>';
    const link = '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">A film</a></p>';
    expect(restrictHtml(html(frame), { embeds: [] })).toBe(link);
    const beside = link.replace("<p>", '<p class="wr-player">');
    expect(restrictHtml(html(frame + beside), { embeds: [] })).toBe(beside);
    expect(restrictHtml(html(frame + beside), { embeds: ["www.youtube.com"] })).toBe(frame + beside);
  });

  const brought = (body: string, tags?: readonly string[], embeds: readonly string[] = []) =>
    restrictHtml(html(body), { ...(tags ? { tags } : {}), embeds });
  const SOME = ["p", "div", "a", "b", "img", "ul", "li"];

  it.each([
    ["an element that isn't taken gives way to what is in it", "<p>a <mark>b</mark> c</p>", "<p>a b c</p>"],
    [
      "a figure to a div and a paragraph",
      '<figure><img src="https://x.test/a.png" alt=""><figcaption>Said <b>so</b></figcaption></figure>',
      '<div><img src="https://x.test/a.png" alt=""><p>Said <b>so</b></p></div>',
    ],
    ["a heading to a paragraph", "<h2>Head</h2><p>x</p>", "<p>Head</p><p>x</p>"],
    ["a quotation with paragraphs to a div", "<blockquote><p>q</p></blockquote>", "<div><p>q</p></div>"],
    ["nested ones, all of them", "<p><em><mark><u>deep</u></mark></em></p>", "<p>deep</p>"],
    [
      "a film to a link",
      '<video controls><source src="https://x.test/f.mp4"></video>',
      '<p><a href="https://x.test/f.mp4">https://x.test/f.mp4</a></p>',
    ],
    [
      "a film within a paragraph to a link in it",
      '<p>a <video src="https://x.test/f.mp4"></video> b</p>',
      '<p>a <a href="https://x.test/f.mp4">https://x.test/f.mp4</a> b</p>',
    ],
    [
      "a film within a link to its text",
      '<a href="https://x.test"><video src="https://x.test/f.mp4"></video></a>',
      '<a href="https://x.test">https://x.test/f.mp4</a>',
    ],
  ])("%s", (_, body, expected) => {
    expect(brought(body, SOME)).toBe(expected);
  });

  it.each([
    [
      "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
      ["p"],
      ["<p> a b </p>", "<p> c </p>"],
    ],
    ["<ul><li>a</li><li>b</li></ul>", ["p"], ["<p>a</p>", "<p>b</p>"]],
    ["<ul><li>a</li><li>b</li></ul>", ["b"], [" a b "]],
    ["<p>a<br>b</p><p>c</p>", ["b"], [" a b c "]],
    // An item that lost its list would end the one that it stands in.
    ["<ul><li>a<b><ol><li>c</li></ol></b></li></ul>", ["ul", "li", "b"], ["<ul><li>a<b> c </b></li></ul>"]],
  ] as const)("keeps words apart that %s kept apart", (body, tags, expected) => {
    expect(brought(body, tags).replaceAll(/ +/g, " ")).toBe(expected.join(""));
  });

  it("lets iframes of some hosts stand alone, whatever else is taken", () => {
    const body =
      '<p>x</p><iframe src="https://a.test/1"></iframe><iframe src="https://b.test/2" title="Film"></iframe>';
    expect(brought(body, undefined, ["a.test"])).toBe(
      '<p>x</p><iframe src="https://a.test/1"></iframe><p><a href="https://b.test/2">Film</a></p>',
    );
    expect(brought(body, ["p", "a"], ["a.test"])).not.toContain("<iframe");
  });

  it("leaves a body alone from which nothing is to go", () => {
    const body = "<p>a &amp; b<br></p><figure>x</figure>";
    expect(brought(body)).toBe(body);
  });

  it.each([
    ["a paragraph", "<p>a</p><p> <br></p>", "<p>a</p>"],
    ["a linked picture that went", '<div><p><a href="https://x.test/"></a></p></div><p>a</p>', "<p>a</p>"],
    [
      "all that an element held",
      "<figure><figcaption></figcaption></figure><ul><li></li></ul><p>a</p>",
      "<p>a</p>",
    ],
    ["a table", "<table><tbody><tr><td><p></p></td></tr></tbody></table><p>a</p>", "<p>a</p>"],
    [
      "but no cell beside others",
      "<table><tbody><tr><td><p></p></td><td>a</td></tr></tbody></table>",
      "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>",
    ],
    ["and parts words still", "a<b> </b>b<div></div>c", "a b c"],
    ["but no place that a link leads to", '<p><a id="n"></a>a</p>', '<p><a id="n"></a>a</p>'],
    [
      "but nothing that shows something",
      '<p><img src="https://x.test/a.png"></p><video src="https://x.test/f.mp4"></video>',
      '<p><img src="https://x.test/a.png"></p><video src="https://x.test/f.mp4"></video>',
    ],
  ])("takes out what is empty: %s", (_, body, expected) => expect(brought(body)).toBe(expected));

  it.each(PROFILE_NAMES)("leaves %s no empty element where pictures and players went", (profile) => {
    const picture = '<img src="https://far.test/a.png" alt="">';
    const body = html(
      `<p>One.</p><p>${picture}</p><div><a href="https://far.test/">${picture}</a></div><figure>${picture}</figure><ul><li>${picture}</li></ul><p>Two.</p>`,
    );
    const { article } = itemOf("full", { article: { body } });
    const policy = unwrap(
      check(policySchema, {
        id: "a",
        name: "A",
        profile,
        images: { rights: "credited" },
        html: { embeds: [] },
      }),
    );
    const fitted = withPermittedPictures(article, policy.images, SITE.url);
    const facts = { version: 1, changedAt: article.published, embargoed: false };
    const item = partnerItem(fitted, facts, policy, PROFILES[profile], SITE);
    expect(item.body).toContain("One.</p><p>Two.</p>");
    expect(item.body).not.toMatch(/<([a-z]+)[^>]*>\s*<\/\1>/);
  });

  it("keeps every word, and no other element", () => {
    const name = fc.constantFrom(
      "p",
      "div",
      "b",
      "mark",
      "h3",
      "figure",
      "figcaption",
      "blockquote",
      "section",
      "ul",
      "li",
    );
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.stringMatching(/^[a-z]{1,6}$/),
        fc
          .tuple(name, fc.array(tie("node"), { maxLength: 3 }))
          .map(([tag, inner]) => `<${tag}>${inner.join(" ")}</${tag}>`),
      ),
    }));
    const words = (body: string) =>
      body
        .replace(/<[^>]*>/g, " ")
        .split(/\s+/)
        .filter(Boolean);
    fc.assert(
      fc.property(tree.node, (body) => {
        const fitted = brought(body, ["p", "b"]);
        expect(words(fitted)).toEqual(words(body));
        expect(fitted.replaceAll(/<\/?(?:p|b)>/g, "")).not.toMatch(/</);
      }),
    );
  });
});
