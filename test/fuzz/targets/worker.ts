// The whole Worker over HTTP: any method, path, header and body. Each request is answered within the time limit, and never
// with a 5xx. Requests change the state for later ones, so repeating a failure may take the earlier inputs too.

import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { CASES, startOf } from "../../fixtures/cases.ts";
import { article, png } from "../../worker/articles.ts";
import { buildWorker, type DirectWorker, startDirect, TOKEN } from "../../worker/direct.ts";
import { anyText, bit, edited, hostile } from "../bits.ts";
import { anyHtml } from "../html.ts";
import { editedJson, strange } from "../json.ts";
import { must, type Outcome, target } from "../target.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ANSWER_MILLISECONDS = 20_000;
const PICTURE = png(40, 30);
const JSON_TYPE = { "Content-Type": "application/json" };
const FORM_TYPE = { "Content-Type": "application/x-www-form-urlencoded" };
const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

const POLICY: unknown = { id: "open", name: "Open", profile: "rss", access: "public" };
const ARTICLES = CASES.map((name) => startOf(name).article);
const segment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "story",
      "full",
      "plain",
      "open",
      "asia-pacific",
      "feeds",
      PICTURE.sha256,
      "1",
    ),
  },
  { weight: 3, arbitrary: hostile.map(encodeURIComponentLoosely) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("%", "%00", "%ff", "%2f", "..", ".", "__proto__", "a".repeat(3000), "é", "//"),
  },
);
const PUBLIC = [
  ...[
    "/",
    "/rss.xml",
    "/atom.xml",
    "/feed.json",
    "/feed.xml",
    "/?feed=rss2",
    "/feeds.opml",
    "/.well-known/feeds",
  ],
  ...[
    "/sitemap.xml",
    "/sitemaps/1.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/rsl.xml",
    "/style.css",
    "/feed.css",
  ],
  ...[
    "/favicon.ico",
    "/healthz",
    "/hub",
    "/archive/1/rss.xml",
    "/api/openapi.json",
    "/partners/open/",
    "/copy.js",
  ],
  ...[
    `/media/${PICTURE.sha256}.png`,
    "/partners/open/rss.xml",
    "/partners/hidden/rss.xml",
    "/articles/story",
  ],
];
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PUBLIC) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          "sections",
          "tags",
          "authors",
          "articles",
          "archive",
          "media",
          "partners",
          "sitemaps",
          "license",
        ),
        segment,
        fc.constantFrom("", "/", "/rss.xml", "/atom.xml", "/feed.json", ".png", ".xml", "/x/y"),
      )
      .map(([folder, name, file]) => `/${folder}/${name}${file}`),
  },
  { weight: 2, arbitrary: edited(PUBLIC, bit) },
);
const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("page", "limit", "cursor", "feed", "before", "q", "__proto__", "silent", "reason"),
        anyText,
      )
      .map(([name, value]) => `?${name}=${encodeURIComponentLoosely(value)}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "?page=2",
      "?page=-1",
      "?page=1e9",
      "?page=999999999999999999",
      "?&&=&",
      "?%",
      "?page=1&page=2",
    ),
  },
);

const value = (...known: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 2, arbitrary: edited(known) });
const HASH = "0123456789abcdef0123";
const headers = fc.record(
  {
    Accept: value("text/html", "application/rss+xml;q=0.9, */*;q=0.1", "application/json"),
    "Accept-Encoding": value("gzip", "gzip;q=0", "*", "br, gzip", "identity"),
    "User-Agent": value(
      "Mozilla/5.0",
      "FreshRSS/1.2 (Linux; 12 subscribers)",
      "Feedbin feed-id:1 - 99999999999 subscribers",
    ),
    "If-None-Match": value("*", `W/"1-${HASH}"`, '"a", W/"b"'),
    "If-Modified-Since": value("Thu, 24 Oct 2024 11:30:00 GMT", "Fri, 30 Feb 2024 00:00:00 GMT"),
    "If-Match": value('"1"', "*", '"999999999999999"'),
    "A-IM": value("feed", "feed;q=0"),
    Range: value("bytes=0-9", "bytes=-5", "bytes=99999-"),
    "If-Range": value(`"${PICTURE.sha256}"`, '"a"'),
    Authorization: value("Bearer x", "Basic b3Blbjp4", "Basic %%%", "bearer", "Digest a=b"),
    "Sec-Fetch-Dest": value("document", "empty"),
    "Content-Type": value(
      "application/json",
      "text/plain",
      "application/x-www-form-urlencoded; charset=utf-7",
    ),
    Cookie: value("a=b", "=;=;"),
    Origin: value("https://evil.example", "null"),
    "X-Forwarded-Host": value("evil.example"),
    "CF-Connecting-IP": value("127.0.0.1"),
  },
  { requiredKeys: [] },
);
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("GET", "GET", "HEAD") },
  { weight: 2, arbitrary: fc.constantFrom("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE") },
);
const anyBody = fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: anyText });

const asked = (
  methods: fc.Arbitrary<string>,
  paths: fc.Arbitrary<string>,
  bodies: fc.Arbitrary<string>,
  always: Readonly<Record<string, string>>,
): fc.Arbitrary<Asked> =>
  fc
    .record({
      method: methods,
      path: fc.tuple(paths, query).map((parts) => parts.join("")),
      headers,
      body: bodies,
    })
    .map((one) => ({ ...one, headers: { ...one.headers, ...always } }));

const json = (value: unknown): string => JSON.stringify(value) ?? "";
const slug = fc.oneof({ weight: 5, arbitrary: fc.constantFrom("story", "full", "one", "two") }, segment);
const puts = asked(
  fc.constant("PUT"),
  slug.map((name) => `/api/articles/${name}`),
  fc.oneof(
    { weight: 3, arbitrary: editedJson([article({}), ...ARTICLES], fc.oneof(strange, anyHtml)).map(json) },
    { weight: 3, arbitrary: anyHtml.map((html) => json(article({ body: { html } }))) },
    { weight: 1, arbitrary: edited(ARTICLES.map(json)) },
  ),
  { ...AUTHORIZED, ...JSON_TYPE },
);
const policies = asked(
  fc.constant("PUT"),
  fc.constantFrom("open", "hidden", "x").map((id) => `/api/partners/${id}`),
  fc.oneof(
    editedJson([POLICY, { id: "hidden", name: "H", profile: "ninjs", embargoed: true }]).map(json),
    edited([json(POLICY)]),
  ),
  { ...AUTHORIZED, ...JSON_TYPE },
);
const API = [
  ...["articles", "feeds", "audience", "rebuild", "partners", "deliveries", "openapi.json", "nothing", ""],
  ...["partners/open", "partners/open/tokens", "partners/open/webhook", "partners/open/articles/story"],
  ...[
    "partners/open/webhook/on",
    "partners/open/tokens/00000000",
    "deliveries/1/retry",
    `media/${PICTURE.sha256}`,
  ],
];
const api = asked(
  fc.oneof({ weight: 4, arbitrary: fc.constant("GET") }, method),
  fc.oneof(
    fc.constantFrom(...API).map((name) => `/api/${name}`),
    fc
      .tuple(fc.constantFrom("articles", "media", "partners", "deliveries"), segment)
      .map((parts) => `/api/${parts.join("/")}`),
  ),
  anyBody,
  AUTHORIZED,
);
const hub = asked(
  fc.constant("POST"),
  fc.constant("/hub"),
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom("subscribe", "unsubscribe"),
        fc.constantFrom("/rss.xml", "/tags/none/atom.xml"),
        hostile,
      )
      .map(([mode, topic, name]) =>
        new URLSearchParams({
          "hub.mode": mode,
          "hub.topic": `https://wire.test${topic}`,
          "hub.callback": `https://reader.example/${name}`,
        }).toString(),
      ),
    anyText,
  ),
  FORM_TYPE,
);

/** Requests to a running Worker. */
export const worker = target<Asked>({
  name: "Worker over HTTP",
  inputs: 6000,
  arbitrary: fc.oneof(
    { weight: 5, arbitrary: asked(method, path, anyBody, {}) },
    { weight: 2, arbitrary: puts },
    { weight: 2, arbitrary: api },
    { weight: 1, arbitrary: policies },
    { weight: 1, arbitrary: hub },
  ),
  check,
  isElsewhere: true,
  close,
});

interface Running {
  readonly worker: DirectWorker;
  readonly agent: Agent;
  readonly folders: readonly string[];
}

let running: Promise<Running> | undefined;

async function check(input: Asked): Promise<Outcome> {
  running ??= start();
  const { worker: started, agent } = await running;
  const status = await statusOf(started.url, agent, input);
  must(status < 500, () => `is answered ${status}`);
  return status < 400 ? "taken" : "refused";
}

async function start(): Promise<Running> {
  const folders = [buildWorker(), mkdtempSync(join(tmpdir(), "wireroom-fuzz-"))] as const;
  const started = await startDirect(...folders, "https://wire.test", {}, true);
  const agent = new Agent({ keepAlive: true });
  const put = async (path: string, body: BodyInit, type: string) => {
    const headers = { ...AUTHORIZED, "Content-Type": type };
    const { ok, status } = await fetch(`${started.url}/api/${path}`, { method: "PUT", headers, body });
    if (!ok) throw new Error(`PUT of ${path} is answered ${status}`);
  };
  await put(`media/${PICTURE.sha256}`, Uint8Array.from(PICTURE.bytes), "image/png");
  await put("articles/story", json(article({})), "application/json");
  await put("partners/open", json(POLICY), "application/json");
  return { worker: started, agent, folders };
}

async function close(): Promise<void> {
  if (!running) return;
  const { worker: started, agent, folders } = await running;
  running = undefined;
  agent.destroy();
  await started.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** The status of the answer, whose body is read to its end; 400 if no client can send the request. */
function statusOf(url: string, agent: Agent, { method, path, headers, body }: Asked): Promise<number> {
  const { hostname, port } = new URL(url);
  const sentBody = ["GET", "HEAD", "TRACE"].includes(method) ? "" : body;
  // Node doesn't set the length of a DELETE's body by itself, and without it the body would be read as a request.
  const length = { "Content-Length": String(Buffer.byteLength(sentBody)) };
  const options = { hostname, port, method, path, headers: { ...headers, ...length }, agent };
  return new Promise((resolve, reject) => {
    try {
      const sent = request({ ...options, timeout: ANSWER_MILLISECONDS }, (response) => {
        response.on("error", reject).on("end", () => resolve(response.statusCode ?? 0));
        response.resume();
      });
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${ANSWER_MILLISECONDS} ms`)));
      sent.on("error", reject);
      sent.end(sentBody);
    } catch (error) {
      // The path or a header has illegal characters.
      if (!(error instanceof TypeError)) throw error;
      resolve(400);
    }
  });
}

/** `encodeURIComponent`, but a lone surrogate, which it throws at, is replaced. */
function encodeURIComponentLoosely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
