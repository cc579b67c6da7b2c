// Writers save their stories while the Worker is killed again and again, at random moments of a save or a search. After each
// start every acknowledged save is stored, none is stored in part, and the list, the search and the library have the newest
// revision. `SEED=n` repeats the moments.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seed } from "../seed.ts";
import { buildWorker, TOKEN } from "../worker/direct.ts";
import { until } from "../worker/harness.ts";
import { type KillableWorker, startKillable } from "../worker/killable.ts";
import { randomFrom } from "../worker/newsroom.ts";

const WRITERS = 3;
const KILLS = 10;
/** At least this many saves are acknowledged between two kills. */
const SAVES = 6;
/** After these saves the kill comes at a random moment within this time. */
const AT_RANDOM_MILLISECONDS = 40;
const BOUND_MILLISECONDS = 300_000;

/** A story, as its only writer knows it. */
interface Written {
  readonly writer: number;
  readonly id: string;
  /** The newest acknowledged revision. */
  acknowledged: number;
}

const random = randomFrom(seed);
let build = "";
let state = "";
let running: KillableWorker | undefined;
let stopped = false;
let cutOff = 0;
const stories: Written[] = [];

beforeAll(() => {
  build = buildWorker();
  state = mkdtempSync(join(tmpdir(), "wireroom-crash-"));
});
afterAll(async () => {
  stopped = true;
  await running?.kill();
  for (const folder of [build, state]) rmSync(folder, { recursive: true, force: true });
});

/** A word that is unique to one revision of one story. */
const wordOf = (writer: number, revision: number): string =>
  `w${writer}r${String(revision).padStart(5, "0")}end`;
const pictureOf = (writer: number, revision: number): string =>
  createHash("sha256").update(wordOf(writer, revision)).digest("hex");

/** The article that a writer saves as a revision: with a new picture, and the picture of the revision before. */
function articleOf(writer: number, revision: number) {
  const pictures = [pictureOf(writer, revision), pictureOf(writer, revision - 1)];
  return {
    headline: `Story ${writer}, revision ${revision}`,
    images: pictures.map((sha256) => ({
      src: `/media/${sha256}.png`,
      alt: `Seen at ${wordOf(writer, revision)}`,
    })),
    body: { html: `<p>${"The ferry sails again. ".repeat(200)}${wordOf(writer, revision)}</p>` },
  };
}

/** An answer of the API; undefined if the Worker was killed meanwhile. @throws Error, for any other failure */
async function ask<Answer>(
  worker: KillableWorker,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | undefined> {
  const answer = await fetch(`${worker.url}/api${path}`, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
    .then(async (response) => ({ ok: response.ok, text: await response.text() }))
    .catch(() => undefined);
  if (answer?.ok) return JSON.parse(answer.text) as Answer;
  // A failure is expected only while the Worker is being killed.
  if (running === worker) throw new Error(`${method} ${path}: ${answer?.text ?? "no answer"}`);
  return undefined;
}

/** The running Worker, or the next one to start; undefined once the test is over. */
async function up(): Promise<KillableWorker | undefined> {
  await until("a Worker is up", () => stopped || running !== undefined, BOUND_MILLISECONDS);
  return stopped ? undefined : running;
}

/** Saves one revision after the other. If an answer is lost, sends the save again, as the editor does. */
async function write(story: Written): Promise<void> {
  for (let worker = await up(); worker; worker = await up()) {
    const next = story.acknowledged + 1;
    const saved = await ask<{ readonly revision: number }>(
      worker,
      "PUT",
      `/stories/${story.id}`,
      { article: articleOf(story.writer, next) },
      { "If-Match": `"${story.acknowledged}"` },
    );
    if (saved) {
      expect(saved.revision).toBe(next);
      story.acknowledged = next;
    } else cutOff++;
  }
}

/** Searches all the time; a search first indexes the stories that were saved since the last one. */
async function search(): Promise<void> {
  for (let worker = await up(); worker; worker = await up())
    if (!(await ask(worker, "GET", "/stories?q=ferry"))) cutOff++;
}

interface Listed {
  readonly stories: readonly {
    readonly id: string;
    readonly headline: string;
    readonly revision: number;
  }[];
}

/** Compares the stored state with the acknowledged saves, while nobody writes. Returns the number of revisions. */
async function expectWhole(worker: KillableWorker, story: Written): Promise<number> {
  const { id, writer, acknowledged } = story;
  const revisions = await worker.query(
    `SELECT number, model FROM revisions WHERE story = '${id}' ORDER BY number`,
  );
  const head = revisions.length;
  // The save that was cut off may or may not be stored.
  expect([acknowledged, acknowledged + 1]).toContain(head);
  for (const [index, { number, model }] of revisions.entries()) {
    expect(number).toBe(index + 1);
    expect(JSON.parse(String(model))).toEqual(articleOf(writer, index + 1));
  }
  const { headline, images } = articleOf(writer, head);
  const summary = { id, headline, revision: head };
  const has = async (path: string) =>
    (await ask<Listed>(worker, "GET", path))?.stories.filter((one) => one.id === id);
  expect(await has("/stories")).toEqual([expect.objectContaining(summary)]);
  expect(await ask(worker, "GET", `/stories/${id}`)).toMatchObject({
    ...summary,
    article: articleOf(writer, head),
  });
  expect(await has(`/stories?q=${wordOf(writer, head)}`)).toEqual([expect.objectContaining(summary)]);
  expect(await has(`/stories?q=${wordOf(writer, head - 1)}`)).toEqual([]);

  const pictures = await worker.query(
    `SELECT s.sha256, l.alt FROM story_media s JOIN library l ON l.sha256 = s.sha256 WHERE s.story = '${id}'`,
  );
  expect(new Map(pictures.map(({ sha256, alt }) => [`/media/${sha256}.png`, alt]))).toEqual(
    new Map(images.map(({ src, alt }) => [src, alt])),
  );
  return head;
}

it(
  `loses no acknowledged save in ${KILLS} kills, and stores none in part`,
  async () => {
    console.log(`SEED=${seed}`);
    const first = await startKillable(build, state);
    running = first;
    for (let writer = 0; writer < WRITERS; writer++) {
      const made = await ask<{ readonly id: string }>(first, "POST", "/stories", {
        article: articleOf(writer, 1),
      });
      stories.push({ writer, id: made?.id ?? "", acknowledged: 1 });
    }
    // Handle their rejections from the start: an unhandled one would fail another test.
    const all = Promise.allSettled([...stories.map(write), search()]);
    let failed = false;
    void all.then((ends) => {
      failed = ends.some(({ status }) => status === "rejected");
    });
    const acknowledged = () => stories.reduce((sum, one) => sum + one.acknowledged, 0);

    let saves = 0;
    for (let kills = 0; kills < KILLS && !failed; kills++) {
      const enough = acknowledged() + SAVES;
      await until("enough is saved", () => failed || acknowledged() >= enough, BOUND_MILLISECONDS);
      await pause(random() * AT_RANDOM_MILLISECONDS);
      const killed: KillableWorker | undefined = running;
      running = undefined;
      await killed?.kill();
      const next = await startKillable(build, state);
      const heads = await Promise.all(stories.map((story) => expectWhole(next, story)));
      saves = heads.reduce((sum, head) => sum + head, 0);
      running = next;
    }
    stopped = true;
    for (const end of await all) if (end.status === "rejected") throw end.reason;
    console.log(`${KILLS} kills, ${cutOff} requests cut off, ${saves} revisions`);
    expect(cutOff).toBeGreaterThan(0);
  },
  BOUND_MILLISECONDS,
);
