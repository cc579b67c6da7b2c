// Ids that a source brings: none takes the place of an article that has it already, unless the publisher says so.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { write } from "../folder.ts";
import { workshop } from "./workshop.ts";

const feed = (guid: string, text: string): string =>
  `<rss version="2.0"><channel><title>x</title><item><title>Ferry back</title><link>https://evil.example/ferry-back</link><guid isPermaLink="false">${guid}</guid><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><description>${text}</description></item></channel></rss>`;
const OWN = "tag:harbour.test,2024-01-01:harbour-vote";
const HARBOUR = "---\nheadline: Harbour vote\npublished: 2026-03-02T18:00:00Z\n---\nOurs.\n";

it("an item with the id of a published article gets one of its own, and is told of", async () => {
  const { run, articlesDir, articles, file } = workshop({ "evil.rss": feed(OWN, "Theirs.") });
  write(articlesDir, { "harbour-vote/index.md": HARBOUR });
  const { said } = await run(["evil.rss"]);
  expect(said).toContain(`ferry-back  id was left out: "${OWN}" is one of this site's own`);
  expect(articles()).toEqual(["ferry-back", "harbour-vote"]);
  expect(file("ferry-back/index.md")).not.toMatch(/^id:/m);
  expect(file("harbour-vote/index.md")).toBe(HARBOUR);
});

it("with --adopt-ids it is the article here, which somebody wrote: --force alone writes over it", async () => {
  const { run, articlesDir, articles, file } = workshop({ "own.rss": feed(OWN, "A newer text.") });
  write(articlesDir, { "harbour-vote/index.md": HARBOUR });
  const adoptIds = { choices: { adoptIds: true } };
  expect((await run(["own.rss"], adoptIds)).said).toContain("was edited since it was imported");
  expect(file("harbour-vote/index.md")).toBe(HARBOUR);
  await run(["own.rss"], { ...adoptIds, force: true });
  expect(articles()).toEqual(["harbour-vote"]);
  expect(file("harbour-vote/index.md")).toContain(`id: ${OWN}\n`);
});

it("another file with an id that is known writes over nothing, with --force neither", async () => {
  const { run, dir, articles, file } = workshop({
    "a.rss": feed("urn:x:1", "The first text."),
    "b.rss": feed("urn:x:1", "Another text."),
  });
  await run(["a.rss"]);
  const before = file("ferry-back/index.md");
  for (const force of [false, true]) {
    const { said } = await run(["b.rss"], { force });
    expect(said).toMatch(/^ferry-back {2}has the id of \S+b\.rss \(urn:x:1\), but comes from \S+a\.rss: /m);
    expect(said).toContain("1 article: 1 known from elsewhere and left alone.");
    expect(file("ferry-back/index.md")).toBe(before);
  }
  write(dir, { "a.rss": readFileSync(join(dir, "b.rss"), "utf8") });
  expect((await run(["a.rss"])).said).toContain("updated   ferry-back");
  write(dir, { "b.rss": feed("urn:x:1", "A third text.") });
  await run(["b.rss"], { choices: { adoptIds: true } });
  expect(file("ferry-back/index.md")).toContain("A third text.");
  expect(articles()).toEqual(["ferry-back"]);
});
