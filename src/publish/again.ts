// Rendering stored articles again: after a change of settings or renderer, and without images that were killed.

import { sendAll } from "../feeds/send.ts";
import { requestRebuilds } from "../feeds/touch.ts";
import { log } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import type { RebuildMessage } from "../model/messages.ts";
import type { Problem } from "../model/problem.ts";
import type { Instant } from "../model/time.ts";
import {
  type ArticleRecord,
  articleById,
  articlesOfOtherFingerprint,
  noteProblem,
  outdateArticlesWithMedia,
  replaceEntries,
  termsOfArticle,
} from "../store/articles.ts";
import { findMedia, killMedia } from "../store/media.ts";
import { commitRecord, nextVersion, placementsOf } from "./commit.ts";
import { renderEntries, withHashes } from "./entries.ts";
import { ownMedia, withFacts, withoutMedia } from "./media.ts";

/** Messages that have articles of another fingerprint rendered again, newest first; at most `limit`. */
export async function outdatedMessages(
  { env, fingerprint }: Runtime,
  limit: number,
): Promise<readonly RebuildMessage[]> {
  return (await articlesOfOtherFingerprint(env.DB, fingerprint, limit)).map((id) => ({
    kind: "article",
    id,
  }));
}

/**
 * Kills an image and what was made of it for partners: their addresses answer 410 at once, and every article that shows
 * one is rendered without it. False when there is no such image.
 */
export async function killImage(runtime: Runtime, sha256: string, now: Instant): Promise<boolean> {
  const { env } = runtime;
  const killed = await killMedia(env.DB, env.MEDIA, sha256, now);
  if (killed.length === 0) return false;
  const ids = await outdateArticlesWithMedia(env.DB, killed);
  log("image-killed", { sha256, renditions: killed.length - 1, articles: ids.length });
  await sendAll(
    env.REBUILDS,
    ids.map((id) => ({ kind: "article", id })),
  );
  return true;
}

/** Renders an article again: after a change of settings, without an image that was killed, with what one has now. */
export async function renderAgain(runtime: Runtime, id: string, now: Instant): Promise<void> {
  const { env, site, fingerprint } = runtime;
  const record = await articleById(env.DB, id);
  if (!record) return;
  const media = await findMedia(env.DB, ownMedia(record.article));
  const killed = [...media.values()].filter((image) => image.killedAt).map((image) => image.sha256);
  // A withdrawn article shows no image anyway: its notice is rendered like any other entry.
  if (killed.length > 0 && !record.withdrawn) return withoutImages(runtime, record, killed, now);
  if (record.fingerprint === fingerprint) return;

  const feeds = await termsOfArticle(env.DB, id);
  const current: ArticleRecord = { ...record, article: withFacts(record.article, media) };
  const rendered = renderEntries(current, site);
  if (rendered.ok) {
    const entries = await withHashes(rendered.value);
    const parts = { entries, placements: placementsOf(current), stale: feeds };
    const marked = await replaceEntries(env.DB, current, fingerprint, parts, now);
    log("rendered", { slug: record.article.slug, id });
    // Of many articles rendered in a row only the first need ask; should its rebuild come too soon, cron asks again.
    return requestRebuilds(runtime, marked);
  }
  await reportProblems(runtime, record, rendered.problems, "the article keeps its old entries");
}

async function withoutImages(
  runtime: Runtime,
  record: ArticleRecord,
  killed: readonly string[],
  now: Instant,
) {
  const article = withoutMedia(record.article, killed);
  const next: ArticleRecord = {
    ...nextVersion(record),
    article,
    fingerprint: runtime.fingerprint,
  };
  const rendered = renderEntries(next, runtime.site);
  // Its old entries show the image, so one that can't be rendered leaves the feeds until it can.
  const entries = rendered.ok ? rendered.value : [];
  const done = await commitRecord(runtime, next, now, {
    entries,
    placements: placementsOf(next),
    tombstones: [],
  });
  if (!done) throw new Error(`${article.slug} was changed meanwhile`);
  if (!rendered.ok) await reportProblems(runtime, next, rendered.problems, "the article is in no feed");
  log("published", { slug: article.slug, id: article.id, version: next.version, change: "image-killed" });
}

async function reportProblems(
  { env, fingerprint }: Runtime,
  record: ArticleRecord,
  problems: readonly Problem[],
  what: string,
): Promise<void> {
  const { id, slug } = record.article;
  const reason = problems.map(({ path, message }) => `${path} ${message}`).join("; ");
  await noteProblem(env.DB, record, fingerprint, reason);
  log("error", { slug, id, what, reason });
}
