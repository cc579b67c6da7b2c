// The browser of the tests: Debian's Chromium, headless, without network requests of its own.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** No test depends on speed; on a busy machine any step may take this long. */
const PATIENCE_MILLISECONDS = 100_000;
/** Where pictures of pages go; git ignores it. */
const PICTURES = join(import.meta.dirname, "../out");

/** Starts a browser with a new profile. Close it at the end. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: FLAGS,
    timeout: PATIENCE_MILLISECONDS,
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    return context;
  };
  return browser;
}

/** Keeps a picture of the whole page as `test/out/{name}.png`, if `PICTURES` is set: `PICTURES=1 npm test`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  // The root element, not `fullPage`: that waits for a body, and XML has none.
  await page.locator(":root").screenshot({ path: join(PICTURES, `${name}.png`) });
}
