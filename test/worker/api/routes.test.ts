// Every call of the API, as its document lists them, with every kind of token; and the list is compared with the routes
// that the code registers, so that none is forgotten.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import document from "../../../src/api/openapi.json" with { type: "json" };
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { partner, type Wire, wire } from "../partners/partners.ts";

const SRC = join(import.meta.dirname, "../../../src");
/** The files that register routes under /api. */
const DOORS = ["api/routes.ts", "partners/api.ts"];
const PICTURE = png(64, 48);
const THERE: Readonly<Record<string, string>> = { slug: "there", sha256: PICTURE.sha256 };
const MISSING: Readonly<Record<string, string>> = { sha256: "0".repeat(64), name: "00000000", id: "404" };
const UNUSUAL = ["HEAD", "OPTIONS", "PATCH", "PROPFIND", "TRACE", "PURGE"];

const CALLS = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.keys(operations)
    .filter((name) => name !== "parameters")
    .map((method) => ({ method: method.toUpperCase(), path })),
);

const filled = (path: string, values: Readonly<Record<string, string>>, other: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? other);
const there = (path: string): string =>
  filled(path, { ...THERE, id: path.includes("/deliveries/") ? "1" : "there" }, "there");
const missing = (path: string): string => filled(path, MISSING, "not-there");

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "root secret" } });
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  await worker.put("there", article());
  await partner(worker, "there", { push: { url: "https://partner.example/hook" } });
});
afterAll(() => worker?.close());

const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Wire> =>
  wire(worker.url + path, method, headers);

it("the document lists every call that the code takes, and no other", () => {
  const registered = DOORS.flatMap((file) =>
    Array.from(
      readFileSync(join(SRC, file), "utf8").matchAll(/\bapi\.(get|put|post|delete|patch)\(\s*"([^"]+)"/g),
      ([, method = "", path = ""]) =>
        `${method.toUpperCase()} /api${path.replace(/:(\w+)(?:\{[^}]*\}+)?/g, "{$1}")}`,
    ),
  );
  const listed = CALLS.map(({ method, path }) => `${method} ${path}`);
  expect(registered.filter((call) => call !== "GET /api/openapi.json").toSorted()).toEqual(listed.toSorted());
  // No other file mounts anything on the API's router.
  const others = globSync("**/*.{ts,tsx}", { cwd: SRC }).filter((file) =>
    /\bapi\.(?:get|put|post|delete|patch|all|on)\(/.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(others.toSorted()).toEqual(DOORS);
});

const BASIC = `Basic ${btoa(`:${TOKEN}`)}`;
const STRANGERS: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ["no token", {}, ""],
  ["an empty one", { Authorization: "Bearer " }, ""],
  ["a wrong one", { Authorization: "Bearer wrong" }, ""],
  ["the right one and more", { Authorization: `Bearer ${TOKEN}x` }, ""],
  ["the start of the right one", { Authorization: `Bearer ${TOKEN.slice(0, -1)}` }, ""],
  ["the right one twice", { Authorization: `Bearer ${TOKEN} ${TOKEN}` }, ""],
  ["the right one as Basic", { Authorization: BASIC }, ""],
  ["the right one without a scheme", { Authorization: TOKEN }, ""],
  ["the right one in the query", {}, `?access_token=${TOKEN}&token=${TOKEN}`],
  ["the right one in another header", { "X-Api-Key": TOKEN, Cookie: `token=${TOKEN}` }, ""],
  [
    "the right one, and a method to override",
    { "X-SRC-Method-Override": "GET", "Proxy-Authorization": `Bearer ${TOKEN}` },
    "",
  ],
];

/** The answers to every call and unusual method, for what is there and for what isn't; each with what it was to. */
const everyAnswer = (headers: Readonly<Record<string, string>>, query = "") => {
  const methods = CALLS.map((call) => ({ ...call }));
  for (const path of Object.keys(document.paths)) {
    methods.push(...UNUSUAL.map((method) => ({ method, path })));
  }
  return Promise.all(
    methods.flatMap(({ method, path }) =>
      [there(path), missing(path)].map(async (at) => ({
        method,
        at,
        wire: await ask(method, at + query, headers),
      })),
    ),
  );
};

describe("401, the same to every call, whether or not the thing is there", () => {
  it.each(STRANGERS)("%s", async (_, headers, query) => {
    const answers = await everyAnswer(headers, query);
    const [first] = answers;
    expect(first?.wire.status).toBe(401);
    expect(first?.wire.headers.map((line) => line.toLowerCase())).toContain("cache-control: no-store");
    expect(first?.wire.headers.map((line) => line.toLowerCase())).toContain(
      'www-authenticate: bearer realm="wireroom"',
    );
    for (const { method, at, wire: answer } of answers) {
      // HEAD has no body; all else is the same.
      const expected = method === "HEAD" ? { ...first?.wire, body: "" } : first?.wire;
      expect({ ...answer, headers: sized(answer) }, `${method} ${at}`).toEqual({
        ...expected,
        headers: first && sized(first.wire),
      });
    }
  });
});

// How a body is framed differs with HEAD, and is the front door's.
const sized = ({ headers }: Wire): readonly string[] =>
  headers.filter((line) => !/^(?:content-length|transfer-encoding|connection|keep-alive):/i.test(line));

it("the right token gets an answer to every call that is neither 401 nor 403 nor a failure", async () => {
  // What removes comes last.
  const order = [...CALLS].sort((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));
  for (const { method, path } of order) {
    for (const at of [missing(path), there(path)]) {
      const { status } = await ask(method, at, { Authorization: `Bearer ${TOKEN}` });
      expect([401, 403], `${method} ${at}`).not.toContain(status);
      expect(status, `${method} ${at}`).toBeLessThan(500);
    }
  }
  for (const method of UNUSUAL) {
    const { status } = await ask(method, "/api/articles", { Authorization: `Bearer ${TOKEN}` });
    expect(status, method).toBe(method === "HEAD" ? 200 : 404);
  }
});

it("without a secret every call is 503, whatever token comes", async () => {
  await worker.reload({ secrets: {} });
  for (const headers of [{}, { Authorization: `Bearer ${TOKEN}` }, { Authorization: "Bearer undefined" }]) {
    const answers = await everyAnswer(headers);
    expect(answers.filter(({ wire: { status } }) => status !== 503)).toEqual([]);
  }
});
