// A record -> its entries in every public format, each parsed back strictly before anybody keeps it.

import { personKey, resolveArticle } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { ArticleRecord } from "../article/sql.ts";
import { readerBody } from "../formats/body.ts";
import { FORMATS } from "../formats/format.ts";
import { RENDERER, WIRE_FORMATS } from "../formats/index.ts";
import { withdrawnNotice } from "../formats/notice.ts";
import { headlineOf } from "../formats/view.ts";
import { sha256 } from "../lib/digest.ts";
import { reasonOf } from "../lib/log.ts";
import { fail, ok, type Result } from "../lib/problem.ts";
import type { HashedEntry, RenderedEntry } from "./sql.ts";

/** What every entry reads of the settings, beside the people and the section of its article. */
const SETTINGS = [
  "title",
  "url",
  "tag",
  "language",
  "timezone",
  "content",
  "rsl",
  "words",
] as const satisfies readonly (keyof Site)[];
const DIGITS = 16;

/**
 * What entries of an article are rendered with: a digest of the renderer and of the settings that they read, and after it
 * the section and the people that the article names, as JSON. Another one means: render again.
 */
export function fingerprintOf({ article, withdrawn }: Rendered, site: Site): Promise<string> {
  const people = article.bylines.map(personKey).filter((key) => key !== undefined);
  return fingerprintWith(withdrawn ? [null] : [article.section ?? null, ...new Set(people)], site);
}

/** Whether the settings that a fingerprint was made of are still the same. */
export async function isCurrent(fingerprint: string, site: Site): Promise<boolean> {
  const names = fingerprint.slice(DIGITS);
  // Older versions had one fingerprint for all articles. An empty one is of an image that was killed.
  if (!names.startsWith("[")) return false;
  return fingerprint === (await fingerprintWith(JSON.parse(names) as Names, site));
}

/** The section of an article, and the people, by their keys. */
type Names = readonly [section: string | null, ...people: string[]];

async function fingerprintWith(names: Names, site: Site): Promise<string> {
  const [section, ...people] = names;
  const read = [
    RENDERER,
    SETTINGS.map((name) => site[name]),
    section !== null && Object.hasOwn(site.sections, section) ? site.sections[section]?.title : undefined,
    people.map((key) => (Object.hasOwn(site.people, key) ? site.people[key] : undefined)),
  ];
  return (await sha256(JSON.stringify(read))).slice(0, DIGITS) + JSON.stringify(names);
}

type Rendered = Pick<ArticleRecord, "article" | "withdrawn">;

/**
 * Renders an article, or the notice of a withdrawn one. Fails for a person or section that the site hasn't; a notice
 * names neither, and so never does.
 */
export function renderEntries(
  { article, withdrawn }: Rendered,
  site: Site,
): Result<readonly RenderedEntry[]> {
  const { section: _, ...rest } = article;
  const resolved = resolveArticle(withdrawn ? { ...rest, bylines: [] } : article, site);
  if (!resolved.ok) return resolved;
  const shown = withdrawn ? withdrawnNotice(resolved.value, withdrawn, site) : resolved.value;
  try {
    const headline = headlineOf(shown, site);
    const content = readerBody(shown, site);
    return ok(
      FORMATS.map((format) => {
        const body = WIRE_FORMATS[format].entry(shown, site, content);
        WIRE_FORMATS[format].verify(body, shown);
        return { format, body, dated: shown.updated ?? shown.published, headline };
      }),
    );
  } catch (error) {
    // A text that a serializer or the strict parse can't take refuses this article alone, with the reason.
    return fail({ path: "", message: `can't be written as a feed entry: ${reasonOf(error)}` });
  }
}

/** Entries with the hashes that documents are told apart by. */
export const withHashes = (entries: readonly RenderedEntry[]): Promise<readonly HashedEntry[]> =>
  Promise.all(entries.map(async (entry) => ({ ...entry, hash: await sha256(entry.body) })));
