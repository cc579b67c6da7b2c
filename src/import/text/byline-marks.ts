// Words that stand before the names of those who made an article, in the languages of the pages that are
// read.

import type { Role } from "../../article/byline.ts";

/** What a mark makes of the names after it. */
export interface Mark {
  /** As the line has it: `Reporting by`. */
  readonly words: string;
  readonly roles: readonly Role[];
  /** Confidence that the mark and names make a byline, 0 to 1. */
  readonly confidence: number;
  /** What stands between it and the next mark. */
  readonly names: string;
}

// With a colon in the table, a mark counts only before one: "Editors and writers" names nobody.
type Row = readonly [roles: readonly Role[], confidence: number, phrases: string];

const FIRST: readonly Row[] = [
  [
    ["author"],
    0.9,
    "by|par|written by|story by|words by|text by|écrit par|propos recueillis par|recueilli par|compiled by",
  ],
  [
    ["author"],
    0.9,
    "author:|authors:|auteur:|auteurs:|autor:|autora:|autorin:|tekst:|texte:|text:|words:|story:|texto:|testo:|yazan:",
  ],
  [
    ["author"],
    0.9,
    "автор:|авторы:|текст:|作者:|撰文:|文:|取材・文:|글:|كتب:|γράφει ο|γράφει η|بقلم|מאת|記者|记者",
  ],
  // These also start other lines, or names.
  [
    ["author"],
    0.8,
    "von|por|door|di|av|af|text von|ein bericht von|ein kommentar von|un article de|a cura di|testo di|texto de",
  ],
  [["author"], 0.8, "opinion by|analysis by|review by|column by|commentary by|interview by"],
];

const ANYWHERE: readonly Row[] = [
  [
    ["reporter"],
    0.95,
    "reporting by|reported by|reportage de|reportage par|reportage|reportaje de|reporte de|información de",
  ],
  [["reporter"], 0.95, "reportagem de|bericht von|bericht:|reporter:|reporters:"],
  [["reporter", "writer"], 0.95, "reporting and writing by|reported and written by|writing and reporting by"],
  [
    ["author", "photographer"],
    0.95,
    "text and photos by|text and photographs by|words and photos by|story and photos by",
  ],
  [["author", "photographer"], 0.95, "words and pictures by|text und fotos:|texte et photos:|texto y fotos:"],
  [
    ["contributor"],
    0.95,
    "additional reporting by|additional reporting from|additional writing by|with contributions from",
  ],
  [
    ["contributor"],
    0.95,
    "research by|video by|produced by|mitarbeit:|contributors:|reportage complémentaire de",
  ],
  [
    ["contributor"],
    0.95,
    "avec la contribution de|avec la collaboration de|unter mitarbeit von|con la collaborazione di",
  ],
  [["contributor"], 0.95, "con información de|con la colaboración de|información adicional de"],
  [["contributor"], 0.6, "with|avec|mit|con|com|met"],
  [
    ["writer"],
    0.95,
    "writing by|rédigé par|geschrieben von|verfasst von|escrito por|redacción de|redação de",
  ],
  [
    ["editor"],
    0.95,
    "editing by|edited by|edité par|édité par|redigiert von|bearbeitet von|editado por|edición de|edição de",
  ],
  [["editor"], 0.9, "editor:|editors:|redaktion:|edición:|editing:"],
  [
    ["photographer"],
    0.95,
    "photographs by|photos by|photography by|pictures by|photographies de|photos de|fotos von|fotos de",
  ],
  [["photographer"], 0.95, "fotografien von|fotografías de|foto di|foto's van"],
  [["photographer"], 0.8, "photos:|fotos:|foto's:|photographs:|photography:|фото:"],
  [
    ["illustrator"],
    0.95,
    "illustration by|illustrations by|illustrated by|graphics by|graphic by|illustration de|illustré par",
  ],
  [
    ["illustrator"],
    0.95,
    "illustrationen von|illustriert von|ilustración de|ilustraciones de|ilustrado por|illustrazioni di",
  ],
  [["illustrator"], 0.8, "illustration:|illustrations:|illustrationen:|ilustración:|ilustraciones:"],
  [
    ["translator"],
    0.95,
    "translated by|translation by|traduit par|traduit de l'anglais par|traduction de|version française de",
  ],
  [
    ["translator"],
    0.95,
    "version française|übersetzt von|aus dem englischen von|aus dem französischen von|traducido por",
  ],
  [["translator"], 0.95, "traducción de|traduzione di|tradotto da|traduzido por|tradução de|vertaald door"],
  [["translator"], 0.9, "translator:|übersetzung:|traduction:|traducción:|vertaling:|перевод:"],
];

const rows = (table: readonly Row[]) =>
  table.flatMap(([roles, confidence, phrases]) =>
    phrases.split("|").map((phrase) => {
      const kind = { roles, confidence, colon: phrase.endsWith(":") };
      return [phrase.replace(/:$/, ""), kind] as const;
    }),
  );

const AT_FIRST = new Map(rows(FIRST));
const INSIDE = new Map(rows(ANYWHERE));

// Han and Hangul need no space before a name.
const ending = (phrase: string, colon: boolean): string =>
  colon ? "(?=\\s*[:：／＝])" : /[\p{Script=Han}\p{Script=Hangul}]$/u.test(phrase) ? "" : "(?=[\\s:])";

const MARK = new RegExp(
  `(?:^|[;,.|•·/–—()]\\s*|\\s)(?:(?:and|et|und|y|e|en|&|with)\\s+)?(${[...new Map([...AT_FIRST, ...INSIDE])]
    .sort(([a], [b]) => b.length - a.length)
    .map(([phrase, { colon }]) => phrase.replaceAll("'", "['’]") + ending(phrase, colon))
    .join("|")})`,
  "giu",
);

/** The marks of a line with the words after each; none, if it doesn't start with one. */
export function marksOf(line: string): readonly Mark[] {
  const found = [...line.matchAll(MARK)].flatMap((match) => {
    const [all, words = ""] = match;
    const phrase = words.toLowerCase().replaceAll("’", "'");
    const kind = (match.index === 0 ? AT_FIRST.get(phrase) : undefined) ?? INSIDE.get(phrase);
    return kind ? [{ ...kind, words, start: match.index, end: match.index + all.length }] : [];
  });
  if (found[0]?.start !== 0) return [];
  return found.map(({ words, roles, confidence, end }, index) => ({
    words,
    roles,
    confidence,
    names: line.slice(end, found[index + 1]?.start),
  }));
}
