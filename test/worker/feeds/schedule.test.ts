// A scheduled article is invisible until its date, and an article with an expiry leaves the feeds then. Cron causes both, and
// so does a request for the feed. The test sets the Worker's clock.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { until } from "../harness.ts";
import { type MovedWorker, startMovedWorker } from "../moved-clock.ts";

const SECRET = "Embargoed headline";

let worker: MovedWorker;
beforeEach(async () => {
  worker = await startMovedWorker();
  await worker.put("first", article({ headline: "Out already" }));
  await worker.settled();
});
afterEach(() => worker?.close());

/** A whole second, `seconds` from now. */
const soon = (seconds: number) => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
/** Sets the Worker's clock to just after a moment. */
const passed = (moment: string) => worker.moveTo(new Date(Date.parse(moment) + 1000).toISOString());

/** All public answers. */
async function everythingPublic(): Promise<string> {
  const paths = [
    ...Object.values(FORMAT_FILES),
    "",
    "healthz",
    "articles/secret",
    "articles/unknown",
    "sitemap.xml",
    "news-sitemap.xml",
    "sitemaps/1.xml",
    "feeds.opml",
    ".well-known/feeds",
  ];
  const seen = [];
  for (const path of paths)
    for (const method of ["GET", "HEAD"]) seen.push(await worker.raw(`/${path}`, method));
  return seen
    .map(({ status, headers: { date: _, ...headers }, body }) =>
      JSON.stringify([status, headers, body.toString()]),
    )
    .join("\n");
}

describe("a scheduled article", () => {
  it("changes no byte, header or status of a public answer", async () => {
    const before = await everythingPublic();
    const response = await worker.put("secret", article({ headline: SECRET, published: soon(3600) }));
    expect(await response.json()).toMatchObject({ status: "scheduled", feeds: [] });
    await worker.settled();
    await worker.reload();
    expect(await everythingPublic()).toBe(before);
    expect((await worker.fetch("/articles/secret")).status).toBe(404);
    // Nor does moving it, or its cron.
    const moved = article({ headline: SECRET, published: soon(1800) });
    expect((await worker.put("moved?from=secret", moved)).status).toBe(200);
    await worker.scheduled();
    await worker.settled();
    await worker.reload();
    expect(await everythingPublic()).toBe(before);
    expect((await worker.fetch("/articles/moved")).status).toBe(404);
  });

  it("may be rescheduled, and is released at the new time", async () => {
    await worker.put("secret", article({ headline: SECRET, published: soon(3600) }));
    const published = soon(600);
    expect((await worker.put("secret", article({ headline: SECRET, published }))).status).toBe(200);
    expect(await worker.document("rss")).not.toContain(SECRET);
    await passed(published);
    expect((await worker.fetch("/articles/secret")).status).toBe(200);
    const later = await worker.put("secret", article({ headline: SECRET, published: soon(3600) }));
    expect(later.status).toBe(422);
  });

  it("is released by cron, in every document", async () => {
    const published = soon(600);
    await worker.put("secret", article({ headline: SECRET, published }));
    for (const format of FORMATS) expect(await worker.document(format)).not.toContain(SECRET);
    await worker.scheduled();
    for (const format of FORMATS) expect(await worker.document(format)).not.toContain(SECRET);
    await passed(published);
    await worker.scheduled();
    for (const format of FORMATS) expect(await worker.document(format)).toContain(SECRET);
    expect((await worker.fetch("/articles/secret")).status).toBe(200);
  });

  it("is released by a request for the feed, before cron runs", async () => {
    const published = soon(600);
    await worker.put("secret", article({ headline: SECRET, published }));
    await worker.settled();
    await worker.reload();
    const read = async () => (await worker.fetch("/rss.xml")).text();
    // The isolate takes it from KV, whose document was written before anything was scheduled.
    expect(await read()).not.toContain(SECRET);
    await passed(published);
    await until("the released article is in the feed that is read", async () =>
      (await read()).includes(SECRET),
    );
    expect((await worker.raw("/rss.xml")).headers.etag).toBeDefined();
    // Cron then brings KV up to date, with the same bytes.
    await worker.scheduled();
    expect(await worker.document("rss")).toBe(await read());
  });
});

describe("an article with an expiry", () => {
  const cacheControl = async (path: string) => (await worker.raw(path)).headers["cache-control"];

  it("leaves the feeds by cron when it expires, and keeps its page", async () => {
    const expires = soon(600);
    await worker.put("fleeting", article({ headline: "Fleeting", expires }));
    for (const format of FORMATS) expect(await worker.document(format)).toContain("Fleeting");
    await passed(expires);
    await worker.scheduled();
    for (const format of FORMATS) {
      const document = await worker.document(format);
      expect(document).not.toContain("Fleeting");
      expect(document).toContain("Out already");
      expect(document).not.toContain("deleted");
    }
    expect((await worker.fetch("/articles/fleeting")).status).toBe(200);
    expect(await (await worker.fetch("/")).text()).not.toContain("Fleeting");
  });

  it("leaves them at the next request, before cron runs", async () => {
    const expires = soon(600);
    await worker.put("fleeting", article({ headline: "Fleeting", expires }));
    await worker.settled();
    const read = async () => (await worker.fetch("/atom.xml")).text();
    expect(await read()).toContain("Fleeting");
    await passed(expires);
    expect(await read()).not.toContain("Fleeting");
  });

  it("its feeds have no stale-… directives once the expiry is set", async () => {
    const constant = "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400";
    expect(await cacheControl("/rss.xml")).toBe(constant);
    await worker.put("first", article({ headline: "Out already", expires: soon(3600) }));
    await worker.settled();
    await worker.reload();
    for (const format of FORMATS) {
      expect(await cacheControl(`/${FORMAT_FILES[format]}`)).toBe("public, max-age=300");
    }
    const { etag = "" } = (await worker.raw("/rss.xml")).headers;
    const unchanged = await worker.raw("/rss.xml", "GET", { "If-None-Match": etag });
    expect([unchanged.status, unchanged.headers["cache-control"]]).toEqual([304, "public, max-age=300"]);
    await worker.put("first", article({ headline: "Out already" }));
    await worker.settled();
    await worker.reload();
    expect(await cacheControl("/rss.xml")).toBe(constant);
  });

  it("is refused if it expires before its date", async () => {
    const response = await worker.put("odd", article({ published: soon(7200), expires: soon(3600) }));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('"expires"');
  });
});

it("a scheduled article gets its sequence number at its release, not before", async () => {
  const seqOf = async () =>
    Number(/^W\/"(\d+)-/.exec((await worker.raw("/rss.xml")).headers.etag ?? "")?.[1]);
  const before = await seqOf();
  const moment = soon(600);
  await worker.put("secret", article({ headline: SECRET, published: moment }));
  await worker.put("second", article({ headline: "Second", published: "2024-10-25T00:00:00Z" }));
  await worker.settled();
  expect(await seqOf()).toBe(before + 1);
  await passed(moment);
  await until("the release is out", async () =>
    (await (await worker.fetch("/rss.xml")).text()).includes(SECRET),
  );
  expect(await seqOf()).toBeGreaterThan(before + 1);
});
