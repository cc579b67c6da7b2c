// A partner's document: which articles it holds now, an entry of each made once for this partner and kept in D1, and the
// ledger of what changed, in the transaction that gives the document its version.

import type { D1PreparedStatement } from "@cloudflare/workers-types";
import { uriOf } from "../article/article-id.ts";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { shortHash, tagDay } from "../feeds/build.ts";
import { copyOf } from "../feeds/cache.ts";
import { type PartnerDocument, partnerKey } from "../feeds/feed.ts";
import type { FeedRow } from "../feeds/sql.ts";
import { absolute } from "../lib/address.ts";
import { sha256 } from "../lib/digest.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { type Instant, latest } from "../lib/time.ts";
import { chooseItems } from "./feed-items.ts";
import type { Workshop } from "./partner-item.ts";
import type { PartnerEvent } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";
import { type Choice, type Chosen, goneAt } from "./selection.ts";
import type { PartnerRecord } from "./sql.ts";
import { bodiesAndLedger, forgetItems, type PartnerCandidate, storeItems } from "./sql-items.ts";
import { addToLedger, type LedgerEntry } from "./sql-ledger.ts";
import { addWebhooks } from "./sql-webhooks.ts";

/** What the ledger gets, and the partner's server. */
type News = Omit<LedgerEntry, "feedVersion"> & {
  readonly url: string;
  /** False under an embargo: the article is in the feed, but no webhook may call it published yet. */
  readonly isOut: boolean;
};

/** Rules by which an article can still be left out after its entry was made. */
const MADE_AND_LEFT_OUT: ReadonlySet<string> = new Set(["profile", "limits", "retraction"]);

/** A partner's document that is put together, and what D1 is to know with it. */
export interface PartnerDraft {
  /** Hash of `bytes`. */
  readonly hash: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
  readonly items: number;
  readonly nextChange?: Instant;
  /** The document's row, read with what it is made of. */
  readonly row: FeedRow | undefined;
  /** The partner's server is to be told of something. */
  readonly hasWebhooks: boolean;
  /** What belongs in the transaction that notes it as a version. */
  readonly also: (version: number) => readonly D1PreparedStatement[];
}

/**
 * The document as it is now for whoever may have it: KV's copy where that is what D1 names, else what the partner's object
 * makes. @throws Error, when the object fails, or has another policy than `record` by now.
 */
export async function partnerDocument(
  runtime: Runtime,
  { record, row }: { readonly record: PartnerRecord; readonly row: FeedRow | undefined },
  now: Instant,
): Promise<PartnerDocument> {
  const { env, fingerprint } = runtime;
  const key = partnerKey(record.policy.id);
  const isFresh = row?.stale_since === null && row.fingerprint === fingerprint;
  const isKnown = isFresh && (row.next_change === null || row.next_change > now);
  const copy = isKnown ? await copyOf(runtime, key) : undefined;
  if (copy && copy.version === row?.version) return copy;
  const asked = { digest: record.digest, mark: row?.mark ?? 0, isMissing: isKnown && !copy };
  return env.PARTNERS.getByName(key.feed).current(key.feed, asked);
}

/** Puts a partner's document together as it is at `now`. @throws Error, when D1 fails, or the signal has come. */
export async function draftPartner(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
  signal: AbortSignal,
): Promise<PartnerDraft> {
  const { env, site } = runtime;
  const { policy, digest } = record;
  const profile = PROFILES[policy.profile];
  const workshop: Workshop = { ...runtime, record, profile };
  const choice = await chooseItems(workshop, now, signal);
  const { row, unkept, shown, leftOut } = choice;
  const listed = shown.filter(({ standing }) => profile.removal !== "tombstone" || standing !== "removed");
  const present = candidatesOf(shown.filter(({ standing }) => standing !== "removed"));
  const gone = candidatesOf([...shown, ...leftOut]).filter(
    ({ known, withdrawnAt, syndicate }) => known && (withdrawnAt !== undefined || !syndicate),
  );
  const made = new Map(unkept.map((item) => [item.articleId, item]));
  const { bodies, ledger } = await bodiesAndLedger(
    env.DB,
    policy.id,
    idsOf(listed).filter((id) => !made.has(id)),
    [...present, ...gone].map(({ id }) => id),
  );
  const entries = listed.map(({ candidate: { id, slug, item } }) => {
    const found = made.get(id) ?? bodies.get(id);
    if (!found || found.hash !== item?.hash) throw new Error(`the entry of ${slug} was replaced meanwhile`);
    return found.body;
  });
  const { open, close } = profile.envelope(envelopeOf(choice, workshop), site);
  const bytes = new TextEncoder().encode(open + entries.join(profile.separator) + close);
  const hash = shortHash(await sha256(bytes));
  const news = newsOf(shown, gone, ledger, site, now);
  // On the first build the partner fetches the whole feed anyway, so no webhooks are sent.
  const told = !row?.built_hash
    ? []
    : news.filter(({ event, isOut }) => isOut && policy.push?.events.includes(event));
  // What can't be sent keeps its reasons, so that it isn't made again by every build.
  const refused = leftOut.filter(({ rule }) => MADE_AND_LEFT_OUT.has(rule));
  return {
    ...{ hash, etag: `W/"${hash}"`, bytes, items: shown.length, row },
    ...(choice.nextChange ? { nextChange: choice.nextChange } : {}),
    hasWebhooks: told.length > 0,
    also: (version) => [
      ...storeItems(env.DB, policy.id, unkept),
      ...addToLedger(env.DB, policy.id, news, { feedVersion: version, digest }),
      ...addWebhooks(env.DB, policy.id, told, { digest, nextAt: now }),
      ...(version === row?.version ? [] : [forgetItems(env.DB, policy.id, idsOf([...shown, ...refused]))]),
    ],
  };
}

function envelopeOf({ shown }: Choice, { site, record: { policy }, profile }: Workshop) {
  const dates = shown.map(({ candidate, standing }) =>
    standing === "removed" ? goneAt(candidate) : (candidate.item?.dated ?? candidate.published),
  );
  return {
    id: `tag:${site.tag.authority},${site.tag.date}:partners/${policy.id}`,
    title: site.title,
    description: site.description,
    link: `${site.url}/`,
    ...(policy.access === "path" ? {} : { self: `${site.url}/partners/${policy.id}/${profile.file}` }),
    language: site.language,
    ...omitUndefined({ copyright: site.copyright }),
    ...(site.image === undefined ? {} : { image: absolute(site.url, site.image) }),
    updated: latest(dates) ?? tagDay(site),
    ttlMinutes: Math.max(1, Math.round(site.cache.maxAge / 60)),
    tombstones:
      profile.removal === "tombstone"
        ? shown
            .filter(({ standing }) => standing === "removed")
            .map(({ candidate }) => ({
              id: candidate.id,
              uri: uriOf(candidate.id, site.tag),
              at: goneAt(candidate),
            }))
        : [],
    archive: {},
  };
}

/**
 * What is new to the ledger: articles that are in the feed for the first time, of another version than before, or no longer
 * under an embargo, and those that are gone.
 */
function newsOf(
  shown: readonly Chosen[],
  gone: readonly PartnerCandidate[],
  ledger: readonly LedgerEntry[],
  site: Site,
  now: Instant,
): readonly News[] {
  const last = new Map(ledger.map((entry) => [entry.articleId, entry]));
  const news = (candidate: Chosen["candidate"], event: PartnerEvent, isOut = true): News => ({
    articleId: candidate.id,
    version: candidate.version,
    corrections: candidate.corrections,
    event,
    at: now,
    url: candidate.url ?? site.url + articlePath(candidate.slug),
    isOut,
  });
  return [
    ...shown.flatMap(({ candidate, standing }) => {
      if (standing === "removed") return [];
      const isOut = standing === "story";
      const before = last.get(candidate.id);
      const isReleased = isOut && before !== undefined && before.at < candidate.published;
      if (!before || isReleased) return [news(candidate, "article.published", isOut)];
      if (before.version === candidate.version) return [];
      if (before.event === "article.retracted") return [news(candidate, "article.published", isOut)];
      const corrected = candidate.corrections > before.corrections;
      return [news(candidate, corrected ? "article.corrected" : "article.updated", isOut)];
    }),
    ...gone
      .filter(({ id }) => last.has(id) && last.get(id)?.event !== "article.retracted")
      .map((candidate) => news(candidate, "article.retracted")),
  ];
}

const candidatesOf = (list: readonly Pick<Chosen, "candidate">[]) => list.map(({ candidate }) => candidate);
const idsOf = (list: readonly Pick<Chosen, "candidate">[]) => candidatesOf(list).map(({ id }) => id);
