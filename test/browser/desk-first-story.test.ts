// What somebody meets who writes their first story: an empty page, a long text, their own name, and the end of publishing.

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { PHOTOGRAPHS } from "../photograph.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { type Desk, newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { inPage, NARROW, PHONE } from "./windows.ts";

describeWith(TOOLS.chromium, "a first story at the desk", () => {
  const desk = useDesk({ UNDO_SECONDS: "3" });

  const signedIn = (options = {}) => signIn(desk, { name: "Mara", role: "editor", ...options });

  it.each([PHONE, { width: 1280, height: 800 }])(
    "shows the line that is being written, below the toolbar and above the bar: $width pixels wide",
    async (viewport) => {
      const page = await newStory(await signedIn({ viewport }), "Long");
      await page.locator(TEXT).focus();
      for (let number = 0; number < 40; number++) {
        await page.keyboard.insertText(`The ferry sails again, as it did in the winter of year ${number}.`);
        await page.keyboard.press("Enter");
      }
      await page.keyboard.type("Last words");
      const [caret, bar] = await inPage<readonly [number, number]>(
        page,
        `[
          getSelection().getRangeAt(0).getBoundingClientRect().bottom,
          document.querySelector(".foot").getBoundingClientRect().top,
        ]`,
      );
      await takePicture(page, `desk-long-${viewport.width}`);
      expect(caret).toBeGreaterThan(0);
      expect(caret).toBeLessThanOrEqual(bar);
      await page.keyboard.press("Control+Home");
      const first = () =>
        inPage<readonly [number, number]>(
          page,
          `[
            document.querySelector(".tools").getBoundingClientRect().bottom,
            getSelection().getRangeAt(0).getBoundingClientRect().top,
          ]`,
        );
      await expect
        .poll(async () => (([toolbar, top]) => top - toolbar)(await first()))
        .toBeGreaterThanOrEqual(0);
      await takePicture(page, `desk-long-start-${viewport.width}`);
    },
  );

  it("says of an empty story what is missing, not what follows from that, and where to write", async () => {
    const page = await emptyStory(await signedIn());
    const problems = page.locator(".checks .problem");
    await problems.first().waitFor();
    expect(await problems.allTextContents()).toEqual(["The headline is missing", "The text is missing"]);
    const hint = () =>
      inPage(page, `getComputedStyle(document.querySelector(".ProseMirror"), "::before").content`);
    expect(await hint()).toBe('"Text of the story"');
    await takePicture(page, "desk-empty-story");
    await page.locator(TEXT).focus();
    await page.keyboard.type("It");
    expect(await hint()).toBe("none");
  });

  it("says once that it is published, and then no longer what was true before", async () => {
    const page = await newStory(await signedIn(), "Said once");
    await saved(page);
    const draftOnly = page.getByRole("link", { name: "Delete this draft" });
    expect(await draftOnly.isVisible()).toBe(true);
    expect(await page.locator(".foot .buttons").textContent()).not.toContain("NaN");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("It is published.").waitFor();
    expect(
      await page
        .locator(".foot")
        .getByText(/published/i)
        .count(),
    ).toBe(1);
    expect(await draftOnly.isVisible()).toBe(false);
  });

  it("says that scheduling can be undone for as long as it can", async () => {
    const page = await newStory(await signedIn(), "Undone for a while");
    await saved(page);
    await page.getByRole("link", { name: "Publish at …" }).click();
    await page.getByLabel("At a time").check();
    await page.getByLabel("Publish at").fill("2999-01-01T08:30");
    await page.getByRole("button", { name: "Schedule" }).click();
    const undoable = page.getByText("You can undo this for 3 seconds.");
    await undoable.waitFor();
    await page.locator(".scheduled").getByText("comes out on").waitFor();
    expect(await undoable.count()).toBe(0);
    expect(await page.getByRole("link", { name: "Delete this draft" }).isVisible()).toBe(false);
  });

  it.each(["ltr", "rtl"])("has boxes beside their words, which wrap beside them: %s", async (direction) => {
    const page = await newStory(await signedIn({ viewport: NARROW }), "Boxes");
    await inPage(page, `document.documentElement.dir = "${direction}"`);
    /** Whether all lines of a label are beside its box, and how many there are. */
    const lines = (label: string) =>
      inPage<readonly [boolean, number]>(
        page,
        `(() => {
          const box = [...document.querySelectorAll("label")]
            .find((one) => one.textContent.includes(${JSON.stringify(label)}));
          const words = document.createRange();
          words.selectNodeContents([...box.childNodes].findLast((one) => one.textContent.trim() !== ""));
          const rects = [...words.getClientRects()].filter(({ width }) => width > 0);
          const { left, right } = box.querySelector("input").getBoundingClientRect();
          return [rects.every((one) => one.left >= right || one.right <= left), rects.length];
        })()`,
      );
    await page.getByText("More about the article").click();
    const [isBeside, count] = await lines("Sponsored");
    expect([isBeside, count > 1]).toEqual([true, true]);
    await page.locator("#choose-pictures").setInputFiles({
      ...{ name: "ferry.jpg", mimeType: "image/jpeg", buffer: Buffer.from(PHOTOGRAPHS.jpeg) },
    });
    await page.locator(".pictures .rows").getByRole("button", { name: /^Edit/ }).click();
    const [isDecorativeBeside, decorativeLines] = await lines("Decorative");
    expect([isDecorativeBeside, decorativeLines > 1]).toEqual([true, true]);
    await page.getByText(/click on it in the picture, or say where it is\.$/).waitFor();
    await takePicture(page, `desk-boxes-${direction}`);
  });

  it("offers who is signed in first for the byline, and keeps the choice", async () => {
    const page = await newStory(await signedIn(), "By myself");
    await page.getByRole("button", { name: "Add a byline" }).click();
    const who = page.locator(".bylines").getByLabel("Who");
    const offered = await who.locator("option").allTextContents();
    expect([offered.slice(0, 2), offered.at(-1)]).toEqual([["Choose a person", "Mara"], "Somebody else"]);
    await who.selectOption("Mara");
    await until("it is saved", async () => (await bylines(page))?.length === 1);
    expect(await bylines(page)).toEqual([{ name: "Mara" }]);
    await page.reload();
    await who.waitFor();
    expect(await inPage(page, `document.querySelector(".bylines select").selectedOptions[0].text`)).toBe(
      "Mara",
    );
  });

  it("offers who is signed in by their key, if site.yaml has them", async () => {
    const page = await newStory(await signedIn({ name: "David Choi" }), "By a known one");
    await page.getByRole("button", { name: "Add a byline" }).click();
    const who = page.locator(".bylines").getByLabel("Who");
    const offered = await who.locator("option").allTextContents();
    expect(offered.slice(0, 2)).toEqual(["Choose a person", "David Choi"]);
    expect(offered.filter((name) => name === "David Choi")).toHaveLength(1);
    await who.selectOption("David Choi");
    await until("it is saved", async () => (await bylines(page))?.length === 1);
    expect(await bylines(page)).toEqual(["david-choi"]);
  });

  /** A new story in which nothing was typed. */
  async function emptyStory({ context }: Desk): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${SITE_URL}/desk`);
    await page.getByRole("button", { name: "New story" }).click();
    await page.locator(TEXT).waitFor();
    return page;
  }

  /** The stored bylines of the story that is open. */
  async function bylines(page: Page): Promise<readonly unknown[] | undefined> {
    const path = new URL(page.url()).pathname.replace("/desk", "");
    const { article } = (await (await desk.worker.api(path)).json()) as {
      readonly article: { readonly bylines?: readonly unknown[] };
    };
    return article.bylines;
  }
});
