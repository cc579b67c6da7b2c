// Articles that are hard to set on a page: long words and addresses, pictures and formulas that are too wide.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { article } from "../worker/articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../worker/harness.ts";
import { startBrowser, takePicture } from "./chromium.ts";
import { draw } from "./pictures.ts";
import { DESKTOP, inPage, NARROW, overflow, PHONE, windowsOn } from "./windows.ts";

const START_LIMIT_MS = 180_000;

describeWith(TOOLS.chromium, "a page with what is hard to set", () => {
  const URL = `https://verwaltung.example.org/${"gesetz-ueber-die-".repeat(6)}`;
  const WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
  const math = `<math>${"<mi>x</mi><mo>+</mo>".repeat(80)}<mi>y</mi></math>`;
  let browser: Browser;
  let worker: RunningWorker;
  const { visit } = windowsOn(() => ({ browser, worker }));
  beforeAll(async () => {
    browser = await startBrowser();
    worker = await startWorker();
    const picture = await draw(browser, "harbour");
    const tall = await draw(browser, "portrait", 1500);
    for (const { sha256, bytes } of [picture, tall]) {
      await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    }
    const row = [picture, tall].map(({ src }) => `<img src="${src}" alt="One of two">`).join("");
    const stories: Readonly<Record<string, Record<string, unknown>>> = {
      lead: { images: [{ src: picture.src, alt: "A harbour" }], priority: "lead" },
      address: { body: { html: `<p>${URL}</p>` } },
      word: { headline: WORD, body: { html: `<p>Das ${WORD} steht unter ${URL}.</p>` } },
      picture: { body: { html: '<img src="https://p.test/a.png" alt="A map" width="600" height="400">' } },
      formula: { body: { html: `${math}<p>Here ${math} stands in a line.</p><ul><li>${math}</li></ul>` } },
    };
    // As many as the front page has places for, and one more.
    const others = Array.from(
      { length: 10 },
      (_, index) =>
        [`other-${index}`, index === 9 ? { body: { html: `<p>Two pictures:</p>${row}` } } : {}] as const,
    );
    for (const [index, [id, changes]] of [...Object.entries(stories), ...others].entries()) {
      const published = `2024-10-${24 - index}T09:00:00Z`;
      expect((await worker.put(id, article({ published, ...changes }))).status).toBeLessThan(300);
    }
    await worker.settled();
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });

  it("beside a lead with a picture stand as many stories of words alone as are as high", async () => {
    const page = await visit("/", { viewport: { width: 1280, height: 900 } });
    await takePicture(page, "front-words-beside");
    const ends = `[".lead", ".seconds"].map((part) =>
      Math.max(...[...document.querySelectorAll(part + " *")].map((one) => one.getBoundingClientRect().bottom)))`;
    const [lead = 0, seconds = 0] = await inPage<readonly number[]>(page, ends);
    expect(Math.abs(lead - seconds)).toBeLessThan(200);
    const widths = `[".more", ".more .teaser"].map((part) => document.querySelector(part).clientWidth)`;
    const [row, only] = await inPage<readonly number[]>(page, widths);
    expect(only).toBe(row);
  });

  it("pictures of a gallery begin at one height, however high they are", async () => {
    const page = await visit("/articles/other-9");
    await takePicture(page, "gallery");
    const boxes = await inPage<readonly { top: number; bottom: number }[]>(
      page,
      `[...document.querySelectorAll(".gallery img")].map((image) => image.getBoundingClientRect().toJSON())`,
    );
    const [first, second] = boxes;
    expect(boxes).toHaveLength(2);
    expect(second?.top).toBe(first?.top);
    expect(second?.bottom).toBeGreaterThan(first?.bottom ?? 0);
  });

  it("a lead without a section has room between its picture and its headline", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await visit("/", { viewport });
      if (viewport === PHONE) await takePicture(page, "hard-phone");
      const room = `document.querySelector(".lead h2").getBoundingClientRect().top
        - document.querySelector(".lead img").getBoundingClientRect().bottom`;
      expect(await inPage(page, room)).toBeGreaterThanOrEqual(20);
    }
  });

  it("a long word or address, a large picture and a long formula make no page too wide", async () => {
    for (const viewport of [DESKTOP, PHONE, NARROW]) {
      const page = await visit("/", { viewport });
      for (const path of [
        "/",
        "/articles/address",
        "/articles/word",
        "/articles/picture",
        "/articles/formula",
      ]) {
        await page.goto(SITE_URL + path);
        expect([path, viewport.width, await overflow(page)]).toEqual([path, viewport.width, 0]);
        const cut = `[...document.querySelectorAll("main :is(p, h1, h2, h3, img)")]
          .filter((part) => part.getBoundingClientRect().right > innerWidth || (!part.querySelector("math") && part.scrollWidth > part.clientWidth + 1))
          .map((part) => part.outerHTML.slice(0, 80))`;
        expect([path, viewport.width, await inPage(page, cut)]).toEqual([path, viewport.width, []]);
      }
      const scrolled = `[...document.querySelectorAll(".story > *")]
        .map((box) => (box.scrollLeft = 50, [box.localName, box.scrollLeft]))`;
      expect(await inPage(page, scrolled)).toEqual([
        ["math", 50],
        ["p", 50],
        ["ul", 50],
      ]);
    }
  });
});
