// Word documents in the editor, in a real browser: chosen, dropped and pasted.

import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { StoryAnswer } from "../../src/desk/answers.ts";
import type { Picture } from "../../src/desk/pictures/picture.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { png } from "../worker/articles.ts";
import { SITE_URL } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { EDITOR, newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { inPage, violations } from "./windows.ts";
import { paragraph, picture, run, wordFile } from "./word-file.ts";

const NAME = "ferry.docx";
const BODY = [
  paragraph(run("The ferry is back"), "Titel"),
  paragraph(
    `${run("It ")}${run("sails", "<w:b/>")}${run(" again.")}<w:r><w:footnoteReference w:id="2"/></w:r>`,
  ),
  paragraph(run("The boats"), "berschrift1"),
  ...["Gull", "Tern"].map((boat) =>
    paragraph(run(boat), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
  ),
  paragraph(picture("A ferry at its quay")),
  paragraph(picture("On the web", "r:link")),
  paragraph(
    `${run("At nine")}<w:del w:id="1"><w:r><w:delText> or ten</w:delText></w:r></w:del>` +
      `<w:ins w:id="2">${run(" sharp")}</w:ins>${run(".")}<w:r><w:commentReference w:id="0"/></w:r>`,
  ),
  `<w:tbl><w:tr><w:tc>${paragraph(run("Leaves"))}</w:tc><w:tc>${paragraph(run("9"))}${paragraph(run("10"))}</w:tc></w:tr></w:tbl>`,
].join("");
/** The text that is saved of it, without its title and its notes. */
const WORDS = (src: string) =>
  "<h2>The boats</h2><ul><li>Gull</li><li>Tern</li></ul>" +
  `<figure><img src="${src}" alt="A ferry at its quay"></figure><p>At nine sharp.</p>` +
  "<table><tbody><tr><td>Leaves</td><td>9<br>10</td></tr></tbody></table>";

describeWith(TOOLS.chromium, "a Word document at the desk", () => {
  const started = useDesk();
  let bytes: Buffer;
  const photo = png(640, 480);
  beforeAll(async () => {
    bytes = await wordFile(BODY, photo.bytes);
  });

  async function somebody() {
    const desk = await signIn(started, { name: "Mara", role: "editor" });
    // As strict as the desk's pages: nothing of the reader makes code of text.
    await desk.context.route(`${SITE_URL}/desk/docx.js`, (route) =>
      route.fulfill({
        path: join(EDITOR, "docx.js"),
        headers: {
          "Content-Type": "text/javascript",
          "Content-Security-Policy": "default-src 'none'; script-src 'self'",
        },
      }),
    );
    return desk;
  }
  async function stored(page: Page) {
    await page.keyboard.press("Control+s");
    await saved(page);
    const path = new URL(page.url()).pathname.replace("/desk", "");
    const { article } = (await (await started.worker.api(path)).json()) as StoryAnswer;
    return article as {
      readonly headline?: string;
      readonly images?: readonly Picture[];
      readonly body: { readonly html: string };
    };
  }
  const allSent = (page: Page) => page.locator(".pictures .hint", { hasText: /^1 picture\./ }).waitFor();

  it("is read into the text, with its title as headline; what is left out is said", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "", "");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Word document" }).click();
    await (await chooser).setFiles({ name: NAME, mimeType: "", buffer: bytes });
    const told = page.locator(".told");
    await told.getByText(`“${NAME}” is in the text now, and its title is the headline.`).waitFor();
    for (const said of [
      "1 footnote stands at its end.",
      "1 comment was left out.",
      "1 picture was left out",
      "It has tracked changes",
    ])
      expect(await told.textContent()).toContain(said);
    await allSent(page);
    const { headline, images, body } = await stored(page);
    expect(headline).toBe("The ferry is back");
    expect(images).toMatchObject([{ src: photo.src, alt: "A ferry at its quay" }]);
    expect(body.html).toContain(WORDS(photo.src));
    expect(body.html).toMatch(
      /^<p>It <strong>sails<\/strong> again\.<a [^>]*href="#footnote-2"[^>]*><sup>\[1\]/,
    );
    expect(body.html).toMatch(/<ol><li id="footnote-2">.*By the harbour's log\..*<\/li><\/ol>$/);
    expect(await violations(page)).toEqual([]);
    await takePicture(page, "desk-word");
    await page.locator(TEXT).focus();
    await page.keyboard.press("Control+z");
    expect((await page.locator(TEXT).textContent())?.trim()).toBe("");
  });

  it.each(["drop", "paste"] as const)("comes behind the paragraph that it is given to: %s", async (how) => {
    const mara = await somebody();
    const page = await newStory(mara, "Our own headline", "First.");
    await page.locator(TEXT).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Last.");
    await page.keyboard.press("Control+Home");
    // Typed text also tells the editor where the cursor is.
    await page.keyboard.type("The ");
    await page.locator(TEXT).getByText("The First.").waitFor();
    await inPage(
      page,
      `(() => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(${JSON.stringify(bytes.toString("base64"))}), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], ${JSON.stringify(NAME)}));
        const place = document.querySelector('${TEXT} p');
        const { left, top } = place.getBoundingClientRect();
        place.dispatchEvent(${JSON.stringify(how)} === "drop"
          ? new DragEvent("drop", { dataTransfer: data, clientX: left + 2, clientY: top + 5, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      })()`,
    );
    await page.locator(".told").getByText(`“${NAME}” is in the text now.`).waitFor();
    await allSent(page);
    const { headline, body } = await stored(page);
    expect(headline).toBe("Our own headline");
    expect(body.html).toMatch(/^<p>The First\.<\/p><h2[^>]*>The ferry is back<\/h2><p>It <strong>/);
    expect(body.html).toMatch(/<p>Last\.<\/p>$/);
  });

  it("is refused with a reason, and nothing of the text is lost, if it is none", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Refused", "It stays.");
    const give = async (name: string, buffer: Buffer) => {
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Word document" }).click();
      await (await chooser).setFiles({ name, mimeType: "", buffer });
    };
    await give("broken.docx", bytes.subarray(0, 900));
    await page.getByText("“broken.docx” can't be read: it is no Word document").waitFor();
    await give("old.doc", Buffer.from("\xd0\xcf\x11\xe0", "latin1"));
    await page.getByText("“old.doc” can't be read here: save it as a Word document (.docx) first.").waitFor();
    const manyParagraphs = await wordFile("<w:p/>".repeat(3_000_000), photo.bytes);
    expect(manyParagraphs.length).toBeLessThan(100_000);
    await give("bomb.docx", manyParagraphs);
    await page.getByText("“bomb.docx” is too large once it is unpacked").waitFor();
    await give("zeros.docx", await wordFile(paragraph(picture("Zeros")), Buffer.alloc(260_000_000)));
    await page.getByText("“zeros.docx” is too large once it is unpacked").waitFor();
    expect((await stored(page)).body.html).toBe("<p>It stays.</p>");
  });
});
