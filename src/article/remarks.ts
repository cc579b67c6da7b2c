// What a sub-editor says of an article that could be published as it is. `wireroom check` says it of files, the desk of
// drafts. Pure.

import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";
import { slugify } from "../lib/text.ts";
import { plural, t } from "../lib/translate.ts";
import { cutOffAfter, type PRIORITIES } from "./article.ts";
import { type ImageInput, isCropped } from "./image.ts";
import { articlePath } from "./resolve.ts";
import type { Site } from "./site.ts";

/** What the remarks on wording look at. */
interface Worded {
  readonly headline?: string | undefined;
  readonly shortHeadline?: string | undefined;
  readonly dek?: string | undefined;
}

/** A headline that lists cut off though it has no short form, and a dek that repeats the headline. */
export function wordingRemarks({ headline, shortHeadline, dek }: Worded): readonly Problem[] {
  const problems: Problem[] = [];
  const listed = shortHeadline ?? headline ?? "";
  const fits = cutOffAfter(listed);
  if (fits !== undefined) {
    const lengths = { characters: [...listed].length, fits };
    problems.push(
      shortHeadline === undefined
        ? {
            path: "headline",
            message: t(
              "has {characters} characters: lists cut it off after {fits}, so shorten it, or add a shortHeadline for them",
              lengths,
            ),
          }
        : {
            path: "shortHeadline",
            message: t("has {characters} characters: lists cut it off after {fits}, so shorten it", lengths),
          },
    );
  }
  if (headline !== undefined && dek !== undefined && repeats(slugify(dek), slugify(headline))) {
    problems.push({
      path: "dek",
      message: t("repeats the headline: say what it doesn't, or leave the dek out"),
    });
  }
  return problems;
}

/** A shorter headline, such as `Update`, may begin a dek that says something else. */
const MIN_REPEATED_WORDS = 3;

function repeats(dek: string, headline: string): boolean {
  const words = headline.split("-");
  if (words.length >= MIN_REPEATED_WORDS && `${dek}-`.startsWith(`${headline}-`)) return true;
  const known = new Set(words);
  return dek.split("-").every((word) => known.has(word));
}

/** A sponsored article with priority `lead` or `top`, which has no effect. */
export const priorityRemarks = ({
  sponsored,
  priority,
}: {
  readonly sponsored?: boolean | undefined;
  readonly priority?: (typeof PRIORITIES)[number] | undefined;
}): readonly Problem[] =>
  sponsored && (priority === "lead" || priority === "top")
    ? [
        {
          path: "priority",
          message: t("has no effect: a sponsored article never leads, and is placed by its date"),
        },
      ]
    : [];

/** Pictures without alternative text. */
export const altRemarks = (images: readonly Pick<ImageInput, "alt">[]): readonly Problem[] =>
  images.flatMap(({ alt }, index) =>
    alt === "" ? [{ path: `images[${index}].alt`, message: t("is empty: say what the picture shows") }] : [],
  );

/** What Google News, Apple and most partners ask of a picture. */
const MIN_WIDTH_PIXELS = 1200;

/** What is said of a picture that is too narrow; undefined for one that is wide enough. */
export const narrowRemark = (width: number | undefined): string | undefined =>
  width !== undefined && width < MIN_WIDTH_PIXELS
    ? plural(
        width,
        {
          one: "is {count} pixel wide: use one of at least {least}",
          other: "is {count} pixels wide: use one of at least {least}",
        },
        { least: MIN_WIDTH_PIXELS },
      )
    : undefined;

/** Where `redirects` of site.yaml send readers of an article's page, which they then can't reach. */
export function redirectedTo(slug: string, site: Pick<Site, "redirects">): string | undefined {
  const path = articlePath(slug);
  return Object.hasOwn(site.redirects, path) ? site.redirects[path] : undefined;
}

/**
 * Words for drawings in the languages that newsrooms write. Those of scripts with spaces match as whole
 * words; the others match anywhere in the first characters.
 */
const DRAWING_WORDS = [
  ...["chart", "barchart", "graph", "graphic", "infographic", "diagram", "map", "plot", "screenshot"],
  ...["flowchart", "diagramm", "grafik", "infografik", "schaubild", "landkarte", "karte"],
  ...["liniendiagramm", "balkendiagramm", "graphique", "carte", "schéma", "infographie", "diagramme"],
  ...["gráfico", "gráfica", "mapa", "diagrama", "infografía", "infográfico", "esquema"],
  ...["grafico", "mappa", "schema", "infografica", "diagramma", "grafiek", "kaart", "plattegrond"],
  ...["wykres", "schemat", "diagram", "график", "графік", "карта", "мапа", "диаграмма", "діаграма", "схема"],
  ...["خريطة", "مخطط", "رسم بياني"],
];
const DRAWING = new RegExp(`(?<![\\p{L}\\p{M}])(?:${DRAWING_WORDS.join("|")})s?(?![\\p{L}\\p{M}])`, "iu");
const DRAWING_WITHOUT_SPACES = /グラフ|地図|図表|図解|그래프|지도|도표|图表|圖表|地图|地圖|图解/u;
/** A caption begins with what the picture shows: "Map of the route", not "Rescuers look at a map". */
const FIRST_WORDS = /^\s*(?:\S+\s+){0,2}\S+/u;
const FIRST_CHARACTERS = 12;

/**
 * True if lists would crop the first picture though it seems to be a chart or map, and `crop` doesn't say whether they may.
 * Lists crop photographs, not PNG and GIF. Words prove nothing, so the writer is asked. `name` is its file's.
 */
export const isUndecidedDrawing = (
  image: Pick<ImageInput, "alt" | "caption" | "crop" | "type">,
  name: string,
): boolean =>
  image.crop === undefined &&
  isCropped({ ...image, ...omitUndefined({ type: image.type }) }) &&
  [image.alt, image.caption ?? "", wordsOf(name)].some(isDrawing);

/** A file's name as words, without its extension. */
const wordsOf = (name: string): string => name.replace(/\.[a-z0-9]+$/i, "").replace(/[^\p{L}\p{M}]+/gu, " ");

function isDrawing(words: string): boolean {
  const start = FIRST_WORDS.exec(words.slice(0, 200).normalize())?.[0] ?? "";
  return DRAWING.test(start) || DRAWING_WITHOUT_SPACES.test(words.slice(0, FIRST_CHARACTERS));
}

/** All remarks on an article as it would be stored, by paths of the API. */
export function remarksOn(
  article: Worded &
    Parameters<typeof priorityRemarks>[0] & { readonly slug: string; readonly images: readonly ImageInput[] },
  site: Pick<Site, "redirects">,
): readonly Problem[] {
  const { slug, images } = article;
  const [lead] = images;
  const leadName = lead?.src.split("/").at(-1) ?? "";
  const target = redirectedTo(slug, site);
  return [
    ...wordingRemarks(article),
    ...priorityRemarks(article),
    ...altRemarks(images),
    ...images.flatMap(({ width }, index) => {
      const message = narrowRemark(width);
      return message === undefined ? [] : [{ path: `images[${index}].src`, message }];
    }),
    ...(lead && isUndecidedDrawing(lead, lead.src.startsWith("/media/") ? "" : leadName)
      ? [
          {
            path: "images[0].crop",
            message: t(
              "is missing: this seems to be a chart, map or screenshot, and lists crop its edges. Say whether they may",
            ),
          },
        ]
      : []),
    ...(target === undefined
      ? []
      : [
          {
            path: "slug",
            message: t(
              "has a page that readers can't reach: redirects in site.yaml sends {from} to {target}",
              {
                from: articlePath(slug),
                target,
              },
            ),
          },
        ]),
  ];
}
