// What an import reports: what each line of a source was taken for, what is missing, and what was done.

import { relative } from "node:path";
import type { Explained } from "../../import/importer.ts";
import { HELD_BACK } from "../../import/visibility.ts";
import { plural, text } from "../../lib/text.ts";
import type { Output } from "../terminal.ts";
import type { Made } from "./article-file.ts";
import { type Existing, hasId, nameOf, type Origin, type Step } from "./import-plan.ts";

const TEXT_COLUMNS = 64;

/** The lines of a source, each with what it was taken for and why. */
export function explanation(file: string, lines: readonly Explained[]): string {
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

/** What an article still needs, a line each, with the flag that would fill it. */
export const needLines = ({ file }: Made): readonly string[] =>
  file.needs.map(({ path, why, flag }) =>
    [`needs ${path}`, why && `: ${why}`, flag && `  (${flag})`].filter(Boolean).join(""),
  );

/** Tells what became of each article, and at the end all that the publisher has to see to. */
export function reportSteps(steps: readonly Step<Made>[], dryRun: boolean, out: Output): void {
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
      `was ${existing?.origin ? "edited since it was imported" : "written here"}, and is left as it is; --force writes over it`,
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

/** Why an article that is there is neither written over nor imported a second time. */
function whyKnown(candidate: Made, existing: Existing): string {
  const { origin } = candidate;
  if (existing.isBeside)
    return `has a second article in its folder, index.md beside index.html, and is left as it is: ${nameOf(origin)}`;
  const isSameId = hasId(candidate, existing);
  const what = `has the ${isSameId ? "id" : "name and headline"} of ${nameOf(origin)}`;
  const whose = existing.origin ? differenceOf(origin, existing.origin) : "was written here";
  const flags = existing.edited ? "--adopt-ids with --force" : "--adopt-ids";
  return `${what}, but ${whose}: it is left as it is${isSameId ? `; ${flags} writes over it` : ""}`;
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

/** The last line: how many of what. */
export function summary(steps: readonly Step<Made>[], problems: number, dryRun: boolean): string {
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
