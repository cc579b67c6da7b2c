// What only some could read where it comes from: it is a draft here, or is left out; the end of the import counts and names it.

import { describe, expect, it } from "vitest";
import { workshop } from "./workshop.ts";

const DATE = "2026-03-02T18:00:00Z";
const atom = (signs: string, category = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:blogger="http://schemas.google.com/blogger/2018"><id>x:1</id><title>x</title><updated>${DATE}</updated><entry><id>x:2</id><title>The mayor leaves</title><published>${DATE}</published><updated>${DATE}</updated>${signs}${category}<content type="html">Not for print.</content></entry><entry><id>x:3</id><title>Ferry</title><published>${DATE}</published><updated>${DATE}</updated><content type="html">It sails.</content></entry></feed>`;
const kind = (name: string) =>
  `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${name}"/>`;
const rss = (signs: string): string =>
  `<rss version="2.0"><channel><title>x</title><item><title>The mayor leaves</title><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><description>Not for print.</description>${signs}</item><item><title>Ferry</title><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><description>It sails.</description></item></channel></rss>`;
const jsonFeed = (signs: object): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "x",
    items: [
      { id: "1", title: "The mayor leaves", date_published: DATE, content_text: "Not for print.", ...signs },
      { id: "2", title: "Ferry", date_published: DATE, content_text: "It sails." },
    ],
  });
const wxr = (signs: string): string => {
  const item = (id: number, title: string, fields: string) =>
    `<item><title>${title}</title><content:encoded><![CDATA[Not for print.]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2026-03-02 18:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type>${fields}</item>`;
  return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title><wp:wxr_version>1.2</wp:wxr_version>${item(1, "The mayor leaves", signs)}${item(2, "Ferry", "<wp:status>publish</wp:status>")}</channel></rss>`;
};
const ghost = (signs: object): string => {
  const post = { slug: null, html: "<p>Not for print.</p>", status: "published", published_at: DATE };
  return JSON.stringify({
    meta: {},
    data: {
      posts: [
        { ...post, id: "1", title: "The mayor leaves", ...signs },
        { ...post, id: "2", title: "Ferry" },
      ],
    },
  });
};

describe("is a draft", () => {
  const DRAFTS: Readonly<Record<string, readonly [file: string, content: string]>> = {
    "Atom's app:draft": ["x.atom", atom("<app:control><app:draft>yes</app:draft></app:control>")],
    "Blogger's draft": [
      "x.atom",
      atom("<app:control><app:draft>yes</app:draft></app:control>", kind("post")),
    ],
    "Blogger's status": [
      "x.atom",
      atom("<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>"),
    ],
    "Blogger's schedule": ["x.atom", atom("<blogger:status>SCHEDULED</blogger:status>")],
    "RSS with a status": ["x.rss", rss("<status>private</status>")],
    "RSS with WordPress's status": [
      "x.rss",
      rss('<x:status xmlns:x="https://wordpress.example/">pending</x:status>'),
    ],
    "RSS with a draft's mark": ["x.rss", rss('<d:draft xmlns:d="https://d.example/">true</d:draft>')],
    "Blogger's status, whatever its prefix": [
      "x.atom",
      atom('<b:status xmlns:b="http://schemas.google.com/blogger/2018">GHOSTED</b:status>'),
    ],
    "Blogger's status that nobody knows yet": ["x.atom", atom("<blogger:status>SOON</blogger:status>")],
    "Atom with a category for it": [
      "x.atom",
      atom("", '<category scheme="https://x.example/status" term="draft"/>'),
    ],
    "RSS with a category for it": ["x.rss", rss('<category domain="post_status">Draft</category>')],
    "Media RSS that is blocked": [
      "x.rss",
      rss(
        '<media:status xmlns:media="http://search.yahoo.com/mrss/" state="blocked" reason="https://x.example/"/>',
      ),
    ],
    "Media RSS that is blocked in its content": [
      "x.rss",
      rss(
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://x.example/a.mp4"><media:status state="blocked"/></media:content>',
      ),
    ],
    ...Object.fromEntries(
      [
        ...[
          "<x:isDraft>true</x:isDraft>",
          "<x:is_draft>1</x:is_draft>",
          "<x:postStatus>draft</x:postStatus>",
        ],
        ...[
          "<x:post-status>Pending Review</x:post-status>",
          "<x:publicationState>in_review</x:publicationState>",
        ],
        ...[
          "<x:visibility>Members only</x:visibility>",
          "<x:accessLevel>staff</x:accessLevel>",
          "<x:draft/>",
        ],
        ...[
          '<x:workflow state="scheduled"/>',
          "<x:meta><x:status><x:name>Draft</x:name></x:status></x:meta>",
        ],
        ...[
          "<x:isPublished>false</x:isPublished>",
          "<x:published>0</x:published>",
          '<x:status value="spam"/>',
        ],
        ...[
          '<x:visibility value="https://x.example/2005#event.private"/>',
          "<x:moderationState>rejected</x:moderationState>",
        ],
        ...[
          "<x:hidden><![CDATA[ yes ]]></x:hidden>",
          "<x:members_only>1</x:members_only>",
          "<x:state>Entwurf</x:state>",
        ],
      ].map((signs) => [
        `RSS: ${signs}`,
        ["x.rss", rss(signs.replace(/(?=[\s/>])/, ' xmlns:x="https://x.example/"'))],
      ]),
    ),
    "RSS whose item says it": ["x.rss", rss("").replace("<item>", '<item status="draft">')],
    ...Object.fromEntries(
      [
        ...[{ is_draft: true }, { _meta: { isDraft: true } }, { _x: { meta: { post_status: "pending" } } }],
        ...[
          { state: { name: "Draft" } },
          { _x: { isPublic: false } },
          { _x: { private: 1 } },
          { visibility: ["staff"] },
        ],
      ].map((signs) => [`JSON Feed: ${JSON.stringify(signs)}`, ["x.json", jsonFeed(signs)]]),
    ),
    "WXR with a plug-in's mark": [
      "x.xml",
      wxr('<wp:status>publish</wp:status><x:isPrivate xmlns:x="https://x.example/">yes</x:isPrivate>'),
    ],
    "JSON Feed with a status": ["x.json", jsonFeed({ status: "draft" })],
    "JSON Feed with an extension": ["x.json", jsonFeed({ _cms: { draft: true } })],
    "JSON Feed that is not published": ["x.json", jsonFeed({ published: false })],
    "JSON Feed for members": ["x.json", jsonFeed({ visibility: "members" })],
    ...Object.fromEntries(
      ["draft", "pending", "private", "future", "Draft"].map((status) => [
        `WXR: ${status}`,
        ["x.xml", wxr(`<wp:status>${status}</wp:status>`)],
      ]),
    ),
    "WXR with a password": [
      "x.xml",
      wxr("<wp:status>publish</wp:status><wp:post_password>boat</wp:post_password>"),
    ],
    ...Object.fromEntries(
      [{ status: "draft" }, { status: "scheduled" }, { visibility: "members" }, { visibility: "paid" }].map(
        (signs) => [`Ghost: ${JSON.stringify(signs)}`, ["x.json", ghost(signs)]],
      ),
    ),
  };

  it.each(Object.entries(DRAFTS))("%s", async (_, [name, content]) => {
    const { run, articles, file } = workshop({ [name]: content });
    const { said } = await run([name]);
    expect(articles()).toEqual(["ferry", "the-mayor-leaves"]);
    const written = (slug: string): string => {
      try {
        return file(`${slug}/index.html`);
      } catch {
        return file(`${slug}/index.md`);
      }
    };
    expect(written("the-mayor-leaves")).toMatch(/^draft: true$/m);
    expect(written("the-mayor-leaves")).toMatch(/^# note: is a draft here: /m);
    expect(written("ferry")).not.toMatch(/^draft: true$/m);
    expect(said).toMatch(/^2 articles: 2 new, 1 a draft, since it was never public \(the-mayor-leaves\)\.$/m);
  });
});

const page = (head: string, classes = ""): string =>
  `<!doctype html><html lang="en"><title>The mayor leaves</title><meta property="article:published_time" content="${DATE}">${head}<article class="hentry ${classes}"><h1>The mayor leaves</h1>${"<p>Not for print, for nobody has said so in a way that a court would take for a proof.</p>".repeat(4)}</article>`;

it.each([
  ["WordPress's private post", "x.html", page("", "post-1 type-post status-private")],
  ["WordPress's preview", "x.html", page("", "status-draft")],
  ["WordPress's password", "x.html", page("", "status-publish post-password-required")],
  [
    "JSON-LD",
    "x.html",
    page('<script type="application/ld+json">{"@type":"Article","creativeWorkStatus":"Draft"}</script>'),
  ],
  ["meta", "x.html", page('<meta name="article:status" content="unpublished">')],
  ["another meta", "x.html", page('<meta property="cms:isDraft" content="true">')],
  [
    "JSON-LD of a CMS",
    "x.html",
    page('<script type="application/ld+json">{"@type":"Article","isDraft":true}</script>'),
  ],
  ["WordPress's status of a plug-in", "x.html", page("", "type-post status-pitch")],
  ["Medium's draft", "draft_The-mayor-abc.html", page("")],
])("a saved page is a draft: %s", async (_, name, content) => {
  const { run, file } = workshop({ [name]: content });
  expect((await run([name])).said).toContain("1 a draft, since it was never public (the-mayor-leaves)");
  expect(file("the-mayor-leaves/index.html")).toMatch(/^draft: true$/m);
});

it("a saved page that everybody could read is none", async () => {
  const { run } = workshop({
    "x.html": page('<meta name="status" content="published">', "status-publish type-post"),
  });
  expect((await run(["x.html"])).said).toContain("1 article: 1 new.");
});

describe("is left out", () => {
  it.each([
    ["Blogger's comment", "x.atom", atom("", kind("comment")), "1 comment: “The mayor leaves”"],
    [
      "an answer",
      "x.atom",
      atom('<thr:in-reply-to ref="x:3" href="https://x.example/"/>'),
      "1 comment: “The mayor leaves”",
    ],
    [
      "Blogger's new comment",
      "x.atom",
      atom("<blogger:type>COMMENT</blogger:type>"),
      "1 comment: “The mayor leaves”",
    ],
    [
      "Blogger's comment under another prefix",
      "x.atom",
      atom('<b:type xmlns:b="http://schemas.google.com/blogger/2018">COMMENT</b:type>'),
      "1 comment: “The mayor leaves”",
    ],
    [
      "Blogger's comment without a prefix",
      "x.atom",
      atom('<type xmlns="http://schemas.google.com/blogger/2018">COMMENT</type>'),
      "1 comment: “The mayor leaves”",
    ],
    [
      "Blogger's comment, by a namespace that stands above",
      "x.atom",
      atom("<b:type>COMMENT</b:type>").replace(
        "<feed ",
        '<feed xmlns:b="http://schemas.google.com/blogger/2018" ',
      ),
      "1 comment: “The mayor leaves”",
    ],
    [
      "Blogger's page under another prefix",
      "x.atom",
      atom('<b:type xmlns:b="http://schemas.google.com/blogger/2018">PAGE</b:type>'),
      "1 page: “The mayor leaves”",
    ],
    [
      "an activity stream's comment",
      "x.atom",
      atom(
        '<a:object-type xmlns:a="http://activitystrea.ms/spec/1.0/">http://activitystrea.ms/schema/1.0/comment</a:object-type>',
      ),
      "1 comment: “The mayor leaves”",
    ],
    [
      "a comment by its link in Atom",
      "x.atom",
      atom('<link href="https://x.example/ferry/#comment-12"/>'),
      "1 comment: “The mayor leaves”",
    ],
    [
      "what Media RSS calls deleted",
      "x.rss",
      rss('<media:status xmlns:media="http://search.yahoo.com/mrss/" state="deleted"/>'),
      "1 trashed item: “The mayor",
    ],
    ["what is in the trash", "x.rss", rss("<status>trash</status>"), "1 trashed item: “The mayor"],
    ["Blogger's settings", "x.atom", atom("", kind("settings")), "1 setting: “The mayor leaves”"],
    ["Blogger's template", "x.atom", atom("", kind("template")), "1 template: “The mayor leaves”"],
    ["Blogger's page", "x.atom", atom("<blogger:type>PAGE</blogger:type>"), "1 page: “The mayor leaves”"],
    [
      "Blogger's trash",
      "x.atom",
      atom("<blogger:status>SOFT_TRASHED</blogger:status>"),
      "1 trashed item: “The mayor",
    ],
    [
      "a comment in RSS",
      "x.rss",
      rss("<link>https://x.example/ferry/#comment-12</link>"),
      "1 comment: “The mayor leaves”",
    ],
    ["what is deleted in JSON", "x.json", jsonFeed({ deleted: true }), "1 trashed item: “The mayor"],
    ["WordPress's trash", "x.xml", wxr("<wp:status>trash</wp:status>"), "1 post: “The mayor leaves”"],
    [
      "what WordPress saved by itself",
      "x.xml",
      wxr("<wp:status>auto-draft</wp:status>"),
      "1 post: “The mayor leaves”",
    ],
  ])("%s", async (_, name, content, told) => {
    const { run, articles } = workshop({ [name]: content });
    const { said } = await run([name]);
    expect(articles()).toEqual(["ferry"]);
    expect(said).toContain(`left out: ${told}`);
    expect(said.indexOf("left out")).toBeGreaterThan(said.indexOf("created"));
  });

  it("named up to five, and counted", async () => {
    const item = (n: number) =>
      `<item><title>Comment ${n}</title><link>https://x.example/a#comment-${n}</link></item>`;
    const items = Array.from({ length: 7 }, (_, n) => item(n));
    const { run } = workshop({
      "x.rss": `<rss version="2.0"><channel><title>x</title>${items.join("")}</channel></rss>`,
    });
    expect((await run(["x.rss"])).said).toMatch(/left out: 7 comments: “Comment 0”, .*“Comment 4”, … \(/);
  });
});

it("what is public stays, though it has a status, a type, or an address in a category", async () => {
  const { run, file } = workshop({
    "x.atom": atom(
      "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><app:control><app:draft>no</app:draft></app:control>",
      `${kind("post")}<category term="Harbour"/>`,
    ),
  });
  const { said } = await run(["x.atom"]);
  expect(said).toContain("2 articles: 2 new.");
  expect(file("the-mayor-leaves/index.html")).toContain("tags:\n  - Harbour\n");
});

it("what is public stays, though its words look like signs", async () => {
  const media = 'xmlns:media="http://search.yahoo.com/mrss/"';
  const signs = [
    `<media:status ${media} state="active"/><media:content ${media} url="https://x.example/a.png" medium="image" type="image/png"/>`,
    "<status>Live</status><x:isDraft>false</x:isDraft><x:draft>no</x:draft><x:hidden>0</x:hidden><x:deleted>false</x:deleted>",
    "<x:visibility>public</x:visibility><x:state>California</x:state><x:comment_status>closed</x:comment_status><x:password></x:password>",
    '<x:isPublished>true</x:isPublished><x:type>page</x:type><category>Draft</category><category domain="tag">Private</category>',
    "<x:hidden></x:hidden><author><x:status>pending</x:status></author><source><x:state>private</x:state></source>",
    '<guid isPermaLink="false">urn:x:1</guid><enclosure url="https://x.example/a.mp3" type="private"/>',
  ].join("");
  const { run } = workshop({
    "x.rss": rss(signs).replace("<rss ", '<rss xmlns:x="https://x.example/" '),
    "x.json": jsonFeed({
      status: "published",
      type: "constructor",
      in_reply_to: "",
      _x: { draft: false, type: "article", password: null, revisions: [{ status: "draft" }] },
      authors: [{ name: "Private Pending", status: "pending" }],
      tags: ["draft", "private"],
    }),
    "x.atom": atom(
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" hidden="hidden"><status>draft</status></div></content>',
    ),
  });
  const { said } = await run(["x.rss", "x.json", "x.atom"]);
  expect(said).not.toMatch(/never public|^\S+ {2}left out:/m);
});

describe("what has no text and no picture is a draft that needs some", () => {
  it.each([
    ["a feed's item", "x.rss", rss("").replace("<description>Not for print.</description>", "")],
    [
      "an item whose text shows nothing",
      "x.rss",
      rss("").replace("Not for print.", "&lt;p&gt; &amp;nbsp; &lt;/p&gt;"),
    ],
    ["JSON Feed", "x.json", jsonFeed({ content_text: " \u200b " })],
    [
      "WordPress",
      "x.xml",
      wxr("<wp:status>publish</wp:status>").replace("Not for print.", "<!-- nothing -->"),
    ],
    ["Ghost", "x.json", ghost({ html: "" })],
  ])("%s", async (_, name, content) => {
    const { run } = workshop({ [name]: content });
    const { said } = await run([name]);
    expect(said).toContain("the-mayor-leaves  needs body: the source has no text for it, and no picture");
    expect(said).toContain("1 a draft, since something is missing");
  });

  it("but not what shows a film", async () => {
    const film = '&lt;video src="https://x.example/a.mp4" controls&gt;&lt;/video&gt;';
    const { run } = workshop({ "x.rss": rss("").replace("Not for print.", film) });
    expect((await run(["x.rss"])).said).toContain("2 articles: 2 new.");
  });
});
