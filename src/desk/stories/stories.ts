// Stories: the working copies of articles. Every save adds a revision. A publication names the revision that
// it publishes.
//
//   save ─► revisions ─► publish names one ─► due, fifteen seconds later ─► publish/put.ts, as for the API's PUT

import type * as z from "zod/mini";
import { articleInputSchema } from "../../article/article.ts";
import { unknownNames } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { sha256 } from "../../lib/digest.ts";
import { log } from "../../lib/log.ts";
import { check, fail, ok, type Problem, type Result } from "../../lib/problem.ts";
import { slugField, slugify, text } from "../../lib/text.ts";
import { addSeconds, type Instant, latest } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { type PutOutcome, putArticle } from "../../publish/put.ts";
import { withdrawArticle } from "../../publish/withdraw.ts";
import { isElsewhere, whereEdited } from "../homes/homes.ts";
import { draftSchema, type withdrawSchema } from "../inputs.ts";
import { altProblems } from "../pictures/picture.ts";
import { atSiteClock } from "../publish/schedule.ts";
import type { StoryCorrection } from "../publish/sql-corrections.ts";
import {
  addRevision,
  addStory,
  claimDue,
  endDue,
  lateStories,
  noteTakenBack,
  type Person,
  readStory,
  type Story,
  type StoryRow,
  setDue,
  undoDue,
} from "./sql.ts";

export type { Story };

/** How long a publication can be undone, unless UNDO_SECONDS says otherwise. */
const UNDO_SECONDS = 15;
/** A draft may be longer than an article: it is refused when it is published, not while it is written. */
export const STORY_BYTES_LIMIT = 1_000_000;
const HEADLINE_CHARACTERS = 300;
const LEVELS = 20;
const LATE_LIMIT = 50;
const CLAIM_SECONDS = 60;

/** A draft: fields of an article, and the slug. */
export type Draft = z.infer<typeof draftSchema>;

const FIELDS: ReadonlySet<string> = new Set(
  Object.keys(articleInputSchema.shape).filter((name) => name !== "restore"),
);

/** Reads a draft. Missing fields are not checked: they are reported when it is published. */
export function readDraft(value: unknown): Result<Draft> {
  const draft = check(draftSchema, value);
  if (!draft.ok) return draft;
  const unknown = Object.keys(draft.value.article).filter((name) => !FIELDS.has(name));
  if (unknown.length === 0)
    return isFlat(draft.value.article)
      ? draft
      : fail({ path: "article", message: t("has too many levels within each other") });
  return fail(
    ...unknown.map((name) => ({ path: `article.${name}`, message: t("is not a field of an article") })),
  );
}

/**
 * False for what has more levels than any article: JSON is read to any depth, and can't be written to any.
 */
const isFlat = (value: unknown, levels = LEVELS): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => isFlat(one, levels - 1)));

const headlineOf = ({ article }: Draft): string =>
  typeof article.headline === "string" ? text(article.headline).slice(0, HEADLINE_CHARACTERS) : "";

const saveOf = (draft: Draft, by: string, at: Instant) => ({
  slug: draft.slug ?? null,
  headline: headlineOf(draft),
  model: JSON.stringify(draft.article),
  by,
  at,
  replaces: draft.replaces ?? false,
});

/** Creates a story; `id` is new and random. @throws Error, when D1 fails. */
export async function createStory(
  { env }: Runtime,
  id: string,
  draft: Draft,
  by: string,
  now: Instant,
): Promise<void> {
  await addStory(env.DB, id, saveOf(draft, by, now));
}

/** The outcome of a save: the newest revision, and whether it holds the draft that was sent. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly head: number; readonly at: Instant }
  | { readonly kind: "outdated"; readonly story: Story }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  | { readonly kind: "unknown" };

/**
 * Adds a revision after `head`. A repeated save, sent because the answer was lost, finds its own revision,
 * and adds none.
 * @throws Error, when D1 fails.
 */
export async function saveStory(
  { env }: Runtime,
  id: string,
  head: number,
  draft: Draft,
  by: string,
  now: Instant,
): Promise<SaveOutcome> {
  const save = saveOf(draft, by, now);
  if (await addRevision(env.DB, id, head, save)) return { kind: "saved", head: head + 1, at: now };
  const story = await readStory(env.DB, id);
  if (!story) return { kind: "unknown" };
  const { revision } = story;
  if (isElsewhere(story.story)) return { kind: "invalid", problems: [elsewhereProblem(story.story)] };
  if (revision.number === head) {
    const message = t("stays {slug} once the article is published", { slug: story.story.slug ?? "" });
    return { kind: "invalid", problems: [{ path: "slug", message }] };
  }
  const { live, slug } = story.story;
  const hasSlug = live === null ? revision.slug === save.slug : (save.slug ?? slug) === slug;
  const isTheirs = revision.model === save.model && revision.by === by && hasSlug;
  return isTheirs && revision.number > head
    ? { kind: "saved", head: revision.number, at: revision.at }
    : { kind: "outdated", story };
}

/**
 * Saves the text of revision `number` as a new revision after `head`; a published article keeps its slug.
 * @throws Error, when D1 fails.
 */
export async function restoreRevision(
  runtime: Runtime,
  id: string,
  head: number,
  number: number,
  by: string,
  now: Instant,
): Promise<SaveOutcome> {
  const past = await readStory(runtime.env.DB, id, number);
  if (!past) return { kind: "unknown" };
  const { slug } = past.story.live === null ? past.revision : past.story;
  const article = JSON.parse(past.revision.model) as Draft["article"];
  const draft = { ...(slug === null ? {} : { slug }), article, replaces: true };
  return saveStory(runtime, id, head, draft, by, now);
}

/** The outcome of a request to publish. */
export type PublishOutcome =
  /** It is carried out at `at`; `published` is when the article comes out, if that is another time. */
  | { readonly kind: "due"; readonly at: Instant; readonly published: Instant | null }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  | { readonly kind: "outdated"; readonly story: Story }
  | { readonly kind: "busy" }
  | { readonly kind: "unknown" };

/** What is to be published. */
interface Asked {
  readonly revision: number;
  /** When the article comes out; at once where it is missing. */
  readonly at?: Instant;
  /** The same by the clocks of the site. */
  readonly local?: string;
  /** An article that is withdrawn comes back. */
  readonly restore?: boolean;
  /** Comes out with it. */
  readonly correction?: Pick<StoryCorrection, "kind" | "text"> | undefined;
}

/**
 * Makes a revision's publication pending, if it is the newest; it is carried out once it can no longer be
 * undone. `at` is the article's publication date. Problems are reported now. @throws Error, when D1 fails.
 */
export async function publishStory(
  { env, site }: Runtime,
  id: string,
  { revision, at: instant, local, restore = false, correction }: Asked,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<PublishOutcome> {
  const story = await readStory(env.DB, id);
  if (!story) return { kind: "unknown" };
  if (story.revision.number !== revision) return { kind: "outdated", story };
  const clock = local === undefined ? ok(instant) : atSiteClock(local, site, now);
  if (!clock.ok) return { kind: "invalid", problems: clock.problems };
  const at = clock.value;
  const dueAt = addSeconds(now, undoSeconds(env));
  const added = correction ? [{ ...correction, id: 0, at: dueAt }] : [];
  const dates = { at: at ?? dueAt, now };
  const checked = checkStory({ ...story, corrections: [...story.corrections, ...added] }, dates, site);
  const problems = [...checked.problems, ...stateProblems(story, { at, restore, correction }, now)];
  if (problems.length > 0) return { kind: "invalid", problems };
  const due = { revision, at: dueAt, published: at ?? null, by: name, now, restore, correction };
  if (!(await setDue(env.DB, id, due))) {
    const current = await readStory(env.DB, id);
    if (!current) return { kind: "unknown" };
    return current.revision.number === revision ? { kind: "busy" } : { kind: "outdated", story: current };
  }
  await env.REBUILDS.send({ kind: "story", story: id }, { delaySeconds: undoSeconds(env) });
  return { kind: "due", at: dueAt, published: due.published };
}

/** For how many seconds a publication can be undone. */
export const undoSeconds = ({ UNDO_SECONDS: set }: Pick<Env, "UNDO_SECONDS">): number =>
  Number(set ?? UNDO_SECONDS);

/** Cancels a pending publication. False if there is none, or it is too late. @throws Error, when D1 fails. */
export const undoPublishing = (
  { env }: Runtime,
  id: string,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<boolean> => undoDue(env.DB, id, name, now);

/** When a story's article is to come out, or to change, and the time that it is now. */
export interface StoryDates {
  readonly at: Instant;
  readonly now: Instant;
}

/** A story as an article published at `at`, and all problems that would prevent that. */
export function checkStory(
  story: Story,
  dates: StoryDates,
  site: Site,
): {
  readonly slug: string;
  readonly article: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
} {
  const article = modelOf(story, dates);
  const input = check(articleInputSchema, article);
  const problems = [
    ...(input.ok ? [] : input.problems),
    ...unknownNames(article, site),
    ...slugProblems(story),
    ...altProblems(article),
  ];
  return { slug: slugOf(story), article, problems };
}

/**
 * The slug of the article: a published article keeps its own, any other gets the slug chosen with the
 * revision.
 */
function slugOf(story: Story): string {
  return chosenSlug(story) ?? slugify(headlineIn(story));
}

const chosenSlug = ({ story, revision }: Story): string | null =>
  story.live === null ? revision.slug : story.slug;

const headlineIn = ({ revision }: Story): string => headlineOf({ article: JSON.parse(revision.model) });

function slugProblems(story: Story): readonly Problem[] {
  const slug = check(slugField, slugOf(story));
  // Without a headline, only that is said: the address is made from it.
  if (slug.ok || (chosenSlug(story) === null && headlineIn(story) === "")) return [];
  return [
    {
      path: "slug",
      message: t(
        "is missing, and can't be made from the headline: choose the last part of the article's address",
      ),
    },
  ];
}

/** Why a story can't be changed whose article is edited elsewhere. */
const elsewhereProblem = ({ home, slug }: StoryRow): Problem => ({
  path: "",
  message: t("{where} Take it over before you change it here.", { where: whereEdited(home, slug ?? "") }),
});

/** What doesn't go with where the story's article stands. */
function stateProblems(
  { story }: Story,
  { at, restore, correction }: Omit<Asked, "revision" | "at"> & { readonly at: Instant | undefined },
  now: Instant,
): readonly Problem[] {
  if (isElsewhere(story)) return [elsewhereProblem(story)];
  const { live, published, withdrawn } = story;
  const isOut = live !== null && published !== null && published <= now;
  if (at !== undefined && isOut)
    return [{ path: "at", message: t("is for an article that isn't out yet: changes come out at once") }];
  if (withdrawn !== null && !restore)
    return [
      {
        path: "restore",
        message: t("must be true: the article was withdrawn on {time}", { time: withdrawn }),
      },
    ];
  if (correction && !isOut)
    return [
      {
        path: "correction",
        message: t("is for an article that is out: change what is wrong, and publish it"),
      },
    ];
  return [];
}

/**
 * The article with its corrections and dates. It is published at `at`; an article that is out keeps its date, and gets
 * `at` as `updated`.
 */
function modelOf(
  { story, revision, corrections }: Story,
  { at, now }: StoryDates,
): Readonly<Record<string, unknown>> {
  const {
    published: _,
    updated: __,
    ...typed
  } = JSON.parse(revision.model) as Readonly<Record<string, unknown>>;
  const { published } = story;
  const article = withCorrections(typed, corrections);
  return published === null || published > now
    ? { ...article, published: at }
    : { ...article, published, updated: latest([at, published]) };
}

/** Adds what was written at the desk behind the corrections that the text has of its own; each once. */
function withCorrections(
  article: Readonly<Record<string, unknown>>,
  written: readonly StoryCorrection[],
): Readonly<Record<string, unknown>> {
  const { corrections = [] } = article;
  if (!Array.isArray(corrections)) return article;
  const known = new Set(corrections.map(keyOf));
  const added = written
    .filter(({ at }) => at !== null)
    .map(({ at, kind, text }) => ({ at, kind, text }))
    .filter((one) => !known.has(keyOf(one)));
  return added.length === 0 ? article : { ...article, corrections: [...corrections, ...added] };
}

const keyOf = (correction: Readonly<Record<string, unknown>> | null): string =>
  JSON.stringify([correction?.at, correction?.kind, correction?.text]);

/** How a withdrawal ended. */
export type StoryWithdrawal = "withdrawn" | "not-out" | "busy" | "unknown";

/**
 * Withdraws a story's article: its page is gone, and feeds show a notice. What is about to be published isn't any more.
 * An urgent act: it is done too where somebody changed the article elsewhere. @throws Error, when D1 fails.
 */
export async function withdrawStory(
  runtime: Runtime,
  id: string,
  asked: z.infer<typeof withdrawSchema>,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<StoryWithdrawal> {
  const read = await readStory(runtime.env.DB, id);
  if (!read) return "unknown";
  const { live, slug } = read.story;
  if (live === null || slug === null) return "not-out";
  const outcome = await withdrawArticle(runtime, slug, { ...asked, silent: false }, now);
  if (outcome === undefined || outcome === "busy") return outcome ?? "not-out";
  // Nothing else gives it: no version was asked for.
  if ("outdated" in outcome) return "busy";
  await noteTakenBack(runtime.env.DB, id, outcome.version, "withdrawn", name, now);
  return "withdrawn";
}

/** Carries out a story's publication if it is due. Idempotent. @throws Error, to be retried. */
export async function publishDue(runtime: Runtime, id: string, now: Instant): Promise<void> {
  const { env } = runtime;
  const claimed = await claimDue(env.DB, id, now);
  if (!claimed) return;
  const { story, revision } = claimed;
  const by = story.dueBy ?? revision.by;
  // One that is withdrawn comes back: that was asked for, or it has another version than the one that is expected.
  const at = story.duePublished ?? story.dueAt ?? now;
  const model = { ...modelOf(claimed, { at, now }), restore: true };
  const input = check(articleInputSchema, model);
  const correction = claimed.corrections.findLast(({ at }) => at !== null)?.id ?? 0;
  if (!input.ok) return endDue(env.DB, id, revision.number, { problems: input.problems }, by, now);
  const request = {
    slug: slugOf(claimed),
    input: input.value,
    digest: await sha256(JSON.stringify(model)),
    home: "desk",
    by,
    expectedVersion: story.liveVersion ?? "none",
  } as const;
  const outcome = await putArticle(runtime, request, now);
  if (outcome.kind === "busy") throw new Error(`others kept changing the article of story ${id}`);
  const published = (version: number) => ({
    slug: request.slug,
    version,
    published: input.value.published,
    correction,
  });
  const end =
    outcome.kind === "stored"
      ? published(outcome.record.version)
      : isStoredByUs(outcome, by)
        ? published(outcome.version)
        : { problems: problemsOf(outcome) };
  await endDue(env.DB, id, revision.number, end, by, now);
  log("story-published", { story: id, revision: revision.number, end: outcome.kind });
}

type NotStored = Exclude<PutOutcome, { readonly kind: "stored" | "busy" }>;

/** True if an earlier attempt stored the article, without storing its outcome. */
const isStoredByUs = (
  outcome: NotStored,
  by: string,
): outcome is Extract<NotStored, { readonly kind: "outdated" }> =>
  outcome.kind === "outdated" &&
  outcome.version > 0 &&
  outcome.differences.length === 0 &&
  outcome.origin?.home === "desk" &&
  outcome.origin.sentBy === by;

function problemsOf(outcome: NotStored): readonly Problem[] {
  if (outcome.kind === "invalid") return outcome.problems;
  if (outcome.kind === "conflict") return [{ path: "", message: outcome.message }];
  const name = outcome.origin?.sentBy ?? t("somebody");
  const message =
    outcome.version === 0
      ? t("this story's article no longer exists")
      : outcome.origin?.home === "desk"
        ? t("an article with this address is out already, or was changed elsewhere; {name} sent it last", {
            name,
          })
        : t("an article with this address was changed by {name}, and not at the desk", { name });
  return [{ path: "slug", message }, ...outcome.differences];
}

/**
 * Messages for stories whose publication is late because its message got lost. @throws Error, when D1 fails.
 */
export async function lateStoryMessages({ env }: Runtime, now: Instant) {
  const ids = await lateStories(env.DB, addSeconds(now, -CLAIM_SECONDS), LATE_LIMIT);
  return ids.map((story) => ({ kind: "story", story }) as const);
}
