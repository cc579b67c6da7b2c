// A circuit breaker for each callback host: after five unanswered requests in a row a host counts as dead.
// Then one request in five minutes probes it, and all others fail at once. Any answer closes the circuit, an
// error status too. D1 knows the hosts that fail, for all feeds and partners; while D1 is down, all hosts
// count as alive.

import type { D1Database } from "@cloudflare/workers-types";
import { unlessItFails } from "../lib/log.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { CLAIM_SECONDS } from "./delivery-queue.ts";
import type { Answer } from "./outgoing-call.ts";
import { failingHosts, type HostReport, noteHosts } from "./sql.ts";

/** Unanswered requests in a row after which a host counts as dead. */
export const DEAD_AFTER = 5;
/** From a dead host's last unanswered request to its next probe. */
const PROBE_SECONDS = 300;
/** Open requests that an invocation may have. A seventh would have to wait while its time limit runs. */
export const AT_ONCE = 6;
const NOT_TRIED: Answer = { failure: "not tried: nothing has answered at its host lately" };

const UNKNOWN = "hosts that don't answer could not be looked up";

/**
 * Calls `send` for each request whose host may be tried, six at a time. Resolves to all requests with their
 * answers, in the order in which they came. An answer is undefined where `send` says that the request isn't
 * needed any more.
 */
export async function callFairly<One extends { readonly host: string | null }>(
  db: D1Database,
  ones: readonly One[],
  now: Instant,
  send: (one: One) => Promise<Answer | undefined>,
): Promise<readonly (readonly [One, Answer | undefined])[]> {
  const names = [...new Set(ones.map(({ host }) => host).filter((host) => host !== null))];
  const times = { now, nextAt: addSeconds(now, CLAIM_SECONDS), deadAfter: DEAD_AFTER };
  const failing =
    names.length === 0
      ? []
      : ((await unlessItFails(UNKNOWN, {}, () => failingHosts(db, names, times))) ?? []);
  const failures = new Map(failing.map((one) => [one.host as string | null, one.failures]));
  const known = ones.map((one) => ({ one, host: one.host, failures: failures.get(one.host) ?? 0 }));
  const circuits = new HostCircuits(
    known,
    failing.filter(({ probe }) => probe).map(({ host }) => host),
  );
  const answers: (readonly [One, Answer | undefined])[] = [];
  const rest = fairOrder(known).values();
  const sendNext = async (): Promise<void> => {
    for (const { one, host } of rest) {
      const isTried = circuits.mayTry(host);
      const answer = isTried ? await send(one) : NOT_TRIED;
      if (isTried && answer) circuits.note(host, "status" in answer);
      answers.push([one, answer]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  const report = circuits.report();
  if (report.answered.length + report.failed.length > 0)
    await unlessItFails(UNKNOWN, {}, () => noteHosts(db, report, addSeconds(now, PROBE_SECONDS)));
  return answers;
}

/**
 * A request's host, and how many requests in a row it hasn't answered. Null is an outside hub, which is
 * always tried.
 */
interface Target {
  readonly host: string | null;
  readonly failures: number;
}

/**
 * The order in which requests are sent: the first of each host before the second of any. Hosts that haven't
 * answered lately come last.
 */
export function fairOrder<One extends Target>(targets: readonly One[]): readonly One[] {
  const seen = new Map<string | null, number>();
  const ranked = targets.map((one) => {
    const rank = seen.get(one.host) ?? 0;
    seen.set(one.host, rank + 1);
    return { one, rank };
  });
  return ranked.sort((a, b) => a.one.failures - b.one.failures || a.rank - b.rank).map(({ one }) => one);
}

/** The circuits of one message's hosts while it is sent. `probes` are the dead hosts that get one request. */
export class HostCircuits {
  readonly #failures: Map<string | null, number>;
  readonly #probes: Set<string | null>;
  readonly #answered = new Set<string>();
  /** Hosts that D1 knows to fail. */
  readonly #failing: ReadonlySet<string | null>;
  readonly #failed = new Map<string, number>();

  constructor(targets: readonly Target[], probes: readonly string[]) {
    this.#failures = new Map(targets.map(({ host, failures }) => [host, failures]));
    this.#probes = new Set(probes);
    this.#failing = new Set(targets.filter(({ failures }) => failures > 0).map(({ host }) => host));
  }

  /** True if a request may be sent; for a dead host's probe once. */
  mayTry(host: string | null): boolean {
    return (this.#failures.get(host) ?? 0) < DEAD_AFTER || this.#probes.delete(host);
  }

  /** Notes whether a request was answered. */
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

  /** What D1 doesn't know yet. */
  report(): HostReport {
    const failed = [...this.#failed].map(([host, failures]) => ({ host, failures }));
    return { answered: [...this.#answered].filter((host) => this.#failing.has(host)), failed };
  }
}
