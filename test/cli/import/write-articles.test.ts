// An article's folder is there as a whole or not at all.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Writable, writeArticle } from "../../../src/cli/import/article-file.ts";
import { contentFolder } from "../folder.ts";

const candidate: Writable = {
  slug: "ferry",
  origin: { from: "a.html" },
  incomplete: false,
  text: "",
  fileName: "index.html",
  files: [],
};
const step = { candidate, change: "created", slug: "ferry", text: "---\n---\n" } as const;

it("leaves alone a folder that another import made since", async () => {
  const articles = join(contentFolder({ "articles/ferry/index.md": "theirs" }), "articles");
  expect(await writeArticle(step, articles)).toBe("was made by something else while this ran: import again");
  expect(readdirSync(articles)).toEqual(["ferry"]);
  expect(readdirSync(join(articles, "ferry"))).toEqual(["index.md"]);
});

it("leaves nothing where it could not be finished", async () => {
  const articles = join(contentFolder({ "articles/other/index.md": "" }), "articles");
  const files = [{ name: "a.png", from: join(articles, "gone.png"), sha256: "" }];
  const halfway = { ...step, candidate: { ...candidate, files } };
  expect(await writeArticle(halfway, articles)).toBe("can't be written (ENOENT)");
  expect(readdirSync(articles)).toEqual(["other"]);
});
