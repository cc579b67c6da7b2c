// The browser of the tests: Debian's Chromium, headless, with nothing of its own going out to the network.

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
/** Where pictures of pages go; git ignores it. */
const PICTURES = join(import.meta.dirname, "../out");

/** Starts a browser with a profile of its own. Close it in the end. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });

/** Keeps a picture of the whole page as `test/out/{name}.png`, if `PICTURES` is set: `PICTURES=1 npm test`. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  // The root element, not `fullPage`: that waits for a body, and XML has none.
  await page.locator(":root").screenshot({ path: join(PICTURES, `${name}.png`) });
}
