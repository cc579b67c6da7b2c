// The servers that the Worker calls: subscribers, an outside hub, a partner's webhook. Each records what it was sent.

import { type Outgoing, SITE_URL } from "./cloud.ts";
import { HUB, PARTNER } from "./site.ts";
import type { Witness } from "./witness.ts";
import { clock, type World } from "./world.ts";

/** All of these servers. */
export class Outside {
  /** The delivered bodies, by subscriber and document. */
  readonly delivered = new Map<string, readonly string[]>();
  /** When the outside hub was last told of each document: milliseconds since 1970. */
  readonly heard = new Map<string, number>();
  /** The last webhook event for each article. */
  readonly told = new Map<string, { readonly version: number; readonly type: string }>();
  /** Subscribers that failed at some time, so that deliveries reach them only after a retry. */
  readonly refused = new Set<string>();
  readonly #refusesUntil = new Map<string, number>();
  readonly #world: World;
  readonly #witness: Witness;

  constructor(world: World, witness: Witness) {
    this.#world = world;
    this.#witness = witness;
  }

  /** A subscriber answers 503 until then: milliseconds since 1970. */
  refuse(who: string, until: number): void {
    this.refused.add(who);
    this.#refusesUntil.set(who, until);
  }

  answer(request: Outgoing) {
    const { origin } = request.url;
    if (origin === new URL(HUB).origin) return this.#hubAnswers(request);
    if (origin === new URL(PARTNER.push.url).origin) return this.#partnerAnswers(request);
    return this.#subscriberAnswers(request);
  }

  #hubAnswers({ body }: Outgoing) {
    const { pathname } = new URL(new URLSearchParams(body).get("hub.url") ?? SITE_URL);
    this.#world.note(`     the outside hub hears of ${pathname}`);
    this.heard.set(pathname, clock.now);
    return { status: 204 };
  }

  #partnerAnswers({ body }: Outgoing) {
    const { type, data } = JSON.parse(body) as {
      readonly type: string;
      readonly data: { readonly url: string; readonly version: number };
    };
    const slug = new URL(data.url).pathname.replace("/articles/", "");
    this.#world.note(`     the partner is told of ${slug}: ${type} ${data.version}`);
    const isTheirs = this.#witness.sent.some(
      ({ slug: of, revision }) =>
        of === slug && revision?.section === "news" && revision.published <= clock.now,
    );
    if (!isTheirs) this.#witness.broken("stranger", `the partner is told of ${slug}: ${type}`);
    // An event may be delivered twice, and late.
    const before = this.told.get(slug);
    if (!before || before.version <= data.version) this.told.set(slug, { version: data.version, type });
    return { status: 204 };
  }

  #subscriberAnswers({ method, url, headers, body }: Outgoing) {
    const who = url.hostname;
    if ((this.#refusesUntil.get(who) ?? 0) > clock.now) return { status: 503 };
    const link = /<([^>]+)>; rel="self"/.exec(headers.get("Link") ?? "")?.[1];
    const path = new URL(url.searchParams.get("hub.topic") ?? link ?? SITE_URL).pathname;
    const name = `${who} ${path}`;
    // If a subscription is denied because of an injected failure, that breaks no promise.
    if (url.searchParams.get("hub.mode") === "denied") return { status: 200 };
    if (method === "GET") {
      return { status: 200, body: url.searchParams.get("hub.challenge") ?? "" };
    }
    this.#world.note(`     ${who} is told of ${path}`);
    this.delivered.set(name, [...(this.delivered.get(name) ?? []), body]);
    const { now } = clock;
    this.#witness.saw({ viewer: who, path, kind: "delivery", text: body, at: now, askedAt: now });
    return { status: 204 };
  }
}
