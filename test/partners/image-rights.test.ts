// Pictures that a partner has no right to leave no trace in an article. The bodies here went through the real
// clean-up.

import { expect, it } from "vitest";
import type { Article } from "../../src/article/article.ts";
import { resolveArticle } from "../../src/article/resolve.ts";
import { storyHtml } from "../../src/formats/body.ts";
import {
  withImageMarks,
  withoutUnlistedImages,
  withPermittedPictures,
} from "../../src/partners/restrict-pictures.ts";
import { SITE, store, unwrap } from "../pipeline.ts";

const KEPT = "a1".repeat(32);
const HELD_BACK = "b2".repeat(32);
const FACTS = { type: "image/jpeg", width: 1200, height: 800, length: 1000 } as const;
const media = [KEPT, HELD_BACK].map((sha256) => ({ ...FACTS, sha256 }));
const pathOf = (hash: string) => `/media/${hash}.jpg`;
const FAR = "https://cdn.example/a.jpg?w=1&h=2";

async function articleWith(html: string, changes: Readonly<Record<string, unknown>> = {}): Promise<Article> {
  const article = {
    headline: "Harbour reopens",
    published: "2024-10-24T11:30:00Z",
    images: [
      {
        src: pathOf(HELD_BACK),
        alt: "Held back",
        caption: "Not for others",
        credit: "Kay",
        syndicate: false,
      },
      { src: pathOf(KEPT), alt: "For all", credit: "Ana" },
      { src: FAR, alt: "Far", syndicate: false },
    ],
    body: { html },
    ...changes,
  };
  return unwrap(resolveArticle(unwrap(await store({ article, media })), SITE));
}
const syndicated = (article: Article, rights: "syndicate" | "credited" = "syndicate") =>
  withPermittedPictures(article, { rights }, SITE.url);

it.each([
  ["where it stands", `<p>One.</p><img src="${pathOf(HELD_BACK)}"><p>Two.</p>`],
  ["in a figure", `<figure><img src="${pathOf(HELD_BACK)}"><figcaption>Not for others</figcaption></figure>`],
  ["under an address with a query", `<p>One.</p><p><img src="${pathOf(HELD_BACK)}?size=small"></p>`],
  [
    "in a picture element",
    `<picture><source srcset="${pathOf(HELD_BACK)}"><img src="${pathOf(HELD_BACK)}"></picture>`,
  ],
  ["as a link", `<p>See <a href="${pathOf(HELD_BACK)}">the picture</a>.</p>`],
  [
    "as a link by its full address",
    `<p><a title="big > small" href="${SITE.url}${pathOf(HELD_BACK)}#top">Big</a></p>`,
  ],
  [
    "as a film's still",
    `<video src="https://e.example/a.mp4" poster="${pathOf(HELD_BACK)}" controls></video>`,
  ],
  ["by plain http", `<p><a href="${SITE.url.replace("https", "http")}${pathOf(HELD_BACK)}">Big</a></p>`],
  [
    "in the address of a smaller one",
    `<p><img src="/cdn-cgi/image/width=300${pathOf(HELD_BACK)}"><a href="https://small.example/?url=${encodeURIComponent(SITE.url + pathOf(HELD_BACK))}">Small</a></p>`,
  ],
  ["as a source", `<video controls><source src="${pathOf(HELD_BACK)}" type="video/mp4"></video>`],
  ["as where a quotation comes from", `<blockquote cite="${pathOf(HELD_BACK)}"><p>Ah.</p></blockquote>`],
  ["as an iframe", `<iframe src="${SITE.url}${pathOf(HELD_BACK)}" title="Picture"></iframe>`],
])("is gone %s", async (_, html) => {
  const article = await articleWith(html);
  expect(JSON.stringify(article)).toContain(HELD_BACK);
  const rest = syndicated(article);
  expect(JSON.stringify(rest)).not.toContain(HELD_BACK);
  expect(storyHtml(rest)).not.toContain("Not for others");
  expect(rest.images.map(({ alt }) => alt)).toEqual(["For all"]);
});

it("is gone too where the same one is listed once more without a mark", async () => {
  const images = [
    { src: FAR, syndicate: false },
    { src: `${FAR}#2`, alt: "Again" },
  ];
  expect(syndicated(await articleWith("<p>One.</p>", { images })).images).toEqual([]);
});

it("leaves everything else as it is", async () => {
  const html = `<p>See <a href="${pathOf(HELD_BACK)}" title="x &amp; y">this</a>, <a href="${pathOf(KEPT)}">that</a>.</p>
    <img src="${pathOf(KEPT)}"><p>1 &lt; 2 <img src="https://cdn.example/loose.png" alt=""></p>
    <p><a href="${FAR.replace("&", "&amp;")}">far</a>, <a href="https://cdn.example/a.jpg?w=1&amp;h=3">near</a></p>`;
  const before = await articleWith(html);
  const { body } = syndicated(before);
  expect(body).toBe(
    before.body
      .replace(` href="${SITE.url}${pathOf(HELD_BACK)}"`, "")
      .replace(' href="https://cdn.example/a.jpg?w=1&#x26;h=2"', ""),
  );
  expect(body).toContain('<a title="x &#x26; y">this</a>');
  expect(body).toContain("<a>far</a>");
});

it("takes nothing for a tag that stands within an attribute", async () => {
  const title = `&lt;img src=${SITE.url}/a.png>`;
  const article = await articleWith(`<p title="${title}">Text <img src="https://e.example/b.png"></p>`);
  expect(withoutUnlistedImages(article.body, () => false)).toBe(
    `<p title="<img src=${SITE.url}/a.png>">Text </p>`,
  );
});

it("is no byline's face either", async () => {
  const bylines = [
    { name: "Ana", avatar: pathOf(HELD_BACK) },
    { name: "Ben", avatar: pathOf(KEPT) },
  ];
  const media = syndicated(await articleWith("<p>One.</p>", { bylines })).bylines;
  expect(media).toEqual([
    { name: "Ana", role: "author" },
    { name: "Ben", role: "author", avatar: SITE.url + pathOf(KEPT) },
  ]);
});

it("is the same article where nothing is kept back", async () => {
  const article = await articleWith("<p>One.</p>", { images: [{ src: pathOf(KEPT) }] });
  expect(syndicated(article)).toBe(article);
});

it("needs a credit or a copyright where a policy asks for it; what stands in the body alone has neither", async () => {
  const images = [
    { src: pathOf(KEPT), alt: "Nobody's" },
    { src: pathOf(HELD_BACK), alt: "Credited", credit: "Ana" },
    { src: "https://cdn.example/c.jpg", alt: "Ours", copyright: "© Wire" },
    { src: "https://cdn.example/d.jpg", alt: "Kept back", copyright: "© Wire", syndicate: false },
  ];
  const html = `<p>One.</p><p><img src="https://cdn.example/loose.png" alt="Loose"> Two.</p>
    <video src="https://e.example/a.mp4" poster="https://cdn.example/still.png" controls></video>`;
  const article = await articleWith(html, { images });
  expect(syndicated(article).images.map(({ alt }) => alt)).toEqual(["Nobody's", "Credited", "Ours"]);
  const credited = syndicated(article, "credited");
  expect(credited.images.map(({ alt }) => alt)).toEqual(["Credited", "Ours"]);
  expect(credited.body).not.toMatch(/<img|poster|loose\.png|still\.png/);
  expect(credited.body).toContain('<video src="https://e.example/a.mp4" controls></video>');
  expect(syndicated(article).body).toBe(article.body);
});

it("marks follow the address of their picture", async () => {
  const article = await articleWith(
    `<p>One.</p><img src="${pathOf(KEPT)}"><p>Two.</p><img src="${pathOf(HELD_BACK)}">`,
  );
  const [held, kept] = article.images;
  if (!held || !kept) throw new Error("there are two");
  const next = { ...kept, src: "https://wire.test/media/new.png" };
  const body = withImageMarks(
    article.body,
    new Map([
      [kept.src, next],
      [held.src, undefined],
    ]),
  );
  expect(body).toBe(article.body.replace(kept.src, next.src).replace(/\uffff[^\uffff]*b2\.jpg\uffff/, ""));
  expect(storyHtml({ ...article, images: [next], body })).toContain(
    `<p>One.</p><figure class="wr-figure"><img src="${next.src}"`,
  );
});
