// Pictures whose files aren't there keep their places in the text.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCheck } from "../../../src/cli/check.ts";
import { localImage } from "../../../src/content/images.ts";
import { PIXEL } from "../folder.ts";
import { listen } from "../output.ts";
import { workshop } from "./workshop.ts";

const image = (path: string, alt = "", caption = "") =>
  `<figure><img src="__GHOST_URL__/content/images/${path}" alt="${alt}">${caption && `<figcaption>${caption}</figcaption>`}</figure>`;
const ghost = (html: string) =>
  JSON.stringify({
    db: [
      {
        data: {
          posts: [
            {
              id: "1",
              title: "Lamp",
              slug: "lamp",
              html,
              status: "published",
              published_at: "2026-03-02T18:00:00.000Z",
            },
          ],
        },
      },
    ],
  });
const EXPORT = ghost(
  `<p>One.</p>${image("a/lamp.png", "A lamp", "The lamp")}<p>Two.</p>${image("b/lamp.png")}<p>Three.</p>`,
);

it("each has a name of its own, which the article asks for", async () => {
  const { content, run, file } = workshop({ "x.json": EXPORT });
  await run(["x.json"]);
  const text = file("lamp/index.html");
  expect(text).toContain(
    '<p>One.</p>\n<figure><img src="lamp.png" alt="A lamp"><figcaption>The lamp</figcaption></figure>\n<p>Two.</p>\n<figure><img src="lamp-2.png" alt=""></figure>\n<p>Three.</p>',
  );
  expect(text).toContain("# needs: images[0].src: put the file beside this one as lamp.png (--image FILE)");
  expect(text).toContain("draft: true");
  const out = listen();
  await runCheck({ dir: content }, out);
  expect(out.text()).toContain('"lamp-2.png" is not in the article\'s folder');
});

it("gets its file from the folder beside the export, or from --image", async () => {
  const { dir, run, file } = workshop({
    "x.json": EXPORT,
    "content/images/b/lamp.png": PIXEL,
    "mine.png": PIXEL,
  });
  const mine = localImage(dir, "mine.png", "all");
  await run(["x.json"], { images: mine.ok ? [mine.value] : [] });
  expect(file("lamp/index.html")).not.toContain("needs:");
  expect(file("lamp/index.html")).toMatch(/<img src="\w+\.png" alt="A lamp">/);
});

it("a second import brings what has come meanwhile", async () => {
  const { dir, run, file } = workshop({
    "x.json": ghost(image("lamp.png", "A lamp")),
    "content/images/other.png": PIXEL,
  });
  await run(["x.json"]);
  expect(file("lamp/index.html")).toContain("needs:");
  writeFileSync(join(dir, "content/images/lamp.png"), PIXEL);
  await run(["x.json"]);
  expect(file("lamp/index.html")).not.toContain("needs:");
  expect(file("lamp/index.html")).toContain("- src: lamp.png");
});

it("time of the last change counts where nothing else is said, if that is wanted", async () => {
  const entry = (id: number) =>
    `<entry><id>x:${id}</id><title>Lamp ${id}</title><updated>2026-03-0${id}T18:00:00Z</updated><content type="html">It burns.</content></entry>`;
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><id>x:0</id><title>x</title><updated>2026-03-02T18:00:00Z</updated>${entry(1)}${entry(2)}</feed>`;
  const { run, file } = workshop({ "x.atom": atom });
  const { said } = await run(["x.atom"]);
  expect(said).toContain(
    'needs published: the source only says when it was last changed, "2026-03-01T18:00:00Z"  (--accept-updated)',
  );
  await run(["x.atom"], { choices: { acceptUpdated: true } });
  for (const id of [1, 2]) {
    const text = file(`lamp-${id}/index.html`);
    expect(text).toContain(`published: 2026-03-0${id}T18:00:00Z\n`);
    expect(text).not.toContain("updated:");
    expect(text).not.toContain("draft:");
  }
});
