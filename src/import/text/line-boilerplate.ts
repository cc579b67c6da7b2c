// Recognizes lines that belong to the site around an article (navigation, prompts, counters, lists of other
// articles, legal footers) by their words alone. Where such lines stand is looked at in
// `take-boilerplate.ts`.

import { CALLS, HINTS, OFFERS, OURS, STARTS, WEAK, WHOLE, WITHIN } from "./languages/all-languages.ts";
import type { BoilerplateKind } from "./languages/language-words.ts";
import { endsWithStop, type Reading, startsWithQuote } from "./text-lines.ts";

/** Phrases that start a line have at most this many words. */
const PHRASE_WORDS = 7;
const BUTTON_WORDS = 9;
const PITCH_WORDS = 25;
const NETWORKS: ReadonlySet<string> = new Set(
  "facebook instagram twitter x whatsapp linkedin youtube tiktok telegram bluesky threads mastodon".split(
    " ",
  ),
);

/** A counter, and what follows it on its line. */
export interface Counted {
  readonly counter: string;
  readonly rest: string;
}

const COUNTER =
  /^(?:[[(]\s?\d{1,3}\s?(?:\/|of|sur|von|de|di|van)\s?\d{1,3}\s?[\])][\s|:–—-]{0,4}|(?:\p{L}{4,6}\s)?\d{1,3}\s?(?:\/|of|sur|von|de|di|van)\s?\d{1,3}\s?(?:[|]\s{0,3}|$))/iu;

/** Reads the counter that a line starts with (`1 of 3 |`, `[1/2]`). */
export function readCounter(line: string): Counted | undefined {
  const counter = COUNTER.exec(line)?.[0];
  return counter === undefined
    ? undefined
    : { counter: counter.trim(), rest: line.slice(counter.length).trim() };
}

/** Reads a line of site boilerplate; the value says which kind. Undefined for anything else. */
export function readBoilerplate(line: string): Reading<BoilerplateKind> | undefined {
  if (line.length > BOILERPLATE_LENGTH_LIMIT) return undefined;
  if (readCounter(line)?.rest === "") return is("counter", 0.9, "a counter of pictures alone");
  const normal = normalForm(line);
  if (startsWithQuote(line)) return undefined;
  return byPhrase(line, normal) ?? byShape(line) ?? byPitch(line, normal);
}

const is = (value: BoilerplateKind, confidence: number, why: string): Reading<BoilerplateKind> => ({
  value,
  confidence,
  why,
});

function byPhrase(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const whole = WHOLE.get(normal);
  if (whole !== undefined) return is(whole, 0.95, `all of it is what sites say for ${NAMES[whole]}`);
  const weak = WEAK.get(normal);
  if (weak !== undefined) return is(weak, 0.6, `it may be ${NAMES[weak]}, or a heading`);
  return surer(byStart(line, normal), byPart(line, normal));
}

function byStart(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const words = normal.split(" ");
  for (let count = Math.min(PHRASE_WORDS, words.length); count > 0; count--) {
    const phrase = words.slice(0, count).join(" ");
    const kind = STARTS.get(phrase);
    if (kind === undefined) continue;
    const why = `starts with "${phrase}", as ${NAMES[kind]} does`;
    const separated = isSeparated(line, count);
    const stop = endsWithStop(line);
    if (kind === "list") return is(kind, separated && !stop ? 0.85 : count > 1 ? 0.5 : 0.3, why);
    if (count === 1 && !separated) continue;
    if (kind === "licence" && separated && count > 1) return is(kind, 0.85, `${why}, with a colon behind`);
    const ours = words.some((word) => OURS.has(word));
    if (!stop && words.length <= BUTTON_WORDS) return is(kind, ours ? 0.9 : 0.85, `${why}, and is short`);
    return is(kind, ours ? 0.7 : 0.5, why);
  }
  return undefined;
}

const surer = <T extends Reading<unknown>>(one: T | undefined, other: T | undefined): T | undefined =>
  (one?.confidence ?? 0) >= (other?.confidence ?? 0) ? one : other;

/** True if a colon, bar or dash stands soon behind the first words. */
function isSeparated(line: string, words: number): boolean {
  const start = line.slice(0, 60).match(new RegExp(`^(?:[^\\s:|]+\\s?){${words}}\\s?[:|–>]`, "u"));
  return start !== null;
}

function byPart(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const spaced = ` ${normal} `;
  const quoted = /["“”«»„]/.test(line);
  for (const [phrase, kind] of WITHIN) {
    if (!spaced.includes(` ${phrase} `)) continue;
    return is(kind, quoted ? 0.4 : 0.85, `says "${phrase}", as ${NAMES[kind]} does`);
  }
  for (const [phrase, kind] of HINTS) {
    if (spaced.includes(` ${phrase} `)) return is(kind, 0.4, `says "${phrase}", as ${NAMES[kind]} may`);
  }
  return undefined;
}

const PATH_SEPARATOR = /\s+[>›»→]\s+/;
const BAR_SEPARATOR = /\s+[|•·]\s+/;

function byShape(line: string): Reading<BoilerplateKind> | undefined {
  if (line.length > 200 || endsWithStop(line)) return undefined;
  const short = (parts: readonly string[], words: number) =>
    parts.every((part) => part !== "" && part.split(/\s+/).length <= words);
  const path = line.split(PATH_SEPARATOR);
  if (path.length > 1 && !line.includes("«") && short(path, 8) && short(path.slice(0, -1), 4)) {
    return is("navigation", 0.85, "short words joined by arrows: a path through the site");
  }
  const items = line.split(BAR_SEPARATOR);
  if (items.length > 2 && short(items, 3))
    return is("navigation", 0.8, "a row of short words with bars between");
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(line)) return is("navigation", 0.6, "an address alone");
  if (/^_{3,}$/.test(line)) return is("navigation", 0.85, "a rule of underscores");
  if (!/[\p{L}\p{N}]/u.test(line)) return is("navigation", 0.3, "signs without a letter");
  return undefined;
}

/** A sentence that asks readers for something: a call at its start, an offer in it, and "our" or "your". */
function byPitch(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const words = normal.split(" ");
  const call = [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((start) => CALLS.has(start));
  if (call === undefined) return undefined;
  const networks = words.filter((word) => NETWORKS.has(word)).length;
  if (networks > 0 && words.length <= PITCH_WORDS) {
    return is("share", networks > 1 ? 0.85 : 0.6, `starts with "${call}" and names networks`);
  }
  const offer = has(OFFERS, words, 3);
  const ours = has(OURS, words, 1);
  if (offer === undefined) {
    return ours === undefined
      ? undefined
      : is("newsletter", 0.3, `starts with "${call}" and speaks to the reader`);
  }
  const short = words.length <= BUTTON_WORDS && !endsWithStop(line);
  const why = `starts with "${call}" and offers "${offer}"`;
  return is("newsletter", short ? 0.8 : ours === undefined ? 0.5 : 0.65, why);
}

const has = (set: ReadonlySet<string>, words: readonly string[], most: number): string | undefined => {
  for (let count = most; count > 0; count--) {
    for (let at = 0; at + count <= words.length; at++) {
      const phrase = words.slice(at, at + count).join(" ");
      if (set.has(phrase)) return phrase;
    }
  }
  return undefined;
};

const NAMES: Readonly<Record<BoilerplateKind, string>> = {
  navigation: "navigation",
  prompt: "a prompt to sign in or subscribe",
  newsletter: "a newsletter's box",
  share: "a share button",
  list: "the heading of other articles",
  advertisement: "an advertisement",
  licence: "a licence line",
  legal: "a legal line",
  cookies: "a cookie notice",
  comments: "a call for comments",
  figures: "a reading time or a count",
  audio: "a player",
  counter: "a row of pictures",
};

/** Longer lines are no boilerplate: nothing behind this many characters is looked at. */
const BOILERPLATE_LENGTH_LIMIT = 700;

/** `Sign in · 12 Comments!` is `sign in # comments`. */
export function normalForm(line: string): string {
  const plain = line
    .slice(0, BOILERPLATE_LENGTH_LIMIT)
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\d[\d.,:]{0,20}(?:[km](?!\p{L}))?/gu, " # ");
  return (plain.match(/[\p{L}\p{M}#©&+](?:[\p{L}\p{M}'&+-]*[\p{L}\p{M}'+])?/gu) ?? [])
    .join(" ")
    .replaceAll("& ", "");
}
