// A saved page as plain text, one paragraph a line -> its article. Every line is first read on its own
// (`line-readings.ts`). Then the surest findings are taken first, and each later one is judged by what stands
// around it; lines that are left over are the body.

import type { Explained, ImportedArticle, ImportedByline, Importer } from "../importer.ts";
import { isAuthor, takeBios, takeBylines, takeDates } from "./authors-and-dates.ts";
import type { Dateline } from "./dateline.ts";
import { languageOf } from "./detect-language.ts";
import { takeHeadline } from "./headline.ts";
import { isA, isOpen, LIKELY, neighbour, type Piece, piecesOf, take, weightOf } from "./line-readings.ts";
import { takeBoxes, takeLists, takePlaced, takeSure } from "./take-boilerplate.ts";
import { takePictures } from "./text-pictures.ts";

/** Reads a saved page as plain text, one paragraph a line. */
export const readText: Importer = ({ name, content }) => {
  const pieces = piecesOf(content, languageOf(content) ?? "und");
  if (pieces.length === 0) {
    return { articles: [], problems: [{ path: "", message: "holds no text" }], explained: [] };
  }
  takeSure(pieces);
  const headline = takeHeadline(pieces);
  takeLists(pieces);
  takeBoxes(pieces);
  const images = takePictures(pieces);
  const { bylines, agency } = takeBylines(pieces, headline);
  const dates = takeDates(pieces, headline);
  const dek = takeDek(pieces, headline);
  takePlaced(pieces, headline);
  const people = takeBios(pieces, bylines);
  takeBody(pieces);
  const body = pieces.filter((piece) => isA(piece, "body"));
  const led = body.find(({ prose }) => prose);
  const dateline = weightOf(led?.dateline) >= LIKELY ? led?.dateline?.value : undefined;
  const paragraphs = body.map((piece) => (piece === led ? (dateline?.rest ?? piece.text) : piece.text));
  const language = languageOf(paragraphs.join("\n"));
  const signed = withAgency(people, dateline?.agency ?? agency);
  const notes = [...notesOn(dateline?.agency ?? agency, dateline?.day, signed), ...takenSentences(pieces)];
  const article: ImportedArticle = {
    item: headline?.text ?? name,
    ...(headline && { headline: headline.text }),
    ...(dek !== undefined && { dek }),
    ...(language && { language }),
    ...(signed.length > 0 && { bylines: signed }),
    ...(dateline && { dateline: dateline.dateline }),
    ...dates,
    ...(images.length > 0 && { images }),
    body: { kind: "text", paragraphs },
    ...(notes.length > 0 && { notes }),
  };
  const explained = pieces.map((piece) => explain(piece, piece === led ? dateline : undefined));
  return { articles: [article], problems: [], explained };
};

/** The page's agency is where the authors work, if nothing else is said of any of them. */
function withAgency(
  bylines: readonly ImportedByline[],
  agency: string | undefined,
): readonly ImportedByline[] {
  if (agency === undefined || bylines.some(({ affiliation }) => affiliation !== undefined)) return bylines;
  return bylines.map((one) => (isAuthor(one.role) ? { ...one, affiliation: agency } : one));
}

function notesOn(
  agency: string | undefined,
  day: string | undefined,
  bylines: readonly ImportedByline[],
): readonly string[] {
  return [
    agency !== undefined &&
      bylines.length === 0 &&
      `the page names ${agency} as its agency, and nobody as the author`,
    day !== undefined && `the dateline says "${day}", which is no date of publication`,
  ].filter((note) => note !== false);
}

const FEWEST_WORDS = 8;

/** A note of the sentences that were taken for boilerplate: one of them may be the article's. Menus and buttons are none. */
function takenSentences(pieces: readonly Piece[]): readonly string[] {
  const taken = pieces.filter(
    (piece) => isA(piece, "boilerplate") && (piece.prose || (piece.stop && piece.words >= FEWEST_WORDS)),
  );
  return taken.length === 0
    ? []
    : [`taken for no part of the text: ${taken.map(({ text }) => `“${text}”`).join(" ")}`];
}

function explain({ number, text, verdict, counted }: Piece, dateline: Dateline | undefined): Explained {
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

const DEK_LENGTH = 450;

/** Takes the line between the headline and the byline or date, or a second line without a full stop. */
function takeDek(pieces: readonly Piece[], headline: Piece | undefined): string | undefined {
  if (headline === undefined) return undefined;
  const aside = (piece: Piece) => isA(piece, "boilerplate", "caption", "credit", "alt", "headline");
  const dek = neighbour(pieces, headline.at, 1, aside);
  if (!isOpen(dek) || dek.text.length > DEK_LENGTH || dek.dateline || weightOf(dek.boilerplate) >= LIKELY)
    return undefined;
  const next = neighbour(pieces, dek.at, 1, aside);
  const marked =
    isA(next, "byline", "date") && pieces.some((piece) => piece.at > next.at && piece.prose && isOpen(piece));
  const second = !dek.stop && dek.words >= 5 && isOpen(next) && next.prose && pieces[headline.at + 1] === dek;
  if (!marked && !second) return undefined;
  take(
    dek,
    "dek",
    marked
      ? "stands between the headline and the byline or date"
      : "a second line without a full stop under the headline",
  );
  return dek.text;
}

/** Takes all that is left as the body. */
function takeBody(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    const heads = isOpen(pieces[piece.at + 1]) && pieces[piece.at + 1]?.prose;
    take(
      piece,
      "body",
      piece.prose
        ? "running text"
        : piece.stop
          ? "a short sentence"
          : heads
            ? "a short line before a paragraph: a heading"
            : "nothing says that it isn't the article's",
    );
  }
}
