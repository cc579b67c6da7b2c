// An article's folder -> the request that publishes it, byte for byte the same each time.

import { readFile } from "node:fs/promises";
import { type FrontMatter, readArticleFile, type SoundPart } from "../ingest/front-matter.ts";
import { htmlBody } from "../ingest/html-body.ts";
import { markdownBody } from "../ingest/markdown.ts";
import type { Body, Reference } from "../ingest/references.ts";
import { type ArticleInput, articleInputSchema, type StoredArticle } from "../model/article.ts";
import { check, type Problem } from "../model/problem.ts";
import { resolveArticle } from "../model/resolve.ts";
import type { Site } from "../model/site.ts";
import { html, text } from "../model/text.ts";
import { toInstant } from "../model/time.ts";
import { collectImages, type PlacedImage } from "./article-images.ts";
import type { Destination } from "./body-references.ts";
import type { ArticleFolder, Content } from "./content.ts";
import { hexSha256, type LocalImage } from "./local-image.ts";
import { type Finding, findingIn } from "./report.ts";

// The largest request that the Worker takes for an article.
const MAX_ARTICLE_BYTES = 512_000;

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
  readonly findings: readonly Finding[];
  /** The line in the file that a path of `input` comes from. */
  readonly lineOf: (path: string) => number;
}

/** What became of an article's folder. A draft's findings are warnings, a broken one's hold at least one error. */
export type ArticleState =
  | ReadyArticle
  | {
      readonly kind: "draft" | "broken";
      readonly folder: ArticleFolder;
      readonly findings: readonly Finding[];
    };

/** Reads and checks one article, everything at once; nothing is sent. */
export async function readArticle(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs">,
): Promise<ArticleState> {
  const file = readArticleFile(await readFile(folder.file, "utf8"));
  const wrong = (level: Finding["level"], problems: readonly Problem[], lineOf?: (path: string) => number) =>
    problems.map(findingIn(folder.file, lineOf)(level)).sort(byLine);
  if (file.kind === "draft") return { kind: "draft", folder, findings: wrong("warning", file.problems) };
  if (file.kind === "unreadable") return { kind: "broken", folder, findings: wrong("error", file.problems) };

  const body = folder.file.endsWith(".md")
    ? markdownBody(file.body, file.bodyLine)
    : htmlBody(file.body, file.bodyLine);
  const { placed, targets, pictures, problems } = await collectImages(folder, file, body, content.slugs);
  const looked = [...problems, ...unknownNames(file.fields, content.site)];
  if (file.kind === "faulty") {
    return { kind: "broken", folder, findings: wrong("error", [...file.problems, ...looked], file.lineOf) };
  }

  const lineOf = (path: string) => lineIn(path, placed, file.lineOf);
  const checked = check(articleInputSchema, toArticle(file.fields, placed, body, targets));
  const json = Buffer.from(JSON.stringify(checked.ok ? checked.value : null));
  const found = [...looked, ...(checked.ok ? tooLarge(json) : checked.problems)];
  const findings = [...wrong("error", found, lineOf), ...wrong("warning", withoutAlt(placed), lineOf)];
  if (!checked.ok || found.length > 0) return { kind: "broken", folder, findings };
  const digest = hexSha256(json);
  return { kind: "article", folder, input: checked.value, json, digest, images: pictures, findings, lineOf };
}

function toArticle(
  { draft: _draft, images: _images, ...fields }: FrontMatter,
  placed: readonly PlacedImage[],
  body: Body,
  targets: ReadonlyMap<Reference, Destination>,
): unknown {
  const addressOf = (reference: Reference) => targets.get(reference)?.address ?? reference.address;
  return { ...fields, images: placed.map(({ image }) => image), body: { html: body.html(addressOf) } };
}

function lineIn(path: string, placed: readonly PlacedImage[], lineOf: (path: string) => number): number {
  const [, index, rest = ""] = /^images\[(\d+)\](.*)$/.exec(path) ?? [];
  return placed[Number(index)]?.line(rest) ?? lineOf(path);
}

function unknownNames({ section, bylines }: SoundPart, site: Site | undefined): readonly Problem[] {
  if (!site) return [];
  const resolved = resolveArticle(
    {
      ...ANY_ARTICLE,
      ...(section === undefined ? {} : { section }),
      // What is wrong in itself keeps its place, and needs no looking up.
      bylines: bylines.map((byline) => byline ?? { name: text("?"), role: "author" }),
    },
    site,
  );
  return resolved.ok ? [] : resolved.problems;
}

// The model looks people and sections up in a whole article; nothing else of this one matters.
const ANY_ARTICLE: StoredArticle = {
  id: "tag:any",
  slug: "any",
  headline: text("Any"),
  published: toInstant(new Date(0)),
  tags: [],
  bylines: [],
  images: [],
  corrections: [],
  syndicate: true,
  sponsored: false,
  body: html(""),
  excerpt: text(""),
};

const byLine = (a: Finding, b: Finding): number => (a.line ?? 0) - (b.line ?? 0);

const tooLarge = (json: Uint8Array): readonly Problem[] =>
  json.byteLength > MAX_ARTICLE_BYTES
    ? [{ path: "body", message: `makes an article of more than ${MAX_ARTICLE_BYTES / 1000} kB` }]
    : [];

const withoutAlt = (placed: readonly PlacedImage[]): readonly Problem[] =>
  placed.flatMap(({ image }, index) =>
    image.alt === ""
      ? [{ path: `images[${index}].alt`, message: "is empty: say what the picture shows" }]
      : [],
  );
