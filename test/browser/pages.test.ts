// Every kind of page in a real browser: dark and light, phone and desktop; with axe-core's rules, by keyboard, without
// script, on paper. A picture of each goes to test/out.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { article } from "../worker/articles.ts";
import { type RunningWorker, SITE_URL, until } from "../worker/harness.ts";
import { issue, ledgerOnce } from "../worker/partners/partners.ts";
import { startBrowser, takePicture } from "./chromium.ts";
import { ARABIC, LONG, NOTE, startNewsroom, WIDE_TABLE } from "./newsroom.ts";
import {
  close,
  DESKTOP,
  inPage,
  layoutShift,
  NARROW,
  overflow,
  PHONE,
  violations,
  windowsOn,
} from "./windows.ts";

const START_LIMIT_MS = 180_000;
const PAGE_BYTES_LIMIT = 30_000;
const TARGET_PIXELS = 24;

const PAGES: Readonly<Record<string, readonly [path: string, status: number]>> = {
  front: ["/", 200],
  older: ["/?page=2", 200],
  article: [LONG, 200],
  demonstration: ["/articles/north-korean-troops-in-russia", 200],
  guide: ["/articles/how-to-read-this-wire", 200],
  note: [NOTE, 200],
  arabic: [ARABIC, 200],
  section: ["/sections/world", 200],
  empty: ["/sections/empty", 200],
  tag: ["/tags/ferries", 200],
  author: ["/authors/mara-quill", 200],
  missing: ["/nowhere", 404],
  withdrawn: ["/articles/gone", 410],
  extension: ["/about/json-feed", 200],
  partner: ["/partners/portal/{token}/", 200],
};

describeWith(TOOLS.chromium, "pages in a browser", () => {
  let browser: Browser;
  let worker: RunningWorker;
  let token: string;
  beforeAll(async () => {
    browser = await startBrowser();
    worker = await startNewsroom(browser);
    const issued = await issue(worker, "portal");
    token = issued.token;
    await worker.raw(new URL(issued.url).pathname);
    await ledgerOnce(worker, "portal", 1);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });

  const { open, visit } = windowsOn(() => ({ browser, worker }));

  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    describe.each([
      ["desktop", DESKTOP],
      ["phone", PHONE],
    ] as const)("%s", (device, viewport) => {
      let page: Page;
      const complaints: string[] = [];
      beforeAll(async () => {
        page = await open({ viewport, colorScheme });
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(String(error)));
      });
      afterAll(() => close(page));

      it.each(Object.entries(PAGES))(
        "%s: no violation, small, nothing too wide",
        async (name, [path, status]) => {
          complaints.length = 0;
          const response = await page.goto(SITE_URL + path.replace("{token}", token));
          expect(response?.status()).toBe(status);
          const html = (await response?.body()) ?? Buffer.alloc(0);
          expect(html.length).toBeLessThan(PAGE_BYTES_LIMIT);
          // With its stylesheet and script, as the edge packs them.
          const others = await Promise.all(
            ["/style.css", "/copy.js"].map(async (one) => (await worker.raw(one)).body),
          );
          const packed = [html, ...others].reduce((sum, one) => sum + gzipSync(one).length, 0);
          expect(packed).toBeLessThan(PAGE_BYTES_LIMIT / 2);
          expect(await violations(page)).toEqual([]);
          expect(await overflow(page)).toBe(0);
          expect(complaints.filter((complaint) => !complaint.includes(`status of ${status}`))).toEqual([]);
          await inPage(
            page,
            "Promise.all([...document.images].map((image) => (image.loading = 'eager', image.decode())))",
          );
          await takePicture(page, `${name}-${device}-${colorScheme}`);
          if (device === "desktop") return;
          await page.setViewportSize(NARROW);
          expect(await overflow(page)).toBe(0);
          await page.setViewportSize(viewport);
        },
      );
    });
  });

  it("nothing moves while a page loads", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      for (const path of ["/", LONG, "/sections/world"]) {
        expect([path, await layoutShift(await visit(path, { viewport }))]).toEqual([path, 0]);
      }
    }
  });

  it("an Arabic article reads from the right, and what is the site's from the left", async () => {
    const page = await visit(ARABIC, { viewport: PHONE });
    const directions = await inPage(
      page,
      `["html", ".masthead", ".story p", ".onward", ".foot"].map((selector) => {
        const element = document.querySelector(selector);
        return [selector, element.closest("[lang]").lang, getComputedStyle(element).direction];
      })`,
    );
    expect(directions).toEqual([
      ["html", "ar", "rtl"],
      [".masthead", "en", "ltr"],
      [".story p", "ar", "rtl"],
      [".onward", "en", "ltr"],
      [".foot", "en", "ltr"],
    ]);
    // The last line of a paragraph is short: it ends at the right edge of its column.
    const [line, column] = await inPage<readonly [number, number]>(
      page,
      `(() => {
        const paragraph = document.querySelector(".story p:last-of-type");
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        return [[...range.getClientRects()].at(-1).right, paragraph.getBoundingClientRect().right];
      })()`,
    );
    expect(Math.abs(line - column)).toBeLessThan(2);
  });

  it("the first Tab reaches a link past the masthead, and what has the focus can be seen", async () => {
    const page = await visit("/");
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    expect(await focused.textContent()).toBe("Skip to the content");
    expect(await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 80 } })).not.toEqual(
      await (await visit("/")).screenshot({ clip: { x: 0, y: 0, width: 300, height: 80 } }),
    );
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await inPage(page, "document.activeElement.closest('main') !== null")).toBe(true);
    expect(await inPage(page, "getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });

  it("everything in an article starts at one edge, in both text directions", async () => {
    const parts = ".kicker, h1, .dek, .head > .meta, .story > *, figcaption, .end, .makers";
    for (const viewport of [DESKTOP, PHONE]) {
      for (const path of [LONG, ARABIC]) {
        const page = await visit(path, { viewport });
        const edges = await inPage<readonly number[]>(
          page,
          `[...document.querySelectorAll(".full > :is(.head, .story, .end, .makers), .full :is(${parts})")]
            .map((part) => part.getBoundingClientRect())
            .map(({ left, right }) => Math.round(document.documentElement.dir === "rtl" ? right : left))`,
        );
        expect(edges.length).toBeGreaterThan(8);
        const picture = "getComputedStyle(document.querySelector('.story figure img')).objectPosition";
        expect(await inPage(page, picture)).toBe(path === ARABIC ? "100% 50%" : "0% 50%");
        expect([path, viewport.width, ...new Set(edges)]).toEqual([path, viewport.width, edges[0]]);
      }
    }
  });

  it("the links to the previous and next article align with their labels, right-to-left headlines too", async () => {
    const texts = `[...document.querySelectorAll(".around a > span")].map((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right } = range.getBoundingClientRect();
      return [text.closest("a").rel, Math.round(left), Math.round(right)];
    })`;
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await visit(ARABIC, { viewport });
      await page.goto((await page.locator(".around [rel=prev]").getAttribute("href")) ?? "");
      expect(await page.locator(".around [rel=next] .clamp").getAttribute("dir")).toBe("rtl");
      const found = await inPage<readonly (readonly [string, number, number])[]>(page, texts);
      expect(found).toHaveLength(4);
      const edges = found.map(([rel, left, right]) =>
        rel === "next" && viewport === DESKTOP ? right : left,
      );
      expect(edges).toEqual([edges[0], edges[0], edges[2], edges[2]]);
    }
  });

  it("the foot stands at the end of the window under a short article, and under all of a long one", async () => {
    for (const viewport of [DESKTOP, { width: 390, height: 1400 }]) {
      const page = await visit(NOTE, { viewport });
      const bottom = "document.querySelector('.foot').getBoundingClientRect().bottom";
      expect(await inPage(page, bottom)).toBe(viewport.height);
      await page.goto(SITE_URL + LONG);
      expect(
        await inPage(page, `${bottom} - document.querySelector('main').getBoundingClientRect().bottom > 0`),
      ).toBe(true);
    }
  });

  it("a wide table scrolls in its column, and a shadow says so; one that fits has none", async () => {
    const shadows = `[...document.querySelectorAll(".story .wide")].map((box) => [
      box.scrollWidth > box.clientWidth,
      getComputedStyle(box).backgroundAttachment,
      Math.round(box.getBoundingClientRect().right) <= innerWidth,
      getComputedStyle(box.querySelector("td")).whiteSpace,
    ])`;
    const page = await visit(WIDE_TABLE, { viewport: PHONE });
    // Two covers move with the table; where they are gone, two shadows are seen.
    const attachment = "local, local, scroll, scroll";
    expect(await inPage(page, shadows)).toEqual([[true, attachment, true, "normal"]]);
    const edge = { x: PHONE.width - 40, y: 0, width: 20, height: 30 };
    const box = page.locator(".story .wide");
    await box.scrollIntoViewIfNeeded();
    const { y = 0 } = (await box.boundingBox()) ?? {};
    const before = await page.screenshot({ clip: { ...edge, y: y + 2 } });
    await inPage(page, "document.querySelector('.story .wide').scrollLeft = 10_000");
    const after = await page.screenshot({ clip: { ...edge, y: y + 2 } });
    expect(after.equals(before)).toBe(false);
    // The demonstration's own table fits a phone.
    await page.goto(`${SITE_URL}/articles/how-to-read-this-wire`);
    expect(await inPage(page, shadows)).toEqual([[false, attachment, true, "normal"]]);
  });

  it("captions and credits can be read, and each level of heading looks like no other", async () => {
    const page = await visit(LONG);
    const looks = (selector: string) =>
      inPage<string>(
        page,
        `(({ fontSize, fontFamily, color }) => [fontSize, fontFamily.split(",")[0], color].join(" "))(getComputedStyle(document.querySelector("${selector}")))`,
      );
    for (const selector of ["figcaption", ".wr-credit", ".wr-credits"]) {
      expect(Number.parseFloat(await looks(selector))).toBeGreaterThanOrEqual(15);
    }
    const levels = await Promise.all(["h1", ".story h2", ".story h3", ".story h4", ".story p"].map(looks));
    expect(new Set(levels).size).toBe(levels.length);
  });

  it("the head of a corrected article links to the correction", async () => {
    const page = await visit(LONG);
    await page.getByRole("link", { name: "Corrected" }).click();
    const box = ".wr-corrections";
    const [top, height] = await inPage<readonly [number, number]>(
      page,
      `[document.querySelector("${box}").getBoundingClientRect().top, innerHeight]`,
    );
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(height);
  });

  it("a headline of 300 characters takes no more lines in a grid than its neighbours may", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await visit("/", { viewport });
      const lines = await inPage<readonly number[]>(
        page,
        `[...document.querySelectorAll(".teaser :is(h2, h3)")].map((headline) =>
          Math.round(headline.getBoundingClientRect().height / parseFloat(getComputedStyle(headline).lineHeight)))`,
      );
      expect(Math.max(...lines)).toBeLessThanOrEqual(6);
    }
  });

  it("no letter of a headline in a list is cut off below its line", async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await visit("/", { viewport });
      const room = await inPage<readonly number[]>(
        page,
        `[...document.querySelectorAll(".teaser :is(h2, h3)")].map((headline) => {
          const letters = "gjpqy";
          headline.querySelector("a").textContent = letters;
          // A box without a size stands on the baseline.
          const foot = headline.appendChild(document.createElement("span"));
          foot.style.display = "inline-block";
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = getComputedStyle(headline).font;
          const hangs = pen.measureText(letters).actualBoundingBoxDescent;
          return headline.getBoundingClientRect().bottom - foot.getBoundingClientRect().bottom - hangs;
        })`,
      );
      expect(room.length).toBeGreaterThan(5);
      expect(Math.min(...room)).toBeGreaterThanOrEqual(0);
    }
  });

  it("no card of the front page has a hole below its words, though some have pictures and some have none", async () => {
    const page = await visit("/", { viewport: { width: 1280, height: 900 } });
    const cards = await inPage<readonly { left: number; top: number; end: number; picture: boolean }[]>(
      page,
      `[...document.querySelectorAll(".edition > .grid > .teaser")].map((card) => {
        const { left, top } = card.getBoundingClientRect();
        const end = card.querySelector(".meta").getBoundingClientRect().bottom;
        return { left, top, end, picture: card.querySelector("img") !== null };
      })`,
    );
    expect(new Set(cards.map(({ picture }) => picture)).size).toBe(2);
    const columns = [...Map.groupBy(cards, ({ left }) => left).values()];
    expect(columns).toHaveLength(3);
    const gaps = columns.flatMap((column) =>
      column.slice(1).map(({ top }, index) => top - (column[index]?.end ?? 0)),
    );
    expect(Math.max(...gaps)).toBeLessThan(64);
  });

  it("all that can be clicked outside of running text is large enough for a finger", async () => {
    for (const path of ["/", LONG, "/tags/ferries"]) {
      const page = await visit(path, { viewport: PHONE });
      const targets = "nav a, .join, .kicker a, .tags a, .subscribe a, button, .foot a";
      const small = await inPage(
        page,
        `[...document.querySelectorAll("${targets}")]
          .filter((target) => target.getBoundingClientRect().height < ${TARGET_PIXELS})
          .map((target) => target.outerHTML)`,
      );
      expect(small).toEqual([]);
    }
  });

  it("a button copies the feed's address, and says so", async () => {
    const page = await visit("/tags/ferries", { permissions: ["clipboard-read", "clipboard-write"] });
    expect(await page.locator("button:visible").allTextContents()).toEqual(["Copy RSS"]);
    await page.getByText("Other apps and formats").click();
    const button = page.getByRole("button", { name: "Copy Atom" });
    await button.click();
    await page.getByRole("status").filter({ hasText: "Copied Atom" }).waitFor({ state: "attached" });
    expect(await inPage(page, "navigator.clipboard.readText()")).toBe(`${SITE_URL}/tags/ferries/atom.xml`);
    expect(await page.getByRole("button", { name: "Copied Atom" }).count()).toBe(1);
  });

  it("where copying is forbidden, a button selects the address", async () => {
    const page = await visit("/");
    await inPage(page, "navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))");
    await page.getByRole("button", { name: "Copy RSS" }).click();
    await until(
      "it is selected",
      async () => (await inPage<string>(page, "String(getSelection())")) || undefined,
    );
    expect(await inPage(page, "String(getSelection())")).toBe("wire.test/rss.xml");
    expect(await page.getByRole("button", { name: "Copy RSS" }).count()).toBe(1);
  });

  it("without script a page is whole, and has no button that does nothing", async () => {
    const page = await visit("/", { javaScriptEnabled: false });
    expect(await page.locator("button:visible").count()).toBe(0);
    expect(await page.locator("button").count()).toBe(3);
    expect(await page.locator(".address a:visible").allTextContents()).toEqual(["wire.test/rss.xml"]);
    await page.getByText("Other apps and formats").click();
    expect(await page.locator(".address a:visible").allTextContents()).toEqual([
      "wire.test/rss.xml",
      "wire.test/atom.xml",
      "wire.test/feed.json",
    ]);
  });

  it("links for readers carry the feed's address", async () => {
    const page = await visit("/");
    const hrefs = await page
      .locator(".readers a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const feed = encodeURIComponent(`${SITE_URL}/rss.xml`);
    expect(hrefs).toEqual([
      `https://feedly.com/i/subscription/feed%2F${feed}`,
      `https://www.inoreader.com/?add_feed=${feed}`,
      `https://www.newsblur.com/?url=${feed}`,
      `feed:${SITE_URL}/rss.xml`,
      "/feeds.opml",
    ]);
  });

  it("pictures below the fold wait, the lead comes first", async () => {
    for (const path of ["/", LONG]) {
      const page = await visit(path);
      const images = await inPage<readonly { top: number; lazy: boolean; first: boolean; sized: boolean }[]>(
        page,
        `[...document.querySelectorAll("main img:not(.avatar)")].map((image) => ({
          top: image.getBoundingClientRect().top + scrollY,
          lazy: image.loading === "lazy",
          first: image.fetchPriority === "high",
          sized: image.hasAttribute("width") && image.hasAttribute("height"),
        }))`,
      );
      expect(images.map(({ first }) => first)).toEqual(images.map((_, index) => index === 0));
      expect(images.filter(({ top, lazy }) => lazy !== top > DESKTOP.height)).toEqual([]);
      expect(images.every(({ sized }) => sized)).toBe(true);
    }
  });

  it("a partner's engineer is asked for a name and a password, and finds the feed's address", async () => {
    const { token: password } = await issue(worker, "basic");
    const context = await browser.newContext({ httpCredentials: { username: "basic", password } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    expect((await page.goto(`${worker.url}/partners/basic/?login`))?.status()).toBe(200);
    expect(await page.locator(".record a").first().textContent()).toBe(`${SITE_URL}/partners/basic/rss.xml`);
  });

  it("a partner's page says why an article is left out, holds no token, and its tables scroll by keyboard", async () => {
    const page = await visit(`/partners/portal/${token}/`, { viewport: NARROW });
    expect(await page.content()).not.toContain(token);
    const part = (title: string) => page.locator(".record > section", { hasText: title });
    expect(await part("Left out").locator("li").allInnerTexts()).toContainEqual(
      expect.stringMatching(
        /^.+\n+\d{4}-\d\d-\d\d \d\d:\d\d UTC · [a-z0-9-]+\n+profile images has no picture that fits, and the partner requires one$/,
      ),
    );
    const table = page.locator(".wide").first();
    await table.focus();
    await page.keyboard.press("ArrowRight");
    const scrolled = "document.querySelector('.wide').scrollLeft > 0";
    await until("the table has moved", async () => (await inPage<boolean>(page, scrolled)) || undefined);
  });

  it("in print an article's page has only the article", async () => {
    const page = await visit(LONG);
    await page.emulateMedia({ media: "print" });
    const shown = (selector: string) => page.locator(selector).first().isVisible();
    for (const selector of [".masthead nav", ".onward", ".join", ".tags"])
      expect(await shown(selector)).toBe(false);
    for (const selector of ["h1", ".story", ".wr-corrections", "figcaption"])
      expect(await shown(selector)).toBe(true);
    await takePicture(page, "article-paper");
  });

  describe("a front page has no empty column", () => {
    const settings = readFileSync(join(import.meta.dirname, "../../content/site.yaml"), "utf8");
    // The pinned one has no picture, and all that can lead before it has one.
    it.each([
      ["20", "top"],
      ["2", "top"],
      ["3", "top"],
      ["4", "top"],
      ["1", "top"],
      ["20", "lead"],
      ["5", "lead"],
      ["2", "lead"],
    ])("with %s articles, and one without a picture as its %s", async (count, priority) => {
      const note = { headline: "Fog", published: "2024-10-24T09:00:00Z", dek: "No boats.", priority };
      await worker.put("note", article(note));
      await worker.reload({ siteYaml: settings.replace("front: 20", `front: ${count}`) });
      const page = await visit("/", { viewport: { width: 1280, height: 900 } });
      await takePicture(page, `front-${count}-${priority}`);
      const cells = await inPage<readonly (readonly [row: number, filled: number])[]>(
        page,
        `[...document.querySelector(".edition").children].map((cell) => {
          const { top } = cell.getBoundingClientRect();
          const bottoms = [...cell.querySelectorAll("*")].map((one) => one.getBoundingClientRect().bottom);
          return [Math.round(top), Math.max(...bottoms) - top];
        })`,
      );
      const rows = Map.groupBy(cells, ([top]) => top);
      for (const row of rows.values()) {
        const filled = row.map(([, height]) => height);
        expect(Math.min(...filled) / Math.max(...filled)).toBeGreaterThan(0.5);
      }
    });
  });
});
