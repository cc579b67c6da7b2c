// What one sendBatch takes: 100 messages, and 256 kB of them.

import type { Queue } from "@cloudflare/workers-types";
import { expect, it } from "vitest";
import { sendAll } from "../../src/lib/batches.ts";

/** The batches in which messages are sent. */
async function batchesOf(messages: readonly string[]): Promise<readonly (readonly string[])[]> {
  const batches: string[][] = [];
  const sendBatch = async (batch: Iterable<{ readonly body: string }>) =>
    void batches.push(Array.from(batch, ({ body }) => body));
  await sendAll({ sendBatch } as unknown as Queue<string>, messages);
  expect(batches.flat()).toEqual(messages);
  return batches;
}
const many = (count: number, message: string) => Array.from({ length: count }, () => message);
const bytesOf = (batch: readonly string[]) =>
  Buffer.byteLength(batch.map((one) => JSON.stringify(one)).join(""));

it.each([
  ["none", [], []],
  ["a hundred", many(100, "m"), [100]],
  ["one more", many(101, "m"), [100, 1]],
  ["long ones", many(100, "m".repeat(10_000)), [25, 25, 25, 25]],
  // Two bytes each in UTF-8.
  ["long ones that are not ASCII", many(30, "é".repeat(10_000)), [12, 12, 6]],
  ["one that is too large, between others", ["m", "m".repeat(300_000), "m"], [1, 1, 1]],
] as const)("%s", async (_, messages, lengths) => {
  const batches = await batchesOf(messages);
  expect(batches.map((batch) => batch.length)).toEqual(lengths);
  for (const batch of batches) if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(256_000);
});
