import { describe, expect, it } from "vitest";
import { readGhost } from "../../../src/import/ghost/ghost.ts";
import type { Imported, ImportedArticle } from "../../../src/import/importer.ts";

type Rows = Readonly<Record<string, unknown>>[];
type Data = Readonly<Record<string, Rows>>;

const ID = "64f0c1d2e3a4b5c6d7e8f901";
const POST = {
  id: ID,
  uuid: "0b5c7c1e-1111-4222-8333-444455556666",
  title: "Ferry returns & stays",
  slug: "ferry-returns",
  html: "<p>It sails.</p>",
  status: "published",
  visibility: "public",
  type: "post",
  published_at: "2025-07-01T11:00:00.000Z",
  updated_at: "2025-09-01T11:00:00.000Z",
};
const SITE = [{ key: "url", value: "https://harbour.example/" }];

const read = (data: Data): Imported =>
  readGhost({
    name: "export.json",
    content: JSON.stringify({ db: [{ meta: { version: "5.82.0" }, data }] }),
  });
const one = (post: object, data: Data = {}): ImportedArticle | undefined =>
  read({ posts: [{ ...POST, ...post }], ...data }).articles[0];
const htmlOf = (html: string): string | undefined => {
  const body = one({ html }, { settings: SITE })?.body;
  return body?.kind === "html" ? body.html.replace(/\n\s*/g, "") : undefined;
};

describe("a post", () => {
  const result = read({
    posts: [
      {
        ...POST,
        html: '<p>It sails to <a href="__GHOST_URL__/port/">port</a>.</p>',
        feature_image: "__GHOST_URL__/content/images/2025/07/pier.jpg",
        custom_excerpt: "The ferry is back",
        canonical_url: "https://other.example/ferry",
        codeinjection_head: "<style>p{}</style>",
      },
    ],
    posts_meta: [
      { post_id: ID, feature_image_alt: "A pier", feature_image_caption: "The <b>pier</b> &amp; sea" },
    ],
    users: [
      {
        id: "1",
        name: "Ana Reis",
        email: "ana@harbour.example",
        bio: "Writes of ports.",
        website: "https://ana.example",
        profile_image: "__GHOST_URL__/content/images/ana.jpg",
      },
      {
        id: "2",
        name: "Bo Lind",
        email: "bo@harbour.example",
        bio: null,
        website: null,
        profile_image: null,
      },
    ],
    posts_authors: [
      { post_id: ID, author_id: "1", sort_order: 1 },
      { post_id: ID, author_id: "2", sort_order: 0 },
    ],
    tags: [
      { id: "a", name: "Ferries", visibility: "public" },
      { id: "b", name: "#layout", visibility: "internal" },
      { id: "c", name: "Harbour", visibility: "public" },
    ],
    posts_tags: [
      { post_id: ID, tag_id: "a", sort_order: 2 },
      { post_id: ID, tag_id: "b", sort_order: 0 },
      { post_id: ID, tag_id: "c", sort_order: 1 },
    ],
    settings: [...SITE, { key: "locale", value: "pt" }, { key: "labs", value: null }],
  });

  it("says everything that it has, and no e-mail address", () => {
    expect(result.problems).toEqual([]);
    expect(result.articles).toEqual([
      {
        item: "Ferry returns & stays",
        slug: "ferry-returns",
        id: ID,
        headline: "Ferry returns & stays",
        dek: "The ferry is back",
        sections: ["Harbour", "Ferries"],
        language: "pt",
        bylines: [
          { name: "Bo Lind" },
          {
            name: "Ana Reis",
            url: "https://ana.example/",
            avatar: "https://harbour.example/content/images/ana.jpg",
            bio: "Writes of ports.",
          },
        ],
        published: { kind: "instant", value: "2025-07-01T11:00:00Z" },
        images: [
          {
            src: "https://harbour.example/content/images/2025/07/pier.jpg",
            alt: "A pier",
            caption: "The pier & sea",
          },
        ],
        url: "https://other.example/ferry",
        oldAddresses: ["https://harbour.example/ferry-returns/"],
        body: { kind: "html", html: '<p>It sails to <a href="https://harbour.example/port/">port</a>.</p>' },
        notes: ["internal tags are left out: #layout", "code that Ghost put into its page is left out"],
      },
    ]);
  });

  it("is explained field by field", () => {
    expect(result.explained.map(({ as }) => as)).toEqual([
      "headline",
      "id",
      "published",
      "byline",
      "tags",
      "lead image",
      "canonical address",
    ]);
  });

  it.each([
    ["{db: [{data}]}", (data: object) => ({ db: [{ meta: {}, data }] })],
    ["{meta, data}", (data: object) => ({ meta: {}, data })],
    ["{posts}", (data: object) => data],
  ])("is read out of %s", (_, wrap) => {
    const content = JSON.stringify(wrap({ posts: [POST] }));
    expect(readGhost({ name: "x", content }).articles).toHaveLength(1);
  });

  it("of Ghost 0.x has its UUID as id, one author, milliseconds and an image", () => {
    const article = one(
      {
        id: 12,
        author_id: 1,
        published_at: 1751367600000,
        image: "/content/images/a.jpg",
        status: "published",
        visibility: undefined,
        type: undefined,
        page: 0,
      },
      { users: [{ id: 1, name: "Ana Reis" }], settings: SITE },
    );
    expect(article).toMatchObject({
      id: POST.uuid,
      bylines: [{ name: "Ana Reis" }],
      published: { kind: "instant", value: "2025-07-01T11:00:00Z" },
      images: [{ src: "https://harbour.example/content/images/a.jpg" }],
    });
  });

  it("has SQL's dates in UTC, as Ghost keeps them", () => {
    expect(one({ published_at: "2025-07-01 11:00:00" })?.published).toEqual({
      kind: "instant",
      value: "2025-07-01T11:00:00Z",
    });
    expect(one({ published_at: "soon" })?.published).toEqual({ kind: "unclear", value: "soon" });
    expect(one({ published_at: null })).not.toHaveProperty("published");
  });

  it.each([
    [{ status: "draft" }, "it is a draft in Ghost"],
    [{ status: "sent" }, "Ghost sent it by e-mail alone"],
    [{ status: "withheld" }, "its status in Ghost is “withheld”"],
    [{ visibility: "members" }, "Ghost shows it to some readers alone (members)"],
    [{ visibility: "paid" }, "Ghost shows it to some readers alone (paid)"],
  ])("is a draft when not everybody could read it: %j", (fields, why) => {
    expect(one(fields)).toMatchObject({ draft: true, notes: [`is a draft here: ${why}`] });
  });

  it("is a draft when its metadata say that it was mail", () => {
    expect(one({}, { posts_meta: [{ post_id: ID, email_only: 1 }] })?.draft).toBe(true);
  });

  it("is a draft when Ghost had only scheduled it", () => {
    const article = one({ status: "scheduled", published_at: "2099-01-01T10:00:00.000Z" });
    expect(article?.published).toEqual({ kind: "instant", value: "2099-01-01T10:00:00Z" });
    expect(article).toMatchObject({ draft: true, notes: [expect.stringContaining("scheduled")] });
  });

  it("has its pictures in Ghost's folder beside the export, where nothing says where the site is", () => {
    const article = one({
      feature_image: "__GHOST_URL__/content/images/a.jpg",
      canonical_url: "__GHOST_URL__/old/",
      html: '<p><a href="__GHOST_URL__/port/">port</a></p><img src="__GHOST_URL__/content/images/b.jpg" alt="B">',
    });
    expect(article).not.toHaveProperty("url");
    expect(article).toMatchObject({
      images: [{ src: "content/images/a.jpg" }, { src: "content/images/b.jpg", alt: "B" }],
      body: { html: '<p><a href="/port/">port</a></p><p><img src="content/images/b.jpg" alt="B"></p>' },
      notes: [expect.stringContaining("does not say where its site is")],
    });
  });
});

describe("cards", () => {
  it.each([
    [
      "an image, its own file and not a smaller one",
      '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/images/a.jpg" class="kg-image" alt="A" width="2000" height="1000" srcset="__GHOST_URL__/content/images/size/w2400/a.jpg 2400w"><figcaption><span>At sea</span></figcaption></figure>',
      '<figure><img src="https://harbour.example/content/images/a.jpg" alt="A" width="2000" height="1000"><figcaption>At sea</figcaption></figure>',
    ],
    [
      "a gallery",
      '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-container"><div class="kg-gallery-row"><div class="kg-gallery-image"><img src="https://x.example/1.jpg" alt="1"></div><div class="kg-gallery-image"><img src="https://x.example/2.jpg" alt="2"></div></div></div><figcaption>Both</figcaption></figure>',
      '<figure><img src="https://x.example/1.jpg" alt="1"></figure><figure><img src="https://x.example/2.jpg" alt="2"></figure><p>Both</p>',
    ],
    [
      "a bookmark",
      '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://b.example/"><div class="kg-bookmark-content"><div class="kg-bookmark-title">B&amp;B</div><div class="kg-bookmark-description">Long</div></div><div class="kg-bookmark-thumbnail"><img src="https://b.example/t.png"></div></a></figure>',
      '<p><a href="https://b.example/">B&#x26;B</a></p>',
    ],
    [
      "a callout",
      '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">⚓</div><div class="kg-callout-text">Mind the <b>gap</b></div></div>',
      "<aside><p>⚓ Mind the <b>gap</b></p></aside>",
    ],
    [
      "a toggle",
      '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Why?</h4><button class="kg-toggle-card-icon"><svg></svg></button></div><div class="kg-toggle-content"><p>So.</p></div></div>',
      "<h4>Why?</h4><p>So.</p>",
    ],
    [
      "a video",
      '<figure class="kg-card kg-video-card"><div class="kg-video-container"><video src="__GHOST_URL__/content/media/v.mp4" poster="p"></video><div class="kg-video-overlay"><button>Play</button></div></div><figcaption>The trip</figcaption></figure>',
      '<p><a href="https://harbour.example/content/media/v.mp4">The trip</a></p>',
    ],
    [
      "audio",
      '<div class="kg-card kg-audio-card"><img src="" class="kg-audio-thumbnail"><div class="kg-audio-player-container"><audio src="https://x.example/a.mp3"></audio><div class="kg-audio-title">The tide</div><div class="kg-audio-player">0:00</div></div></div>',
      '<p><a href="https://x.example/a.mp3">The tide</a></p>',
    ],
    [
      "a file",
      '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="https://x.example/f.pdf" title="Download" download><div class="kg-file-card-contents"><div class="kg-file-card-title">Timetable</div><div class="kg-file-card-caption">For July</div><div class="kg-file-card-metadata"><div class="kg-file-card-filename">f.pdf</div></div></div></a></div>',
      '<p><a href="https://x.example/f.pdf">Timetable</a></p><p>For July</p>',
    ],
    [
      "an embed",
      '<figure class="kg-card kg-embed-card"><iframe src="https://video.example/e/1"></iframe></figure>',
      '<figure><iframe src="https://video.example/e/1"></iframe></figure>',
    ],
    ["HTML", "<!--kg-card-begin: html--><p>Own</p><!--kg-card-end: html-->", "<p>Own</p>"],
    ["a form to sign up", '<div class="kg-card kg-signup-card"><h2>Join</h2><form></form></div>', ""],
  ])("of %s say the same without Ghost", (_, card, expected) => {
    expect(htmlOf(`<p>Before.</p>${card}<p>After.</p>`)).toBe(`<p>Before.</p>${expected}<p>After.</p>`);
  });

  it.each([
    ["in e-mails", "<!--kg-card-begin: email--><p>Secret</p><!--kg-card-end: email-->"],
    ["in e-mails, as a call", "<!--kg-card-begin: email-cta--><p>Secret</p><!--kg-card-end: email-cta-->"],
    [
      "to members",
      '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free"--><p>Secret</p><!--kg-gated-block:end-->',
    ],
    ["to members, without an end", "<!--kg-gated-block:begin nonMember:false--><p>Secret</p>"],
  ])("that are shown %s are left out, and told", (_, card) => {
    const article = one({ html: `<p>Before.</p>${card}` });
    expect(article).toMatchObject({
      body: { html: "<p>Before.</p>" },
      notes: ["parts for members or e-mails alone are left out: 1"],
    });
  });

  it("that everybody sees stay, and a paywall is told", () => {
    const gated =
      '<!--kg-gated-block:begin nonMember:true memberSegment:""--><p>Open</p><!--kg-gated-block:end-->';
    expect(one({ html: `${gated}<!--members-only--><p>Rest</p>` })).toMatchObject({
      body: { html: "<p>Open</p><p>Rest</p>" },
      notes: ["a paywall stands in its text: what follows it was for members"],
    });
  });
});

describe("a post without HTML", () => {
  const text = (words: string, format = 0) => ({ type: "extended-text", text: words, format });
  const lexical = (...children: object[]) => JSON.stringify({ root: { type: "root", children } });

  it("is made of the editor's document", () => {
    const document = lexical(
      { type: "extended-heading", tag: "h3", children: [text("Head")] },
      {
        type: "paragraph",
        children: [
          text("a < b, "),
          text("both", 3),
          { type: "linebreak" },
          { type: "link", url: "https://x.example/?a=1&b=2", children: [text("link")] },
        ],
      },
      { type: "list", listType: "number", children: [{ type: "listitem", children: [text("one")] }] },
      { type: "extended-quote", children: [text("Said")] },
      { type: "image", src: "https://x.example/1.jpg", alt: "One", caption: "<b>At</b> sea" },
      { type: "horizontalrule" },
      { type: "bookmark", url: "https://b.example/" },
      { type: "email", html: "<p>Secret</p>" },
      { type: "carousel", productTitle: "Boat" },
    );
    expect(one({ html: null, lexical: document })).toMatchObject({
      body: {
        html:
          '<h3>Head</h3><p>a &#x3C; b, <em><strong>both</strong></em><br><a href="https://x.example/?a=1&#x26;b=2">link</a></p>' +
          '<ol><li>one</li></ol><blockquote><p>Said</p></blockquote><figure><img src="https://x.example/1.jpg" alt="One"><figcaption>At sea</figcaption></figure>' +
          '<hr><p><a href="https://b.example/">https://b.example/</a></p>',
      },
      notes: [expect.stringContaining("its HTML is missing"), "cards are left out: carousel"],
    });
  });

  it.each([
    ["Mobiledoc", { mobiledoc: '{"version":"0.3.1"}' }],
    ["what is no JSON", { lexical: "{" }],
  ])("is a problem where there is only %s", (_, fields) => {
    const { articles, problems } = read({ posts: [{ ...POST, html: null, ...fields }] });
    expect(articles).toHaveLength(1);
    expect(problems).toEqual([
      { path: POST.title, message: expect.stringContaining("its body has no HTML in the export") },
    ]);
  });

  it("is empty where it was", () => {
    expect(one({ html: null })?.body).toEqual({ kind: "html", html: "" });
  });
});

describe("what is wrong with an export", () => {
  it("is told by row, and the others are read", () => {
    const { articles, problems } = read({
      posts: [POST, { ...POST, id: null }, { ...POST, html: 5, title: "Odd" }, POST],
    });
    expect(articles).toHaveLength(2);
    expect(problems.map(({ path }) => path)).toEqual([
      "posts[1].id (Ferry returns & stays)",
      "posts[2].html (Odd)",
    ]);
  });

  it("is told of HTML nested without end", () => {
    const { articles, problems } = read({ posts: [{ ...POST, html: "<div>".repeat(50_000) }, POST] });
    expect(articles.map(({ draft }) => draft)).toEqual([true, undefined]);
    expect(problems).toEqual([{ path: POST.title, message: "its body is nested too deeply" }]);
  });

  it.each(["", "{", "[]", "null", '{"db":[]}', '{"posts":{}}'])("is that it is none: %s", (content) => {
    expect(readGhost({ name: "x", content })).toMatchObject({ articles: [], problems: [{ path: "" }] });
  });

  it("is not that it has pages: they are counted", () => {
    const result = read({
      posts: [POST, { ...POST, type: "page" }, { ...POST, type: undefined, page: true }],
    });
    expect(result.articles).toHaveLength(1);
    expect(result.explained.at(-1)).toEqual({
      text: "2 pages",
      as: "left out",
      why: "only posts are articles",
    });
  });
});
