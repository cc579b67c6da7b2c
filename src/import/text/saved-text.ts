// A saved page as plain text, one paragraph a line -> its article. Every line is first read on its own. Then the surest
// findings are taken first, and each later one is judged by what stands around it; lines that are left over are the
// body.

import type { Explained, ImportedArticle, ImportedByline, Importer } from "../importer.ts";
import { readBoilerplate, takeBlocks, takeLists, takePlaced, takeSure } from "./boilerplate.ts";
import { readCaption, readCounter, takePictures } from "./captions.ts";
import { readDateline } from "./dateline.ts";
import { languageOf } from "./languages/languages.ts";
import { readDateLine } from "./publication-date.ts";
import { readByline, saysMore } from "./read-byline.ts";
import { dayNotes, takeBios, takeBylines, takeDates, withAgency } from "./take-authors.ts";
import { takeDek, takeHeadline } from "./take-headline.ts";
import {
  confidenceOf,
  type Dateline,
  isA,
  isOpen,
  LIKELY,
  linesOf,
  type ReadLine,
  take,
} from "./text-lines.ts";

/** Reads a saved page as plain text, one paragraph a line. */
export const readText: Importer = ({ name, content }) => {
  const lines = readLines(content, languageOf(content) ?? "und");
  if (lines.length === 0) {
    return { articles: [], problems: [{ path: "", message: "holds no text" }], explained: [] };
  }
  takeSure(lines);
  const headline = takeHeadline(lines);
  takeLists(lines);
  takeBlocks(lines);
  const images = takePictures(lines);
  const { bylines, agency } = takeBylines(lines, headline);
  const dates = takeDates(lines, headline);
  const dek = takeDek(lines, headline);
  takePlaced(lines, headline);
  const people = takeBios(lines, bylines);
  takeBody(lines);
  const body = lines.filter((line) => isA(line, "body"));
  const led = body.find(({ prose }) => prose);
  const dateline = confidenceOf(led?.dateline) >= LIKELY ? led?.dateline?.value : undefined;
  const paragraphs = body.map((line) => (line === led ? (dateline?.rest ?? line.text) : line.text));
  const language = languageOf(paragraphs.join("\n"));
  const signed = withAgency(people, dateline?.agency ?? agency);
  const notes = [...signed.notes, ...dayNotes(dateline?.day), ...leftOut(lines, signed.bylines, language)];
  const article: ImportedArticle = {
    item: headline?.text ?? name,
    ...(headline && { headline: headline.text }),
    ...(dek !== undefined && { dek }),
    ...(language && { language }),
    ...(signed.bylines.length > 0 && { bylines: signed.bylines }),
    ...(dateline && { dateline: dateline.dateline }),
    ...dates,
    ...(images.length > 0 && { images }),
    body: { kind: "text", paragraphs },
    ...(notes.length > 0 && { notes }),
  };
  const explained = lines.map((line) => explain(line, line === led ? dateline : undefined));
  return { articles: [article], problems: [], explained };
};

const FEWEST_WORDS = 8;

/**
 * A note of the sentences that were taken for boilerplate, since one of them may be the article's, and of lines with names that
 * say more than these. Menus and buttons are none.
 */
function leftOut(
  lines: readonly ReadLine[],
  bylines: readonly ImportedByline[],
  language: string | undefined,
): readonly string[] {
  const people = bylines.flatMap((one) => Object.values(one).filter((value) => typeof value === "string"));
  const known = { people, language: language ?? "en", isDated: () => true };
  const taken = lines.filter(
    (line) =>
      (isA(line, "boilerplate") && (line.prose || (line.stop && line.words >= FEWEST_WORDS))) ||
      (isA(line, "byline") && saysMore(line.text, known, true)),
  );
  return taken.length === 0
    ? []
    : [`left out of the text: ${taken.map(({ text }) => `“${text}”`).join(" ")}`];
}

function explain({ number, text, verdict, counted }: ReadLine, dateline: Dateline | undefined): Explained {
  const { part, why } = verdict ?? { part: "body", why: "" };
  if (dateline) {
    return {
      line: number,
      text,
      as: "dateline and body",
      why: `${why}; before it the dateline "${dateline.dateline}"`,
    };
  }
  return { line: number, text, as: counted && part === "caption" ? "boilerplate and caption" : part, why };
}

/** Takes all that is left as the body. */
function takeBody(lines: readonly ReadLine[]): void {
  for (const line of lines) {
    const heads = isOpen(lines[line.at + 1]) && lines[line.at + 1]?.prose;
    take(
      line,
      "body",
      line.prose
        ? "running text"
        : line.stop
          ? "a short sentence"
          : heads
            ? "a short line before a paragraph: a heading"
            : "nothing says that it isn't the article's",
    );
  }
}

/** Longer lines are always running text. UTF-16 code units. */
const LINE_LIMIT = 2_000;

/** Reads each line on its own. `language` decides about dates. */
function readLines(content: string, language: string): ReadLine[] {
  return linesOf(content).map((line, at) => {
    const { text } = line;
    if (text.length > LINE_LIMIT) return { ...line, at, ...UNREAD, dateline: readDateline(text) };
    const counted = readCounter(text);
    return {
      ...line,
      at,
      boilerplate: readBoilerplate(text),
      byline: readByline(text),
      // Date parsing is slow; skip lines without digits.
      date: /\p{Nd}/u.test(text) ? readDateLine(text, language) : undefined,
      caption: readCaption(counted?.rest || text),
      dateline: readDateline(text),
      counted: counted?.rest ? counted : undefined,
    };
  });
}

const UNREAD = {
  boilerplate: undefined,
  byline: undefined,
  date: undefined,
  caption: undefined,
  counted: undefined,
};
