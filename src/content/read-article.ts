// An article's folder -> the request that publishes it, byte for byte the same each time.

import { type ArticleInput, articleInputSchema } from "../article/article.ts";
import { idProblems } from "../article/article-id.ts";
import { unknownNames } from "../article/resolve.ts";
import type { Loss } from "../html/losses.ts";
import { TooMuchMarkup } from "../html/parse-html.ts";
import { check, type Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import type { Destination } from "./body-references.ts";
import { type Finding, findingIn } from "./finding.ts";
import type { ArticleFolder, Content } from "./folder.ts";
import { type FrontMatter, readArticleFile } from "./front-matter.ts";
import { withHint } from "./hints.ts";
import { htmlBody } from "./html-body.ts";
import { addressIn, collectImages, type PlacedImage } from "./images.ts";
import { changesToCome } from "./lint/dates.ts";
import { lint } from "./lint/index.ts";
import { lossesOf } from "./lint/losses.ts";
import { hexSha256, type LocalImage } from "./local-image.ts";
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
  /** Pictures that must be there before the article is; each once. */
  readonly images: readonly LocalImage[];
  /** Slugs that it had before, the last one last. */
  readonly movedFrom: readonly string[];
  readonly findings: readonly Finding[];
  /** The line in the file that a path of `input` comes from. */
  readonly lineOf: (path: string) => number;
  /** What the clean-up takes out of the body, with lines; worked out when it is asked for. */
  readonly losses: () => readonly Loss[];
}

/** What became of an article's folder. A draft's findings are warnings, a broken one's hold at least one error. */
export type ArticleState =
  | ReadyArticle
  | {
      readonly kind: "draft" | "broken";
      readonly folder: ArticleFolder;
      readonly findings: readonly Finding[];
    };

/**
 * Reads and checks one article, everything at once; nothing is sent. With `now` it is judged as a sub-editor would, a draft
 * too, and of its pictures only the heads are read: what comes out is good for its findings alone.
 */
export function readArticle(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs">,
  now?: Instant,
): ArticleState {
  try {
    return readThrough(folder, content, now);
  } catch (error) {
    if (!(error instanceof TooMuchMarkup)) throw error;
    const problem = { path: "body", line: error.line ?? 1, message: error.message };
    return { kind: "broken", folder, findings: [findingIn(folder.file)("error")(problem)] };
  }
}

function readThrough(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs">,
  now: Instant | undefined,
): ArticleState {
  const source = readText(folder.file);
  const file = source.ok
    ? readArticleFile(source.value)
    : ({ kind: "unreadable", problems: source.problems } as const);
  const found = (
    errors: readonly Problem[],
    warnings: readonly Problem[],
    lineOf?: (path: string) => number,
  ) =>
    [
      ...errors.map(findingIn(folder.file, lineOf)(file.kind === "draft" ? "warning" : "error")),
      ...warnings.map(findingIn(folder.file, lineOf)("warning")),
    ].sort(byLevelAndLine);
  if (file.kind === "unreadable") return { kind: "broken", folder, findings: found(file.problems, []) };
  const faults =
    file.kind === "article"
      ? []
      : file.problems.map((problem) => withHint(problem, { file, site: content.site }));
  if (file.kind === "draft" && now === undefined)
    return { kind: "draft", folder, findings: found(faults, []) };

  const body = folder.file.endsWith(".md")
    ? markdownBody(file.body, file.bodyLine)
    : htmlBody(file.body, file.bodyLine);
  const sent = content.site?.pictures.keepMetadata ? "all" : "stripped";
  const reading = now === undefined ? sent : "head";
  const images = collectImages(folder, file, body, content.slugs, reading);
  const { placed, targets, pictures } = images;
  const seen = { folder, file, body, images, site: content.site, slugs: content.slugs };
  const losses = () => lossesOf(seen);
  const material = now === undefined ? undefined : { ...seen, now };
  const lineOf = (path: string) => lineIn(path, placed, file.lineOf);
  const warnings = [...withoutAlt(placed, lineOf), ...(material ? lint(material) : [])];
  // What an import left open says more than that it is missing.
  const said = new Set(warnings.map(({ path }) => path));
  const errors = [
    ...faults.filter(({ path, message }) => message !== "is missing" || !said.has(path)),
    ...images.problems,
    ...(content.site ? unknownNames(file.fields, content.site) : []),
    ...(now === undefined ? [] : changesToCome(file.fields, now)),
  ];
  if (file.kind === "article") errors.push(...stillThere(file.fields.movedFrom, folder, content.slugs));
  if (file.kind !== "article") {
    const kind = file.kind === "draft" ? "draft" : "broken";
    return { kind, folder, findings: found(errors, warnings, file.lineOf) };
  }

  const checked = check(articleInputSchema, toArticle(file.fields, placed, body, targets));
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
  targets: ReadonlyMap<Reference, Destination>,
): unknown {
  const html = body.html(addressIn(targets));
  return { ...fields, images: placed.map(({ image }) => image), body: { html } };
}

function lineIn(path: string, placed: readonly PlacedImage[], lineOf: (path: string) => number): number {
  const [, index, rest = ""] = /^images\[(\d+)\](.*)$/.exec(path) ?? [];
  return placed[Number(index)]?.line(rest) ?? lineOf(path);
}

const byLevelAndLine = (a: Finding, b: Finding): number =>
  a.level === b.level ? (a.line ?? 0) - (b.line ?? 0) : a.level === "error" ? -1 : 1;

/** Folders that an article is said to have moved from, and that are there: two articles, or one that was copied. */
const stillThere = (
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
            message: `names ${old}, which is a folder here too: keep one of them`,
          },
        ],
  );

const tooLarge = (json: Uint8Array): readonly Problem[] =>
  json.byteLength > MAX_ARTICLE_BYTES
    ? [{ path: "body", message: `makes an article of more than ${MAX_ARTICLE_BYTES / 1000} kB` }]
    : [];

const withoutAlt = (placed: readonly PlacedImage[], lineOf: (path: string) => number): readonly Problem[] =>
  placed.flatMap(({ image }, index) => {
    const path = `images[${index}].alt`;
    return image.alt === ""
      ? [{ path, line: lineOf(path), message: "is empty: say what the picture shows" }]
      : [];
  });
