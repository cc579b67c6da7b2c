// The desk in a browser: download sizes, and whether typing in a long story stutters on a slow device.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { benchArticle } from "./prose.ts";
import type { Row } from "./table.ts";
import { SITE_URL, startWorkers, TOKEN } from "./workers.ts";

const STORY_WORDS = 3000;
const TYPED_CHARACTERS = 300;
/** Slows Chromium's CPU by this factor, to that of a cheap phone. */
const SLOWER = 4;
const LONG_TASK_MILLISECONDS = 50;
const EDITOR = "public/desk/editor.js";
const TEXT = '[role="textbox"][aria-label="Text of the story"]';

/** Sizes of the first screen and of the editor, and long tasks while typing. */
export async function benchDesk(folder: string): Promise<readonly Row[]> {
  const workers = await startWorkers(folder);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const url = await workers.url("wireroom");
    const { page, firstScreen } = await openStory(browser, url);
    const long = await longTasksWhileTyping(page);
    const editor = gzipSync(readFileSync(EDITOR)).length;
    return [
      sizeRow("the desk's first screen, gzipped", firstScreen, 60),
      sizeRow("the editor's script more on a story's screen, gzipped", editor, 150),
      {
        what: `${TYPED_CHARACTERS} characters typed into ${STORY_WORDS} words, CPU ${SLOWER} × slower: tasks over ${LONG_TASK_MILLISECONDS} ms`,
        figure:
          long.length === 0 ? "none" : `${long.length}, the longest ${Math.round(Math.max(...long))} ms`,
        goal: "none",
        met: long.length === 0,
      },
    ];
  } finally {
    await browser.close();
    await workers.stop();
  }
}

function sizeRow(what: string, bytes: number, kilobytes: number): Row {
  return {
    what,
    figure: `${(bytes / 1000).toFixed(1)} kB`,
    goal: `≤ ${kilobytes} kB`,
    met: bytes <= kilobytes * 1000,
  };
}

/** Signs in, and opens a long story. `firstScreen`: gzipped bytes that the list of stories downloads. */
async function openStory(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  url: string,
): Promise<{ readonly page: Page; readonly firstScreen: number }> {
  const page = await browser.newPage();
  // The session cookie is sent only to the site's own address.
  await page.route(`${SITE_URL}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/desk/editor.js") return route.fulfill({ path: EDITOR });
    return route.fulfill({ response: await route.fetch({ url: url + pathname, maxRedirects: 0 }) });
  });
  const { url: link } = await post<{ url: string }>(`${url}/api/people`, { name: "Mara", role: "editor" });
  const { body } = benchArticle(1, STORY_WORDS);
  const article = { headline: "A long story", body };
  const { id } = await post<{ id: string }>(`${url}/api/stories`, { article });
  await page.goto(link, { waitUntil: "networkidle" });
  let firstScreen = 0;
  page.on("response", async (response) => {
    if (response.request().method() === "GET" && response.ok())
      firstScreen += gzipSync(await response.body()).length;
  });
  await page.getByRole("button", { name: "Sign in here" }).click();
  await page.getByRole("heading", { name: "Stories" }).waitFor();
  await page.waitForLoadState("networkidle");
  const listed = firstScreen;
  await page.goto(`${SITE_URL}/desk/stories/${id}`);
  await page.locator(TEXT).waitFor();
  return { page, firstScreen: listed };
}

/** Durations of the long tasks while text is typed in the middle of the story, in milliseconds. */
async function longTasksWhileTyping(page: Page): Promise<readonly number[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await page.locator(`${TEXT} p`).nth(10).click();
  await page.waitForLoadState("networkidle");
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluate(`globalThis.durations = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration);
    }).observe({ entryTypes: ["longtask"] });`);
  await page.keyboard.type("The ferry sails again. ".repeat(TYPED_CHARACTERS).slice(0, TYPED_CHARACTERS), {
    delay: 60,
  });
  return page.evaluate<number[]>("durations");
}

async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
