// What there is not: a feed, a page, an article, a picture that somebody asked for in vain. An isolate remembers it for a
// minute, so that somebody who tries addresses costs D1 one query for each. A change made here clears all of it.

const REMEMBERED_MILLISECONDS = 60_000;
const REMEMBERED_LIMIT = 2000;
/** Nothing that there is has a longer name: slugs, tags and hashes have their own limits. */
const LONGEST_NAME = 512;

/** By name, oldest first, as a Map keeps them: until when (milliseconds since 1970). */
const absent = new Map<string, number>();
/** How often all of it was forgotten. */
let forgotten = 0;

/**
 * What `look` finds under `name`. Undefined, without looking, where it found nothing within the last minute. `name` is a feed's key
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
  // What was changed here meanwhile may be there by now.
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

/** Forgets that something was looked for in vain: it was found since. */
export const notePresent = (name: string): void => void absent.delete(name);

/** Forgets all of it: something was changed here. */
export function forgetAbsences(): void {
  forgotten++;
  absent.clear();
}
