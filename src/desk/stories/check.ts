// The checks of `wireroom check` on a draft: what keeps it from being published, what a sub-editor would say, and what each
// partner would make of its words. Nothing is stored.

import { HEADLINE_LETTERS } from "../../article/article.ts";
import type { Runtime } from "../../env.ts";
import { problemLine } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { refusingRule, textFindings } from "../../partners/outlook.ts";
import { refusalIn } from "../../partners/profile.ts";
import { PROFILES } from "../../partners/profiles/index.ts";
import { allPartners } from "../../partners/sql.ts";
import type { CheckAnswer } from "../answers.ts";
import { isAltProblem } from "../pictures/picture.ts";
import { draftArticle } from "./draft-article.ts";
import type { Story } from "./sql.ts";
import type { Draft } from "./stories.ts";

/** A story that is not stored. */
const UNSTORED: Story["story"] = {
  ...{ id: "", slug: null, head: 1, headline: "", changedAt: "" as Instant, changedBy: "" },
  ...{ live: null, liveVersion: null, published: null, withdrawn: null, home: null },
  ...{ due: null, dueAt: null, duePublished: null, dueBy: null, problems: [] },
  ...{ review: null, reviewAt: null, reviewBy: null, reviewNote: null },
};

/** Checks a draft, as the next revision of `story` if it is one's. @throws Error, when D1 fails. */
export async function checkDraft(
  runtime: Runtime,
  { slug, article: typed }: Draft,
  story: Story | undefined,
  now: Instant,
): Promise<CheckAnswer> {
  const { env, site } = runtime;
  const revision = { number: 1, slug: slug ?? null, model: JSON.stringify(typed), at: now, by: "" };
  const { article, problems, warnings } = await draftArticle(
    runtime,
    { story: story?.story ?? UNSTORED, corrections: story?.corrections ?? [], revision },
    now,
  );
  const facts = { version: (story?.story.liveVersion ?? 0) + 1, changedAt: now };
  const at = article.published > now ? article.published : now;
  const records = (await allPartners(env.DB)).filter(({ policy }) => policy.enabled);
  const partners = records.map((record) => {
    const { id, name } = record.policy;
    const refusing = refusingRule(record, article, facts, site, at);
    if (refusing) return { id, name, gets: false, ...refusing, findings: [] };
    const findings = textFindings(record, article, facts, site).map(({ level, path, message }) => ({
      ...{ level, path, message },
    }));
    const refusal = refusalIn(findings);
    const rule = refusal ? `profile ${record.policy.profile}` : null;
    const says = refusal ? problemLine(refusal) : null;
    return { id, name, gets: refusal === undefined, rule, says, findings };
  });
  const limits = records.flatMap(({ policy: { name, profile } }) => {
    const { headline } = PROFILES[profile].limits;
    return headline === undefined ? [] : [{ name, characters: headline }];
  });
  return {
    problems: problems.map(({ path, message }) => ({ path, message })),
    // At the desk somebody must say that a picture is decorative: until then it is a problem, and after that none.
    warnings: warnings.filter((one) => !isAltProblem(one)).map(({ path, message }) => ({ path, message })),
    headline: {
      characters: typeof typed.headline === "string" ? [...typed.headline.trim()].length : 0,
      limits: [{ name: t("Lists"), characters: HEADLINE_LETTERS }, ...limits],
    },
    partners,
  };
}
