// Publishing at the desk in a real browser: at a time by the site's clock, from a page that says what will happen, with and
// without script, by keyboard alone.

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { partner } from "../worker/partners/partners.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { DESKTOP, inPage, NARROW, overflow, PHONE, violations } from "./windows.ts";

/** A date far ahead, as the field has it and as people read it. */
const LOCAL = "2999-01-01T08:30";
const SAID = "1 January 2999, 08:30 Korean Standard Time";

describeWith(TOOLS.chromium, "publishing at the desk", () => {
  const desk = useDesk({ UNDO_SECONDS: "3" });
  beforeAll(async () => {
    await partner(desk.worker, "wire", { name: "The Wire" });
    await partner(desk.worker, "science", { name: "Science Weekly", select: { sections: ["science"] } });
    await partner(desk.worker, "portal", { name: "Portal", profile: "msn", delay: "2h" });
  });

  const signedIn = (options = {}) => signIn(desk, { name: "Mara", role: "editor", ...options });
  const typeMore = async (page: Page, text: string) => {
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(text);
  };
  /** A story of the API, opened. */
  async function opened({ context }: Awaited<ReturnType<typeof signIn>>, headline: string): Promise<Page> {
    const made = await desk.worker.api("/stories", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ article: { headline, body: { html: "<p>It sails again.</p>" } } }),
    });
    const { id } = (await made.json()) as { readonly id: string };
    const page = await context.newPage();
    await page.goto(`${SITE_URL}/desk/stories/${id}`);
    return page;
  }

  it("schedules what is on the screen, says that later changes aren't part of it, and takes it back", async () => {
    const mara = await signedIn();
    const page = await newStory(mara, "Scheduled");
    await saved(page);
    await typeMore(page, " Typed last.");
    await page.getByRole("link", { name: "Publish at …" }).click();
    await page.getByRole("heading", { name: "What will happen" }).waitFor();
    await page.getByRole("button", { name: "Publish now", exact: true }).waitFor();
    await page.getByLabel("At a time").check();
    await page.getByLabel("Publish at").fill(LOCAL);
    await page.getByRole("button", { name: "Schedule" }).click();
    await page.getByRole("button", { name: /^Undo/ }).waitFor();
    await page.locator(".scheduled").getByText("comes out on").waitFor();
    const schedule = page.locator(".scheduled");
    expect(await schedule.textContent()).toMatch(new RegExp(`^Revision \\d+ comes out on ${SAID}\\.$`));
    await typeMore(page, " Not part of it.");
    await saved(page);
    expect(await schedule.textContent()).toContain("What was changed since isn't part of it");
    const stored = await (await desk.worker.api("/articles/scheduled")).text();
    expect([stored.includes("Typed last."), stored.includes("Not part of it.")]).toEqual([true, false]);
    await takePicture(page, "desk-scheduled");

    await page.getByRole("link", { name: "Publish at …" }).click();
    expect(await page.getByLabel("Publish this revision at").inputValue()).toBe(LOCAL);
    expect(await page.getByRole("button", { name: "Schedule this revision", exact: true }).count()).toBe(1);
    await takePicture(page, "desk-publish-scheduled");
    await page.getByRole("button", { name: "Take it off the schedule" }).click();
    await page.locator(TEXT).waitFor();
    expect(await schedule.textContent()).toBe("");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("It is published.").waitFor();
    expect(await (await desk.worker.api("/articles/scheduled")).text()).toContain("Not part of it.");
  });

  it.each([
    ["an hour ahead", 3_600_000],
    ["a day behind", -86_400_000],
  ])(
    "a computer's clock that is %s does no harm: undo, its count-down and the schedule go by the server's",
    async (_, shift) => {
      const mara = await signedIn();
      await mara.context.addInitScript(`{
      const { now } = Date;
      const Wrong = class extends Date {
        constructor(...given) {
          super(...(given.length === 0 ? [now() + ${shift}] : given));
        }
        static now = () => now() + ${shift};
      };
      Date = Wrong;
    }`);
      const page = await newStory(mara, `Wrong clock ${shift}`);
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      const undo = page.getByRole("button", { name: /^Undo \([1-3] s\)$/ });
      await undo.waitFor();
      await undo.click();
      await page.getByText("It was not published.").waitFor();
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await page.getByText("It is published.").waitFor();
    },
  );

  it("is done by keyboard alone, from the text to the schedule", async () => {
    const mara = await signedIn();
    const page = await newStory(mara, "By keyboard");
    await page.locator(TEXT).focus();
    await page.keyboard.type("More. ");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("heading", { name: "What will happen" }).waitFor();
    for (let tabs = 0; (await inPage<string>(page, "document.activeElement.value")) !== "now"; tabs++) {
      expect(tabs).toBeLessThan(60);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type("01012999");
    await page.keyboard.press("Tab");
    await page.keyboard.type("0830AM");
    await page.keyboard.press("Enter");
    await page.locator(".scheduled").getByText("comes out on").waitFor();
    expect(await page.locator(".scheduled").textContent()).toContain("2999");
  });

  it("without script the same form schedules, refuses with a reason, keeps what was typed, and takes back", async () => {
    const mara = await signedIn({ javaScriptEnabled: false });
    const page = await opened(mara, "Without script at a time");
    await page.getByRole("link", { name: "Publish at …" }).click();
    const field = page.getByLabel("Publish at");
    await page.getByLabel("At a time").check();
    await field.fill(LOCAL);
    await page.getByRole("button", { name: "Schedule" }).click();
    await page.getByText("It will be scheduled in a few seconds.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "Publish at …" }).click();
    await page.getByLabel("At a time").check();
    await field.fill(LOCAL);
    await page.getByRole("button", { name: "Schedule" }).click();
    await page.getByText("It will be scheduled in a few seconds.").waitFor();
    const story = new URL(page.url()).pathname.replace("/desk", "");
    await until("it is scheduled", async () => {
      const { live } = (await (await desk.worker.api(story)).json()) as { readonly live: number | null };
      return live !== null;
    });
    await page.goto(`${SITE_URL}/desk`);
    await page
      .getByText(/scheduled for 1 Jan 2999, 08:30/)
      .first()
      .waitFor();
    await takePicture(page, "desk-stories-scheduled");
  });

  it("checks while somebody types, and leads to the field by a click or by keyboard", async () => {
    const mara = await signedIn();
    const page = await newStory(mara, "");
    const checks = page.locator(".checks");
    await checks.getByText("Headline is missing").waitFor();
    await page.locator("#headline").fill("x".repeat(151));
    await checks.getByText(/Headline: 151 characters. Lists show 110. Portal takes 150\./).waitFor();
    await checks.getByText(/lists cut it off after 110/).waitFor();
    await checks.getByText("Science Weekly doesn't get it: is in no section").waitFor();
    await page.locator("#slug").fill("No Slug");
    await takePicture(page, "desk-checks");
    await page.locator("#slug").fill("a-slug");
    await page.locator("#dek").fill(`${"x".repeat(151)} indeed`);
    const line = checks.getByRole("button", { name: /^The headline has 151 characters: lists/ });
    await line.focus();
    await page.keyboard.press("Enter");
    expect(await inPage(page, "document.activeElement.id")).toBe("headline");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("A headline as long as it should be");
    await page.locator("#section").selectOption("science");
    await until(
      "nothing is wrong with the headline",
      async () => !(await checks.textContent())?.includes("cut it off"),
    );
    expect(await checks.textContent()).not.toContain("Science Weekly");
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await overflow(page)).toBe(0);
  });

  it.each(["light", "dark"] as const)(
    "previews on a phone, in feeds and at partners, and shares by a link, without script: %s",
    async (colorScheme) => {
      const mara = await signedIn({ javaScriptEnabled: false, colorScheme });
      const page = await opened(mara, `Previewed everywhere: ${colorScheme}`);
      await page.getByRole("link", { name: "Preview" }).click();
      const tried = async (name: string) => {
        expect(await overflow(page)).toBe(0);
        await takePicture(page, `desk-preview-${name}-${colorScheme}`);
        await page.setViewportSize(NARROW);
        expect(await overflow(page)).toBe(0);
        await page.setViewportSize(DESKTOP);
      };
      await page.getByRole("link", { name: "Phone and desktop" }).click();
      const phone = page.frameLocator('iframe[title="Phone, 390 pixels wide"]');
      await phone.getByRole("heading", { name: /Previewed everywhere/ }).waitFor();
      await tried("sizes");
      // Each page is seen whole, however narrow the window is.
      for (const viewport of [{ width: 1280, height: 900 }, NARROW]) {
        await page.setViewportSize(viewport);
        for (const frame of await page.locator("iframe").all()) {
          const { x = -1, width = 0 } = (await frame.boundingBox()) ?? {};
          expect([x >= 0, x + width <= viewport.width, width > 0]).toEqual([true, true, true]);
        }
      }
      await page.setViewportSize(DESKTOP);
      await page.getByRole("link", { name: "In feeds" }).click();
      await page.getByRole("heading", { name: "JSON Feed" }).waitFor();
      await tried("feeds");
      await page.getByRole("link", { name: "At partners" }).click();
      await page.getByRole("heading", { name: "The Wire, as rss" }).waitFor();
      await tried("partners");
      await page.getByLabel("As it will be at").fill(LOCAL);
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("as it will be on 1 January 2999, 08:30").waitFor();
      await page.getByRole("link", { name: "Page", exact: true }).click();
      await page.getByText("This is how it will be on 1 January 2999, 08:30").waitFor();
      await page.getByRole("link", { name: "Show it to somebody outside" }).click();
      await page.getByRole("button", { name: "Make a link" }).click();
      const link = await page.getByLabel("The link, which is shown only now").inputValue();
      await tried("share");
      await mara.context.clearCookies();
      await page.goto(link);
      await page.getByText("A preview, for you.").waitFor();
      await takePicture(page, `desk-shared-${colorScheme}`);
    },
  );

  it("previews without a violation of axe's rules", async () => {
    const mara = await signedIn();
    const page = await opened(mara, "Previewed, and looked at");
    const { pathname } = new URL(page.url());
    for (const path of ["/preview", "/preview/feeds", "/preview/partners", "/share"]) {
      await page.goto(SITE_URL + pathname + path);
      expect([path, await violations(page)]).toEqual([path, []]);
    }
  });

  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    it.each([
      ["desktop", DESKTOP],
      ["phone", PHONE],
    ] as const)("no violation of axe's rules, nothing too wide: %s", async (device, viewport) => {
      const mara = await signedIn({ viewport, colorScheme });
      const page = await opened(mara, `The ferry is back, and what that means for the island: ${device}`);
      await page.locator(TEXT).waitFor();
      await page.getByRole("link", { name: "Publish at …" }).click();
      await page.getByRole("heading", { name: "What will happen" }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-publish-${device}-${colorScheme}`);
      await page.setViewportSize(NARROW);
      expect(await overflow(page)).toBe(0);
    });
  });
});
