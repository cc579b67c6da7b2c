// Redirects from addresses of another system (content/redirects.txt), of which there may be thousands.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeRedirectFiles } from "../../../src/cli/build-files.ts";
import { parseRedirects } from "../../../src/content/redirects.ts";
import { type RunningWorker, startWorker } from "../harness.ts";

const LINES = `
/2019/05/pier/            /articles/pier
/?p=7                     /articles/pier
/2019/05/fähre            /articles/ferry?from=old
/story.php?id=12          /articles/twelve
/story.php                /articles/all
/away/                    https://elsewhere.example/x
/articles/old-name        /articles/pier
/sections/old             /sections/science
${Array.from({ length: 5000 }, (_, index) => `/2018/${index}/ /articles/a${index}\n/?p=${1000 + index} /articles/a${index}`).join("\n")}
`;

let worker: RunningWorker;
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), "redirects-"));
  await writeRedirectFiles(dir, parseRedirects(LINES).redirects);
  files = Object.fromEntries(
    readdirSync(dir).map((name) => [`/redirects/${name}`, readFileSync(join(dir, name), "utf8")]),
  );
  rmSync(dir, { recursive: true });
  worker = await startWorker({ assets: files });
});
afterAll(() => worker.close());

const answer = async (path: string, method = "GET") => {
  const { status, headers } = await worker.raw(path, method);
  return [status, headers.location];
};

describe("an old address", () => {
  it.each([
    ["/2019/05/pier/", "/articles/pier"],
    ["/2019/05/pier", "/articles/pier"],
    ["/2019/05/pier/index.html", "/articles/pier"],
    ["/2019/05/pier/?utm_source=letter", "/articles/pier"],
    ["/?p=7", "/articles/pier"],
    ["/?utm_source=letter&p=7", "/articles/pier"],
    ["/index.php?p=7", "/articles/pier"],
    ["/2019/05/f%C3%A4hre/", "/articles/ferry?from=old"],
    ["/2019/05/f%c3%a4hre", "/articles/ferry?from=old"],
    ["/story.php?id=12", "/articles/twelve"],
    ["/story.php?page=2", "/articles/all"],
    ["/away", "https://elsewhere.example/x"],
    ["/articles/old-name", "/articles/pier"],
    ["/sections/old", "/sections/science"],
    ["/2018/4711", "/articles/a4711"],
    ["/?p=5999", "/articles/a4999"],
  ])("%s leads on", async (path, target) => {
    expect(await answer(path)).toEqual([301, target]);
    expect(await answer(path, "HEAD")).toEqual([301, target]);
  });

  it.each(["/2018/5000", "/2018", "/2019/05/pier/more", "/story.php?id=13", "/__proto__", "/%E0%A4%A"])(
    "%s that no line has is not found",
    async (path) => {
      expect((await worker.raw(path)).status).toBe(404);
    },
  );

  it("stands behind what there is: the front page, and other methods", async () => {
    expect(await answer("/")).toEqual([200, undefined]);
    expect(await answer("/?p=8")).toEqual([200, undefined]);
    expect((await worker.raw("/2019/05/pier/", "POST")).status).toBe(404);
  });

  it("is cached as long as a page", async () => {
    expect((await worker.fetch("/away", { redirect: "manual" })).headers.get("cache-control")).toMatch(
      /^public, max-age=\d+$/,
    );
  });
});

it("is in one of 256 files, each of them small", () => {
  const sizes = Object.values(files).map(({ length }) => length);
  expect(sizes).toHaveLength(256);
  expect(Math.max(...sizes)).toBeLessThan(5000);
});

it("costs nothing where there are no lines", async () => {
  const bare = await startWorker();
  expect((await bare.raw("/2019/05/pier/")).status).toBe(404);
  expect((await bare.raw("/?p=7")).status).toBe(200);
  await bare.close();
});
