// An article at an earlier time: what its file dates later is left out, and nothing else.

import { expect, it } from "vitest";
import { articleAsOf } from "../../src/cli/publish-plan.ts";
import { hexSha256 } from "../../src/content/images.ts";
import { readArticle } from "../../src/content/read-article.ts";
import { type Instant, parseInstant } from "../../src/lib/time.ts";
import { contentFolder } from "./folder.ts";

const CHANGES = `updated: 2026-01-05T00:00:00Z
corrections:
  - { at: 2026-01-03T00:00:00Z, kind: correction, text: The pier is the west one. }
  - { at: 2026-01-05T00:00:00Z, kind: update, text: The pier has opened. }
`;

async function articleWith(changes: string) {
  const dir = contentFolder({
    "articles/pier/index.md": `---\nheadline: Pier\npublished: 2026-01-01T00:00:00Z\n${changes}---\nText.\n`,
  });
  const folder = { slug: "pier", dir: `${dir}/articles/pier`, file: `${dir}/articles/pier/index.md` };
  const article = await readArticle(folder, { slugs: new Set() });
  if (article.kind !== "article") throw new Error(JSON.stringify(article.findings));
  return article;
}

const at = (day: string): Instant => {
  const instant = parseInstant(`${day}T00:00:00Z`);
  if (!instant) throw new Error(`${day} is no day`);
  return instant;
};

it.each([
  ["before its publication", "2025-12-01", undefined, 0],
  ["after one change", "2026-01-04", undefined, 1],
  ["in the second of the last one", "2026-01-05", "2026-01-05T00:00:00Z", 2],
])("has the changes that had happened %s", async (_when, day, updated, corrections) => {
  const article = await articleWith(CHANGES);
  const then = articleAsOf(article, at(day));
  if (then.kind !== "article") throw new Error(then.kind);
  const sent = JSON.parse(Buffer.from(then.json).toString());
  expect(sent).toEqual({
    ...JSON.parse(Buffer.from(article.json).toString()),
    updated,
    corrections: article.input.corrections.slice(0, corrections),
  });
  expect(then.digest).toBe(hexSha256(then.json));
});

it("is the same request, to the byte, where nothing changed later", async () => {
  const article = await articleWith(CHANGES);
  expect(articleAsOf(article, at("2026-02-01"))).toBe(article);
  const untouched = await articleWith("");
  expect(articleAsOf(untouched, at("2025-12-01"))).toBe(untouched);
});
