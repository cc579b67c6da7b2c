// An article's folder -> the request that publishes it. The same files always give the same bytes.

import { type ArticleInput, articleInputSchema } from "../article/article.ts";
import { idProblems } from "../article/article-id.ts";
import { altRemarks } from "../article/remarks.ts";
import { unknownNames } from "../article/resolve.ts";
import { TooMuchMarkup } from "../html/parse.ts";
import type { BodyWarning } from "../html/warnings.ts";
import { check, type Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import { type Finding, findingIn } from "./finding.ts";
import type { ArticleFolder, Content } from "./folder.ts";
import { type FrontMatter, readArticleFile, type ValidFields, withHint } from "./front-matter.ts";
import { htmlBody } from "./html-body.ts";
import {
  addressIn,
  collectImages,
  type Destination,
  hexSha256,
  type LocalImage,
  type PlacedImage,
} from "./images.ts";
import { lint, lossesOf } from "./lint.ts";
import { markdownBody } from "./markdown.ts";
import type { Body, Reference } from "./references.ts";
import { readText } from "./text-file.ts";

/** The largest request that the Worker takes for an article. */
export const MAX_ARTICLE_BYTES = 512_000;

/** An article ready to be sent. */
export interface ReadyArticle {
  readonly kind: "article";
  readonly folder: ArticleFolder;
  readonly input: ArticleInput;
  /** The request's body: `input` as JSON. */
  readonly json: Uint8Array;
  /** Lower-case hex SHA-256 of `json`. */
  readonly digest: string;
  /** Pictures that must be stored before the article is; each once. */
  readonly images: readonly LocalImage[];
  /** Slugs that the article had before, the latest last. */
  readonly movedFrom: readonly string[];
  readonly findings: readonly Finding[];
  /** The line in the file that a path of `input` comes from. */
  readonly lineOf: (path: string) => number;
  /** What the clean-up takes out of the body, with lines; computed on each call. */
  readonly losses: () => readonly BodyWarning[];
}

/**
 * An article's folder, read. A draft's findings are warnings; those of a broken article hold at least one
 * error.
 */
export type ArticleState =
  | ReadyArticle
  | {
      readonly kind: "draft" | "broken";
      readonly folder: ArticleFolder;
      readonly findings: readonly Finding[];
    };

/**
 * Reads and checks one article, and reports every problem at once; nothing is sent. With `now` it is linted
 * too, even if it is a draft. Then only the beginnings of its pictures are read, so use the result for its
 * findings alone.
 */
export function readArticle(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs" | "redirects">,
  now?: Instant,
): ArticleState {
  try {
    return readFolder(folder, content, now);
  } catch (error) {
    if (!(error instanceof TooMuchMarkup)) throw error;
    const problem = { path: "body", line: error.line ?? 1, message: error.message };
    return { kind: "broken", folder, findings: [findingIn(folder.file)("error")(problem)] };
  }
}

function readFolder(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs" | "redirects">,
  now: Instant | undefined,
): ArticleState {
  const source = readText(folder.file);
  const file = source.ok
    ? readArticleFile(source.value)
    : ({ kind: "unreadable", problems: source.problems } as const);
  const found = (
    errors: readonly Problem[],
    warnings: readonly Problem<string>[],
    lineOf?: (path: string) => number,
  ) =>
    [
      ...errors.map(findingIn(folder.file, lineOf)(file.kind === "draft" ? "warning" : "error")),
      ...warnings.map(findingIn(folder.file, lineOf)("warning")),
    ].sort(byLevelAndLine);
  if (file.kind === "unreadable") return { kind: "broken", folder, findings: found(file.problems, []) };
  const invalid =
    file.kind === "article"
      ? []
      : file.problems.map((problem) => withHint(problem, { file, site: content.site }));
  if (file.kind === "draft" && now === undefined)
    return { kind: "draft", folder, findings: found(invalid, []) };

  const body = folder.file.endsWith(".md")
    ? markdownBody(file.body, file.bodyLine)
    : htmlBody(file.body, file.bodyLine);
  const sent = content.site?.pictures.keepMetadata ? "all" : "stripped";
  const reading = now === undefined ? sent : "head";
  const images = collectImages(folder, file, body, content.slugs, reading);
  const { placed, destinations, pictures } = images;
  const { site: settings, slugs, redirects } = content;
  const parts = { folder, file, body, images, site: settings, slugs, redirects };
  const losses = () => lossesOf(parts);
  const lineOf = (path: string) => lineIn(path, placed, file.lineOf);
  const warnings = [...withoutAlt(placed, lineOf), ...(now === undefined ? [] : lint({ ...parts, now }))];
  // A comment that an import left (`# needs: …`) says more than "is missing".
  const warned = new Set(warnings.map(({ path }) => path));
  const errors = [
    ...invalid.filter(({ path, code }) => code !== "missing" || !warned.has(path)),
    ...images.problems,
    ...(content.site ? unknownNames(file.fields, content.site) : []),
    ...(now === undefined ? [] : futureChanges(file.fields, now)),
  ];
  if (file.kind === "article") errors.push(...keptFolders(file.fields.movedFrom, folder, content.slugs));
  if (file.kind !== "article") {
    const kind = file.kind === "draft" ? "draft" : "broken";
    return { kind, folder, findings: found(errors, warnings, file.lineOf) };
  }

  const checked = check(articleInputSchema, toArticle(file.fields, placed, body, destinations));
  const json = Buffer.from(JSON.stringify(checked.ok ? checked.value : null));
  errors.push(...(checked.ok ? tooLarge(json) : checked.problems));
  if (checked.ok && content.site) errors.push(...idProblems(checked.value.id, content.site.tag));
  const findings = found(errors, warnings, lineOf);
  if (!checked.ok || errors.length > 0) return { kind: "broken", folder, findings };
  const digest = hexSha256(json);
  return {
    kind: "article",
    folder,
    input: checked.value,
    json,
    digest,
    images: pictures,
    movedFrom: file.fields.movedFrom,
    findings,
    lineOf,
    losses,
  };
}

function toArticle(
  { draft: _draft, images: _images, movedFrom: _movedFrom, ...fields }: FrontMatter,
  placed: readonly PlacedImage[],
  body: Body,
  destinations: ReadonlyMap<Reference, Destination>,
): unknown {
  const html = body.html(addressIn(destinations));
  return { ...fields, images: placed.map(({ image }) => image), body: { html } };
}

function lineIn(path: string, placed: readonly PlacedImage[], lineOf: (path: string) => number): number {
  const [, index, rest = ""] = /^images\[(\d+)\](.*)$/.exec(path) ?? [];
  return placed[Number(index)]?.line(rest) ?? lineOf(path);
}

const byLevelAndLine = (a: Finding, b: Finding): number =>
  a.level === b.level ? (a.line ?? 0) - (b.line ?? 0) : a.level === "error" ? -1 : 1;

/** Old folders in `movedFrom` that still exist: the article was copied, or another one has taken the name. */
const keptFolders = (
  movedFrom: readonly string[],
  { slug }: ArticleFolder,
  slugs: ReadonlySet<string>,
): readonly Problem[] =>
  movedFrom.flatMap((old, index) =>
    old === slug || !slugs.has(old)
      ? []
      : [
          {
            path: `movedFrom[${index}]`,
            message: `names ${old}, but that folder still exists: keep one of the two`,
          },
        ],
  );

const tooLarge = (json: Uint8Array): readonly Problem[] =>
  json.byteLength > MAX_ARTICLE_BYTES
    ? [{ path: "body", message: `makes the article larger than ${MAX_ARTICLE_BYTES / 1000} kB` }]
    : [];

const withoutAlt = (placed: readonly PlacedImage[], lineOf: (path: string) => number): readonly Problem[] =>
  altRemarks(placed.map(({ image }) => image)).map((one) => ({ ...one, line: lineOf(one.path) }));

/** Dates of changes that haven't happened yet, which the Worker refuses. */
export function futureChanges(
  fields: Pick<ValidFields, "published" | "updated" | "corrections">,
  now: Instant,
): readonly Problem[] {
  const { published, updated, corrections = [] } = fields;
  const latest = published !== undefined && published > now ? published : now;
  const dates = [
    { path: "updated", at: updated },
    ...corrections.map((correction, index) => ({ path: `corrections[${index}].at`, at: correction?.at })),
  ];
  const message = "must not be in the future, nor after a scheduled publication";
  return dates.filter(({ at }) => at !== undefined && at > latest).map(({ path }) => ({ path, message }));
}
