// The cost of each operation in the units that Cloudflare bills, in a site with content, is within its budget (bill.ts).
// BUDGETS=print prints the table of docs/operate.md.

import { afterAll, beforeAll, expect, it } from "vitest";
import { article, png } from "./articles.ts";
import { type Bill, NOTHING, OPERATIONS_A_MESSAGE, PUBLISHED } from "./bill.ts";
import { colleague } from "./desk/desk.ts";
import type { Counts } from "./faulty.ts";
import { until } from "./harness.ts";
import { SITE, TOPIC } from "./hub/hub.ts";
import { type Subscriber, startSubscriber } from "./hub/subscriber.ts";
import { type MovedWorker, startMovedWorker } from "./moved-clock.ts";
import { objectsOf } from "./objects.ts";
import { partner } from "./partners/partners.ts";

const ARTICLES = 300;
const TAGS = 40;
const HELD_MILLISECONDS = 10_000;
const MINUTES_A_DAY = 1440;
const HOURS_A_DAY = 24;
const SAVES_AN_HOUR = 1200;
const IMAGES = [png(40, 30), png(41, 30)];

let subscriber: Subscriber;
let worker: MovedWorker;
const table: string[] = [];

beforeAll(async () => {
  subscriber = await startSubscriber();
  worker = await startMovedWorker({ siteUrl: SITE, gatherMilliseconds: 300 });
  await partner(worker, "portal", { profile: "json", access: "public" });
  for (let n = 0; n < ARTICLES; n++) {
    const response = await worker.put(
      `filler-${n}`,
      article({
        headline: `Filler ${n}`,
        section: n % 2 === 0 ? "about" : "asia-pacific",
        tags: [`Tag ${n % TAGS}`, `Tag ${(n + 1) % TAGS}`],
      }),
    );
    expect(response.status, await response.text()).toBe(201);
  }
  const form = { "hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": subscriber.url("/push") };
  await worker.fetch("/hub", { method: "POST", body: new URLSearchParams(form) });
  await subscriber.call("/push", "GET");
  // Request the feeds of two tags and of a partner twice, so that they are kept built and in KV.
  for (const _ of ["once", "twice"]) {
    await worker.reload();
    for (let n = 0; n < TAGS; n++) await worker.fetch(`/tags/tag-${n}/rss.xml`);
    await worker.settled();
  }
  await worker.fetch("/partners/portal/feed.json");
  await worker.settled();
  await until("all that is kept built is in KV", async () => {
    await worker.settled();
    return (await count("feeds WHERE kept_until IS NOT NULL AND cached_version = 0")) === 0;
  });
});
afterAll(async () => {
  if (process.env.BUDGETS === "print") console.log(table.join("\n"));
  await subscriber?.close();
  await worker?.close();
});

async function count(what: string): Promise<number> {
  const { DB } = await worker.env();
  return (await DB.prepare(`SELECT count(*) AS n FROM ${what}`).first<number>("n")) ?? 0;
}

/** Waits until no document is stale and no delivery is pending. */
async function quiet(): Promise<void> {
  await worker.settled();
  await until("everybody is told", objectsOf(worker.env).nobodyWaits);
}

/** The total cost of some invocations. */
function billOf(counts: readonly Counts[]): Bill {
  const sum = (of: (count: Counts) => number) => counts.reduce((total, count) => total + of(count), 0);
  return {
    kvReads: sum(({ kvGets }) => kvGets),
    kvWrites: sum(({ kvPuts }) => kvPuts),
    rowsRead: sum(({ rowsRead }) => rowsRead),
    rowsWritten: sum(({ rowsWritten }) => rowsWritten),
    r2Writes: sum(({ r2Writes }) => r2Writes),
    r2Reads: sum(({ r2Reads }) => r2Reads),
    queueOperations: sum(({ sent }) => sent) * OPERATIONS_A_MESSAGE,
    objectRequests: counts.filter(({ invocation }) => invocation.startsWith("object")).length,
  };
}

/** The cost of an operation, including the work that it causes. */
async function cost(operation: () => Promise<unknown>): Promise<Bill> {
  await quiet();
  await worker.counts();
  await operation();
  await quiet();
  return billOf(await worker.counts());
}

/** Fails if a figure of the bill exceeds its budget. */
function within(name: string, bill: Bill, budget: Bill): void {
  const { kvReads, kvWrites, rowsRead, rowsWritten, r2Writes, r2Reads, queueOperations, objectRequests } =
    bill;
  const r2 = `${r2Writes}/${r2Reads}`;
  const figures = [kvReads, kvWrites, rowsRead, rowsWritten, r2, queueOperations, objectRequests];
  table.push(`| ${[name, ...figures].join(" | ")} |`);
  const over = Object.entries(bill).filter(([figure, value]) => value > budget[figure as keyof Bill]);
  expect(over, `${name}: ${JSON.stringify(bill)}`).toEqual([]);
}

const pictured = (changes: Readonly<Record<string, unknown>> = {}) =>
  article({
    headline: "The one that counts",
    section: "about",
    tags: ["Tag 1", "Tag 2"],
    images: IMAGES.map(({ src }) => ({ src, alt: "A square" })),
    ...changes,
  });

it("feed hits: one KV read per isolate in 10 seconds, and nothing else", async () => {
  await quiet();
  await worker.reload();
  const hit = () => worker.fetch("/rss.xml").then((response) => response.text());
  const one = { ...NOTHING, kvReads: 1 };
  for (const turn of [0, 1, 2]) {
    await worker.moveBy(turn * (HELD_MILLISECONDS + 1000));
    await worker.counts();
    for (let n = 0; n < 100; n++) await hit();
    const counts = await worker.counts();
    within(`100 feed hits, ten seconds ${turn + 1}`, billOf(counts), one);
  }
});

it("an article with a section, two tags and two pictures: published, edited, withdrawn", async () => {
  const upload = async () => {
    for (const { sha256, bytes } of IMAGES)
      await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
  };
  const put = async (changes = {}) => expect((await worker.put("counts", pictured(changes))).ok).toBe(true);
  // Each picture is a row of the library too, with its index.
  within("two pictures", await cost(upload), { ...NOTHING, rowsRead: 4, rowsWritten: 6, r2Writes: 2 });
  within("published", await cost(put), PUBLISHED);
  within("edited", await cost(() => put({ headline: "Edited" })), PUBLISHED);
  within("sent again as it is", await cost(() => put({ headline: "Edited" })), { ...NOTHING, rowsRead: 10 });
  within("withdrawn", await cost(() => worker.del("counts")), { ...PUBLISHED, rowsWritten: 170 });
  expect(subscriber.calls("/push", "POST")).toHaveLength(3);
});

it("a story of the desk: created, opened, saved, listed", async () => {
  const mara = await colleague(worker, "Mara", "editor");
  const draft = (words: string) => ({
    article: { headline: "The ferry", body: { html: `<p>${words}</p>` } },
  });
  const begun = await mara.ask("POST", "/stories", draft("It sails"));
  const { id } = (await begun.json()) as { readonly id: string };
  let head = 1;
  const save = async () => {
    const headers = { "If-Match": `"${head}"` };
    const saved = await mara.ask(
      "PUT",
      `/stories/${id}`,
      draft(`It sails ${"again ".repeat(300)}${head}`),
      headers,
    );
    expect(saved.status).toBe(200);
    head += 1;
  };
  // The first request of a minute records that the session was used.
  await mara.ask("GET", `/stories/${id}`);
  const one = await cost(save);
  within("a save of a story", one, { ...NOTHING, rowsRead: 12, rowsWritten: 8 });
  // During continuous typing the editor saves about every 1.5 seconds.
  const times = (n: number) =>
    Object.fromEntries(Object.entries(one).map(([figure, value]) => [figure, value * n])) as unknown as Bill;
  within(`an hour of writing, ${SAVES_AN_HOUR} saves`, times(SAVES_AN_HOUR), {
    ...NOTHING,
    rowsRead: 15_000,
    rowsWritten: 10_000,
  });
  const read = await cost(async () => expect((await mara.ask("GET", `/stories/${id}`)).status).toBe(200));
  within("a story opened", read, { ...NOTHING, rowsRead: 12 });
  // Each minute the browser reports that it has the story open, and gets the names of others who have.
  const open = await cost(() => mara.ask("PUT", `/stories/${id}/presence`));
  within("a minute of a story that is open", open, { ...NOTHING, rowsRead: 12, rowsWritten: 1 });
  const list = await cost(async () => expect((await mara.ask("GET", "/stories")).status).toBe(200));
  within("the list of stories", list, { ...NOTHING, rowsRead: 30 });
  const search = await cost(async () => expect((await mara.ask("GET", "/stories?q=sails")).status).toBe(200));
  within("a search that adds one story's words", search, { ...NOTHING, rowsRead: 60, rowsWritten: 20 });
});

it("an idle day: no write to KV, and a fixed cost of each minute and hour", async () => {
  const documents = await count("feeds");
  const some = async (times: number, cron?: string): Promise<Bill> => {
    const bills: Bill[] = [];
    for (let n = 0; n < times; n++) bills.push(await cost(() => worker.scheduled(cron)));
    expect(new Set(bills.map((bill) => JSON.stringify(bill))).size, JSON.stringify(bills)).toBe(1);
    return bills[0] ?? NOTHING;
  };
  // The first run finds that no article needs rerendering, and deletes old versions.
  await some(1);
  await some(1, "0 * * * *");
  const minute = await some(36);
  const hour = await some(HOURS_A_DAY, "0 * * * *");
  within("an idle minute", minute, { ...NOTHING, rowsRead: 20 });
  // One list call of KV returns the versions of a thousand copies.
  within("an idle hour", hour, { ...NOTHING, kvReads: 1, rowsRead: 3 * documents + 20 });
  const day = Object.fromEntries(
    (Object.keys(NOTHING) as (keyof Bill)[]).map((figure) => [
      figure,
      minute[figure] * MINUTES_A_DAY + hour[figure] * HOURS_A_DAY,
    ]),
  ) as unknown as Bill;
  const budget = { ...NOTHING, kvReads: HOURS_A_DAY, rowsRead: 50_000 };
  within("an idle day", day, budget);
});
