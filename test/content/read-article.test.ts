// A folder as the request that publishes it: addresses, pictures, and the same bytes each time.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readContent } from "../../src/content/folder.ts";
import { hexSha256 } from "../../src/content/images.ts";
import { type ReadyArticle, readArticle } from "../../src/content/read-article.ts";
import { contentFolder, GIF, PIXEL, PLAIN } from "../cli/folder.ts";

const PNG_ADDRESS = `/media/${hexSha256(PIXEL)}.png`;
const GIF_ADDRESS = `/media/${hexSha256(GIF)}.gif`;

async function ready(dir: string, slug = "a"): Promise<ReadyArticle> {
  const content = await readContent(dir);
  const folder = content.folders.find((candidate) => candidate.slug === slug);
  if (!folder) throw new Error(`No folder ${slug}`);
  const article = await readArticle(folder, content);
  if (article.kind !== "article") throw new Error(JSON.stringify(article.findings));
  return article;
}

describe("readArticle", () => {
  it("makes the API's article of a folder", async () => {
    const article = await ready(
      contentFolder({
        "articles/b-2/index.md": PLAIN,
        "articles/a/lead.jpg": PIXEL,
        "articles/a/pics/in side.gif": GIF,
        "articles/a/index.md": `---
headline: " A  headline "
published: 2024-10-24T20:30:00+09:00
bylines: [ada]
images:
  - src: lead.jpg
    alt: Lead
    credit: Ada
---
![](lead.jpg "not taken")

![Inside](<./pics/in side.gif> "A caption")

[b](../b-2/) [b](../b-2/index.md#part) [b](../b-2?x=1) [big](lead.jpg)
`,
      }),
    );
    expect(article.input).toEqual({
      headline: "A headline",
      tags: [],
      bylines: ["ada"],
      published: "2024-10-24T11:30:00Z",
      images: [
        { src: PNG_ADDRESS, alt: "Lead", credit: "Ada", syndicate: true },
        { src: GIF_ADDRESS, alt: "Inside", caption: "A caption", syndicate: true },
      ],
      body: {
        html: `<figure><img src="${PNG_ADDRESS}" alt="" title="not taken"><figcaption>not taken</figcaption></figure>
<figure><img src="${GIF_ADDRESS}" alt="Inside" title="A caption"><figcaption>A caption</figcaption></figure>
<p><a href="/articles/b-2">b</a> <a href="/articles/b-2#part">b</a> <a href="/articles/b-2?x=1">b</a> <a href="${PNG_ADDRESS}">big</a></p>`,
      },
      corrections: [],
      syndicate: true,
      sponsored: false,
      restore: false,
    });
    expect(article.images.map(({ address, facts }) => [address, facts.type])).toEqual([
      [PNG_ADDRESS, "image/png"],
      [GIF_ADDRESS, "image/gif"],
    ]);
    expect(JSON.parse(new TextDecoder().decode(article.json))).toEqual(article.input);
  });

  it("takes equal bytes under two names as one picture", async () => {
    const article = await ready(
      contentFolder({
        "articles/a/one.png": PIXEL,
        "articles/a/two.png": PIXEL,
        "articles/a/index.md": `---\nheadline: A\npublished: 2024-10-24T00:00:00Z\nimages:\n  - {src: one.png, alt: First}\n  - {src: two.png, alt: Second}\n---\n![Third](two.png)\n`,
      }),
    );
    expect(article.input.images).toEqual([{ src: PNG_ADDRESS, alt: "First", syndicate: true }]);
    expect(article.images).toHaveLength(1);
  });

  it("lists nothing for index.html that its front matter doesn't", async () => {
    const article = await ready(
      contentFolder({
        "articles/a/p.png": PIXEL,
        "articles/a/index.html": `${PLAIN}<p><img src="p.png"> *a*</p>\n`,
      }),
    );
    expect(article.input.images).toEqual([]);
    expect(article.input.body.html).toBe(`<p><img src="${PNG_ADDRESS}"> *a*</p>`);
    expect(article.images).toHaveLength(1);
  });

  it.each(["md", "html"])("takes the file that a picture loads late, in index.%s", async (type) => {
    const placeholder = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
    const article = await ready(
      contentFolder({
        "articles/a/p.png": PIXEL,
        [`articles/a/index.${type}`]: `${PLAIN}<p><img data-src="p.png" alt="Late"></p>

<p><img src="${placeholder}" data-src="p.png" alt="Late"></p>

<p><img src="${placeholder}" data-src="https://pics.example/a.png" alt="Web"><noscript><img src="https://pics.example/a.png"></noscript></p>
`,
      }),
    );
    expect(article.images.map(({ address }) => address)).toEqual([PNG_ADDRESS]);
    expect(article.input.body.html.match(/src="\/media\/[0-9a-f]{64}\.png"/g)).toHaveLength(2);
    expect(article.input.body.html).toContain('data-src="https://pics.example/a.png"');
    expect(article.losses()).toEqual([]);
  });

  it("finds the line for what the Worker says of a picture that only the body names", async () => {
    const article = await ready(
      contentFolder({
        "articles/a/one.png": PIXEL,
        "articles/a/two.gif": GIF,
        "articles/a/index.md": `---\nheadline: A\npublished: 2024-10-24T00:00:00Z\nimages:\n  - src: one.png\n    alt: One\n---\n\n![Two](two.gif)\n`,
      }),
    );
    expect(["images[0].alt", "images[1].alt", "body.html"].map(article.lineOf)).toEqual([6, 9, 8]);
  });

  it("gives the same bytes for the same folder, wherever it lies", async () => {
    const dir = join(import.meta.dirname, "../../content");
    const copy = contentFolder({});
    cpSync(dir, copy, { recursive: true });
    const [one, two] = [
      await ready(dir, "how-to-read-this-wire"),
      await ready(copy, "how-to-read-this-wire"),
    ];
    expect(Buffer.from(two.json).equals(Buffer.from(one.json))).toBe(true);
    expect(two.digest).toBe(hexSha256(one.json));
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
