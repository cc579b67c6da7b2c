// Terms for machines in the running Worker: nowhere while site.yaml names none, and everywhere once it does.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type RawResponse, type RunningWorker, SITE_URL, startWorker, until } from "../harness.ts";

const SITE_YAML = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");
// The example that stands there as a comment is what is tested.
const EXAMPLE = SITE_YAML.match(/^# rsl:\n(?:# {2}.*\n)+/m)?.[0].replaceAll(/^# /gm, "") ?? "";
const LINK = `<${SITE_URL}/license.xml>; rel="license"; type="application/rsl+xml"`;

const FEEDS = ["/rss.xml", "/atom.xml", "/feed.json", "/sections/about/rss.xml"];
const PAGES = ["/", "/articles/own", "/sections/about"];
const ALL = [...FEEDS, ...PAGES, "/articles/nothing", "/robots.txt", "/license.xml"];

let worker: RunningWorker;
let off: readonly RawResponse[];
beforeAll(async () => {
  worker = await startWorker();
  await worker.put("plain", article({ section: "about" }));
  await worker.put("own", article({ section: "about", rights: { terms: "Ask us.", copyright: "© Ana" } }));
  await worker.settled();
  await worker.reload();
  off = await read();
  await worker.reload({ siteYaml: `${SITE_YAML}\n${EXAMPLE}` });
  await worker.scheduled();
  await worker.settled();
  // Entries are rendered again first, and then their feeds.
  const written = async () => (await worker.document("rss")).includes("rsl:content");
  await until("an entry has its licence", written);
  await worker.settled();
  await worker.reload({ siteYaml: `${SITE_YAML}\n${EXAMPLE}` });
});
afterAll(() => worker?.close());

const read = () => Promise.all(ALL.map((path) => worker.raw(path)));
const get = async (path: string) => {
  const { status, headers, body } = await worker.raw(path);
  return { status, headers, text: body.toString(), link: String(headers.link ?? "") };
};

it("leaves no trace while there are none", () => {
  expect(off.map(({ status }) => status)).toEqual(
    ALL.map((path) => (/nothing|license/.test(path) ? 404 : 200)),
  );
  for (const { headers, body } of off) {
    expect(JSON.stringify(headers) + body.toString()).not.toMatch(/rsl|license\.xml|rel="license"/i);
  }
});

it("is a document of its own, tagged", async () => {
  const licence = await get("/license.xml");
  expect(licence.status).toBe(200);
  expect(licence.headers).toMatchObject({
    "content-type": "application/rsl+xml; charset=utf-8",
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
  });
  expect(licence.text).toContain('<permits type="usage">search</permits>');
  expect(licence.text).toContain(`<custom>${SITE_URL}/licensing</custom>`);
  const known = await worker.raw("/license.xml", "GET", { "If-None-Match": String(licence.headers.etag) });
  expect([known.status, known.body.length]).toEqual([304, 0]);
});

it("is named by robots.txt, for every program alike", async () => {
  expect((await get("/robots.txt")).text).toBe(
    `License: ${SITE_URL}/license.xml\n\nUser-agent: *\nAllow: /\n\nSitemap: ${SITE_URL}/sitemap.xml\nSitemap: ${SITE_URL}/news-sitemap.xml\n`,
  );
});

it.each([...FEEDS, ...PAGES])("is named by %s", async (path) => {
  const { status, link } = await get(path);
  expect([status, link.split(", ").at(-1)]).toEqual([200, LINK]);
});

it("is named by a 304, and not by what isn't there", async () => {
  const { headers } = await get("/rss.xml");
  const known = await worker.raw("/rss.xml", "GET", { "If-None-Match": String(headers.etag) });
  expect([known.status, known.headers.link]).toEqual([304, headers.link]);
  expect((await get("/articles/nothing")).link).not.toContain("license");
});

it.each(["rss", "atom"] as const)("stands in %s with the one article that names terms", async (format) => {
  const document = await worker.document(format);
  expect(document.match(/<rsl:content [^>]*>/g)).toEqual([
    `<rsl:content xmlns:rsl="https://rslstandard.org/rsl" url="${SITE_URL}/articles/own">`,
  ]);
  expect(document).toContain("<rsl:copyright>© Ana</rsl:copyright>");
});

it("is not in JSON Feed", async () => {
  expect(await worker.document("json")).toBe(off[ALL.indexOf("/feed.json")]?.body.toString());
});
