// The order of a message's requests, and the circuits of their hosts.

import { describe, expect, it } from "vitest";
import { DEAD_AFTER, fairOrder, HostCircuits } from "../../src/hub/circuit-breaker.ts";

const of = (host: string | null, failures = 0) => ({ host, failures });

describe("the order of a message", () => {
  it("has every host's first delivery before any host's second, so that one host keeps no other waiting", () => {
    const hosts = fairOrder([of("a"), of("a"), of("a"), of("b"), of("b"), of("c")]).map(({ host }) => host);
    expect(hosts).toEqual(["a", "b", "c", "a", "b", "a"]);
  });

  it("has those last who didn't answer lately", () => {
    const hosts = fairOrder([of("dead", 9), of("a"), of("slow", 1), of("a")]).map(({ host }) => host);
    expect(hosts).toEqual(["a", "a", "slow", "dead"]);
  });
});

describe("a host", () => {
  it("counts as dead after five requests in a row that it didn't answer", () => {
    const hosts = new HostCircuits([of("a", 3), of("b")], []);
    hosts.note("a", false);
    expect(hosts.mayTry("a")).toBe(true);
    hosts.note("a", false);
    expect(hosts.mayTry("a")).toBe(false);
    expect(hosts.mayTry("b")).toBe(true);
    expect(hosts.report()).toEqual({ answered: [], failed: [{ host: "a", failures: 2 }] });
  });

  it("that is dead is tried once, and if it answers then as often as others", () => {
    const hosts = new HostCircuits([of("a", DEAD_AFTER)], ["a"]);
    expect([hosts.mayTry("a"), hosts.mayTry("a")]).toEqual([true, false]);
    hosts.note("a", true);
    expect(hosts.mayTry("a")).toBe(true);
    expect(hosts.report()).toEqual({ answered: ["a"], failed: [] });
  });

  it("that answered is remembered with what it didn't answer since", () => {
    const hosts = new HostCircuits([of("a", 4)], []);
    for (const hasAnswered of [true, false, false]) hosts.note("a", hasAnswered);
    expect(hosts.report()).toEqual({ answered: ["a"], failed: [{ host: "a", failures: 2 }] });
  });

  it("that is none, an outside hub's, is always tried", () => {
    const hosts = new HostCircuits([of(null)], []);
    for (let time = 0; time < DEAD_AFTER; time++) hosts.note(null, false);
    expect(hosts.mayTry(null)).toBe(true);
    expect(hosts.report()).toEqual({ answered: [], failed: [] });
  });
});
