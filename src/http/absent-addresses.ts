// An isolate's cache of misses: feeds, pages, articles and pictures that were looked up and not found. Each
// miss is cached for a minute, so that guessing addresses costs D1 one query per address. A write by this
// isolate clears the cache.

import { BoundedMap } from "../lib/bounded-map.ts";

const CACHED_MILLISECONDS = 60_000;
/**
 * No existing name is longer (slugs, tags and hashes have limits), so a longer one is absent without a
 * lookup.
 */
const LONGEST_NAME = 512;

/** The addresses that an isolate knows to be absent; at most `limit`. */
export class AbsentAddresses {
  /** By name: until when it counts as absent (milliseconds since 1970). */
  readonly #until: BoundedMap<string, number>;
  /** How often all of it was cleared. */
  #cleared = 0;

  constructor(limit: number) {
    this.#until = new BoundedMap(limit);
  }

  /**
   * Returns what `look` finds; undefined, without calling it, if it missed within the last minute. `name` is
   * a feed's key (`tag/ferries`), or says what is asked for: `article/{slug}`, an address.
   */
  async unlessAbsent<T>(
    name: string,
    nowMilliseconds: number,
    look: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    if (name.length > LONGEST_NAME || (this.#until.get(name) ?? 0) > nowMilliseconds) return undefined;
    const before = this.#cleared;
    const found = await look();
    // If the cache was cleared during the lookup, a write may have created it since: don't record the miss.
    if (found === undefined && this.#cleared === before)
      this.#until.set(name, nowMilliseconds + CACHED_MILLISECONDS);
    return found;
  }

  /** Removes one miss: the name has been found since. */
  notePresent(name: string): void {
    this.#until.delete(name);
  }

  /** Removes all misses: this isolate has written something. */
  clear(): void {
    this.#cleared++;
    this.#until.clear();
  }
}
