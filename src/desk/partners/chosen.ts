// The story or article that somebody tries a policy with.

import { articleBySlug } from "../../article/sql.ts";
import type { Runtime } from "../../env.ts";
import type { Instant } from "../../lib/time.ts";
import type { PartnerExplanation } from "../../partners/answers.ts";
import { explainDraft } from "../../partners/outlook.ts";
import { explainArticle } from "../../partners/report.ts";
import type { Tried } from "../../partners/trial.ts";
import { draftArticle } from "../stories/draft-article.ts";
import { readStory } from "../stories/sql.ts";

/** A story of the desk by its id, or a published article by its slug. */
export interface Choice {
  readonly story?: string | undefined;
  readonly article?: string | undefined;
}

/**
 * What the policy that is tried says of the chosen story, as its newest revision is, or of the article; null if nothing
 * was chosen, undefined if there is no such story or article. @throws Error, when D1 or R2 fails.
 */
export async function explainChoice(
  runtime: Runtime,
  { record, feed }: Tried,
  { story, article }: Choice,
  now: Instant,
): Promise<PartnerExplanation | null | undefined> {
  if (story !== undefined) {
    const read = await readStory(runtime.env.DB, story);
    if (!read) return undefined;
    const draft = await draftArticle(runtime, read, now);
    const facts = { version: (read.story.liveVersion ?? 0) + 1, changedAt: now };
    const at = draft.article.published > now ? draft.article.published : now;
    return explainDraft(runtime, record, draft.article, facts, at);
  }
  if (article === undefined) return null;
  const found = await articleBySlug(runtime.env.DB, article);
  return found && explainArticle(runtime, record, found.article.slug, now, feed);
}
