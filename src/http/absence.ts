// A per-isolate cache of misses: feeds, pages, articles and pictures that were looked up and not found. Each is kept for a
// minute, so that guessing addresses costs D1 one query per address. A write by this isolate clears the cache.

const REMEMBERED_MILLISECONDS = 60_000;
const REMEMBERED_LIMIT = 2000;
/** No existing name is longer (slugs, tags and hashes have limits), so a longer one is absent without a lookup. */
const LONGEST_NAME = 512;

/** By name, oldest first, as a Map keeps them: until when (milliseconds since 1970). */
const absent = new Map<string, number>();
/** How often the whole cache was cleared. */
let forgotten = 0;

/**
 * Returns what `look` finds; undefined, without calling it, if it missed within the last minute. `name` is a feed's key
 * (`tag/ferries`), or says what is asked for: `article/{slug}`, an address.
 */
export async function unlessAbsent<T>(
  name: string,
  nowMilliseconds: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  if (name.length > LONGEST_NAME || (absent.get(name) ?? 0) > nowMilliseconds) return undefined;
  const before = forgotten;
  const found = await look();
  // If the cache was cleared during the lookup, a write may have created it since: don't record the miss.
  if (found === undefined && forgotten === before) note(name, nowMilliseconds);
  return found;
}

function note(name: string, nowMilliseconds: number): void {
  absent.delete(name);
  absent.set(name, nowMilliseconds + REMEMBERED_MILLISECONDS);
  for (const [oldest] of absent) {
    if (absent.size <= REMEMBERED_LIMIT) break;
    absent.delete(oldest);
  }
}

/** Removes a miss from the cache: the name has been found since. */
export const notePresent = (name: string): void => void absent.delete(name);

/** Clears the cache: this isolate has written something. */
export function forgetAbsences(): void {
  forgotten++;
  absent.clear();
}
