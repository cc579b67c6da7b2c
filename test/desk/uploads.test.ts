// Pictures are sent a few at a time, each until the server has answered, whatever the network does.

import { describe, expect, it } from "vitest";
import { type Carrier, type Outcome, Uploads } from "../../src/desk/editor/pictures/uploads.ts";

const FILE = new Blob(["x"]);
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A server whose answers a test gives one by one. */
function network(find: Awaited<ReturnType<Carrier["find"]>> = { kind: "missing" }) {
  const puts: {
    readonly sha256: string;
    readonly end: (outcome: Outcome) => void;
    readonly tell: (share: number) => void;
    readonly signal: AbortSignal;
  }[] = [];
  const timers: { readonly milliseconds: number; readonly work: () => void }[] = [];
  const asked: string[] = [];
  const carrier: Carrier = {
    find: async (sha256) => {
      asked.push(sha256);
      return find;
    },
    put: (sha256, _file, tell, signal) => new Promise((end) => puts.push({ sha256, end, tell, signal })),
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
  };
  const uploads = new Uploads(carrier, () => {});
  return { uploads, puts, timers, asked };
}

describe("uploads", () => {
  it("asks first, and sends nothing that is there", async () => {
    const { uploads, puts, asked } = network({ kind: "sent" });
    uploads.add("a", FILE);
    expect(uploads.isPending("a")).toBe(true);
    await settle();
    expect([asked, puts.length, uploads.stateOf("a")]).toEqual([["a"], 0, { kind: "sent" }]);
    uploads.add("a", FILE);
    await settle();
    expect(asked).toEqual(["a"]);
  });

  it("sends three at once, the next when one is done, and each once", async () => {
    const { uploads, puts } = network();
    for (const name of ["a", "b", "c", "d", "a"]) uploads.add(name, FILE);
    await settle();
    expect(puts.map(({ sha256 }) => sha256)).toEqual(["a", "b", "c"]);
    puts[0]?.tell(0.5);
    expect(uploads.stateOf("a")).toEqual({ kind: "sending", share: 0.5 });
    puts[1]?.end({ kind: "sent" });
    await settle();
    expect(puts.map(({ sha256 }) => sha256)).toEqual(["a", "b", "c", "d"]);
    expect(uploads.isBusy).toBe(true);
    for (const { end } of puts) end({ kind: "sent" });
    await settle();
    expect(uploads.isBusy).toBe(false);
  });

  it("tries again by itself, later each time, and asks anew: the picture may have arrived", async () => {
    const { uploads, puts, timers, asked } = network();
    uploads.add("a", FILE);
    for (const [index, wait] of [2000, 5000, 15_000, 30_000, 30_000].entries()) {
      await settle();
      puts[index]?.end({ kind: "unreachable" });
      await settle();
      expect(timers[index]?.milliseconds).toBe(wait);
      expect(uploads.stateOf("a")?.kind).toBe("unreachable");
      timers[index]?.work();
    }
    await settle();
    expect(asked.length).toBe(6);
  });

  it("tries at once when the network is back; the timer then does nothing", async () => {
    const { uploads, puts, timers } = network();
    uploads.add("a", FILE);
    await settle();
    puts[0]?.end({ kind: "signed-out" });
    await settle();
    uploads.retryAll();
    await settle();
    expect(puts.length).toBe(2);
    timers[0]?.work();
    await settle();
    expect(puts.length).toBe(2);
  });

  it("says why one was refused, and tries that again only if asked", async () => {
    const { uploads, puts, timers } = network();
    uploads.add("a", FILE);
    await settle();
    puts[0]?.end({ kind: "refused", reason: "It was removed." });
    await settle();
    expect(uploads.stateOf("a")).toEqual({ kind: "refused", reason: "It was removed." });
    expect(timers).toEqual([]);
    uploads.retryAll();
    await settle();
    expect(puts.length).toBe(1);
    uploads.retry("a");
    await settle();
    expect(puts.length).toBe(2);
  });

  it("stops one that is cancelled, and forgets its late answer", async () => {
    const { uploads, puts } = network();
    uploads.add("a", FILE);
    await settle();
    uploads.cancel("a");
    expect([puts[0]?.signal.aborted, uploads.stateOf("a")]).toEqual([true, { kind: "cancelled" }]);
    uploads.retry("a");
    await settle();
    puts[0]?.end({ kind: "unreachable" });
    puts[0]?.tell(1);
    await settle();
    expect(uploads.stateOf("a")?.kind).toBe("waiting");
    puts[1]?.end({ kind: "sent" });
    await settle();
    expect(uploads.stateOf("a")).toEqual({ kind: "sent" });
  });
});
