// Which folder an imported article goes to, and what is left alone.

import { describe, expect, it } from "vitest";
import {
  type Candidate,
  digestOf,
  type Existing,
  planImport,
  withOrigin,
} from "../../../src/cli/import/import-plan.ts";
import { expectProportional } from "../../growth.ts";

const candidate = (slug: string, from: string, changes: Partial<Candidate> = {}): Candidate => ({
  slug,
  origin: { from },
  headline: slug,
  incomplete: false,
  text: `---\nheadline: ${slug}\n---\n`,
  ...changes,
});

/** What an earlier import wrote. */
const written = (one: Candidate, changes: Partial<Existing> = {}): Existing => ({
  slug: one.slug,
  file: `${one.slug}/index.md`,
  ...(one.id === undefined ? {} : { id: one.id }),
  headline: one.slug,
  origin: one.origin,
  digest: digestOf(one.text),
  edited: false,
  renamed: false,
  draft: false,
  ...changes,
});

const plan = (
  candidates: readonly Candidate[],
  existing: readonly Existing[] = [],
  names: readonly string[] = [],
  options: Parameters<typeof planImport>[3] = {},
) =>
  planImport(candidates, existing, [...names, ...existing.map(({ slug }) => slug)], options).map(
    ({ change, slug, takenBy }) => [change, slug, ...(takenBy === undefined ? [] : [takenBy])],
  );

describe("an import", () => {
  it("counts on where many have one headline", () => {
    expectProportional((length) => {
      const many = Array.from({ length }, (_, index) => candidate("same", `../${index}.html`));
      expect(plan(many).at(-1)).toEqual(["created", `same-${length}`, "../0.html"]);
    }, 20_000);
  });

  const ferry = candidate("ferry", "../a.html");

  it("creates what isn't there, and a second time changes nothing", () => {
    expect(plan([ferry])).toEqual([["created", "ferry"]]);
    expect(plan([ferry], [written(ferry)])).toEqual([["unchanged", "ferry"]]);
  });

  it("gives the second of one slug a number, and names both", () => {
    const second = candidate("ferry", "../b.html");
    expect(plan([ferry, second])).toEqual([
      ["created", "ferry"],
      ["created", "ferry-2", "../a.html"],
    ]);
    const again = [written(ferry), written(second, { slug: "ferry-2" })];
    expect(plan([ferry, second], again)).toEqual([
      ["unchanged", "ferry"],
      ["unchanged", "ferry-2"],
    ]);
    expect(plan([second], again)).toEqual([["unchanged", "ferry-2"]]);
  });

  it("never takes a name that something else has, in any spelling of capitals", () => {
    expect(plan([ferry], [], ["Ferry", "ferry-2"])).toEqual([
      ["created", "ferry-3", "an article that is there"],
    ]);
  });

  it("writes over what it wrote itself, never over what was edited since", () => {
    const changed = candidate("ferry", "../a.html", { text: "---\nheadline: ferry\ndek: new\n---\n" });
    expect(plan([changed], [written(ferry)])).toEqual([["updated", "ferry"]]);
    const edited = [written(ferry, { edited: true })];
    expect(plan([changed], edited)).toEqual([["edited", "ferry"]]);
    expect(plan([ferry], edited)).toEqual([["edited", "ferry"]]);
    expect(plan([changed], edited, [], { force: true })).toEqual([["updated", "ferry"]]);
  });

  it("leaves alone what flags have completed", () => {
    const lacking = candidate("ferry", "../a.html", { incomplete: true, text: "---\ndraft: true\n---\n" });
    expect(plan([lacking], [written(ferry)])).toEqual([["complete", "ferry"]]);
    expect(plan([lacking], [written(ferry, { draft: true })])).toEqual([["updated", "ferry"]]);
    expect(plan([lacking], [written(ferry)], [], { force: true })).toEqual([["updated", "ferry"]]);
  });

  it("leaves alone an article of the same name and headline that has no origin any more", () => {
    const { origin: _origin, digest: _digest, ...own } = written(ferry, { edited: true });
    expect(plan([ferry], [own])).toEqual([["known", "ferry"]]);
    expect(plan([ferry], [own], [], { force: true, adopt: true })).toEqual([["known", "ferry"]]);
    expect(plan([ferry], [{ ...own, headline: "Another story" }])).toEqual([
      ["created", "ferry-2", "an article that is there"],
    ]);
  });

  it("knows an article by its id, wherever it came from and whatever its folder is called", () => {
    const item = candidate("ferry", "../feed.xml", { id: "tag:x,2024:1" });
    const there = written(item, {
      slug: "my-ferry",
      renamed: true,
      origin: { from: "../old.xml", item: "1" },
    });
    expect(plan([item], [there])).toEqual([["unchanged", "my-ferry"]]);
    expect(plan([item, candidate("ferry", "../feed.json", { id: "tag:x,2024:1" })])).toEqual([
      ["created", "ferry"],
      ["double", "ferry"],
    ]);
  });

  it("writes over nothing that has its id from elsewhere, unless it may adopt ids", () => {
    const item = candidate("ferry", "../evil.xml", {
      id: "tag:x,2024:1",
      text: "---\nheadline: evil\n---\n",
    });
    const there = written({ ...ferry, id: "tag:x,2024:1" });
    const {
      origin: _origin,
      digest: _digest,
      ...ours
    } = written({ ...ferry, id: "tag:x,2024:1" }, { edited: true });
    for (const one of [there, ours]) {
      expect(plan([item], [one])).toEqual([["known", "ferry"]]);
      expect(plan([item], [one], [], { force: true })).toEqual([["known", "ferry"]]);
    }
    expect(plan([item], [there], [], { adopt: true })).toEqual([["updated", "ferry"]]);
    expect(plan([item], [ours], [], { adopt: true })).toEqual([["edited", "ferry"]]);
    // The same file can be another source.
    const other = { ...item, origin: { ...ferry.origin, source: "evil.example" } };
    expect(plan([other], [there], [], { force: true })).toEqual([["known", "ferry"]]);
    expect(plan([{ ...other, text: ferry.text }], [there], [], { force: true })).toEqual([
      ["unchanged", "ferry"],
    ]);
    // The same text with other pictures is another one.
    const same = { ...item, text: ferry.text, pictures: { "a.png": "0" } };
    expect(plan([same], [there])).toEqual([["known", "ferry"]]);
  });

  it("moves a draft that nobody has seen, when it gets its name", () => {
    const named = candidate("ferry-is-back", "../000.txt");
    const draft = written(candidate("000", "../000.txt"), { draft: true });
    expect(plan([named], [draft])).toEqual([["moved", "ferry-is-back"]]);
    expect(plan([named], [{ ...draft, renamed: true }])).toEqual([["updated", "000"]]);
    expect(plan([named], [{ ...draft, draft: false }])).toEqual([["updated", "000"]]);
    expect(plan([named], [draft], ["ferry-is-back"])).toEqual([["updated", "000"]]);
  });
});

describe("the line about its origin", () => {
  it("tells a file that was edited from one that git has only given other line ends", () => {
    const text = "---\nheadline: x\n---\nBody\n";
    const file = withOrigin(text, "x", { from: "../a.txt" });
    expect(file).toMatch(
      /^---\n# imported \{"from":"\.\.\/a\.txt","slug":"x","digest":"[0-9a-f]{16}"\}\nheadline: x\n/,
    );
    expect(digestOf(text.replaceAll("\n", "\r\n"))).toBe(digestOf(text));
    expect(digestOf(`${text} `)).not.toBe(digestOf(text));
  });
});
