// Plans which folder each imported article goes to, and what happens to existing articles. Pure.

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { parseDocument } from "yaml";
import * as z from "zod/mini";
import { hexSha256 } from "../../content/images.ts";
import { readJson } from "../../import/parse-json.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check } from "../../lib/problem.ts";

/** An article ready to be written. */
export interface Candidate {
  readonly origin: Origin;
  /** The slug that it should have. */
  readonly slug: string;
  readonly id?: string;
  readonly headline?: string;
  /** True if a fact is missing. */
  readonly incomplete: boolean;
  /** The file without the line about its origin. */
  readonly text: string;
  /** Missing where it has none. */
  readonly pictures?: Pictures;
}

/**
 * What happens to a candidate. Four results leave the existing article alone: it was edited, an earlier
 * import had more facts, two candidates have one id, or another source or a person here wrote it.
 */
export interface Step<C extends Candidate> {
  readonly candidate: C;
  readonly change: "created" | "updated" | "moved" | "unchanged" | "edited" | "complete" | "double" | "known";
  readonly slug: string;
  /** The whole file; "" where nothing is written. */
  readonly text: string;
  /** What is there now. */
  readonly existing?: Existing;
  /** The owner of the slug that the candidate should have had. */
  readonly takenBy?: string;
  /** The article that an earlier import made from a file of this name with another source in it. */
  readonly before?: Existing;
}

/** The state while the plan is made. */
interface Folder {
  readonly byId: ReadonlyMap<string, Existing>;
  readonly byOrigin: ReadonlyMap<string, Existing>;
  /** By file and item, whatever the source said that it was. */
  readonly byPlace: ReadonlyMap<string, Existing>;
  readonly bySlug: ReadonlyMap<string, Existing>;
  /** The owner of each name; in lower case, since some file systems ignore case. */
  readonly owners: Map<string, string>;
  /**
   * The highest number that was tried behind a name: a feed may have a hundred thousand items of one
   * headline.
   */
  readonly counts: Map<string, number>;
}

/**
 * Plans an import. `names` are the names of all files and folders in the folder of articles. `force`
 * overwrites edited articles, `adopt` those that came from another source under the same id.
 */
export function planImport<C extends Candidate>(
  candidates: readonly C[],
  existing: readonly Existing[],
  names: readonly string[],
  { force = false, adopt = false }: { readonly force?: boolean; readonly adopt?: boolean } = {},
): readonly Step<C>[] {
  const folder: Folder = {
    byId: new Map(existing.flatMap((one) => (one.id === undefined ? [] : [[one.id, one]]))),
    byOrigin: new Map(existing.flatMap((one) => (one.origin ? [[keyOf(one.origin), one]] : []))),
    byPlace: new Map(existing.flatMap((one) => (one.origin ? [[placeOf(one.origin), one]] : []))),
    bySlug: new Map(existing.map((one) => [one.slug, one])),
    owners: new Map(names.map((name) => [name.toLowerCase(), "an article that is there"])),
    counts: new Map(),
  };
  for (const { slug, origin } of existing) if (origin) folder.owners.set(slug, nameOf(origin));
  const ids = new Map<string, string>();
  return candidates.map((candidate): Step<C> => {
    const { id } = candidate;
    const double = id === undefined ? undefined : ids.get(id);
    if (double !== undefined) return { candidate, change: "double", slug: double, text: "" };
    const found = findExisting(candidate, folder);
    const step = !found
      ? creation(candidate, folder)
      : !found.isBeside && (isOwn(candidate, found) || (adopt && hasId(candidate, found)))
        ? replacement(candidate, found, folder, force)
        : leftToOther(candidate, found);
    folder.owners.set(step.slug, nameOf(candidate.origin));
    if (id !== undefined) ids.set(id, step.slug);
    return step;
  });
}

/**
 * The same article from an earlier import; or the one under its slug, if that has the same text, or the same
 * headline and no line about its origin.
 */
function findExisting({ id, origin, slug, headline, text }: Candidate, folder: Folder): Existing | undefined {
  const known = (id === undefined ? undefined : folder.byId.get(id)) ?? folder.byOrigin.get(keyOf(origin));
  if (known) return known;
  const there = folder.bySlug.get(slug);
  const same = there && (there.digest === digestOf(text) || (!there.origin && there.headline === headline));
  return same ? there : undefined;
}

/**
 * True if an import wrote the article from the same source. Articles of other sources aren't overwritten,
 * even with `force`.
 */
const isOwn = ({ origin }: Candidate, found: Existing): boolean =>
  found.origin?.from === origin.from && found.origin.source === origin.source;

/** True if both have the same id. */
export const hasId = ({ id }: Candidate, found: Existing): boolean => id !== undefined && found.id === id;

const leftToOther = <C extends Candidate>(candidate: C, existing: Existing): Step<C> => ({
  candidate,
  change: isSame(candidate, existing) ? "unchanged" : "known",
  slug: existing.slug,
  text: "",
  existing,
});

const isSame = ({ text, pictures }: Candidate, existing: Existing): boolean =>
  !existing.edited && existing.digest === digestOf(text) && isDeepStrictEqual(existing.pictures, pictures);

function replacement<C extends Candidate>(
  candidate: C,
  existing: Existing,
  { owners }: Folder,
  force: boolean,
): Step<C> {
  // A draft is not public yet, so that it can still be renamed after its headline.
  const moves = existing.draft && !existing.edited && !existing.renamed && !owners.has(candidate.slug);
  const slug = moves ? candidate.slug : existing.slug;
  const text = withOrigin(candidate.text, slug, candidate.origin, candidate.pictures);
  const same = isSame(candidate, existing);
  const step = { candidate, slug, text, existing };
  if (existing.edited && !force) return { ...step, change: "edited", text: "" };
  // An earlier import filled these fields by flags.
  if (candidate.incomplete && !existing.draft && !force) return { ...step, change: "complete", text: "" };
  return { ...step, change: moves ? "moved" : same ? "unchanged" : "updated" };
}

function creation<C extends Candidate>(candidate: C, { owners, counts, byPlace }: Folder): Step<C> {
  const before = byPlace.get(placeOf(candidate.origin));
  let slug = candidate.slug;
  let count = counts.get(slug) ?? 1;
  while (owners.has(slug)) slug = `${candidate.slug}-${++count}`;
  counts.set(candidate.slug, count);
  const takenBy = slug === candidate.slug ? undefined : owners.get(candidate.slug);
  return {
    candidate,
    change: "created",
    slug,
    text: withOrigin(candidate.text, slug, candidate.origin, candidate.pictures),
    ...omitUndefined({ takenBy, before }),
  };
}

const keyOf = ({ from, source = "", item = "" }: Origin): string => JSON.stringify([from, source, item]);

const placeOf = ({ from, item = "" }: Origin): string => JSON.stringify([from, item]);

/** An origin as people read it. */
export const nameOf = ({ from, item }: Origin): string => (item === undefined ? from : `${from} (${item})`);

// Articles that exist already: which of them an earlier import wrote, from which source, and whether they
// were edited since.

/** Where an imported article came from. */
export interface Origin {
  /** The source's file, relative to the folder of articles. */
  readonly from: string;
  /** What the source says that it is; missing where it says nothing. */
  readonly source?: string;
  /** Which of the source's items it was; missing where it is all of it. */
  readonly item?: string;
}

/** Pictures that an import wrote beside an article: the SHA-256 of each, by its name. */
export type Pictures = Readonly<Record<string, string>>;

/** An existing article. */
export interface Existing {
  readonly slug: string;
  readonly file: string;
  readonly id?: string;
  readonly headline?: string;
  /** Missing for one that no import wrote, or whose line about it was taken out. */
  readonly origin?: Origin;
  /** Digest of the text that the import wrote. */
  readonly digest?: string;
  readonly pictures?: Pictures;
  /** True if the file was changed since the import wrote it. */
  readonly edited: boolean;
  /** True if the folder was renamed since the import. */
  readonly renamed: boolean;
  readonly draft: boolean;
  /** True where a second article's file stands in the folder, which is somebody's own. */
  readonly isBeside?: boolean;
}

// A dot would stop at U+2028, which a name may hold.
const LINE = /^# imported (\{[^\r\n]*\})\r?\n/m;
const DIGEST_CHARACTERS = 16;

/**
 * The file's text with a line that says where it came from, and by which it is known whether it was changed.
 */
export function withOrigin(text: string, slug: string, origin: Origin, pictures?: Pictures): string {
  const line = `# imported ${JSON.stringify({ ...origin, slug, digest: digestOf(text), pictures })}\n`;
  return text.replace("---\n", (opening) => opening + line);
}

/** Reads an article's file. */
export async function readExisting(slug: string, file: string): Promise<Existing> {
  const source = await readFile(file, "utf8");
  const [line, json] = LINE.exec(source.slice(0, source.indexOf("\n---") + 1)) ?? [];
  const {
    from,
    source: said,
    item,
    slug: named,
    digest,
    pictures,
  } = json === undefined ? {} : readLine(json);
  const [, yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? [];
  const fields = parseDocument(yaml);
  const [id, headline] = ["id", "headline"].map((name) => fields.get(name));
  return {
    slug,
    file,
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof headline === "string" ? { headline } : {}),
    ...(from === undefined ? {} : { origin: omitUndefined({ from, source: said, item }) }),
    ...omitUndefined({ digest, pictures }),
    renamed: named !== slug,
    edited: line === undefined || digestOf(source.replace(line, "")) !== digest,
    draft: fields.get("draft") === true,
  };
}

const lineSchema = z.object({
  from: z.string(),
  source: z.exactOptional(z.string()),
  item: z.exactOptional(z.string()),
  slug: z.string(),
  digest: z.string(),
  pictures: z.exactOptional(z.record(z.string(), z.string())),
});

/** Parses the line about the origin; undefined if it was changed into something else. */
function readLine(json: string): Partial<z.infer<typeof lineSchema>> {
  const checked = check(lineSchema, readJson(json));
  return checked.ok ? checked.value : {};
}

/** Names a text by its content; git may write the same file with other line ends. */
export const digestOf = (text: string): string =>
  hexSha256(Buffer.from(text.replaceAll("\r\n", "\n"))).slice(0, DIGEST_CHARACTERS);
