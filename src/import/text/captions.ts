// Captions of pictures, and the credit in them: in brackets at the end, after "Photo:" or ©, or as a last sentence of
// names. In a saved text, also lines before them that describe a picture.

import type { ImportedImage } from "../importer.ts";
import { allWords, anyOf, WEEKDAYS, wholeWords } from "./languages/languages.ts";
import { isAgency } from "./person-name.ts";
import {
  type Caption,
  type Counted,
  confidenceOf,
  endsWithStop,
  isA,
  isMark,
  isOpen,
  LIKELY,
  neighbour,
  type Reading,
  type ReadLine,
  SURE,
  take,
} from "./text-lines.ts";

/** Longer lines are text. */
const MAX_LENGTH = 1500;

const PICTURE = `(?:${anyOf("pictures", "counted")})s?`;
const CAPTION = anyOf("pictures", "captionLabel");
const ARCHIVE = anyOf("pictures", "archive");

const COUNTER = new RegExp(
  `^(?:${PICTURE} )?[[(]?\\s?\\d{1,3}\\s?(?:of|von|de|sur|di|van|/)\\s?\\d{1,3}` +
    "(?:\\s?[\\])][\\s|:.–—-]{0,4}|\\s?[|:–—]\\s*| -\\s*|$)",
  "iu",
);

/** Reads the counter that a line starts with (`1 of 3 |`, `[1/2]`, `Image 2 of 5:`); after "1/3" of sugar nothing ends it. */
export function readCounter(line: string): Counted | undefined {
  const counter = COUNTER.exec(line)?.[0];
  return counter === undefined
    ? undefined
    : { counter: counter.trim(), rest: line.slice(counter.length).trim() };
}

const BUTTON = new RegExp(`(?:^|[\\s|·,])+(?:${anyOf("pictures", "button")})$`, "i");
/** A label before the words, which is no part of them. */
const LABEL = new RegExp(`^(?:${PICTURE} ?:|${CAPTION})\\s*`, "i");
const RIGHTS_RESERVED = new RegExp(anyOf("pictures", "rights"), "i");
const SPEAKING = anyOf("pictures", "speaks");

/** Signs that a line is about a picture, each with its confidence. */
const SIGNS: readonly (readonly [string, number, RegExp])[] = [
  ["is labelled as a caption", 0.9, new RegExp(`^(?:${CAPTION})`, "i")],
  [
    "says that the picture is from the archive",
    0.8,
    new RegExp(
      `^(?:file|${ARCHIVE})(?: [-–—]|:) |(?:^| )[([](?:file|${ARCHIVE})[)\\]]\\.?$|^(?:${ARCHIVE})(?!\\p{L})`,
      "iu",
    ),
  ],
  ["speaks of a picture", 0.5, new RegExp(`${wholeWords(SPEAKING).source}|^(?:from left|pictured:)`, "iu")],
  // Anything may follow "Photo:" that isn't a name.
  ["starts with a label", 0.6, LABEL],
];

/** Reads a caption or a credit line; undefined for a line without any sign of one. */
export function readCaption(line: string): Reading<Caption> | undefined {
  if (line.length > MAX_LENGTH || RIGHTS_RESERVED.test(line)) return undefined;
  let whole = line.replace(/\s+/g, " ").trim();
  while (BUTTON.test(whole)) whole = whole.replace(BUTTON, "");
  const text = readCounter(whole)?.rest ?? whole;
  const place = bbc(text) ?? creditPlace(text);
  const signs = SIGNS.filter(([, , pattern]) => pattern.test(text));
  const counted = text.length < whole.length;
  if (text === "" || (!place && !counted && signs.length === 0)) return undefined;

  const { words = text, credit, copyright } = place ?? {};
  const caption = words.replace(LABEL, "");
  const why = [counted && "counts pictures", place?.why, ...signs.map(([sign]) => sign)];
  return {
    value: { ...(caption && { caption }), ...(credit && { credit }), ...(copyright && { copyright }) },
    confidence: Math.max(
      counted ? 0.85 : 0,
      place?.confidence ?? 0,
      ...signs.map(([, confidence]) => confidence),
    ),
    why: why.filter((sign) => typeof sign === "string").join("; "),
  };
}

/** The credit first, then the words. */
function bbc(text: string): CreditPlace | undefined {
  const [, credit = "", words] = /^Image source, ?([^,]+?),? ?Image caption, ?(.+)$/.exec(text) ?? [];
  return words === undefined
    ? undefined
    : { words, credit, confidence: 0.9, why: "labels source and caption" };
}

/** A credit at a line's end, and the words before it. */
interface CreditPlace {
  readonly words: string;
  readonly credit?: string;
  readonly copyright?: string;
  readonly confidence: number;
  readonly why: string;
}

const SOURCE_WORDS = anyOf("pictures", "source");
const MARKER = new RegExp(
  `(?<![\\p{L}\\d])(?:${anyOf("pictures", "credit")}|(?:${SOURCE_WORDS}) ?:)\\s*`,
  "gu",
);
const MARKER_FIRST = new RegExp(`^[([]?${MARKER.source}`, "u");
const SOURCE = new RegExp(`^(?:${SOURCE_WORDS})`);
/** "Photos: Harbour Festival" is a headline as well. */
const PLURAL = /^(?:Photos|Pictures|Images|PHOTOS|Fotos|Bilder)/;
const SENTENCE_END = /(?:^|[.!?…”"»)\]])$/u;
const BREAK = /[.!?…”"»)\]] +| [—–|•·-] |—/gu;
/** Length of a name and a few agencies: credits are only looked for in the end of a longer line. */
const TAIL_LENGTH = 120;

/** The first place of these that holds a credit. */
const creditPlace = (text: string): CreditPlace | undefined =>
  afterCopyright(text) ?? afterMarker(text) ?? inBrackets(text) ?? asLastSentence(text);

/** "© Name / Agency" is a credit; "© 2024 Name" is what it says, a copyright. */
function afterCopyright(text: string): CreditPlace | undefined {
  const match = /^(.*?)((?:Copyright )?(?:©|\([cC]\) ?(?=\p{Lu}|\d{4}))\s*)([^©]*)$/u.exec(text);
  if (!match) return undefined;
  const [, before = "", , after = ""] = match;
  const owner = clean(after.replace(MARKER_FIRST, ""));
  const words = head(before.replace(new RegExp(`${MARKER.source}$`, "u"), ""));
  const [, year, name] = /^(\d{4}(?: ?[-–] ?\d{4})?),? (.+)$/.exec(owner) ?? [];
  if (!isSomebody(name ?? owner)) return undefined;
  const why = "has a © before a name";
  // A copyright with a year may also be the page's last line.
  if (year !== undefined)
    return { words, copyright: `© ${owner}`, confidence: words === "" ? 0.3 : 0.6, why };
  return { words, credit: owner, confidence: 0.85, why };
}

function afterMarker(text: string): CreditPlace | undefined {
  const marker = [...text.matchAll(MARKER)].at(-1);
  if (!marker) return undefined;
  const before = text.slice(0, marker.index);
  const credit = clean(text.slice(marker.index + marker[0].length), /[([]$/.test(before));
  const kind = creditKind(credit);
  // In the middle of a sentence ("Er zeigte das Foto: Eine Katze") only an agency makes a credit of it.
  const apart = /(?:^|[.!?…”"»)\]([|•·—–-])\s*$/u.test(before);
  if (kind !== "agency" && !(apart && isSomebody(credit))) return undefined;
  const name = marker[0].trim();
  const why = `has "${name}" before ${kind === "agency" ? "an agency" : "a name"}`;
  const place = { words: head(before), credit, why };
  if (SOURCE.test(name))
    return kind === "agency" ? { ...place, confidence: before === "" ? 0.6 : 0.85 } : undefined;
  const unsure = kind !== "agency" && before === "" && (PLURAL.test(name) || kind === undefined);
  return { ...place, confidence: unsure ? 0.5 : 0.9 };
}

/** What brackets at the end weigh; a full stop behind them makes them part of a sentence. */
const IN_BRACKETS: Readonly<Record<CreditKind, { readonly confidence: number; readonly what: string }>> = {
  agency: { confidence: 0.9, what: 'an agency or "courtesy of"' },
  joined: { confidence: 0.85, what: "a name and a paper" },
  name: { confidence: 0.5, what: "what may be a name" },
  letters: { confidence: 0.4, what: "letters that may be an agency" },
};

function inBrackets(text: string): CreditPlace | undefined {
  const [, inner, stop] = /[([]([^()[\]]{2,120})[)\]](\.?)$/.exec(text) ?? [];
  if (inner === undefined) return undefined;
  const credit = clean(inner);
  const kind = creditKind(credit);
  const before = text.slice(0, text.length - inner.length - 2 - (stop ?? "").length).trimEnd();
  if (kind === undefined) return undefined;
  const { confidence, what } = IN_BRACKETS[kind];
  const place = { words: head(before), credit, why: `ends with ${what} in brackets` };
  if (SENTENCE_END.test(before) && stop === "") return { ...place, confidence };
  // "… Space Administration (NASA)" explains letters; "(AP Photo/Jane Doe)" and "(Jane Doe/The Times)" can't.
  if (/[/|]| via | for |photo/i.test(credit)) return { ...place, confidence: confidence - 0.05 };
  return kind === "agency" ? { ...place, confidence: stop === "" ? 0.8 : 0.4 } : undefined;
}

function asLastSentence(text: string): CreditPlace | undefined {
  const breaks = [...text.matchAll(BREAK)].map((match) => match.index + match[0].length);
  for (const start of [0, ...breaks].filter((start) => text.length - start <= TAIL_LENGTH)) {
    const credit = clean(text.slice(start));
    const kind = creditKind(credit);
    if (kind !== "agency" && kind !== "joined") continue;
    const isNamed = kind === "agency";
    const why = `ends with ${IN_BRACKETS[kind].what}`;
    if (start > 0)
      return { words: head(text.slice(0, start)), credit, confidence: isNamed ? 0.85 : 0.6, why };
    // A byline is a name and an agency too, but not with a stroke.
    return {
      words: "",
      credit,
      confidence: isNamed && /\p{L} ?\/ ?\p{L}|courtesy|handout/iu.test(credit) ? 0.85 : 0.5,
      why,
    };
  }
  return undefined;
}

const head = (before: string): string => before.replace(/[\s—–|•·([-]+$/u, "");

/** A credit without the bracket and the full stop after it; "Inc." and "J." keep theirs. */
function clean(after: string, bracketed = false): string {
  const inner = after.trim().replace(/^by /, "");
  const open = bracketed || !/[([]/.test(inner) ? inner.replace(/[)\]]\.?$/, "") : inner;
  return /(?:\b\p{Lu}|\b(?:Inc|Ltd|Co|Jr|Sr))\.$/u.test(open) ? open : open.replace(/[\s.,;]+$/, "");
}

/**
 * Named agency or "courtesy of"; a person with a paper; what may be a name; and letters that may be anything.
 */
type CreditKind = "agency" | "joined" | "name" | "letters";

const MAX_CREDIT_LENGTH = 120;
const MAX_WORDS = 14;

/** Credits of the text, which agencies print in brackets too. */
const OF_TEXT = new RegExp(`^(?:${anyOf("pictures", "text")})(?!\\p{L})`, "iu");
const COURTESY = /(?<!\p{L})(?:handout|courtesy|supplied|via)(?!\p{L})/iu;
const JOINING = allWords("pictures", "credited");
const NAME =
  /^\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}'’.-]*|de|da|di|van|von|der|den|la|bin|al|el|y|e|dos)){1,4}$/u;

/** Reads words without brackets and markers; undefined for what is no credit. */
function creditKind(words: string): CreditKind | undefined {
  if (!isSomebody(words)) return undefined;
  const parts = words.split(/[/|,—–()]| via | for | on /).map((part) => part.trim());
  if (parts.some(isAgency) || COURTESY.test(words)) return "agency";
  const [first = "", second = ""] = words.split(/[/|]/).map((part) => part.trim());
  if (second !== "") return NAME.test(first) ? "joined" : undefined;
  if (/^\p{Lu}{2,8}$/u.test(words)) return "letters";
  return NAME.test(words) || (NAME.test(parts[0] ?? "") && / for \p{Lu}/u.test(words)) ? "name" : undefined;
}

/** Whether words may be somebody, as they must be after "Credit:": capitals and what joins them. */
function isSomebody(words: string): boolean {
  if (words.length > MAX_CREDIT_LENGTH || OF_TEXT.test(words) || !/\p{Lu}|\p{L}{3}/u.test(words))
    return false;
  const list = words.split(/[\s/|,—–&+()-]+/).filter((word) => word !== "");
  return list.length <= MAX_WORDS && list.every(isCreditWord);
}

const isCreditWord = (word: string): boolean =>
  /^(?:["'“‘@]?\p{Lu}|[dl]['’]\p{Lu}|(?:19|20)\d{2}$)/u.test(word) ||
  JOINING.has(word.replace(/[.:]$/, "").toLowerCase());

/** So many open paragraphs may stand above the captions at a page's top: a dek, a description. */
const ABOVE = 2;

/** Takes the lines that belong to pictures, and gives the pictures in their order. */
export function takePictures(lines: readonly ReadLine[]): readonly ImportedImage[] {
  const images: { image: ImportedImage; last: ReadLine }[] = [];
  const agency = lines.find((line) => line.dateline?.value.agency)?.dateline?.value.agency;
  let above = 0;
  for (const line of lines) {
    const top = above <= ABOVE;
    const caption = isOpen(line) ? captionOf(lines, line, top) : undefined;
    // An agency signs its last paragraph.
    const signed = !top && agency !== undefined && caption?.credit === agency && /\p{L}\.?$/u.test(line.text);
    if (caption === undefined || signed) {
      if (isOpen(line) && line.prose) above += line.dateline ? ABOVE + 1 : 1;
      continue;
    }
    const before = neighbour(lines, line.at, -1, (other) => isA(other, "boilerplate"));
    const lastOne = images.at(-1);
    if (caption.caption === undefined && lastOne && lastOne.last === before && !lastOne.image.credit) {
      lastOne.image = { ...lastOne.image, ...caption };
      lastOne.last = line;
      take(line, "credit", `${line.caption?.why}; stands under a caption`);
      continue;
    }
    const words = wordsBefore(lines, before, caption, top);
    // "AFP" under a headline says whose the text is.
    if (caption.credit === line.text && Object.keys(words).length === 0) continue;
    images.push({ image: { ...words, ...caption }, last: line });
    take(line, caption.caption === undefined ? "credit" : "caption", whyCaption(line, top));
  }
  return distinct(images.map(({ image }) => image));
}

function whyCaption({ caption, counted }: ReadLine, top: boolean): string {
  const why = [counted && `"${counted.counter}" counts pictures`, caption?.why];
  if (confidenceOf(caption) < SURE && top) why.push("stands at the top");
  return why.filter((each) => each !== undefined).join("; ");
}

function captionOf(lines: readonly ReadLine[], line: ReadLine, top: boolean): Caption | undefined {
  const { caption, counted, byline } = line;
  if (counted !== undefined) return caption?.value ?? { caption: counted.rest };
  if (caption === undefined || confidenceOf(line.date) > caption.confidence) return undefined;
  // "Photographs by Ada Lind" is a credit of the article, unless it stands under a picture's words.
  const { caption: words } = caption.value;
  const signed = words === undefined && confidenceOf(byline) >= caption.confidence;
  if (signed && !isA(lines[line.at - 1], "caption", "alt")) return undefined;
  const before = neighbour(lines, line.at, -1, (other) => isA(other, "boilerplate"));
  const described = isOpen(before) && words !== undefined && describes(before, words, top);
  return caption.confidence >= (described ? 0.4 : top ? LIKELY : SURE) ? caption.value : undefined;
}

/** What the line before says of the picture: it describes it, or it is the caption of a credit alone. */
function wordsBefore(
  lines: readonly ReadLine[],
  before: ReadLine | undefined,
  { caption, credit }: Caption,
  top: boolean,
): ImportedImage {
  if (!isOpen(before) || isMark(before, true)) return {};
  if (caption !== undefined) {
    if (credit === undefined || !describes(before, caption, top)) return {};
    take(before, "alt", "describes a picture, and a caption with its credit follows");
    return { alt: before.text };
  }
  const above = neighbour(lines, before.at, -1, (other) => isA(other, "boilerplate"));
  if (!top || before.dateline || !(isMark(above, true) || isA(above, "caption")) || before.text.length > 400)
    return {};
  take(before, "caption", "stands between the byline or date and a picture's credit");
  return { caption: before.text };
}

/** A gallery says its captions twice: small and large. */
function distinct(images: readonly ImportedImage[]): readonly ImportedImage[] {
  const seen = new Map<string, ImportedImage>();
  for (const image of images) {
    const key = JSON.stringify([image.caption, image.credit, image.copyright]);
    const { alt = image.alt } = seen.get(key) ?? {};
    seen.set(key, { ...image, ...(alt !== undefined && { alt }) });
  }
  return [...seen.values()].map(({ alt, ...rest }) => (alt === undefined ? rest : { alt, ...rest }));
}

const LENGTH_LIMIT = 350;

const ARTICLE = new RegExp(`^(?:${anyOf("pictures", "article")}) `, "i");
const SEEN = wholeWords(anyOf("pictures", "seen"));
const TOLD = wholeWords(`${anyOf("pictures", "told")}|${[...WEEKDAYS].join("|")}`);
const QUOTE = /["“”«»„]/;
/** Signals that a description needs, in sum. */
const LEAST = 2;

/** True for a line that describes a picture; at a page's top less is needed. */
function describes(line: ReadLine, caption: string, top: boolean): boolean {
  const { text } = line;
  if (text.length > LENGTH_LIMIT || line.dateline !== undefined || line.byline !== undefined) return false;
  if (QUOTE.test(text) || TOLD.test(text) || /[.!?] \p{Lu}\p{Ll}/u.test(text)) return false;
  const signals = [ARTICLE.test(text), SEEN.test(text), sharesName(text, caption), top && endsWithStop(text)];
  return signals.filter(Boolean).length >= LEAST;
}

const sharesName = (one: string, other: string): boolean => {
  const names = new Set(other.match(/\p{Lu}\p{L}{2,}/gu));
  return (one.match(/\p{Lu}\p{L}{2,}/gu) ?? []).some((name) => names.has(name));
};
