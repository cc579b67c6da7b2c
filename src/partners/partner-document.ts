// A partner's document is built. A build selects the items, renders those that are missing, and
// compares them with the ledger. New ledger rows and webhooks are stored in the transaction that gives the
// document its version.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { shortHash, siteEnvelope } from "../feeds/build.ts";
import type { FeedRow } from "../feeds/sql.ts";
import { sha256 } from "../lib/digest.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Instant } from "../lib/time.ts";
import { feedItems } from "./feed-items.ts";
import type { PartnerEvent, Policy } from "./policy.ts";
import type { Profile } from "./profile.ts";
import { PROFILES } from "./profiles/index.ts";
import { removedAt, type SelectedItem } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import { bodiesAndLedger, forgetItems, type PartnerCandidate, storeItems } from "./sql-items.ts";
import { addToLedger, type LedgerEntry } from "./sql-ledger.ts";
import { addWebhooks } from "./sql-webhooks.ts";

/** A new row of the ledger, with what a webhook needs beside it. */
type ItemEvent = Omit<LedgerEntry, "feedVersion"> & {
  readonly url: string;
  /** False under an embargo: the article is in the feed, but no webhook may call it published yet. */
  readonly isPublic: boolean;
};

/** Rules that can leave an article out after its entry was rendered. */
const RULES_AFTER_RENDERING: ReadonlySet<string> = new Set(["profile", "limits", "retraction"]);

/** A partner's document that is built, but not stored. */
export interface PartnerDraft {
  /** Hash of `bytes`. */
  readonly hash: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
  /** How many. */
  readonly items: number;
  readonly nextChange?: Instant;
  /** The document's row in `feeds`, read together with the articles. */
  readonly row: FeedRow | undefined;
  /** Whether `statements` add webhooks. */
  readonly hasWebhooks: boolean;
  /** What belongs in the transaction that stores the draft as this version. */
  readonly statements: (version: number) => readonly D1PreparedStatement[];
}

/** Builds a partner's document as it is at `now`. @throws Error, when D1 fails, or `signal` is aborted. */
export async function draftPartner(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
  signal: AbortSignal,
): Promise<PartnerDraft> {
  const { env, site } = runtime;
  const { policy, digest } = record;
  const profile = PROFILES[policy.profile];
  const { row, unsaved, selected, leftOut, nextChange } = await feedItems(runtime, record, now, signal);
  const entries = selected.filter(({ state }) => profile.removal !== "tombstone" || state !== "removed");
  const present = candidatesOf(selected.filter(({ state }) => state !== "removed"));
  const removed = candidatesOf([...selected, ...leftOut]).filter(
    ({ known, withdrawnAt, syndicate }) => known && (withdrawnAt !== undefined || !syndicate),
  );
  const fresh = new Map(unsaved.map((item) => [item.articleId, item]));
  const { bodies, ledger } = await bodiesAndLedger(
    env.DB,
    policy.id,
    idsOf(entries).filter((id) => !fresh.has(id)),
    [...present, ...removed].map(({ id }) => id),
  );
  const texts = entries.map(({ candidate: { id, slug, item } }) => {
    const found = fresh.get(id) ?? bodies.get(id);
    if (!found || found.hash !== item?.hash) throw new Error(`the entry of ${slug} was replaced meanwhile`);
    return found.body;
  });
  const { open, close } = profile.envelope(envelopeOf(selected, policy, profile, site), site);
  const bytes = new TextEncoder().encode(open + texts.join(profile.separator) + close);
  const hash = shortHash(await sha256(bytes));
  const events = eventsSince(ledger, selected, removed, site, now);
  // The first build sends no webhooks, since the partner fetches the whole feed anyway.
  const announced = !row?.built_hash
    ? []
    : events.filter(({ event, isPublic }) => isPublic && policy.push?.events.includes(event));
  // Entries that were rendered and left out stay stored with their problems, so that no build renders them
  // again.
  const refused = leftOut.filter(({ rule }) => RULES_AFTER_RENDERING.has(rule));
  return {
    ...{ hash, etag: `W/"${hash}"`, bytes, items: selected.length, row },
    ...omitUndefined({ nextChange }),
    hasWebhooks: announced.length > 0,
    statements: (version) => [
      ...storeItems(env.DB, policy.id, unsaved),
      ...addToLedger(env.DB, policy.id, events, { feedVersion: version, digest }),
      ...addWebhooks(env.DB, policy.id, announced, { digest, nextAt: now }),
      ...(version === row?.version ? [] : [forgetItems(env.DB, policy.id, idsOf([...selected, ...refused]))]),
    ],
  };
}

function envelopeOf(selected: readonly SelectedItem[], policy: Policy, profile: Profile, site: Site) {
  const removed = candidatesOf(selected.filter(({ state }) => state === "removed")).map((one) => ({
    id: one.id,
    at: removedAt(one),
  }));
  const dates = selected.map(({ candidate, state }) =>
    state === "removed" ? removedAt(candidate) : (candidate.item?.dated ?? candidate.published),
  );
  return {
    id: `tag:${site.tag.authority},${site.tag.date}:partners/${policy.id}`,
    title: site.title,
    description: site.description,
    link: `${site.url}/`,
    ...(policy.access === "path" ? {} : { self: `${site.url}/partners/${policy.id}/${profile.file}` }),
    ...siteEnvelope(site, dates, profile.removal === "tombstone" ? removed : []),
    archive: {},
  };
}

/**
 * What happened since the ledger's last rows: an article is in the feed for the first time, in another
 * version, or no longer under an embargo; or it is removed.
 */
function eventsSince(
  ledger: readonly LedgerEntry[],
  selected: readonly SelectedItem[],
  removed: readonly PartnerCandidate[],
  site: Site,
  now: Instant,
): readonly ItemEvent[] {
  const last = new Map(ledger.map((entry) => [entry.articleId, entry]));
  const eventOf = (candidate: PartnerCandidate, event: PartnerEvent, isPublic = true): ItemEvent => ({
    articleId: candidate.id,
    version: candidate.version,
    corrections: candidate.corrections,
    event,
    at: now,
    url: candidate.url ?? site.url + articlePath(candidate.slug),
    isPublic,
  });
  return [
    ...selected.flatMap(({ candidate, state }) => {
      if (state === "removed") return [];
      const isPublic = state === "published";
      const before = last.get(candidate.id);
      const isReleased = isPublic && before !== undefined && before.at < candidate.published;
      if (!before || isReleased) return [eventOf(candidate, "article.published", isPublic)];
      if (before.version === candidate.version) return [];
      if (before.event === "article.retracted") return [eventOf(candidate, "article.published", isPublic)];
      const isCorrected = candidate.corrections > before.corrections;
      return [eventOf(candidate, isCorrected ? "article.corrected" : "article.updated", isPublic)];
    }),
    ...removed
      .filter(({ id }) => last.has(id) && last.get(id)?.event !== "article.retracted")
      .map((candidate) => eventOf(candidate, "article.retracted")),
  ];
}

const candidatesOf = (list: readonly Pick<SelectedItem, "candidate">[]) =>
  list.map(({ candidate }) => candidate);
const idsOf = (list: readonly Pick<SelectedItem, "candidate">[]) => candidatesOf(list).map(({ id }) => id);
