// What a WordPress post shows: pictures, shortcodes and blocks.

import { describe, expect, it } from "vitest";
import { BOAT, FILE, first, meta, PIER, PIER_IMAGE, post } from "./sample.ts";

describe("pictures and shortcodes", () => {
  const html = (content: string, ...xml: readonly string[]) =>
    first([post(content, {}, ...xml), PIER, BOAT, FILE])?.body;
  const notes = (content: string) => first([post(content), PIER, BOAT, FILE])?.notes;
  const figure = (name: string, alt: string, caption: string) =>
    `<figure><img src="https://harbour.example/u/${name}" alt="${alt}">${caption && `<figcaption>${caption}</figcaption>`}</figure>`;
  const pier = figure("pier-scaled.jpg", "A pier at dawn", "The pier &#x26; its lamp");
  const boat = figure("boat.jpg", "", "");

  it("show the original of what the library has, without the small one's size", () => {
    const article = first([
      post(
        '<img class="wp-image-7" src="https://harbour.example/u/pier-300x200.jpg?w=300" width="300" height="200">',
      ),
      PIER,
    ]);
    expect(article?.images).toEqual([PIER_IMAGE]);
    expect(article?.body).toMatchObject({
      html: '<p><img src="https://harbour.example/u/pier-scaled.jpg" alt="A pier at dawn"></p>',
    });
  });

  it.each([
    [
      "behind it",
      '[caption id="attachment_8" width="300"]<a href="#b"><img src="https://x.example/1.jpg" alt="One"></a> At <em>sea</em>[/caption]',
    ],
    [
      "in an attribute",
      '[wp_caption id="attachment_8" caption="At sea"]<img src="https://x.example/1.jpg" alt="One">[/wp_caption]',
    ],
  ])("have their caption %s", (_, content) => {
    expect(html(`Before.\n\n${content}After.`)).toMatchObject({
      html: '<p>Before.</p><figure><img src="https://x.example/1.jpg" alt="One"><figcaption>At sea</figcaption></figure><p>After.</p>',
    });
  });

  it.each([
    ['[gallery ids="7,8"]', pier + boat],
    ['[gallery ids="8,7" columns="2"]', boat + pier],
    ["[gallery]", boat + pier],
    ['[gallery exclude="8"]', pier],
  ])("stand in their order: %s", (content, expected) => {
    expect(html(content)).toMatchObject({ html: expected });
  });

  it("of a gallery that the export lacks are named", () => {
    expect(notes('[gallery ids="7,70,71"]')).toEqual([
      "files of a gallery are not in the export and are left out: attachments 70, 71",
    ]);
  });

  it.each([
    ["[embed]https://video.example/v?a=1&amp;b=2[/embed]", "https://video.example/v?a=1&#x26;b=2"],
    ['[audio mp3="https://x.example/a.mp3"][/audio]', "https://x.example/a.mp3"],
    ['[video width="6" mp4="https://x.example/a.mp4"][/video]', "https://x.example/a.mp4"],
    ["https://video.example/v/1", "https://video.example/v/1"],
  ])("that play are links: %s", (content, address) => {
    expect(html(`Before.\n\n${content}\n\nAfter.`)).toMatchObject({
      html: `<p>Before.</p><p><a href="${address}">${address}</a></p><p>After.</p>`,
    });
  });

  it("of a playlist are links with their titles", () => {
    expect(html('[playlist ids="9"]')).toMatchObject({
      html: '<p><a href="https://harbour.example/u/tide.mp3">The tide</a></p>',
    });
  });

  it("that nobody knows stay as text, and are named with their count", () => {
    const content = 'A [poll id="4"] b [poll id="5"] c [sic] [[gallery]] [box]d[/box] [caption]e';
    expect(html(content)).toMatchObject({
      html: '<p>A [poll id="4"] b [poll id="5"] c [sic] [gallery] [box]d[/box] [caption]e</p>',
    });
    expect(notes(content)).toEqual([
      "shortcodes stay in the text as they stand, as nothing says what they show: [poll] (2 times), [box], [caption]",
    ]);
  });
});

describe("the block editor", () => {
  it("leaves its HTML, galleries as figures, embeds as links, footnotes as a list", () => {
    const content = `<!-- wp:paragraph {"a":"[gallery]"} -->
<p>Block text.</p>
<!-- /wp:paragraph -->
<!-- wp:gallery {"linkTo":"none"} -->
<figure class="wp-block-gallery has-nested-images"><!-- wp:image {"id":8} -->
<figure class="wp-block-image"><img src="https://harbour.example/u/boat-1024x683.jpg" alt="Boat"/></figure>
<!-- /wp:image --><figcaption>All boats</figcaption></figure>
<!-- /wp:gallery -->
<!-- wp:embed {"url":"https://video.example/v/2"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://video.example/v/2
</div></figure>
<!-- /wp:embed -->
<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column"><p>Left</p></div><!-- /wp:column --></div><!-- /wp:columns -->
<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Said</p><cite>Somebody</cite></blockquote></figure><!-- /wp:pullquote -->
<!-- wp:shortcode -->
[gallery ids="8"]
<!-- /wp:shortcode -->
<!-- wp:latest-posts {"postsToShow":3} /-->
<!-- wp:footnotes /-->

Classic text

between blocks`;
    const article = first([
      post(content, {}, meta("footnotes", '[{"id":"fn1","content":"A <em>note</em>"}]')),
      BOAT,
    ]);
    const html = article?.body.kind === "html" ? article.body.html.replace(/\n+/g, "") : "";
    expect(html).toBe(
      '<p>Block text.</p><figure><img src="https://harbour.example/u/boat.jpg" alt="Boat"></figure><p>All boats</p>' +
        '<figure><p><a href="https://video.example/v/2">https://video.example/v/2</a></p></figure>' +
        "<p>Left</p><figure><blockquote><p>Said</p><cite>Somebody</cite></blockquote></figure>" +
        '<figure><img src="https://harbour.example/u/boat.jpg" alt=""></figure>' +
        '<ol><li id="fn1">A <em>note</em></li></ol><p>Classic text</p><p>between blocks</p>',
    );
    expect(article?.notes).toEqual([
      "blocks that WordPress makes when a page is shown are left out: latest-posts",
    ]);
  });
});
