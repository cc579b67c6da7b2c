// PUT of an article: created, replaced, moved, restored, or left as it is. Nothing is half done when it fails.

import { log } from "../log.ts";
import type { ArticleReceipt } from "../model/api.ts";
import type { ArticleInput } from "../model/article.ts";
import type { Runtime } from "../model/env.ts";
import type { Problem } from "../model/problem.ts";
import { addSeconds, type Instant, latest } from "../model/time.ts";
import type { Warning } from "../model/warning.ts";
import {
  type ArticleRecord,
  articleById,
  articleBySlug,
  noteDigest,
  type RenderedEntry,
} from "../store/articles.ts";
import { ATTEMPT_LIMIT, commitRecord, placementsOf, statusOf } from "./commit.ts";
import { renderEntries } from "./entries.ts";
import { prepareArticle } from "./prepare.ts";

/** What became of a PUT. Which HTTP status that is, `http/` decides. */
export type PutOutcome =
  | {
      readonly kind: "stored";
      readonly change: StoreChange;
      readonly record: ArticleRecord;
      /** What was accepted, but not as it came; the same for an article that is stored already. */
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  | { readonly kind: "conflict"; readonly message: string }
  | { readonly kind: "outdated"; readonly version: number }
  | { readonly kind: "busy" };

/** What a PUT that was accepted did. */
type StoreChange = NonNullable<ArticleReceipt["change"]>;

/** What a PUT brings beside the article. */
export interface PutRequest {
  readonly slug: string;
  readonly input: ArticleInput;
  /** Lower-case hex SHA-256 of the body. */
  readonly digest: string;
  readonly expectedVersion?: ExpectedVersion;
}

/** The only version that may be replaced; 0 for "there is none yet", `any` for "there is one". */
export type ExpectedVersion = number | "any";

/** Below D1's 2 MB, with room for the other columns. */
const ROW_BYTES_LIMIT = 1_900_000;
/** By how much a newsroom's clock may be ahead of ours. */
const CLOCK_SKEW_SECONDS = 300;

/** Stores an article. The same PUT twice is the same as once. @throws Error, when D1 fails. */
export async function putArticle(runtime: Runtime, request: PutRequest, now: Instant): Promise<PutOutcome> {
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const outcome = await tryPut(runtime, request, now);
    if (outcome !== "conflict") return outcome;
  }
  return { kind: "busy" };
}

async function tryPut(runtime: Runtime, request: PutRequest, now: Instant): Promise<PutOutcome | "conflict"> {
  const { env, site, fingerprint } = runtime;
  const { slug, input, digest } = request;
  const found = await findExisting(runtime, slug, input.id);
  if ("message" in found) return { kind: "conflict", message: found.message };
  const { existing } = found;
  const version = existing?.version ?? 0;
  if (!isExpected(version, request.expectedVersion)) return { kind: "outdated", version };
  if (existing?.withdrawn && !input.restore) {
    const message = `this article was withdrawn on ${existing.withdrawn.at}; send "restore": true to bring it back`;
    return { kind: "conflict", message };
  }
  if (existing && existing.article.published <= now && input.published !== existing.article.published) {
    const message = `is frozen since the article was published: it stays ${existing.article.published}; use updated for changes`;
    return { kind: "invalid", problems: [{ path: "published", message }] };
  }

  const early = futureDates(input, now);
  if (early.length > 0) return { kind: "invalid", problems: early };

  const id = existing?.article.id ?? input.id ?? (await mintId(runtime, slug));
  const prepared = await prepareArticle(runtime, slug, id, input);
  if (!prepared.ok) return { kind: "invalid", problems: prepared.problems };
  const { article, warnings } = prepared.value;
  if (existing && !existing.withdrawn && JSON.stringify(existing.article) === JSON.stringify(article)) {
    if (existing.digest !== digest) await noteDigest(env.DB, id, version, digest);
    return { kind: "stored", change: "unchanged", record: existing, warnings };
  }

  const record: ArticleRecord = { article, version: version + 1, digest, fingerprint };
  const rendered = renderEntries(record, site);
  const large = rendered.ok ? rowTooLarge(JSON.stringify(article), rendered.value) : [];
  if (large.length > 0) return { kind: "invalid", problems: large };
  if (!rendered.ok) return { kind: "invalid", problems: rendered.problems };
  const done = await commitRecord(runtime, record, now, {
    entries: rendered.value,
    placements: placementsOf(record),
    tombstones: [],
  });
  if (!done) return "conflict";
  const change = changeOf(existing, slug);
  log("published", { slug, id, version: record.version, change, status: statusOf(record, now) });
  return { kind: "stored", change, record, warnings };
}

/** Is the stored version, 0 where there is none, one that may be replaced? */
export const isExpected = (version: number, expected: ExpectedVersion | undefined): boolean =>
  expected === undefined || (expected === "any" ? version > 0 : version === expected);

/** D1 takes 2 MB a row. Escaping can make six characters of one, so what was sent says too little. */
function rowTooLarge(model: string, entries: readonly RenderedEntry[]): readonly Problem[] {
  const encoder = new TextEncoder();
  const bytes = Math.max(
    ...[model, ...entries.map((entry) => entry.body)].map((row) => encoder.encode(row).length),
  );
  if (bytes <= ROW_BYTES_LIMIT) return [];
  return [
    {
      path: "body.html",
      message: `makes an entry of ${bytes} bytes; at most ${ROW_BYTES_LIMIT} can be stored`,
    },
  ];
}

/** Dates of changes that are still to come: a feed that shows one would be newest for as long. */
function futureDates({ published, updated, corrections }: ArticleInput, now: Instant): readonly Problem[] {
  const limit = latest([published, addSeconds(now, CLOCK_SKEW_SECONDS)]);
  const dates = [
    { path: "updated", at: updated },
    ...corrections.map(({ at }, index) => ({ path: `corrections[${index}].at`, at })),
  ];
  return dates
    .filter(({ at }) => at !== undefined && limit !== undefined && at > limit)
    .map(({ path }) => ({
      path,
      message: "must not be in the future, nor after the publication of a scheduled article",
    }));
}

/** The article that a PUT replaces, if any; a message when slug and id belong to different ones. */
async function findExisting(
  { env }: Runtime,
  slug: string,
  id: string | undefined,
): Promise<{ readonly existing: ArticleRecord | undefined } | { readonly message: string }> {
  const bySlug = await articleBySlug(env.DB, slug);
  if (id === undefined) {
    if (!bySlug || bySlug.article.slug === slug) return { existing: bySlug };
    return {
      message: `this slug redirects to ${bySlug.article.slug}; to move that article back, send its id ${bySlug.article.id}`,
    };
  }
  if (bySlug?.article.id === id) return { existing: bySlug };
  if (bySlug) return { message: `this slug belongs to the article with the id ${bySlug.article.id}` };
  return { existing: await articleById(env.DB, id) };
}

/** RFC 4151 tag URI: minted once, then frozen. Suffixed if an imported article has it already. */
async function mintId({ env, site }: Runtime, slug: string): Promise<string> {
  const base = `tag:${site.tag.authority},${site.tag.date}:${slug}`;
  let id = base;
  for (let suffix = 2; await articleById(env.DB, id); suffix++) id = `${base}-${suffix}`;
  return id;
}

function changeOf(existing: ArticleRecord | undefined, slug: string): StoreChange {
  if (!existing) return "created";
  if (existing.withdrawn) return "restored";
  return existing.article.slug === slug ? "updated" : "moved";
}
