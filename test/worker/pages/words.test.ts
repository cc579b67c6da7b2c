// Words that we add, as the Worker serves them: a site's own stand in place of ours, and what is in another language than
// its surroundings says which.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import en from "../../../src/words/en.json" with { type: "json" };
import { article } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

const SITE = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");
const OWN = `
words:
  en:
    sponsored: Paid for
    corrected: Put right
    corrections: { correction: We were wrong }
    credits: { photographer: "pictures: {names}" }
    subscribe: Get it
    feedLatest: What is new
    place: "{number}. ({count})"
  de:
    credits: { photographer: "Lichtbild: {names}" }
`;
const images = [1, 2, 3].map((number) => ({ src: `https://pictures.test/${number}.png` }));
const full = (language: string) =>
  article({
    headline: `In ${language}`,
    language,
    section: "about",
    sponsored: true,
    bylines: [{ name: "Mara Quill", role: "photographer", bio: "Wandert." }],
    images,
    body: { html: images.map(({ src }) => `<img src="${src}">`).join("") },
    updated: "2024-10-25T11:30:00Z",
    corrections: [{ at: "2024-10-25T11:30:00Z", kind: "correction", text: "Boats." }],
    rights: { license: "https://license.test/" },
  });

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker({ siteYaml: SITE + OWN });
  for (const language of ["en", "de", "fi", "he", "ar"]) await worker.put(`in-${language}`, full(language));
  await worker.put("gone", article({ headline: "Gone", language: "fi" }));
  await worker.del("gone", "reason=Error");
  await worker.settled();
});
afterAll(() => worker?.close());

const page = async (path: string): Promise<string> => (await worker.fetch(path)).text();

describe("a site's own words", () => {
  it("stand on pages", async () => {
    const html = await page("/articles/in-en");
    for (const words of ["Paid for", "Put right", "We were wrong, 25 October 2024:", "Get it", ">2. (3)<"]) {
      expect(html).toContain(words);
    }
    expect(html).toContain("<i>Pictures: </i>");
    expect(await page("/")).toContain('<span class="by">Pictures: Mara Quill</span>');
    expect(await page("/articles/in-de")).toContain("Lichtbild: Mara Quill.");
  });

  it.each(FORMATS)("stand in %s", async (format) => {
    const feed = await worker.document(format);
    for (const words of ["Paid for", "We were wrong, 25 October 2024:", "Pictures: Mara Quill."]) {
      expect(feed).toContain(words);
    }
    expect(feed).toContain("Lichtbild: Mara Quill.");
    for (const words of ["Sponsored", "Correction,", "Photographs by", "Fotos:"])
      expect(feed).not.toContain(words);
    if (format !== "json") expect(feed).toContain("What is new");
  });
});

/** Every text in a tree, with the language and the direction that hold there; a label is heard, and has no direction. */
function* spoken(
  node: Root | RootContent,
  language: string,
  direction: string,
): Generator<readonly [words: string, language: string, direction: string]> {
  if (node.type === "text" && node.value.trim() !== "") yield [node.value.trim(), language, direction];
  if (!("children" in node) || (node.type === "element" && node.tagName === "head")) return;
  const { lang = language, dir = direction, ariaLabel } = node.type === "element" ? node.properties : {};
  if (typeof ariaLabel === "string") yield [ariaLabel, String(lang), "ltr"];
  for (const child of node.children) yield* spoken(child, String(lang), String(dir));
}

/** What English words of ours look like: whole, or their start where something is put into them. */
const STARTS = Object.values(en)
  .flatMap((word) => (typeof word === "string" ? [word] : Object.values(word)))
  .map((word) => word.split("{")[0]?.trim() ?? "")
  .filter((start) => /\p{L}{2}/u.test(start) && start !== "Page");
const isOurs = (words: string) =>
  // A piece of an address is none.
  (!words.endsWith("/") && STARTS.some((start) => words.toLowerCase().startsWith(start.toLowerCase()))) ||
  /^\d of \d$/.test(words);

describe("words in another language than what stands round them", () => {
  const misplaced = (tree: Root, language = "", direction = "ltr") =>
    [...spoken(tree, language, direction)].filter(
      ([words, lang, dir]) => isOurs(words) && !(lang.startsWith("en") && dir === "ltr"),
    );

  it.each(["fi", "he"])("say so in an article's entries: %s", async (language) => {
    const entry = JSON.parse(await worker.document("json")).items.find(({ url }: { url: string }) =>
      url.endsWith(`in-${language}`),
    );
    const tree = fromHtml(entry.content_html, { fragment: true });
    expect(misplaced(tree, language)).toEqual([]);
    const all = [...spoken(tree, language, "ltr")];
    for (const words of ["Paid for", "We were wrong, 25 October 2024:", "Pictures: Mara Quill."]) {
      expect(all).toContainEqual([words, "en", "ltr"]);
    }
  });

  it.each(["fi", "he"])("say so on an article's page: %s", async (language) => {
    await worker.reload({ siteYaml: SITE });
    const html = await page(`/articles/in-${language}`);
    const all = [...spoken(fromHtml(html), "", "")];
    expect(misplaced(fromHtml(html))).toEqual([]);
    for (const words of [
      "Photographs by",
      "2 of 3",
      "Corrected",
      "Sponsored",
      "Correction, 25 October 2024:",
    ]) {
      expect(all).toContainEqual([words, "en", "ltr"]);
    }
  });

  it.each(["fi", "he"])(
    "say so on every page of a paper in a language that has none: %s",
    async (language) => {
      await worker.reload({ siteYaml: SITE.replace("language: en", `language: ${language}`) });
      const paths = ["/", "/?page=2", "/sections/about", "/authors/david-choi", "/nothing", "/articles/gone"];
      for (const path of [...paths, "/articles/in-fi", "/articles/in-en", "/articles/in-he"]) {
        const html = await page(path);
        expect([path, misplaced(fromHtml(html))]).toEqual([path, []]);
      }
      for (const format of ["rss", "atom"] as const) {
        const [view = ""] =
          /<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml".*?<\/div>/s.exec(await worker.document(format)) ??
          [];
        expect(textOf(fromHtml(view, { fragment: true }))).toContain(en.feedHelp);
        expect(misplaced(fromHtml(view, { fragment: true }), language)).toEqual([]);
      }
    },
  );

  it("say so of dates too, where nobody knows how they are written there", async () => {
    await worker.put("in-tlh", article({ headline: "Qapla", language: "tlh" }));
    const time = '<time datetime="2024-10-24T11:30:00Z" lang="en" dir="ltr">24 October 2024';
    for (const path of ["/", "/articles/in-tlh"]) expect(await page(path)).toContain(time);
  });

  it("are none in an Arabic article, whose pictures are numbered in words", async () => {
    const html = await page("/articles/in-ar");
    expect(html).toMatch(/<span class="place">[2٢] من [3٣]<\/span>/);
    expect(misplaced(fromHtml(html))).toEqual([]);
  });
});
