// What a partner would make of an article that isn't stored, or not in this version: whether it gets it,
// when, which rule says no, and what the profile's linter finds. Nothing of it is noted.

import type { StoredArticle } from "../article/article.ts";
import { resolveKnown } from "../article/resolve.ts";
import type { Runtime } from "../env.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { problemLine } from "../lib/problem.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import type { PartnerExplanation, RuleVerdict } from "./answers.ts";
import { itemOf, type Rendered, renderArticle, unwritable } from "./partner-item.ts";
import { secondsOf } from "./policy.ts";
import { type Finding, type Profile, refusalIn } from "./profile.ts";
import { PROFILES } from "./profiles/index.ts";
import { withPermittedPictures } from "./restrict-pictures.ts";
import { explainRules } from "./selection.ts";
import { allPartners, type PartnerRecord } from "./sql.ts";
import type { PartnerCandidate } from "./sql-items.ts";

/** Whether a partner gets an article. */
type OutlookVerdict =
  /** From when; missing: at once, under an embargo until its publication. */
  | { readonly gets: true; readonly from?: Instant }
  /** Which rule says no, and why. */
  | { readonly gets: false; readonly rule: string; readonly says: string };

/** A partner's view of an article. */
export interface Outlook {
  readonly id: string;
  readonly name: string;
  readonly profile: Profile;
  readonly verdict: OutlookVerdict;
  /** What its linter finds; empty if no rule selects the article. */
  readonly findings: readonly Finding[];
  /** The entry; missing if no rule selects the article. */
  readonly rendered?: Rendered;
}

/** What is known of an article beside itself. */
export interface DraftFacts {
  readonly version: number;
  /** When this version is stored. */
  readonly changedAt: Instant;
}

/**
 * What a profile's linter says of an article's words. Pictures are not looked at: they may be converted yet.
 * Pure.
 */
export function textFindings(
  { policy }: PartnerRecord,
  stored: StoredArticle,
  { version, changedAt }: DraftFacts,
  site: Runtime["site"],
): readonly Finding[] {
  const profile = PROFILES[policy.profile];
  const { article } = resolveKnown(stored, site);
  const facts = { version, changedAt, embargoed: false };
  try {
    const item = itemOf(
      withPermittedPictures(article, policy.images, site.url),
      facts,
      policy,
      profile,
      site,
    );
    return profile.lint(item, site).filter(({ path }) => !path.startsWith("images"));
  } catch (error) {
    // A text that can't be cut keeps the article out.
    return [{ ...unwritable(profile, error), level: "refusal" }];
  }
}

/** The first rule that keeps an article from a partner at `at`; undefined where none does. Pure. */
export function refusingRule(
  record: PartnerRecord,
  article: StoredArticle,
  facts: DraftFacts,
  site: Runtime["site"],
  at: Instant,
): Pick<RuleVerdict, "rule" | "says"> | undefined {
  const rules = explainRules(record.policy, candidateOf(article, facts), site, at);
  // That it comes later is no refusal.
  const refusing = rules.find(({ rule, passed }) => !passed && !WAITING.has(rule));
  return refusing && { rule: refusing.rule, says: refusing.says };
}

/** Rules that say when an article comes. */
const WAITING: ReadonlySet<string> = new Set(["published", "delay", "embargoed"]);

/** Partners that an article is tried on at once; each may cost two queries of D1. */
const PARTNER_LIMIT = 15;

/**
 * What the partners would make of `article` at `at`, and how many weren't asked. @throws Error, when D1 or R2
 * fails.
 */
export async function outlooksOf(
  runtime: Runtime,
  article: StoredArticle,
  facts: DraftFacts,
  at: Instant,
): Promise<{ readonly partners: readonly Outlook[]; readonly others: number }> {
  const records = await allPartners(runtime.env.DB);
  const partners: Outlook[] = [];
  // One after the other: D1 takes few queries at once.
  for (const record of records.slice(0, PARTNER_LIMIT))
    partners.push(await outlookOf(runtime, record, article, facts, at));
  return { partners, others: records.length - partners.length };
}

/**
 * What a partner would make of `article` at `at`. Pictures that its profile wants in another form are
 * converted, and kept for when the article is published. @throws Error, when D1 or R2 fails.
 */
async function outlookOf(
  runtime: Runtime,
  record: PartnerRecord,
  article: StoredArticle,
  facts: DraftFacts,
  at: Instant,
): Promise<Outlook> {
  const { policy } = record;
  const profile = PROFILES[policy.profile];
  const about = { id: policy.id, name: policy.name, profile };
  const refusing = refusingRule(record, article, facts, runtime.site, at);
  if (refusing) return { ...about, verdict: { gets: false, ...refusing }, findings: [] };
  const candidate = candidateOf(article, facts);
  const state = policy.embargoed && article.published > at ? "embargoed" : "published";
  const rendered = await renderArticle({ candidate, state }, article, { ...runtime, record, profile });
  const refusal = refusalIn(rendered.problems);
  const verdict: OutlookVerdict = refusal
    ? { gets: false, rule: `profile ${profile.name}`, says: problemLine(refusal) }
    : policy.embargoed
      ? { gets: true }
      : { gets: true, from: addSeconds(article.published, secondsOf(policy.delay)) };
  return { ...about, verdict, findings: rendered.problems, rendered };
}

/**
 * The same rule by rule: what each says of `article` at `at`, and last the linter, if the others let it in.
 * @throws Error, when D1 or R2 fails.
 */
export async function explainDraft(
  runtime: Runtime,
  record: PartnerRecord,
  article: StoredArticle,
  facts: DraftFacts,
  at: Instant,
): Promise<PartnerExplanation> {
  const rules = [...explainRules(record.policy, candidateOf(article, facts), runtime.site, at)];
  const outlook = await outlookOf(runtime, record, article, facts, at);
  if (outlook.rendered) {
    const refusal = refusalIn(outlook.findings);
    const told = (refusal ? [refusal] : outlook.findings).map(problemLine);
    rules.push({ rule: "profile", passed: !refusal, says: told.join("; ") || t("finds no problem") });
  }
  return {
    ...{ slug: article.slug, headline: article.headline, rules, ledger: null },
    included: rules.every(({ passed }) => passed),
  };
}

const candidateOf = (article: StoredArticle, { version, changedAt }: DraftFacts): PartnerCandidate => {
  const { id, slug, url, headline, published, expires, section, tags, language } = article;
  return {
    ...{ id, slug, headline, version, published, changedAt, tags },
    ...omitUndefined({ url, expires, section, language }),
    ...{ syndicate: article.syndicate, sponsored: article.sponsored },
    ...{ noticed: true, known: false, corrections: article.corrections.length },
  };
};
