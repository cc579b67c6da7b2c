// The paper's stylesheets: pages' and feeds'.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const variablesOf = (file: string): readonly string[] =>
  Array.from(
    readFileSync(join(import.meta.dirname, "../../src/pages", file), "utf8").matchAll(
      /--([a-z-]+):([^;]+);/g,
    ),
    ([, name, value = ""]) => `${name}: ${value.trim().replace(/\s+/g, " ")}`,
  );

it("what is for the partner's page alone can't reach an article: each of its rules starts there", () => {
  const css = readFileSync(join(import.meta.dirname, "../../src/pages/record.css"), "utf8");
  const selectors = Array.from(
    css.replace(/\/\*.*?\*\//gs, "").matchAll(/(?<=^|[{}])([^{}@]+)\{/g),
    ([, list]) => list?.trim(),
  );
  expect(selectors.length).toBeGreaterThan(10);
  expect(selectors.filter((selector) => !selector?.startsWith(".record "))).toEqual([]);
});

it("letters are set apart by what knows that Arabic ones join, and by nothing else", () => {
  const files = [
    "feed.css",
    ...["style", "lists", "article", "picture", "record"].map((name) => `${name}.css`),
  ];
  const spacings = files.flatMap((file) =>
    Array.from(
      readFileSync(join(import.meta.dirname, "../../src/pages", file), "utf8").matchAll(
        /letter-spacing:([^;]+);/g,
      ),
      ([, value = ""]) => value.trim(),
    ),
  );
  expect(spacings.length).toBeGreaterThan(5);
  expect(spacings.filter((value) => value !== "0" && !/var\(--(?:track|tight)\)/.test(value))).toEqual([]);
  for (const file of ["feed.css", "style.css"]) {
    const css = readFileSync(join(import.meta.dirname, "../../src/pages", file), "utf8");
    expect(css).toMatch(/\[dir="rtl"\] \{[^}]*--track: 0;[^}]*--tight: 0;/);
  }
});

it("lines that may be cut off leave room for Arabic letters, whose tails reach further down", () => {
  const css = ["style", "lists", "article"].map((name) =>
    readFileSync(join(import.meta.dirname, `../../src/pages/${name}.css`), "utf8"),
  );
  const heights = css.flatMap((one) =>
    Array.from(one.matchAll(/\n {2}line-height: (.+);/g), ([, value = ""]) => value),
  );
  // The paper's name, in a line of its own, and superscripts.
  const narrow = heights.filter((value) => Number(value) < 1.4 && value !== "1" && value !== "0");
  expect(narrow).toEqual([]);
  expect(heights.filter((value) => value.includes("var(--leading)")).length).toBeGreaterThan(4);
  expect(css[0]).toMatch(/\[dir="rtl"\] \{[^}]*--leading: 1\.[4-9]/);
});

it("a feed has the colours and types of the paper's pages, light and dark", () => {
  const feed = variablesOf("feed.css");
  expect(feed.length).toBeGreaterThan(10);
  expect(variablesOf("style.css")).toEqual(expect.arrayContaining([...feed]));
});

it("the desk has them too, beside some of its own", () => {
  const nameOf = (variable: string) => variable.split(":")[0];
  const page = variablesOf("style.css");
  const shared = variablesOf("../desk/desk.css").filter((one) => page.map(nameOf).includes(nameOf(one)));
  expect(shared.length).toBeGreaterThan(12);
  expect(page).toEqual(expect.arrayContaining([...shared]));
});
