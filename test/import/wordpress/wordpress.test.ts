import { describe, expect, it } from "vitest";
import { readWordpress } from "../../../src/import/wordpress/wordpress.ts";
import { ANA, BOAT, first, HARBOUR, item, meta, PIER, PIER_IMAGE, post, read, term, wxr } from "./sample.ts";

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
        sections: ["Harbour & Sea", "News", "Uncategorized"],
        tags: ["Ferries"],
        language: "pt-PT",
        bylines: [{ name: "Ana Reis", bio: "Writes of ports & tides." }],
        published: { kind: "instant", value: "2025-07-01T12:00:00+01:00" },
        updated: { kind: "instant", value: "2025-07-01T18:30:00+01:00" },
        images: [{ ...PIER_IMAGE, caption: "The pier & its lamp" }],
        oldAddresses: ["https://harbour.example/2025/ferry-returns/", "https://harbour.example/?p=10"],
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

  it("is a draft when WordPress had only scheduled it", () => {
    const dates = { "wp:post_date": "2099-01-01 10:00:00", "wp:post_date_gmt": "2099-01-01 10:00:00" };
    const article = first([post("Text", { "wp:status": "future", ...dates })]);
    expect(article?.published).toEqual({ kind: "instant", value: "2099-01-01T10:00:00Z" });
    expect(article).toMatchObject({ draft: true, notes: [expect.stringContaining("scheduled")] });
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
      { text: "1 post: “Ferry returns”", as: "left out", why: "in WordPress's trash, or never saved" },
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

  it("are whole where an address has a bare ampersand, and CDATA stays as it is", () => {
    const item = `<item><title><![CDATA[Fish & chips]]></title><link>https://harbour.example/?w=1200&q=80&amp;x=1</link><content:encoded><![CDATA[a && b &amp; c]]></content:encoded></item>`;
    const result = read([item, post("B")]);
    expect(result.problems).toEqual([]);
    expect(result.articles[0]).toMatchObject({
      headline: "Fish & chips",
      body: { html: "<p>a &#x26;&#x26; b &#x26; c</p>", base: "https://harbour.example/?w=1200&q=80&x=1" },
    });
  });

  it("are two posts where both have one guid: the second is known by its address", () => {
    const guid = { guid: "https://harbour.example/?p=1" };
    const result = read([
      post("A", { ...guid, link: "https://harbour.example/a/" }),
      post("B", { ...guid, link: "https://harbour.example/b/" }),
      post("C", guid),
    ]);
    expect(result.articles.map(({ id }) => id)).toEqual([guid.guid, "https://harbour.example/b/", undefined]);
    expect(result.articles[1]?.notes).toEqual([expect.stringContaining("its id is its address")]);
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
