// Faults of D1. Stale reads aren't among them: no session is used, so the primary answers every query.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { partner } from "../partners/partners.ts";
import { expectLater, expectLaterVersions, type Newsroom, startNewsroom } from "./newsroom.ts";

let room: Newsroom;
beforeAll(async () => {
  room = await startNewsroom();
});
afterAll(() => room?.close());
beforeEach(() => room.begin());

describe("D1", () => {
  it("failing for reads: readers have the last edition, a publisher 503; nothing is stored", async () => {
    const version = await room.storyVersion();
    await room.fail({ d1Reads: true });
    await room.expectFeeds(room.edition());
    expectLater(await room.publish());
    await room.expectFeeds(room.edition() - 1);
    await room.fail({});
    expect(await room.storyVersion()).toBe(version);
    expect((await room.again()).status).toBe(200);
    await room.mended();
    expect(await room.storyVersion()).toBe(version + 1);
  });

  it("failing for writes: readers have the last edition, a publisher 503; nothing is stored", async () => {
    const version = await room.storyVersion();
    await room.fail({ d1Writes: true });
    await room.expectFeeds(room.edition());
    expectLater(await room.publish());
    expectLater(await room.worker.del("story"));
    expectLater(await room.worker.api("/rebuild", { method: "POST" }));
    await room.expectFeeds(room.edition() - 1);
    await room.fail({});
    expect(await room.storyVersion()).toBe(version);
    expect((await room.again()).status).toBe(200);
    await room.mended();
    expect(await room.storyVersion()).toBe(version + 1);
  });

  it("failing for writes once an edition is stored: readers get it or the old one; the next minute completes", async () => {
    await room.fail({ messages: "hold" });
    expect((await room.publish()).status).toBe(200);
    const { edition } = room;
    // The messages arrive now, and no version can be recorded.
    await room.fail({ d1Writes: true });
    await room.logged("the feed could not be rebuilt");
    await room.expectFeeds(edition() - 1, edition());
    await room.worker.reload();
    await room.fail({ d1Writes: true });
    await room.expectFeeds(edition() - 1, edition());
    await room.mended();
  });

  it("losing the answer of the commit: 503 although it is stored; the same PUT again is 200, and no second version", async () => {
    const version = await room.storyVersion();
    const before = await room.feeds();
    await room.fail({ d1Lost: "INTO articles" });
    expectLater(await room.publish());
    expect(await room.storyVersion()).toBe(version + 1);
    await room.expectFeeds(room.edition() - 1, room.edition());
    const again = await room.again();
    expect([again.status, again.headers.get("ETag")]).toEqual([200, `"${version + 1}"`]);
    expect(await again.json()).toMatchObject({ change: "unchanged" });
    // No message was sent; the mark that the commit has set gets the edition built.
    await room.mended();
    expect(await room.storyVersion()).toBe(version + 1);
    expectLaterVersions(await room.feeds(), before);
  });

  it("losing the answer of a new article's commit, and of its withdrawal: sent again, each is done once", async () => {
    const lost = { d1Lost: "INTO articles" };
    const send = () => room.worker.put("fresh", article({ headline: "Fresh" }));
    await room.fail(lost);
    expectLater(await send());
    const again = await send();
    expect([again.status, again.headers.get("ETag")]).toEqual([200, '"1"']);
    await room.fail(lost);
    expectLater(await room.worker.del("fresh"));
    const gone = await room.worker.del("fresh");
    expect([gone.status, await gone.json()]).toMatchObject([200, { version: 2, status: "withdrawn" }]);
    await room.mended();
    // Only its notice, which names the headline.
    for (const { body } of await room.read())
      expect(body.toString().replaceAll("was withdrawn — Fresh", "")).not.toContain("Fresh");
  });

  it("losing the answer after a build: the object retries, and makes no second version", async () => {
    const before = await room.feeds();
    await room.fail({ d1Lost: "INSERT INTO feeds (feed, format, version, cached_version" });
    expect((await room.publish()).status).toBe(200);
    await room.logged("Network connection lost");
    await room.worker.settled();
    const after = await room.feeds();
    expectLaterVersions(after, before);
    await room.mended();
    expect(await room.feeds()).toEqual(after);
  });

  it("failing for reads: requests that need D1 get 503, never 401 or 404; partners get their feed", async () => {
    await partner(room.worker, "portal", { profile: "json", access: "public" });
    await partner(room.worker, "closed", { profile: "json" });
    await room.worker.settled();
    for (const faults of [{ d1Reads: true }, { d1: true }, { d1Writes: true }]) {
      await room.fail(faults);
      expect((await room.worker.raw("/partners/portal/feed.json")).status).toBe(200);
      if (faults.d1Writes) continue;
      for (const path of ["/partners/closed/feed.json", "/articles/story", "/", "/sitemap.xml"])
        expectLater(await room.worker.raw(path));
    }
    await room.mended();
  });

  it("slow: all requests wait, and get the right answer", async () => {
    await room.fail({ delayMilliseconds: { d1: 300 } });
    const { edition } = room;
    const [published] = await Promise.all([
      room.publish(),
      room.expectFeeds(edition() - 1, edition()),
      room.expectFeeds(edition() - 1, edition()),
    ]);
    expect(published.status).toBe(200);
    // The publisher sees it at once.
    await room.expectFeeds(edition());
    await room.worker.settled();
    await room.mended();
  });
});
