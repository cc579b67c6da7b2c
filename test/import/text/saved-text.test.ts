// Saved pages as text. `pages/` holds pages of several countries and the whole article that each of them is.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "../../../src/import/text/saved-text.ts";
import { expectProportional } from "../../growth.ts";

const PAGES = join(import.meta.dirname, "pages");
const NAMES = readdirSync(PAGES)
  .filter((file) => file.endsWith(".txt"))
  .map((file) => file.replace(/\.txt$/, ""));

const page = (name: string): string => readFileSync(join(PAGES, `${name}.txt`), "utf8");
const read = (content: string) => readText({ name: "page.txt", content });
const article = (content: string) => read(content).articles[0];
const taken = (content: string) => read(content).explained.map(({ as }) => as);
const paragraphs = (content: string): readonly string[] => {
  const body = article(content)?.body;
  return body?.kind === "text" ? body.paragraphs : [];
};

const HEADLINE = "Flood at Lisle closes the lower town";
const FIRST = "The river rose by two metres overnight and will rise further, the county said on Monday.";
const SECOND = "Nobody was hurt, and the schools will open again on Thursday, a spokeswoman said.";

describe("readText", () => {
  it.each(NAMES)("%s", (name) => {
    const { articles, problems } = readText({ name: `${name}.txt`, content: page(name) });
    expect(problems).toEqual([]);
    expect(articles).toEqual([JSON.parse(readFileSync(join(PAGES, `${name}.json`), "utf8"))]);
  });

  it.each(NAMES)("%s is the same with other line ends, blank lines and spaces", (name) => {
    const lines = page(name)
      .split("\n")
      .filter((line) => line !== "");
    const [expected] = readText({ name: `${name}.txt`, content: lines.join("\n") }).articles;
    const odd = `\uFEFF\r\n${lines.map((line) => `\u00A0${line} \t`).join("\r\n\r\n")}\r\n`;
    expect(readText({ name: `${name}.txt`, content: odd }).articles).toEqual([expected]);
  });

  it("finds nothing in nothing", () => {
    expect(read(" \r\n\u00A0\n")).toEqual({
      articles: [],
      problems: [{ path: "", message: "holds no text" }],
      explained: [],
    });
  });
});

describe("a headline", () => {
  it("is none where a page has none", () => {
    expect(article(`${FIRST}\n${SECOND}`)?.headline).toBeUndefined();
    expect(article(`World\n${FIRST}\n${SECOND}`)?.headline).toBeUndefined();
    expect(article(`Menu\nLive TV\nAsia\nShop\n${FIRST}`)?.headline).toBeUndefined();
    expect(article(`A boat in the rain (AP Photo/Ada Lind)\n${FIRST}`)?.headline).toBeUndefined();
    expect(article("Related\nOld flood\nNew flood comes to town")?.headline).toBeUndefined();
  });

  it("is no description of a picture, and no item of a list", () => {
    expect(
      taken(`A man stands in the rain\nThe quay on Monday. (Ada Lind/AFP)\n${FIRST}`).slice(0, 2),
    ).toEqual(["alt", "caption"]);
    const listed = `Most read\nThe lighthouse that moved itself\n${HEADLINE}\nBy Ada Lind\n${FIRST}`;
    expect(article(listed)?.headline).toBe(HEADLINE);
  });

  it("may stand under the byline, if nothing else stands above that", () => {
    const signed = "Von Ida Fenn publiziert am 25. September 2018";
    const read = article(`Zurück zur Übersicht\n${signed}\nDas Werft-Fest im Regen\n${FIRST}\n${SECOND}`);
    expect(read?.headline).toBe("Das Werft-Fest im Regen");
    expect(read?.bylines).toEqual([{ name: "Ida Fenn" }]);
    expect(article(`${HEADLINE}\nBy Ada Lind\nThe lower town at noon\n${FIRST}`)?.headline).toBe(HEADLINE);
  });

  it("may say what boilerplate says", () => {
    const content = `Sign up for the sea, says a captain\nBy Ada Lind\n3 March 2025\n${FIRST}`;
    expect(article(content)?.headline).toBe("Sign up for the sea, says a captain");
  });
});

describe("the site around an article", () => {
  const between = (...lines: readonly string[]) =>
    paragraphs([HEADLINE, "By Ada Lind", FIRST, ...lines, SECOND].join("\n"));

  it.each([
    ["a newsletter's box", "The Tide Newsletter", "Stories from the coast, every morning.", "Sign up"],
    ["a paywall", "This article is for subscribers only", "Already a subscriber? Sign in"],
    ["a related article", "RELATED: The wall that never was"],
    [
      "a list",
      "Read more",
      "The wall that was never finished at all",
      "Insurers count the cost of a wet winter",
    ],
    ["share buttons", "Share", "Facebook", "WhatsApp", "Copy link"],
    ["an advertisement", "Advertisement", "Story continues below advertisement"],
    ["a cookie notice", "We use cookies to make this site better.", "Accept all"],
  ])("leaves the body: %s", (_, ...lines) => {
    expect(between(...lines)).toEqual([FIRST, SECOND]);
  });

  it.each([
    '"Sign up now," he said.',
    "Subscribe to nothing, says the harbour master, and share everything.",
    "The network uses cookies to follow its readers from page to page.",
    "Share prices of the dredging company fell by a third.",
    "Facebook",
    "What next?",
    "The ministry said: all rights reserved to the harbour's owner were lost in 1961, “all rights reserved” or not.",
  ])("leaves the body alone: %s", (line) => {
    expect(between(line)).toEqual([FIRST, line, SECOND]);
  });

  it("keeps what stands last in the article, if it is no boilerplate", () => {
    expect(
      paragraphs(`${HEADLINE}\n${FIRST}\n12 January: gate opened\n14 January: gate shut\nRelated\nOld flood`),
    ).toEqual([FIRST, "12 January: gate opened", "14 January: gate shut"]);
  });
});

describe("people and dates", () => {
  it("takes the day above everything for the site's", () => {
    const content = `Sunday, March 2, 2025\nWeather\n${HEADLINE}\nBy Ada Lind\n${FIRST}`;
    expect(article(content)?.published).toBeUndefined();
    expect(article(`${HEADLINE}\nMarch 2, 2025\n${FIRST}`)?.published).toEqual({
      kind: "day",
      value: "2025-03-02",
    });
  });

  it("takes no names and dates from a list of other articles", () => {
    const content = `${HEADLINE}\n${FIRST}\n${SECOND}\nMost read\nOld flood\nBy Eva Klein\n3 March 2024`;
    expect(article(content)).not.toHaveProperty("bylines");
    expect(article(content)).not.toHaveProperty("published");
  });

  it("gives the agency to authors who have none, and else tells of it", () => {
    const led = `LISLE, Ireland (AP) — ${FIRST}`;
    expect(article(`${HEADLINE}\nBy Ada Lind\n${led}`)?.bylines).toEqual([
      { name: "Ada Lind", affiliation: "AP" },
    ]);
    const unsigned = article(`${HEADLINE}\n${led}`);
    expect(unsigned).not.toHaveProperty("bylines");
    expect(unsigned?.notes).toEqual(["the page names AP as its agency, and nobody as the author"]);
    expect(article(`${HEADLINE}\nAFP\n12/01/2026\n${FIRST}`)?.notes).toEqual([
      "the page names AFP as its agency, and nobody as the author",
    ]);
  });

  it.each(["The Associated Press", "/ CBS News"])("knows the agency alone in a line: %s", (line) => {
    const [, agency] = /^[/ ]*(.+)$/.exec(line) ?? [];
    const content = `${HEADLINE}\nBy Ada Lind\n3 March 2025\n${line}\n${FIRST}\n${SECOND}`;
    expect(article(content)?.bylines).toEqual([{ name: "Ada Lind", affiliation: agency }]);
    expect(paragraphs(content)).toEqual([FIRST, SECOND]);
  });

  it("leaves a correction in the body", () => {
    const correction = "Correction: An earlier version gave the wrong height.";
    expect(paragraphs(`${HEADLINE}\n${FIRST}\n${correction}`)).toEqual([FIRST, correction]);
  });
});

const SAID = NAMES.flatMap((name) => page(name).split("\n"));
const line = fc.oneof(
  fc.constantFrom(...SAID, "", " ", "[1/2] ", "(AP)", "By ", "1 of 3 |", FIRST),
  fc.string({ unit: "binary" }).map((text) => text.replace(/[\r\n]/g, " ")),
);

describe("any text", () => {
  it("is explained line by line, and comes out as it came in", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const content = lines.join("\n");
        const { articles, explained } = read(content);
        const full = content
          .split("\n")
          .flatMap((text, index) => (text.trim() ? [[index + 1, text.trim()]] : []));
        expect(explained.map(({ line, text }) => [line, text])).toEqual(full);
        expect(explained.every(({ why }) => why !== "")).toBe(true);
        const [one] = articles;
        const body = one?.body.kind === "text" ? one.body.paragraphs : [];
        const from = explained.filter(({ as }) => as.endsWith("body"));
        expect(body.length).toBe(from.length);
        for (const [index, { as, text }] of from.entries()) {
          if (as === "body") expect(body[index]).toBe(text);
          else expect(text.endsWith(body[index] ?? "?")).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["paragraphs", FIRST],
    ["names", "Ada Lind"],
    ["prompts", "Subscribe"],
    ["captions", "A man walks. (AP Photo/Ada Lind)"],
    ["lists", "Related\nA flood of some words"],
    ["sections", "World"],
    ["names with dates", "Ada Lind | 3 March 2025"],
    ["bios", "Ada Lind is a reporter for The Harbour Post."],
  ])("takes time in proportion: %s", (_, text) => {
    expectProportional((count) => read(`${text}\n`.repeat(count)), 4_000);
  });

  it.each(["a", ".", "“", "1/", "> ", " | ", "(", "A ", "By A, "])(
    "reads a line of a megabyte: %s",
    (text) => {
      const long = `x${text.repeat(1_000_000 / text.length)}x`;
      expect(paragraphs(`${FIRST}\n${long}`)).toEqual([FIRST, long]);
    },
  );
});
