// Partners by the `wireroom` command alone: a policy published, a token made, its curl line run, and
// everything exported.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";

const ROOT = join(import.meta.dirname, "../../..");
const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), "wireroom-partner-"));
const content = join(directory, "content");

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  mkdirSync(join(content, "articles"), { recursive: true });
});
afterAll(async () => {
  await worker?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function wireroom(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    [join(ROOT, "src/cli/main.ts"), ...words, "--to", worker.url, "--token", TOKEN],
    { env: { PATH: process.env.PATH ?? "" } },
  );
  return stdout;
}

it("publishes a policy that partner new wrote, once", async () => {
  await run(process.execPath, [
    ...[join(ROOT, "src/cli/main.ts"), "partner", "new", "portal", "--dir", content],
    ...["--name", "Portal", "--profile", "rss", "--access", "basic"],
  ]);
  expect(await wireroom("publish", content)).toMatch(
    /^created {3}partners\/portal {2}https:\/\/wire\.test\/partners\/portal\/rss\.xml\n1 partner created\.\n$/,
  );
  expect(await wireroom("publish", content)).toBe("1 partner as before.\n");
  expect(await wireroom("publish", content, "--dry-run")).toBe("1 partner as before.\n");
  expect(await wireroom("partner", "list")).toMatch(/\nportal {2}rss {6}basic {3}\d+ +never +no token\n$/);
});

it("makes tokens that open the feed by the line it prints, until they are revoked", async () => {
  const said = await wireroom("partner", "token", "portal");
  const [, login = ""] = /-u '([^']+)' 'https:\/\/wire\.test\/partners\/portal\/rss\.xml'/.exec(said) ?? [];
  const headers = { Authorization: `Basic ${btoa(login)}` };
  const status = async () => (await worker.fetch("/partners/portal/rss.xml", { headers })).status;
  expect(await status()).toBe(200);
  expect(await wireroom("partner", "token", "portal")).not.toBe(said);
  await expect(wireroom("partner", "token", "portal")).rejects.toMatchObject({
    stderr: expect.stringContaining("portal has two valid tokens"),
  });
  const [, first = ""] = /^Name +(\w+)$/m.exec(said) ?? [];
  expect(await wireroom("partner", "show", "portal")).toContain(`token ${first}, made just now`);
  await wireroom("partner", "token", "portal", "--revoke", first);
  expect(await status()).toBe(401);
});

it("is told by file and line what the Worker refuses, and nothing is stored", async () => {
  const file = join(content, "partners/moon.yaml");
  writeFileSync(file, "id: moon\nname: Moon\nprofile: rss\nselect:\n  sections:\n    - moon\n");
  await expect(wireroom("publish", content)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/moon\.yaml:6 {2}select\.sections\[0\] {2}"moon" is not a section/),
  });
  rmSync(file);
});

it("exports policies that publish takes back unchanged, and removes partners", async () => {
  const exported = join(directory, "exported");
  await wireroom("export", exported);
  expect(await wireroom("publish", exported)).toBe("1 partner as before.\n");
  await wireroom("partner", "remove", "portal", "--yes");
  await expect(wireroom("partner", "show", "portal")).rejects.toMatchObject({
    stderr: "There is no partner portal.\n",
  });
});
