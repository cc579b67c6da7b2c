// Which deliveries of a message are tried, and in which order, so that a host that answers nothing keeps nobody waiting. A
// host counts as dead once five requests in a row got no answer; then one delivery in five minutes is tried, and the
// others fail without a request. Any answer, an error too, makes the host count as alive.

import type { HostReport } from "../store/deliveries.ts";

/** So many requests without an answer make a host count as dead. */
export const DEAD_AFTER = 5;
/** So long after one without an answer the next one is tried. */
export const PROBE_SECONDS = 300;

/** What is known of a callback's host: requests in a row that it didn't answer. No host is an outside hub's, always tried. */
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
  readonly #failed = new Map<string, number>();

  constructor(deliveries: readonly Callback[], probes: readonly string[]) {
    this.#failures = new Map(deliveries.map(({ host, failures }) => [host, failures]));
    this.#probes = new Set(probes);
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

  /** What is to be remembered of them. */
  report(): HostReport {
    const failed = [...this.#failed].map(([host, failures]) => ({ host, failures }));
    return { answered: [...this.#answered], failed };
  }
}
