// Takes the pictures of pages in this folder from what `npm start` serves: `node docs/screenshots.ts`, after a change of the
// demonstration or of how pages look. The server has a database of its own, which goes when it ends.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startBrowser } from "../test/browser/chromium.ts";

const PORT = 8787;
/** Where pictures of the desk go. */
const DESK = join(import.meta.dirname, "desk");
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

/** The desk's screens, each in four windows side by side. `{id}` is the story that is written for them. */
const DESK_SHOTS: readonly (readonly [file: string, path: string])[] = [
  ["stories.png", "/desk"],
  ["story.png", "/desk/stories/{id}"],
  ["preview.png", "/desk/stories/{id}/preview"],
  ["publish.png", "/desk/stories/{id}/publish"],
  ["pictures.png", "/desk/pictures"],
  ["partners.png", "/desk/partners"],
  ["partner.png", "/desk/partners/portal"],
  ["policy.png", "/desk/partners/portal/policy"],
  ["articles.png", "/desk/articles"],
  ["people.png", "/desk/people"],
  ["me.png", "/desk/me"],
  ["journal.png", `/desk/journal?by=${encodeURIComponent("Mara Quill")}`],
];
const WINDOWS: readonly BrowserContextOptions[] = (["light", "dark"] as const).flatMap((colorScheme) =>
  [
    { width: 1200, height: 900 },
    { width: 390, height: 900 },
  ].map((viewport) => ({ viewport, colorScheme })),
);
const EDITOR = { name: "Mara Quill", role: "admin" };
const PARTNER = { id: "portal", name: "Portal", profile: "json", select: { tags: ["Ferries"] } };
const STORY = {
  headline: "The night ferry will take bicycles again",
  dek: "After two winters without them, the harbour board has given way to a petition of nine hundred names.",
  bylines: [{ name: "Mara Quill", role: "reporter" }],
  tags: ["Ferries", "Harbour"],
  dateline: "PORT ELLERY",
  body: {
    html: "<p>Bicycles may travel on the night ferry from the first of March, the harbour board said on Monday.</p><h2>Nine hundred names</h2><p>The board had banned them after a storm in which a rack came loose. A new rack is <strong>bolted to the deck</strong>.</p><table><thead><tr><th>Boat</th><th>Leaves</th><th>Bicycles</th></tr></thead><tbody><tr><td>Gull</td><td>22:10</td><td>24</td></tr><tr><td>Tern</td><td>23:40</td><td>16</td></tr></tbody></table>",
  },
};

const state = mkdtempSync(join(tmpdir(), "screenshots-"));
const server = spawn("npm", ["start", "--", "--port", `${PORT}`, "--state", state, "--no-watch"], {
  cwd: join(import.meta.dirname, ".."),
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const said = await published();
  const browser = await startBrowser();
  for (const [file, path, options] of SHOTS) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(SITE + path);
    await loadPictures(page);
    await page.screenshot({ path: join(import.meta.dirname, file) });
    await context.close();
  }
  const link = /\S+\/desk\/sign-in\/\S+/.exec(said)?.[0];
  if (link === undefined) throw new Error(`npm start printed no link to the desk:\n${said}`);
  await takeDesk(browser, link);
  await browser.close();
} finally {
  server.kill("SIGINT");
  if (server.exitCode === null) await once(server, "exit");
  rmSync(state, { recursive: true, force: true });
}

/** Signs in, writes a story, and takes every screen of the desk in four windows. */
async function takeDesk(browser: Browser, link: string): Promise<void> {
  const first = await browser.newContext();
  const page = await first.newPage();
  await signIn(page, link);
  // `npm start` names the first admin after the account that runs it.
  const { url } = await send<{ url: string }>(page, "POST", "/api/people", EDITOR);
  await signIn(page, url);
  const { people } = await send<{ people: { id: string; name: string }[] }>(page, "GET", "/api/people");
  for (const { id, name } of people)
    if (name !== EDITOR.name) await send(page, "DELETE", `/api/people/${id}`);
  await send(page, "PUT", "/api/partners/portal", PARTNER);
  const { id } = await send<{ id: string }>(page, "POST", "/api/stories", { article: STORY });
  const storageState = await first.storageState();
  await first.close();
  mkdirSync(DESK, { recursive: true });
  for (const [file, path] of DESK_SHOTS) {
    const shots: string[] = [];
    for (const window of WINDOWS) {
      const context = await browser.newContext({ ...window, storageState });
      const shown = await context.newPage();
      await shown.goto(SITE + path.replace("{id}", id), { waitUntil: "networkidle" });
      await loadPictures(shown);
      shots.push((await shown.screenshot()).toString("base64"));
      await context.close();
    }
    const sheet = await browser.newPage({ viewport: { width: 1620, height: 470 } });
    const images = shots.map((shot) => `<img src="data:image/png;base64,${shot}" height="450">`).join("");
    await sheet.setContent(
      `<body style="margin:10px;display:flex;gap:10px;background:#777;width:max-content">${images}</body>`,
    );
    await sheet.locator("body").screenshot({ path: join(DESK, file) });
    await sheet.close();
  }
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in here" }).click();
  await page.getByRole("heading", { name: "Stories" }).waitFor();
}

/** Sends JSON as the page's own scripts do, with its session. */
async function send<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const init = { method, ...(body === undefined ? {} : json) };
  const call = `fetch(${JSON.stringify(path)}, ${JSON.stringify(init)})`;
  const answer = await page.evaluate<{ ok: boolean; text: string }>(
    `${call}.then(async (response) => ({ ok: response.ok, text: await response.text() }))`,
  );
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

/** Loads all pictures of a page before it is taken. */
async function loadPictures(page: Page): Promise<void> {
  // As a string, since the types of a page's own objects aren't those of this program's.
  await page.evaluate(
    "Promise.all([...document.images].map((image) => ((image.loading = 'eager'), image.decode().catch(() => {}))))",
  );
}

/** Waits until the server has published everything. Returns what it said. @throws Error with what it said, where it ends before. */
async function published(): Promise<string> {
  let said = "";
  for await (const chunk of server.stdout) {
    said += chunk;
    if (said.includes(`${SITE}/feed.json`) && said.includes("/desk/sign-in/")) return said;
  }
  throw new Error(`npm start ended:\n${said}`);
}
