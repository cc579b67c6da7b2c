// The editor in another language: an invented one, in which each text stands in brackets. Nothing that it shows is in English.

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeWith, TOOLS } from "../tools.ts";
import { inventedLanguage, notTranslated } from "../words/invented.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { draw } from "./pictures.ts";
import { inPage } from "./windows.ts";

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
  const desk = useDesk({ UNDO_SECONDS: "0" }, inventedLanguage());

  const englishOn = async (page: Page): Promise<readonly string[]> => {
    const shown = await inPage<readonly string[]>(page, SHOWN);
    expect(shown.some((text) => text.includes("⟦"))).toBe(true);
    return notTranslated(shown, OWN);
  };

  it("has no text in English: the story, its fields, checks, dialogs, pictures", async () => {
    const leda = await signIn(desk, { name: "Λήδα", role: "editor" });
    const page = await newStory(leda, "Σήμερα", "Χθες και αύριο.");
    await saved(page);
    expect(await englishOn(page)).toEqual([]);
    await inPage(page, "for (const details of document.querySelectorAll('details')) details.open = true;");
    const { bytes } = await draw(desk.browser, "harbour");
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
