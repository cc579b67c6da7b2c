// A picture of a draft, as the editor and the checks before publishing read it.

import { listed } from "../../lib/listed.ts";
import type { Problem } from "../../lib/problem.ts";
import type { Said } from "../../lib/strip/rights.ts";
import type { Trace } from "../../lib/strip/traces.ts";
import { t } from "../../lib/translate.ts";

/**
 * One of a draft's `images`. Without `alt` nobody has said yet what it shows; `alt: ""` says that it is
 * decorative.
 */
export interface Picture {
  readonly src: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string | { readonly name: string; readonly role?: string };
  readonly copyright?: string;
  readonly syndicate?: boolean;
  /** Percent from the left and from the top. */
  readonly focus?: readonly [number, number];
  readonly crop?: boolean;
  readonly type?: string;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** A draft's pictures. What a program has sent that is no picture is left out. */
export const picturesIn = (images: unknown): readonly Picture[] =>
  Array.isArray(images) ? images.filter(isPicture) : [];

const isPicture = (value: unknown): value is Picture =>
  typeof value === "object" && value !== null && "src" in value && typeof value.src === "string";

/** The name that a picture's credit gives; "" for none. */
export const creditName = ({ credit }: Picture): string =>
  typeof credit === "string" ? credit : (credit?.name ?? "");

/** What a picture's credit says of the name, such as "Illustration"; "" for nothing. */
export const creditRole = ({ credit }: Picture): string =>
  typeof credit === "object" ? (credit.role ?? "") : "";

/** True where nobody has said what the picture shows, or that it is decorative. */
export const lacksAlt = ({ alt }: Picture): boolean => typeof alt !== "string";

/** Why a draft can't be published yet: its pictures without alternative text. */
export const altProblems = (article: Readonly<Record<string, unknown>>): readonly Problem[] =>
  Array.isArray(article.images)
    ? article.images.flatMap((image: unknown, index) =>
        isPicture(image) && lacksAlt(image)
          ? [
              {
                path: `images[${index}].alt`,
                message: t("is missing: say what the picture shows, or that it is decorative"),
              },
            ]
          : [],
      )
    : [];

/** True for a problem of `altProblems`: with it, the picture can be shown still. */
export const isAltProblem = ({ path }: { readonly path: string }): boolean =>
  /^images\[\d+\]\.alt$/.test(path);

/** The fields that a picture's file can fill in. */
const FILLED = ["alt", "caption", "credit", "copyright"] as const;

/** One of `FILLED`. */
export type FilledField = (typeof FILLED)[number];

/** The most characters of each field, as the API takes it. */
export const MOST_CHARACTERS: Readonly<Record<FilledField | "role", number>> = {
  alt: 2000,
  caption: 3000,
  credit: 300,
  copyright: 300,
  role: 100,
};

/** The fields of a picture by what its file says. */
export function fieldsFrom(said: Said): Readonly<Partial<Record<FilledField, string>>> {
  const fields = {
    alt: said.alt,
    caption: said.caption ?? said.headline,
    credit: creditFrom(said),
    copyright: said.copyright,
  };
  return Object.fromEntries(
    FILLED.flatMap((name) => {
      const value = fields[name]?.trim().slice(0, MOST_CHARACTERS[name]);
      return value ? [[name, value]] : [];
    }),
  );
}

/** "Photographer/Agency", as credit lines are written, unless the line names the photographer itself. */
function creditFrom({ creator, credit }: Said): string | undefined {
  if (creator === undefined || credit === undefined) return credit ?? creator;
  return credit.toLowerCase().includes(creator.toLowerCase()) ? credit : `${creator}/${credit}`;
}

/** A picture with its empty fields filled in, and the names of those. A decorative one stays decorative. */
export function filledIn(
  picture: Picture,
  fields: Readonly<Partial<Record<FilledField, string>>>,
): { readonly picture: Picture; readonly filled: readonly FilledField[] } {
  const isEmpty = (name: FilledField) =>
    name === "alt" ? lacksAlt(picture) : name === "credit" ? creditName(picture) === "" : !picture[name];
  const filled = FILLED.filter((name) => fields[name] !== undefined && isEmpty(name));
  return {
    picture: { ...picture, ...Object.fromEntries(filled.map((name) => [name, fields[name]])) },
    filled,
  };
}

const TOLD: Readonly<Partial<Record<Trace, string>>> = {
  position: t("where it was taken"),
  device: t("with which camera"),
  serial: t("a serial number or the camera's owner"),
  preview: t("a small copy, maybe from before it was cropped"),
};

/** What a picture's file tells that readers don't get, in a sentence; undefined for nothing of interest. */
export function toldByFile(traces: readonly Trace[], isKept: boolean): string | undefined {
  const words = traces.flatMap((trace) => TOLD[trace] ?? []);
  if (words.length === 0) return undefined;
  const what = listed(words);
  return isKept
    ? t("Its file says: {what}. Readers get that too, because this site keeps what files say.", { what })
    : t("Its file said: {what}. That was removed, and is not kept.", { what });
}

// The names in IPTC's vocabulary, behind the last slash of the address.
const SOURCES: Readonly<Record<string, string>> = {
  trainedAlgorithmicMedia: t("Its file says that it was made by a generative model. Say so in the caption."),
  compositeWithTrainedAlgorithmicMedia: t(
    "Its file says that it was made in part by a generative model. Say so in the caption.",
  ),
  compositeSynthetic: t(
    "Its file says that it was put together with parts that a program made. Say so in the caption.",
  ),
  algorithmicMedia: t("Its file says that it was made by a program. Say so in the caption."),
  algorithmicallyEnhanced: t("Its file says that it was changed by a program. Say so in the caption."),
  virtualRecording: t("Its file says that it shows a virtual scene. Say so in the caption."),
  dataDrivenMedia: t("Its file says that it was made from data by a program. Say so in the caption."),
};

/** What readers should be told of how a picture came about; undefined for a photograph, or if nothing is said. */
export function toldOfSource(sourceType: string | undefined): string | undefined {
  const name = sourceType?.split("/").at(-1)?.trim() ?? "";
  return Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
}
