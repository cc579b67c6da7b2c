// What there is not: a feed or an article that somebody asked for in vain. An isolate remembers it for a minute, so that
// whoever tries addresses costs D1 one query for each. What this isolate changes is asked for anew.

const REMEMBERED_MILLISECONDS = 60_000;
const REMEMBERED_LIMIT = 2000;

/** By name, oldest first, as a Map keeps them: until when (milliseconds since 1970). */
const absent = new Map<string, number>();

/** True for what was looked for in vain within the last minute. `name` is a feed's key, or `article/{slug}`. */
export const isAbsent = (name: string, nowMilliseconds: number): boolean =>
  (absent.get(name) ?? 0) > nowMilliseconds;

/** Remembers that there is no such thing, nor one to come that D1 knows of. */
export function noteAbsent(name: string, nowMilliseconds: number): void {
  absent.delete(name);
  absent.set(name, nowMilliseconds + REMEMBERED_MILLISECONDS);
  for (const [oldest] of absent) {
    if (absent.size <= REMEMBERED_LIMIT) break;
    absent.delete(oldest);
  }
}

/** Forgets all of it: something was changed here. */
export const forgetAbsences = (): void => absent.clear();
