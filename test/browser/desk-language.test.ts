// The editor in another language: an invented one, in which each text stands in brackets. Nothing that it shows is in English.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { inventedLanguage, notTranslated } from "../words/invented.ts";
import type { RunningWorker } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, startDesk, TEXT } from "./desk.ts";
import { draw } from "./pictures.ts";
import { inPage } from "./windows.ts";

const START_LIMIT_MS = 180_000;
/** The site's title, and examples in empty fields. */
const OWN = ["Wireroom Daily", "KESMARK", "en"];
/** The texts of a page, and what screen readers say of its elements; not what somebody typed, and not codes. */
const SHOWN = `(() => {
  const shown = [];
  const others = "script, style, code, pre, bdi, .ProseMirror [contenteditable=true] *, option:not([value=''])";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(others)) shown.push(node.data);
  for (const element of document.querySelectorAll("*"))
    for (const name of ["aria-label", "aria-description", "title", "placeholder", "alt"])
      shown.push(element.getAttribute(name) ?? "");
  return shown;
})()`;

describeWith(TOOLS.chromium, "the editor in another language", () => {
  let browser: Browser;
  let worker: RunningWorker;
  beforeAll(async () => {
    ({ browser, worker } = await startDesk({ UNDO_SECONDS: "0" }, inventedLanguage()));
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await worker?.close();
  });

  const englishOn = async (page: Page): Promise<readonly string[]> => {
    const shown = await inPage<readonly string[]>(page, SHOWN);
    expect(shown.some((text) => text.includes("⟦"))).toBe(true);
    return notTranslated(shown, OWN);
  };

  it("has no text in English: the story, its fields, checks, dialogs, pictures", async () => {
    const leda = await signIn(browser, worker, { name: "Λήδα", role: "editor" });
    const page = await newStory(leda, "Σήμερα", "Χθες και αύριο.");
    await saved(page);
    expect(await englishOn(page)).toEqual([]);
    await inPage(page, "for (const details of document.querySelectorAll('details')) details.open = true;");
    const { bytes } = await draw(browser, "harbour");
    const file = { name: "1.png", mimeType: "image/png", buffer: bytes };
    await page.locator("#choose-pictures").setInputFiles([file]);
    await page.locator(".pictures .rows > li").first().waitFor();
    await saved(page);
    expect(await englishOn(page)).toEqual([]);
    await takePicture(page, "desk-language");
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+k");
    await page.locator("dialog").waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });
});
