// Rendering stored articles again: after a change of settings or renderer, and without images that were
// removed.

import { ownMedia, withFacts, withoutMedia } from "../article/own-pictures.ts";
import type { ArticleRecord } from "../article/sql.ts";
import type { RenderMessage, Runtime } from "../env.ts";
import { requestRebuilds } from "../feeds/rebuild.ts";
import { sendAll, slices } from "../lib/batches.ts";
import { log } from "../lib/log.ts";
import { type Problem, problemLine } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import { findMedia, removeMedia } from "../pictures/sql.ts";
import { commitRecord, nextVersion, placementsOf } from "./commit.ts";
import { fingerprintOf, isCurrent, renderEntries, withHashes } from "./entries.ts";
import {
  articlesToRender,
  articlesWith,
  outdateArticlesWithMedia,
  type Rerendered,
  recordProblem,
  recordRenderedWith,
  renderedWith,
  replaceEntries,
  storedFingerprints,
} from "./sql.ts";

/**
 * Articles of a message: of each up to four queries, of the 50 that an invocation may make on the Free plan.
 */
const BATCH = 8;

/** Messages of the queue that render articles again, eight ids each. */
export const rerenderMessages = (ids: readonly string[]): readonly RenderMessage[] =>
  slices(ids, BATCH).map((some) => ({ kind: "articles", ids: some }));

/**
 * Queues at most `limit` articles that were rendered with other settings than today's, newest first. `thorough`
 * looks even if an earlier check found none: isolates from before a deploy may still be running. Returns how many.
 */
export async function rerenderOutdated(
  { env, site, fingerprint }: Runtime,
  limit: number,
  thorough: boolean,
): Promise<number> {
  const { settings, least } = await renderedWith(env.DB);
  // An image that was removed leaves an empty fingerprint, which is the least.
  if (settings === fingerprint && !thorough && least !== "") return 0;
  const stored = await storedFingerprints(env.DB);
  const current = await Promise.all(stored.map((one) => isCurrent(one, site)));
  const outdated = stored.filter((_, index) => !current[index]);
  const found = outdated.length === 0 ? fingerprint : null;
  if (settings !== found) await recordRenderedWith(env.DB, found);
  const ids = found === null ? await articlesWith(env.DB, outdated, limit) : [];
  await sendAll(env.RENDERS, rerenderMessages(ids));
  return ids.length;
}

/**
 * Removes an image and its renditions for good: their addresses answer 410 at once, and every article that
 * shows one is rendered without it. False when there is no such image.
 */
export async function removeImage(runtime: Runtime, sha256: string, now: Instant): Promise<boolean> {
  const { env } = runtime;
  const removed = await removeMedia(env.DB, env.MEDIA, sha256, now);
  if (removed.length === 0) return false;
  const ids = await outdateArticlesWithMedia(env.DB, removed);
  log("image-removed", { sha256, renditions: removed.length - 1, articles: ids.length });
  // One by one: each takes as many queries as a PUT.
  await sendAll(
    env.RENDERS,
    ids.flatMap((id) => rerenderMessages([id])),
  );
  return true;
}

/**
 * Renders articles again: after a change of settings, without images that were removed, with what those have
 * now.
 */
export async function rerender(runtime: Runtime, ids: readonly string[], now: Instant): Promise<void> {
  const { env, site } = runtime;
  const stored = await articlesToRender(env.DB, ids);
  const media = await findMedia(
    env.DB,
    stored.flatMap(({ record }) => ownMedia(record.article)),
  );
  const done: Rerendered[] = [];
  for (const one of stored) {
    const { article, withdrawn } = one.record;
    const removed = ownMedia(article).filter((hash) => media.get(hash)?.removedAt);
    // A withdrawn article shows no image anyway: its notice is rendered like any other entry.
    if (removed.length > 0 && !withdrawn) {
      // That takes as many queries as a PUT.
      if (stored.length === 1) await withoutImages(runtime, one.record, removed, now);
      else await sendAll(env.RENDERS, rerenderMessages([article.id]));
    } else if (!(await isCurrent(one.fingerprint, site))) {
      const record: ArticleRecord = { ...one.record, article: withFacts(article, media) };
      const rendered = renderEntries(record, site);
      if (rendered.ok) {
        const entries = await withHashes(rendered.value);
        const fingerprint = await fingerprintOf(record, site);
        done.push({ ...one, record, fingerprint, entries, placements: placementsOf(record) });
      } else await reportProblems(runtime, record, rendered.problems, "the article keeps its old entries");
    }
  }
  if (done.length === 0) return;
  const marked = await replaceEntries(env.DB, done, now);
  log("rendered", { articles: done.map(({ record }) => record.article.slug) });
  // Of many articles rendered in a row only the first need ask; should its rebuild come too soon, cron asks
  // again.
  await requestRebuilds(runtime, marked);
}

async function withoutImages(
  runtime: Runtime,
  record: ArticleRecord,
  removed: readonly string[],
  now: Instant,
) {
  const article = withoutMedia(record.article, removed);
  const next: ArticleRecord = { ...nextVersion(record), article };
  const rendered = renderEntries(next, runtime.site);
  // Its old entries show the image, so one that can't be rendered leaves the feeds until it can.
  const entries = rendered.ok ? rendered.value : [];
  const done = await commitRecord(runtime, next, now, {
    entries,
    placements: placementsOf(next),
    tombstones: [],
    sameText: true,
  });
  if (!done) throw new Error(`${article.slug} was changed meanwhile`);
  if (!rendered.ok) await reportProblems(runtime, next, rendered.problems, "the article is in no feed");
  log("published", { slug: article.slug, id: article.id, version: next.version, change: "image-removed" });
}

async function reportProblems(
  { env, site }: Runtime,
  record: ArticleRecord,
  problems: readonly Problem[],
  what: string,
): Promise<void> {
  const { id, slug } = record.article;
  const reason = problems.map(problemLine).join("; ");
  await recordProblem(env.DB, record, await fingerprintOf(record, site), reason);
  log("error", { slug, id, what, reason });
}
