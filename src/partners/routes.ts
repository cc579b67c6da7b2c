// Everything under /partners/: a partner's feed, and the page for the partner's engineers. Every request
// without valid credentials gets the same 401, whether or not there is such a partner. Credentials are
// checked against D1 before any cached copy is read, and never remembered, so a revoked token stops working
// at once.

import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { rawBytes, type StoredDocument } from "../feeds/feed.ts";
import type { FeedRow } from "../feeds/sql.ts";
import { equal } from "../http/auth.ts";
import { isNotModified, takesGzip } from "../http/conditional.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import { sha256 } from "../lib/digest.ts";
import { log, reasonOf } from "../lib/log.ts";
import { type Instant, imfFixdate, toInstant } from "../lib/time.ts";
import { viewOf } from "../pages/view.tsx";
import { partnerPath, readCredentials } from "./access.ts";
import { noteFetch, type PartnerFetch } from "./fetches.ts";
import { partnerDocument } from "./partner-document.ts";
import { partnerPage } from "./partner-page.tsx";
import type { Policy } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";
import { partnerItems } from "./report.ts";
import { type PartnerRecord, partnerForRequest, TOKEN_LIMIT } from "./sql.ts";
import { fetchDays, lastFetches } from "./sql-ledger.ts";

const METHODS = "GET, HEAD";
const RETRY_SECONDS = "30";
const SHOWN_FETCHES = 20;
const SHOWN_DAYS = 14;
/**
 * Compared where the partner has fewer tokens, so that the check always takes the same time. No known text
 * has this hash.
 */
const NO_HASH = "0".repeat(64);
// RFC 9110 §11.6.1: one field, two challenges. Only the request decides which are sent, never the partner:
// the answer must not reveal who is one. Basic comes first, because Chromium reads only the first challenge
// of a field.
const BEARER = 'Bearer realm="Wireroom"';
const BEARER_AND_BASIC = `Basic realm="Wireroom", charset="UTF-8", ${BEARER}`;
/** Query of the page's address that has a browser ask for id and token: `/partners/portal/?login`. */
const LOGIN = "login";

/**
 * Headers of answers that aren't public: they aren't indexed, and no Referer is sent, since the address may
 * hold a token.
 */
const PRIVATE_HEADERS = { "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer" };

/** Which partner a request asks for, and whether it may see that partner's feed. */
interface Authentication {
  readonly record: PartnerRecord | undefined;
  /** The document's row in `feeds`. */
  readonly row: FeedRow | undefined;
  readonly isAllowed: boolean;
  /** The hash of the token that let it in; undefined without one. */
  readonly token: string | undefined;
  /** The path after the partner's id, and after the token where that is part of the path. */
  readonly rest: string;
}

/** A partner whose credentials were right. */
interface AuthenticatedPartner extends Pick<Authentication, "row" | "rest"> {
  readonly record: PartnerRecord;
}

/** Answers any request under /partners/. */
export async function partnerResponse(
  request: Request,
  runtime: Runtime,
  background: (work: Promise<unknown>) => void,
): Promise<Response> {
  const now = toInstant(new Date());
  try {
    const { record, row, isAllowed, token, rest } = await authenticate(request, runtime);
    const note = (fetch: PartnerFetch) => {
      if (record?.policy.enabled) noteFetch(runtime, record.policy.id, { ...fetch, token }, now, background);
    };
    if (record && isAllowed)
      return await authenticatedResponse(request, runtime, { record, row, rest }, now, note);
    note({ status: 401, bytes: 0, version: 0 });
    return text(401, "Only the partner with its token may see this.", {
      "WWW-Authenticate": challengeTo(request),
    });
  } catch (error) {
    // The path isn't logged: it may hold a token.
    log("error", { path: "/partners/", what: "the request failed", reason: reasonOf(error) });
    return unavailable();
  }
}

/**
 * Programs get both challenges, since some send a password only when asked. A browser would ask its user for
 * a password, which can't be right for a bearer partner. So it gets Basic only at `?login`, or after a wrong
 * password.
 */
function challengeTo({ headers, url }: Request): string {
  const isBrowser = headers.has("Sec-Fetch-Mode") || headers.get("Accept")?.includes("text/html") === true;
  const wantsLogin =
    new URL(url).searchParams.has(LOGIN) || /^Basic /i.test(headers.get("Authorization") ?? "");
  return isBrowser && !wantsLogin ? BEARER : BEARER_AND_BASIC;
}

/**
 * An unknown partner, a disabled one and a wrong token each cost one query and the same number of
 * comparisons.
 */
async function authenticate(request: Request, { env }: Runtime): Promise<Authentication> {
  const path = partnerPath(new URL(request.url).pathname);
  const { record, tokens, row } = await partnerForRequest(env.DB, path.id);
  const access = record?.policy.access ?? "bearer";
  const { token, rest } = readCredentials(access, path, request.headers.get("Authorization") ?? "");
  const hash = await sha256(token);
  const matches = await Promise.all(
    Array.from({ length: TOKEN_LIMIT }, (_, index) => equal(hash, tokens[index]?.hash ?? NO_HASH)),
  );
  const isAllowed = record?.policy.enabled === true && (matches.includes(true) || access === "public");
  return { record, row, isAllowed, token: matches.includes(true) ? hash : undefined, rest };
}

async function authenticatedResponse(
  request: Request,
  runtime: Runtime,
  partner: AuthenticatedPartner,
  now: Instant,
  note: (fetch: PartnerFetch) => void,
): Promise<Response> {
  const { policy } = partner.record;
  const { rest } = partner;
  const privacy = policy.access === "public" ? {} : PRIVATE_HEADERS;
  if (request.method !== "GET" && request.method !== "HEAD") {
    return text(405, "Only GET and HEAD.", { Allow: METHODS, ...privacy });
  }
  const { pathname } = new URL(request.url);
  if (rest === "")
    return text(301, "The page's address ends in a slash.", { Location: `${pathname}/`, ...privacy });
  if (rest === "/") return pageResponse(request, runtime, partner, now);
  const profile = PROFILES[policy.profile];
  if (rest !== `/${profile.file}`) return text(404, `There is only ${profile.file} here.`, privacy);
  try {
    const document = await partnerDocument(runtime, partner, now);
    return await documentResponse(request, document, headersOf(document, policy, runtime.site, now), note);
  } catch (error) {
    log("error", { partner: policy.id, what: "no source has the feed", reason: reasonOf(error) });
    note({ status: 503, bytes: 0, version: 0 });
    return unavailable();
  }
}

/** The page for the partner's engineers. */
async function pageResponse(
  request: Request,
  runtime: Runtime,
  partner: AuthenticatedPartner,
  now: Instant,
): Promise<Response> {
  const { env, site } = runtime;
  const { record } = partner;
  const { id, profile } = record.policy;
  const page = partnerPage({
    view: viewOf(site, now, [], []),
    policy: record.policy,
    profile: PROFILES[profile],
    feed: await partnerDocument(runtime, partner, now),
    ...(await partnerItems(runtime, record, now, "partner")),
    fetches: await lastFetches(env.DB, id, SHOWN_FETCHES),
    days: await fetchDays(env.DB, id, SHOWN_DAYS, now),
  });
  return new Response(request.method === "HEAD" ? null : page, {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": String(new TextEncoder().encode(page).byteLength),
      "Cache-Control": "private, no-cache",
      ...PAGE_SECURITY_HEADERS,
      ...PRIVATE_HEADERS,
    },
  });
}

async function documentResponse(
  request: Request,
  document: StoredDocument,
  headers: Headers,
  note: (fetch: PartnerFetch) => void,
): Promise<Response> {
  const isHead = request.method === "HEAD";
  const version = isHead ? 0 : document.version;
  const lastModified = Date.parse(document.changedAt);
  if (isNotModified(request.headers, { etag: document.etag, lastModified })) {
    note({ status: 304, bytes: 0, version });
    headers.delete("Content-Type");
    return new Response(null, { status: 304, headers });
  }
  const gzip = takesGzip(request);
  const length = gzip ? document.gzip.byteLength : document.length;
  headers.set("Content-Length", String(length));
  if (gzip) headers.set("Content-Encoding", "gzip");
  note({ status: 200, bytes: isHead ? 0 : length, version });
  const body = isHead ? null : await (gzip ? document.gzip : rawBytes(document));
  // The body is gzipped already.
  return new Response(body, { headers, ...(gzip ? { encodeBody: "manual" } : {}) });
}

/**
 * A private feed is never answered from a cache, so that no copy outlives a token, an embargo or an expiry.
 */
function headersOf(document: StoredDocument, policy: Policy, { cache }: Site, now: Instant): Headers {
  const isPublic = policy.access === "public";
  // A second version within one second is dated ahead of the clock. Last-Modified must not be in the future.
  const shown = document.changedAt < now ? document.changedAt : now;
  return new Headers({
    ETag: document.etag,
    "Last-Modified": imfFixdate(shown),
    "Cache-Control": isPublic ? `public, max-age=${cache.maxAge}` : "private, no-cache",
    Vary: isPublic ? "Accept-Encoding" : "Accept-Encoding, Authorization",
    "Content-Type": `${PROFILES[policy.profile].mediaType}; charset=utf-8`,
    ...(isPublic ? {} : PRIVATE_HEADERS),
  });
}

const unavailable = (): Response =>
  text(503, "This can't be read just now. Try again in half a minute.", { "Retry-After": RETRY_SECONDS });

/** A line of text. It states its length, so that HEAD answers as GET does. */
function text(status: number, line: string, headers: Readonly<Record<string, string>>): Response {
  const body = `${line}\n`;
  return new Response(body, {
    status,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Length": String(new TextEncoder().encode(body).byteLength),
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}
