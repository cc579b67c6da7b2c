// The desk on a phone, and what the page says after an act.

import { expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, useDesk } from "./desk.ts";
import { inPage, NARROW, overflow, PHONE, violations } from "./windows.ts";

/** How many rows the header has: boxes side by side have middles that are close to each other. */
const ROWS = `(() => {
  const boxes = [...document.querySelectorAll(".bar .name, .bar nav a, .bar .me, .bar button")];
  const middles = boxes.map((box) => box.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2);
  middles.sort((a, b) => a - b);
  return middles.filter((middle, index) => index === 0 || middle - middles[index - 1] > 12).length;
})()`;

describeWith(TOOLS.chromium, "on a phone", () => {
  const started = useDesk({ UNDO_SECONDS: "0" });

  it("the header has two rows, also with names and words that are twice as long", async () => {
    const desk = await signIn(started, {
      name: "Mara Quill",
      role: "admin",
      viewport: PHONE,
    });
    const page = await desk.context.newPage();
    await page.goto(`${SITE_URL}/desk`);
    const rows = () => inPage<number>(page, ROWS);
    for (const size of [PHONE, NARROW]) {
      await page.setViewportSize(size);
      expect(await rows()).toBe(2);
      expect(await overflow(page)).toBe(0);
    }
    await takePicture(page, "desk-header-narrow");
    await inPage(
      page,
      'for (const one of document.querySelectorAll(".bar a, .bar button")) one.textContent += " " + one.textContent',
    );
    for (const dir of ["ltr", "rtl"]) {
      await inPage(page, `document.documentElement.dir = "${dir}"`);
      expect(await rows()).toBe(2);
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await takePicture(page, `desk-header-long-${dir}`);
    }
    // The last link is reached by keyboard, and shown then.
    await page.locator(".bar nav a").last().focus();
    const box = await page.locator(".bar nav a").last().boundingBox();
    expect(box && box.x + box.width > 0 && box.x < NARROW.width).toBe(true);
  });

  it("the page after publishing, withdrawing and deleting says what was done, with the focus there", async () => {
    const desk = await signIn(started, {
      name: "Ines Wolf",
      role: "editor",
      viewport: PHONE,
    });
    const page = await newStory(desk, "Said where it is seen");
    await saved(page);
    const said = async () => {
      const notice = page.locator('.done[role="status"]');
      await notice.waitFor();
      expect(await inPage(page, "document.activeElement.className")).toContain("done");
      const box = await notice.boundingBox();
      expect(box && box.y + box.height < PHONE.height).toBe(true);
      return notice.textContent();
    };
    await page.getByRole("link", { name: "Publish at …" }).click();
    await page.getByRole("button", { name: "Publish now", exact: true }).click();
    expect(await said()).toMatch(/^Revision \d+ (?:goes out now|is out)\./);
    expect(await violations(page)).toEqual([]);
    await takePicture(page, "desk-done");
    await page.getByRole("link", { name: "Withdraw" }).click();
    await page.getByRole("button", { name: "Withdraw it now" }).click();
    expect(await said()).toContain("comes back at the same address");
    // It does come back.
    await page.locator(".done").getByRole("button", { name: "Publish again" }).click();
    await page.getByRole("link", { name: "View the article" }).waitFor();
    const draft = await newStory(desk, "Not wanted");
    await saved(draft);
    await draft.getByRole("link", { name: "Delete this draft" }).click();
    await draft.getByText("This can't be undone.").waitFor();
    expect(await violations(draft)).toEqual([]);
    await takePicture(draft, "desk-delete");
    await draft.getByRole("button", { name: "Delete this draft for good" }).click();
    await draft.getByText("The draft was deleted.").waitFor();
    expect(await draft.getByText("Not wanted").count()).toBe(0);
  });
});
