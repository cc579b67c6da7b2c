// The address that a generator gave a post, by its pattern.

import { slugify } from "../../lib/text.ts";

/** What a pattern is filled with. */
export interface PermalinkParts {
  /** The file's path from where the generator starts, without its ending, date and `index`: `news/ferry`. */
  readonly path: string;
  /** The file's name without ending and date. */
  readonly name: string;
  readonly slug?: string | undefined;
  readonly title?: string | undefined;
  readonly categories: readonly string[];
  /** Year, month, day, hour, minute, second, as they are in the site's zone. */
  readonly date?: readonly string[] | undefined;
}

// Jekyll's names for patterns.
const STYLES: Readonly<Record<string, string>> = {
  date: "/:categories/:year/:month/:day/:title.html",
  pretty: "/:categories/:year/:month/:day/:title/",
  ordinal: "/:categories/:year/:y_day/:title.html",
  weekdate: "/:categories/:year/W:week/:short_day/:title.html",
  none: "/:categories/:title.html",
};

const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const TOKEN =
  /:([a-z_]+(?:\[[^\]]*\])?)|\{\{\s*([\w.]+)\s*(?:\|\s*(?:slug|slugify|slugifyUrl|url_encode)\s*)?\}\}/g;

/** Fills a pattern; undefined where a part is missing, or a token is not known. */
export function permalinkOf(pattern: string, parts: PermalinkParts): string | undefined {
  let isWhole = true;
  const filled = (STYLES[pattern] ?? pattern).replace(
    TOKEN,
    (_, token: string | undefined, variable: string | undefined) => {
      const value = partOf(
        token ?? (variable === "title" ? "post_title" : (variable ?? "").replace(/^page\./, "")),
        parts,
      );
      if (value === undefined) isWhole = false;
      return value ?? "";
    },
  );
  if (!isWhole || /[{}]/.test(filled)) return undefined;
  const path = `/${filled}`.replace(/\/{2,}/g, "/").replace(/\/index\.html?$/, "/");
  return /\s/.test(path) ? encodeURI(path) : path;
}

function partOf(token: string, parts: PermalinkParts): string | undefined {
  const { path, name, slug, title, categories, date = [] } = parts;
  const [year, month, day, hour, minute, second] = date;
  switch (token) {
    case "year":
      return year;
    case "short_year":
      return year?.slice(2);
    case "month":
      return month;
    case "i_month":
      return month?.replace(/^0/, "");
    case "monthname":
      return MONTHS[Number(month) - 1];
    case "day":
      return day;
    case "i_day":
      return day?.replace(/^0/, "");
    case "hour":
      return hour;
    case "minute":
      return minute;
    case "second":
      return second;
    case "y_day":
    case "yearday":
      return yearDay(date);
    // Jekyll's `:title` is the file's name; so is Hexo's, with its folders.
    case "title":
      return slug ?? name;
    case "post_title":
      return title && slugify(title);
    case "slug":
    case "slugorfilename":
    case "slugorcontentbasename":
    case "fileSlug":
      return slug ?? name;
    case "name":
    case "filename":
    case "contentbasename":
      return name;
    case "path":
    case "filePathStem":
      return path;
    case "category":
      return categories[0] === undefined ? "" : slugify(categories[0]);
    case "categories":
      return categories.map((one) => one.split("/").map(slugify).join("/")).join("/");
    case "section":
      return path.includes("/") ? path.split("/")[0] : "";
    case "sections":
      return path.split("/").slice(0, -1).join("/");
    case "output_ext":
      return ".html";
    default:
      return undefined;
  }
}

function yearDay([year, month, day]: readonly string[]): string | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const days =
    (Date.UTC(Number(year), Number(month) - 1, Number(day)) - Date.UTC(Number(year), 0, 0)) / 86_400_000;
  return String(days).padStart(3, "0");
}
