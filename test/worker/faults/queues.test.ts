// Faults of touches of objects, and of the queues REBUILDS and DELIVERIES. Messages are only hints, since D1 has the state. They
// may be lost, late, duplicated or reordered: each change still makes one version, which goes to each subscriber once.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Faults } from "../faulty.ts";
import { until } from "../harness.ts";
import { type Hub, startHub } from "../hub/hub.ts";
import { answering } from "../hub/subscriber.ts";
import { editionOf, expectLaterVersions, type FeedState, type Newsroom, newsroomOf } from "./newsroom.ts";

let hub: Hub;
let room: Newsroom;
beforeAll(async () => {
  hub = await startHub();
  room = newsroomOf(hub.worker);
});
afterAll(() => hub?.close());

let path: string;
let tests = 0;
beforeEach(async () => {
  path = `/callback-${++tests}`;
  await room.begin();
  await hub.none("deliveries");
  await hub.forget();
  await hub.request(path);
  await room.worker.counts();
});

/** The editions that the subscriber got, in order. */
const pushed = () => hub.subscriber.calls(path, "POST").map(({ body }) => editionOf(body));
/** Waits until the Worker has got this many messages since the last count. */
const handled = async (count: number): Promise<void> => {
  let sum = 0;
  await until(`${count} messages were handled`, async () => {
    for (const { invocation } of await room.worker.counts())
      sum += Number(/^queue (\d+)/.exec(invocation)?.[1] ?? 0);
    return sum >= count;
  });
};

/** Ends all faults, and checks that each document has a later version and the subscriber got these editions. */
async function expectOnce(before: readonly FeedState[], editions: readonly number[]): Promise<void> {
  await room.mended();
  await hub.none("deliveries");
  const after = await room.feeds();
  expectLaterVersions(after, before);
  expect(pushed()).toEqual(editions);
  // Another minute adds nothing.
  await room.minute();
  await room.worker.settled();
  expect(await room.feeds()).toEqual(after);
  expect(pushed()).toEqual(editions);
}

describe("messages of both queues", () => {
  it.each<[string, Faults]>([
    ["refused", { queue: "fail" }],
    ["lost", { queue: "lose" }],
  ])(
    "%s: the edition is stored, whoever publishes sees it, and the next minute brings it to all",
    async (_, faults) => {
      const before = await room.feeds();
      await room.fail(faults);
      expect((await room.publish()).status).toBe(200);
      expect((await room.feeds()).every(({ stale_since }) => stale_since !== null)).toBe(true);
      expect(pushed()).toEqual([]);
      await room.expectFeeds(room.edition());
      await expectOnce(before, [room.edition()]);
    },
  );

  it("coming twice: one version and one push", async () => {
    const before = await room.feeds();
    await room.fail({ messages: "twice" });
    expect((await room.publish()).status).toBe(200);
    await handled(2);
    await hub.none("deliveries");
    expectLaterVersions(await room.feeds(), before);
    expect(pushed()).toEqual([room.edition()]);
    await expectOnce(before, [room.edition()]);
  });

  it("coming late: the publisher sees the edition at once, others the old one until then", async () => {
    const before = await room.feeds();
    await room.fail({ messages: "late" });
    expect((await room.publish()).status).toBe(200);
    await room.expectFeeds(room.edition());
    await room.worker.settled();
    await hub.none("deliveries");
    await expectOnce(before, [room.edition()]);
  });

  it("of several edits, the last one first: every reader has the last edition, and it is sent once", async () => {
    const before = await room.feeds();
    await room.fail({ messages: "hold" });
    for (let edit = 0; edit < 3; edit++) expect((await room.publish()).status).toBe(200);
    await room.fail({});
    await handled(1);
    await expectOnce(before, [room.edition()]);
  });

  it("of several edits that were read before any message came: versions rise, and no old edition is sent", async () => {
    const before = await room.feeds();
    await room.fail({ messages: "hold" });
    for (let edit = 0; edit < 3; edit++) {
      expect((await room.publish()).status).toBe(200);
      await room.expectFeeds(room.edition());
    }
    // The objects have announced the last one before any message of an earlier one comes.
    await room.worker.settled();
    await room.fail({});
    await handled(1);
    await expectOnce(before, [room.edition()]);
  });

  it("when one document can't be put into KV: only that one is retried", async () => {
    const before = await room.feeds();
    await room.fail({ kvPutOf: "site:json" });
    expect((await room.publish()).status).toBe(200);
    await room.logged("KV put of feed:site:json made to fail");
    await hub.subscriber.call(path, "POST");
    await room.fail({});
    await room.worker.settled();
    await expectOnce(before, [room.edition()]);
    const put = room.worker.logs().flatMap(({ event, put }) => (event === "rebuilt" ? [put] : []));
    expect(put).toContainEqual(["json"]);
  });
});

describe("messages of DELIVERIES", () => {
  /** An edition whose documents are built, before its deliveries are sent. */
  const held = async (): Promise<void> => {
    await room.fail({ messages: "hold" });
    expect((await room.publish()).status).toBe(200);
    const { REBUILDS } = await room.worker.env();
    const documents = ["rss", "atom", "json"] as const;
    await REBUILDS.sendBatch(
      documents.map((format) => ({ body: { kind: "document", feed: "site", format } })),
    );
    await room.worker.settled();
  };

  it("of two editions, the last one first: the subscriber has the last one, once", async () => {
    const before = await room.feeds();
    await held();
    await held();
    await room.fail({});
    await hub.subscriber.call(path, "POST");
    await handled(8);
    await expectOnce(before, [room.edition()]);
  });

  it("whose result is stored, but the answer lost: the message comes again, and nothing is sent again", async () => {
    const before = await room.feeds();
    await held();
    await room.fail({ endLost: true });
    await hub.subscriber.call(path, "POST");
    await room.logged("the answer was made to be lost by a test");
    await expectOnce(before, [room.edition()]);
  });

  it("while D1 is down: pending deliveries are still sent, once", async () => {
    const before = await room.feeds();
    await held();
    await room.fail({ d1: true });
    await hub.subscriber.call(path, "POST");
    await hub.nobodyWaits();
    expect(pushed()).toEqual([room.edition()]);
    await expectOnce(before, [room.edition()]);
  });

  it("while the feed's object can't be reached: nothing is sent until the result can be stored", async () => {
    const before = await room.feeds();
    await held();
    await room.fail({ begin: "fail" });
    await room.logged("a document could not be delivered");
    expect(pushed()).toEqual([]);
    await expectOnce(before, [room.edition()]);
  });

  it("with a stale KV: a subscriber gets the announced version, never an older one", async () => {
    const { CACHE } = await room.worker.env();
    const key = "feed:site:rss";
    const { value, metadata } = await CACHE.getWithMetadata(key, "arrayBuffer");
    const kvOld = { [key]: { value: Buffer.from(value ?? new ArrayBuffer()).toString("base64"), metadata } };
    const before = await room.feeds();
    await room.fail({ kvOld });
    expect((await room.publish()).status).toBe(200);
    await hub.subscriber.call(path, "POST");
    await hub.none("deliveries");
    await expectOnce(before, [room.edition()]);
  });

  it("some of which the subscriber refuses: only those are retried", async () => {
    const before = await room.feeds();
    await hub.request(`${path}/down`);
    hub.subscriber.behave(`${path}/down`, answering(500));
    expect((await room.publish()).status).toBe(200);
    await hub.subscriber.call(path, "POST");
    await hub.subscriber.call(`${path}/down`, "POST");
    await room.logged("undelivered");
    hub.subscriber.behave(`${path}/down`, answering(204));
    await expectOnce(before, [room.edition()]);
    expect(hub.subscriber.calls(`${path}/down`, "POST")).toHaveLength(2);
  });
});
