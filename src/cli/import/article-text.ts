// An imported article -> the text of its file: front matter with what is still needed as comments, then the body.

import { stringify } from "yaml";
import type { Site } from "../../article/site.ts";
import { readArticleFile } from "../../content/front-matter.ts";
import { htmlBody } from "../../content/html-body.ts";
import { markdownBody } from "../../content/markdown-body.ts";
import { futureChanges, MAX_ARTICLE_BYTES } from "../../content/read-article.ts";
import { type BylineFields, withPeople } from "../../import/byline-fields.ts";
import { textOfHtml } from "../../import/html-text.ts";
import type { ImportedImage } from "../../import/importer.ts";
import { paragraphsToMarkdown } from "../../import/markdown.ts";
import type { ModelFields, Need } from "../../import/to-model.ts";
import { isVisible, text } from "../../lib/text.ts";
import type { Instant } from "../../lib/time.ts";
import type { Placed } from "./pictures.ts";

/** An article's file. */
export interface ArticleText {
  readonly name: "index.md" | "index.html";
  /** All of it but the line that says where it came from. */
  readonly text: string;
  readonly needs: readonly Need[];
  readonly notes: readonly string[];
}

/** Writes the file. An article that needs something is a draft; so is one that the source itself held back. */
export function articleText(
  model: ModelFields,
  placed: Placed,
  heldBack: boolean,
  site: Site | undefined,
  now: Instant,
): ArticleText {
  const { bylines, ...fields } = model.fields;
  const frontMatter = {
    ...fields,
    ...(bylines === undefined ? {} : { bylines: withPeople(bylines as readonly BylineFields[], site) }),
    ...(placed.images.length === 0 ? {} : { images: placed.images.map(imageFields) }),
  };
  const [name, body] =
    placed.body.kind === "text"
      ? (["index.md", paragraphsToMarkdown(placed.body.paragraphs)] as const)
      : (["index.html", `${placed.body.html}\n`] as const);
  const known = [
    ...model.needs,
    ...placed.needs,
    ...(showsSomething(placed) ? [] : [NO_TEXT]),
    ...(fits(name, body, frontMatter) ? [] : [TOO_LONG]),
  ];
  // YAML writes an object without fields as one that nothing can follow.
  const yaml = Object.keys(frontMatter).length === 0 ? "" : stringify(frontMatter, { lineWidth: 0 });
  const needs = [...known, ...refusals(yaml, known, now)];
  const notes = [...model.notes, ...placed.notes];
  const draft = needs.length > 0 || heldBack;
  const comments = [
    ...needs.map(({ path, why, flag }) =>
      [`needs: ${path}`, why && `: ${why}`, flag && ` (${flag})`].filter(Boolean).join(""),
    ),
    ...notes.map((note) => `note: ${note}`),
  ];
  return {
    name,
    text: [
      "---\n",
      ...comments.map((comment) => `# ${text(comment)}\n`),
      ...(draft ? ["draft: true\n"] : []),
      yaml,
      "---\n",
      body,
    ].join(""),
    needs,
    notes,
  };
}

const NO_TEXT: Need = { path: "body", why: "the source has no text for it, and no picture" };
const SHOWN = /<(?:img|picture|iframe|video|audio|math|svg|object|embed)\b/;

/** True for an article with a word to read, or with something to look at or to listen to. */
const showsSomething = ({ images, body }: Placed): boolean =>
  images.length > 0 ||
  (body.kind === "text"
    ? body.paragraphs.some(isVisible)
    : SHOWN.test(body.html) || isVisible(textOfHtml(body.html) ?? ""));

const TOO_LONG: Need = {
  path: "body",
  why: `is more than ${MAX_ARTICLE_BYTES / 1000} kB: make several articles of it`,
};
// `<` is six characters of HTML, and a quotation mark two of JSON.
const MOST_GROWTH = 6;
// Addresses and sizes of pictures are put in when they are sent.
const PICTURES_BYTES = 12_000;

/** Whether the Worker takes a body of that size. It is read, which takes its time, only where it could be too long. */
function fits(name: ArticleText["name"], body: string, frontMatter: object): boolean {
  const limit = MAX_ARTICLE_BYTES - PICTURES_BYTES;
  const length = Buffer.byteLength(body);
  if (length * MOST_GROWTH < limit || length > limit) return length <= limit;
  const read = name === "index.md" ? markdownBody(body, 1) : htmlBody(body, 1);
  const html = read.html(({ address }) => address);
  return Buffer.byteLength(JSON.stringify({ ...frontMatter, body: { html } })) <= limit;
}

/** What whoever publishes the file would still refuse: it is read the way that they read it. */
function refusals(yaml: string, known: readonly Need[], now: Instant): readonly Need[] {
  const file = readArticleFile(`---\n${yaml}---\n`);
  const problems = [
    ...(file.kind === "article" ? [] : file.problems),
    ...(file.kind === "unreadable" ? [] : futureChanges(file.fields, now)),
  ];
  return problems
    .filter(({ path }) => !known.some((need) => need.path === path))
    .map(({ path, message }) => ({ path, why: message }));
}

/** An image's fields in the order of article.md. */
export const imageFields = ({ src, alt, caption, credit, creditRole, ...others }: ImportedImage): object =>
  Object.fromEntries(
    Object.entries({
      src,
      alt,
      caption,
      credit: credit !== undefined && creditRole !== undefined ? { name: credit, role: creditRole } : credit,
      ...others,
    }).filter(([, value]) => value !== undefined && value !== ""),
  );
