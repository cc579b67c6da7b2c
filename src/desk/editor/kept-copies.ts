// The copy of a story that a tab keeps in the browser until the server has it. Each tab has its own, so that one which saves
// doesn't take away what another one couldn't. A copy whose tab is gone goes to the next tab that opens the story.

import { del, get, keys, set } from "idb-keyval";
import type { Kept } from "./saver.ts";

/** This tab's copy. */
export interface KeptCopy {
  /** What an earlier tab left behind; undefined if there is nothing. */
  readonly found: Kept | undefined;
  /** Replaces the copy, or deletes it. @throws DOMException, when the browser can't store it. */
  readonly keep: (one: Kept | undefined) => Promise<void>;
}

/** Opens this tab's copy of a story. If several tabs left one behind, the newest is found; the others stay for later. */
export async function openKeptCopy(story: string): Promise<KeptCopy> {
  const shared = `story:${story}`;
  // A page without https has no locks; its tabs share one copy.
  const own = navigator.locks ? `${shared}:${crypto.randomUUID()}` : shared;
  const keep = (one: Kept | undefined): Promise<void> => (one === undefined ? del(own) : set(own, one));
  try {
    if (own === shared) return { found: await get<Kept>(own), keep };
    await hold(own);
    const found = await navigator.locks.request(`opening ${shared}`, () => takeNewest(shared, own));
    return { found, keep };
  } catch {
    return { found: undefined, keep };
  }
}

/** Holds a lock for as long as this tab lives: that says to others that the copy of this name is in use. */
const hold = (name: string): Promise<void> =>
  new Promise((held) => {
    void navigator.locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });

/** Makes the newest copy that no tab holds this tab's own. */
async function takeNewest(shared: string, own: string): Promise<Kept | undefined> {
  const { held = [] } = await navigator.locks.query();
  const inUse = new Set(held.map(({ name }) => name));
  const left = (await keys<string>()).filter(
    (key) => (key === shared || key.startsWith(`${shared}:`)) && !inUse.has(key),
  );
  const copies = await Promise.all(left.map(async (key) => ({ key, kept: await get<Kept>(key) })));
  const newest = copies.toSorted((a, b) => (b.kept?.at ?? 0) - (a.kept?.at ?? 0))[0];
  if (!newest?.kept) return undefined;
  await set(own, newest.kept);
  await del(newest.key);
  return newest.kept;
}
