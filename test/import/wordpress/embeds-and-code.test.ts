// Shortcodes that embed, shortcodes that show code, and those of page builders.

import { describe, expect, it } from "vitest";
import { expectProportional } from "../../growth.ts";
import { first, post } from "./sample.ts";

const bodyOf = (content: string) => {
  const body = first([post(`Before.\n\n${content}\n\nAfter.`)])?.body;
  const html = body?.kind === "html" ? body.html : "";
  return html.replace("<p>Before.</p>", "").replace("<p>After.</p>", "").trim();
};
const link = (address: string) => `<p><a href="${address}">${address}</a></p>`;

describe("an embed by shortcode is a link on its own line", () => {
  it.each([
    [
      "[youtube=https://www.youtube.com/watch?v=ab_cd-ef123&w=640&h=385]",
      "https://www.youtube.com/watch?v=ab_cd-ef123",
    ],
    ["[youtube https://youtu.be/ab_cd-ef123]", "https://youtu.be/ab_cd-ef123"],
    ["[youtube]ab_cd-ef123[/youtube]", "https://www.youtube.com/watch?v=ab_cd-ef123"],
    ['[youtube id="ab_cd-ef123" width="600"]', "https://www.youtube.com/watch?v=ab_cd-ef123"],
    ["[vimeo 20260301]", "https://vimeo.com/20260301"],
    ["[vimeo https://vimeo.com/20260301 w=500&amp;h=281]", "https://vimeo.com/20260301"],
    ["[tweet https://twitter.com/lamp/status/77]", "https://twitter.com/lamp/status/77"],
    ["[tweet 77]", "https://twitter.com/i/status/77"],
    ["[gist]77ab[/gist]", "https://gist.github.com/77ab"],
    ["[gist https://gist.github.com/lamp/77ab]", "https://gist.github.com/lamp/77ab"],
    ["[gist]https://gist.github.com/lamp/77ab[/gist]", "https://gist.github.com/lamp/77ab"],
    ["[spotify spotify:track:4uLU6h]", "https://open.spotify.com/track/4uLU6h"],
    ['[soundcloud url="https://api.soundcloud.com/tracks/5"]', "https://api.soundcloud.com/tracks/5"],
    ["[instagram url=https://www.instagram.com/p/xyz/]", "https://www.instagram.com/p/xyz/"],
  ])("%s", (shortcode, address) => {
    expect(bodyOf(shortcode)).toBe(link(address));
  });

  it.each(["[youtube]", "[tweet]", "[soundcloud 12]"])(
    "but stays as text where it has no address: %s",
    (shortcode) => {
      expect(bodyOf(shortcode)).toBe(`<p>${shortcode}</p>`);
    },
  );

  it.each(["a[i=0] = 1", "b[n=2]"])("and an assignment in brackets is no shortcode: %s", (words) => {
    expect(first([post(words)])?.notes).toBeUndefined();
  });
});

describe("code by shortcode is code, to the letter", () => {
  it.each([
    ['[code]\nif (a < b) {\n\n  open("x");\n}\n[/code]', 'if (a &#x3C; b) {\n\n  open("x");\n}'],
    [
      '[sourcecode language="html"]<div class="lamp">on</div>[/sourcecode]',
      '&#x3C;div class="lamp">on&#x3C;/div>',
    ],
    ["[python]\nfor x in y:\n    z(x)\n[/python]", "for x in y:\n    z(x)"],
    ["[code]a &lt; b &amp;&amp; c[/code]", "a &#x3C; b &#x26;&#x26; c"],
    ["[code]a & b <i> &lt;[/code]", "a &#x26; b &#x3C;i> &#x26;lt;"],
    ['[code][gallery ids="1"] <!-- wp:x --> [code][/code]', '[gallery ids="1"] &#x3C;!-- wp:x --> [code]'],
  ])("%s", (shortcode, code) => {
    expect(bodyOf(shortcode)).toBe(`<pre><code>${code}</code></pre>`);
  });

  it.each(["[code]", "[r] and [c]", "[text] is all"])("but a word in brackets is none: %s", (words) => {
    expect(bodyOf(words)).toBe(`<p>${words}</p>`);
    expect(first([post(words)])?.notes).toBeUndefined();
  });

  it("takes time in proportion to the text", () => {
    expectProportional((count) => first([post("[code]a[code".repeat(count))]), 8000);
  });
});

describe("a page builder's shortcodes", () => {
  it.each([
    "[vc_row][vc_column]Words.[/vc_column][/vc_row]",
    '[et_pb_section fb_built="1"]Words.[/et_pb_section]',
    "[fusion_text]Words.[/fusion_text]",
    "[av_textblock size='']Words.[/av_textblock]",
  ])("make a draft, and stay: %s", (content) => {
    const article = first([post(content)]);
    expect(article).toMatchObject({ draft: true, body: { html: `<p>${content}</p>` } });
    expect(article?.notes?.join()).toContain("page builder");
  });

  it.each(['[poll id="4"]', "[box]Words.[/box]", "[column]Words.[/column]"])(
    "are not others: %s",
    (content) => {
      expect(first([post(content)])?.draft).toBeUndefined();
    },
  );
});
