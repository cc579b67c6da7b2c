// What may be done with partners, for the API and for the desk. Each act is in the journal, with who did it.

import type { Home } from "../article/article.ts";
import type { Runtime } from "../env.ts";
import { partnerKey } from "../feeds/feed.ts";
import { randomSecret } from "../http/auth.ts";
import { sha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import type { Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { addressesOf, credentialsHeader, TOKEN_PREFIX } from "./access.ts";
import type { IssuedToken, PartnerSummary, WebhookDelivery, WebhookSecret } from "./answers.ts";
import { checkPolicy } from "./policy.ts";
import {
  type Doer,
  noteHome,
  type PartnerOverview,
  type PartnerRecord,
  partnerById,
  partnerOverviews,
} from "./sql.ts";
import { enableWebhook, retryWebhook, rotateSecret } from "./sql-webhooks.ts";
import { queueWebhooks, webhookSecrets } from "./webhooks.ts";

/** The first digits of a token's hash are its name. */
const NAME_DIGITS = 8;

/** What became of a policy that was sent. */
export type PolicyOutcome =
  | {
      readonly kind: "stored";
      readonly change: "created" | "updated" | "unchanged";
      readonly overview: PartnerOverview;
    }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
  /** It was changed there last, so only there it may be changed. */
  | { readonly kind: "elsewhere"; readonly home: Home | undefined }
  /** Another policy is stored than the one that was to be replaced. */
  | { readonly kind: "outdated" }
  /** Somebody removed the partner meanwhile. */
  | { readonly kind: "removed" };

/** Who sends a policy, and which one they replace. */
export interface PolicySent extends Pick<Doer, "by"> {
  /** Missing: unchanged; `api` for a new partner. */
  readonly home?: Home | undefined;
  /** The digest of the only policy that may be replaced; null: there must be none; missing: any. */
  readonly expected?: string | null | undefined;
}

/** Stores a partner's policy, if it is a valid one with this id. @throws Error, when D1 fails. */
export async function storePolicy(
  { env, site }: Runtime,
  id: string,
  input: unknown,
  { home, by, expected }: PolicySent,
): Promise<PolicyOutcome> {
  const checked = checkPolicy(input, site);
  const problems = [...(checked.ok ? [] : checked.problems), ...otherId(input, id)];
  if (!checked.ok || problems.length > 0) return { kind: "invalid", problems };

  const policy = checked.value;
  const digest = await sha256(JSON.stringify(policy));
  const before = await partnerById(env.DB, id);
  if (expected !== undefined && (before?.digest ?? null) !== expected) return { kind: "outdated" };
  const change = before === undefined ? "created" : before.digest === digest ? "unchanged" : "updated";
  if (change === "updated" && before && !mayReplace(before.home, { home, expected }))
    return { kind: "elsewhere", home: before.home };
  if (change !== "unchanged") {
    const sender = { home: home ?? "api", by, expected };
    const isStored = await env.PARTNERS.getByName(partnerKey(id).feed).change(policy, digest, sender);
    if (!isStored) return { kind: "outdated" };
    log("partner-stored", { partner: id, change });
  } else if (home !== undefined && home !== "desk" && home !== before?.home) await noteHome(env.DB, id, home);
  const [overview] = await partnerOverviews(env.DB, id);
  return overview ? { kind: "stored", change, overview } : { kind: "removed" };
}

/**
 * The desk leaves git's files to git, `wireroom publish` replaces nothing that the desk wrote, and a program
 * only what it has read, unless it says that it is the home from now on.
 */
function mayReplace(
  stored: Home | undefined,
  { home, expected }: Pick<PolicySent, "home" | "expected">,
): boolean {
  if (stored === "git") return home !== "desk";
  return (
    stored !== "desk" || home === "desk" || home === "api" || (home === undefined && expected !== undefined)
  );
}

/** A policy's id must be that of the address. A missing id is the schema's problem. */
export function otherId(input: unknown, id: string): readonly Problem[] {
  const given: unknown = typeof input === "object" && input !== null && "id" in input ? input.id : id;
  return given === id ? [] : [{ path: "id", message: t('must be "{id}", as in the address', { id }) }];
}

/** A partner as lists show it. */
export function summaryOf(
  { site }: Pick<Runtime, "site">,
  { record: { policy, webhookDisabled, home }, facts }: PartnerOverview,
): PartnerSummary {
  const { id, name, enabled, profile, access } = policy;
  return {
    ...{ id, name, enabled, profile, access, home: home ?? null },
    ...addressesOf(policy, site),
    ...facts,
    push: policy.push === undefined ? null : (webhookDisabled ?? "on"),
  };
}

/** Removes a partner; false if there is none with this id. @throws Error, when D1 fails. */
export async function removePartner({ env }: Runtime, id: string, by: string): Promise<boolean> {
  const { feed } = partnerKey(id);
  if (!(await partnerById(env.DB, id)) || !(await env.PARTNERS.getByName(feed).remove(feed, by)))
    return false;
  log("partner-removed", { partner: id });
  return true;
}

/**
 * Makes a token, which is in no other answer. `full`: the partner has `TOKEN_LIMIT` already. @throws Error,
 * when D1 fails.
 */
export async function issueToken(
  { env, site }: Runtime,
  { policy }: PartnerRecord,
  doer: Doer,
): Promise<IssuedToken | "full"> {
  const token = TOKEN_PREFIX + randomSecret();
  const hash = await sha256(token);
  const { feed } = partnerKey(policy.id);
  if (!(await env.PARTNERS.getByName(feed).addToken(feed, hash, doer))) return "full";
  const name = hash.slice(0, NAME_DIGITS);
  log("token-issued", { partner: policy.id, name });
  return {
    name,
    token,
    url: addressesOf(policy, site, token).url,
    header: credentialsHeader(policy, token),
  };
}

/** Revokes a token by its name; false if the partner has none of that name. @throws Error, when D1 fails. */
export async function revokeToken({ env }: Runtime, id: string, name: string, doer: Doer): Promise<boolean> {
  const { feed } = partnerKey(id);
  const isKnown = (await partnerById(env.DB, id)) !== undefined;
  const isRevoked = isKnown && (await env.PARTNERS.getByName(feed).dropToken(feed, name, doer));
  if (isRevoked) log("token-revoked", { partner: id, name });
  return isRevoked;
}

/** A partner's webhook and its secrets; `none` without `push`, `closed` without WEBHOOK_SECRET. */
export async function webhookOf(
  { env }: Runtime,
  record: PartnerRecord,
  now: Instant,
): Promise<WebhookSecret | "none" | "closed"> {
  const { push } = record.policy;
  if (!push) return "none";
  if (!env.WEBHOOK_SECRET) return "closed";
  const [secret = "", previous] = await webhookSecrets(env.WEBHOOK_SECRET, record, now);
  return { url: push.url, secret, previous: previous ?? null, off: record.webhookDisabled ?? null };
}

/** Makes a new secret; the previous one signs too for a while. @throws Error, when D1 fails. */
export const makeSecret = ({ env }: Runtime, id: string, doer: Doer): Promise<void> =>
  rotateSecret(env.DB, id, doer);

/** Enables a webhook, and sends what waits. @throws Error, when D1 or the queue fails. */
export async function switchOn(runtime: Runtime, id: string, doer: Doer): Promise<void> {
  await enableWebhook(runtime.env.DB, id, doer);
  await queueWebhooks(runtime, doer.at);
}

/** Sends a webhook again; undefined if there is none. @throws Error, when D1 or the queue fails. */
export async function sendAgain(
  runtime: Runtime,
  id: number,
  doer: Doer,
): Promise<WebhookDelivery | "delivered" | undefined> {
  const delivery = await retryWebhook(runtime.env.DB, id, doer);
  if (delivery !== undefined && delivery !== "delivered") await queueWebhooks(runtime, doer.at);
  return delivery;
}
