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

/** A lookup. Once `isOutdated`, the name may exist, so that its miss isn't recorded. */
interface Look {
  readonly name: string;
  isOutdated: boolean;
}

/** The addresses that an isolate knows to be absent; at most `limit`. */
export class AbsentAddresses {
  /** By name: until when it counts as absent (milliseconds since 1970). */
  readonly #until: BoundedMap<string, number>;
  /** Lookups under way. */
  readonly #looks = new Set<Look>();

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
    const own: Look = { name, isOutdated: false };
    this.#looks.add(own);
    try {
      const found = await look();
      if (found !== undefined) this.notePresent(name);
      else if (!own.isOutdated) this.#until.set(name, nowMilliseconds + CACHED_MILLISECONDS);
      return found;
    } finally {
      this.#looks.delete(own);
    }
  }

  /** Removes one miss: the name has been found since. */
  notePresent(name: string): void {
    this.#until.delete(name);
    for (const look of this.#looks) look.isOutdated ||= look.name === name;
  }

  /** Removes all misses: this isolate has written something. */
  clear(): void {
    this.#until.clear();
    for (const look of this.#looks) look.isOutdated = true;
  }
}
