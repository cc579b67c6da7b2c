// What the API answers of partners and their webhooks (partners/answers.ts), checked before anything is made of it.

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import {
  DELIVERY_STATES,
  type IssuedToken,
  type PartnerExplanation,
  type PartnerItem,
  type PartnerReport,
  type PartnerSummary,
  type WebhookDelivery,
  type WebhookSecret,
} from "../partners/answers.ts";
import { ACCESS_KINDS, EVENTS, PROFILE_NAMES, policySchema } from "../partners/policy.ts";

const text = z.string();
const maybe = z.nullable(text);
const flag = z.boolean();
const number = z.number();

const partnerFields = {
  id: text,
  name: text,
  enabled: flag,
  profile: z.enum(PROFILE_NAMES),
  access: z.enum(ACCESS_KINDS),
  // A Worker of before homes were noted says none.
  home: z._default(z.nullable(z.enum(HOMES)), null),
  url: text,
  page: text,
  items: number,
  bytes: number,
  version: number,
  builtAt: maybe,
  staleSince: maybe,
  lastError: maybe,
  lastFetch: z.nullable(z.object({ minute: text, status: number })),
  tokens: z.array(z.object({ name: text, madeAt: text })),
  push: maybe,
  change: z.exactOptional(z.enum(["created", "updated", "unchanged"])),
};

/** `PUT /api/partners/{id}`. */
export const partnerSchema = z.object(partnerFields) satisfies z.ZodMiniType<PartnerSummary>;

/** `GET /api/partners`. */
export const partnersSchema = z.array(partnerSchema);

const items = z.array(
  z.object({
    slug: text,
    headline: text,
    published: text,
    problems: z.array(z.object({ path: text, message: text })),
  }),
) satisfies z.ZodMiniType<readonly PartnerItem[]>;

/** `GET /api/partners/{id}`. */
export const partnerReportSchema = z.object({
  ...partnerFields,
  policy: policySchema,
  included: items,
  leftOut: items,
  days: z.array(z.object({ day: text, fetches: number, bytes: number })),
}) satisfies z.ZodMiniType<PartnerReport>;

/** `GET /api/partners/{id}/articles/{slug}`. */
export const explanationSchema = z.object({
  slug: text,
  headline: text,
  included: flag,
  rules: z.array(z.object({ rule: text, passed: flag, says: text })),
  ledger: z.nullable(
    z.object({
      firstServed: maybe,
      lastFetched: z.nullable(number),
      current: number,
      event: z.enum(EVENTS),
      fetchedSince: flag,
    }),
  ),
}) satisfies z.ZodMiniType<PartnerExplanation>;

/** `POST /api/partners/{id}/tokens`. */
export const issuedTokenSchema = z.object({
  name: text,
  token: text,
  url: text,
  header: maybe,
}) satisfies z.ZodMiniType<IssuedToken>;

/** `GET` and `POST /api/partners/{id}/webhook`. */
export const webhookSecretSchema = z.object({
  url: text,
  secret: text,
  previous: maybe,
  off: maybe,
}) satisfies z.ZodMiniType<WebhookSecret>;

/** `POST /api/deliveries/{id}/retry`. */
export const deliverySchema = z.object({
  id: number,
  partner: text,
  event: z.enum(EVENTS),
  article: text,
  version: number,
  at: text,
  state: z.enum(DELIVERY_STATES),
  attempts: number,
  nextAt: maybe,
  answer: maybe,
}) satisfies z.ZodMiniType<WebhookDelivery>;

/** `GET /api/deliveries`. */
export const deliveriesSchema = z.array(deliverySchema);
