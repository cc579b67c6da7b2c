// Where a line's credit stands: in brackets at its end, after "Photo:" or ©, or as a last sentence of names.

import { type CreditKind, creditKind, isSomebody } from "./credit.ts";

/** A credit at a line's end, and the words before it. */
export interface CreditPlace {
  readonly words: string;
  readonly credit?: string;
  readonly copyright?: string;
  readonly weight: number;
  readonly why: string;
}

const MARKER = new RegExp(
  `(?<![\\p{L}\\d])(?:${[
    "(?:Photo|Photograph|Picture|Image|Illustration|Graphic)(?:s|y)?(?: [Cc]redits?)?(?: by(?= )| ?:)",
    "(?:PHOTO|IMAGE|FOTO)S?(?: BY(?= )| ?:|(?= \\p{Lu}{2}))",
    "[Cc]redits?(?: ?:|\\.{3}|…)|Cr[ée]dit[oi]?s?(?: (?:photo|foto|image|imagen)s?)? ?:",
    "(?:(?:Archiv|Symbol|Themen|Beispiel)(?:foto|bild)|Foto|Fotos|Bild|Bilder|Bildnachweis|Fotograf|Fotograaf|Beeld) ?:",
    "(?:Foto|Fotograf[ií]a|Fotografie|Imagen|Imagem|Immagine) ?:|Foto (?:de|di|van|von)(?= \\p{Lu})",
    "Image source,",
    "(?:Source|Quelle|Bildquelle|Fuente|Fonte|Bron) ?:",
  ].join("|")})\\s*`,
  "gu",
);
const MARKER_FIRST = new RegExp(`^[([]?${MARKER.source}`, "u");
const SOURCE = /^(?:Source|Quelle|Fuente|Fonte|Bron)/;
/** "Photos: Harbour Festival" is a headline as well. */
const PLURAL = /^(?:Photos|Pictures|Images|PHOTOS|Fotos|Bilder)/;
const SENTENCE_END = /(?:^|[.!?…”"»)\]])$/u;
const BREAK = /[.!?…”"»)\]] +| [—–|•·-] |—/gu;
/** A name and a few agencies; the last sentence of a longer line is looked for no further back. */
const TAIL_LENGTH = 120;

/** The first place of these that holds a credit. */
export const creditPlace = (text: string): CreditPlace | undefined =>
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
  // A copyright with its year is a page's last line as well.
  if (year !== undefined) return { words, copyright: `© ${owner}`, weight: words === "" ? 0.3 : 0.6, why };
  return { words, credit: owner, weight: 0.85, why };
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
    return kind === "agency" ? { ...place, weight: before === "" ? 0.6 : 0.85 } : undefined;
  const unsure = kind !== "agency" && before === "" && (PLURAL.test(name) || kind === undefined);
  return { ...place, weight: unsure ? 0.5 : 0.9 };
}

/** What brackets at the end weigh; a full stop behind them makes them part of a sentence. */
const IN_BRACKETS: Readonly<Record<CreditKind, { readonly weight: number; readonly what: string }>> = {
  agency: { weight: 0.9, what: 'an agency or "courtesy of"' },
  joined: { weight: 0.85, what: "a name and a paper" },
  name: { weight: 0.5, what: "what may be a name" },
  letters: { weight: 0.4, what: "letters that may be an agency" },
};

function inBrackets(text: string): CreditPlace | undefined {
  const [, inner, stop] = /[([]([^()[\]]{2,120})[)\]](\.?)$/.exec(text) ?? [];
  if (inner === undefined) return undefined;
  const credit = clean(inner);
  const kind = creditKind(credit);
  const before = text.slice(0, text.length - inner.length - 2 - (stop ?? "").length).trimEnd();
  if (kind === undefined) return undefined;
  const { weight, what } = IN_BRACKETS[kind];
  const place = { words: head(before), credit, why: `ends with ${what} in brackets` };
  if (SENTENCE_END.test(before) && stop === "") return { ...place, weight };
  // "… Space Administration (NASA)" explains letters; "(AP Photo/Jane Doe)" and "(Jane Doe/The Times)" can't.
  if (/[/|]| via | for |photo/i.test(credit)) return { ...place, weight: weight - 0.05 };
  return kind === "agency" ? { ...place, weight: stop === "" ? 0.8 : 0.4 } : undefined;
}

function asLastSentence(text: string): CreditPlace | undefined {
  const breaks = [...text.matchAll(BREAK)].map((match) => match.index + match[0].length);
  for (const start of [0, ...breaks].filter((start) => text.length - start <= TAIL_LENGTH)) {
    const credit = clean(text.slice(start));
    const kind = creditKind(credit);
    if (kind !== "agency" && kind !== "joined") continue;
    const isNamed = kind === "agency";
    const why = `ends with ${IN_BRACKETS[kind].what}`;
    if (start > 0) return { words: head(text.slice(0, start)), credit, weight: isNamed ? 0.85 : 0.6, why };
    // A byline is a name and an agency too, but not with a stroke.
    return {
      words: "",
      credit,
      weight: isNamed && /\p{L} ?\/ ?\p{L}|courtesy|handout/iu.test(credit) ? 0.85 : 0.5,
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
