// PUT of an article: it is created, replaced, moved, restored, or left as it is. A PUT that fails changes
// nothing.

import type { ArticleInput, Home, Origin, StoredArticle } from "../article/article.ts";
import { idProblems, uriOf } from "../article/article-id.ts";
import { wordsOfBody } from "../article/body.ts";
import { type ArticleRecord, articleById, articleBySlug, storedFirst } from "../article/sql.ts";
import type { Warning } from "../article/warning.ts";
import type { Runtime } from "../env.ts";
import { type ExpectedVersion, isExpected } from "../http/sender.ts";
import { log } from "../lib/log.ts";
import type { Problem } from "../lib/problem.ts";
import type { Html } from "../lib/text.ts";
import { addSeconds, type Instant, latest } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { commitRecord, nextVersion, placementsOf, statusOf, writeInTurn } from "./commit.ts";
import { renderEntries } from "./entries.ts";
import { prepareArticle } from "./prepare.ts";
import { type RenderedEntry, updateOrigin } from "./sql.ts";
import { retireDuplicate } from "./withdraw.ts";

/** What a PUT has done. The API turns it into an HTTP status (`api/routes.ts`). */
export type PutOutcome =
  | {
      readonly kind: "stored";
      readonly change: StoreChange;
      readonly record: ArticleRecord;
      /** What was lost or changed when the article was cleaned; the same if it was stored already. */
      readonly warnings: readonly Warning[];
    }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  | { readonly kind: "conflict"; readonly message: string }
  | Outdated
  | { readonly kind: "busy" };

/** The stored version isn't the one that the request expects. */
interface Outdated {
  readonly kind: "outdated";
  /** 0 where there is no such article. */
  readonly version: number;
  readonly origin?: Origin;
  /** The fields of the stored article that differ from those that were sent. */
  readonly differences: readonly Problem[];
}

/** How a PUT that was accepted changed the article. */
type StoreChange = "created" | "updated" | "moved" | "restored" | "unchanged";

/** What a PUT brings beside the article. */
export interface PutRequest {
  readonly slug: string;
  readonly input: ArticleInput;
  /** Lower-case hex SHA-256 of the body. */
  readonly digest: string;
  readonly expectedVersion?: ExpectedVersion;
  /** Where the article's source is from now on. Undefined: where it was; `api` for a new article. */
  readonly home?: Home;
  /** The sender's name, to be shown to others who edit the article. */
  readonly by: string | null;
  /** The slug that the article has had so far, if it is to move. */
  readonly from?: string;
}

/** Below D1's 2 MB, with room for the other columns. */
const ROW_BYTES_LIMIT = 1_900_000;
/** How far a newsroom's clock may be ahead of ours. */
const CLOCK_SKEW_SECONDS = 300;

/** Stores an article. Idempotent. @throws Error, when D1 fails. */
export async function putArticle(runtime: Runtime, request: PutRequest, now: Instant): Promise<PutOutcome> {
  const outcome = await writeInTurn(runtime, request.slug, () => tryPut(runtime, request, now));
  return outcome === "busy" ? { kind: "busy" } : outcome;
}

async function tryPut(runtime: Runtime, request: PutRequest, now: Instant): Promise<PutOutcome | "conflict"> {
  const { site } = runtime;
  const { slug, input, digest, from } = request;
  const found = await findTarget(runtime, { slug, id: input.id, from });
  if ("message" in found) return conflict(found.message);
  const { existing, duplicate } = found;
  const version = existing?.version ?? 0;
  // Whoever names a version read it before the desk took the article over, or doesn't know of that.
  if (request.home === "git" && existing?.origin.home === "desk" && request.expectedVersion !== undefined)
    return conflict(atDesk(existing.article.slug));
  if (!isExpected(version, request.expectedVersion)) return outdated(runtime, request, existing);
  if (existing?.withdrawn && !input.restore && (!duplicate || duplicate.withdrawn))
    return conflict(
      t('this article was withdrawn on {time}; send "restore": true to bring it back', {
        time: existing.withdrawn.at,
      }),
    );
  if (existing && existing.article.published <= now && input.published !== existing.article.published) {
    const message = t("is frozen since the article was published: it stays {time}; use updated for changes", {
      time: existing.article.published,
    });
    return invalid([{ path: "published", message }]);
  }

  if (!existing) {
    const problems = idProblems(input.id, site.tag);
    if (problems.length > 0) return invalid(problems);
    const message = await takenUri(runtime, input.id);
    if (message !== undefined) return conflict(message);
  }

  const early = futureDates(input, now);
  if (early.length > 0) return invalid(early);

  const id = existing?.article.id ?? input.id ?? (await mintId(runtime, slug));
  const prepared = await prepareArticle(runtime, slug, id, input);
  if (!prepared.ok) return invalid(prepared.problems);
  const { article, warnings } = prepared.value;
  if (!duplicate && existing && isStored(existing, article))
    return keepStored(runtime, request, existing, warnings);

  const origin = originOf(request, existing, article, now);
  const record: ArticleRecord = { article, version: version + 1, digest, origin };
  const rendered = renderEntries(record, site);
  if (!rendered.ok) return invalid(rendered.problems);
  const large = rowTooLarge(JSON.stringify(article), rendered.value);
  if (large.length > 0) return invalid(large);
  if (duplicate && !(await retireDuplicate(runtime, duplicate, id, now))) return "conflict";
  if (existing && isStored(existing, article)) return keepStored(runtime, request, existing, warnings);
  const done = await commitRecord(runtime, record, now, {
    entries: rendered.value,
    placements: placementsOf(record),
    tombstones: [],
    previous: existing?.article,
  });
  if (!done) return "conflict";
  const change = changeOf(existing, slug);
  log("published", { slug, id, version: record.version, change, status: statusOf(record, now) });
  return { kind: "stored", change, record, warnings };
}

const invalid = (problems: readonly Problem[]): PutOutcome => ({ kind: "invalid", problems });
const conflict = (message: string): PutOutcome => ({ kind: "conflict", message });

/** The stored article that a PUT changes, if there is one; or why it can't be stored, as a message. */
type PutTarget =
  | {
      readonly existing: ArticleRecord | undefined;
      /**
       * A second article of the same text, made by mistake. It is taken away, and its addresses lead to
       * `existing`.
       */
      readonly duplicate?: ArticleRecord;
    }
  | { readonly message: string };

/** How a PUT names its article. */
interface Named {
  readonly slug: string;
  readonly id?: string | undefined;
  /** The slug that the article has had so far. */
  readonly from?: string | undefined;
}

/**
 * Finds the article that a PUT changes. A slug alone means the article that has it. An id alone never moves
 * an article: ids are public, so with a copied one anybody could take an article over. A move names the slug
 * that it has had so far.
 */
async function findTarget({ env }: Runtime, { slug, id, from }: Named): Promise<PutTarget> {
  const bySlug = await articleBySlug(env.DB, slug);
  if (from !== undefined && from !== slug) {
    const source = await articleBySlug(env.DB, from);
    if (!source) return { message: t("there is no article {slug} to move here", { slug: from }) };
    return bySlug?.article.id === source.article.id || source.article.slug === from
      ? moveTarget(env.DB, { slug, id }, source, bySlug)
      : {
          message: t("{from} has moved to {slug}: move it from there", { from, slug: source.article.slug }),
        };
  }
  if (bySlug && bySlug.article.slug !== slug) {
    const there = bySlug.article.slug;
    return {
      message: t(
        "this slug redirects to {there}; to move that article back, send it with ?from={there} ({command})",
        { there, command: moveCommand(there, slug) },
      ),
    };
  }
  if (id === undefined || bySlug?.article.id === id) return { existing: bySlug };
  const byId = await articleById(env.DB, id);
  if (bySlug) return { message: slugIsTaken(slug, bySlug, byId) };
  if (!byId) return { existing: undefined };
  const there = byId.article.slug;
  return {
    message: t(
      "this id is that of the article {there}; to move it here, send it with ?from={there} ({command}); else leave the id out",
      { there, command: moveCommand(there, slug) },
    ),
  };
}

async function moveTarget(
  db: Runtime["env"]["DB"],
  { slug, id }: Named,
  source: ArticleRecord,
  bySlug: ArticleRecord | undefined,
): Promise<PutTarget> {
  if (bySlug && bySlug.article.id !== source.article.id && bySlug.article.slug !== slug)
    return { message: t("this slug redirects to {slug}", { slug: bySlug.article.slug }) };
  if (id !== undefined && id !== source.article.id && id !== bySlug?.article.id)
    return {
      message: t("the article {slug} has the id {id}, not this one", {
        slug: source.article.slug,
        id: source.article.id,
      }),
    };
  if (!bySlug || bySlug.article.id === source.article.id) return { existing: source };
  const first = await storedFirst(db, source.article.id, bySlug.article.id);
  return first === source.article.id
    ? { existing: source, duplicate: bySlug }
    : { existing: bySlug, duplicate: source };
}

function slugIsTaken(slug: string, bySlug: ArticleRecord, byId: ArticleRecord | undefined): string {
  const { id } = bySlug.article;
  if (!byId)
    return t("this slug belongs to the article with the id {id}; without an id, what is sent replaces it", {
      id,
    });
  const other = byId.article.slug;
  return t(
    "this slug belongs to the article with the id {id}, and the id that was sent to the article {other}. If the two are one, send it with ?from={other} ({command}): the one that was stored first keeps its id, the other goes without a notice and redirects. Else leave the id out",
    { id, other, command: moveCommand(other, slug) },
  );
}

const atDesk = (slug: string): string =>
  t(
    "it is edited at the desk: {command} writes what the desk has as a file; without a version, what is sent replaces it",
    { command: `npx wireroom pull ${slug}` },
  );

const moveCommand = (from: string, to: string): string => `npx wireroom mv ${from} ${to}`;

const isStored = (existing: ArticleRecord, article: StoredArticle): boolean =>
  !existing.withdrawn && JSON.stringify(existing.article) === JSON.stringify(article);

/** The outcome for an article that is stored already. Only its home, git version and digest are recorded. */
async function keepStored(
  { env }: Runtime,
  { digest, home }: PutRequest,
  existing: ArticleRecord,
  warnings: readonly Warning[],
): Promise<PutOutcome> {
  const { version, origin } = existing;
  const next: Origin = {
    ...origin,
    home: home ?? origin.home ?? "api",
    gitVersion: home === "git" ? version : origin.gitVersion,
  };
  const record = { ...existing, digest, origin: next };
  const same =
    existing.digest === digest && origin.home === next.home && origin.gitVersion === next.gitVersion;
  if (!same) await updateOrigin(env.DB, record);
  return { kind: "stored", change: "unchanged", record, warnings };
}

/** Who sent the next version. If it is only restored or moved, that is still the sender of its text. */
function originOf(
  { home, by }: PutRequest,
  existing: ArticleRecord | undefined,
  article: StoredArticle,
  now: Instant,
): Origin {
  const kept = home ?? existing?.origin.home ?? "api";
  if (home === "git")
    return { home: kept, gitVersion: (existing?.version ?? 0) + 1, sentAt: now, sentBy: by };
  if (existing && differences(existing.article, article).length === 0)
    return { ...nextVersion(existing).origin, home: kept };
  return { home: kept, gitVersion: existing?.origin.gitVersion ?? null, sentAt: now, sentBy: by };
}

/**
 * The outcome where the stored version isn't the expected one. Success if it holds what was sent (RFC 9110
 * §13.1.1).
 */
async function outdated(
  runtime: Runtime,
  request: PutRequest,
  existing: ArticleRecord | undefined,
): Promise<PutOutcome> {
  if (!existing) return { kind: "outdated", version: 0, differences: [] };
  const { article, version, origin } = existing;
  const { slug, input, expectedVersion } = request;
  const prepared = await prepareArticle(runtime, slug, article.id, input);
  if (prepared.ok && expectedVersion !== "none" && isStored(existing, prepared.value.article))
    return keepStored(runtime, request, existing, prepared.value.warnings);
  return {
    ...{ kind: "outdated", version, origin },
    differences: prepared.ok ? differences(article, prepared.value.article) : [],
  };
}

/**
 * D1 takes 2 MB a row. Escaping can make six characters of one, so the size of the request isn't enough to
 * know.
 */
function rowTooLarge(model: string, entries: readonly RenderedEntry[]): readonly Problem[] {
  const encoder = new TextEncoder();
  const bytes = Math.max(
    ...[model, ...entries.map((entry) => entry.body)].map((row) => encoder.encode(row).length),
  );
  if (bytes <= ROW_BYTES_LIMIT) return [];
  return [
    {
      path: "body.html",
      message: t("makes an entry of {bytes} bytes; at most {most} can be stored", {
        bytes,
        most: ROW_BYTES_LIMIT,
      }),
    },
  ];
}

/** Problems of dates in the future. A feed that showed one would count as newest until then. */
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
      message: t("must not be in the future, nor after the publication of a scheduled article"),
    }));
}

/**
 * Why an id can't be taken: its URI is another article's id, which older versions allowed. Undefined if it
 * can.
 */
async function takenUri({ env, site }: Runtime, id: string | undefined): Promise<string | undefined> {
  const uri = id === undefined ? undefined : uriOf(id, site.tag);
  if (uri === undefined || uri === id) return undefined;
  const other = await articleById(env.DB, uri);
  return (
    other &&
    t("Atom would write this id as {uri}, which is the id of the article {slug}", {
      uri,
      slug: other.article.slug,
    })
  );
}

/**
 * A new tag URI (RFC 4151), which never changes later. It gets a suffix if an imported article has it
 * already.
 */
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

// How a stored article differs from one that was sent, field by field, for the person who has to choose.

const SHOWN_CHARACTERS = 80;
/** Fields that are made from others, or from the address. */
const DERIVED: ReadonlySet<string> = new Set(["id", "slug", "excerpt"]);

/** Each field that differs, with its stored value; paths are those of a request. Empty if nothing differs. */
export function differences(stored: StoredArticle, sent: StoredArticle): readonly Problem[] {
  const here: Readonly<Record<string, unknown>> = { ...stored };
  const there: Readonly<Record<string, unknown>> = { ...sent };
  const fields = new Set([...Object.keys(there), ...Object.keys(here)]);
  return [...fields]
    .filter((field) => !DERIVED.has(field) && JSON.stringify(here[field]) !== JSON.stringify(there[field]))
    .map((field) =>
      field === "body"
        ? { path: "body.html", message: bodyDifference(stored.body, sent.body) }
        : { path: field, message: holds(here[field]) },
    );
}

function holds(value: unknown): string {
  if (value === undefined) return t("is not stored");
  if (Array.isArray(value) && value.every((each) => typeof each === "string"))
    return value.length === 0
      ? t("is stored as an empty list")
      : t("is stored as {value}", { value: quoted(value.join(", ")) });
  if (typeof value === "object") return t("is stored with other contents");
  return t("is stored as {value}", { value: typeof value === "string" ? quoted(value) : String(value) });
}

/** The stored body from the first word that differs, with two words before it. */
function bodyDifference(stored: Html, sent: Html): string {
  const [here, there] = [wordsOfBody(stored), wordsOfBody(sent)];
  const first = here.findIndex((word, index) => word !== there[index]);
  if (first === -1)
    return here.length < there.length ? t("is stored without its end") : t("is stored with other markup");
  return t("is stored with {words}", { words: quoted(here.slice(Math.max(0, first - 2)).join(" ")) });
}

const quoted = (value: string): string =>
  `“${value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS).trimEnd()}…` : value}”`;
