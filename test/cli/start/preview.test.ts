// `wireroom preview` with the real wrangler: the same articles at three times, and nothing left of it.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Client } from "../../../src/cli/client.ts";
import { portProblem } from "../../../src/cli/start/port.ts";
import { readDevVar } from "../../../src/cli/target.ts";
import { write } from "../folder.ts";
import { freePort, patiently, projectWith, type Running, run } from "./running.ts";

const LIMIT_MS = 180_000;

const article = (headline: string, fields: string) => `---\nheadline: ${headline}\n${fields}---\nText.\n`;

const FERRY = `tags: [boats]
published: 2020-01-01T00:00:00Z
expires: 2020-03-01T00:00:00Z
updated: 2020-01-05T00:00:00Z
corrections: [{ at: 2020-01-05T00:00:00Z, kind: correction, text: There are two. }]
`;
const ARTICLES = {
  "content/articles/ferry/index.md": article("Ferry", FERRY),
  "content/articles/bridge/index.md": article("Bridge", "published: 2090-02-20T09:00:00+09:00\n"),
};

const HARBOUR = `id: harbour
name: Harbour
profile: json
access: public
push: { url: "http://localhost:9/" }
`;

const project = () => projectWith(ARTICLES);

const preview = (folder: string, ...flags: readonly string[]): Running =>
  run(join(folder, "src/cli/main.ts"), ["preview", ...flags], {
    cwd: folder,
    env: { ...process.env, TMPDIR: join(folder, "tmp") },
  });

const foldersOf = (folder: string) =>
  readdirSync(join(folder, "tmp")).filter((name) => name.startsWith("wireroom-"));

it.each([
  {
    when: "before all",
    at: "2019-12-31T23:00:00Z",
    feed: [],
    pages: { ferry: 404, bridge: 404 },
    counts: "0 published by then, 2 scheduled for later, 0 expired",
  },
  {
    when: "after a release",
    at: "2020-01-02 00:00",
    feed: ["Ferry"],
    pages: { ferry: 200, bridge: 404 },
    counts: "1 published by then, 1 scheduled for later, 0 expired",
  },
  {
    when: "after an end",
    at: "2090-02-20T00:00:00Z",
    feed: ["Bridge"],
    pages: { ferry: 200, bridge: 200 },
    counts: "1 published by then, 0 scheduled for later, 1 expired",
  },
])("serves content/ as it is $when, and leaves nothing", { timeout: LIMIT_MS }, async (expected) => {
  const { at, feed, pages, counts } = expected;
  const folder = project();
  const port = await freePort();
  const { child, said, ended } = preview(folder, "--at", at, "--port", String(port));
  await patiently(() => said().includes("Ctrl-C ends it."), said);
  expect(said()).toContain(`  Articles    ${counts}\n`);
  expect(said()).not.toContain("refused");
  expect(foldersOf(folder)).toHaveLength(1);

  const url = `http://localhost:${port}`;
  const rss = await fetch(`${url}/rss.xml`);
  expect(rss.headers.get("Cache-Control")).toBe("no-store");
  const titles = [...(await rss.text()).matchAll(/<item><title>(.*?)<\/title>/g)].map(([, title]) => title);
  expect(titles).toEqual(feed);
  for (const [slug, status] of Object.entries(pages)) {
    const page = await fetch(`${url}/articles/${slug}`);
    expect([slug, page.status]).toEqual([slug, status]);
  }

  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(foldersOf(folder)).toEqual([]);
  expect(readdirSync(join(folder, ".wireroom"))).toEqual([]);
  expect(await portProblem(port)).toBeUndefined();
  expect(spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout).not.toContain(folder);
});

// A feed of a tag stays in KV for some days alone, and KV takes no day that is over by its own clock.
it("takes up changes, at a time long ago too, and tells nobody", { timeout: LIMIT_MS }, async () => {
  const folder = project();
  write(folder, { "content/partners/harbour.yaml": HARBOUR });
  const port = await freePort();
  const { said } = preview(folder, "--at", "2020-01-02T00:00:00Z", "--port", String(port));
  await patiently(() => said().includes("Ctrl-C ends it."), said);
  const url = `http://localhost:${port}`;
  expect(await (await fetch(`${url}/tags/boats/rss.xml`)).text()).toContain("<title>Ferry</title>");
  // Partners are told of what differs from what they could have fetched before.
  expect(await (await fetch(`${url}/partners/harbour/feed.json`)).text()).toContain("Ferry");
  const token = await readDevVar("PUBLISH_TOKEN", join(folder, ".dev.vars"));
  const client = new Client({ url, token: token ?? "" });
  const boats = async () => (await client.feeds()).find(({ feed }) => feed === "tag/boats");
  const before = await boats();
  write(folder, { "content/articles/ferry/index.md": article("Night ferry", FERRY) });
  await patiently(
    async () => {
      const now = await boats();
      return now?.version !== before?.version && now?.staleSince === null && now.lastError === null;
    },
    () => `It stays stale\n${said()}`,
  );
  expect(await (await fetch(`${url}/tags/boats/rss.xml`)).text()).toContain("<title>Night ferry</title>");
  let answers: readonly (string | null)[] = [];
  await patiently(
    async () => {
      answers = (await client.deliveries({})).map(({ answer }) => answer);
      return answers.some((answer) => answer !== null);
    },
    () => `Nothing was to be told\n${said()}`,
  );
  expect(answers).toContainEqual(expect.stringContaining("A preview calls nobody"));
});

it("says what a time looks like, and ends", async () => {
  const folder = project();
  const { said, ended } = preview(folder, "--at", "tomorrow");
  expect(await ended).toBe(1);
  expect(said()).toBe(
    '"tomorrow" is not a time; --at takes one like 2026-03-02T18:00:00+09:00, "2026-03-02 18:00" (in UTC, the time zone of site.yaml), or +2h and -3d from now.\n',
  );
});
