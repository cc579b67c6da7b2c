// Which requests of a message are made, and in which order, so that a host that answers nothing keeps nobody waiting. A
// host counts as dead once five requests in a row got no answer; then one request in five minutes is made, and the
// others fail at once. Any answer, an error too, makes the host count as alive. While D1 is down, all count as alive.

import type { D1Database } from "@cloudflare/workers-types";
import { log, reasonOf } from "../lib/log.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { CLAIM_SECONDS } from "./delivery-queue.ts";
import type { Answer } from "./outgoing-call.ts";
import { failingHosts, type HostReport, noteHosts } from "./sql.ts";

/** Unanswered requests in a row after which a host counts as dead. */
export const DEAD_AFTER = 5;
/** Time from an unanswered request until a dead host is tried again. */
const PROBE_SECONDS = 300;
/** An invocation may have six requests open; a seventh would wait while its own time ran. */
const AT_ONCE = 6;
const NOT_TRIED: Answer = { failure: "not tried: nothing has answered at its host lately" };

/**
 * Has each of some requests sent that may be tried. Resolves to their answers, in the order in which they came; undefined for what
 * `send` says needs not be sent any more.
 */
export async function callInTurn<One extends { readonly host: string | null }>(
  db: D1Database,
  ones: readonly One[],
  now: Instant,
  send: (one: One) => Promise<Answer | undefined>,
): Promise<readonly (readonly [One, Answer | undefined])[]> {
  const names = [...new Set(ones.map(({ host }) => host).filter((host) => host !== null))];
  const times = { now, nextAt: addSeconds(now, CLAIM_SECONDS), deadAfter: DEAD_AFTER };
  const failing = names.length === 0 ? [] : ((await unless(() => failingHosts(db, names, times))) ?? []);
  const failures = new Map(failing.map((one) => [one.host as string | null, one.failures]));
  const known = ones.map((one) => ({ one, host: one.host, failures: failures.get(one.host) ?? 0 }));
  const hosts = new Hosts(
    known,
    failing.filter(({ probe }) => probe).map(({ host }) => host),
  );
  const answers: (readonly [One, Answer | undefined])[] = [];
  const rest = inTurn(known).values();
  const lane = async (): Promise<void> => {
    for (const { one, host } of rest) {
      const isTried = hosts.mayTry(host);
      const answer = isTried ? await send(one) : NOT_TRIED;
      if (isTried && answer) hosts.note(host, "status" in answer);
      answers.push([one, answer]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const report = hosts.report();
  if (report.answered.length + report.failed.length > 0)
    await unless(() => noteHosts(db, report, addSeconds(now, PROBE_SECONDS)));
  return answers;
}

/** What D1 gives; undefined where it fails. */
async function unless<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    log("error", { what: "hosts that don't answer could not be looked up", reason: reasonOf(error) });
    return undefined;
  }
}

/** A callback's host, and how many requests in a row it didn't answer. Null is an external hub, which is always tried. */
interface Callback {
  readonly host: string | null;
  readonly failures: number;
}

/** Every host's first delivery before any host's second; last those of hosts that didn't answer lately. */
export function inTurn<One extends Callback>(deliveries: readonly One[]): readonly One[] {
  const seen = new Map<string | null, number>();
  const ranked = deliveries.map((one) => {
    const rank = seen.get(one.host) ?? 0;
    seen.set(one.host, rank + 1);
    return { one, rank };
  });
  return ranked.sort((a, b) => a.one.failures - b.one.failures || a.rank - b.rank).map(({ one }) => one);
}

/** The hosts of one message, while it is sent. `probes` are the dead ones of which one delivery is to be tried. */
export class Hosts {
  readonly #failures: Map<string | null, number>;
  readonly #probes: Set<string | null>;
  readonly #answered = new Set<string>();
  /** Hosts of which it is known that they didn't answer lately. */
  readonly #failing: ReadonlySet<string | null>;
  readonly #failed = new Map<string, number>();

  constructor(deliveries: readonly Callback[], probes: readonly string[]) {
    this.#failures = new Map(deliveries.map(({ host, failures }) => [host, failures]));
    this.#probes = new Set(probes);
    this.#failing = new Set(deliveries.filter(({ failures }) => failures > 0).map(({ host }) => host));
  }

  /** True when a delivery is to be tried; for a dead host only once. */
  mayTry(host: string | null): boolean {
    return (this.#failures.get(host) ?? 0) < DEAD_AFTER || this.#probes.delete(host);
  }

  /** Notes how a request ended. */
  note(host: string | null, hasAnswered: boolean): void {
    if (host === null) return;
    if (hasAnswered) {
      this.#failures.set(host, 0);
      this.#answered.add(host);
      this.#failed.delete(host);
    } else {
      this.#failures.set(host, (this.#failures.get(host) ?? 0) + 1);
      this.#failed.set(host, (this.#failed.get(host) ?? 0) + 1);
    }
  }

  /** What to store in D1 about the hosts. */
  report(): HostReport {
    const failed = [...this.#failed].map(([host, failures]) => ({ host, failures }));
    return { answered: [...this.#answered].filter((host) => this.#failing.has(host)), failed };
  }
}
