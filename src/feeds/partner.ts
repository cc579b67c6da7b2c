// A partner's document: which articles it holds now, an entry of each made once for this partner and kept in D1, and the
// ledger of what changed, in the transaction that gives the document its version.

import { absolute } from "../model/address.ts";
import { uriOf } from "../model/article-id.ts";
import { sha256 } from "../model/digest.ts";
import type { Runtime } from "../model/env.ts";
import { type Finished, type PartnerKey, partnerKey } from "../model/feed.ts";
import type { PartnerEvent } from "../model/partner.ts";
import { articlePath } from "../model/resolve.ts";
import { type Instant, latest } from "../model/time.ts";
import { type Choice, type Chosen, goneAt } from "../partners/choice.ts";
import type { Workshop } from "../partners/item.ts";
import { PROFILES } from "../partners/profiles/index.ts";
import { type FeedRow, feedRow, isKept } from "../store/feeds.ts";
import { forgetItems, itemBodies } from "../store/partner-feed.ts";
import { addToLedger, type LedgerEntry, ledgerOf } from "../store/partner-versions.ts";
import type { PartnerRecord } from "../store/partners.ts";
import { addWebhooks } from "../store/webhooks.ts";
import { tagDay } from "./assemble.ts";
import { documentSince } from "./cache.ts";
import { gzip } from "./document.ts";
import { chooseItems } from "./partner-choice.ts";
import { ATTEMPT_LIMIT, shortHash, versionOf } from "./version.ts";

/** What the ledger gets, and the partner's server. */
type News = Omit<LedgerEntry, "feedVersion"> & {
  readonly url: string;
  /** Of what is under an embargo the feed alone speaks: who is told that something is published takes it for that. */
  readonly isOut: boolean;
};

/** Rules that keep an entry out once it is made. */
const MADE_AND_LEFT_OUT: ReadonlySet<string> = new Set(["profile", "limits", "retraction"]);

/** A partner's document. */
type PartnerDocument = PartnerKey & Finished;

/** A document, what its row was before, and how many entries it has. */
interface BuiltPartner {
  readonly document: PartnerDocument;
  readonly row: FeedRow | undefined;
  readonly items: number;
}

/** The document as it is at `now`: KV's copy where D1 knows of nothing newer. @throws Error, when D1 fails. */
export async function partnerDocument(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
): Promise<PartnerDocument> {
  const key = partnerKey(record.policy.id);
  const row = await feedRow(runtime.env.DB, key);
  const build = async () => (await buildPartner(runtime, record, now)).document;
  if (!row || row.stale_since !== null || row.fingerprint !== runtime.fingerprint) return build();
  if (row.next_change !== null && row.next_change <= now) return build();
  return documentSince(runtime, key, row.version, build);
}

/** Builds a partner's document as it is at `now`. @throws Error, when D1 fails or other builds keep being faster. */
export async function buildPartner(
  runtime: Runtime,
  record: PartnerRecord,
  now: Instant,
): Promise<BuiltPartner> {
  const { env, site } = runtime;
  const { policy } = record;
  const key = partnerKey(policy.id);
  const profile = PROFILES[policy.profile];
  const workshop: Workshop = { ...runtime, record, profile };
  for (let attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
    const row = await feedRow(env.DB, key);
    if (row && !isKept(row, now)) throw new Error(`${policy.id} is no partner any more`);
    const choice = await chooseItems(workshop, now);
    const listed = choice.shown.filter(
      ({ standing }) => profile.removal !== "tombstone" || standing !== "removed",
    );
    const made = await itemBodies(env.DB, policy.id, idsOf(listed));
    // Made by another build since they were chosen: of another version, under another policy, or gone.
    if (listed.some(({ candidate: { id, item } }) => made.get(id)?.hash !== item?.hash)) continue;
    const entries = listed.map(({ candidate }) => made.get(candidate.id)?.body ?? "");
    const { open, close } = profile.envelope(envelopeOf(choice, workshop), site);
    const bytes = new TextEncoder().encode(open + entries.join(profile.separator) + close);
    const hash = shortHash(await sha256(bytes));
    const facts = { hash, etag: `W/"${hash}"`, items: choice.shown.length, bytes: bytes.byteLength };
    const news = await newsOf(choice, record, workshop, now);
    const identity = await versionOf(env.DB, key, row, facts, now, (version) => {
      const built = { feed: key.feed, version, hash };
      // Whoever is new has all of it to fetch, and need not be told of each.
      const told =
        row?.built_hash == null
          ? []
          : news.filter(({ event, isOut }) => isOut && policy.push?.events.includes(event));
      return [
        ...addToLedger(env.DB, policy.id, news, built),
        ...addWebhooks(env.DB, policy.id, told, built, now),
      ];
    });
    if (!identity) continue;
    if (identity.version !== row?.version) {
      // What can't be sent keeps its reasons, so that it isn't made again by every build.
      const refused = choice.leftOut.filter(({ rule }) => MADE_AND_LEFT_OUT.has(rule));
      await forgetItems(env.DB, policy.id, idsOf([...choice.shown, ...refused]));
    }
    const document: PartnerDocument = {
      ...key,
      ...identity,
      seq: 0,
      ...(choice.nextChange ? { nextChange: choice.nextChange } : {}),
      expiring: true,
      length: bytes.byteLength,
      gzip: await gzip(bytes),
      places: [],
    };
    return { document, row, items: choice.shown.length };
  }
  throw new Error(`the feed of ${policy.id} changed ${ATTEMPT_LIMIT} times while it was built`);
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
    ...(site.copyright === undefined ? {} : { copyright: site.copyright }),
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
async function newsOf(
  { shown, leftOut }: Choice,
  { policy }: PartnerRecord,
  { env, site }: Workshop,
  now: Instant,
): Promise<readonly News[]> {
  const present = shown.filter(({ standing }) => standing !== "removed");
  const gone = [...shown, ...leftOut]
    .map(({ candidate }) => candidate)
    .filter(({ known, withdrawnAt, syndicate }) => known && (withdrawnAt !== undefined || !syndicate));
  const ids = [...present.map(({ candidate }) => candidate), ...gone].map(({ id }) => id);
  const last = new Map((await ledgerOf(env.DB, policy.id, ids)).map((entry) => [entry.articleId, entry]));
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
    ...present.flatMap(({ candidate, standing }) => {
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

const idsOf = (list: readonly Pick<Chosen, "candidate">[]) => list.map(({ candidate }) => candidate.id);
