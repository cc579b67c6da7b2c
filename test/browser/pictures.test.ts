// The width and height that feeds and pages give are those at which a browser shows the picture.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withRights } from "../../src/pictures/rights.ts";
import { PHOTOGRAPHS, SMALL } from "../photograph.ts";
import { SHOWN_SIZES } from "../shown-sizes.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { startBrowser } from "./chromium.ts";

describeWith(TOOLS.chromium, "pictures in Chromium", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  const withTheirs = (["jpeg", "png", "webp", "webpLossless"] as const).map((name) => ({
    name: `a ${name} with the rights of another`,
    type: `image/${name.replace("Lossless", "")}`,
    bytes: Buffer.from(withRights(SMALL[name], PHOTOGRAPHS.jpeg)),
    ...{ width: 3, height: 2 },
  }));

  it.each([...SHOWN_SIZES, ...withTheirs])("$name", async ({ type, bytes, width, height }) => {
    await page.setContent(`<img src="data:${type};base64,${bytes.toString("base64")}">`);
    const size = await page.evaluate(
      "document.images[0].decode().then(() => ({ width: document.images[0].naturalWidth, height: document.images[0].naturalHeight }))",
    );
    expect(size).toEqual({ width, height });
  });
});
