// The desk's people in a real browser: invitations, roles, sessions, the journal; by plain forms, without script.

import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Role } from "../../src/desk/inputs.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { linkFor } from "../worker/desk/desk.ts";
import { SITE_URL } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { EDITOR, saved, TEXT, useDesk } from "./desk.ts";
import { DESKTOP, inPage, NARROW, overflow, PHONE, violations } from "./windows.ts";

describeWith(TOOLS.chromium, "people at the desk", () => {
  const desk = useDesk();

  /** A browser in which nobody is signed in. */
  async function newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await desk.browser.newContext({ viewport: DESKTOP, ...options });
    onTestFinished(async () => {
      await context.unrouteAll({ behavior: "ignoreErrors" });
      await context.close();
    });
    await context.route("**/*", (route) => route.abort());
    await context.route(`${SITE_URL}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const [, module] = /^\/desk\/([a-z]+\.js)$/.exec(pathname) ?? [];
      if (module !== undefined) return route.fulfill({ path: join(EDITOR, module) });
      return route.fulfill({
        response: await route.fetch({ url: desk.worker.url + pathname + search, maxRedirects: 0 }),
      });
    });
    return context;
  }

  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(SITE_URL + path);
    return page;
  }

  async function signIn(context: BrowserContext, name: string, role: Role): Promise<Page> {
    const page = await open(context, await linkFor(desk.worker, name, role));
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
    if ("javaScriptEnabled" in options)
      expect(await page.getByRole("button", { name: "Copy" }).count()).toBe(0);
    else {
      await own.grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.getByRole("button", { name: "Copy" }).click();
      await page.getByRole("status").getByText("Copied.").waitFor();
      expect(await inPage<string>(page, "navigator.clipboard.readText()")).toBe(link);
    }
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
    await page.getByRole("link", { name: "Remove from the desk" }).click();
    await page.getByText("This can't be undone.").waitFor();
    await looksWell(page, `desk-remove-${colorScheme}`);
    await page.getByRole("button", { name: "Remove from the desk" }).click();
    await page.getByRole("heading", { name: "People" }).waitFor();
    expect(await page.getByRole("link", { name: "Mara Quill" }).count()).toBe(0);

    await page.getByRole("link", { name: "Journal" }).click();
    await page.getByText("removed Mara Quill from the desk").first().waitFor();
    await looksWell(page, `desk-journal-${colorScheme}`);
    await page.getByLabel("What was done").selectOption("… signed in");
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

  describe("a session that is over while somebody writes", () => {
    /** Mara's story in the editor, after her session has ended and she has typed on. */
    async function writeOn(name: string, beforehand: (page: Page) => Promise<void> = async () => undefined) {
      const context = await newBrowser();
      const first = await signIn(context, name, "editor");
      await beforehand(first);
      await first.goto(`${SITE_URL}/desk`);
      await first.getByRole("button", { name: "New story" }).click();
      await first.locator(TEXT).click();
      await first.keyboard.type("Typed before.");
      await first.locator("#headline").fill(`By ${name}`);
      await saved(first);
      const { DB } = await desk.worker.env();
      await DB.prepare("DELETE FROM sessions WHERE person = (SELECT id FROM people WHERE name = ?)")
        .bind(name)
        .run();
      await first.locator(TEXT).click();
      await first.keyboard.press("Control+End");
      await first.keyboard.type(" Typed after.");
      await first.getByRole("dialog", { name: "Sign in again" }).waitFor();
      // Whoever types on presses no button.
      await first.keyboard.type(" x\n");
      await first.getByRole("dialog", { name: "Sign in again" }).waitFor();
      return { context, page: first, path: new URL(first.url()).pathname.replace("/desk", "") };
    }
    const stored = async (path: string) =>
      (await (await desk.worker.api(path)).json()) as { by: string; article: { body: { html: string } } };

    it("goes on with a passkey, without leaving the page", async () => {
      const { page, path } = await writeOn("Pia", async (own) => {
        await deviceOf(own);
        await own.goto(`${SITE_URL}/desk/me`);
        await own.getByRole("button", { name: "Add a passkey" }).click();
        await own.getByRole("button", { name: "Rename" }).waitFor();
      });
      await inPage(page, axe.source);
      const { violations: wrong } = await inPage<AxeResults>(page, "axe.run('#session-over')");
      expect(wrong.map(({ id }) => id)).toEqual([]);
      await page.screenshot(process.env.PICTURES ? { path: "test/out/desk-session-over.png" } : {});
      await page.setViewportSize(NARROW);
      expect(await overflow(page)).toBe(0);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await saved(page);
      expect((await stored(path)).article.body.html).toContain("Typed before. Typed after.");
    });

    it("goes on after a link in another tab; under another's name only if that is wanted", async () => {
      const { context, page, path } = await writeOn("Lina");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("You are not signed in yet.").waitFor();
      const other = await signIn(context, "Otto", "editor");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("You are signed in as Otto, and Lina wrote this.").waitFor();
      expect((await stored(path)).article.body.html).not.toContain("Typed after.");
      await other.goto(SITE_URL + (await linkFor(desk.worker, "Lina", "editor")));
      await other.getByRole("button", { name: "Sign in here" }).click();
      await other.getByRole("link", { name: "Lina, editor" }).waitFor();
      await page.getByRole("button", { name: "Continue" }).click();
      await saved(page);
      const { by, article } = await stored(path);
      expect([by, article.body.html]).toEqual(["Lina", "<p>Typed before. Typed after.</p>"]);
    });

    it("can wait: what was typed is there when the story is opened again", async () => {
      const { context, page, path } = await writeOn("Wim");
      await page.getByRole("button", { name: "Not now" }).click();
      const signInAgain = page.getByRole("button", { name: "Sign in again" });
      const [said, button] = await Promise.all([
        page.locator(".foot .status").boundingBox(),
        signInAgain.boundingBox(),
      ]);
      const below = (button?.y ?? 0) - (said?.y ?? 0) - (said?.height ?? 0);
      expect(below, "beside or right below what says that it isn't saved").toBeLessThan(16);
      await signInAgain.click();
      await page.getByRole("button", { name: "Not now" }).click();
      const url = page.url();
      await page.close({ runBeforeUnload: false });
      await signIn(context, "Wim", "editor");
      const again = await context.newPage();
      await again.goto(url);
      await again.getByText("was not saved yet. It has been restored.").waitFor();
      await saved(again);
      expect((await stored(path)).article.body.html).toContain("Typed after.");
    });
  });

  it("an editor sees every field that a program or a reporter has set", async () => {
    const article = {
      headline: "Set by a program",
      id: "tag:evil.example,2024:1",
      url: "https://evil.example/",
      corrections: [{ at: "2024-01-01T00:00:00Z", kind: "correction", text: "Nobody wrote this." }],
    };
    const made = await desk.worker.api("/stories", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ article }),
    });
    const { id } = (await made.json()) as { readonly id: string };
    const page = await signIn(await newBrowser(), "Edda", "editor");
    await page.goto(`${SITE_URL}/desk/stories/${id}`);
    await page.locator(TEXT).waitFor();
    await page.getByText("tag:evil.example,2024:1").waitFor();
    await page.getByText("Nobody wrote this.").waitFor();
    expect(await page.getByLabel("Original address").isVisible()).toBe(true);
    await looksFine(page, "desk-more-fields");
  });

  describe("a passkey", () => {
    it("is added after the link, signs in without one, is renamed and removed", async () => {
      const context = await newBrowser();
      const page = await open(context, await linkFor(desk.worker, "Mara", "editor"));
      const { device } = await deviceOf(page);
      await looksFine(page, "desk-sign-in-link");
      await page.getByRole("button", { name: "Sign in and add a passkey" }).click();
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await page.getByRole("button", { name: "Rename" }).waitFor();
      await page.getByLabel("Name").fill("Mara’s laptop");
      await page.getByRole("button", { name: "Rename" }).click();
      await page.getByRole("button", { name: "Remove: Mara’s laptop" }).waitFor();
      await looksFine(page, "desk-me-passkey");
      expect((await device()).length).toBe(1);
      // A second one on the same device is refused by the browser itself.
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await page.getByText("This device has a passkey of yours already.").waitFor();

      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in to the desk" }).waitFor();
      await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
      await looksFine(page, "desk-sign-in");
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByRole("heading", { name: "Stories" }).waitFor();
      await page.getByRole("link", { name: "Mara, editor" }).click();
      expect(await page.getByLabel("Name").inputValue()).toBe("Mara’s laptop");
      await page.getByText("last used: Today").first().waitFor();

      await page.getByRole("button", { name: "Remove: Mara’s laptop" }).click();
      await page.getByText("No passkeys yet.").waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText("This passkey doesn't sign anybody in here.").waitFor();
    });

    it("whose person isn't verified signs nobody in, and the page says so", async () => {
      const page = await signIn(await newBrowser(), "Unverified", "reporter");
      const { verified } = await deviceOf(page);
      await page.goto(`${SITE_URL}/desk/me`);
      await page.getByRole("button", { name: "Add a passkey" }).click();
      await page.getByRole("button", { name: "Rename" }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await verified(false);
      await page.getByRole("button", { name: "Sign in with a passkey" }).click();
      await page.getByText("It was cancelled, or took too long. Try again.").waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
});

/** A virtual authenticator in a page's browser: it makes passkeys that need no name, and verifies its person. */
async function deviceOf(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    device: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    verified: (isUserVerified: boolean) =>
      cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}
