// Who the Worker calls: subscribers, an outside hub, a partner's server. Each answers, and remembers what it was told.

import { type Outgoing, SITE_URL } from "./cloud.ts";
import { HUB, PARTNER } from "./site.ts";
import type { Witness } from "./witness.ts";
import { clock, type World } from "./world.ts";

/** Everybody outside of the cloud. */
export class Outside {
  /** By subscriber and document: the bodies that came. */
  readonly delivered = new Map<string, readonly string[]>();
  /** By document: when the outside hub last heard of it. Milliseconds since 1970. */
  readonly heard = new Map<string, number>();
  /** By article: what the partner's server was last told of it. */
  readonly told = new Map<string, { readonly version: number; readonly type: string }>();
  /** Who failed at some time, and gets what was missed only after a while. */
  readonly refused = new Set<string>();
  readonly #refusesUntil = new Map<string, number>();
  readonly #world: World;
  readonly #witness: Witness;

  constructor(world: World, witness: Witness) {
    this.#world = world;
    this.#witness = witness;
  }

  /** Has a subscriber answer 503 until then: milliseconds since 1970. */
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
    // The same news may come twice, and late.
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
    // What goes wrong until the hub has heard the answer is nobody's fault.
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
