// Parts of the body, and the words round it, that the fixtures show only once.

import { describe, expect, it } from "vitest";
import { type Byline, inByline, ROLES } from "../../src/article/byline.ts";
import { bylineText, creatorText, creditsText, creditWords, phrasesFor } from "../../src/formats/phrases.ts";
import { takeWireroomParts } from "../../src/import/feed/wireroom/wireroom-body.ts";
import { direction } from "../../src/lib/bidi.ts";
import { text } from "../../src/lib/text.ts";
import { runPipeline } from "../pipeline.ts";

const PUBLISHED = "2024-10-24T11:30:00Z";

/** The body that every format carries. */
const bodyOf = async (article: object, site: object = {}): Promise<string> => {
  const start = {
    article: { headline: "H", published: PUBLISHED, body: { html: "" }, ...article },
    site: { ...site },
  };
  return JSON.parse((await runPipeline(start)).entries.json.body).content_html;
};

const byline = (name: string, role: Byline["role"]): Byline => ({ name: text(name), role });

describe("a dateline", () => {
  const span = '<span class="wr-dateline">ROME —</span>';
  const with_ = (html: string) => bodyOf({ dateline: "ROME", body: { html } });

  it.each([
    ["a paragraph", "<p>One.</p><p>Two.</p>", `<p>${span} One.</p><p>Two.</p>`],
    [
      "a paragraph with attributes",
      '<p lang="it" title="a>b">Uno.</p>',
      `<p lang="it" title="a>b">${span} Uno.</p>`,
    ],
  ])("opens %s", async (_name, html, expected) => {
    expect(await with_(html)).toBe(expected);
  });

  it("is found behind a hundred pictures, and missed there, in no time", async () => {
    const images = Array.from({ length: 100 }, (_, i) => ({ src: `https://e.example/${i}.png` }));
    const pictures = images.map(({ src }) => `<img src="${src}">`).join("");
    const with_ = (html: string) => bodyOf({ dateline: "ROME", images, body: { html: pictures + html } });
    expect(await with_("<p>One.</p>")).toContain(`<p>${span} One.</p>`);
    expect(await with_("<h2>Head</h2>")).toMatch(/^<p><span class="wr-dateline">/);
  });

  it.each(["<h2>Head</h2><p>One.</p>", "<pre>One.</pre>", "Text."])(
    "has a line of its own before %j",
    async (html) => {
      expect(await with_(html)).toBe(`<p>${span}</p>\n${html}`);
    },
  );
});

describe("a player", () => {
  const site = { iframeHosts: ["www.youtube-nocookie.com"] };
  const frame =
    '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?start=9&#x26;rel=0" title="A > B" width="560" height="315" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>';
  const page = "https://www.youtube.com/watch?v=abcdefghijk&amp;t=9s";

  it("has a link beside it, to a page for people, that an import takes off again", async () => {
    const body = await bodyOf({ body: { html: `<p>Text.</p>${frame}<p>More.</p>` } }, site);
    expect(body).toContain(`${frame}<p class="wr-player"><a href="${page}">A > B</a></p><p>More.</p>`);
    expect(takeWireroomParts(`${body}<p class="wr-updated">x</p>`, "en", undefined)?.html).toContain(
      `${frame}<p>More.</p>`,
    );
  });

  it("has it in its line where no paragraph may stand", async () => {
    expect(await bodyOf({ body: { html: `<p>Text ${frame} more.</p>` } }, site)).toContain(
      `${frame} <span class="wr-player"><a href="${page}">A > B</a></span> more.</p>`,
    );
  });

  it.each([
    ["https://www.youtube.com/watch?v=abcdefghijk", "en", "", "Watch on YouTube"],
    ["https://vimeo.com/123456", "de", "", "Auf Vimeo ansehen"],
    ["https://vimeo.com/123456", "sw", ' lang="en" dir="ltr"', "Watch on Vimeo"],
  ])(
    "whose title nobody gave is a link that says where it leads: %s in %s",
    async (address, language, mark, words) => {
      const hosts = { iframeHosts: ["www.youtube-nocookie.com", "player.vimeo.com"] };
      const body = await bodyOf({ language, body: { html: `<p>${address}</p>` } }, hosts);
      expect(body).toContain(`<p class="wr-player"><a href="${address}"${mark}>${words}</a></p>`);
    },
  );

  it("that was written without a title has the same link", async () => {
    const html = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>';
    expect(await bodyOf({ body: { html } }, site)).toContain(
      '<a href="https://www.youtube.com/watch?v=abcdefghijk">Watch on YouTube</a>',
    );
  });

  it("in a link has none: a link can't stand in a link", async () => {
    const html = '<p><a href="/story">See <video src="https://x.example/a.mp4" controls></video></a></p>';
    expect(await bodyOf({ body: { html } }, site)).not.toContain("wr-player");
  });

  it("of a file is linked too, unless a link stands in it", async () => {
    const body = await bodyOf({
      body: {
        html: '<audio src="https://x.example/a.mp3"></audio><video controls><source src="https://x.example/b.mp4"><a href="https://x.example/b.mp4">Load it</a></video>',
      },
    });
    expect(body).toContain(
      '<p class="wr-player"><a href="https://x.example/a.mp3">https://x.example/a.mp3</a></p>',
    );
    expect(body.match(/wr-player/g)).toHaveLength(1);
  });
});

describe("a formula", () => {
  it("keeps its signs where a reader takes its tags off", async () => {
    const half = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>v</mi></math>";
    const body = await bodyOf({ body: { html: `<p>So ${half} and ${half}.</p>` } });
    expect(body).toContain("<mfrac>");
    expect(body.replace(/<[^>]*>/g, "")).toContain("So (1/2)v and (1/2)v.");
  });

  it("ends where it ends, whatever an attribute holds", async () => {
    const html = `<p><math><mi mathcolor="</math><img src=x>">a</mi><mfrac><mn>1</mn><mn>2</mn></mfrac></math> x</p>`;
    const body = await bodyOf({ body: { html } });
    expect(body.replace(/<(?:[^>"]|"[^"]*")*>/g, "")).toContain("a(1/2) x");
  });
});

describe("bios", () => {
  it.each([
    ["Ana Ruiz", "Ana Ruiz covers ports.", "Ana Ruiz covers ports."],
    ["Ana Ruiz", "Ana Ruiz", "Ana Ruiz"],
    ["Ana Ruiz", "Covers ports.", "<strong>Ana Ruiz</strong>: Covers ports."],
    ["Al", "Although new, she covers ports.", "<strong>Al</strong>: Although new, she covers ports."],
    ["A & B", "<b>", "<strong>A &amp; B</strong>: &lt;b&gt;"],
  ])("of %s: %s", async (name, bio, expected) => {
    expect(await bodyOf({ bylines: [{ name, bio }] })).toBe(`<p class="wr-bio">${expected}</p>`);
  });
});

it("the day of a correction and the time of an update are those of the site's zone", async () => {
  const article = {
    updated: "2024-10-25T20:00:00Z",
    corrections: [{ at: "2024-10-25T20:00:00Z", kind: "correction", text: "C." }],
  };
  expect(await bodyOf(article, { timezone: "Asia/Seoul" })).toContain("Correction, 26 October 2024:");
  expect(await bodyOf(article, { timezone: "America/New_York" })).toMatch(/Updated 25 October 2024, 16:00/);
  const japanese = await bodyOf({ ...article, language: "ja" }, { timezone: "Asia/Tokyo" });
  // A full-width colon holds the space behind it.
  expect(japanese).toContain("<strong>訂正（2024年10月26日）：</strong>C.</p>");
});

describe("credits", () => {
  const [a, b, c, d] = [
    byline("A", "reporter"),
    byline("B", "reporter"),
    byline("C", "editor"),
    byline("D", "photographer"),
  ];

  it.each([
    ["en", [a, b, c, d], "Reporting by A and B; editing by C; photographs by D."],
    ["en", [d, c, b, a], "Reporting by B and A; editing by C; photographs by D."],
    ["en", [byline("A", "author"), byline("B", "author"), byline("E", "author")], "By A, B and E."],
    ["en-US", [byline("A", "author"), byline("B", "author"), byline("E", "author")], "By A, B, and E."],
    ["de", [a, b, c], "Bericht: A und B; Redaktion: C."],
    ["fr", [a, b], "Reportage\u00a0: A et B."],
    ["es", [a, byline("Iñigo", "reporter")], "Información: A e Iñigo."],
    ["ja", [a, b], "取材：A、B"],
    ["en", [a], "Reporting by A."],
  ] as const)("in %s", (language, bylines, expected) => {
    expect(creditsText(bylines, language)).toBe(expected);
  });

  it("say nothing that the byline doesn't: of nobody, and of one author", () => {
    expect(creditsText([], "en")).toBeUndefined();
    expect(creditsText([byline("A", "author")], "en")).toBeUndefined();
  });

  it("are not in the byline of those who wrote it, which has names alone", () => {
    expect(bylineText([a, c, b, d], "en")).toBe("A and B");
    expect(creatorText([a, c, b, d], "en")).toBe("A and B");
  });

  it.each(ROLES.filter((role) => !inByline({ role })))("are the byline where nobody wrote it: %s", (role) => {
    const alone = [byline("Mara Quill", role)];
    expect(bylineText(alone, "en")).toBe(creditsText(alone, "en")?.replace(/\.$/, ""));
    expect(bylineText(alone, "en")).toMatch(/^[A-Z][a-z]+ by Mara Quill$/);
    expect(creatorText(alone, "en")).toBe("Mara Quill");
    expect(bylineText(alone, "de")).toMatch(/^[A-ZÜ][a-z]+: Mara Quill$/);
  });

  it("name everybody where nobody wrote it, and nobody where nobody is named", () => {
    const both = [byline("B", "editor"), byline("A", "photographer")];
    expect(bylineText(both, "en")).toBe("Editing by B; photographs by A");
    expect(creatorText(both, "en")).toBe("B and A");
    expect([bylineText([], "en"), creatorText([], "en"), creditsText([], "en")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("part the words before a name from those after it", () => {
    expect(creditWords("photographer", "en")).toEqual(["Photographs by ", ""]);
    expect(creditWords("translator", "fr")).toEqual(["Traduction\u00a0: ", ""]);
  });
});

it("words are the article's language's, or else English and said to be so", () => {
  expect(phrasesFor("de-AT").language).toBe("de-AT");
  expect(phrasesFor("pt-BR").language).toBe("pt-BR");
  expect(phrasesFor("cy").language).toBe("en");
});

it.each([
  ["en", "ltr"],
  ["ar", "rtl"],
  ["he-IL", "rtl"],
  ["fa", "rtl"],
  ["ur", "rtl"],
  ["yi", "rtl"],
  ["dv", "rtl"],
  ["ckb", "rtl"],
  ["pa", "ltr"],
  ["pa-Arab", "rtl"],
  ["az-Arab-IR", "rtl"],
  ["ar-Latn", "ltr"],
  ["ff-Adlm", "rtl"],
  ["zh-Hant", "ltr"],
  ["xx", "ltr"],
])("%s is written %s", (language, expected) => {
  expect(direction(language)).toBe(expected);
});
