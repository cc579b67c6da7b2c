// Days in figures: `2025-03-03`, `3.3.2025`, and `03/04/2025`, which is two days.

/** A day in figures and where it stands; without `month`, month and day can't be told apart. */
export interface NumericDay {
  readonly start: number;
  readonly end: number;
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

const NUMERIC =
  /(?<![\d./-])(?:(\d{4})([./-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\6(\d{4}|\d{2}))(?![\d/-]|\.\d)/g;

/** The days in figures of a text, `language` deciding where day and month could be either. */
export const numericDays = (text: string, language: string): readonly NumericDay[] =>
  [...text.matchAll(NUMERIC)].map((match) => {
    const place = { start: match.index, end: match.index + match[0].length };
    const [, year, , month, day, first = "", separator = "", second = "", short = ""] = match;
    if (year !== undefined) return { ...place, year: Number(year), month: Number(month), day: Number(day) };
    const known = { ...place, year: fullYear(Number(short)) };
    switch (order(first, separator, second, language)) {
      case "day":
        return { ...known, month: Number(second), day: Number(first) };
      case "month":
        return { ...known, month: Number(first), day: Number(second) };
      default:
        return known;
    }
  });

/** RFC 2822 §4.3: two figures are 1950 to 2049. */
export const fullYear = (year: number): number => (year > 99 ? year : year + (year < 50 ? 2000 : 1900));

/** Which of two figures comes first. */
function order(first: string, separator: string, second: string, language: string): string | undefined {
  if (first === second || Number(first) > 12 || separator === ".") return "day";
  if (Number(second) > 12) return "month";
  const [, primary = "", region] =
    /^([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?![a-z])/i.exec(language) ?? [];
  // English without a country may be of either side of the Atlantic.
  if (primary === "" || (primary.toLowerCase() === "en" && region === undefined)) return undefined;
  const locale = new Intl.DateTimeFormat(region === undefined ? primary : `${primary}-${region}`);
  // Where the year comes first, figures in another order are foreign ones.
  return locale.formatToParts(0).find((part) => part.type !== "literal")?.type;
}
