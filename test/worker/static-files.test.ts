// Style sheets and the OpenAPI document: the build writes them, the Worker serves them with its own headers.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MADE_OF } from "../../src/cli/build-files.ts";
import { type RunningWorker, startWorker } from "./harness.ts";
import { SERVED_FILES } from "./static-files.ts";

const SOURCE = join(import.meta.dirname, "../../src");
const files: Record<string, string | undefined> = { "/worker/style.css": undefined };
let worker: RunningWorker;

beforeAll(async () => {
  worker = await startWorker({ assets: files });
});
afterAll(() => worker.close());

it.each([
  ["/feed.css", "feed.css"],
  ["/desk/desk.css", "desk.css"],
  ["/desk/preview.css", "preview.css"],
  ["/previews/preview.css", "preview.css"],
  ["/api/openapi.json", "openapi.json"],
])("%s is the file %s of the build", async (path, name) => {
  const { status, headers, body } = await worker.raw(path);
  expect([status, headers["x-content-type-options"], body.toString()]).toEqual([
    200,
    "nosniff",
    readFileSync(join(SERVED_FILES, name), "utf8"),
  ]);
  expect(headers["content-type"]).toMatch(name.endsWith(".css") ? /^text\/css/ : /^application\/json/);
});

it("a style sheet that can't be read is served as soon as it can be, and pages without it meanwhile", async () => {
  const answer = async () => {
    const { status, headers } = await worker.raw("/style.css");
    return [status, headers["cache-control"]];
  };
  expect(await answer()).toEqual([503, "no-store"]);
  expect((await worker.raw("/")).status).toBe(200);
  files["/worker/style.css"] = "p{color:red}";
  expect(await answer()).toEqual([200, "public, max-age=300"]);
  // Now it is in the Worker's memory.
  files["/worker/style.css"] = undefined;
  expect(await answer()).toEqual([200, "public, max-age=300"]);
});

it("every style sheet of the Worker is in one of the files", () => {
  const sheets = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".css"),
  );
  expect(
    Object.values(MADE_OF)
      .flat()
      .filter((name) => name.endsWith(".css"))
      .toSorted(),
  ).toEqual(sheets.toSorted());
});
