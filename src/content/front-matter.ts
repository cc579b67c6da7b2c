// An article's file, `index.md` or `index.html`: YAML front matter between two lines `---`, then the body.
// Its fields are those of the API, except that images are files beside it, whose size and type are measured,
// never typed.

import * as z from "zod/mini";
import { articleInputSchema, dateOrder, PRIORITIES } from "../article/article.ts";
import { type BylineInput, bylineSchema, personSchema } from "../article/byline.ts";
import { IMAGES_LIMIT, imageSchema } from "../article/image.ts";
import type { Site } from "../article/site.ts";
import { webAddress } from "../lib/address.ts";
import { withDateHint, withFieldName } from "../lib/hints.ts";
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
    images: z._default(z.array(contentImageSchema).check(z.maxLength(IMAGES_LIMIT)), []),
    draft: z._default(z.boolean(), false),
    movedFrom: z._default(z.array(slugField).check(z.maxLength(50)), []),
  })
  .check(...dateOrder);

/** The names of all fields that front matter, its images and its bylines may have. */
const FIELD_NAMES: readonly string[] = [
  ...Object.keys(frontMatterSchema.shape),
  ...Object.keys(contentImageSchema.shape),
  ...Object.keys(personSchema.shape),
];

// Keeps the valid fields of front matter that has errors, so that they can be checked too: all problems are
// reported at once.
const validFieldsSchema = z.looseObject({
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

/** An article's front matter, checked: the fields of the API, with images that may be files beside it. */
export type FrontMatter = z.infer<typeof frontMatterSchema>;

/** The fields that can be checked further. `undefined` stands for one that is missing or invalid. */
export interface ValidFields {
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
  /** The front matter's source; it starts on `YAML_LINE`. */
  readonly yaml: string;
  readonly body: string;
  /** Line of the file that the body starts on. */
  readonly bodyLine: number;
  /** The line of a path like `bylines[1].url`; if it doesn't exist, of its nearest ancestor. */
  readonly lineOf: (path: string) => number;
}

/** What an article's file holds. A draft's problems are reported, but keep nothing from being published. */
export type ArticleFile =
  | (ArticleText & { readonly kind: "article"; readonly fields: FrontMatter })
  | (ArticleText & {
      readonly kind: "invalid" | "draft";
      readonly fields: ValidFields;
      readonly problems: readonly Problem[];
    })
  | { readonly kind: "unreadable"; readonly problems: readonly Problem[] };

/** Reads an article's file. Gives every problem at once, with its line. Ignores a byte order mark. */
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
  const valid = fitYaml(validFieldsSchema, read.value);
  if (!valid.ok) return { kind: "unreadable", problems: valid.problems };
  const { value: fields } = valid.value;
  const problems = checked.ok ? [] : checked.problems;
  return { kind: fields.draft === true ? "draft" : "invalid", fields, problems, ...text };
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
    return problem(
      "has no front matter: the first line must be ---, then come the fields, then another line ---",
    );
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

/** The file and the site that a hint is looked up in. */
interface HintSources {
  readonly file: Pick<ArticleText, "yaml" | "lineOf">;
  readonly site: Pick<Site, "timezone"> | undefined;
}

/** A problem of front matter, its message extended by how to solve it. */
export function withHint(problem: Problem, { file, site }: HintSources): Problem {
  const { path, code, message } = problem;
  if (code === "missing" && /^images\[\d+\]\.src$/.test(path)) {
    const hint = "name a file beside the article or a web address, or take the image out";
    return { ...problem, message: `${message}: ${hint}` };
  }
  if (code === "invalid-date" && site) return withDateHint(problem, writtenAt(path, file), site.timezone);
  return withFieldName(problem, FIELD_NAMES);
}

/** The value of a date's field as it is written in the file; undefined if it isn't on one line. */
function writtenAt(path: string, { yaml, lineOf }: HintSources["file"]): string | undefined {
  const line = yaml.split("\n")[lineOf(path) - YAML_LINE] ?? "";
  const field = path.split(".").at(-1) ?? "";
  return new RegExp(`\\b${field}["']?\\s*:\\s*["']?([^"'#,}\\]]+)`).exec(line)?.[1];
}
