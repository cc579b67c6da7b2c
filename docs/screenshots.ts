// Takes the pictures of pages in this folder from what `npm start` serves: `node docs/screenshots.ts`, after a change of the
// demonstration or of how pages look. The server has a database of its own, which goes when it ends.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { startBrowser } from "../test/browser/chromium.ts";

const PORT = 8787;
const SITE = `http://localhost:${PORT}`;

/** Each file, the page it shows, and in which window. The first two stand side by side in README.md, equally high. */
const SHOTS: readonly (readonly [file: string, path: string, options: BrowserContextOptions])[] = [
  ["front.png", "/", { viewport: { width: 1440, height: 1200 } }],
  [
    "article.png",
    "/articles/six-hours-of-tide",
    { viewport: { width: 390, height: 1047 }, colorScheme: "dark" },
  ],
  ["feed.png", "/rss.xml", { viewport: { width: 1200, height: 900 } }],
  [
    "arabic.png",
    "/articles/how-a-small-lamp-reaches-the-horizon",
    { viewport: { width: 1200, height: 900 } },
  ],
];

const state = mkdtempSync(join(tmpdir(), "screenshots-"));
const server = spawn("npm", ["start", "--", "--port", `${PORT}`, "--state", state, "--no-watch"], {
  cwd: join(import.meta.dirname, ".."),
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  await published();
  const browser = await startBrowser();
  for (const [file, path, options] of SHOTS) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(SITE + path);
    // As a string, since the types of a page's own objects aren't those of this program's.
    await page.evaluate(
      "Promise.all([...document.images].map((image) => ((image.loading = 'eager'), image.decode())))",
    );
    await page.screenshot({ path: join(import.meta.dirname, file) });
    await context.close();
  }
  await browser.close();
} finally {
  server.kill("SIGINT");
  if (server.exitCode === null) await once(server, "exit");
  rmSync(state, { recursive: true, force: true });
}

/** Waits until the server has published everything. @throws Error with what it said, where it ends before. */
async function published(): Promise<void> {
  let said = "";
  for await (const chunk of server.stdout) {
    said += chunk;
    if (said.includes(`${SITE}/feed.json`)) return;
  }
  throw new Error(`npm start ended:\n${said}`);
}
