import { describe, expect, it } from "vitest";
import type { Role } from "../../src/desk/inputs.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { failed, newStory, saved, signIn, TEXT, useDesk, words } from "./desk.ts";
import { DESKTOP, inPage, NARROW, overflow, PHONE, violations } from "./windows.ts";

describeWith(TOOLS.chromium, "the desk in a browser", () => {
  const desk = useDesk({ UNDO_SECONDS: "3" });

  const signedIn = (name: string, role: Role, options = {}) => signIn(desk, { name, role, ...options });

  it("writes a story, has it saved without being told, and finds it again", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "The ferry is back");
    await saved(page);
    await until(
      "a revision",
      async () => (await page.locator(".status").textContent()) !== "Saved as revision 1.",
    );
    await saved(page);
    await page.reload();
    await page.locator(TEXT).waitFor();
    expect(await page.locator("#headline").inputValue()).toBe("The ferry is back");
    expect(await words(page)).toBe("It sails again.");
    await page.goto(`${SITE_URL}/desk`);
    expect(await page.locator(".stories li").first().textContent()).toMatch(
      /The ferry is back\s*draft\s*\d\d:\d\d, by Mara/,
    );
    await takePicture(page, "desk-stories");
  });

  it("publishes what is on the screen, also what was typed a moment ago; and undoes that", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Undone and done");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page.getByText("It was not published.").waitFor();
    expect((await desk.worker.api("/articles/undone-and-done")).status).toBe(404);
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Typed last.");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("It is published.").waitFor();
    const stored = await (await desk.worker.api("/articles/undone-and-done")).text();
    expect(stored).toContain("It sails again. Typed last.");
    await takePicture(page, "desk-published");
  });

  it("says what keeps a story from being published", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("The headline is missing").waitFor();
    await takePicture(page, "desk-refused");
  });

  it("keeps what is typed while the server can't be reached, and saves it when it can", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Offline");
    await saved(page);
    mara.isCut = (method) => method === "PUT";
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Written on a train.");
    await failed(page, "unreachable");
    await takePicture(page, "desk-offline");
    // The lid is closed, and opened again.
    const { pathname } = new URL(page.url());
    await page.close({ runBeforeUnload: false });
    mara.isCut = () => false;
    const again = await mara.context.newPage();
    await again.goto(SITE_URL + pathname);
    await again
      .getByText("Text that you typed here earlier was not saved yet. It has been restored.")
      .waitFor();
    expect(await words(again)).toBe("It sails again. Written on a train.");
    await saved(again);
    const answer = await desk.worker.api(pathname.replace("/desk", ""));
    expect(await answer.text()).toContain("Written on a train.");
  });

  it("keeps what each tab couldn't save, also once another one has saved", async () => {
    const mara = await signedIn("Mara", "editor");
    const first = await newStory(mara, "Two tabs", "Written before.");
    await saved(first);
    const address = first.url();
    const second = await mara.context.newPage();
    await second.goto(address);
    await saved(second);
    mara.isCut = (method) => method === "PUT";
    for (const [page, text] of [
      [first, " In the first."],
      [second, " In the second."],
    ] as const) {
      await page.locator(TEXT).click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type(text);
      await failed(page, "unreachable");
    }
    for (const page of [first, second]) await page.close({ runBeforeUnload: false });
    mara.isCut = () => false;
    const third = await mara.context.newPage();
    await third.goto(address);
    await third.getByText("It has been restored.").waitFor();
    expect(await words(third)).toBe("Written before. In the second.");
    await saved(third);
    const fourth = await mara.context.newPage();
    await fourth.goto(address);
    await fourth.getByRole("heading", { name: "Two versions of this story" }).waitFor();
    await fourth.getByRole("button", { name: "Keep yours" }).click();
    await saved(fourth);
    expect(await words(fourth)).toBe("Written before. In the first.");
  });

  it("recognises a save whose answer was lost: no conflict, no duplicate", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Lost answer");
    await saved(page);
    let lost = 0;
    mara.isLost = (method) => method === "PUT" && lost++ === 0;
    await page.locator("#dek").fill("Sent, and not heard of.");
    await failed(page, "unreachable");
    await saved(page);
    expect(lost).toBe(2);
    expect(await page.locator(".notice").textContent()).toBe("");
  });

  it.each([
    ["Keep yours", "Mara's words."],
    ["Use theirs", "Tomas's words."],
  ])("shows both texts where two people wrote at once, and neither is lost: %s", async (choice, stays) => {
    const mara = await signedIn("Mara", "editor");
    const tomas = await signedIn("Tomas", "reporter");
    const page = await newStory(mara, `Two writers: ${choice}`, "");
    await saved(page);
    await until(
      "it is saved",
      async () => (await page.locator(".status").textContent()) !== "Saved as revision 1.",
    );
    await saved(page);
    const theirs = await tomas.context.newPage();
    await theirs.goto(page.url());
    await theirs.locator(TEXT).click();
    await theirs.keyboard.type("Tomas's words.");
    await saved(theirs);
    await page.locator(TEXT).click();
    await page.keyboard.type("Mara's words.");
    await failed(page, "outdated");
    await page.getByRole("heading", { name: "Two versions of this story" }).waitFor();
    await takePicture(page, "desk-two-texts");
    const differing = page.locator(".differences");
    expect(await differing.locator("dt").allTextContents()).toEqual(["Text"]);
    expect(await differing.locator("del").allTextContents()).toEqual(["Tomas"]);
    expect(await differing.locator("ins").allTextContents()).toEqual(["Mara"]);
    expect(await page.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: choice }).click();
    await saved(page);
    expect(await words(page)).toBe(stays);
    const path = new URL(page.url()).pathname.replace("/desk", "");
    const { revisions } = (await (await desk.worker.api(`${path}/revisions`)).json()) as {
      readonly revisions: readonly { readonly number: number }[];
    };
    const texts = await Promise.all(
      revisions.map(async ({ number }) => (await desk.worker.api(`${path}/revisions/${number}`)).text()),
    );
    for (const text of ["Tomas's words.", "Mara's words."])
      expect(texts.some((one) => one.includes(text))).toBe(true);
    expect(texts[0]).toContain(stays);
  });

  it("loses nothing when the session is over", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Signed out");
    await saved(page);
    const cookies = await mara.context.cookies();
    await mara.context.clearCookies();
    await page.locator("#dek").fill("Typed without a session.");
    await failed(page, "signed-out");
    await mara.context.addCookies(cookies);
    await page.getByRole("button", { name: "Continue" }).click();
    await saved(page);
    const path = new URL(page.url()).pathname.replace("/desk", "");
    expect(await (await desk.worker.api(path)).text()).toContain("Typed without a session.");
  });

  it("lists what was saved, shows an older text, and restores it also from under a conflict", async () => {
    const mara = await signedIn("Mara", "editor");
    const tomas = await signedIn("Tomas", "reporter");
    const page = await newStory(mara, "Restored", "Mara's words.");
    await saved(page);
    await until(
      "it is saved",
      async () => (await page.locator(".status").textContent()) !== "Saved as revision 1.",
    );
    await saved(page);
    const theirs = await tomas.context.newPage();
    await theirs.goto(page.url());
    await theirs.locator(TEXT).click();
    await theirs.keyboard.press("Control+A");
    await theirs.keyboard.type("Tomas's words.");
    await saved(theirs);
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" And more.");
    await failed(page, "outdated");
    await page.getByRole("button", { name: "Use theirs" }).click();
    await saved(page);
    expect(await words(page)).toBe("Tomas's words.");

    // Without leaving the page the list has what was saved since it was opened.
    await page.getByText("History", { exact: true }).click();
    const path = new URL(page.url()).pathname;
    const { revisions } = (await (
      await desk.worker.api(`${path.replace("/desk", "")}/revisions`)
    ).json()) as {
      readonly revisions: readonly { readonly number: number }[];
    };
    const newest = revisions[0]?.number ?? 0;
    await page.locator("#history li").first().getByText(`Revision ${newest}`).waitFor();
    await takePicture(page, "desk-history");
    // The one before the newest holds what Mara had typed when she took Tomas's.
    await page.goto(`${SITE_URL}${path}/revisions/${newest - 1}`);
    await page.locator(".past").getByText("Mara's words. And more.").waitFor();
    await page.getByRole("heading", { name: `What differs from revision ${newest}` }).waitFor();
    expect(await page.locator(".differences del").allTextContents()).toEqual(["Mara", " And more."]);
    expect(await page.locator(".differences ins").allTextContents()).toEqual(["Tomas"]);
    expect(await violations(page)).toEqual([]);
    await takePicture(page, "desk-revision");
    await page.setViewportSize(NARROW);
    expect(await overflow(page)).toBe(0);
    await page.getByRole("button", { name: "Restore this" }).click();
    await page.locator(TEXT).waitFor();
    expect(await words(page)).toBe("Mara's words. And more.");
    expect(await page.locator(".status").textContent()).toBe(`Saved as revision ${newest + 1}.`);
    await takePicture(page, "desk-narrow");
    await page.locator("#history summary").click();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it("previews what is on the screen, in a tab of its own; a reporter may too", async () => {
    const tomas = await signedIn("Tomas", "reporter", { viewport: PHONE });
    const page = await newStory(tomas, "Previewed");
    const open = async () => {
      const [tab] = await Promise.all([
        tomas.context.waitForEvent("page"),
        page.getByRole("link", { name: "Preview" }).click(),
      ]);
      await tab.getByRole("heading", { name: "Previewed" }).waitFor();
      return tab;
    };
    const first = await open();
    expect(await first.locator(".story").textContent()).toContain("It sails again.");
    expect(await violations(first)).toEqual([]);
    await takePicture(first, "desk-preview");
    await first.close();
    await page.locator(TEXT).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Typed last.");
    const second = await open();
    expect(await second.locator(".story").textContent()).toContain("It sails again. Typed last.");
    await second.setViewportSize(NARROW);
    expect(await overflow(second)).toBe(0);
    await second.close();

    // What isn't saved isn't shown in an older state: nothing opens, and the editor says why.
    tomas.isCut = (method) => method === "PUT";
    await page.locator("#headline").fill("");
    await page.getByRole("link", { name: "Preview" }).click();
    await failed(page, "unreachable");
    await until("the empty tab is closed", () => Promise.resolve(tomas.context.pages().length === 1));
    tomas.isCut = () => false;
    await saved(page);
    const [unready] = await Promise.all([
      tomas.context.waitForEvent("page"),
      page.getByRole("link", { name: "Preview" }).click(),
    ]);
    await unready.getByText("It can’t be published yet:").waitFor();
    expect(await violations(unready)).toEqual([]);
    expect(await overflow(unready)).toBe(0);
    await takePicture(unready, "desk-preview-unready");
  });

  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    it.each([
      ["desktop", DESKTOP],
      ["phone", PHONE],
    ] as const)("no violation of axe's rules, nothing too wide: %s", async (device, viewport) => {
      const mara = await signedIn("Mara", "editor", { viewport, colorScheme });
      const page = await newStory(
        mara,
        "A headline that is long enough to stand on two lines of the page, or three on a phone",
      );
      await page.locator("#dek").fill("What happened, in a sentence or two, for those who read no further.");
      await page.keyboard.press("Control+s");
      await saved(page);
      // There the bar at the end of the screen covers nothing, which axe would take for a button that is too small.
      await inPage(page, "scrollTo(0, document.documentElement.scrollHeight)");
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-story-${device}-${colorScheme}`);
      await page.setViewportSize(NARROW);
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize(viewport);
      await page.goto(`${SITE_URL}/desk`);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-stories-${device}-${colorScheme}`);
    });
  });

  it("without script a story can be read, previewed, restored, published and undone", async () => {
    const mara = await signedIn("Mara", "editor", { javaScriptEnabled: false });
    const made = await desk.worker.api("/stories", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ article: { headline: "Without script", body: { html: "<p>Plain.</p>" } } }),
    });
    const { id } = (await made.json()) as { readonly id: string };
    const page = await mara.context.newPage();
    await page.goto(`${SITE_URL}/desk/stories/${id}`);
    await page.getByRole("heading", { name: "Without script" }).waitFor();
    await desk.worker.api(`/stories/${id}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "If-Match": '"1"' },
      body: JSON.stringify({ article: { headline: "Changed by mistake" } }),
    });
    await page.reload();
    await page.locator("#history summary").click();
    await page.getByRole("link", { name: "Revision 2" }).waitFor();
    await page.goto(`${SITE_URL}/desk/stories/${id}/revisions/1`);
    await page.getByText("Plain.").waitFor();
    await page.getByRole("button", { name: "Restore this" }).click();
    await page.getByRole("heading", { name: "Without script" }).waitFor();
    await page.getByRole("link", { name: "Preview" }).click();
    await page.getByText("Plain.").waitFor();
    await page.getByRole("link", { name: "Back to the story" }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Publish" }).waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await until("it is out", async () => (await desk.worker.api("/articles/without-script")).status === 200);
  });

  it.each([true, false])(
    "an article is corrected, withdrawn and brought back; with script: %s",
    async (script) => {
      const mara = await signedIn("Mara", "editor", { javaScriptEnabled: script });
      const slug = `corrected-${script}`;
      const made = await desk.worker.api("/stories", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          slug,
          article: { headline: "Corrected", body: { html: "<p>Two ferries.</p>" } },
        }),
      });
      const { id } = (await made.json()) as { readonly id: string };
      const story = `${SITE_URL}/desk/stories/${id}`;
      const page = await mara.context.newPage();
      const stored = () => desk.worker.api(`/articles/${slug}`);
      await page.goto(story);
      await page.getByRole("button", { name: "Publish" }).waitFor();
      expect(await page.getByRole("link", { name: "Withdraw" }).isVisible()).toBe(false);
      await page.getByRole("button", { name: "Publish" }).click();
      await until("it is out", async () => (await stored()).status === 200);
      // The editor shows the links by itself.
      if (!script) await page.goto(story);
      await page.getByRole("link", { name: "Correct" }).click();
      await page.getByRole("heading", { name: "Who has it" }).waitFor();
      await takePicture(page, `desk-correct-${script}`);
      await page.getByLabel("What was wrong, for readers").fill("There are two ferries, not three.");
      await page.getByRole("button", { name: "Publish the correction" }).click();
      await page.getByRole("button", { name: /^Undo/ }).waitFor();
      await until("the correction is out", async () => (await (await stored()).text()).includes("not three"));
      await page.goto(story);
      await page.getByRole("link", { name: "Withdraw" }).click();
      await page.getByLabel("Why, for readers").fill("None of it was so.");
      await page.getByLabel("The notice names the headline").uncheck();
      await takePicture(page, `desk-withdraw-${script}`);
      await page.getByRole("button", { name: "Withdraw it now" }).click();
      const again = page.locator("#withdrawn").getByRole("button", { name: "Publish again" });
      await again.waitFor();
      expect((await desk.worker.fetch(`/articles/${slug}`)).status).toBe(410);
      await takePicture(page, `desk-withdrawn-${script}`);
      await again.click();
      await until("it is back", async () => (await desk.worker.fetch(`/articles/${slug}`)).status === 200);
      expect(await (await stored()).text()).toContain("not three");
    },
  );

  it.each([
    ["light", DESKTOP],
    ["dark", PHONE],
  ] as const)("the forms that correct and withdraw fit, in %s", async (colorScheme, viewport) => {
    const mara = await signedIn("Mara", "editor", { viewport, colorScheme, javaScriptEnabled: true });
    const page = await newStory(
      mara,
      `A long headline of an article that is out, looked at in ${colorScheme}`,
    );
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("It is published.").waitFor();
    const story = page.url();
    for (const act of ["correct", "withdraw"]) {
      await page.goto(`${story}/${act}`);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-${act}-${colorScheme}`);
      await page.setViewportSize(NARROW);
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize(viewport);
    }
    await page.goto(story);
    await page.locator(TEXT).waitFor();
    expect(await violations(page)).toEqual([]);
    await takePicture(page, `desk-published-${colorScheme}`);
    const tomas = await signedIn("Tomas", "reporter");
    const his = await tomas.context.newPage();
    await his.goto(story);
    await his.locator(TEXT).waitFor();
    expect(await his.getByRole("link", { name: /^(?:Correct|Withdraw)$/ }).count()).toBe(0);
    await his.goto(`${story}/withdraw`);
    await his.getByText("Only an editor or an admin may do this.").waitFor();
  });
});
