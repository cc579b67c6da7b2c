// A feed opened in a real browser: a person sees a page of the paper, and nothing of what is there for readers.

import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FORMAT_FILES } from "../../src/formats/format.ts";
import { viewOf } from "../../src/formats/view.ts";
import { emptyFeed, headline } from "../formats/envelopes.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { article } from "../worker/articles.ts";
import { type RunningWorker, startWorker } from "../worker/harness.ts";
import { startBrowser, takePicture } from "./chromium.ts";

type XmlFormat = (typeof FORMATS)[number];

const FORMATS = ["rss", "atom"] as const;
const HEADLINES = [
  ["en", "Harbour reopens & <trade> resumes after the longest closure in its history"],
  ["en", "Council votes to keep the night ferry"],
  ["ar", "الميناء يفتح أبوابه من جديد بعد أطول إغلاق في تاريخه"],
  ["en", "Why the herring came back"],
  ["de", "Der Hafen öffnet wieder: was Reisende jetzt wissen müssen"],
  ["en", "Fishermen’s union and shipowners agree on a contract for three years, and on what comes after"],
  ["en", "Storm warning for the northern islands lifted"],
  ["en", "A lighthouse keeper’s last winter"],
] as const;
const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};
const LOOKS = FORMATS.flatMap((format) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    (["desktop", "phone"] as const).map((device) => [format, scheme, device] as const),
  ),
);
/** WCAG 2.2, 1.4.3: text. */
const LEAST_CONTRAST = 4.5;

describeWith(TOOLS.chromium, "a feed in Chromium", () => {
  let worker: RunningWorker;
  let browser: Browser;

  beforeAll(async () => {
    worker = await startWorker();
    // The documents' links, and their stylesheet's address, are to lead to this Worker.
    await worker.reload({ siteUrl: worker.url });
    for (let day = 0; day < 22; day++) {
      const [language, headline] = HEADLINES[day % HEADLINES.length] ?? HEADLINES[0];
      const published = new Date(Date.UTC(2024, 9, 24 - day)).toISOString();
      const response = await worker.put(`story-${day}`, article({ language, headline, published }));
      expect(response.status).toBe(201);
    }
    await worker.settled();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });

  const addressOf = (format: XmlFormat) => `${worker.url}/${FORMAT_FILES[format]}`;

  /** Opens a feed in a context of its own. */
  async function open(format: XmlFormat, context: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(context)).newPage();
    await page.goto(addressOf(format));
    return page;
  }

  it.each(FORMATS)(
    "%s is XML in the Worker's stylesheet, with a title, and nothing is amiss",
    async (format) => {
      const page = await browser.newPage();
      const messages: string[] = [];
      page.on("console", (message) => {
        // The one picture that a browser asks for by itself.
        if (!message.location().url.endsWith("/favicon.ico")) messages.push(message.text());
      });
      page.on("requestfailed", (request) => messages.push(request.url()));
      const style = page.waitForResponse(`${worker.url}/feed.css`);
      const response = await page.goto(`${worker.url}/${FORMAT_FILES[format]}`);
      expect(response?.headers()["content-type"]).toBe("application/xml; charset=utf-8");
      expect((await style).headers()["content-type"]).toBe("text/css; charset=utf-8");
      expect(await page.title()).toBe("Wireroom Daily");
      expect(await page.locator("h1").isVisible()).toBe(true);
      expect(messages).toEqual([]);
      await page.close();
    },
  );

  it.each(LOOKS)("%s, %s, on a %s shows its headlines and nothing else", async (format, scheme, device) => {
    const page = await open(format, { ...DEVICES[device], colorScheme: scheme });
    await takePicture(page, `feed-${format}-${scheme}-${device}`);
    const links = page.locator("li a");
    expect(await links.count()).toBe(20);
    for (const link of await links.all()) expect(await link.isVisible()).toBe(true);
    expect(await links.first().textContent()).toBe(HEADLINES[0][1]);
    expect(await page.locator("time").first().textContent()).toBe("24 October 2024");

    const others = await page.locator(":root *").evaluateAll((all) =>
      // What is for readers takes no room; RSS's channel is round it all.
      all.filter((one) => !one.closest("div") && one.getClientRects().length > 0).map((one) => one.localName),
    );
    expect(others).toEqual(format === "rss" ? ["channel"] : []);
    const { width } = DEVICES[device].viewport;
    const widths = await page.locator(":root").evaluate((root) => [root.clientWidth, root.scrollWidth]);
    expect(widths).toEqual([width, width]);

    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate<AxeResults>(
      "axe.run({ resultTypes: ['violations'] })",
    );
    expect(violations).toEqual([]);
    expect(passes.length).toBeGreaterThan(5);
    // Axe sees no contrast in a document that has no body.
    const paper = await styleOf(page.locator(":root"), "background-color");
    for (const text of ["h1 a", "header p", "section p", "section a", "code", "h2", "li a", "time"]) {
      const ink = await styleOf(page.locator(text).first(), "color");
      expect([text, contrastOf(ink, paper) >= LEAST_CONTRAST]).toEqual([text, true]);
    }
    await page.context().close();
  });

  it.each(FORMATS)("%s takes a person to an article by mouse, and by keyboard", async (format) => {
    const page = await open(format);
    await page.getByText(HEADLINES[1][1]).first().click();
    await page.waitForURL(`${worker.url}/articles/story-1`);
    await page.goBack();
    const focused = page.locator("a:focus");
    // The masthead, the website, how to subscribe, the first headline.
    for (const _ of Array(4)) await page.keyboard.press("Tab");
    expect(await focused.textContent()).toBe(HEADLINES[0][1]);
    expect(await styleOf(focused, "outline-style")).toBe("solid");
    await takePicture(page, `feed-${format}-focus`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${worker.url}/articles/story-0`);
    await page.context().close();
  });

  it("has an address that one click takes", async () => {
    const page = await open("rss");
    await page.locator("code").click();
    expect(await page.evaluate("String(getSelection())")).toBe(`${worker.url}/rss.xml`);
    await page.context().close();
  });

  it("reads from the right in Arabic, and a page of the archive leads on", async () => {
    const pages = [1, 3].map((page) => `${worker.url}/archive/${page}/atom.xml`);
    const [previous = "", next = ""] = pages;
    const archive = { page: 2, current: `${worker.url}/atom.xml`, previous, next };
    // Another publication's, in the Worker's document: its settings are those of content/site.yaml.
    const arabic = { language: "ar", title: "أخبار الميناء", description: "كل يوم من المرفأ." };
    const latest = [headline("Why the herring came back", { around: "ar" })];
    const view = viewOf(emptyFeed("atom", { ...arabic, self: addressOf("atom"), archive, latest }));
    const page = await (await browser.newContext(DEVICES.phone)).newPage();
    await page.route(addressOf("atom"), async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<div [\s\S]*?<\/div>/, () => view.join(""));
      await route.fulfill({ response, body });
    });
    await page.goto(addressOf("atom"));
    await takePicture(page, "feed-atom-archive");
    expect(await page.locator("h2").textContent()).toBe("الأرشيف، صفحة 2");
    const links = page.locator("nav a");
    expect(await links.evaluateAll((all) => all.map((link) => link.href))).toEqual([
      next,
      previous,
      archive.current,
    ]);
    expect(await styleOf(page.locator("h1"), "direction")).toBe("rtl");
    expect(await styleOf(page.locator("li[lang=en]").first(), "direction")).toBe("ltr");
    await page.context().close();
  });
});

/** A computed property of an element. */
const styleOf = (element: Locator, property: string): Promise<string> =>
  element.evaluate((one, name) => one.computedStyleMap().get(name).toString(), property);

/** WCAG 2's contrast of two colours as browsers print them: `rgb(1, 2, 3)`. */
function contrastOf(...colours: readonly [string, string]): number {
  const [dark = 0, light = 0] = colours.map(luminanceOf).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((digits) => {
    const part = Number(digits) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
