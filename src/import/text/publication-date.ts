// Recognizes lines that say when an article was published or updated.

import { type Clock, calendarDay, clocksIn, sourceDate } from "../clocks.ts";
import { type NamedDay, type NumericDay, namedDays, numericDays } from "../dates.ts";
import type { SourceDate } from "../importer.ts";
import { allWords, anyOf, WEEKDAYS, wholeWords } from "./languages/languages.ts";
import type { DateLine, Reading } from "./text-lines.ts";

/** Longer lines are sentences. UTF-16 code units. */
const MAX_LENGTH = 240;
/** A place, a person and a paper. */
const MAX_OTHER_WORDS = 5;
/** Placeholder for each character of a part that was taken out. */
const TAKEN = "\uFFFC";

/** Separators that are replaced by spaces; no other character moves. */
const SPACED: readonly (readonly [RegExp, string])[] = [
  [/\s/g, " "],
  [/(\d)T(?=\d\d:)/g, "$1 "],
  [/(\d)\.(\p{L}{3})\.(?=\d{4})/gu, "$1 $2 "],
];

type Part = { readonly start: number; readonly end: number } & (
  | { readonly label: DateLabel }
  | { readonly day: NamedDay | NumericDay }
  | { readonly clock: Clock }
  | { readonly relative: true }
  | { readonly ignored: true }
);

/** One date of a line, as far as the line gives it; `written` is all of it but its label. */
interface Group {
  readonly label?: DateLabel;
  readonly day?: NamedDay | NumericDay;
  readonly clock?: Clock;
  readonly written?: { readonly start: number; readonly end: number };
}

/**
 * Reads a line of dates; `language` (BCP 47) decides what "03/04" means. Undefined for a line that is about
 * something else.
 */
export function readDateLine(line: string, language: string): Reading<DateLine> | undefined {
  if (line.length > MAX_LENGTH) return undefined;
  const text = SPACED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
  const { parts, rest } = taken(text, language);
  const groups = grouped(parts);
  const unlabelled = groups.filter((group) => group.label === undefined);
  const others = otherWords(rest, unlabelled.length < groups.length);
  // Two dates without labels are a period.
  if (others === undefined || groups.length === 0 || unlabelled.length > 1) return undefined;

  const dates = groups.map((group) => ({ ...dated(group, line), label: group.label ?? "published" }));
  const published = dates.find(({ label }) => label === "published")?.date;
  const updated = dates.find(({ label }) => label === "updated")?.date;
  const confidence = confidenceIn(groups, dates, others);
  if (confidence === undefined) return undefined;
  const labels = unlabelled.length === groups.length ? "a date" : "a date with words that say which";
  const why = [others > 0 ? `${labels}, and a few names` : `${labels}, and nothing else`];
  return {
    value: { ...(published && { published }), ...(updated && { updated }) },
    confidence,
    why: [...why, ...new Set(dates.flatMap(({ open }) => open ?? []))].join("; "),
  };
}

/**
 * Takes all parts out of a line. The order matters: `2 h ago` holds a clock, and a clock would confuse a day.
 */
function taken(text: string, language: string): { readonly parts: readonly Part[]; readonly rest: string } {
  const parts: Part[] = [];
  let rest = text;
  const take = (found: readonly Part[]) => {
    for (const { start, end } of found)
      rest = rest.slice(0, start) + TAKEN.repeat(end - start) + rest.slice(end);
    parts.push(...found);
  };
  const matches = <T>(pattern: RegExp, what: T) =>
    [...rest.matchAll(pattern)].map(({ index, 0: all }) => ({
      start: index,
      end: index + all.length,
      ...what,
    }));
  take(numericDays(rest, language).map((day) => ({ start: day.start, end: day.end, day })));
  take(matches(READING_TIME, { ignored: true as const }));
  take(matches(RELATIVE, { relative: true as const }));
  take(clocksIn(rest).map((clock) => ({ start: clock.start, end: clock.end, clock })));
  for (const label of ["updated", "published"] as const) take(matches(LABELS[label], { label }));
  take(namedDays(rest, language).map((day) => ({ start: day.start, end: day.end, day })));
  take(matches(WEEKDAY, { ignored: true as const }));
  return { parts: parts.sort((a, b) => a.start - b.start), rest };
}

const SEPARATOR = /[,;|·•–—/]|\s-\s/;
const STRANGE = new RegExp(`[^\\p{L}\\p{M}\\s${TAKEN}.,:;|·•–—/'’&()-]`, "u");

/** Number of words beside the date; undefined where they can't be a place, a person or a paper. */
function otherWords(rest: string, labelled: boolean): number | undefined {
  if (STRANGE.test(rest)) return undefined;
  let count = 0;
  for (const segment of rest.split(SEPARATOR)) {
    const words: readonly string[] =
      segment.match(/\p{L}[\p{L}\p{M}]*(?:[.'’&-]\p{L}[\p{L}\p{M}]*)*/gu) ?? [];
    const isOther = (word: string) => {
      const small = word.toLowerCase();
      return !JOINING.has(small) && !BY.has(small) && !(labelled && TELLING.has(small));
    };
    const others = words.filter(isOther);
    if (!others.every((word) => /^\p{Lu}/u.test(word))) return undefined;
    if (others.length > 0 && /[()]|\p{L} ?:/u.test(segment)) return undefined;
    // "Born March 3, 2025": beside a date stands only what "by" or "in" leads to.
    const before = words[words.findIndex(isOther) - 1]?.toLowerCase() ?? "";
    if (others.length > 0 && segment.includes(TAKEN) && !BY.has(before)) return undefined;
    count += others.length;
  }
  return count > MAX_OTHER_WORDS ? undefined : count;
}

/** Groups the parts of each date: a label starts a new group, and so does a second day or time. */
function grouped(parts: readonly Part[]): readonly Group[] {
  const groups: Group[] = [];
  const put = (part: Part, more: Omit<Group, "written">, isNew: boolean) => {
    const last = isNew ? undefined : groups.pop();
    const written = { start: last?.written?.start ?? part.start, end: part.end };
    groups.push({ ...last, ...more, ...("label" in part ? {} : { written }) });
  };
  for (const part of parts) {
    const last = groups.at(-1);
    if ("label" in part) put(part, { label: part.label }, last?.written !== undefined);
    else if ("day" in part) put(part, { day: part.day }, last?.day !== undefined);
    else if ("relative" in part) put(part, {}, false);
    else if ("clock" in part) {
      // The same moment in two zones: the first is enough.
      if (last?.clock?.zone && part.clock.zone) continue;
      put(part, { clock: part.clock }, last?.clock !== undefined);
    }
  }
  // "March 3, 2025 (updated)".
  const [first, label] = groups;
  if (groups.length === 2 && first?.label === undefined && label?.label && !label.written)
    return [{ ...first, label: label.label }];
  return groups.filter((group) => group.written !== undefined);
}

/** The date of a group, and what it leaves open. */
function dated(
  { day, clock, written }: Group,
  line: string,
): { readonly date: SourceDate; readonly open?: string } {
  const value = line.slice(written?.start, written?.end).trim();
  const unclear = (open: string) => ({ date: { kind: "unclear", value }, open }) as const;
  if (day === undefined) return unclear(`"${value}" counts from a day that isn't given`);
  if (day.year === undefined) return unclear(`"${value}" is of no year`);
  if (day.month === undefined || day.day === undefined) return unclear(`"${value}" may be two days`);
  const known = calendarDay(day.year, day.month, day.day);
  if (known === undefined) return unclear(`"${value}" is no day`);
  const zone = clock?.zone;
  return {
    date: sourceDate(known, clock),
    ...(zone &&
      "several" in zone && { open: `${zone.name} is a time of ${zone.several}, so the zone stays open` }),
  };
}

/** From 0.8 on the words alone are enough. A day alone may be a heading of a chronology. */
function confidenceIn(
  groups: readonly Group[],
  dates: readonly { readonly date: SourceDate }[],
  others: number,
): number | undefined {
  const unclear = dates.some(({ date }) => date.kind === "unclear");
  if (groups.some((group) => group.label !== undefined)) return unclear ? 0.8 : others > 0 ? 0.85 : 0.95;
  const [group] = groups;
  if (unclear) return others > 0 || (group?.clock && !group.day) ? undefined : 0.5;
  return (group?.clock ? 0.9 : 0.75) - (others > 0 ? 0.4 : 0);
}

/** What a label says of the date after it. */
type DateLabel = "published" | "updated";

const LABELS: Readonly<Record<DateLabel, RegExp>> = {
  published: wholeWords(anyOf("dates", "published"), "giu"),
  updated: wholeWords(anyOf("dates", "updated"), "giu"),
};

const SPAN = `(?:\\d{1,3}|${anyOf("dates", "one")})\\s?(?:${anyOf("dates", "units")})`;

/** Relative times, whose reference is unknown: `2 hours ago`, `hier`, `vor 3 Stunden`. */
const RELATIVE = wholeWords(
  `${SPAN} (?:${anyOf("dates", "after")})|(?:${anyOf("dates", "before")}) ${SPAN}|${anyOf("dates", "today")}`,
  "giu",
);

const MINUTES = "\\d{1,3}[ -]?min(?:s|ute[ns]?|uti|utos?|uten)?\\.?";

/** Reading times, which often stand beside dates. */
const READING_TIME = wholeWords(
  `(?:${anyOf("dates", "readingTime")}) ?:? ?(?:de )?${MINUTES}|` +
    `${MINUTES} (?:${anyOf("dates", "reading")})`,
  "giu",
);

/** Weekdays, full and short; a short one may be part of a long one. */
const WEEKDAY = wholeWords(
  [...WEEKDAYS, ...allWords("dates", "shortWeekdays")].toSorted((a, b) => b.length - a.length).join("|"),
  "giu",
);

/** Words that join a label, a day and a clock, in small letters. */
const JOINING = allWords("dates", "joining");
/** Words around a label: `this article was`. Without a label they make a sentence. */
const TELLING = allWords("dates", "telling");
/** Words that name who published, before a name in capitals. */
const BY = allWords("dates", "by");
