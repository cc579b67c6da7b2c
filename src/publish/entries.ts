// Renders an article, or its notice, as an entry of every public format. Each entry is parsed back strictly,
// so that no broken one is ever stored (docs/decisions/0021-entries-are-parsed-back.md).

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
import { t } from "../lib/translate.ts";
import type { HashedEntry, RenderedEntry } from "./sql.ts";

/** The settings that every entry depends on, beside the people and the section of its article. */
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
 * What an article's entries were rendered with: a digest of RENDERER and of the settings that they depend on,
 * then the section and the people that the article names, as JSON. If it changes, the article is rendered
 * again.
 */
export function fingerprintOf({ article, withdrawn }: Rendered, site: Site): Promise<string> {
  const people = article.bylines.map(personKey).filter((key) => key !== undefined);
  return fingerprintWith(withdrawn ? [null] : [article.section ?? null, ...new Set(people)], site);
}

/** Whether an article with this fingerprint would still be rendered the same way. */
export async function isCurrent(fingerprint: string, site: Site): Promise<boolean> {
  const names = fingerprint.slice(DIGITS);
  // Older versions had one fingerprint for all articles. It is empty where an image was removed.
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
 * Renders an article, or the notice of a withdrawn one. Fails if the article names a person or section that
 * the site doesn't have; a notice names neither.
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
    // This article alone is refused, with the reason.
    return fail({
      path: "",
      message: t("can't be written as a feed entry: {reason}", { reason: reasonOf(error) }),
    });
  }
}

/** Entries with the hashes from which the entity tags of documents are made. */
export const withHashes = (entries: readonly RenderedEntry[]): Promise<readonly HashedEntry[]> =>
  Promise.all(entries.map(async (entry) => ({ ...entry, hash: await sha256(entry.body) })));
