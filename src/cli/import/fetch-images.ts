// Pictures that an imported article names by their web address: a few at a time, and of one host fewer.

import { Agent } from "node:https";
import { ok, type Result } from "../../lib/problem.ts";
import { parallel } from "../parallel.ts";
import { type FetchedImage, fetchImage, type Line } from "./fetch-image.ts";
import { publicAddresses } from "./public-address.ts";

const AT_ONCE = 4;
const AT_ONCE_A_HOST = 2;
const LIMIT_MS = 30_000;

/** How pictures are fetched; the defaults are for all but tests. */
export interface FetchOptions extends Partial<Omit<Line, "agent">> {
  /** Told after each picture, fetched or not. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Brings pictures, each once. Every one of `urls` has its result: what `keep` makes of the picture, or in one sentence why
 * there is none, with the address in it. Nothing but that is held in memory.
 */
export async function fetchImages<T>(
  urls: readonly string[],
  keep: (image: FetchedImage) => Promise<T>,
  { onProgress, find = publicAddresses, limitMs = LIMIT_MS }: FetchOptions = {},
): Promise<ReadonlyMap<string, Result<T>>> {
  const wanted = [...new Set(urls)];
  const fetched = new Map<string, Result<T>>();
  // Redirects lead to other hosts, which get no more connections either.
  const agent = new Agent({ maxSockets: AT_ONCE_A_HOST, autoSelectFamily: true });
  await parallel(lanesOf(wanted), AT_ONCE, async (lane) => {
    for (const url of lane) {
      const image = await fetchImage(url, { agent, find, limitMs });
      fetched.set(url, image.ok ? ok(await keep(image.value)) : image);
      onProgress?.(fetched.size, wanted.length);
    }
  });
  return fetched;
}

/** Each host's addresses, as often as they may be worked on at once: who takes a lane shares what is left in it. */
function lanesOf(urls: readonly string[]): readonly Iterable<string>[] {
  const hosts = Map.groupBy(urls, (url) => (URL.canParse(url) ? new URL(url).host : ""));
  return [...hosts.values()].flatMap((ofHost) => {
    const waiting = ofHost.values();
    return Array.from({ length: AT_ONCE_A_HOST }, () => waiting);
  });
}
