import { describe, expect, it } from "vitest";
import type { Imported, ImportedArticle } from "../../../src/import/imported.ts";
import { readWordpress } from "../../../src/import/wordpress/wordpress.ts";
import { attachment, author, item, meta, post, term, wxr } from "./sample.ts";

const read = (...[items, options]: Parameters<typeof wxr>): Imported =>
  readWordpress({ name: "export.xml", content: wxr(items, options) });

const first = (...parameters: Parameters<typeof wxr>): ImportedArticle | undefined =>
  read(...parameters).articles[0];

const ANA = author(
  "ana.reis",
  "Ana Reis",
  "<wp:usermeta><wp:meta_key>description</wp:meta_key><wp:meta_value>Writes of ports &amp;amp; tides.</wp:meta_value></wp:usermeta>",
);
const HARBOUR =
  "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>harbour</wp:category_nicename></wp:category>";

const PIER = attachment(
  7,
  "https://harbour.example/u/pier-scaled.jpg",
  { "excerpt:encoded": "The pier &amp; its <b>lamp</b>", "wp:post_parent": "10", "wp:menu_order": "2" },
  meta("_wp_attachment_image_alt", "A pier at dawn"),
  meta("_media_credit", "Rui Alves"),
  meta("_wp_attachment_metadata", 'a:5:{s:5:"width";i:2560;s:6:"height";i:1707;s:4:"file";s:8:"pier.jpg";}'),
);
const BOAT = attachment(8, "https://harbour.example/u/boat.jpg", {
  "wp:post_parent": "10",
  "wp:menu_order": "1",
});
const FILE = attachment(9, "https://harbour.example/u/tide.mp3", {
  title: "The tide",
  "wp:post_parent": "10",
});

const PIER_IMAGE = {
  src: "https://harbour.example/u/pier-scaled.jpg",
  alt: "A pier at dawn",
  credit: "Rui Alves",
  width: 2560,
  height: 1707,
};

describe("a post", () => {
  const result = read(
    [
      post(
        "One paragraph.\n\nAnother one\nin two lines.",
        {
          title: "Fish &amp; chips &#8217;25 <em>live</em>",
          link: "https://harbour.example/2025/ferry-returns/",
          "dc:creator": "ana.reis",
          "excerpt:encoded": "It <em>sails</em> &amp; stays",
          "wp:post_name": "ferry-returns",
          "wp:post_modified": "2025-07-01 18:30:00",
          "wp:post_modified_gmt": "2025-07-01 17:30:00",
        },
        term("category", "news", "News"),
        term("category", "harbour", "Harbour &amp; Sea"),
        term("category", "uncategorized", "Uncategorized"),
        term("post_tag", "ferries", "Ferries"),
        term("post_format", "post-format-image", "Image"),
        meta("_yoast_wpseo_primary_category", "4"),
        meta("_thumbnail_id", "7"),
        meta("_subtitle", "Not taken: there is an excerpt"),
      ),
      PIER,
    ],
    { head: ANA + HARBOUR },
  );

  it("says everything that it has", () => {
    expect(result.problems).toEqual([]);
    expect(result.articles).toEqual([
      {
        item: "Fish & chips ’25 live",
        slug: "ferry-returns",
        id: "https://harbour.example/?p=10",
        headline: "Fish & chips ’25 live",
        dek: "It sails & stays",
        sections: ["Harbour & Sea", "News"],
        tags: ["Ferries"],
        language: "pt-PT",
        bylines: [{ name: "Ana Reis", bio: "Writes of ports & tides." }],
        published: { kind: "instant", value: "2025-07-01T12:00:00+01:00" },
        updated: { kind: "instant", value: "2025-07-01T18:30:00+01:00" },
        images: [{ ...PIER_IMAGE, caption: "The pier & its lamp" }],
        body: {
          kind: "html",
          html: "<p>One paragraph.</p><p>Another one<br>in two lines.</p>",
          base: "https://harbour.example/2025/ferry-returns/",
        },
      },
    ]);
  });

  it("is explained field by field, its old address too", () => {
    expect(result.explained.map(({ as }) => as)).toEqual([
      "headline",
      "id",
      "published",
      "updated",
      "byline",
      "section",
      "lead image",
      "old address",
    ]);
    expect(result.explained.at(-1)).toMatchObject({
      text: "https://harbour.example/2025/ferry-returns/",
      why: expect.stringContaining("redirect"),
    });
  });

  it.each(["1.0", "1.1", "1.2"])("is read from WXR %s", (version) => {
    expect(first([post("Text")], { version })?.body).toMatchObject({ html: "<p>Text</p>" });
  });

  it("keeps its guid as it stands, and a slug in any script", () => {
    const fields = { guid: "urn:post 5?a=1&b=2", "wp:post_name": "%e6%b8%af" };
    expect(first([post("", fields)])).toMatchObject({ id: "urn:post 5?a=1&b=2", slug: "港" });
  });

  it("comes whole out of a CDATA section that was split", () => {
    expect(first([post("a ]]> b")])?.body).toMatchObject({ html: "<p>a ]]> b</p>" });
  });

  it.each([
    ["draft", {}, "it is a draft in WordPress"],
    ["pending", {}, "it waits for review in WordPress"],
    ["private", {}, "it is private in WordPress"],
    ["pitch", {}, "its status in WordPress is “pitch”"],
    ["publish", { "wp:post_password": "tide" }, "it has a password in WordPress"],
  ])("is a draft when it is held back: %s", (status, fields, why) => {
    const article = first([post("Text", { "wp:status": status, ...fields })]);
    expect(article).toMatchObject({ draft: true, notes: [`is a draft here: ${why}`] });
  });

  it("is scheduled when WordPress has scheduled it", () => {
    const dates = { "wp:post_date": "2099-01-01 10:00:00", "wp:post_date_gmt": "2099-01-01 10:00:00" };
    const article = first([post("Text", { "wp:status": "future", ...dates })]);
    expect(article?.published).toEqual({ kind: "instant", value: "2099-01-01T10:00:00Z" });
    expect(article).not.toHaveProperty("draft");
  });

  it.each([
    [{ _subtitle: "A second line" }, "A second line"],
    [{ _subtitle: "field_5f3a", subtitle: "The true one" }, "The true one"],
    [{ wps_subtitle: "From a plug-in" }, "From a plug-in"],
  ])("has its subtitle as dek where there is no excerpt: %j", (metas, dek) => {
    const xml = Object.entries(metas).map(([key, value]) => meta(key, value));
    expect(first([post("Text", {}, ...xml)])?.dek).toBe(dek);
  });

  it("names what it has no place for", () => {
    const article = first([
      post("A<!--nextpage-->B", {}, term("region", "north", "North"), meta("_thumbnail_id", "99")),
    ]);
    expect(article?.body).toMatchObject({ html: "<p>A</p><p>B</p>" });
    expect(article?.notes).toEqual([
      "terms of other taxonomies are left out: North (region)",
      "its 2 pages are one text now",
      "its featured image is not in the export: attachment 99",
    ]);
  });
});

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

describe("authors", () => {
  const guest = (name: string, title: string, ...xml: readonly string[]) =>
    item({ "wp:post_id": "30", "wp:post_type": "guest-author", "wp:post_name": name, title }, ...xml);

  it("come in the order of their terms, guests and users", () => {
    const article = first(
      [
        post(
          "Text",
          { "dc:creator": "admin" },
          term("author", "cap-bo", "bo"),
          term("author", "cap-ana-reis", "ana.reis"),
          term("author", "kim", "Kim Oh"),
        ),
        guest(
          "cap-bo",
          "bo",
          meta("cap-display_name", "Bo Lind"),
          meta("cap-user_login", "bo"),
          meta("cap-description", "Sails <b>alone</b>."),
          meta("cap-website", "https://bo.example/"),
          meta("cap-user_email", "bo@harbour.example"),
          meta("cap-avatar", "8"),
        ),
        BOAT,
      ],
      { head: ANA },
    );
    expect(article?.bylines).toEqual([
      {
        name: "Bo Lind",
        url: "https://bo.example/",
        avatar: "https://harbour.example/u/boat.jpg",
        bio: "Sails alone.",
      },
      { name: "Ana Reis", bio: "Writes of ports & tides." },
      { name: "Kim Oh" },
    ]);
    expect(article).not.toHaveProperty("notes");
  });

  it("are named by their login where the export says no more", () => {
    const article = first([post("Text", { "dc:creator": "jdoe" })]);
    expect(article).toMatchObject({
      bylines: [{ name: "jdoe" }],
      notes: ["its author is known by the login alone: jdoe"],
    });
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

describe("the other items", () => {
  const lineOf = (content: string, mark: string) =>
    content.slice(0, content.lastIndexOf(mark)).split("\n").length;

  it("are counted by type, but for what WordPress keeps for itself", () => {
    const comment = "<wp:comment><wp:comment_content>x</wp:comment_content></wp:comment>";
    const types = ["page", "page", "recipe", "revision", "nav_menu_item", "wp_template", "wp_block"];
    const items = types.map((type) => item({ title: "T", "wp:post_type": type }));
    const result = read([post("A", {}, comment, comment), post("B", { "wp:status": "trash" }), ...items]);
    expect(result.articles).toHaveLength(1);
    expect(result.explained.filter(({ as }) => as === "left out")).toEqual([
      { text: "2 items of type page", as: "left out", why: "only posts are articles" },
      { text: "1 item of type recipe", as: "left out", why: "only posts are articles" },
      { text: "1 item of type wp_block", as: "left out", why: "only posts are articles" },
      { text: "1 post", as: "left out", why: "in WordPress's trash, or never saved" },
      { text: "2 comments", as: "left out", why: "an article has none" },
    ]);
  });

  it("are read where one of them is no XML", () => {
    const bad = "<item><title>Bad</title></div></b><content:encoded>x &nbsp; <i>y</content:encoded></item>";
    const result = read([post("A"), bad, "<item><title>Open</title>", post("B")]);
    expect(result.articles.map(({ item: title }) => title)).toEqual([
      "Ferry returns",
      "Bad",
      "Open",
      "Ferry returns",
    ]);
    expect(result.problems).toEqual([
      {
        path: "Bad",
        message: expect.stringMatching(/^is not well-formed XML \(.*and \d more/),
        line: expect.any(Number),
      },
      { path: "Open", message: expect.stringContaining("is not well-formed XML"), line: expect.any(Number) },
    ]);
  });

  it("are read where the XML of one of them is nested without end", () => {
    const bad = `<item><title>Deep</title>${"<x>".repeat(200_000)}</item>`;
    const result = read([bad, post("B")]);
    expect(result.articles.map(({ item: title }) => title)).toEqual(["Deep", "Ferry returns"]);
    expect(result.problems).toMatchObject([
      { path: "Deep", message: expect.stringContaining("nested too deeply") },
    ]);
  });

  it("are read up to the place where the file was cut off", () => {
    const content = wxr([post("A"), post("B", { title: "Second" })]);
    const result = readWordpress({
      name: "x",
      content: content.slice(0, content.lastIndexOf("</item>") - 5),
    });
    expect(result.articles).toHaveLength(1);
    expect(result.problems).toEqual([
      {
        path: "Second",
        message: expect.stringContaining("the file ends inside it"),
        line: lineOf(content, "<item>"),
      },
    ]);
  });

  it("are read where the HTML of one of them is nested without end", () => {
    const result = read([post("<div>".repeat(50_000)), post("B", { title: "<b>".repeat(50_000) })]);
    expect(result.articles.map(({ draft }) => draft)).toEqual([true, undefined]);
    expect(result.problems).toEqual([
      { path: "Ferry returns", message: "its body is nested too deeply", line: 11 },
    ]);
  });

  it("may be 2,000", () => {
    const text = 'A line of some words, and [gallery ids="8"] in it.\n\n'.repeat(4);
    const result = read([
      ...Array.from({ length: 2000 }, (_, i) => post(text, { "wp:post_id": String(i) })),
      BOAT,
    ]);
    expect(result.articles).toHaveLength(2000);
    expect(result.problems).toEqual([]);
  });
});
