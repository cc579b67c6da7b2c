// Recognizes the paragraph at an article's end that is about its author.

import { personName } from "./person-name.ts";
import type { Reading } from "./text-lines.ts";

/** A bio, and the name of the person whom it is about. */
export interface Bio {
  readonly name: string;
  readonly text: string;
}

/** Longer paragraphs are the article's text. UTF-16 code units. */
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
 * Reads a bio. `names` are those of the bylines: with them, it starts with one of these, in full. Without
 * any, it starts with a person's name, and what follows must leave no doubt.
 */
export function readBio(paragraph: string, names: readonly string[]): Reading<Bio> | undefined {
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
    confidence: Math.min(((subject.known ? 7 : 4) + Math.min(points, 5)) / 10, 0.95),
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

/** The signals of a bio in the words after the name; none where they don't start like one. */
function signalsOf(after: string): readonly Signal[] {
  // "(@quill)", ", a reporter at the Times,", ", 34,": no more than that may stand between.
  const start = after.replace(/^(?: \([^()]{1,60}\)|, [^,.]{1,80},)/u, "");
  const opening = OPENINGS.find(({ words }) => words.exec(start)?.index === 1);
  if (!opening) return [];
  const opened = after.replace(opening.words, " ");
  return [opening, ...DETAILS.filter(({ words }) => words.test(opened))];
}

/** Words that are typical of bios. */
interface Signal {
  /** For people. */
  readonly name: string;
  /** 3 points make a bio where the author's name isn't known. */
  readonly points: number;
  readonly words: RegExp;
}

const JOBS =
  "staff writer|(?:[\\p{L}-]+ )?(?:reporter|correspondent|journalist|columnist|photojournalist)|bureau chief|news editor|(?:\\p{L}+ )?editor|(?:\\p{L}+ )?writer|critic|photographer|author|producer|contributor|blogger|essayist|novelist|historian|professor|lecturer|fellow|researcher|analyst";
const TRADE =
  "reporter|correspondent|journalist|columnist|photojournalist|staff writer|news editor|freelance writer|freelancer|bureau chief";

const signal = (name: string, points: number, words: string): Signal => ({
  name,
  points,
  words: new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, "iu"),
});

/** What follows the name in every bio. The first that matches counts. */
const OPENINGS: readonly Signal[] = [
  signal("says what they are", 3, `(?:is|are) (?:an?|the|our) (?:[\\p{L}\\p{M}-]+[ ,]+){0,4}?(?:${TRADE})`),
  signal(
    "says what they are",
    3,
    "(?:est|travaille comme) (?:une? |la |le |notre |grande? )?(?:[\\p{L}\\p{M}-]+ ){0,2}?(?:journaliste|reporter|rédact(?:eur|rice)|correspondante?|envoyée? spéciale?|chroniqueu(?:r|se)|éditorialiste|pigiste)",
  ),
  signal(
    "says what they are",
    3,
    "(?:ist|arbeitet als) (?:eine? |die |der |freier? |freie )?(?:[\\p{L}\\p{M}-]+ ){0,2}?[\\p{L}-]*(?:redakteur|korrespondent|reporter|journalist|volontär|kolumnist)(?:in)?",
  ),
  signal(
    "says what they are",
    3,
    "es (?:una? |el |la |nuestra? )?(?:[\\p{L}\\p{M}-]+ ){0,2}?(?:periodista|corresponsal|redactora?|reporter[oa]|columnista|editora?)",
  ),
  signal(
    "says what they are",
    3,
    "è (?:una? |un'|il |la )?(?:giornalista|corrispondente|inviat[oa]|redat(?:tore|trice))",
  ),
  signal(
    "says what they are",
    3,
    "é (?:uma? |o |a )?(?:jornalista|repórter|correspondente|editora?|colunista)",
  ),
  signal(
    "says what they are",
    3,
    "is (?:een |de )?(?:[\\p{L}\\p{M}-]+ ){0,2}?(?:journaliste?|verslagge(?:ver|efster)|redacteur|correspondent)",
  ),
  signal("says what they are", 1, `is (?:an?|the|our) (?:[\\p{L}\\p{M}-]+[ ,]+){0,5}?(?:${JOBS})`),
  signal(
    "is based somewhere",
    2,
    "(?:is|are) (?:currently )?based (?:in|out of)|(?:est )?(?:basée?|installée?) à|lebt (?:und arbeitet )?in|vive en|vit (?:et travaille )?à|lives (?:and works )?in",
  ),
  signal(
    "covers a field",
    2,
    "covers|reports (?:on|for|from)|writes (?:about|on|for)|(?:has )?(?:covered|reported|written) (?:on |about |for |from )?(?=\\p{L})(?=.{0,80}(?:since|for more than|for over|years))",
  ),
  signal(
    "covers a field",
    2,
    "couvre|écrit (?:sur|pour)|schreibt (?:über|für)|berichtet (?:über|für|aus)|cubre|escribe (?:sobre|para)|informa sobre|scrive (?:di|per)|escreve sobre|schrijft over",
  ),
  signal(
    "works for a paper",
    2,
    "(?:works|is working) (?:as an?|for|at)|joined (?:the )?(?=\\p{Lu})(?=.{0,60}\\b(?:19|20)\\d\\d)|has been (?:an?|the|with|at)|has worked|has written",
  ),
  signal(
    "can be reached",
    2,
    "can be (?:reached|contacted|followed)|(?:is|tweets|posts) (?:on|at) (?=(?:Twitter|X|Bluesky|Mastodon|@))",
  ),
];

/** What a bio may say after that. */
const DETAILS: readonly Signal[] = [
  signal("says what they are", 2, `an? (?:[\\p{L}\\p{M}-]+ ){0,3}?(?:${TRADE})`),
  signal("is based somewhere", 1, "based in|lives (?:and works )?in|grew up in|basée? à|lebt in|vive en"),
  signal(
    "covers a field",
    1,
    "covers|covering|reports on|writes about|reporting on|focus(?:es|ing) on|speciali[sz]es in|couvre|spécialiste|berichtet über|schreibt über|cubre|escribe sobre",
  ),
  signal(
    "tells of studies",
    1,
    "graduated|is a graduate of|studied|holds an? (?:\\p{L}+ )?(?:degree|doctorate|master)|earned (?:a|her|his|their) (?:\\p{L}+ )?degree|diplômée? de|a étudié|studierte|hat \\p{L}+ studiert|estudió|se graduó",
  ),
  signal(
    "tells of earlier work",
    1,
    "previously|before joining|formerly|has worked|has written for|has reported|served (?:in|as)|joined|auparavant|avant de rejoindre|a rejoint|zuvor|davor|arbeitete|anteriormente|antes de|ha trabajado",
  ),
  signal(
    "says how to reach them",
    2,
    "can be (?:reached|contacted|followed)|follow (?:her|him|them|\\p{Lu}\\p{L}+) (?:on|at)|(?:reach|email|e-mail|contact|write to) (?:her|him|them) (?:at|on)?|suivez-l[ea]|folgen sie (?:ihr|ihm)|síguela|síguelo",
  ),
  signal(
    "tells of prizes or books",
    1,
    "(?:won|winner of|recipient of|received) (?=.{0,80}(?:prize|award|prix|preis|premio))|(?:is the )?author of|her (?:latest |first )?book|his (?:latest |first )?book|autrice de|auteur de|autorin von",
  ),
  signal(
    "speaks of its author",
    1,
    "(?:^|[.!?] )(?:she|he|they|elle|il|sie|er|ella|él) (?:is|was|has|also|holds|lives|covers|reports|writes|joined|served|graduated|previously|a|est|vit|travaille|ist|hat|lebt|schreibt|arbeitet|es|ha|vive|escribe|cubre)",
  ),
];

/** Verbs of speech: a paragraph with one quotes the person, and is no bio. */
const SPEECH =
  /(?<![\p{L}\p{M}])(?:said|says|told|added|replied|argued|accused|announced|warned|testified|a déclaré|a dit|a affirmé|a ajouté|dit-il|dit-elle|sagte|erklärte|betonte|dijo|declaró|afirmó|señaló|ha detto|disse|zei)(?![\p{L}\p{M}])/iu;
