// Headline, standfirst, byline and dates of saved pages, one table each: what a page has -> what is read.

import { describe, expect, it } from "vitest";
import type { ImportedArticle } from "../../../src/import/importer.ts";
import { readPage } from "../../../src/import/page/saved-page.ts";
import { expectProportional } from "../../growth.ts";
import { PARAGRAPHS } from "./pages.ts";

const TEXT = PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("");
const HEADLINE = "Night ferry sails again";
const H1 = `<h1>${HEADLINE}</h1>`;

const read = (head: string, body: string, lang = "en"): ImportedArticle | undefined =>
  readPage({
    name: "ferry.html",
    content: `<!doctype html><html lang="${lang}"><head>${head}</head><body>${body}</body></html>`,
  }).articles[0];

const jsonLd = (value: unknown): string =>
  `<script type="application/ld+json">${typeof value === "string" ? value : JSON.stringify(value)}</script>`;
const meta = (name: string, content: string): string => `<meta name="${name}" content="${content}">`;
const title = (words: string): string => `<title>${words}</title>`;

describe("the headline", () => {
  const cases: readonly (readonly [string, string, string, string?])[] = [
    [
      "is an h2 where the masthead has the h1",
      title(`${HEADLINE} | The Harbour Blog`),
      `<div id="header"><h1><a href="/">The Harbour Blog</a></h1></div><h2>${HEADLINE}</h2><article>${TEXT}</article>`,
    ],
    [
      "is the second h1 where the first one is the site's name",
      `<meta property="og:site_name" content="The Harbour Blog">${title(`${HEADLINE} - The Harbour Blog`)}`,
      `<h1>The Harbour Blog</h1><article>${H1}${TEXT}</article>`,
    ],
    [
      "is no name of the site at the end of the title",
      title(`${HEADLINE} | The Harbour Blog`),
      `<h1>The Harbour Blog</h1><div class="post"><div class="entry-title">${HEADLINE}</div></div><article>${TEXT}</article>`,
    ],
    [
      "is the heading without what og:title adds",
      `<meta property="og:title" content="${HEADLINE} » Harbour Blog &amp; Tide Tables">`,
      `<article>${H1}${TEXT}</article>`,
    ],
    [
      "is the heading where JSON-LD has an older one",
      `${title(HEADLINE)}${jsonLd({ "@type": "NewsArticle", headline: "Ferry to return, says council" })}`,
      `<article>${H1}${TEXT}</article>`,
    ],
    [
      "is the heading in other words than the title's",
      title("Ferry sails at night from the quay again"),
      `<div>${H1}</div><article>${TEXT}</article>`,
    ],
    [
      "is a heading marked as headline, whatever all else says",
      title("What the captain told us on the quay"),
      `<h1 itemprop="headline">${HEADLINE}</h1><article>${TEXT}</article>`,
    ],
    [
      "is without the kicker in its heading",
      `<meta property="og:title" content="${HEADLINE}">`,
      `<article><h1><span class="kicker">Harbour</span><span>${HEADLINE}</span></h1>${TEXT}</article>`,
    ],
    [
      "is a title without the host's name",
      `<link rel="canonical" href="https://www.harbourblog.example/ferry">${title(`${HEADLINE} - HarbourBlog`)}`,
      `<article>${TEXT}</article>`,
    ],
    [
      "is a title without the site's name before it",
      `<meta property="og:site_name" content="Harbour Times">${title(`Harbour Times: ${HEADLINE}`)}`,
      `<article>${TEXT}</article>`,
    ],
    [
      "is what is marked as the article's, not an h1 outside it",
      title("Start"),
      `<h1>Welcome to the town on the quay</h1><article><h2 class="entry-title">${HEADLINE}</h2>${TEXT}</article>`,
    ],
    [
      "is in a box whose class tells what else the page has",
      title("Night ferry: council says yes"),
      `<div class="wrap has-sidebar comments-open"><article><header class="header--no-promo">${H1}</header>${TEXT}</article><article><h4 class="item__component-headline">Eels are back</h4></article></div>`,
    ],
    [
      "is no h1 of a section",
      `<meta property="og:title" content="${HEADLINE}">`,
      `<h1>News</h1><article>${TEXT}</article>`,
    ],
    [
      "is the words of a link in microdata",
      "",
      `<div itemscope itemtype="https://schema.org/Article"><h2><a itemprop="headline" href="/2026/ferry/">${HEADLINE}</a></h2><div itemprop="articleBody">${TEXT}</div></div>`,
    ],
  ];
  it.each(cases)("%s", (_name, head = "", body = "", expected = HEADLINE) => {
    expect(read(head, body)?.headline).toBe(expected);
  });
});

describe("the dek", () => {
  const DEK = "Three sailings a night, and no bus any more.";
  const described = `<meta property="og:description" content="${DEK}">`;
  const cases: readonly (readonly [string, string, string, (string | undefined)?])[] = [
    [
      "is the standfirst between headline and text",
      "",
      `<article>${H1}<h2 class="article-subheading">${DEK}</h2>${TEXT}</article>`,
      DEK,
    ],
    [
      "is no subtitle of a widget above the headline",
      described,
      `<div class="weather-subtitle">Rain until Friday on the coast</div><article>${H1}${TEXT}</article>`,
      DEK,
    ],
    [
      "is no subtitle of a widget by the headline",
      described,
      `<article>${H1}<div class="widget"><h4 class="with-subtitle">Most read on the quay</h4></div>${TEXT}</article>`,
      DEK,
    ],
    [
      "is no teaser below the text",
      described,
      `<article>${H1}${TEXT}</article><div><p class="item__dek">A cow on a pier surprised everybody but the cow.</p></div>`,
      DEK,
    ],
    [
      "is no subheading within the text",
      "",
      `<article>${H1}${TEXT}<h3 class="subhead">Our ruling</h3>${TEXT}</article>`,
    ],
    [
      "has no tags",
      `<meta property="og:description" content="&lt;p&gt;Three &lt;b&gt;sailings&lt;/b&gt; a night.&lt;/p&gt;">`,
      `<article>${H1}${TEXT}</article>`,
      "Three sailings a night.",
    ],
    [
      "is no text of more than 500 characters",
      meta("description", "A quay. ".repeat(70)),
      `<article>${H1}${TEXT}</article>`,
    ],
    [
      "is no description that a machine cut short",
      meta(
        "description",
        `${"The council heard the fishermen, the baker and both of the pilots. ".repeat(2)}And […]`,
      ),
      `<article>${H1}${TEXT}</article>`,
    ],
    [
      "is not the start of the headline",
      meta("description", "Night ferry"),
      `<article>${H1}${TEXT}</article>`,
    ],
  ];
  it.each(cases)("%s", (_name, head = "", body = "", expected) => {
    expect(read(head, body)?.dek).toBe(expected);
  });
});

describe("bylines", () => {
  const names = (head: string, body: string) => read(head, body)?.bylines?.map(({ name }) => name) ?? [];
  const page = (byline: string) => `<article>${H1}${byline}${TEXT}</article>`;

  it.each([
    ...[
      "No Author",
      "-",
      "admin",
      "siteadmin",
      "Alle Beiträge",
      "View all posts",
      "N/A",
      "www.harbour.example",
    ],
    ...["https://harbour.example/people/7", "desk@harbour.example", "@harbour", "harbour.example"],
  ])("%s is nobody", (written) => {
    expect(names(meta("author", written), page(""))).toEqual([]);
  });

  it.each([
    ...[
      "Von Marta Quill",
      "View all posts by Marta Quill",
      "Alle Beiträge von Marta Quill anzeigen",
      "Posted by: Marta Quill",
    ],
    ...[
      "Voir tous les articles de Marta Quill",
      "Ver todas las entradas por Marta Quill",
      "About Marta Quill",
      "Autor: Marta Quill",
    ],
  ])("%s is Marta Quill", (written) => {
    expect(names(meta("author", written), page(""))).toEqual(["Marta Quill"]);
    expect(names("", page(`<p class="x"><a rel="author" href="/q">${written}</a></p>`))).toEqual([
      "Marta Quill",
    ]);
  });

  it("keep a name that starts with a particle", () => {
    expect(names(meta("author", "Von Trier"), page(""))).toEqual(["Von Trier"]);
  });

  it.each<readonly [string, string, readonly string[]]>([
    [
      "neighbours without a space",
      "<div class='author'><span>Author</span><a rel='author' href='/q'><b>Marta Quill</b></a></div>",
      ["Marta Quill"],
    ],
    [
      "a job that follows at once",
      "<div class='authors'><span>By</span><a href='/q'>Marta Quill</a><span>Harbour Columnist</span></div>",
      ["Marta Quill"],
    ],
    [
      "an account that follows at once",
      "<div class='byline'><a href='/q'>Marta Quill</a><a href='/x'>@martaquill</a></div>",
      ["Marta Quill"],
    ],
    [
      "two links to one author",
      "<span class='author'><a rel='author' href='/q'>Marta Quill</a><a rel='author' href='/q'>More from Marta Quill</a></span>",
      ["Marta Quill"],
    ],
    [
      "a line with the day",
      "<p class='article__meta'>By <a href='/q'>Marta Quill</a>, <a href='/b'>Odo Bellwether</a> <span>on Monday, March 2nd, 2026 at 9:08 a.m.</span></p>",
      ["Marta Quill", "Odo Bellwether"],
    ],
    [
      "an author by property alone",
      "<div class='names' itemprop='author'><span itemprop='name'>By Marta Quill, Reuters</span></div>",
      ["Marta Quill"],
    ],
    ["a single name", "<div class='post-author'>Marta</div>", ["Marta"]],
    [
      "an agency",
      "<div class='author'><span>by</span> <a href='/a'>Lower Vey Wire</a></div>",
      ["Lower Vey Wire"],
    ],
    ["no prompt", "<div class='author'>Sign in to follow 12 authors</div>", []],
    ["an account of the system", "<span class='author'>by siteadmin</span>", []],
  ])("read %s", (_name, byline, expected) => {
    expect(names("", page(byline))).toEqual(expected);
  });

  it("are those that the page shows where metadata names the paper", () => {
    for (const paper of ["Harbour Times", "Harbour Times staff", "harbourtimes"]) {
      expect(names(meta("author", paper), page("<p>By Marta Quill</p>"))).toEqual(["Marta Quill"]);
      expect(names(meta("author", paper), page("<div class='byline'>By Marta Quill</div>"))).toEqual([
        "Marta Quill",
      ]);
    }
  });

  it("part a name from the paper that follows it", () => {
    const site = '<meta property="og:site_name" content="Harbour Times">';
    for (const written of [
      "Marta Quill, Harbour Times",
      "Marta Quill. Harbour Times Online",
      "Marta Quill | Harbour Times",
    ])
      expect(read(site + meta("author", written), page(""))?.bylines?.[0]).toMatchObject({
        name: "Marta Quill",
      });
    expect(read(meta("author", "Marta R. Quill, Harbour.example"), page(""))?.bylines).toEqual([
      { name: "Marta R. Quill", affiliation: "Harbour.example" },
    ]);
  });
});

describe("the date", () => {
  const dates = (head: string, body: string, lang?: string) => {
    const { published, updated } = read(head, body, lang) ?? {};
    return [published, updated].flatMap((date) => (date ? [`${date.kind} ${date.value}`] : []));
  };
  const page = (date: string) => `<article>${H1}${date}${TEXT}</article>`;
  const DAY = "day 2026-03-02";
  const INSTANT = "instant 2026-03-02T18:00:00Z";
  const LOCAL = "local 2026-03-02T18:00:00";

  it.each<readonly [string, string, string]>([
    ["with a date's class", "<div class='date'>02.03.2026, 18:00</div>", LOCAL],
    ["without any class", "<ul><li>March 2, 2026</li></ul>", DAY],
    ["beside a name", "<div class='info'>By Marta Quill <span>March 2, 2026</span></div>", DAY],
    [
      "with words that say which",
      "<div class='publish-date'>Published 6:00 PM GMT Mar 2, 2026</div>",
      INSTANT,
    ],
    ["in a time element's words", "<time>March 2, 2026</time>", DAY],
    ["in hAtom", "<abbr class='published' title='2026-03-02T18:00:00Z'>Monday</abbr>", INSTANT],
    ["in RDFa", "<span property='dc:date dc:created' content='2026-03-02T18:00:00Z'>Monday</span>", INSTANT],
    ["in schema.org's RDFa", "<span property='schema:datePublished' content='2026-03-02'>Monday</span>", DAY],
    [
      "in a property without its scope",
      "<time itemprop='datePublished' datetime='2026-03-02T18:00:00Z'>Monday</time>",
      INSTANT,
    ],
    [
      "that the theme calls updated",
      "<time class='updated' datetime='2026-03-02T18:00:00Z'>Monday</time>",
      INSTANT,
    ],
  ])("is read by the headline, %s", (_name, date, expected) => {
    expect(dates("", page(date), "en-GB")).toEqual([expected]);
  });

  it.each([
    ...[
      "publishdate",
      "publish_date",
      "pub_date",
      "PublishDate",
      "publication_date",
      "published_at",
      "datePublished",
    ],
    ...[
      "article.published",
      "article_date_original",
      "sn-post-date",
      "og:pubdate",
      "dc.created",
      "dcterms.date",
      "DC.date.issued",
    ],
  ])("is read from meta %s", (name) => {
    expect(dates(meta(name, "2026-03-02"), page(""))).toEqual([DAY]);
  });

  it("is none of pictures, events and the site", () => {
    for (const name of [
      "video:release_date",
      "event_date_published",
      "build-date",
      "article:expiration_time",
    ])
      expect(dates(meta(name, "2026-03-02"), page(""))).toEqual([]);
  });

  it("is that of the page in JSON-LD, where the article has none", () => {
    const graph = [
      { "@type": "WebSite", name: "Harbour Times" },
      {
        "@type": "WebPage",
        name: HEADLINE,
        datePublished: "2026-03-02T18:00:00Z",
        dateModified: "2026-03-03T08:00:00Z",
      },
    ];
    const expected = [INSTANT, "instant 2026-03-03T08:00:00Z"];
    expect(dates(jsonLd({ "@graph": graph }), page(""))).toEqual(expected);
    expect(
      dates(jsonLd({ "@graph": [...graph, { "@type": "Article", headline: HEADLINE }] }), page("")),
    ).toEqual(expected);
    expect(dates(jsonLd({ "@type": "MedicalWebPage", datePublished: "2026-03-02" }), page(""))).toEqual([
      DAY,
    ]);
  });

  it("is read from JSON-LD with a comma too many", () => {
    const broken = '{"@type":"NewsArticle","keywords":["a, ]","b",],"datePublished":"2026-03-02T18:00:00Z",}';
    expect(dates(jsonLd(broken), page(""))).toEqual([INSTANT]);
  });

  it("is a clear one behind an unclear one", () => {
    const unclear = '<meta property="article:published_time" content="02/03/2026 18:00">';
    expect(dates(unclear + meta("date", "2026-03-02T18:00:00Z"), page(""))).toEqual([INSTANT]);
    expect(
      dates(
        jsonLd({ "@type": "Article", datePublished: "0001-01-01T00:00:00Z" }),
        page("<p class='date'>March 2, 2026</p>"),
      ),
    ).toEqual([DAY]);
    expect(dates(unclear, page(""))).toEqual(["unclear 02/03/2026 18:00"]);
  });

  it("is the fuller of two of the same moment", () => {
    const day = jsonLd({ "@type": "Article", datePublished: "2026-03-02" });
    expect(dates(day + meta("pubdate", "2026-03-02T18:00:00Z"), page(""))).toEqual([INSTANT]);
    expect(dates(day + meta("pubdate", "2026-03-05T18:00:00Z"), page(""))).toEqual([DAY]);
    const local = jsonLd({ "@type": "Article", datePublished: "2026-03-02T18:00:00" });
    expect(dates(local + meta("pubdate", "2026-03-02T18:00:00Z"), page(""))).toEqual([INSTANT]);
  });

  it.each<readonly [string, string]>([
    [
      "a quotation",
      "<blockquote><p>On board <time datetime='2018-03-12T19:30:12Z'>12 March 2018</time></p></blockquote>",
    ],
    [
      "a post of another site",
      "<div class='tweet-embed'><time datetime='2018-03-12T19:30:12Z'>12 March 2018</time></div>",
    ],
    [
      "the text",
      `<p>${PARAGRAPHS[1]}</p><p>Since <time datetime='2018-03-12'>12 March 2018</time> she lay at the quay.</p>`,
    ],
  ])("is none of %s", (_name, piece) => {
    expect(dates("", `<article>${H1}${TEXT}${piece}${TEXT}</article>`)).toEqual([]);
  });

  it("is none of other articles and of the paper's today", () => {
    const masthead = `<div class="top"><p class="date">Friday, 6 March 2026</p><p>${"Harbour, tides and town. ".repeat(20)}</p></div>`;
    const cards = "<div class='cards'><h3>Eels are back</h3><time datetime='2026-03-05'>5 March</time></div>";
    expect(dates("", `${masthead}<article>${H1}${TEXT}</article>${cards}`)).toEqual([]);
  });

  it("is read below the text where words or the article's own footer say which it is", () => {
    const below = (date: string) => `<article>${H1}${TEXT}${date}</article>`;
    expect(dates("", below("<div class='date'>First published on March 2, 2026</div>"))).toEqual([DAY]);
    expect(dates("", below("<footer class='entry-meta'>Posted on March 2, 2026</footer>"))).toEqual([DAY]);
    const time = "<time class='entry-date published' datetime='2026-03-02T18:00:00Z'>Monday</time>";
    expect(dates("", below(`<footer class="entry-meta">${time}</footer>`))).toEqual([INSTANT]);
    expect(dates("", below("<div class='date'>March 2, 2026</div>"))).toEqual([]);
    expect(dates("", below(`<footer class="comment-meta">${time}</footer>`))).toEqual([]);
  });

  it.each([
    ...[
      "2 marca 2026",
      "2. března 2026",
      "2. marts 2026",
      "2 Μαρτίου 2026",
      "2026. március 2.",
      "2 martie 2026",
      "2 Mart 2026",
    ],
    ...[
      "Maret 2, 2026",
      "2 de març de 2026",
      "2026年3月2日",
      "2026년 3월 2일",
      "公開日: 2026年3月2日",
      "Opublikowano: 2 marca 2026",
    ],
  ])("is read in other languages: %s", (date) => {
    expect(dates("", page(`<div class="post-date">${date}</div>`))).toEqual([DAY]);
    expect(dates("", page(`<div class="post-date">${date.replace("2026", "years")}</div>`))).toEqual([]);
  });

  it("is in the page's address, if nowhere else", () => {
    for (const path of ["2026/03/02/night-ferry", "news/2026-03-02-night-ferry", "20260302/night-ferry"]) {
      const link = `<link rel="canonical" href="https://harbour.example/${path}">`;
      expect(dates(link, page(""))).toEqual([DAY]);
      expect(dates(link + meta("pubdate", "2026-03-02T18:00:00Z"), page(""))).toEqual([INSTANT]);
    }
    expect(dates('<link rel="canonical" href="https://harbour.example/2026/13/02/x">', page(""))).toEqual([]);
  });

  it("of a change is no second date of publication", () => {
    const shown =
      "<div class='dates'><span>Published: 2 March 2026</span> | <span>Updated: 4 March 2026</span></div>";
    expect(dates("", page(shown))).toEqual([DAY, "day 2026-03-04"]);
    expect(dates(meta("pubdate", "2026-03-02") + meta("last-modified", "2026-03-02"), page(""))).toEqual([
      DAY,
    ]);
  });
});

it("takes time in proportion in boxes within boxes", () => {
  const boxed = (count: number) =>
    "<div class='widget'>".repeat(60) +
    "<p>A boat lay at the quay for a day.</p>".repeat(count) +
    "</div>".repeat(60);
  expectProportional((count) => read("", boxed(count)), 320);
});
