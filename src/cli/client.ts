// A client of the publishing API (docs/api.md): a method for each call.

import type * as z from "zod/mini";
import {
  type ArticleReceipt,
  type ArticleSummary,
  type Audience,
  articleListSchema,
  audienceSchema,
  type FeedStatus,
  feedsSchema,
  markedSchema,
  receiptSchema,
} from "../api/answers.ts";
import { type ArticleInput, articleInputSchema, type Home } from "../article/article.ts";
import { CliError } from "../content/finding.ts";
import {
  invitationSchema,
  pulledAnswerSchema,
  type StoryAnswer,
  type StorySummary,
  storiesSchema,
  storySchema,
} from "../desk/answers.ts";
import { check } from "../lib/problem.ts";
import {
  deliveriesSchema,
  deliverySchema,
  explanationSchema,
  type IssuedToken,
  issuedTokenSchema,
  type PartnerExplanation,
  type PartnerReport,
  type PartnerSummary,
  type PolicyTrial,
  partnerReportSchema,
  partnerSchema,
  partnersSchema,
  trialSchema,
  type WebhookDelivery,
  type WebhookSecret,
  webhookSecretSchema,
} from "../partners/answers.ts";
import {
  type Answer,
  answersAtAll,
  type Call,
  jsonOf,
  NO_ANSWER,
  type Refusal,
  send,
  Unreachable,
} from "./api-request.ts";
import type { Target } from "./target.ts";

/** A value, or why the Worker refused the call. */
export type Reply<T> = { readonly ok: true; readonly value: T } | Refusal;

/** The value. Throws `CliError` if the Worker refused: with its reason, or on a 404 without one with `missing`. */
export function expected<T>(reply: Reply<T>, missing: string): T {
  if (reply.ok) return reply.value;
  const { status, detail, title } = reply.problem;
  throw new CliError(detail ?? (status === 404 ? missing : title));
}

/** How an article is sent. */
export interface Sending {
  /** `git` where a content folder keeps it. */
  readonly home?: Home;
  /** The slug that it has had so far; the article moves from there. */
  readonly from?: string;
  /** The only version to replace; `none` only creates, and without `over` any version is replaced. */
  readonly over?: number | "none";
}

/** How an article is withdrawn. */
interface Withdrawing {
  /** Shown to readers. */
  readonly reason?: string | undefined;
  readonly silent?: boolean | undefined;
  readonly over?: number;
}

/** A Worker's publishing API. Every method throws `CliError` if no call could succeed (see `send`). */
export class Client {
  readonly #target: Target;
  readonly #firstWaitMs: number | undefined;
  readonly #signal: AbortSignal | undefined;

  /** `firstWaitMs`: how long to wait before the first retry, in milliseconds; `signal` ends every call. */
  constructor(target: Target, firstWaitMs?: number, signal?: AbortSignal) {
    this.#target = target;
    this.#firstWaitMs = firstWaitMs;
    this.#signal = signal;
  }

  /** The same client, whose calls throw once `signal` is aborted. */
  until(signal: AbortSignal): Client {
    return new Client(this.#target, this.#firstWaitMs, signal);
  }

  /** The Worker's address, without a trailing slash. */
  get url(): string {
    return this.#target.url;
  }

  /** All articles that the Worker has, withdrawn ones too. */
  async articles(): Promise<readonly ArticleSummary[]> {
    const all: ArticleSummary[] = [];
    let cursor: string | undefined;
    do {
      const path = `/api/articles${queryOf({ cursor })}`;
      const page = this.#expect(await this.#json(articleListSchema, { method: "GET", path }));
      all.push(...page.articles);
      cursor = page.next;
    } while (cursor !== undefined);
    return all;
  }

  /** One row of the list of articles; undefined if the Worker has no article of this slug. */
  async summary(slug: string): Promise<ArticleSummary | undefined> {
    const path = `/api/articles${queryOf({ limit: "1", cursor: cursorBefore(slug) })}`;
    const page = this.#expect(await this.#json(articleListSchema, { method: "GET", path }));
    return page.articles.find((article) => article.slug === slug);
  }

  /** One article as it can be sent again. */
  article(slug: string): Promise<Reply<ArticleInput>> {
    return this.#json(articleInputSchema, { method: "GET", path: `/api/articles/${slug}` });
  }

  /** Stores an article; `json` is an ArticleInput. */
  putArticle(
    slug: string,
    json: Uint8Array,
    { home, from, over }: Sending = {},
  ): Promise<Reply<ArticleReceipt>> {
    return this.#json(receiptSchema, {
      method: "PUT",
      path: `/api/articles/${slug}${queryOf({ home, from })}`,
      body: json,
      type: "application/json",
      ...(over === undefined ? {} : { headers: preconditionOf(over) }),
    });
  }

  /** Notes that a folder has version `version` of an article of the desk; `giveBack` makes git its home. */
  notePulled(
    slug: string,
    pulled: { readonly version: number; readonly digest: string; readonly giveBack: boolean },
  ): Promise<Reply<unknown>> {
    const body = new TextEncoder().encode(JSON.stringify(pulled));
    const path = `/api/articles/${slug}/pulled`;
    return this.#json(pulledAnswerSchema, { method: "POST", path, body, type: "application/json" });
  }

  /** All stories of the desk, without their texts. */
  async stories(): Promise<readonly StorySummary[]> {
    const all: StorySummary[] = [];
    let cursor: string | undefined;
    do {
      const path = `/api/stories${queryOf({ cursor })}`;
      const page = this.#expect(await this.#json(storiesSchema, { method: "GET", path }));
      all.push(...page.stories);
      cursor = page.next;
    } while (cursor !== undefined);
    return all;
  }

  /** A story with its newest revision. */
  story(id: string): Promise<Reply<StoryAnswer>> {
    return this.#json(storySchema, { method: "GET", path: `/api/stories/${encodeURIComponent(id)}` });
  }

  /** Withdraws an article; `silent` leaves no notice, and `over` is the only version to withdraw. */
  withdraw(slug: string, { reason, silent = false, over }: Withdrawing = {}): Promise<Reply<ArticleReceipt>> {
    const query = queryOf({ reason, silent: silent ? "true" : undefined });
    return this.#json(receiptSchema, {
      method: "DELETE",
      path: `/api/articles/${slug}${query}`,
      ...(over === undefined ? {} : { headers: preconditionOf(over) }),
    });
  }

  /** True if the Worker has this picture. */
  async hasImage(sha256: string): Promise<Reply<boolean>> {
    const reply = await this.#send({ method: "GET", path: `/api/media/${sha256}` });
    if (!reply.ok && reply.problem.status === 404) return { ok: true, value: false };
    return reply.ok ? { ok: true, value: true } : reply;
  }

  /** Stores a picture. */
  putImage(sha256: string, bytes: Uint8Array, type: string): Promise<Reply<void>> {
    return this.#done({ method: "PUT", path: `/api/media/${sha256}`, body: bytes, type });
  }

  /** The bytes at `/media/…`, and their SHA-256 by the ETag: another than in the address if metadata was stripped. */
  async image(path: string): Promise<Reply<{ readonly bytes: Uint8Array; readonly sha256: string }>> {
    const reply = await this.#send({ method: "GET", path });
    if (!reply.ok) return reply;
    return {
      ok: true,
      value: { bytes: reply.bytes, sha256: reply.headers.get("ETag")?.replaceAll('"', "") ?? "" },
    };
  }

  /** The state of every feed. */
  async feeds(): Promise<readonly FeedStatus[]> {
    return this.#expect(await this.#json(feedsSchema, { method: "GET", path: "/api/feeds" }));
  }

  /** Has every feed built anew. Returns the number of documents. */
  async rebuild(): Promise<number> {
    const reply = await this.#json(markedSchema, { method: "POST", path: "/api/rebuild" });
    return this.#expect(reply).marked;
  }

  /** Invites somebody to the desk; gives the address that signs them in, once; with Cloudflare Access, the desk's. */
  async invite(name: string, role: string, email?: string): Promise<{ readonly url: string }> {
    const body = new TextEncoder().encode(JSON.stringify({ name, role, email }));
    const call: Call = { method: "POST", path: "/api/people", body, type: "application/json" };
    return this.#expect(await this.#json(invitationSchema, call));
  }

  /** Deliveries to partners' webhooks, the newest first; `filter` is the query. */
  async deliveries(filter: Readonly<Record<string, string>>): Promise<readonly WebhookDelivery[]> {
    const path = `/api/deliveries?${new URLSearchParams(filter)}`;
    return this.#expect(await this.#json(deliveriesSchema, { method: "GET", path }));
  }

  /** Has a delivery sent again. */
  sendAgain(id: string): Promise<Reply<WebhookDelivery>> {
    const path = `/api/deliveries/${encodeURIComponent(id)}/retry`;
    return this.#json(deliverySchema, { method: "POST", path });
  }

  /** How many subscribers each feed has, as feed services report it. */
  async audience(): Promise<Audience> {
    return this.#expect(await this.#json(audienceSchema, { method: "GET", path: "/api/audience" }));
  }

  /** All partners. */
  async partners(): Promise<readonly PartnerSummary[]> {
    return this.#expect(await this.#json(partnersSchema, { method: "GET", path: "/api/partners" }));
  }

  /** A partner's policy, the articles in its feed and those left out, and its fetches by day. */
  partner(id: string): Promise<Reply<PartnerReport>> {
    return this.#json(partnerReportSchema, { method: "GET", path: partnerPath(id) });
  }

  /** Stores a policy; `json` is a Policy, and `home` says who sends it. */
  putPartner(id: string, json: Uint8Array, home: Home): Promise<Reply<PartnerSummary>> {
    return this.#json(partnerSchema, {
      method: "PUT",
      path: partnerPath(id) + queryOf({ home }),
      body: json,
      type: "application/json",
    });
  }

  /** What a policy would do if it were stored; with `article`, also rule by rule for that article. */
  tryPolicy(id: string, json: Uint8Array, article?: string): Promise<Reply<PolicyTrial>> {
    return this.#json(trialSchema, {
      method: "POST",
      path: partnerPath(id, "trial") + queryOf({ article }),
      body: json,
      type: "application/json",
    });
  }

  /** Removes a partner, its tokens and its ledger. */
  removePartner(id: string): Promise<Reply<void>> {
    return this.#done({ method: "DELETE", path: partnerPath(id) });
  }

  /** Rule by rule, why an article is in a partner's feed or not. */
  explain(id: string, slug: string): Promise<Reply<PartnerExplanation>> {
    return this.#json(explanationSchema, { method: "GET", path: partnerPath(id, "articles", slug) });
  }

  /** Makes a token. */
  issueToken(id: string): Promise<Reply<IssuedToken>> {
    return this.#json(issuedTokenSchema, { method: "POST", path: partnerPath(id, "tokens") });
  }

  /** Revokes a token by its name. */
  revokeToken(id: string, name: string): Promise<Reply<void>> {
    return this.#done({ method: "DELETE", path: partnerPath(id, "tokens", name) });
  }

  /** What a partner's webhooks are signed with; `rotate` makes a new secret first. */
  webhookSecret(id: string, rotate = false): Promise<Reply<WebhookSecret>> {
    return this.#json(webhookSecretSchema, {
      method: rotate ? "POST" : "GET",
      path: partnerPath(id, "webhook"),
    });
  }

  /** Enables a partner's webhook that was disabled, and has everything sent that is waiting. */
  switchOn(id: string): Promise<Reply<WebhookSecret>> {
    return this.#json(webhookSecretSchema, { method: "POST", path: partnerPath(id, "webhook", "on") });
  }

  async #done(call: Call): Promise<Reply<void>> {
    const reply = await this.#send(call);
    return reply.ok ? { ok: true, value: undefined } : reply;
  }

  async #send(call: Call): Promise<Answer | Refusal> {
    try {
      return await send(this.#target, call, this.#firstWaitMs, this.#signal);
    } catch (error) {
      // A POST may have been carried out. For the rest, a Worker that answers other calls refuses only this one.
      if (!(error instanceof Unreachable) || call.method === "POST") throw error;
      if (!(await answersAtAll(this.#target))) throw error;
      const title = `${call.method} ${call.path} got no answer: ${error.message}`;
      return { ok: false, problem: { type: "about:blank", title, status: NO_ANSWER } };
    }
  }

  async #json<T extends z.core.$ZodType>(schema: T, call: Call): Promise<Reply<z.core.output<T>>> {
    const reply = await this.#send(call);
    if (!reply.ok) return reply;
    const checked = check(schema, jsonOf(reply.bytes));
    if (checked.ok) return checked;
    const [first] = checked.problems;
    throw new CliError(
      `${this.#target.url} doesn't answer like a Wireroom: ${call.path} ${first?.path ?? ""} ${first?.message ?? ""}`,
    );
  }

  #expect<T>(reply: Reply<T>): T {
    if (reply.ok) return reply.value;
    const { status, detail, title } = reply.problem;
    const what = status === 503 ? "is not open for publishing" : `answered ${status}`;
    throw new CliError(`${this.#target.url} ${what}: ${detail ?? title}`);
  }
}

/** A cursor directly before this slug in the list's order: no character of slugs sorts after `~`. */
const cursorBefore = (slug: string): string =>
  `${slug.slice(0, -1)}${String.fromCharCode(slug.charCodeAt(slug.length - 1) - 1)}~`;

/** A query with its question mark; "" if it is empty. */
function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? "" : `?${query}`;
}

const preconditionOf = (over: number | "none"): Readonly<Record<string, string>> =>
  over === "none" ? { "if-none-match": "*" } : { "if-match": `"${over}"` };

const partnerPath = (...parts: readonly string[]): string =>
  `/api/partners/${parts.map(encodeURIComponent).join("/")}`;
