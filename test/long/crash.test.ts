// A newsroom publishes while the Worker is killed again and again at random moments. Readers always get complete documents,
// and in the end every feed has the acknowledged articles that belong in it. `SEED=n` repeats the newsroom's changes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seed } from "../seed.ts";
import { buildWorker, TOKEN } from "../worker/direct.ts";
import { until } from "../worker/harness.ts";
import { type KillableWorker, startKillable } from "../worker/killable.ts";
import {
  type Acknowledged,
  blockOf,
  documentsOf,
  feedsOf,
  idOf,
  put,
  randomFrom,
  readEntries,
  send,
  titleOf,
  withdraw,
} from "../worker/newsroom.ts";

const ARTICLES = 1000;
const CLIENTS = 8;
const KILLS = 24;
const READERS = 3;
/** A kill comes at a random moment within this time after its turn. */
const AT_RANDOM_MILLISECONDS = 150;
const FEED_LENGTH = 50;
const PAGE_LENGTH = 100;
/** How many notices of withdrawn articles a feed shows. */
const NOTICES = 3;
const POLLED = [
  ...documentsOf(""),
  ...documentsOf("/sections/about"),
  "/tags/topic-3/atom.xml",
  "/archive/1/rss.xml",
];
const BOUND_MILLISECONDS = 400_000;

let build = "";
let state = "";
let running: KillableWorker | undefined;
let stopped = false;
const acknowledged = new Map<number, Acknowledged>();
let cutOff = 0;

beforeAll(() => {
  build = buildWorker();
  state = mkdtempSync(join(tmpdir(), "wireroom-crash-"));
});
afterAll(async () => {
  stopped = true;
  await running?.kill();
  for (const folder of [build, state]) rmSync(folder, { recursive: true, force: true });
});

/** The running Worker, or the next one to start. */
const up = () => until("a Worker is up", () => stopped || running, BOUND_MILLISECONDS);

/** Kills the Worker; failures of its requests from now on are expected. */
async function killRunning(): Promise<void> {
  const worker = running;
  running = undefined;
  await worker?.kill();
}

/** Sends a change until it is acknowledged. */
async function acknowledge(change: ReturnType<typeof put>): Promise<void> {
  for (;;) {
    const worker = await up();
    if (worker === true) throw new Error("the test is over");
    const receipt = await send(worker.url, change);
    if (receipt) {
      acknowledged.set(receipt.index, receipt);
      return;
    }
    cutOff++;
    // A failure is expected only while the Worker is being killed.
    expect(running, `${change.path} was not acknowledged`).not.toBe(worker);
  }
}

/** Publishes every eighth article; sometimes edits or withdraws one of its own. */
async function client(number: number): Promise<void> {
  const random = randomFrom(seed + number);
  for (let index = number; index < ARTICLES; index += CLIENTS) {
    await acknowledge(put(index, 1));
    const earlier = acknowledged.get(number + CLIENTS * Math.floor((random() * (index - number)) / CLIENTS));
    if (!earlier || earlier.withdrawn) continue;
    const chance = random();
    if (chance < 0.15) await acknowledge(put(earlier.index, earlier.edition + 1));
    else if (chance < 0.18) await acknowledge(withdraw(earlier, "silently"));
    else if (chance < 0.21) await acknowledge(withdraw(earlier, "with a notice"));
  }
}

/** Reads feeds all the time, and checks that each answer with 200 is complete. Returns the number of documents. */
async function poll(first: number): Promise<number> {
  let read = 0;
  for (let turn = first; !stopped; turn++) {
    const worker = await up();
    if (worker === true) break;
    // A requested document is kept built from then on.
    const blocks = documentsOf(blockOf(acknowledged.size));
    const paths = [...POLLED, ...blocks];
    const path = paths[turn % paths.length];
    if (path === undefined) throw new Error("there is nothing to read");
    const document = await fetch(worker.url + path, { redirect: "manual" })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => undefined);
    if (document?.status === 200) {
      readEntries(path, document.text);
      read++;
    } else if (running === worker) {
      // The feed doesn't exist yet, or the page of the archive isn't full.
      expect([path, document?.status]).toEqual([path, expect.toBeOneOf([307, 404])]);
    }
  }
  return read;
}

/** Runs the next minutes' cron until no document is stale. */
async function recover({ query, nextMinute }: KillableWorker): Promise<void> {
  const stale = async () =>
    Number((await query("SELECT count(*) AS n FROM feeds WHERE stale_since IS NOT NULL"))[0]?.n);
  for (let left = await stale(); left > 0; ) {
    await nextMinute();
    const before = left;
    left = await until(
      "some stale documents are built",
      async () => {
        const now = await stale();
        return (now < before || now === 0) && { now };
      },
      60_000,
    ).then(({ now }) => now);
  }
}

/** The articles that a feed must show, newest first: all that were not withdrawn silently. */
const shown = (belongs: (index: number) => boolean): readonly Acknowledged[] =>
  [...acknowledged.values()]
    .filter(({ index, withdrawn }) => withdrawn !== "silently" && belongs(index))
    .toSorted((a, b) => b.index - a.index);

const liveOf = (list: readonly Acknowledged[]): readonly string[] =>
  list.filter(({ withdrawn }) => !withdrawn).map(({ index }) => idOf(index));

/** The ids in a document: articles in their order, and notices of withdrawn articles. */
function apart(entries: Awaited<ReturnType<typeof read>>) {
  const gone = new Set(
    Array.from(acknowledged.values(), ({ index, withdrawn }) => (withdrawn ? idOf(index) : undefined)),
  );
  const ids = entries.map(({ id }) => id);
  return { live: ids.filter((id) => !gone.has(id)), notices: ids.filter((id) => gone.has(id)) };
}

async function read(url: string, path: string) {
  const response = await fetch(url + path);
  expect([path, response.status]).toEqual([path, 200]);
  return readEntries(path, await response.text());
}

/** Compares entries with the last acknowledged state. */
function expectCurrent(path: string, entries: Awaited<ReturnType<typeof read>>): void {
  const titles = new Map(entries.map(({ id, title }) => [id, title]));
  for (const { index, edition, withdrawn } of acknowledged.values()) {
    const title = titles.get(idOf(index));
    if (title === undefined) continue;
    expect(withdrawn, `${path}: ${title}`).not.toBe("silently");
    if (withdrawn) expect(title).toContain("withdrawn");
    else expect([path, title]).toEqual([path, titleOf(index, edition)]);
  }
}

it(
  `keeps ${ARTICLES} articles in ${KILLS} kills, and readers never get an incomplete document`,
  async () => {
    console.log(`SEED=${seed}`);
    const random = randomFrom(seed);
    const turns = Array.from({ length: KILLS }, () => random() * (ARTICLES - 5 * CLIENTS)).toSorted(
      (a, b) => a - b,
    );
    running = await startKillable(build, state);
    let isPublished = false;
    const publishing = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number))).finally(
      () => {
        isPublished = true;
      },
    );
    const polling = Promise.all(Array.from({ length: READERS }, (_, number) => poll(number)));
    // Handle their rejections from the start: an unhandled one would fail another test.
    const all = Promise.allSettled([publishing, polling]);

    let kills = 0;
    for (const turn of turns) {
      const worker: KillableWorker = running;
      // Cron repairs what the last kill left undone, while others publish and read. It may be killed too.
      const mending = worker.nextMinute().catch(() => undefined);
      await until(
        "enough is acknowledged",
        () => acknowledged.size >= turn || isPublished,
        BOUND_MILLISECONDS,
      );
      await pause(random() * AT_RANDOM_MILLISECONDS);
      if (isPublished) break;
      await killRunning();
      kills++;
      await mending;
      running = await startKillable(build, state);
    }
    await publishing;
    // Kill once more: the last changes are only marked as dirty in D1.
    await killRunning();
    stopped = true;
    await all;
    running = await startKillable(build, state);
    console.log(`${kills} kills, ${cutOff} requests cut off, ${await polling} documents read`);
    expect(kills).toBe(KILLS);
    expect(cutOff).toBeGreaterThan(0);
    expect(acknowledged.size).toBe(ARTICLES);
    await recover(running);
  },
  BOUND_MILLISECONDS,
);

it("has the acknowledged version of each in D1", async () => {
  const found = new Map<string, readonly [number, string]>();
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const response = await fetch(`${running?.url}/api/articles?cursor=${cursor}`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    const page: { articles: { id: string; version: number; status: string }[]; next?: string } =
      await response.json();
    for (const { id, version, status } of page.articles) found.set(id, [version, status]);
    cursor = page.next;
  }
  const expected = Array.from(acknowledged.values(), ({ index, version, withdrawn }) => {
    return [idOf(index), [version, withdrawn ? "withdrawn" : "published"]] as const;
  });
  expect(found).toEqual(new Map(expected));
  // A change that was sent again after a kill counts once.
  for (const { edition, version, withdrawn } of acknowledged.values())
    expect(version).toBe(withdrawn ? edition + 1 : edition);
});

it("has each in all of its feeds, when read through a new isolate", async () => {
  await running?.kill();
  running = await startKillable(build, state);
  const { url } = running;
  const feeds = new Set(Array.from(acknowledged.keys(), feedsOf).flat());
  for (const feed of ["", ...feeds]) {
    const newest = shown((index) => feed === "" || feedsOf(index).includes(feed)).slice(0, FEED_LENGTH);
    for (const path of documentsOf(feed)) {
      const entries = await read(url, path);
      expectCurrent(path, entries);
      const ids = liveOf(newest);
      const { live, notices } = apart(entries);
      expect([path, live.slice(0, ids.length)]).toEqual([path, ids]);
      expect(notices.length, path).toBeLessThanOrEqual(NOTICES);
    }
  }
  const pages = Array.from({ length: ARTICLES / PAGE_LENGTH }, (_, index) => `/archive/${index + 1}`);
  const documents = new Map<string, string[]>();
  for (const path of pages.flatMap(documentsOf)) {
    const entries = await read(url, path);
    expectCurrent(path, entries);
    const file = path.slice(path.lastIndexOf("/"));
    const { live, notices } = apart(entries);
    expect(notices.length, path).toBeLessThanOrEqual(NOTICES);
    documents.set(file, [...(documents.get(file) ?? []), ...live]);
  }
  const everything = liveOf(shown(() => true));
  expect(documents.size).toBe(documentsOf("").length);
  for (const ids of documents.values()) expect(ids.toSorted()).toEqual(everything.toSorted());
});
