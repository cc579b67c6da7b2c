// The desk in a real browser on a hard day: a database that is down, a clock that is wrong, a deploy in the middle of a
// sentence, a very long text, a whole page pasted in, Arabic. Nothing that was typed is lost.

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { StoryAnswer } from "../../src/desk/answers.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { failed, newStory, saved, signIn, TEXT, useDesk, words } from "./desk.ts";

/** Shifts the page's clock by so many milliseconds from now on. */
const MOVE_CLOCK = `(milliseconds) => {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) {
      super(...(given.length === 0 ? [Right.now() + milliseconds] : given));
    }
    static now() {
      return Right.now() + milliseconds;
    }
  };
}`;

describeWith(TOOLS.chromium, "the desk on a hard day", () => {
  const started = useDesk({ UNDO_SECONDS: "3" });

  const mara = () => signIn(started, { name: "Mara", role: "editor" });
  const idOf = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const stored = async (page: Page): Promise<StoryAnswer> =>
    (await (await started.worker.api(`/stories/${idOf(page)}`)).json()) as StoryAnswer;
  /** Waits until the server has a text with these words. */
  const arrived = (page: Page, text: string) =>
    until(`the server has “${text.slice(0, 40)}”`, async () => {
      const story = await stored(page);
      return JSON.stringify(story.article.body ?? "").includes(text) && story;
    });
  async function typeAtEnd(page: Page, text: string): Promise<void> {
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(text);
  }
  /** Pastes HTML into the text, as the started.browser does. */
  const paste = (page: Page, html: string) =>
    page.evaluate(`{
      const data = new DataTransfer();
      data.setData("text/html", ${JSON.stringify(html)});
      const init = { clipboardData: data, bubbles: true, cancelable: true };
      document.querySelector(${JSON.stringify(TEXT)}).dispatchEvent(new ClipboardEvent("paste", init));
    }`);

  it("says that D1 is down, keeps what is typed meanwhile, and saves it afterwards", async () => {
    const desk = await mara();
    const page = await newStory(desk, "Down");
    await arrived(page, "It sails again.");
    const { DB } = await started.worker.env();
    await DB.prepare("ALTER TABLE revisions RENAME TO revisions_away").run();
    try {
      await typeAtEnd(page, " Typed without a database.");
      await failed(page, "unreachable");
      expect(await page.locator(".status").textContent()).toContain("Your text is kept in this browser");
    } finally {
      await DB.prepare("ALTER TABLE revisions_away RENAME TO revisions").run();
    }
    await arrived(page, "It sails again. Typed without a database.");
    await saved(page);
  });

  it("doesn't depend on the computer's clock, which jumps by a day each way", async () => {
    const desk = await mara();
    const page = await newStory(desk, "Clocks");
    await arrived(page, "It sails again.");
    for (const days of [1, -2]) {
      await page.evaluate(`(${MOVE_CLOCK})(${days * 86_400_000})`);
      await typeAtEnd(page, ` Day ${days}.`);
      await arrived(page, `Day ${days}.`);
    }
    await page.getByRole("button", { name: "Publish" }).click();
    const label = await page.getByRole("button", { name: /^Undo/ }).textContent();
    expect(Number(/\d+/.exec(label ?? "")?.[0])).toBeLessThan(60);
    await until("it is out", async () => (await stored(page)).live !== null);
    const { published } = await stored(page);
    expect(Math.abs(Date.parse(published ?? "") - Date.now())).toBeLessThan(120_000);
  });

  it("goes on through a deploy in the middle of a sentence", async () => {
    const desk = await mara();
    const page = await newStory(desk, "Deployed");
    await typeAtEnd(page, " Before");
    await started.worker.reload();
    await typeAtEnd(page, " and after.");
    await arrived(page, "It sails again. Before and after.");
    expect(await words(page)).toBe("It sails again. Before and after.");
  });

  it("holds 200 kB of text, and saves what is typed behind it", async () => {
    const desk = await mara();
    const page = await newStory(desk, "Long", "Begin.");
    const paragraph = `<p>${"The ferry sails to the other shore and back again. ".repeat(20)}</p>`;
    await paste(page, paragraph.repeat(200));
    await typeAtEnd(page, " The end.");
    const story = await arrived(page, "The end.");
    expect(JSON.stringify(story.article).length).toBeGreaterThan(200_000);
    await page.reload();
    await page.locator(TEXT).waitFor();
    expect((await words(page))?.endsWith("The end.")).toBe(true);
  });

  it("takes a whole page that is pasted in: its words, and nothing that runs", async () => {
    const desk = await mara();
    const page = await newStory(desk, "Pasted", "First.");
    await page.keyboard.press("Control+End");
    await paste(
      page,
      `<html><head><style>p{color:red}</style><title>T</title><script>document.title = "ran"</script></head><body onload="document.title='ran'">
       <nav><ul><li><a href="/">Home</a></li></ul></nav><main><h1>The quay</h1><p style="float:left" onclick="document.title='ran'">The <b>old</b> crane.</p>
       <form><input value="x"><button>Send</button></form><p><img src="x" onerror="document.title='ran'" alt="A crane">Stands.</p></main></body></html>`,
    );
    const { article } = await arrived(page, "crane");
    const { html } = article.body as { readonly html: string };
    expect(html).toContain("The <strong>old</strong> crane.");
    expect(html).not.toMatch(/script|onclick|onerror|onload|style=/);
    expect(await page.title()).not.toBe("ran");
  });

  it("writes Arabic from right to left, beside a Latin name, and finds it again", async () => {
    const desk = await mara();
    const text = "عاد المركب David إلى الميناء.";
    const page = await newStory(desk, "عودة المركب", text);
    await arrived(page, text);
    await page.reload();
    await page.locator(TEXT).waitFor();
    expect([await words(page), await page.locator("#headline").inputValue()]).toEqual([text, "عودة المركب"]);
    const direction = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).direction`);
    expect(await direction("#headline")).toBe("rtl");
    await page.goto(`${SITE_URL}/desk?q=${encodeURIComponent("المركب")}`);
    expect(await page.locator(".stories li").first().textContent()).toContain("عودة المركب");
  });

  it("offers to save what was typed as a new story, if somebody has deleted the draft meanwhile", async () => {
    const desk = await mara();
    const page = await newStory(desk, "The lost draft", "Begun.");
    await saved(page);
    const gone = page.url();
    const other = await desk.context.newPage();
    await other.goto(`${gone}/delete`);
    await other.getByRole("button", { name: "Delete this draft for good" }).click();
    await other.getByText("The draft was deleted.").waitFor();
    await typeAtEnd(page, " Typed behind it.");
    await failed(page, "deleted");
    await page.getByRole("button", { name: "Save your text as a new story" }).click();
    await page.waitForURL((url) => url.href !== gone);
    await page.locator(TEXT).waitFor();
    expect([await words(page), await page.locator("#headline").inputValue()]).toEqual([
      "Begun. Typed behind it.",
      "The lost draft",
    ]);
    expect((await stored(page)).article).toMatchObject({ headline: "The lost draft" });
  });
});
