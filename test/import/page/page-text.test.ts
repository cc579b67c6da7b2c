// Which of a page's blocks are the article's text: all of it, and nothing that stands beside it.

import { describe, expect, it } from "vitest";
import { readPage } from "../../../src/import/page/saved-page.ts";
import { expectProportional } from "../../growth.ts";
import * as pages from "./pages.ts";

const read = (content: string) => readPage({ name: "bridge.html", content });

const [first, second, third] = pages.PARAGRAPHS;
const TEXT = [first, second, third].map((paragraph) => `<p>${paragraph}</p>`).join("");
const HEADLINE = "Bridge opens again";

describe("the text of a page", () => {
  const bodyOf = (content: string): string => {
    const [article] = read(content).articles;
    return article?.body.kind === "html" ? article.body.html.replace(/>\s+</g, "><") : "";
  };
  const paragraph = (words: string) => `<p>${words}</p>`;

  it("in several blocks of one class is what stands from the first to the last of them", () => {
    const block = (words: string) =>
      `<div class="chunk"><div class="article__body">${paragraph(words)}</div></div>`;
    expect(
      bodyOf(
        `<h1>${HEADLINE}</h1><p>Town</p>${block(first)}<figure><img src="a.jpg" alt="A"></figure>${block(second)}${block(third)}<p>Quayside Post Ltd.</p><footer><div class="article__body">Printed in Wexmoor</div></footer>`,
      ),
    ).toBe(`<p>${first}</p><figure><img src="a.jpg" alt="A"></figure><p>${second}</p><p>${third}</p>`);
  });

  it("in paragraphs that are each marked as the text is all of them", () => {
    const marked = [first, second, third].map((words) => `<p itemprop="articleBody">${words}</p>`).join("");
    expect(bodyOf(`<div><h1>${HEADLINE}</h1>${marked}<ul><li>Nothing more</li></ul></div>`)).toBe(TEXT);
  });

  it("that stands there twice, for two widths of screen, is one", () => {
    const copy = (name: string) => `<div class="${name}"><div itemprop="articleBody">${TEXT}</div></div>`;
    expect(bodyOf(copy("wide") + copy("narrow"))).toBe(TEXT);
  });

  it.each([
    [
      "posts of a list",
      (words: string) =>
        `<div class="hentry"><div class="post-body">${paragraph(words.repeat(3))}</div></div>`,
    ],
    [
      "posts under headings that lead elsewhere",
      (words: string) =>
        `<div><h2><a href="/x">Eels</a></h2><div class="post-body">${paragraph(words.repeat(3))}</div></div>`,
    ],
  ])("is not put together of %s", (_name, post) => {
    expect(bodyOf([first, second].map(post).join(""))).toBe(paragraph(first.repeat(3)));
  });

  it("is no card of another article, though the page marks only cards", () => {
    const card = (words: string) =>
      `<article><h3><a href="/${words.length}">Eels</a></h3>${paragraph(words.repeat(3))}</article>`;
    const cards = `<div>${card(first)}${card(second)}${card(third)}</div>`;
    expect(bodyOf(`<h1>${HEADLINE}</h1><div class="c12">${TEXT}</div>${cards}`)).toBe(TEXT);
  });

  it("is what Readability finds where an article element holds far less of the page", () => {
    const box = `<article><h2>Tide table</h2>${paragraph("High water at nine, low water at three, and again at ten. ".repeat(5))}</article>`;
    const text = [first, second, third, first].map((words) => paragraph(words.repeat(3))).join("");
    expect(bodyOf(`<h1>${HEADLINE}</h1><div class="c12">${text}</div>${box}`)).toContain(
      `<p>${first.repeat(3)}</p>`,
    );
  });

  const page = (inner: string) =>
    bodyOf(`<link rel="canonical" href="https://www.quayside.example/eels"><article>${inner}</article>`);

  it("is an article whose headline is a link, alone or beside cards", () => {
    const article = (path: string, words: string) =>
      `<article><h2><a href="${path}">${HEADLINE}</a></h2>${words}</article>`;
    expect(bodyOf(`<div>${article("/bridge", TEXT)}</div>`)).toContain(TEXT);
    const cards = article("/eels", paragraph(first)) + article("/fares", paragraph(second));
    const link = '<link rel="canonical" href="https://www.quayside.example/bridge">';
    expect(bodyOf(`${link}<div>${article("/bridge", TEXT.repeat(2))}${cards}</div>`)).toContain(
      TEXT.repeat(2),
    );
  });

  it("is in paragraphs with a class of boilerplate, where these are most of it", () => {
    const paid = [first, second, third, first, second]
      .map((words) => `<p class="paywall">${words}</p>`)
      .join("");
    expect(bodyOf(`<article>${TEXT}${paid}</article>`).match(/<p>/g)).toHaveLength(8);
  });

  it("is without a box whose role says that it stands beside it", () => {
    expect(page(`${TEXT}<div role="complementary">${paragraph(first)}</div>`)).toBe(TEXT);
  });

  it("has a rule for a line of underscores, and no line with a credit, or of who reported", () => {
    const lines = `<p>____</p><p>Images: Port Ellery Council</p>${paragraph(first).repeat(4)}`;
    expect(page(`${TEXT}${lines}<p>Ines Tarrow reported from Port Ellery.</p>`)).toBe(
      `${TEXT}<hr>${paragraph(first).repeat(4)}`,
    );
  });

  it("leaves a line under it to a note", () => {
    const line = "Ferry tickets are sold at the quay only.";
    const [article] = read(
      `<article><h1>${HEADLINE}</h1><div itemprop="articleBody">${TEXT}</div><p>${line}</p></article>`,
    ).articles;
    expect(article?.notes).toEqual([`left out of the text: “${line}”`]);
  });

  it("is without what the page prints, or opens over a word", () => {
    const print = '<div class="print-header"><img src="/logo.png" alt="Logo"> Printed from the Post</div>';
    const rollover =
      '<span class="rollover-who"><a class="rollover-link" href="/p">Ines Tarrow</a><span class="rollover-box">More on Ines Tarrow: eels, ferries</span></span>';
    const tooltip = '<span class="tooltip">bearing<span class="tooltiptext">a part that turns</span></span>';
    expect(page(`${print}${TEXT}<p>So said ${rollover} of the ${tooltip}.</p>`)).toBe(
      `${TEXT}<p>So said <a href="https://www.quayside.example/p">Ines Tarrow</a> of the bearing.</p>`,
    );
  });

  it("keeps a picture that is for the screen alone", () => {
    expect(page(`${TEXT}<div class="no-print"><img src="a.jpg" alt="A"></div>`)).toContain("a.jpg");
  });

  it("is without lines in its boxes that repeat the headline, share, or give the page's address", () => {
    const box = `<div id="b1"><h1>${HEADLINE} for good</h1><p>https://www.quayside.example/eels</p><p>Share on Facebook</p>${TEXT}<p>Read more</p></div>`;
    expect(
      bodyOf(
        `<title>${HEADLINE} for good - The Quayside Post</title><link rel="canonical" href="https://www.quayside.example/eels"><div class="post-body">${box}</div>`,
      ),
    ).toBe(`<div id="b1">${TEXT}</div>`);
  });

  const LEADS_ELSEWHERE: Readonly<Record<string, string>> = {
    "a linked headline": '<p><strong><a href="/ferry-fares">Ferry fares frozen again</a></strong></p>',
    "one on a part of the site":
      '<p><a href="https://video.quayside.example/v/1">SEE HOW THE FERRY SAILS</a></p>',
    "a label and a linked headline": '<p><b>Also: </b><a href="/fares">Ferry fares frozen again</a></p>',
    "a list with its heading":
      '<h4>More:</h4><ul><li><h4><a href="/a">Ferry fares frozen</a></h4></li><li><a href="/b">Eel fair moved</a></li></ul>',
    "lists of one item each":
      '<h4>More:</h4><ul><li><h4><a href="/a">Ferry fares frozen again</a></h4></li></ul><ul><li><a href="/b">Eel fair moved to May</a></li></ul>',
    "cards with pictures":
      '<section><div><a href="/a"><img src="/a.jpg" alt=""><h4>Ferry fares frozen</h4></a></div><div><a href="/b"><img src="/b.jpg" alt=""><h4>Eel fair moved</h4></a></div></section>',
    "links that hold headings":
      '<section><a href="/a"><h4>Ferry fares frozen</h4></a><a href="/b"><h4>Eel fair moved</h4></a></section>',
  };
  it.each(Object.entries(LEADS_ELSEWHERE))(
    "is without what only leads to other articles: %s",
    (_name, block) => {
      const content = `<link rel="canonical" href="https://www.quayside.example/eels"><article>${TEXT}${block}<p>${third}</p></article>`;
      expect(bodyOf(content)).toBe(`${TEXT}<p>${third}</p>`);
      expect(read(content).articles[0]?.notes?.join()).toMatch(/^left out of the text: /);
    },
  );

  it.each([
    ["to another site", '<a href="https://tides.example/">Tide tables of the harbour</a>'],
    ["to a place in it", '<a href="https://www.quayside.example/eels#two">The second part of this</a>'],
    ["in a sentence", 'Read <a href="/a">all of the ferry fares</a> today'],
    ["with a full stop", '<a href="/a">The ferry fares are here.</a>'],
    ["round a picture", '<a href="/a"><img src="/a.jpg" alt="A"> All ferry fares</a>'],
    ["that are a large part of it", '<a href="/a">Eels, ferries and fares</a></p><p>'.repeat(12)],
  ])("keeps links %s", (_name, link) => {
    expect(page(`${TEXT}<p>${link}</p>`)).toMatch(/<\/p><p>(?:Read )?<a href=/);
  });

  it("has a picture's caption once: not cut short beside it, nor again as a paragraph", () => {
    const caption = "The swing bridge on its first day, with carts and walkers on the span";
    const full = `<div class="caption-full">${caption}.</div>`;
    const cut = `<div class="caption-cut">${caption.slice(0, 50)} … <button>more</button></div>`;
    const figure = `<div><img src="a.jpg" alt=""><div class="caption">${full}${cut}</div></div>`;
    const kept = `<figure><img src="a.jpg" alt=""><figcaption>${caption}.</figcaption></figure>`;
    expect(page(`${figure}<div><p>${caption}.</p></div>${TEXT}`)).toBe(kept + TEXT);
    expect(read(`<article>${figure}<p>${caption}.</p>${TEXT}</article>`).articles[0]?.notes).toBeUndefined();
  });

  it("is without a line that is a credit alone, which is noted", () => {
    const content = `<article><p><img src="a.jpg" alt="A"></p><p>© Lena Oster</p>${TEXT}</article>`;
    expect(bodyOf(content)).toBe(`<p><img src="a.jpg" alt="A"></p>${TEXT}`);
    expect(read(content).articles[0]?.notes).toEqual(["left out of the text: “© Lena Oster”"]);
  });

  it("is without labels that screens don't show", () => {
    const figure =
      '<figure><img src="a.jpg" alt=""><figcaption><span class="off-screen">Image caption</span> The span at noon</figcaption></figure>';
    expect(page(figure + TEXT)).toContain("<figcaption>The span at noon</figcaption>");
  });

  it("is without its section above it, a rule of underscores, and its sources below it", () => {
    expect(
      page(
        `<p><a href="/town">Town</a></p><p>${first}</p><p>_____</p><p>${second}</p><p>${third}</p><p>Source: Harbour news agencies</p>`,
      ),
    ).toBe(TEXT);
  });

  it("keeps the paragraphs that stand in a figure with a caption", () => {
    const figure = (inner: string) => `<figure><img src="a.jpg" alt="A">${inner}</figure>`;
    const caption = "<figcaption>The span at noon</figcaption>";
    expect(
      page(`<p>${first}</p>${figure(`${caption}<p>Enlarge</p><p>${second}</p><ul><li>${third}</li></ul>`)}`),
    ).toBe(`<p>${first}</p>${figure(caption)}<p>${second}</p><ul><li>${third}</li></ul>`);
    expect(
      page(`<p>${first}</p><p>${second}</p>${figure(`<div class="caption"><p>${third}</p></div>`)}`),
    ).toContain(`<figcaption>${third}</figcaption></figure>`);
  });

  const READERS = "<p>I think otherwise, and have for years, as all of you know well enough by now.</p>";
  const comments = `<li class="comment">${READERS}</li>`.repeat(20);
  const OTHERS: Readonly<Record<string, string>> = {
    "comments inside the article": `<article><h1>${HEADLINE}</h1>${TEXT}<section id="comments"><ol>${comments}</ol></section></article>`,
    "comments that no box marks as such": `<h1>${HEADLINE}</h1><div class="c12">${TEXT}</div><ul class="discussion">${comments}</ul>`,
    "words of readers outside the main element": `<main><h1>${HEADLINE}</h1>${TEXT}</main><div id="reactions">${`<div>${READERS}</div>`.repeat(20)}</div>`,
    "a form round the whole page": `<form id="aspnetForm"><ul class="menu"><li><a href="/">Town</a></li></ul><h1>${HEADLINE}</h1><div class="c12">${TEXT}</div></form>`,
  };
  it.each(Object.entries(OTHERS))("is the article's: %s", (_name, content) => {
    const body = bodyOf(content);
    for (const paragraph of [first, second, third]) expect(body).toContain(`<p>${paragraph}</p>`);
    expect(body).not.toMatch(/otherwise|menu/);
  });

  it.each(["comment", "sidebar", "ads", "social", "paywall"])(
    "stands in boxes of class %s, if there is no other",
    (name) => {
      const box = (words: string) => `<div class="${name}-box"><p>${words}</p></div>`;
      const nav = `<nav>${'<a href="/x">Town</a> '.repeat(20)}</nav>`;
      expect(bodyOf(`${nav}<h1>${HEADLINE}</h1><div>${[first, second, third].map(box).join("")}</div>`)).toBe(
        TEXT,
      );
    },
  );

  it("takes time in proportion where many paragraphs end in dots", () => {
    const paragraphs = (count: number) =>
      Array.from({ length: count }, (_, at) => `<p>${at} ${first} …</p>`).join("");
    expectProportional((count) => page(paragraphs(count)), 800);
  });
});

describe("a text in a box that most pages have for something else", () => {
  const all = [...pages.PARAGRAPHS, ...pages.PARAGRAPHS.map((words) => `Later, ${words}`)];
  const text = all.map((words) => `<p>${words}</p>`).join("");
  const halves = [all.slice(0, 3), all.slice(3)].map((half) =>
    half.map((words) => `<p>${words}</p>`).join(""),
  );

  it.each([
    ["a form", `<form><div>${text}</div></form>`],
    ["the role of a form", `<div role="form"><h1>Bridge</h1>${text}</div>`],
    ["the role of a banner", `<div role="banner"><h1>Bridge</h1>${text}</div>`],
    ["an aside", `<h1>Bridge</h1><aside>${text}</aside>`],
    [
      "articles beside each other",
      `<h1>Bridge</h1><div><article>${halves[0]}</article><article>${halves[1]}</article></div>`,
    ],
    [
      "articles with headings",
      `<h1>Bridge</h1><div>${halves.map((half) => `<article><h2>A part</h2>${half}</article>`).join("")}</div>`,
    ],
  ])("%s", (_, body) => {
    const { articles } = readPage({ name: "page.html", content: `<title>Bridge</title><body>${body}` });
    for (const words of all) expect(JSON.stringify(articles[0]?.body)).toContain(words);
  });

  it("is short in scripts that need few signs", () => {
    const words = "港の評議会は月曜日の夜、四時間の議論の末、二隻目の船を可決した。".repeat(4);
    const { articles } = readPage({
      name: "page.html",
      content: `<article><h1>新しい船</h1><p>${words}</p></article>`,
    });
    expect(articles[0]?.body).toMatchObject({ html: `<p>${words}</p>` });
  });
});

it("says for each part that may be the text what speaks for and against it, and for each block what it was taken for", () => {
  const { explained } = readPage({
    name: "page.html",
    content: `<main><div class="article-body"><p>${pages.PARAGRAPHS.join("</p><p>")}</p></div><p>Short.</p></main>`,
  });
  expect(explained.map(({ as, why }) => `${as}: ${why}`)).toEqual([
    expect.stringMatching(/^body: the class of an article's text \+6: \d+ characters$/),
    expect.stringMatching(/^other part: the element main \+2: \d+ characters$/),
    ...pages.PARAGRAPHS.map(() => "body: running text"),
  ]);
});
