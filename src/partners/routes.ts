// Everything under /partners/: a partner's feed, and the page for the partner's engineers. Every request
// without valid credentials gets the same 401, whether or not there is such a partner.
//
// A poll reads KV's copy, whose metadata says who may read it, and asks the partner's object whether both are
// current. So a revoked token stops working at once, and no poll reads D1. If the object can't be reached, KV's
// copy stands. Credentials that KV's copy doesn't know are checked against D1. No isolate remembers them.

import type { Site } from "../article/site.ts";
import type { PartnerAccess, PartnerAnswer, PartnerCredentials, PartnerPoll, Runtime } from "../env.ts";
import { type OpenCopy, openCopy } from "../feeds/copies.ts";
import { type PartnerDocument, partnerKey, rawBytes } from "../feeds/feed.ts";
import { isNotModified, takesGzip } from "../http/conditional.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import { sha256 } from "../lib/digest.ts";
import { logError, unlessItFails } from "../lib/log.ts";
import { type Instant, imfFixdate, toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { viewOf } from "../pages/view.tsx";
import { admits, partnerPath, readCredentials } from "./access.ts";
import { noteFetch, type PartnerFetch, writeCounted } from "./fetches.ts";
import { partnerPage } from "./partner-page.tsx";
import { PROFILES } from "./profiles/index.ts";
import { partnerItems } from "./report.ts";
import { type PartnerRecord, partnerById, partnerWithTokens } from "./sql.ts";
import { fetchDays, lastFetches } from "./sql-ledger.ts";

const METHODS = "GET, HEAD";
const RETRY_SECONDS = "30";
const SHOWN_FETCHES = 20;
const SHOWN_DAYS = 14;
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

/** What is logged of a request's address. The rest may hold a token. */
const ADDRESS = { path: "/partners/" };

/** A request under a partner's address. */
interface Asked {
  readonly request: Request;
  readonly runtime: Runtime;
  readonly now: Instant;
  readonly path: ReturnType<typeof partnerPath>;
  readonly background: (work: Promise<unknown>) => void;
}

/** Its credentials, and whether they are right. */
interface Authentication {
  readonly credentials: PartnerCredentials;
  readonly isAllowed: boolean;
  /** The path after the partner's id, and after the token where that is part of the path. */
  readonly rest: string;
}

/** Answers any request under /partners/. */
export async function partnerResponse(
  request: Request,
  runtime: Runtime,
  background: (work: Promise<unknown>) => void,
): Promise<Response> {
  const path = partnerPath(new URL(request.url).pathname);
  const asked: Asked = { request, runtime, now: toInstant(new Date()), path, background };
  try {
    const copy = await unlessItFails("KV could not be read", ADDRESS, () =>
      openCopy(runtime.env, partnerKey(path.id)),
    );
    return (await fromCopy(asked, copy)) ?? (await fromD1(asked, copy?.access === undefined));
  } catch (error) {
    logError("the request failed", error, ADDRESS);
    return unavailable();
  }
}

/**
 * Answers a poll without D1: with KV's copy, if the credentials open it and the partner's object confirms both.
 * Undefined for whatever only D1 can answer, and that is every refusal: a wrong token takes as long as an
 * unknown id.
 */
async function fromCopy(asked: Asked, copy: OpenCopy | undefined): Promise<Response | undefined> {
  const { request } = asked;
  const access = copy?.access;
  const { credentials, isAllowed, rest } = await authenticate(asked, access);
  const isPoll = access && rest === `/${PROFILES[access.profile].file}` && isRead(request);
  if (!isAllowed || !isPoll) {
    await copy?.close();
    return undefined;
  }
  return polled(asked, {
    credentials,
    rest,
    document: await copy?.read(),
    isAdmitted: false,
    isMissing: false,
  });
}

/** Answers with what D1 says of the partner and its tokens. `isMissing`: KV lacks the copy. */
async function fromD1(asked: Asked, isMissing: boolean): Promise<Response> {
  const { request, runtime, now, path, background } = asked;
  const found = await partnerWithTokens(runtime.env.DB, path.id);
  const { credentials, isAllowed, rest } = await authenticate(asked, found?.access);
  if (found && isAllowed) {
    const answer = await authenticatedResponse(asked, found.record, { credentials, rest, isMissing });
    if (answer) return answer;
  }
  if (found?.access.enabled)
    noteFetch(runtime, path.id, { status: 401, bytes: 0, version: 0 }, now, background);
  return text(401, t("Only the partner with its token may see this."), {
    "WWW-Authenticate": challengeTo(request),
  });
}

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

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

/** Reads and checks credentials. An unknown partner costs the same number of comparisons. */
async function authenticate(
  { request, path }: Asked,
  access: PartnerAccess | undefined,
): Promise<Authentication> {
  const kind = access?.access ?? "bearer";
  const { token, rest } = readCredentials(kind, path, request.headers.get("Authorization") ?? "");
  const credentials = { access: kind, hash: await sha256(token) };
  return { credentials, isAllowed: await admits(access, credentials), rest };
}

/** Undefined if the partner's object refuses the credentials: they were changed meanwhile. */
async function authenticatedResponse(
  asked: Asked,
  { policy }: PartnerRecord,
  { credentials, rest, isMissing }: Omit<Authentication, "isAllowed"> & { readonly isMissing: boolean },
): Promise<Response | undefined> {
  const privacy = policy.access === "public" ? {} : PRIVATE_HEADERS;
  if (!isRead(asked.request)) return text(405, t("Only GET and HEAD."), { Allow: METHODS, ...privacy });
  const { pathname } = new URL(asked.request.url);
  if (rest === "")
    return text(301, t("The page's address ends in a slash."), { Location: `${pathname}/`, ...privacy });
  const profile = PROFILES[policy.profile];
  if (rest !== "/" && rest !== `/${profile.file}`)
    return text(404, t("There is only {names} here.", { names: profile.file }), privacy);
  return polled(asked, { credentials, rest, document: undefined, isAdmitted: true, isMissing });
}

/** What is known of a request with the right credentials. */
interface Poll extends Omit<Authentication, "isAllowed">, Pick<PartnerPoll, "isAdmitted" | "isMissing"> {
  /** KV's copy. */
  readonly document: PartnerDocument | undefined;
}

/** Asks the partner's object, and answers with the document or the page. Undefined if it refuses. */
async function polled(asked: Asked, poll: Poll): Promise<Response | undefined> {
  const { runtime, now, path, background } = asked;
  const { credentials, rest, document, isAdmitted, isMissing } = poll;
  const { feed } = partnerKey(path.id);
  const token = credentials.access === "public" ? {} : { token: credentials.hash };
  const note = (fetch: PartnerFetch) => noteFetch(runtime, path.id, { ...token, ...fetch }, now, background);
  const planned = document && plan(asked.request, document);
  let answer: PartnerAnswer;
  try {
    const fetch = planned && { ...token, ...planned.fetch };
    const version = document?.version ?? 0;
    answer = await runtime.env.PARTNERS.getByName(feed).poll(feed, {
      ...{ credentials, isAdmitted, version, fetch, isMissing },
    });
  } catch (error) {
    logError("the partner's object could not be reached", error, { partner: path.id });
    answer = mayServe(runtime, path.id, document, now) ? "current" : "failed";
    if (planned && answer === "current") note(planned.fetch);
  }
  if (answer === "refused") return undefined;
  if (answer === "current" && document && planned) return respond(asked, document, planned);
  if (answer === "current" || answer === "failed") {
    note({ status: 503, bytes: 0, version: 0 });
    return unavailable();
  }
  const { access } = answer;
  if (rest === "/") return pageResponse(asked, answer);
  // The policy was changed meanwhile.
  if (!access || rest !== `/${PROFILES[access.profile].file}`) return undefined;
  const found = plan(asked.request, answer);
  note(found.fetch);
  return respond(asked, answer, found);
}

/** Whether KV's copy may be served though the partner's object can't be reached. */
function mayServe(
  { isolate }: Runtime,
  id: string,
  document: PartnerDocument | undefined,
  now: Instant,
): boolean {
  if (!document || (document.nextChange !== undefined && document.nextChange <= now)) return false;
  return document.version >= (isolate.partnerVersions.get(id) ?? 0);
}

/** The page for the partner's engineers. */
async function pageResponse(
  { request, runtime, now, path: { id } }: Asked,
  document: PartnerDocument,
): Promise<Response | undefined> {
  const { env, site } = runtime;
  const record = await partnerById(env.DB, id);
  if (!record) return undefined;
  await writeCounted(runtime, id);
  const page = partnerPage({
    view: viewOf(site, now, [], []),
    policy: record.policy,
    profile: PROFILES[record.policy.profile],
    feed: document,
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

/** How a request is answered with a document. */
interface Plan {
  readonly fetch: PartnerFetch;
  readonly isGzip: boolean;
}

function plan(request: Request, document: PartnerDocument): Plan {
  const isHead = request.method === "HEAD";
  const isGzip = takesGzip(request);
  const lastModified = Date.parse(document.changedAt);
  const status = isNotModified(request.headers, { etag: document.etag, lastModified }) ? 304 : 200;
  const bytes = isHead || status === 304 ? 0 : isGzip ? document.gzip.byteLength : document.length;
  return { isGzip, fetch: { status, bytes, version: isHead ? 0 : document.version } };
}

async function respond(
  { request, runtime: { isolate, site }, now, path: { id } }: Asked,
  document: PartnerDocument,
  { isGzip, fetch: { status } }: Plan,
): Promise<Response> {
  const before = isolate.partnerVersions.get(id) ?? 0;
  isolate.partnerVersions.set(id, Math.max(before, document.version));
  const headers = headersOf(document, site, now);
  if (status === 304) {
    headers.delete("Content-Type");
    return new Response(null, { status, headers });
  }
  headers.set("Content-Length", String(isGzip ? document.gzip.byteLength : document.length));
  if (isGzip) headers.set("Content-Encoding", "gzip");
  const body = request.method === "HEAD" ? null : await (isGzip ? document.gzip : rawBytes(document));
  // The body is gzipped already.
  return new Response(body, { headers, ...(isGzip ? { encodeBody: "manual" } : {}) });
}

/**
 * A private feed is never answered from a cache, so that no copy outlives a token, an embargo or an expiry.
 */
function headersOf(document: PartnerDocument, { cache }: Site, now: Instant): Headers {
  const { access, profile } = document.access ?? { access: "bearer", profile: "rss" };
  const isPublic = access === "public";
  // A second version within one second is dated ahead of the clock. Last-Modified must not be in the future.
  const shown = document.changedAt < now ? document.changedAt : now;
  return new Headers({
    ETag: document.etag,
    "Last-Modified": imfFixdate(shown),
    "Cache-Control": isPublic ? `public, max-age=${cache.maxAge}` : "private, no-cache",
    Vary: isPublic ? "Accept-Encoding" : "Accept-Encoding, Authorization",
    "Content-Type": `${PROFILES[profile].mediaType}; charset=utf-8`,
    ...(isPublic ? {} : PRIVATE_HEADERS),
  });
}

const unavailable = (): Response =>
  text(503, t("This can't be read just now. Try again in half a minute."), { "Retry-After": RETRY_SECONDS });

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
