// The story's text and fields in a real browser: by keyboard, in dialogs, in tables, pasted; what has no field is kept.

import { expect, it } from "vitest";
import type { Role } from "../../src/desk/inputs.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { inPage, overflow, PHONE, violations } from "./windows.ts";

describeWith(TOOLS.chromium, "writing at the desk", () => {
  const desk = useDesk({ UNDO_SECONDS: "3" });

  const signedIn = (name: string, role: Role, options = {}) => signIn(desk, { name, role, ...options });

  it("formats by keyboard alone: shortcuts of Markdown, the toolbar by Alt+F10, and back", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "By keyboard", "");
    await page.locator(TEXT).focus();
    await page.keyboard.type("## A heading\n- one\ntwo\n\n> quoted\n\n");
    await page.keyboard.press("Alt+F10");
    expect(await inPage(page, "document.activeElement.textContent")).toBe("Bold");
    await page.keyboard.press("ArrowRight");
    expect(await inPage(page, "document.activeElement.textContent")).toBe("Italic");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+b");
    await page.keyboard.type("strong");
    await page.keyboard.press("Control+s");
    await saved(page);
    const path = new URL(page.url()).pathname.replace("/desk", "");
    const { article } = (await (await desk.worker.api(path)).json()) as {
      readonly article: { readonly body: { readonly html: string } };
    };
    expect(article.body.html).toContain("<h2>A heading</h2><ul><li>one</li><li>two</li></ul>");
    expect(article.body.html).toContain("<strong>strong</strong>");
  });

  it("sets, changes and removes links, and writes tables, by keyboard alone", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Links and a table", "See the timetable");
    const html = async () => {
      await saved(page);
      const path = new URL(page.url()).pathname.replace("/desk", "");
      const { article } = (await (await desk.worker.api(path)).json()) as {
        article: { body: { html: string } };
      };
      return article.body.html;
    };
    const { keyboard } = page;
    await page.locator(TEXT).focus();
    await keyboard.press("Control+Shift+ArrowLeft");
    await keyboard.press("Control+k");
    await keyboard.type("not an address");
    await keyboard.press("Enter");
    await page.getByText("This is no address.").waitFor();
    await keyboard.press("Control+a");
    await keyboard.type("ferries.example/times");
    await keyboard.press("Enter");
    await until("it is saved", async () => (await html()).includes("href"));
    expect(await html()).toBe('<p>See the <a href="https://ferries.example/times">timetable</a></p>');
    await keyboard.press("ArrowLeft");
    await keyboard.press("Control+k");
    await keyboard.type("desk@ferries.example");
    await keyboard.press("Enter");
    await until("it is changed", async () => (await html()).includes("mailto:"));
    await keyboard.press("Control+k");
    await page.getByRole("button", { name: "Remove the link" }).press("Enter");
    await until("it is gone", async () => (await html()) === "<p>See the timetable</p>");
    await keyboard.press("Control+k");
    await keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await keyboard.press("Control+End");
    await keyboard.press("Enter");
    await page.keyboard.press("Alt+F10");
    for (let step = 0; step < 8; step++) await keyboard.press("ArrowRight");
    expect(await page.locator(":focus").textContent()).toBe("Table");
    await keyboard.press("Enter");
    await page.locator(`${TEXT}:focus table`).waitFor();
    for (const cell of ["Boat", "Leaves", "Arrives", "Gull", "9", "10"]) {
      await keyboard.type(cell);
      await keyboard.press("Tab");
    }
    await page.getByRole("button", { name: "Delete row" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Column after" }).click();
    await takePicture(page, "desk-table");
    await until("the table is saved", async () => (await html()).includes("10"));
    expect(await html()).toBe(
      "<p>See the timetable</p><table><thead><tr><th>Boat</th><th>Leaves</th><th>Arrives</th><th></th></tr></thead>" +
        "<tbody><tr><td>Gull</td><td>9</td><td>10</td><td></td></tr></tbody></table>",
    );
  });

  it("has a field for what an article can say, and keeps what it has no field for", async () => {
    const mara = await signedIn("Mara", "editor");
    const article = {
      headline: "The ferry is back",
      dek: "After a winter in dock.",
      bylines: [
        "mara-quill",
        { person: "ghost", role: "editor" },
        { name: "Ann Other", bio: "Sails.", role: "writer" },
      ],
      section: "gone",
      tags: ["Ferries", "Harbour"],
      shortHeadline: "Ferry back",
      dateline: "PORT ELLERY",
      language: "fr",
      priority: "top",
      sponsored: true,
      syndicate: false,
      expires: "2031-03-30T01:30:27Z",
      rights: { copyright: "Ferry Line", license: "https://a.example/by", terms: "Ask first" },
      url: "https://a.example/ferry",
      corrections: [{ at: "2026-01-12T10:00:00Z", kind: "update", text: "It sails at nine." }],
    };
    const draft = { article: { ...article, body: { html: "<p>It sails again.</p>" } } };
    const response = await desk.worker.api("/stories", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(draft),
    });
    const { id } = (await response.json()) as { readonly id: string };
    const stored = async () =>
      (await (await desk.worker.api(`/stories/${id}`)).json()) as { readonly article: object };
    const page = await mara.context.newPage();
    await page.goto(`${SITE_URL}/desk/stories/${id}`);
    await page.locator("#dek").fill("After a winter in the dock.");
    await saved(page);
    expect(await stored()).toMatchObject({
      article: { ...draft.article, dek: "After a winter in the dock." },
    });

    // It is open, since the article says more.
    await page.locator("#shortHeadline").waitFor();
    for (const field of [
      "shortHeadline",
      "dateline",
      "language",
      "copyright",
      "license",
      "terms",
      "url",
      "expires",
    ])
      await page.locator(`#${field}`).fill("");
    await takePicture(page, "desk-fields");
    await page.locator("#priority").selectOption("By its date");
    await page.locator("#sponsored").uncheck();
    await page.locator("#syndicate").check();
    const rows = page.locator(".bylines li");
    await rows.nth(2).getByRole("button", { name: "Move up" }).click();
    await rows.nth(2).getByRole("button", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Add a byline" }).click();
    await rows.nth(2).getByLabel("Who").selectOption("Somebody else");
    await rows.nth(2).getByLabel("Name").fill("Ben Third");
    await rows.nth(2).getByLabel("Role").selectOption("Photographer");
    await page.locator("#tags").fill("Ferries, Br");
    await saved(page);
    const { corrections, headline, body } = draft.article as typeof draft.article;
    expect((await stored()).article).toEqual({
      ...{ corrections, headline, body, section: "gone", priority: "normal" },
      dek: "After a winter in the dock.",
      bylines: [article.bylines[0], article.bylines[2], { name: "Ben Third", role: "photographer" }],
      tags: ["Ferries", "Br"],
    });
  });

  it("keeps of what is pasted what an article can hold", async () => {
    const mara = await signedIn("Mara", "editor");
    const page = await newStory(mara, "Pasted", "");
    await page.locator(TEXT).click();
    const html = `<b style="font-weight:normal"><h1 style="color:red">Title</h1><p class="x" onclick="alert(1)">One <span style="font-weight:700">bold</span> <a href="https://a.example/?utm_source=x">link</a></p><script>alert(1)</script><table><tr><td>cell</td></tr></table></b>`;
    await inPage(
      page,
      `(() => {
        const data = new DataTransfer();
        data.setData("text/html", ${JSON.stringify(html)});
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      })()`,
    );
    await page.keyboard.press("Control+s");
    await saved(page);
    const path = new URL(page.url()).pathname.replace("/desk", "");
    const { article } = (await (await desk.worker.api(path)).json()) as {
      readonly article: { readonly body: { readonly html: string } };
    };
    expect(article.body.html).toBe(
      '<h2>Title</h2><p>One <strong>bold</strong> <a href="https://a.example/?utm_source=x">link</a></p><table><tbody><tr><td>cell</td></tr></tbody></table>',
    );
  });

  it.each(["light", "dark"] as const)(
    "has one row of each bar on a phone, and says there what is published: %s",
    async (colorScheme) => {
      const mara = await signedIn("Mara", "editor", { viewport: PHONE, colorScheme });
      const page = await newStory(mara, `On a phone, ${colorScheme}`);
      /** How many rows a bar has. */
      const rows = (bar: string) =>
        inPage<number>(
          page,
          `new Set([...document.querySelectorAll(${JSON.stringify(bar)})].filter((one) => one.checkVisibility()).map((one) => {
          const { top, height } = one.getBoundingClientRect();
          return Math.round(top + height / 2);
        })).size`,
        );
      await saved(page);
      expect([await rows(".tools button"), await rows(".foot .buttons > *")]).toEqual([1, 1]);
      await page.getByRole("button", { name: "Word document" }).focus();
      await page.locator(".tools :focus").waitFor();
      expect(await inPage(page, "document.activeElement.getBoundingClientRect().right <= innerWidth")).toBe(
        true,
      );
      expect(await overflow(page)).toBe(0);
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await page.locator(".foot").getByText("It is published.").waitFor();
      await page.locator(".foot").getByRole("link", { name: "View the article" }).waitFor();
      expect(await rows(".foot .buttons > *")).toBe(1);
      expect(await inPage(page, "document.querySelector('.foot').offsetHeight < innerHeight / 5")).toBe(true);
      expect(await violations(page)).toEqual([]);
      await takePicture(page, `desk-phone-${colorScheme}`);
    },
  );
});
