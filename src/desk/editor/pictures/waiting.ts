// Pictures that aren't sent yet, kept in the browser until they are: if the page closes, sending goes on when
// the story is opened again.

import { del, get, set } from "idb-keyval";
import type { Picture } from "../../pictures/picture.ts";

/** A picture that isn't sent yet. */
export interface WaitingPicture {
  readonly sha256: string;
  readonly name: string;
  readonly picture: Picture;
  /** The block of the text behind which it stands; missing for one that isn't in the text. */
  readonly block?: number;
}

const keyOf = (story: string): string => `pictures:${story}`;
const fileKeyOf = (story: string, sha256: string): string => `pictures:${story}:${sha256}`;

/** The pictures of a story that were being sent when its page was closed. Never throws. */
export async function readWaiting(story: string): Promise<readonly WaitingPicture[]> {
  return (await get<readonly WaitingPicture[]>(keyOf(story)).catch(() => undefined)) ?? [];
}

/** Keeps the list of a story's pictures. Never throws. */
export async function keepWaiting(story: string, waiting: readonly WaitingPicture[]): Promise<void> {
  const key = keyOf(story);
  await (waiting.length === 0 ? del(key) : set(key, waiting)).catch(() => undefined);
}

/** Keeps a file; the browser may have no room for it. Never throws. */
export const keepFile = (story: string, sha256: string, file: Blob): Promise<void> =>
  set(fileKeyOf(story, sha256), file).catch(() => undefined);

/** A file that was kept; undefined for none. Never throws. */
export const readFile = (story: string, sha256: string): Promise<Blob | undefined> =>
  get<Blob>(fileKeyOf(story, sha256)).catch(() => undefined);

/** Forgets a file. Never throws. */
export const forgetFile = (story: string, sha256: string): Promise<void> =>
  del(fileKeyOf(story, sha256)).catch(() => undefined);
