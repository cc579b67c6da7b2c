// Pictures at the desk in a real browser: dropped, pasted and chosen, sent while somebody types, also over a network that
// fails; and nothing of the text is lost by it.

import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../src/desk/answers.ts";
import type { Picture } from "../../src/desk/pictures/picture.ts";
import { PHOTOGRAPHS, RIGHTS } from "../photograph.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { imageOf, png, type TestImage } from "../worker/articles.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { takePicture } from "./chromium.ts";
import { newStory, saved, signIn, TEXT, useDesk } from "./desk.ts";
import { draw, type Scene } from "./pictures.ts";
import { DESKTOP, inPage, NARROW, overflow, PHONE, violations } from "./windows.ts";

const PHOTO = imageOf(PHOTOGRAPHS.jpeg, "jpg");

describeWith(TOOLS.chromium, "pictures at the desk", () => {
  const desk = useDesk({ UNDO_SECONDS: "0" });
  let scenes: readonly TestImage[];
  beforeAll(async () => {
    scenes = await Promise.all((["harbour", "field"] as Scene[]).map((scene) => draw(desk.browser, scene)));
  });

  const somebody = (options = {}) => signIn(desk, { name: "Mara", role: "editor", ...options });
  const file = ({ bytes }: TestImage, name: string, mimeType = "image/png") => ({
    name,
    mimeType,
    buffer: bytes,
  });
  const rows = (page: Page): Locator => page.locator(".pictures .rows > li");
  const figures = (page: Page): Locator => page.locator(`${TEXT} figure.picture`);
  /** Chooses files for the list of pictures. */
  const choose = (page: Page, ...files: ReturnType<typeof file>[]) =>
    page.locator("#choose-pictures").setInputFiles(files);
  /** Waits until there are pictures, and all of them are sent. */
  const allSent = (page: Page) =>
    until("all pictures are sent", async () =>
      /^\d+ pictures?[.,]/.test((await page.locator(".pictures > [role=status].hint").textContent()) ?? ""),
    );
  const pathOf = (page: Page) => new URL(page.url()).pathname.replace("/desk", "");
  async function stored(page: Page): Promise<{ readonly images: readonly Picture[]; readonly html: string }> {
    await page.keyboard.press("Control+s");
    await saved(page);
    const { article } = (await (await desk.worker.api(pathOf(page))).json()) as StoryAnswer;
    const { images = [], body = { html: "" } } = article as { images?: Picture[]; body?: { html: string } };
    return { images, html: body.html };
  }
  /** Lets the page take files as if they were dropped on the text, or pasted into it. */
  async function give(
    page: Page,
    how: "drop" | "paste",
    files: readonly ReturnType<typeof file>[],
  ): Promise<void> {
    const given = files.map(({ name, mimeType, buffer }) => [name, mimeType, buffer.toString("base64")]);
    await inPage(
      page,
      `(() => {
        const data = new DataTransfer();
        for (const [name, type, text] of ${JSON.stringify(given)})
          data.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name, { type }));
        const place = document.querySelector('${TEXT} p');
        const { left, top } = place.getBoundingClientRect();
        const event = ${JSON.stringify(how)} === "drop"
          ? new DragEvent("drop", { dataTransfer: data, clientX: left + 2, clientY: top + 5, bubbles: true, cancelable: true })
          : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        place.dispatchEvent(event);
      })()`,
    );
  }

  it("fills the form by what the file says, and says what is removed; alternative text is asked for", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "A ferry leaves");
    await choose(page, file(PHOTO, "ferry.jpg", "image/jpeg"));
    await allSent(page);
    await page.getByText("Where it was taken is in 1 picture: that is removed, and never kept.").waitFor();
    await rows(page).getByRole("button", { name: /^Edit/ }).click();
    const form = page.getByRole("dialog");
    expect(await form.getByLabel(/^Caption/).inputValue()).toBe(RIGHTS.caption);
    expect(await form.getByLabel("Credit: who made it").inputValue()).toBe(
      `${RIGHTS.creator}/${RIGHTS.credit}`,
    );
    expect(await form.getByLabel("Copyright").inputValue()).toBe(RIGHTS.copyright);
    await form.getByText("Its file said: where it was taken, with which camera").waitFor();
    await takePicture(page, "desk-picture-form");
    await form.getByRole("button", { name: "Done" }).click();

    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("The alternative text of picture 1 is missing").waitFor();
    await rows(page).getByRole("button", { name: /^Edit/ }).click();
    await form.getByLabel(/^Alternative text/).fill("A white ferry");
    await page.keyboard.press("Escape");
    expect((await stored(page)).images).toEqual([
      {
        ...{ src: PHOTO.src, type: "image/jpeg", width: 2, height: 3, alt: "A white ferry" },
        ...{
          caption: RIGHTS.caption,
          credit: `${RIGHTS.creator}/${RIGHTS.credit}`,
          copyright: RIGHTS.copyright,
        },
      },
    ]);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("It is published.").waitFor();
    const out = await (await desk.worker.api("/articles/a-ferry-leaves")).text();
    expect(out).toContain(PHOTO.src);
    const served = Buffer.from(await (await desk.worker.fetch(PHOTO.src)).arrayBuffer());
    expect(served.includes("SN-4711")).toBe(false);
  });

  it.each(["drop", "paste"] as const)(
    "takes pictures into the text where they are put, in order: %s",
    async (how) => {
      const mara = await somebody();
      const page = await newStory(mara, `By ${how}`, "First.");
      await page.locator(`${TEXT} p`).first().click();
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Second.");
      await page.locator(`${TEXT} p`).first().click();
      const [one, two] = [png(60, 40), png(61, 40)];
      await give(page, how, [file(one, "one.png"), file(two, "two.png")]);
      await figures(page).nth(1).waitFor();
      await allSent(page);
      expect((await stored(page)).html).toBe(
        `<p>First.</p><figure><img src="${one.src}" alt=""></figure><figure><img src="${two.src}" alt=""></figure><p>Second.</p>`,
      );
    },
  );

  it("says of what is no picture why it isn't taken, and takes the rest", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Not pictures");
    const lie = imageOf(Buffer.from("<script>alert(1)</script>"), "png");
    const heic = imageOf(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0", "latin1"), "png");
    const fine = png(62, 40);
    await choose(
      page,
      file(lie, "lie.png"),
      file(heic, "IMG_1.HEIC"),
      file(fine, "fine.png"),
      file(fine, "again.png"),
    );
    await page.getByText("“lie.png” is no picture, or a broken one: use a JPEG").waitFor();
    await page.getByText("“IMG_1.HEIC” is a HEIC picture").waitFor();
    await page.getByText("“again.png” is in this story already.").waitFor();
    await allSent(page);
    expect((await stored(page)).images.map(({ src }) => src)).toEqual([fine.src]);
  });

  it("goes on sending when the network is back, while the text is typed and saved", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Cut off");
    let isCut = true;
    mara.isCut = (method, url) => isCut && url.includes("/api/media/") && method === "PUT";
    const picture = png(63, 40);
    await page.locator(TEXT).click();
    await give(page, "paste", [file(picture, "cut.png")]);
    await figures(page).getByText("Not sent yet: the server can't be reached.").waitFor();
    await page.locator(`${TEXT} p`).first().click();
    await page.keyboard.press("End");
    await page.keyboard.type(" Typed meanwhile.");
    // What is saved has no figure that nobody could see.
    expect(await stored(page)).toEqual({ images: [], html: "<p>It sails again. Typed meanwhile.</p>" });
    await takePicture(page, "desk-picture-cut");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Not published: 1 picture of this story isn't sent yet.").waitFor();
    isCut = false;
    await rows(page)
      .getByRole("button", { name: /^Try now/ })
      .click();
    await allSent(page);
    expect((await stored(page)).html).toBe(
      `<p>It sails again. Typed meanwhile.</p><figure><img src="${picture.src}" alt=""></figure>`,
    );
  });

  it("takes a picture whose answer was lost for sent", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Lost");
    let sent = 0;
    mara.isLost = (method, url) => method === "PUT" && url.includes("/api/media/") && sent++ === 0;
    await choose(page, file(png(64, 41), "lost.png"));
    await rows(page).first().waitFor();
    await allSent(page);
    expect(sent).toBe(1);
  });

  it("goes on after the page was closed while it was sending, says so, and puts the picture in its place", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Closed", "First.");
    await page.keyboard.press("Control+s");
    await saved(page);
    let isCut = true;
    mara.isCut = (method, url) => isCut && url.includes("/api/media/") && method === "PUT";
    const [placed, listed] = [png(65, 41), png(66, 41)];
    await page.locator(`${TEXT} p`).first().click();
    await give(page, "paste", [file(placed, "placed.png")]);
    await choose(page, file(listed, "listed.png"));
    await page.getByText("2 pictures of 2 not sent yet.").waitFor();
    const address = page.url();
    await until("it is kept in the browser", () =>
      inPage(
        page,
        `new Promise((resolve) => {
          const open = indexedDB.open("keyval-store");
          open.onsuccess = () => {
            const keys = open.result.transaction("keyval").objectStore("keyval").getAllKeys();
            keys.onsuccess = () => { open.result.close(); resolve(keys.result.filter((key) => String(key).startsWith("pictures:")).length === 3); };
          };
        })`,
      ),
    );
    await page.close({ runBeforeUnload: false });
    const draft = (await (
      await desk.worker.api(new URL(address).pathname.replace("/desk", ""))
    ).json()) as StoryAnswer;
    expect(JSON.stringify(draft.article)).not.toContain("/media/");
    isCut = false;
    const again = await mara.context.newPage();
    await again.goto(address);
    await again.getByText("Sending goes on: “placed.png” and “listed.png”.").waitFor();
    await allSent(again);
    const { html, images } = await stored(again);
    expect(html).toBe(`<p>First.</p><figure><img src="${placed.src}" alt=""></figure>`);
    expect(images.map(({ src }) => src).toSorted()).toEqual([placed.src, listed.src].toSorted());
    // It is told once.
    await again.reload();
    await figures(again).waitFor();
    expect(await again.getByText("Sending goes on").count()).toBe(0);
  });

  it("is stopped, sent again, removed and brought back", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Stopped");
    mara.isCut = (method, url) => url.includes("/api/media/") && method === "PUT";
    const picture = png(67, 41);
    await choose(page, file(picture, "stopped.png"));
    await rows(page)
      .getByRole("button", { name: /^Try now/ })
      .waitFor();
    await rows(page)
      .getByRole("button", { name: /^Remove/ })
      .click();
    await page.getByText("Removed: stopped.png.").waitFor();
    expect(await rows(page).count()).toBe(0);
    mara.isCut = () => false;
    await page.getByRole("button", { name: "Undo" }).first().click();
    await allSent(page);
    expect((await stored(page)).images.map(({ src }) => src)).toEqual([picture.src]);
  });

  it("keeps a picture's caption, credit and place over reloading; orders, and undoes in the text", async () => {
    const mara = await somebody();
    const page = await newStory(mara, "Ordered", "Text.");
    const [one, two, three] = [png(68, 41), png(69, 41), png(70, 41)];
    await choose(page, file(one, "1.png"), file(two, "2.png"), file(three, "3.png"));
    await rows(page).nth(2).waitFor();
    await rows(page).nth(2).getByRole("button", { name: /^Up/ }).click();
    await rows(page).nth(1).getByRole("button", { name: /^Up/ }).click();
    // The button that was pressed moved along.
    expect(
      await inPage(page, "document.activeElement.closest('li') === document.querySelector('.rows > li')"),
    ).toBe(true);
    await rows(page)
      .nth(2)
      .getByRole("button", { name: /^Put into the text/ })
      .click();
    await figures(page).waitFor();
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog");
    await form.getByLabel(/Decorative/).check();
    await form.getByLabel("Credit: who made it").fill("Ito Ren");
    await form.getByLabel(/^What the credit is for/).fill("Illustration");
    await form.getByLabel("Percent from the left").fill("20");
    await form.getByLabel("Percent from the top").fill("80");
    await form.getByLabel("Partners may use it").uncheck();
    await form.getByLabel(/Never crop it/).check();
    await page.keyboard.press("Escape");
    await allSent(page);
    const before = await stored(page);
    expect(before.images.map(({ src }) => src)).toEqual([three.src, one.src, two.src]);
    expect(before.images[2]).toMatchObject({
      alt: "",
      credit: { name: "Ito Ren", role: "Illustration" },
      focus: [20, 80],
      syndicate: false,
      crop: false,
    });
    await page.reload();
    await figures(page).waitFor();
    expect(await rows(page).count()).toBe(3);
    expect(await stored(page)).toEqual(before);
    await figures(page).click();
    await page.keyboard.press("Delete");
    expect(await figures(page).count()).toBe(0);
    expect((await stored(page)).images.map(({ src }) => src)).toEqual([three.src, one.src]);
    await page.keyboard.press("Control+z");
    expect(await stored(page)).toEqual(before);
  });

  it("chooses a picture that was sent before, with what was said of it", async () => {
    const mara = await somebody();
    const first = await newStory(mara, "Before");
    const picture = png(71, 41);
    await choose(first, file(picture, "before.png"));
    await allSent(first);
    await rows(first).getByRole("button", { name: /^Edit/ }).click();
    const form = first.getByRole("dialog");
    await form.getByLabel(/^Alternative text/).fill("A lighthouse");
    await form.getByLabel(/^Caption/).fill("The lighthouse at Höft");
    await first.keyboard.press("Escape");
    await stored(first);
    const page = await newStory(mara, "After");
    await page.getByRole("button", { name: "Choose from the library" }).click();
    const library = page.getByRole("dialog");
    await library.getByLabel(/^Words of/).fill("hoft LIGHTHOUSE");
    await until("one is found", async () => (await library.getByRole("listitem").count()) === 1);
    expect(await violations(page, ["color-contrast", "label", "target-size"])).toEqual([]);
    await takePicture(page, "desk-library-dialog");
    await library.getByRole("button", { name: "The lighthouse at Höft" }).click();
    const { images } = await stored(page);
    expect(images).toMatchObject([
      { src: picture.src, alt: "A lighthouse", caption: "The lighthouse at Höft" },
    ]);
    // A picture that is cut out and pasted is the same one.
    await rows(page)
      .getByRole("button", { name: /^Put into the text/ })
      .click();
    await page.keyboard.press("Control+x");
    expect(await figures(page).count()).toBe(0);
    await page.keyboard.press("Control+v");
    await figures(page).waitFor();
    expect(await stored(page)).toMatchObject({
      images,
      html: expect.stringContaining(`src="${picture.src}" alt="A lighthouse"`),
    });
  });

  it("keeps 300 pictures usable", async () => {
    const mara = await somebody();
    const [one] = scenes as readonly [TestImage];
    const pictures = Array.from({ length: 300 }, (_, index) =>
      png(90 + (index % 20), 30 + Math.floor(index / 20)),
    );
    for (const { sha256, bytes } of [...pictures, one])
      await desk.worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    const html = pictures
      .map(({ src }, index) => `<p>Paragraph ${index}.</p><figure><img src="${src}"></figure>`)
      .join("");
    const images = pictures.map(({ src }, index) => ({ src, alt: `Picture ${index}` }));
    const made = await desk.worker.api("/stories", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ article: { headline: "Many", images, body: { html } } }),
    });
    const { id } = (await made.json()) as StoryAnswer;
    const page = await mara.context.newPage();
    await page.goto(`${SITE_URL}/desk/stories/${id}`);
    await figures(page).nth(299).waitFor();
    expect(await rows(page).count()).toBe(300);
    await page.locator(`${TEXT} p`).first().click();
    await page.keyboard.press("End");
    await page.keyboard.type(" Typed.");
    await rows(page).nth(150).getByRole("button", { name: /^Up/ }).click();
    await rows(page)
      .nth(10)
      .getByRole("button", { name: /^Remove/ })
      .click();
    const after = await stored(page);
    expect(after.html.slice(0, 36)).toBe("<p>Paragraph 0. Typed.</p><figure><i");
    const without = images.map(({ src }) => src).filter((_, index) => index !== 10);
    [without[148], without[149]] = [without[149] ?? "", without[148] ?? ""];
    expect(after.images.map(({ src }) => src)).toEqual(without);
  });

  describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
    it.each([
      ["desktop", DESKTOP],
      ["phone", PHONE],
    ] as const)("no violation of axe's rules, nothing too wide: %s", async (device, viewport) => {
      const mara = await somebody({ viewport, colorScheme });
      const page = await newStory(mara, "What the harbour looked like", "The ferry left at dawn.");
      const [harbour, field] = scenes as readonly [TestImage, TestImage];
      await choose(page, file(field, "a-field.png"));
      await rows(page).first().waitFor();
      await page.locator(`${TEXT} p`).first().click();
      await give(page, "paste", [file(harbour, "harbour.png")]);
      await figures(page).waitFor();
      mara.isCut = (method, url) => method === "PUT" && url.includes("/api/media/");
      await choose(page, file(png(80, 60), "cut.png"));
      await rows(page).nth(2).getByText("can't be reached").waitFor();
      await figures(page).click();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-pictures-${device}-${colorScheme}`);
      await page.keyboard.press("Enter");
      const form = page.getByRole("dialog");
      await form.getByLabel(/^Alternative text/).fill("A ferry in front of a red evening sky");
      await form.getByLabel("Percent from the left").fill("40");
      await form.getByLabel("Percent from the top").fill("75");
      // A dialog is all there is while it is open.
      expect(await violations(page, ["color-contrast", "label", "target-size"])).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `desk-picture-form-${device}-${colorScheme}`);
      await page.setViewportSize(NARROW);
      expect(await overflow(page)).toBe(0);
      await page.keyboard.press("Escape");
      expect(await overflow(page)).toBe(0);
      const library = await mara.context.newPage();
      await library.goto(`${SITE_URL}/desk/pictures`);
      await library.getByRole("heading", { name: "Pictures" }).waitFor();
      expect(await violations(library)).toEqual([]);
      expect(await overflow(library)).toBe(0);
      await takePicture(library, `desk-library-${device}-${colorScheme}`);
      await library.locator(".library a").first().click();
      await library.getByRole("heading", { name: "Take it out of everything" }).waitFor();
      expect(await violations(library)).toEqual([]);
      await library.setViewportSize(NARROW);
      expect(await overflow(library)).toBe(0);
      await takePicture(library, `desk-library-one-${device}-${colorScheme}`);
    });
  });
});
