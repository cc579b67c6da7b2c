// A deploy whose code lacks a class that wrangler.toml names passes a dry run, and fails on Cloudflare.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { experimental_readRawConfig } from "wrangler";

const ROOT = join(import.meta.dirname, "..");
const { rawConfig } = experimental_readRawConfig({ config: join(ROOT, "wrangler.toml") });
const bindings: readonly { readonly class_name: string }[] = rawConfig.durable_objects?.bindings ?? [];
const classes = bindings.map(({ class_name }) => class_name);

it("every object's class is declared, with SQLite", () => {
  expect(classes).toEqual(["FeedObject", "PartnerObject"]);
  const declared = Object.entries(rawConfig.exports ?? {});
  expect(declared).toEqual(classes.map((name) => [name, { type: "durable-object", storage: "sqlite" }]));
});

it.each(["src/index.ts", "src/preview/worker.ts", "test/worker/faulty.ts", "test/worker/moved.ts"])(
  "%s exports them all",
  (file) => {
    const source = readFileSync(join(ROOT, file), "utf8");
    const exported = Array.from(source.matchAll(/^export class (\w+)/gm), ([, name]) => name);
    expect(exported).toEqual(expect.arrayContaining(classes));
  },
);
