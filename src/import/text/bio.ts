// The paragraph at an article's end that tells of its author.

import { DETAILS, OPENINGS, type Signal, SPEECH } from "./bio-signals.ts";
import { personName } from "./names.ts";
import type { Recognised } from "./recognised.ts";

/** Whom a bio is about; `text` is all of it. */
export interface Bio {
  readonly name: string;
  readonly text: string;
}

/** Longer is an article's own text. UTF-16 code units. */
const BIO_LIMIT = 1500;
/** Points that make a bio: with the author's name known, and without. */
const KNOWN_POINTS = 1;
const UNKNOWN_POINTS = 3;

const LABEL =
  /^(?:[—–*_-]+\s*)?(?:(?:about the (?:author|writer|reporter)|à propos de l['’]auteure?|l['’]auteure?|über (?:den autor|die autorin)|zur person|sobre (?:el autor|la autora))\s*[:：–—-]\s*)?/iu;
const AUTHOR =
  /^(?:the (?:author|writer|reporter|columnist)|l['’](?:auteure?|autrice)|der autor|die autorin|el autor|la autora)(?=\s)/iu;
const CONTACT = /^(?:follow|contact|e-?mail|reach|write to)\s+/iu;

/**
 * Reads a bio. `names` are those of the bylines: with them, it starts with one of these, in full. Without any, it starts with a
 * person's name, and what follows must leave no doubt.
 */
export function readBio(paragraph: string, names: readonly string[]): Recognised<Bio> | undefined {
  if (paragraph.length > 2 * BIO_LIMIT) return undefined;
  const text = paragraph.replace(/\s+/g, " ").trim();
  if (text.length > BIO_LIMIT || SPEECH.test(text)) return undefined;
  const body = text.replace(LABEL, "");
  const subject = subjectOf(body, names);
  if (!subject) return undefined;
  const found = signalsOf(subject.after);
  const contact = CONTACT.test(body) && /@|https?:|\bon (?:X|Twitter|Bluesky)\b/.test(subject.after);
  const labelled = /^\p{L}.{5,20}[:：–—-]\s*$/u.test(text.slice(0, text.length - body.length));
  const points = found.reduce((sum, { points: each }) => sum + each, (contact ? 2 : 0) + (labelled ? 2 : 0));
  if (points < (subject.known ? KNOWN_POINTS : UNKNOWN_POINTS)) return undefined;
  const said = [
    ...new Set([...found.map(({ name }) => name), ...(contact ? ["says how to reach them"] : [])]),
  ];
  return {
    value: { name: subject.name, text },
    weight: Math.min(((subject.known ? 7 : 4) + Math.min(points, 5)) / 10, 0.95),
    why: `${subject.known ? "starts with the author" : "starts with a name"}, ${said.join(", ")}`,
  };
}

interface Subject {
  readonly name: string;
  /** True for one of the bylines. */
  readonly known: boolean;
  /** What stands after the name. */
  readonly after: string;
}

function subjectOf(text: string, names: readonly string[]): Subject | undefined {
  const start = text.replace(CONTACT, "");
  for (const name of names) {
    if (start.slice(0, name.length).toLowerCase() !== name.toLowerCase()) continue;
    const after = start.slice(name.length);
    if (!/^[\p{L}\p{M}\p{N}]/u.test(after)) return { name, known: true, after };
  }
  const [alone] = names;
  const author = AUTHOR.exec(text);
  if (author && alone !== undefined && names.length === 1)
    return { name: alone, known: true, after: text.slice(author[0].length) };
  if (names.length > 0 || start !== text) return undefined;
  return [4, 3, 2].map((count) => leading(text, count)).find((subject) => subject !== undefined);
}

/** The first `count` words as a name, if an opening follows at once. */
function leading(text: string, count: number): Subject | undefined {
  const words = text.split(" ", count);
  const written = words.join(" ").replace(/,$/, "");
  const name = personName(written);
  const after = text.slice(written.length);
  return name && words.length === count && signalsOf(after).length > 0
    ? { name, known: false, after }
    : undefined;
}

/** What speaks for a bio in the words after the name; nothing, if they don't start like one. */
function signalsOf(after: string): readonly Signal[] {
  // "(@quill)", ", a reporter at the Times,", ", 34,": no more than that may stand between.
  const start = after.replace(/^(?: \([^()]{1,60}\)|, [^,.]{1,80},)/u, "");
  const opening = OPENINGS.find(({ words }) => words.exec(start)?.index === 1);
  if (!opening) return [];
  const opened = after.replace(opening.words, " ");
  return [opening, ...DETAILS.filter(({ words }) => words.test(opened))];
}
