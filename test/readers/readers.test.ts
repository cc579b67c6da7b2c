// Real readers against the running Worker: what each shows of an article, and that polling again costs a 304.
//
// | reader     | bylines                             | image                               |
// |------------|-------------------------------------|-------------------------------------|
// | newsboat   | all: RSS's one creator, Atom's each | in the body, no enclosure of images |
// | sfeed      | RSS's one creator, Atom's first     | the enclosure                       |
// | feedparser | all: RSS's one creator, Atom's each | enclosures and `media:content`      |
//
// All keep the whole body, which names everybody and holds every picture.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FORMAT_FILES } from "../../src/formats/format.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { png } from "../worker/articles.ts";
import { type RunningWorker, SITE_URL, startWorker, until } from "../worker/harness.ts";
import { startProxy } from "./proxy.ts";

const HEADLINE = "Harbour reopens & <trade> resumes";
const ANOTHER = "Another headline";
const LEAD = png(30, 20);
const SECOND = png(40, 20);
const ARTICLE = {
  headline: HEADLINE,
  dek: "Ships may enter from Friday.",
  bylines: [
    { name: "Ana Núñez", role: "reporter" },
    { name: "Jo O’Neill", role: "writer" },
    { name: "Eva Editor", role: "editor" },
  ],
  published: "2024-10-24T11:30:00Z",
  updated: "2024-10-25T08:30:00Z",
  images: [
    { src: LEAD.src, alt: "A harbour", caption: "The harbour on Thursday.", credit: "Paul Picture" },
    { src: SECOND.src, alt: "A ship" },
  ],
  corrections: [{ at: "2024-10-25T08:30:00Z", kind: "correction", text: "The day was wrong." }],
  body: { html: "<p>The harbour reopened on Thursday.</p>" },
};
const ID = /^tag:[^,]+,[\d-]+:harbour$/;
const PUBLISHED_SECONDS = Date.UTC(2024, 9, 24, 11, 30) / 1000;
const UPDATED_SECONDS = Date.UTC(2024, 9, 25, 8, 30) / 1000;
const LINK = `${SITE_URL}/articles/harbour`;
const IMAGES = [LEAD, SECOND].map(({ src }) => SITE_URL + src);
/** What no body may lack. */
const IN_BODY = [
  ...["Ships may enter from Friday.", "Ana Núñez", "Jo O’Neill", "Eva Editor", "The harbour on Thursday."],
  ...["Paul Picture", "The harbour reopened on Thursday.", "The day was wrong.", ...IMAGES],
];
const XML_FORMATS = ["rss", "atom"] as const;

let worker: RunningWorker;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let folder: string;

beforeAll(async () => {
  worker = await startWorker();
  for (const { sha256, bytes } of [LEAD, SECOND]) {
    const stored = await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    expect(stored.status).toBe(201);
  }
  expect((await worker.put("harbour", ARTICLE)).status).toBe(201);
  await worker.settled();
  proxy = await startProxy(worker.url);
});
afterAll(async () => {
  await proxy?.close();
  await worker?.close();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wireroom-reader-"));
  proxy.seen.length = 0;
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Does something while there is a second article; it is gone without a trace afterwards. */
async function withAnother(work: () => Promise<void>): Promise<void> {
  const other = { ...ARTICLE, headline: ANOTHER, restore: true };
  const lastModified = async () => (await worker.raw("/atom.xml")).headers["last-modified"];
  const before = await lastModified();
  expect((await worker.put("another", other)).ok).toBe(true);
  await worker.settled();
  // curl throws away what isn't newer by the second than what it has.
  await until("the second is over", async () => (await lastModified()) !== before);
  await work();
  expect((await worker.del("another", "silent=true")).ok).toBe(true);
  await worker.settled();
}

const statuses = (): readonly number[] => proxy.seen.map(({ status }) => status);

describeWith(TOOLS.newsboat, "newsboat", () => {
  interface Item {
    readonly guid: string;
    readonly title: string;
    readonly author: string;
    readonly url: string;
    readonly pubDate: number;
    readonly content: string;
  }

  const newsboat = (url: string, command: string): Promise<string> => {
    writeFileSync(join(folder, "urls"), `${url}\n`);
    writeFileSync(join(folder, "config"), "");
    const files = ["-u", "urls", "-c", "cache.db", "-C", "config"].map((one) =>
      one.startsWith("-") ? one : join(folder, one),
    );
    return run("newsboat", ["-q", ...files, "-x", command], { env: { ...process.env, HOME: folder } });
  };

  const cachedItems = (): readonly Item[] => {
    const database = new DatabaseSync(join(folder, "cache.db"), { readOnly: true });
    const items = database.prepare("SELECT * FROM rss_item").all() as unknown as readonly Item[];
    database.close();
    return items;
  };
  const cachedItem = (): Item => {
    expect(cachedItems()).toHaveLength(1);
    return cachedItems()[0] as Item;
  };

  it.each(XML_FORMATS)("keeps an article from %s, and polls it again for a 304", async (format) => {
    const url = `${proxy.url}/${FORMAT_FILES[format]}`;
    await newsboat(url, "reload");
    expect(await newsboat(url, "print-unread")).toMatch(/^1 /);
    const item = cachedItem();
    expect(item).toMatchObject({ title: HEADLINE, url: LINK });
    expect(item.guid).toMatch(ID);
    expect(item.pubDate).toBe(PUBLISHED_SECONDS);
    expect(item.author).toBe(format === "rss" ? "Ana Núñez and Jo O’Neill" : "Ana Núñez, Jo O’Neill");
    for (const part of IN_BODY) expect(item.content).toContain(part);
    expect(statuses()).toEqual([200]);

    // Old versions note validators only of a feed that they know: their third poll is the first to send any.
    await newsboat(url, "reload");
    await newsboat(url, "reload");
    expect(statuses()).toHaveLength(3);
    expect(statuses().at(-1)).toBe(304);
    expect(cachedItem()).toEqual(item);

    // It says `A-IM: feed`, and so is sent what is new alone; what it has it keeps.
    await withAnother(async () => {
      await newsboat(url, "reload");
      expect(statuses().at(-1)).toBe(226);
      expect(cachedItems().map(({ title }) => title)).toEqual(expect.arrayContaining([HEADLINE, ANOTHER]));
    });
  });
});

describeWith(TOOLS.sfeed, "sfeed", () => {
  it.each(XML_FORMATS)("reads an article from %s", async (format) => {
    const response = await fetch(`${proxy.url}/${FORMAT_FILES[format]}`);
    const lines = (await run("sfeed", [], { input: await response.text() })).trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    const [time, title, link, content, type, id, author, enclosure] = (lines[0] ?? "").split("\t");
    expect(Number(time)).toBe(PUBLISHED_SECONDS);
    expect(link).toBe(LINK);
    expect(title).toBe(format === "rss" ? HEADLINE : "Harbour reopens &amp; &lt;trade&gt; resumes");
    expect(type).toBe("html");
    expect(id).toMatch(ID);
    expect(author).toBe(format === "rss" ? "Ana Núñez and Jo O’Neill" : "Ana Núñez");
    expect(enclosure).toBe(IMAGES[0]);
    for (const part of IN_BODY) expect(content).toContain(part);
  });
});

describeWith(TOOLS.feedparser, "feedparser", () => {
  // Polls twice, the second time with what the first answer said to send.
  const SCRIPT = `
import calendar, feedparser, json, sys
first = feedparser.parse(sys.argv[1])
second = feedparser.parse(sys.argv[1], etag=first.get("etag"), modified=first.get("modified"))
entry = first.entries[0]
seconds = lambda date: calendar.timegm(date) if date else None
print(json.dumps({
  "bozo": bool(first.bozo), "version": first.version, "entries": len(first.entries),
  "status": [first.status, second.status], "again": len(second.entries),
  "title": entry.title, "link": entry.link, "id": entry.id, "author": entry.author,
  "authors": [one.get("name") for one in entry.authors], "summary": entry.summary,
  "content": entry.content[0].value, "published": seconds(entry.published_parsed), "updated": seconds(entry.updated_parsed),
  "enclosures": [[one.href, one.type, one.length] for one in entry.enclosures],
  "media": [one["url"] for one in entry.media_content], "thumbnail": entry.media_thumbnail[0]["url"],
}))`;

  it.each(XML_FORMATS)("reads an article from %s, and polls again for a 304", async (format) => {
    const url = `${proxy.url}/${FORMAT_FILES[format]}`;
    const read = JSON.parse(await run("/usr/bin/python3", ["-c", SCRIPT, url]));
    const lead = [IMAGES[0], "image/png", String(LEAD.bytes.length)];
    const second = [IMAGES[1], "image/png", String(SECOND.bytes.length)];
    expect(read).toMatchObject({
      bozo: false,
      version: format === "rss" ? "rss20" : "atom10",
      entries: 1,
      link: LINK,
      authors: format === "rss" ? ["Ana Núñez and Jo O’Neill"] : ["Ana Núñez", "Jo O’Neill"],
      summary: "Ships may enter from Friday.",
      published: PUBLISHED_SECONDS,
      updated: UPDATED_SECONDS,
      enclosures: format === "rss" ? [lead] : [lead, second],
      media: IMAGES,
      thumbnail: IMAGES[0],
      status: [200, 304],
      again: 0,
    });
    expect(read.id).toMatch(ID);
    // A title is text in RSS, and HTML in Atom.
    expect(read.title).toBe(format === "rss" ? HEADLINE : "Harbour reopens &amp; &lt;trade&gt; resumes");
    for (const part of IN_BODY) expect(read.content).toContain(part);
    expect(statuses()).toEqual([200, 304]);
    expect(proxy.seen[1]?.headers).toMatchObject({ "if-none-match": expect.stringMatching(/^W\/"/) });
  });

  it.each(XML_FORMATS)("asks for a delta of %s, and reads it", async (format) => {
    const url = `${proxy.url}/${FORMAT_FILES[format]}`;
    const etag = (await fetch(url)).headers.get("ETag") ?? "";
    const script = `
import feedparser, json, sys
feed = feedparser.parse(sys.argv[1], etag=sys.argv[2])
print(json.dumps([feed.status, bool(feed.bozo), feed.feed.title, [entry.title for entry in feed.entries]]))`;
    await withAnother(async () => {
      const read = JSON.parse(await run("/usr/bin/python3", ["-c", script, url, etag]));
      expect(read).toEqual([226, false, "Wireroom Daily", [ANOTHER]]);
    });
  });
});

describe("every picture that a feed names", () => {
  it("is served as the bytes that were stored", async () => {
    for (const { src, bytes } of [LEAD, SECOND]) {
      const response = await fetch(proxy.url + src);
      expect(response.headers.get("Content-Type")).toBe("image/png");
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });
});
