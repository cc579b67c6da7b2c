// What is made of an article once, for all formats.

import { beforeEach, expect, it, vi } from "vitest";
import { readerBody } from "../../src/formats/body.ts";
import { fingerprintOf, isCurrent, renderEntries } from "../../src/publish/entries.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import { runPipeline, unwrap, withdrawalOf } from "../pipeline.ts";

// Test files share their modules: what another file has loaded isn't the one that is watched here.
vi.hoisted(() => vi.resetModules());
vi.mock(import("../../src/formats/body.ts"), { spy: true });
beforeEach(() => vi.clearAllMocks());

it.each(CASES)("the body of %s is written once", async (name) => {
  await runPipeline(startOf(name));
  expect(readerBody).toHaveBeenCalledTimes(1);
});

it.each(CASES)("settings that are read for %s, and no others, are in its fingerprint", async (name) => {
  const start = startOf(name);
  const { site, stored: article } = await runPipeline(start);
  const withdrawn = start.withdrawn && withdrawalOf(start.withdrawn);
  const record = withdrawn ? { article, withdrawn } : { article };
  const fingerprint = await fingerprintOf(record, site);
  expect(await isCurrent(fingerprint, structuredClone(site))).toBe(true);

  const read = new Set<string>();
  const watch = <T extends object>(settings: T, under: string): T =>
    new Proxy(settings, {
      get(target, field) {
        const path = under + String(field);
        const value: unknown = Reflect.get(target, field);
        if (path === "sections" || path === "people") return watch(value as object, `${path}.`);
        if (/^sections\.[^.]+$/.test(path)) return value && watch(value, `${path}.`);
        read.add(path);
        return value;
      },
    });
  unwrap(renderEntries(record, watch(site, "")));
  for (const path of read) {
    const changed: Record<string, unknown> = structuredClone(site);
    const fields = path.split(".");
    const last = fields.pop() ?? "";
    const inner = fields.reduce((found, field) => found[field] as Record<string, unknown>, changed);
    inner[last] = { other: true };
    expect([path, await isCurrent(fingerprint, changed as typeof site)]).toEqual([path, false]);
  }
});
