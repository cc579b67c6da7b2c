// `wireroom import`: feeds, exports and saved pages -> `content/articles/<slug>/`, with their ids. It reports
// unreadable sources and missing facts.

import { dirname, join, relative } from "node:path";
import type { Site } from "../article/site.ts";
import { CliError } from "../content/finding.ts";
import { list, readSite } from "../content/folder.ts";
import { isLocalFile } from "../content/front-matter.ts";
import type { LocalImage } from "../content/images.ts";
import { readRedirects } from "../content/redirects.ts";
import type { Explained } from "../import/importer.ts";
import type { Choices } from "../import/to-model.ts";
import { HELD_BACK } from "../import/visibility.ts";
import { plural, text } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import { parallel } from "./api-request.ts";
import {
  holdsOtherPictures,
  type Made,
  makeArticle,
  modelJson,
  writeArticle,
} from "./import/article-file.ts";
import {
  type Existing,
  hasId,
  nameOf,
  type Origin,
  planImport,
  readExisting,
  type Step,
} from "./import/import-plan.ts";
import {
  linksToMoved,
  type MovedArticle,
  newAddresses,
  redirectChanges,
  writeRedirects,
} from "./import/old-addresses.ts";
import type { Fetched } from "./import/place-pictures.ts";
import { type ReadSources, readAll } from "./import/read-sources.ts";
import type { Output } from "./terminal.ts";

const FILES_AT_ONCE = 8;

/** What to import, and how. */
export interface ImportOptions {
  /** Files and folders, as full paths. */
  readonly paths: readonly string[];
  /** The folder of articles, as a full path. */
  readonly articlesDir: string;
  readonly choices: Choices;
  /** The publisher's own files for the pictures, in order. */
  readonly images: readonly LocalImage[];
  /** Also take pictures beside a source that aren't in its own folder. */
  readonly beside?: boolean | undefined;
  /** Where the sources' site was. */
  readonly base?: string;
  /** Print each line of the sources, and what it was taken for. */
  readonly explain?: boolean | undefined;
  /** Print the articles as JSON, and write nothing. */
  readonly json?: boolean | undefined;
  /** A missing fact is an error, and nothing is written. */
  readonly strict?: boolean | undefined;
  /** Overwrite articles that were edited since their import. */
  readonly force?: boolean | undefined;
  /** Only print what would be done. */
  readonly dryRun?: boolean | undefined;
  /** Downloads pictures from the web; missing if articles only link to them. */
  readonly fetchImages?: (addresses: readonly string[]) => Promise<Fetched>;
}

/**
 * Runs the command. Returns the exit code: 1 if something could not be read or written, or is missing under
 * `strict`.
 */
export async function runImport(options: ImportOptions, out: Output): Promise<number> {
  const { articlesDir, choices, images, json = false, strict = false } = options;
  const { site } = await readSite(dirname(articlesDir));
  checkSection(choices.section, site);
  // Standard output is JSON for a program, so that texts for people go to standard error.
  const explain = json ? out.warn : out.say;
  const read = await readAll(
    options.paths,
    articlesDir,
    { words: site?.words, base: options.base },
    out,
    (file, lines) => {
      if (options.explain) explain(explanation(file, lines));
    },
  );
  const tellLeftOut = () => {
    for (const line of read.leftOut) out.warn(line);
  };
  checkSingle(options, read.articles.length);
  const fetched = (await options.fetchImages?.(remoteImages(read))) ?? new Map();
  const makeOptions = {
    choices,
    images,
    site,
    fetched,
    beside: options.beside ?? false,
    now: toInstant(new Date()),
  };
  const folder = await readFolder(articlesDir, site);
  const redirects = readRedirects(dirname(articlesDir)).redirects;
  const first = read.articles.map((article) => makeArticle(article, makeOptions));
  // Links between articles can only be resolved once all articles have their slugs.
  const moved = movedArticles(read, planSteps(first, folder, options));
  const newAddress = newAddresses(moved, redirects, site);
  const made = first.map((one, index) => {
    const source = read.articles[index];
    return source && linksToMoved(source.article, newAddress)
      ? makeArticle(source, { ...makeOptions, newAddress })
      : one;
  });

  if (json) {
    reportJson(made, read.isOnePage, out);
    tellLeftOut();
  }
  const lacking = made.filter(({ incomplete }) => incomplete);
  if (json || (strict && lacking.length > 0)) {
    for (const one of lacking) for (const line of needLines(one)) out.warn(`${nameOf(one.origin)}  ${line}`);
  }
  if (strict && lacking.length > 0) {
    out.warn(
      `Nothing was written: something is missing in ${lacking.length} of ${plural(made.length, "article")}.`,
    );
    return 1;
  }
  if (json) return read.problems > 0 ? 1 : 0;

  const { dryRun = false } = options;
  const steps = await withoutOtherPictures(planSteps(made, folder, options), options);
  const done = dryRun ? steps : await writeAll(steps, articlesDir, out);
  reportSteps(done, dryRun, out);
  tellLeftOut();
  const written = new Set(done.map(({ candidate }) => candidate));
  const here = movedArticles(read, steps).filter((_, index) => {
    const { candidate, change } = steps[index] ?? {};
    return candidate && written.has(candidate) && !candidate.heldBack && change !== "known";
  });
  const slugs = new Set([...folder.names, ...here.map(({ slug }) => slug)]);
  const changes = redirectChanges(here, redirects, site, slugs);
  const told = await writeRedirects(dirname(articlesDir), changes, dryRun);
  const problems = read.problems + steps.length - done.length;
  out.say(summary(done, problems, dryRun));
  if (told !== undefined) out.say(told);
  return problems > 0 ? 1 : 0;
}

function checkSection(section: string | undefined, site: Site | undefined): void {
  if (section === undefined || !site || Object.hasOwn(site.sections, section)) return;
  throw new CliError(
    `There is no section ${section} in site.yaml; it has ${Object.keys(site.sections).join(", ") || "none"}.`,
  );
}

/** Refuses flags that only make sense for a single article. */
function checkSingle({ choices, images }: ImportOptions, count: number): void {
  const flags = [
    ...(choices.title === undefined ? [] : ["--title"]),
    ...(choices.published === undefined ? [] : ["--published"]),
    ...(images.length === 0 ? [] : ["--image"]),
  ];
  if (count > 1 && flags.length > 0)
    throw new CliError(
      `${flags.join(" and ")} can be given for one article alone, and here are ${count}: import that one by itself.`,
    );
}

const remoteImages = ({ articles }: ReadSources): readonly string[] => [
  ...new Set(
    articles
      .flatMap(({ article }) => article.images ?? [])
      .flatMap(({ src }) => (src === undefined || isLocalFile(src) ? [] : [src])),
  ),
];

function reportJson(made: readonly Made[], single: boolean, out: Output): void {
  const models = made.map(({ slug, model, placed, incomplete, heldBack }) =>
    modelJson(slug, model, placed, heldBack || incomplete),
  );
  out.say(JSON.stringify(single ? (models[0] ?? null) : models, null, 2));
}

/** The existing articles, and all names in their folder. */
interface ArticlesFolder {
  readonly names: readonly string[];
  readonly existing: readonly Existing[];
}

async function readFolder(articlesDir: string, site: Site | undefined): Promise<ArticlesFolder> {
  const entries = (await list(articlesDir)) ?? [];
  const folders = entries.filter((entry) => entry.isDirectory());
  const existing = await parallel(folders, FILES_AT_ONCE, async ({ name }): Promise<readonly Existing[]> => {
    const files = ((await list(join(articlesDir, name))) ?? []).filter((entry) => entry.isFile());
    const indexes = files.filter((entry) => /^index\.(?:md|html)$/.test(entry.name));
    const all = await Promise.all(
      indexes.map((index) => readExisting(name, join(articlesDir, name, index.name))),
    );
    const read = all.find(({ origin }) => origin !== undefined) ?? all[0];
    if (!read) return [];
    // The id that it gets when it is published.
    const minted = site && `tag:${site.tag.authority},${site.tag.date}:${name}`;
    const found = minted === undefined || read.id !== undefined ? read : { ...read, id: minted };
    return [all.length > 1 ? { ...found, edited: true, isBeside: true } : found];
  });
  return { names: entries.map((entry) => entry.name), existing: existing.flat() };
}

const planSteps = (
  made: readonly Made[],
  { existing, names }: ArticlesFolder,
  { choices, force = false }: ImportOptions,
): readonly Step<Made>[] => planImport(made, existing, names, { force, adopt: choices.adoptIds ?? false });

const withoutOtherPictures = async (
  steps: readonly Step<Made>[],
  { force = false }: ImportOptions,
): Promise<readonly Step<Made>[]> =>
  force
    ? steps
    : parallel(steps, FILES_AT_ONCE, async (step) =>
        step.text !== "" && (await holdsOtherPictures(step)) ? { ...step, change: "edited", text: "" } : step,
      );

const movedArticles = ({ articles }: ReadSources, steps: readonly Step<Made>[]): readonly MovedArticle[] =>
  articles.map(({ article }, index) => ({ article, slug: steps[index]?.slug ?? "" }));

/** Returns the steps that succeeded. */
async function writeAll(
  steps: readonly Step<Made>[],
  articlesDir: string,
  out: Output,
): Promise<readonly Step<Made>[]> {
  const done: Step<Made>[] = [];
  for (const [index, step] of steps.entries()) {
    out.progress(index, steps.length);
    const problem = step.text === "" ? undefined : await writeArticle(step, articlesDir);
    if (problem === undefined) done.push(step);
    else out.warn(`${step.slug}  ${problem}`);
  }
  out.progress(steps.length, steps.length);
  return done;
}

// The report of an import: how each line of a source was classified, which facts are missing, and what was
// done.

const TEXT_COLUMNS = 64;

/** The lines of a source, each with its classification and the reason. */
function explanation(file: string, lines: readonly Explained[]): string {
  const width = widest(lines.map(({ line = "" }) => String(line)));
  const kind = widest(lines.map(({ as }) => as));
  const rows = lines.map(({ line = "", as, text: piece, why }) =>
    [String(line).padStart(width), as.padEnd(kind), cut(piece).padEnd(TEXT_COLUMNS), why]
      .join("  ")
      .trimEnd(),
  );
  return [relative(process.cwd(), file), ...rows, ""].join("\n");
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((width, { length }) => Math.max(width, length), 0);

const cut = (piece: string): string => {
  const line = text(piece);
  return line.length > TEXT_COLUMNS ? `${line.slice(0, TEXT_COLUMNS - 1)}…` : line;
};

/** The missing facts of an article, a line each, with the flag that supplies it. */
const needLines = ({ file }: Made): readonly string[] =>
  file.needs.map(({ path, why, flag }) =>
    [`needs ${path}`, why && `: ${why}`, flag && `  (${flag})`].filter(Boolean).join(""),
  );

/** Prints the result for each article, and then everything that the publisher has to fix. */
function reportSteps(steps: readonly Step<Made>[], dryRun: boolean, out: Output): void {
  const would = dryRun ? "would be " : "";
  for (const { change, slug, candidate } of steps) {
    if (change === "created" || change === "updated" || change === "moved")
      out.say(
        `${would}${change.padEnd(9)} ${slug}${candidate.headline === undefined ? "" : `  ${candidate.headline}`}`,
      );
  }
  for (const step of steps) for (const line of remarks(step)) out.warn(`${step.slug}  ${line}`);
}

function remarks({ change, candidate, takenBy, existing, before }: Step<Made>): readonly string[] {
  const source = nameOf(candidate.origin);
  if (change === "edited")
    return [
      `was ${existing?.origin ? "edited since it was imported" : "written here"}, and is left as it is; --force overwrites it`,
    ];
  if (change === "complete")
    return [
      `has already what ${source} lacks, and is left as it is: ${candidate.file.needs.map(({ path }) => path).join(", ")}`,
    ];
  if (change === "double") return [`has the same id as ${source}, which was left out`];
  if (change === "known" && existing) return [whyKnown(candidate, existing)];
  return [
    ...(takenBy === undefined ? [] : [`is ${source}: ${candidate.slug} is the name of ${takenBy}`]),
    ...(before?.origin
      ? [`is another article than ${before.slug}, which ${differenceOf(candidate.origin, before.origin)}`]
      : []),
    ...(change === "moved" && existing ? [`was called ${existing.slug} until now`] : []),
    ...needLines(candidate),
    ...(change === "unchanged" ? [] : candidate.file.notes),
  ];
}

/** Why an existing article is neither overwritten nor imported a second time. */
function whyKnown(candidate: Made, existing: Existing): string {
  const { origin } = candidate;
  if (existing.isBeside)
    return `has a second article in its folder, index.md beside index.html, and is left as it is: ${nameOf(origin)}`;
  const isSameId = hasId(candidate, existing);
  const what = `has the ${isSameId ? "id" : "name and headline"} of ${nameOf(origin)}`;
  const whose = existing.origin ? differenceOf(origin, existing.origin) : "was written here";
  const flags = existing.edited ? "--adopt-ids with --force" : "--adopt-ids";
  return `${what}, but ${whose}: it is left as it is${isSameId ? `; ${flags} overwrites it` : ""}`;
}

/**
 * How an article's source differs from the one that is imported: by its file, or by what the file says that
 * it is.
 */
function differenceOf({ from, source }: Origin, earlier: Origin): string {
  const said = (name: string | undefined) => name ?? "a source that doesn't say what it is";
  return earlier.from === from
    ? `comes from ${said(earlier.source)}: ${from} is ${said(source)} now`
    : `comes from ${earlier.from}`;
}

/** The last line: the number of articles by result. */
function summary(steps: readonly Step<Made>[], problems: number, dryRun: boolean): string {
  const count = (...changes: readonly Step<Made>["change"][]) =>
    steps.filter(({ change }) => changes.includes(change)).length;
  const drafts = steps.filter(
    ({ candidate, change }) => candidate.incomplete && change !== "complete" && change !== "known",
  ).length;
  const heldBack = steps.filter(
    ({ candidate, change }) => isHeldBack(candidate) && change !== "double" && change !== "known",
  );
  const counts = [
    [count("created"), "new"],
    [count("updated", "moved"), "changed"],
    [count("unchanged"), "as before"],
    [count("edited"), "edited since and left alone"],
    [count("complete"), "left as it is, since it has more than the source"],
    [count("double"), "twice in the sources"],
    [count("known"), "left alone, since this source didn't bring it"],
    [drafts, "a draft, since something is missing"],
    [heldBack.length, `a draft, since it was never public (${names(heldBack)})`],
  ] as const;
  const parts = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  if (problems > 0) parts.push(plural(problems, "problem"));
  return `${plural(steps.length, "article")}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.${dryRun ? " Nothing was written." : ""}`;
}

const isHeldBack = ({ file }: Made): boolean => file.notes.some((note) => note.startsWith(HELD_BACK));

const NAMES_TOLD = 10;

const names = (steps: readonly Step<Made>[]): string =>
  [
    ...steps.slice(0, NAMES_TOLD).map(({ slug }) => slug),
    ...(steps.length > NAMES_TOLD ? [`${steps.length - NAMES_TOLD} more`] : []),
  ].join(", ");
