// The desk's people in a real browser: invitations, roles, sessions, the journal; by plain forms, without script.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Role } from "../../src/desk/inputs.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { linkFor } from "../worker/desk/desk.ts";
import { type RunningWorker, SITE_URL, startWorker, TOKEN } from "../worker/harness.ts";
import { startBrowser, takePicture } from "./chromium.ts";
import { close, DESKTOP, NARROW, overflow, PHONE, violations } from "./windows.ts";

const START_LIMIT_MS = 180_000;

describeWith(TOOLS.chromium, "people at the desk", () => {
  let browser: Browser;
  let worker: RunningWorker;
  beforeAll(async () => {
    browser = await startBrowser();
    worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN } });
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });

  /** A browser in which nobody is signed in. */
  async function newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: DESKTOP, ...options });
    await context.route("**/*", (route) => route.abort());
    await context.route(`${SITE_URL}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url());
      return route.fulfill({
        response: await route.fetch({ url: worker.url + pathname + search, maxRedirects: 0 }),
      });
    });
    return context;
  }

  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    onTestFinished(() => close(page));
    await page.goto(SITE_URL + path);
    return page;
  }

  async function signIn(context: BrowserContext, name: string, role: Role): Promise<Page> {
    const page = await open(context, await linkFor(worker, name, role));
    await page.getByRole("button", { name: "Sign in here" }).click();
    await page.getByRole("heading", { name: "Stories" }).waitFor();
    return page;
  }

  async function looksFine(page: Page, name: string): Promise<void> {
    expect(await violations(page), name).toEqual([]);
    expect(await overflow(page), name).toBe(0);
    await takePicture(page, name);
    const before = page.viewportSize();
    await page.setViewportSize(NARROW);
    expect(await overflow(page), `${name}, narrow`).toBe(0);
    if (before) await page.setViewportSize(before);
  }

  it.each([
    ["light", { viewport: DESKTOP, colorScheme: "light" }],
    ["dark, on a phone", { viewport: PHONE, colorScheme: "dark" }],
    ["light, without script", { javaScriptEnabled: false, colorScheme: "light" }],
  ] as const)("an admin invites, raises, signs out and removes somebody, in %s", async (_, options) => {
    const { colorScheme } = options;
    const looksWell = "javaScriptEnabled" in options ? async () => undefined : looksFine;
    const own = await newBrowser(options);
    const page = await signIn(own, "Ada", "admin");
    await page.getByRole("link", { name: "People" }).click();
    await looksWell(page, `desk-people-${colorScheme}`);
    await page.getByLabel("Name, as colleagues know them").fill("Mara Quill");
    await page.getByLabel("Role").selectOption("editor");
    await page.getByRole("button", { name: "Make a sign-in link" }).click();
    const link = await page.getByLabel("Send it to this person alone.").inputValue();
    await looksWell(page, `desk-invited-${colorScheme}`);
    const hers = await newBrowser({ javaScriptEnabled: false });
    const her = await open(hers, link.replace(SITE_URL, ""));
    await her.getByRole("button", { name: "Sign in here" }).click();
    await her.getByRole("link", { name: "Mara Quill, editor" }).waitFor();

    await page.reload();
    await page.goto(`${SITE_URL}/desk/people`);
    expect(await page.locator("main").textContent()).not.toContain("/desk/sign-in/");
    await page.getByRole("link", { name: "Mara Quill" }).click();
    await looksWell(page, `desk-person-${colorScheme}`);
    await page.getByLabel("Role").selectOption("admin");
    await page.getByRole("button", { name: "Save" }).click();
    await her.reload();
    await her.getByRole("link", { name: "People" }).waitFor();

    await page.getByRole("button", { name: /^End 1 session/ }).click();
    await page.getByText("In no browser.").waitFor();
    await her.reload();
    await her.getByRole("heading", { name: "Sign in to the desk" }).waitFor();
    await page.getByRole("button", { name: "Remove from the desk" }).click();
    await page.getByRole("heading", { name: "People" }).waitFor();
    expect(await page.getByRole("link", { name: "Mara Quill" }).count()).toBe(0);

    await page.getByRole("link", { name: "Journal" }).click();
    await page.getByText("removed Mara Quill from the desk").first().waitFor();
    await looksWell(page, `desk-journal-${colorScheme}`);
    await page.getByLabel("What was done").selectOption("signed in");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("Mara Quill signed in").first().waitFor();
    expect(await page.getByText("removed Mara Quill").count()).toBe(0);
  });

  it("everybody sees their own browsers, and signs the others out", async () => {
    const first = await signIn(await newBrowser(), "Tomas", "reporter");
    const second = await signIn(await newBrowser(), "Tomas", "reporter");
    await first.getByRole("link", { name: "Tomas, reporter" }).click();
    await first.getByText("(this browser)").waitFor();
    await looksFine(first, "desk-me");
    await first.getByRole("button", { name: "End the other 1 session" }).click();
    await first.getByText("(this browser)").waitFor();
    await second.reload();
    await second.getByRole("heading", { name: "Sign in to the desk" }).waitFor();
  });
});
