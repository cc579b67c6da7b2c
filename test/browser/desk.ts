// A person at the desk in a separate browser, whose network a test can cut.

import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { buildEditor } from "../../src/cli/build-files.ts";
import type { Role } from "../../src/desk/inputs.ts";
import english, { type Translations } from "../../src/lib/translations.ts";
import { linkFor } from "../worker/desk/desk.ts";
import { type RunningWorker, SITE_URL, startWorker, TOKEN } from "../worker/harness.ts";
import { startBrowser } from "./chromium.ts";
import { close, DESKTOP } from "./windows.ts";

/** Where the editor for browsers is built. */
export const EDITOR = join(import.meta.dirname, "../out/desk");
const MODULE = /^\/desk\/([a-z]+\.js)$/;
/** The text of the story that is open. */
export const TEXT = '[role="textbox"][aria-label*="Text of the story"]';

/** A browser whose requests a test can lose. */
export interface Desk {
  readonly context: BrowserContext;
  /** Decides whether a request doesn't arrive. */
  isCut: (method: string, url: string) => boolean;
  /** Decides whether a request's answer doesn't arrive. */
  isLost?: (method: string, url: string) => boolean;
}

interface RunningDesk {
  readonly browser: Browser;
  readonly worker: RunningWorker;
}

/** A browser, and a Worker with these secrets besides the token, in English unless told otherwise. Close both in the end. */
async function startDesk(
  secrets: Readonly<Record<string, string>> = {},
  translations: Translations = english,
): Promise<RunningDesk> {
  await buildEditor(EDITOR, translations);
  const browser = await startBrowser();
  const worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, ...secrets }, translations });
  return { browser, worker };
}

const START_LIMIT_MS = 180_000;

/** Starts a desk before the tests of a block, and stops it after them. */
export function useDesk(...options: Parameters<typeof startDesk>): RunningDesk {
  let desk: RunningDesk | undefined;
  const running = () => {
    if (!desk) throw new Error("the desk isn't running yet");
    return desk;
  };
  beforeAll(async () => {
    desk = await startDesk(...options);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await desk?.browser.close();
    await desk?.worker.close();
  });
  return {
    get browser() {
      return running().browser;
    },
    get worker() {
      return running().worker;
    },
  };
}

/** A browser that has signed in with a new link. Other options are the browser's. */
export async function signIn(
  { browser, worker }: RunningDesk,
  { name, role, ...options }: { readonly name: string; readonly role: Role } & BrowserContextOptions,
): Promise<Desk> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const desk: Desk = { context, isCut: () => false };
  await context.route("**/*", (route) => route.abort());
  await context.route(`${SITE_URL}/**`, async (route) => {
    const request = route.request();
    if (desk.isCut(request.method(), request.url())) return route.abort("connectionfailed");
    const { pathname, search } = new URL(request.url());
    const [, module] = MODULE.exec(pathname) ?? [];
    if (module !== undefined) return route.fulfill({ path: join(EDITOR, module) });
    const response = await route.fetch({ url: worker.url + pathname + search, maxRedirects: 0 });
    if (desk.isLost?.(request.method(), request.url())) return route.abort("connectionreset");
    return route.fulfill({ response });
  });
  const page = await context.newPage();
  onTestFinished(() => close(page));
  await page.goto(SITE_URL + (await linkFor(worker, name, role)));
  await page.getByRole("button", { name: "Sign in here" }).click();
  await page.getByRole("heading", { name: "Stories" }).waitFor();
  await page.close();
  return desk;
}

/** A page with a new story, in which this was typed. */
export async function newStory({ context }: Desk, headline: string, text = "It sails again."): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${SITE_URL}/desk`);
  await page.getByRole("button", { name: "New story" }).click();
  await page.locator(TEXT).click();
  await page.keyboard.type(text);
  await page.locator("#headline").fill(headline);
  return page;
}

/** Waits until all that was typed is a revision. */
export const saved = (page: Page) => page.locator('.status[data-kind="saved"]').waitFor();
/** Waits until saving has failed. */
export const failed = (page: Page, kind: string) => page.locator(`.status[data-kind="${kind}"]`).waitFor();
/** The words of the story's text. */
export const words = (page: Page) => page.locator(TEXT).textContent();
