// What people do with an article at the desk and in git. Each act sends the requests of a browser or of the command, and
// records in the model what the answers promise.

import { acknowledge, mayPutOut, type Piece, type Writer } from "./model.ts";
import type { Answer, Newsroom, Word } from "./newsroom.ts";

const DIGEST = "ab".repeat(32);
const HOUR = 3600;
/** A publication that was accepted longer ago than this is out, whatever failed meanwhile. */
const LATEST_MILLISECONDS = 300_000;

const articleOf = (word: Word) => ({
  headline: `Headline ${word}`,
  bylines: ["ann"],
  body: { html: `<p>Text ${word}.</p>` },
});

/** The word in an article or a draft; undefined if it has none. */
export const wordOf = (article: unknown): Word | undefined =>
  /zq\d+w/.exec(JSON.stringify((article as { headline?: unknown } | null)?.headline ?? ""))?.[0];

/** Creates a story for an article that has none. */
export async function begin(room: Newsroom, one: Piece, by: Writer): Promise<void> {
  const word = room.word();
  const made = await room.ask("POST", `/stories?by=${by}`, { slug: one.slug, article: articleOf(word) });
  // If the answer was lost, the story's id is unknown.
  if (made?.status !== 201) return;
  one.id = String(made.json.id);
  one.known[by] = 1;
  acknowledge(one, 1, word, by);
}

/** Saves a text after the revision that the writer knows. Sends it again if no answer came, or if `isTwice`. */
export async function save(room: Newsroom, one: Piece, by: Writer, isTwice: boolean): Promise<void> {
  if (one.id === undefined) return begin(room, one, by);
  const word = room.word();
  const base = one.known[by] ?? (await look(room, one, by));
  const path = `/stories/${one.id}?by=${by}`;
  const send = () =>
    room.ask("PUT", path, { slug: one.slug, article: articleOf(word) }, { "If-Match": `"${base}"` });
  const answers = isTwice ? await Promise.all([send(), send()]) : [await send()];
  if (!answers.some((answer) => answer !== undefined)) answers.push(await send());
  for (const answer of answers) {
    if (answer?.status === 200) {
      const revision = Number(answer.json.revision);
      acknowledge(one, revision, word, by);
      one.known[by] = Math.max(one.known[by] ?? 0, revision);
    }
  }
  // The other writer's revision is newer: continue from that one.
  if (answers.some((answer) => answer?.status === 412)) await look(room, one, by);
}

/** Opens the story. Returns its newest revision. */
export async function look(room: Newsroom, one: Piece, by: Writer): Promise<number> {
  const { json } = await room.surely("GET", `/stories/${one.id}`);
  one.known[by] = Number(json.revision);
  return Number(json.revision);
}

/** Saves the oldest acknowledged revision again, as the newest. */
export async function restore(room: Newsroom, one: Piece, by: Writer): Promise<void> {
  const [oldest] = [...one.acknowledged.keys()].toSorted((a, b) => a - b);
  if (one.id === undefined || oldest === undefined) return;
  const { status, json } = await room.surely("GET", `/stories/${one.id}/revisions/${oldest}`);
  if (status !== 200) throw new Error(`${one.slug}: revision ${oldest} can't be read to be restored`);
  const base = await look(room, one, by);
  const sent = { slug: one.slug, article: json.article, replaces: true };
  const word = wordOf(json.article) ?? "";
  const answer = await room.ask("PUT", `/stories/${one.id}?by=${by}`, sent, { "If-Match": `"${base}"` });
  if (answer?.status !== 200) return;
  acknowledge(one, Number(answer.json.revision), word, by);
  one.known[by] = Number(answer.json.revision);
}

/** How a revision is published. */
export interface Publishing {
  readonly isLater?: boolean;
  readonly isCorrection?: boolean;
  readonly isTwice?: boolean;
}

/** Publishes the revision that the writer knows. */
export async function publish(room: Newsroom, one: Piece, by: Writer, how: Publishing): Promise<void> {
  if (one.id === undefined) return;
  const revision = one.known[by] ?? (await look(room, one, by));
  const word = await wordOfRevision(room, one, revision);
  const note = how.isCorrection ? room.word() : undefined;
  const at = new Date(room.time + HOUR * 1000).toISOString().replace(/\.\d+/, "");
  const asked = {
    ...{ revision, restore: true },
    ...(how.isLater ? { at } : {}),
    ...(note === undefined ? {} : { correction: { kind: "correction", text: `Wrong was ${note}.` } }),
  };
  const send = () => room.ask("POST", `/stories/${one.id}/publish?by=${by}`, asked);
  const answers = how.isTwice ? await Promise.all([send(), send()]) : [await send()];
  const accepted = answers.some((answer) => answer?.status === 202);
  if (!accepted && !answers.includes(undefined)) return;
  mayPutOut(one, word, 1);
  one.pending = accepted ? word : undefined;
  if (accepted && note !== undefined) one.corrections.set(note, room.time);
}

async function wordOfRevision(room: Newsroom, one: Piece, revision: number): Promise<Word> {
  const { json } = await room.surely("GET", `/stories/${one.id}/revisions/${revision}`);
  return wordOf(json.article) ?? "";
}

/** Undoes the pending publication. */
export async function undo(room: Newsroom, one: Piece, by: Writer): Promise<void> {
  if (one.id === undefined) return;
  const { pending } = one;
  const answer = await room.ask("DELETE", `/stories/${one.id}/publish?by=${by}`);
  if (answer && answer.status !== 200) return;
  one.pending = undefined;
  // Corrections that aren't out yet return to the form until the next correction.
  for (const [note, at] of one.corrections)
    if (at > room.time - LATEST_MILLISECONDS) one.corrections.delete(note);
  if (answer && pending !== undefined) mayPutOut(one, pending, -1);
}

/** Withdraws the article. This cancels a pending publication, whose correction returns to the form. */
export async function withdraw(room: Newsroom, one: Piece, by: Writer): Promise<void> {
  if (one.id === undefined) return;
  const answer = await room.ask("POST", `/stories/${one.id}/withdraw?by=${by}`, {});
  if (answer && answer.status !== 200) return;
  one.pending = undefined;
  one.corrections.clear();
}

/** Sends the article from a folder, as `wireroom publish` does, with the version that git last sent. */
export async function fromGit(room: Newsroom, one: Piece, isForced: boolean): Promise<void> {
  const word = room.word();
  const { json } = await room.surely("GET", "/articles");
  const articles = json.articles as readonly {
    readonly slug: string;
    readonly gitVersion: number | null;
    readonly home: string;
    readonly published: string;
  }[];
  const held = articles.find(({ slug }) => slug === one.slug);
  // The date of a published article can't be changed.
  const published = held?.published ?? "2026-05-01T00:00:00Z";
  const body = { ...articleOf(word), published, restore: true };
  const condition: Readonly<Record<string, string>> = isForced
    ? {}
    : held
      ? { "If-Match": `"${held.gitVersion ?? 0}"` }
      : { "If-None-Match": "*" };
  const answer = await room.ask("PUT", `/articles/${one.slug}?home=git`, body, condition);
  if (!answer || answer.status < 300) mayPutOut(one, word, 1);
  if (answer && answer.status < 300 && held?.home === "desk" && !isForced)
    throw new Error(`${one.slug}: git replaced an article of the desk`);
}

/** Takes the article over from git. If git hasn't sent it yet, git sends it first. */
export async function takeOver(room: Newsroom, one: Piece, by: Writer): Promise<void> {
  if ((await room.surely("GET", `/articles/${one.slug}`)).status === 404) await fromGit(room, one, false);
  const answers = await Promise.all(
    [1, 2].map(() => room.ask("POST", `/articles/${one.slug}/take-over?by=${by}`)),
  );
  const ids = new Set(
    answers
      .filter((answer) => answer !== undefined && answer.status < 300)
      .map((answer) => String(answer?.json.id)),
  );
  if (ids.size > 1) throw new Error(`${one.slug} was taken over into ${ids.size} stories`);
  const [id] = ids;
  if (id === undefined) return;
  // A draft for the same address stays, but the model no longer follows it.
  if (one.id !== undefined && one.id !== id) forgetStory(one);
  one.id = id;
  await look(room, one, by);
}

function forgetStory(one: Piece): void {
  one.acknowledged.clear();
  one.known.ann = undefined;
  one.known.bob = undefined;
  one.corrections.clear();
  one.pending = undefined;
}

/** Pulls the article into the folder, and gives it back to git if asked. */
export async function pull(room: Newsroom, one: Piece, giveBack: boolean): Promise<Answer | undefined> {
  const { json } = await room.surely("GET", "/articles");
  const articles = json.articles as readonly { slug: string; version: number; home: string }[];
  const held = articles.find(({ slug, home }) => slug === one.slug && home === "desk");
  if (!held) return undefined;
  const { version } = held;
  return room.ask("POST", `/articles/${one.slug}/pulled`, { version, digest: DIGEST, giveBack });
}
