// Texts near D1's limit: each is in the feed, or only that one is left out.

import { afterAll, beforeAll, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type { PartnerReport } from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { partner } from "./partners.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker.close());

/** What D1 takes as one text, https://developers.cloudflare.com/d1/platform/limits/. Miniflare takes more. */
const TEXT_BYTES_LIMIT = 2_000_000;
const longest = async () => Math.max(...(await worker.counts()).map((one) => one.longest));

const NOW = toInstant(new Date());
const put = async (slug: string, html: string) => {
  const sent = article({ headline: slug, published: addSeconds(NOW, -60), body: { html } });
  const response = await worker.put(slug, sent);
  expect(response.ok, await response.text()).toBe(true);
};

it("stores many long texts of letters that take three bytes", async () => {
  for (let index = 0; index < 12; index++) await put(`long-${index}`, `<p>${"長".repeat(80_000)}</p>`);
  await partner(worker, "long", { profile: "ninjs" });
  const document = await worker.document("partner", "partner/long");
  expect(JSON.parse(document)).toHaveLength(12);
  expect(await longest()).toBeLessThan(TEXT_BYTES_LIMIT);
});

it("leaves out an entry that is larger than D1 takes, and nothing else", async () => {
  await put("heavy", `<p>${'"'.repeat(245_000)}</p>`);
  await put("light", "<p>Light.</p>");
  await partner(worker, "heavy", { profile: "ninjs", select: { maxAge: "1h" } });
  const document = await worker.document("partner", "partner/heavy");
  expect(document).toContain("Light.");
  expect(document).not.toContain('"heavy"');
  expect(await longest()).toBeLessThan(TEXT_BYTES_LIMIT);
  const report = (await (await worker.api("/partners/heavy")).json()) as PartnerReport;
  const left = report.leftOut.find(({ slug }) => slug === "heavy");
  expect(left?.problems.map(({ message }) => message).join()).toMatch(
    /can't be written as ninjs: the entry has \d+ bytes/,
  );
});
