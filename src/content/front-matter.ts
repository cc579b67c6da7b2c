// An article's file, `index.md` or `index.html`: YAML front matter between two lines `---`, then the body.
// Fields are the API's, but images are files beside it, and what can be measured is never typed.

import * as z from "zod/mini";
import { articleInputSchema, dateOrder, PRIORITIES } from "../article/article.ts";
import { type BylineInput, bylineSchema, personSchema } from "../article/byline.ts";
import { imageSchema } from "../article/image.ts";
import { webAddress } from "../lib/address.ts";
import type { Problem } from "../lib/problem.ts";
import { slugField, type Text, textField } from "../lib/text.ts";
import { type Instant, instantField } from "../lib/time.ts";
import { fitYaml, readYaml } from "../lib/yaml.ts";

const MEASURED = ["width", "height", "type", "length"] as const;

/** True for a file beside the article, as opposed to a URL or a path that starts with a slash. */
export const isLocalFile = (src: string): boolean => !/^([a-z][a-z0-9+.-]*:|[/\\#?])/i.test(src.trim());

type LocalImage = { readonly src: string } & { readonly [key in (typeof MEASURED)[number]]?: unknown };

const isImage = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "src" in value && typeof value.src === "string";

const srcField = z.string().check(
  z.minLength(1),
  z.refine((src) => isLocalFile(src) || webAddress(src.trim()) !== undefined, {
    error: "must be a file beside the article, or a full web address",
  }),
  z.overwrite((src) => (isLocalFile(src) ? src.trim() : (webAddress(src.trim()) ?? src))),
  z.maxLength(2000),
);

const contentImageSchema = z.strictObject({ ...imageSchema.shape, src: srcField }).check(
  ...MEASURED.map((key) =>
    z.refine<LocalImage>((image) => image[key] === undefined || !isLocalFile(image.src), {
      path: [key],
      error: "is measured from the file: leave it out",
      when: ({ value }) => isImage(value),
    }),
  ),
);

const { body: _body, ...fields } = articleInputSchema.shape;

const frontMatterSchema = z
  .strictObject({
    ...fields,
    images: z._default(z.array(contentImageSchema).check(z.maxLength(100)), []),
    draft: z._default(z.boolean(), false),
    movedFrom: z._default(z.array(slugField).check(z.maxLength(50)), []),
  })
  .check(...dateOrder);

/** The names of all fields that front matter, its images and its bylines may have. */
export const FIELD_NAMES: readonly string[] = [
  ...Object.keys(frontMatterSchema.shape),
  ...Object.keys(contentImageSchema.shape),
  ...Object.keys(personSchema.shape),
];

// What is sound of front matter that isn't, so that the rest can be checked as well: everything is told at once.
const soundPartSchema = z.looseObject({
  draft: z.optional(z.unknown()),
  headline: z.catch(z.optional(textField(1000)), undefined),
  shortHeadline: z.catch(z.optional(textField(1000)), undefined),
  dek: z.catch(z.optional(textField(1000)), undefined),
  published: z.catch(z.optional(instantField), undefined),
  updated: z.catch(z.optional(instantField), undefined),
  corrections: z.catch(
    z.optional(z.array(z.catch(z.optional(z.looseObject({ at: instantField })), undefined))),
    undefined,
  ),
  section: z.catch(z.optional(slugField), undefined),
  sponsored: z.catch(z.optional(z.boolean()), undefined),
  priority: z.catch(z.optional(z.enum(PRIORITIES)), undefined),
  bylines: z.catch(z._default(z.array(z.catch(z.optional(bylineSchema), undefined)), []), []),
  images: z.catch(
    z._default(z.array(z.catch(z.optional(z.looseObject({ src: srcField })), undefined)), []),
    [],
  ),
});

/** An article's front matter, checked: the API's fields, with images that may be files beside it. */
export type FrontMatter = z.infer<typeof frontMatterSchema>;

/** What can be judged, looked up or opened; `undefined` stands for what is missing or itself wrong. */
export interface SoundPart {
  readonly headline?: Text | undefined;
  readonly shortHeadline?: Text | undefined;
  readonly dek?: Text | undefined;
  readonly published?: Instant | undefined;
  readonly updated?: Instant | undefined;
  readonly corrections?: readonly ({ readonly at: Instant } | undefined)[] | undefined;
  readonly section?: string | undefined;
  readonly sponsored?: boolean | undefined;
  readonly priority?: (typeof PRIORITIES)[number] | undefined;
  readonly bylines: readonly (BylineInput | undefined)[];
  readonly images: readonly ({ readonly src: string } | undefined)[];
}

/** An article's file whose front matter could be read as YAML. */
export interface ArticleText {
  /** The front matter as it stands; it starts on `YAML_LINE`. */
  readonly yaml: string;
  readonly body: string;
  /** Line of the file that the body starts on. */
  readonly bodyLine: number;
  /** The line of a path like `bylines[1].url`; of the nearest thing that exists, where it doesn't. */
  readonly lineOf: (path: string) => number;
}

/** What an article's file holds. A draft is checked, but what is wrong with it keeps nothing from being published. */
export type ArticleFile =
  | (ArticleText & { readonly kind: "article"; readonly fields: FrontMatter })
  | (ArticleText & {
      readonly kind: "faulty" | "draft";
      readonly fields: SoundPart;
      readonly problems: readonly Problem[];
    })
  | { readonly kind: "unreadable"; readonly problems: readonly Problem[] };

/** Reads an article's file. Every problem is given at once, with its line. A byte order mark is passed over. */
export function readArticleFile(file: string): ArticleFile {
  const parts = splitFrontMatter(file);
  if ("problem" in parts) return { kind: "unreadable", problems: [parts.problem] };
  const { yaml, body, bodyLine } = parts;
  const read = readYaml(yaml, YAML_LINE);
  if (!read.ok) return { kind: "unreadable", problems: read.problems };
  const lineOf = (path: string) => (/^body\b/.test(path) ? bodyLine : read.value.lineOf(path));
  const text = { yaml, body, bodyLine, lineOf };
  const checked = fitYaml(frontMatterSchema, read.value);
  if (checked.ok && !checked.value.value.draft)
    return { kind: "article", fields: checked.value.value, ...text };
  const sound = fitYaml(soundPartSchema, read.value);
  if (!sound.ok) return { kind: "unreadable", problems: sound.problems };
  const { value: fields } = sound.value;
  const problems = checked.ok ? [] : checked.problems;
  return { kind: fields.draft === true ? "draft" : "faulty", fields, problems, ...text };
}

/** The line of the file that front matter starts on: the first is the opening `---`. */
export const YAML_LINE = 2;

type Parts =
  | {
      readonly yaml: string;
      /** Where `yaml` starts in the file. */
      readonly yamlStart: number;
      readonly body: string;
      readonly bodyLine: number;
    }
  | { readonly problem: Problem };

/** The parts of an article's file; a problem where front matter is missing. */
export function splitFrontMatter(file: string): Parts {
  const source = file.replace(/^\uFEFF/, "");
  const opening = /^---[ \t]*(?:\r?\n|$)/.exec(source);
  if (!opening) {
    return problem("has no front matter: the first line must be ---, then fields, then another line ---");
  }
  const rest = source.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (!closing) return problem("has front matter without an end: a second line --- is missing");
  const yaml = rest.slice(0, closing.index);
  return {
    yaml,
    yamlStart: file.length - rest.length,
    body: rest.slice(closing.index + closing[0].length),
    bodyLine: YAML_LINE + yaml.split("\n").length,
  };
}

const problem = (message: string): Parts => ({ problem: { path: "", message, line: 1 } });
