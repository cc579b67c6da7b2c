// What the API answers of partners and their webhooks, a zod schema each, as in api/answers.ts. The Worker imports
// types alone (lib/answer-fields.ts says why).

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import {
  type AnswerOf,
  count,
  day,
  described,
  flag,
  instant,
  laterOrNull,
  problemsSchema,
  statusCode,
  text,
} from "../lib/answer-fields.ts";
import { ACCESS_KINDS, DELIVERY_STATES, EVENTS, PROFILE_NAMES, policySchema } from "./policy.ts";

const summary = {
  id: text,
  name: text,
  enabled: flag,
  profile: z.enum(PROFILE_NAMES),
  access: z.enum(ACCESS_KINDS),
  home: described(
    laterOrNull(z.enum(HOMES)),
    "who sent its policy: `git` is `wireroom publish`, `api` another program; null: unknown",
  ),
  url: described(text, "of the feed; `{token}` stands where the token is part of it"),
  page: described(text, "for the partner's engineers"),
  items: count,
  bytes: count,
  version: count,
  builtAt: z.nullable(instant),
  staleSince: z.nullable(instant),
  lastError: z.nullable(text),
  /** Null for a partner that never came. */
  lastFetch: z.nullable(z.object({ minute: instant, status: statusCode })),
  /** A token's name is the first eight digits of its SHA-256. */
  tokens: z.array(
    z.object({
      name: text,
      madeAt: instant,
      usedAt: described(
        laterOrNull(instant),
        "the minute in which it was last used; null: never, or before that was recorded",
      ),
    }),
  ),
  /** Null where the policy names no webhook. */
  push: described(z.nullable(text), "`on`, or when and why the webhook was disabled"),
};

/** One row of `GET /api/partners`, and the answer to PUT. */
export const partnerSchema = z.object({
  ...summary,
  /** What the PUT did; missing in lists. */
  change: z.exactOptional(z.enum(["created", "updated", "unchanged"])),
});

export type PartnerSummary = AnswerOf<typeof partnerSchema>;

/** `GET /api/partners`. */
export const partnersSchema = z.array(partnerSchema);

/** An article in a partner's feed, or left out of it. */
export const partnerItemSchema = z.object({
  slug: text,
  headline: text,
  published: instant,
  problems: described(problemsSchema, "why it is left out, or what may be wrong with it"),
});

export type PartnerItem = AnswerOf<typeof partnerItemSchema>;

const includedSchema = z.object({
  ...partnerItemSchema.shape,
  version: described(laterOrNull(count), "version that the feed holds"),
  held: described(
    laterOrNull(z.object({ version: count, at: instant })),
    "version that the partner has, and the minute of its first fetch; null: none",
  ),
});

/** An article in a partner's feed, and what the partner has of it. */
export type IncludedItem = AnswerOf<typeof includedSchema>;

/** `GET /api/partners/{id}`. */
export const partnerReportSchema = z.object({
  ...summary,
  policy: policySchema,
  included: z.array(includedSchema),
  leftOut: z.array(partnerItemSchema),
  /** Newest first, a row a day. */
  days: z.array(z.object({ day, fetches: count, bytes: count })),
});

export type PartnerReport = AnswerOf<typeof partnerReportSchema>;

/** One row of `GET /api/gaps`: something that a partner should have, and has not. */
const gapSchema = z.object({
  partner: text,
  slug: text,
  headline: text,
  version: described(count, "version that the partner lacks"),
  kind: described(
    z.enum(["never", "older", "retracted", "refused"]),
    "`never`: it was never fetched; `older`: an older version was; `retracted`: it was fetched, and its withdrawal was not; `refused`: the format's linter keeps it out of the feed",
  ),
  since: instant,
  has: described(z.nullable(count), "version that the partner has"),
  problems: described(problemsSchema, "what the linter found; empty for what wasn't fetched"),
});

export type Gap = AnswerOf<typeof gapSchema>;

/** `GET /api/gaps`. */
export const gapsSchema = z.array(gapSchema);

/** `POST /api/partners/{id}/trial`: what a policy would do if it were stored. */
export const trialSchema = z.object({
  change: described(z.enum(["created", "updated", "unchanged"]), "what a PUT of the policy would do"),
  /** Keys of the policy whose meaning changes, in words; null where the key says nothing. */
  rules: z.array(z.object({ key: text, before: z.nullable(text), after: z.nullable(text) })),
  /** Articles in the feed. */
  before: count,
  after: count,
  joins: described(z.array(partnerItemSchema), "articles that would come into the feed, newest first"),
  leaves: described(
    z.array(
      z.object({
        ...partnerItemSchema.shape,
        fetched: described(z.nullable(count), "version that the partner has, and keeps"),
      }),
    ),
    "articles that would leave the feed without a sign, newest first",
  ),
  signs: described(count, "signs of withdrawn articles that would leave the feed"),
  rewritten: described(count, "articles that stay, with other contents"),
  /** At most 100 of the newest articles, scheduled ones too. */
  newest: z.array(
    z.object({
      ...partnerItemSchema.shape,
      included: flag,
      was: described(z.nullable(flag), "whether it is in the feed now; null for a new partner"),
    }),
  ),
  chosen: described(z.nullable(z.lazy(() => explanationSchema)), "the article or story that was asked for"),
});

export type PolicyTrial = AnswerOf<typeof trialSchema>;

const ruleSchema = z.object({
  /** The key of the policy, or `profile`: `select.sections`, `delay`. */
  rule: text,
  passed: flag,
  /** One sentence without a full stop. */
  says: text,
});

/** What one rule says of an article. */
export type RuleVerdict = AnswerOf<typeof ruleSchema>;

/** `GET /api/partners/{id}/articles/{slug}`: rule by rule, why an article is in the feed or not. */
export const explanationSchema = z.object({
  slug: text,
  headline: text,
  included: flag,
  rules: z.array(ruleSchema),
  ledger: described(
    z.nullable(
      z.object({
        /** Null while nobody has fetched it. */
        firstServed: z.nullable(instant),
        lastFetched: described(z.nullable(count), "version that the partner has"),
        current: described(count, "version that the feed holds"),
        event: z.enum(EVENTS),
        /** True when the partner has fetched the feed since it holds `current`. */
        fetchedSince: flag,
      }),
    ),
    "null: it was never in the feed",
  ),
});

export type PartnerExplanation = AnswerOf<typeof explanationSchema>;

/** Answer to `POST /api/partners/{id}/tokens`: the only time that the token is seen. */
export const issuedTokenSchema = z.object({
  name: text,
  token: text,
  /** Address of the feed, with the token where it is part of it. */
  url: text,
  /** Header that brings the token, as `Authorization: …`; null where the address does. */
  header: z.nullable(text),
});

export type IssuedToken = AnswerOf<typeof issuedTokenSchema>;

/** Answer to DELETE of a token. */
export const revokedSchema = z.object({ name: text, status: text });

/** Answer to DELETE of a partner. */
export const removedSchema = z.object({ id: text, status: text });

/** Answer to GET and POST of `/api/partners/{id}/webhook`: what a partner checks signatures with. */
export const webhookSecretSchema = z.object({
  url: text,
  secret: described(text, "`whsec_…`, as Standard Webhooks writes it"),
  previous: described(z.nullable(text), "the previous one, while it signs too"),
  off: described(z.nullable(text), "when and why it was disabled"),
});

export type WebhookSecret = AnswerOf<typeof webhookSecretSchema>;

/** One row of `GET /api/deliveries`, and the answer to a retry. */
export const deliverySchema = z.object({
  id: count,
  partner: text,
  event: z.enum(EVENTS),
  article: described(text, "its id"),
  slug: laterOrNull(text),
  headline: laterOrNull(text),
  version: count,
  /** When it happened. */
  at: instant,
  state: z.enum(DELIVERY_STATES),
  attempts: count,
  /** When it is tried next; null for what is delivered or dead. */
  nextAt: z.nullable(instant),
  answer: described(z.nullable(text), "what the partner's server answered last"),
});

export type WebhookDelivery = AnswerOf<typeof deliverySchema>;

/** `GET /api/deliveries`. */
export const deliveriesSchema = z.array(deliverySchema);
