// Which article leads a page, and in which order the others follow.

import { describe, expect, it } from "vitest";
import { type Arrangeable, besideLead, frontPageOrder, withLead } from "../../src/pages/arrange.ts";

interface Named extends Arrangeable {
  readonly name: string;
}

/** An article by what is said of it: `fog picture sponsored low`. */
function named(words: string): Named {
  const [name = "", ...said] = words.split(" ");
  const priority = (["lead", "top", "low"] as const).find((word) => said.includes(word)) ?? "normal";
  const image = { src: "https://p.test/a.jpg", alt: "", syndicate: true } as const;
  const images = said.includes("picture") ? [image] : [];
  return { name, priority, images, sponsored: said.includes("sponsored") };
}

const order = (arrange: typeof withLead, ...articles: readonly string[]) => {
  const { lead, others } = arrange(articles.map(named));
  return [lead?.name, ...others.map(({ name }) => name)];
};

describe("what leads", () => {
  it.each([
    ["the newest with a picture", ["a", "b picture", "c picture"], "b"],
    ["the newest, where none has a picture", ["a", "b"], "a"],
    ["what is pinned, with a picture or without, however old", ["a picture", "b", "c lead"], "c"],
    ["the newest of what is pinned", ["a picture", "b lead", "c lead picture"], "b"],
    ["nothing that is sponsored, not even where it is pinned", ["a picture sponsored lead", "b"], "b"],
    ["nothing of low priority", ["a picture low", "b"], "b"],
    ["what has a picture, before what stands at the top without one", ["a top", "b picture"], "b"],
  ])("is %s", (_rule, articles, lead) => {
    expect(order(withLead, ...articles)[0]).toBe(lead);
    expect(order(frontPageOrder, ...articles)[0]).toBe(lead);
  });

  it("is nothing where all are sponsored or low, and where there is no article", () => {
    expect(order(withLead, "a sponsored picture", "b low")).toEqual([undefined, "a", "b"]);
    expect(order(frontPageOrder)).toEqual([undefined]);
  });
});

describe("the others", () => {
  const articles = ["a low", "b", "c sponsored top", "d picture", "e top", "f lead", "g lead", "h low"];

  it("stay newest first on the pages of sections, tags and people", () => {
    expect(order(withLead, ...articles)).toEqual(["f", "a", "b", "c", "d", "e", "g", "h"]);
  });

  it("come by their priority on the front page, and newest first within it; money moves nothing up", () => {
    expect(order(frontPageOrder, ...articles)).toEqual(["f", "e", "g", "b", "c", "d", "a", "h"]);
  });

  it("begin with what nobody paid for, if there is any", () => {
    const paid = ["a sponsored", "b sponsored picture", "c lead"];
    expect(order(frontPageOrder, ...paid, "d", "e")).toEqual(["c", "d", "a", "b", "e"]);
    expect(order(frontPageOrder, ...paid, "d low")).toEqual(["c", "d", "a", "b"]);
    expect(order(frontPageOrder, ...paid)).toEqual(["c", "a", "b"]);
  });
});

describe("beside the lead", () => {
  it.each([
    ["two with their pictures", ["a picture", "b picture", "c"], "A B"],
    ["four of words alone", ["a", "b", "c", "d", "e"], "a b c d"],
    ["three, the last without its picture", ["a", "b picture", "c picture", "d"], "a B c"],
    ["all, where there are few", ["a", "b picture"], "a B"],
  ])("stand %s", (_what, articles, expected) => {
    const chosen = besideLead(articles.map(named));
    const names = chosen.map(({ article: { name }, pictured }) => (pictured ? name.toUpperCase() : name));
    expect(names.join(" ")).toBe(expected);
  });
});
