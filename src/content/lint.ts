// Remarks on an article that could be published as it is, such as a headline that lists will cut off.
// `wireroom check` makes them, and `npm start` on an article that was just saved; `publish` makes none.

import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { isEmptyArticle } from "../article/body.ts";
import { priorityRemarks, redirectedTo, wordingRemarks } from "../article/remarks.ts";
import { articlePath } from "../article/resolve.ts";
import { cleanBody, cleanOptionsFor } from "../html/clean.ts";
import { type BodyWarning, EMPTY_ARTICLE } from "../html/warnings.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import type { Problem } from "../lib/problem.ts";
import { pathInFile } from "./finding.ts";
import { isLocalFile, YAML_LINE } from "./front-matter.ts";
import { addressIn, fileOf } from "./images.ts";
import { oldLinks } from "./lint-links.ts";
import { charts, media, pictures } from "./lint-pictures.ts";
import type { LintInput, Rule } from "./lint-rule.ts";
import { lineOf } from "./references.ts";

/** Everything that all rules find. */
export const lint = (input: LintInput): readonly Problem<string>[] => {
  const rules: readonly Rule[] = [
    openNeeds,
    wording,
    sponsoredPriority,
    scheduled,
    pictures,
    charts,
    media,
    losses,
    redirected,
    articlePaths,
    oldLinks,
    unusedFiles,
  ];
  return rules.flatMap((rule) => rule(input));
};

/** Fields that an import left open: comments like `# needs: published (--published)` in front matter. */
const openNeeds: Rule = ({ file }): readonly Problem[] => {
  const lines = file.yaml.split(/\r?\n/);
  const filled = new Set(lines.flatMap((line) => /^([^\s:#]+):[ \t]*\S/.exec(line)?.[1] ?? []));
  return lines.flatMap((text, index) => {
    const [, path, more = ""] = /^[ \t]*#[ \t]*needs:[ \t]*([^\s,:;]+)[,:;]?(.*)/.exec(text) ?? [];
    if (path === undefined) return [];
    const what = more
      .trim()
      .replace(/^(?=[^(])/, ": ")
      .replace(/^(?=\()/, " ");
    // An invalid value has an error of its own.
    const isWrong = file.problems?.some((problem) => problem.path.split(/[.[]/)[0] === path);
    if (filled.has(path) && isWrong) return [];
    const message = filled.has(path)
      ? "is there: take this comment out"
      : `is still needed${what}; fill it in, and take this comment out`;
    return [{ path, line: YAML_LINE + index, message }];
  });
};

const wording: Rule = ({ file: { fields } }) => wordingRemarks(fields);

const sponsoredPriority: Rule = ({ file: { fields } }) => priorityRemarks(fields);

/** An article whose publication is scheduled, in case the date is a typing error. */
const scheduled: Rule = ({ file: { fields }, now }) =>
  fields.published !== undefined && fields.published > now
    ? [
        {
          path: "published",
          message: "is in the future: the article is scheduled, and readers don't see it before",
        },
      ]
    : [];

/**
 * Everything that the Worker's clean-up takes out of a body, with the lines of its file. It runs the same
 * clean-up, so that both say the same. Empty if `site.yaml` can't be read.
 */
export function lossesOf({
  folder,
  file,
  body,
  images,
  site,
}: Omit<LintInput, "now">): readonly BodyWarning[] {
  if (!site) return [];
  const html = body.html(addressIn(images.destinations), "with lines");
  const listed = images.placed.map(({ image }) => image);
  // Front matter with errors may have no usable `url`.
  const url = "url" in file.fields && typeof file.fields.url === "string" ? file.fields.url : undefined;
  const cleaning = cleanOptionsFor(folder.slug, { url, images: listed }, site);
  const cleaned = cleanBody(html, { ...cleaning, lineOf });
  if (!cleaned.ok) return [];
  const { body: kept, unlisted, warnings: lost } = cleaned.value;
  const isEmpty = isEmptyArticle({ body: kept, images: [...listed, ...unlisted], dek: file.fields.dek });
  return isEmpty ? [...lost, EMPTY_ARTICLE] : lost;
}

/** What the clean-up takes out of the body. */
const losses: Rule = (input) => lossesOf(input).map((loss) => ({ ...loss, path: pathInFile(loss.path) }));

/** An article whose page readers can't reach, because `redirects` in site.yaml come first. */
const redirected: Rule = ({ folder, site }) => {
  const target = site && redirectedTo(folder.slug, site);
  return target === undefined
    ? []
    : [
        {
          path: "",
          line: 1,
          message: `has a page that readers can't reach: redirects in site.yaml sends ${articlePath(folder.slug)} to ${target}; take that line out, or rename the folder`,
        },
      ];
};

/** The address of an article in HTML or Markdown, with the character before it. */
const LINK = /(?:["'(<\s]|^)(https?:\/\/[^/\s"'()<>]+)?\/articles\/([a-z0-9-]+)\/?(?=$|["')>\s#?])/gm;

/**
 * A misspelled link to one of the site's own articles. A link that resembles no folder is left alone: the
 * article may have come from a CMS through the API.
 */
const articlePaths: Rule = ({ file, slugs, site }) =>
  [...file.body.matchAll(LINK)].flatMap((match) => {
    const [, origin, slug = ""] = match;
    const path = articlePath(slug);
    const elsewhere = origin !== undefined && origin !== site?.url;
    if (elsewhere || slugs.has(slug) || (site && Object.hasOwn(site.redirects, path))) return [];
    const near = didYouMean(slug, slugs);
    if (near === "") return [];
    const line = file.bodyLine + file.body.slice(0, match.index).split("\n").length - 1;
    return [{ path: "body", line, message: `links to ${path}, but there is no such article here${near}` }];
  });

/** Files beside an article that it neither shows nor links to. */
const unusedFiles: Rule = ({ folder, file, body }): readonly Problem[] => {
  const names = [
    ...file.fields.images.flatMap((image) => (image && isLocalFile(image.src) ? [image.src] : [])),
    ...body.references.flatMap((reference) => fileOf(reference) ?? []),
  ];
  // `ü` is one character as most people type it, and two as macOS stores it.
  const used = new Set([folder.file, ...names.map((name) => resolve(folder.dir, name))].map(composed));
  return filesIn(folder.dir)
    .filter((path) => !used.has(composed(path)))
    .sort()
    .map((path) => {
      const name = JSON.stringify(relative(folder.dir, path));
      return {
        path: "",
        line: 1,
        message: `has ${name} beside it, which nothing names: use it, or take it out`,
      };
    });
};

const composed = (path: string): string => path.normalize("NFC");

function filesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? filesIn(join(dir, entry.name)) : [join(dir, entry.name)];
  });
}
