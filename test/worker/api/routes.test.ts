// Every call of the API in its OpenAPI document: the schema of each answer, and which tokens it accepts. The list is compared
// with the routes that the code registers. It is one file of over 500 lines because `SUCCESSFUL_CALLS` is one sequence: each call uses
// what earlier ones stored, and all blocks below run over the same answers.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Audience } from "../../../src/api/answers.ts";
import document from "../../../src/api/openapi.json" with { type: "json" };
import type { PartnerReport, WebhookDelivery } from "../../../src/partners/answers.ts";
import { article, png } from "../articles.ts";
import { newPasskey } from "../desk/authenticator.ts";
import { type Colleague, colleague } from "../desk/desk.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { issue, ledgerOnce, partner, policy, type Wire, wire } from "../partners/partners.ts";

const SRC = join(import.meta.dirname, "../../../src");
/** The files that register routes under /api. */
const DOORS = [
  "api/media.ts",
  "api/routes.ts",
  "desk/homes/homes-api.ts",
  "desk/stories/list-api.ts",
  "desk/partners/api.ts",
  "desk/people/people-routes.ts",
  "desk/publish/publishing-api.ts",
  "desk/routes.ts",
  "partners/api.ts",
];
const PICTURE = png(64, 48);
const THERE: Readonly<Record<string, string>> = { slug: "there", sha256: PICTURE.sha256 };
const MISSING: Readonly<Record<string, string>> = {
  sha256: "0".repeat(64),
  name: "00000000",
  id: "404",
  link: "404",
};
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

/** A call in the OpenAPI document. */
interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly Parameter[];
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly [limit in "minimum" | "maximum"]?: number } & {
    readonly enum?: readonly string[];
    readonly pattern?: string;
  };
}
const operationOf = (method: string, path: string): Operation => {
  const paths: Readonly<Record<string, object>> = document.paths;
  return Reflect.get(paths[path] ?? {}, method.toLowerCase());
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv as never);
ajv.addSchema({ ...(strict(document) as object), $id: "api" });

/** The same schema, but objects may not have fields that it doesn't name. */
function strict(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(strict);
  const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, strict(part)]));
  return parts.type === "object" && "properties" in parts ? { additionalProperties: false, ...parts } : parts;
}

/** Where an answer differs from the document; the whole answer, if the document doesn't have its status. */
function wrongIn(answer: unknown, method: string, path: string, { status, headers }: Response): unknown {
  const type = headers.get("Content-Type")?.split(";")[0] ?? "";
  const response = operationOf(method, path).responses[status];
  if (response === undefined) return { status, answer };
  const at =
    (response as { $ref?: string }).$ref ??
    `#/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`;
  const schema = ajv.getSchema(`api${at}/content/${escaped(type)}/schema`);
  if (!schema) return { type, answer };
  schema(answer);
  return schema.errors ?? [];
}
const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

const NEW_PICTURE = png(65, 48);

/** How to make a call succeed. */
interface CallSetup {
  /** The query, with its question mark. */
  readonly query?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Prepares the state. Returns the parts of the path that aren't `new`. */
  readonly prepare?: () => Promise<Readonly<Record<string, string>>>;
  /** A body that is made when the call is sent. */
  readonly bodyOf?: () => Promise<string>;
  /** The call is sent with a session of the desk, not with the token. */
  readonly bySession?: true;
  /** Text that the answer must contain, since an empty list would prove nothing. */
  readonly shows?: unknown;
}

/** All calls, in an order in which each succeeds. */
const SUCCESSFUL_CALLS: readonly (readonly [
  method: string,
  path: string,
  status: number,
  setup: CallSetup,
])[] = [
  ["PUT", "/api/media/{sha256}", 201, { body: new Uint8Array(NEW_PICTURE.bytes) }],
  ["PUT", "/api/media/{sha256}", 200, { body: new Uint8Array(NEW_PICTURE.bytes) }],
  ["GET", "/api/media/{sha256}", 200, {}],
  [
    "GET",
    "/api/media",
    200,
    { shows: { pictures: expect.arrayContaining([expect.objectContaining({ width: 65 })]) } },
  ],
  ["GET", "/api/media/{sha256}/uses", 200, {}],
  ["PUT", "/api/partners/{id}", 201, { body: policyOf({ push: { url: "https://partner.example/new" } }) }],
  ["PUT", "/api/partners/{id}", 200, { body: policyOf({ push: { url: "https://partner.example/hook" } }) }],
  [
    "PUT",
    "/api/articles/{slug}",
    201,
    { query: "?home=git&by=Ana", body: articleOf("<p>A</p><script>1</script>"), shows: { warnings: [{}] } },
  ],
  [
    "PUT",
    "/api/articles/{slug}",
    200,
    {
      query: "?by=Ana",
      body: articleOf("<p>B</p>"),
      shows: { change: "updated", feeds: expect.arrayContaining([expect.any(String)]) },
    },
  ],
  ["GET", "/api/articles/{slug}", 200, {}],
  ["GET", "/api/articles", 200, { query: "?limit=1", shows: { articles: [{ sentBy: "Ana" }], next: "new" } }],
  ["POST", "/api/rebuild", 202, {}],
  ["GET", "/api/feeds", 200, { shows: expect.arrayContaining([expect.objectContaining({ format: "rss" })]) }],
  [
    "GET",
    "/api/audience",
    200,
    { prepare: subscribe, shows: { feeds: [{ fetchers: [{ subscribers: 120 }] }] } },
  ],
  ["POST", "/api/partners/{id}/tokens", 201, {}],
  [
    "GET",
    "/api/partners",
    200,
    { prepare: poll, shows: [{ lastFetch: { status: 200 }, tokens: [{}, {}] }, {}] },
  ],
  [
    "GET",
    "/api/partners/{id}",
    200,
    { shows: { included: [{ slug: "new" }], leftOut: [{}], days: [{ fetches: 1 }] } },
  ],
  [
    "GET",
    "/api/partners/{id}/articles/{slug}",
    200,
    { shows: { rules: expect.arrayContaining([expect.any(Object)]), ledger: {} } },
  ],
  [
    "POST",
    "/api/partners/{id}/trial",
    200,
    {
      query: "?article=new",
      body: policyOf({ delay: "1h" }),
      shows: { change: "updated", rules: expect.any(Array), chosen: { slug: "new" } },
    },
  ],
  ["GET", "/api/gaps", 200, { prepare: gap, shows: [{ slug: "new" }] }],
  ["DELETE", "/api/partners/{id}/tokens/{name}", 200, { prepare: tokenName }],
  ["GET", "/api/partners/{id}/webhook", 200, {}],
  ["POST", "/api/partners/{id}/webhook", 200, { shows: { previous: expect.any(String) } }],
  ["POST", "/api/partners/{id}/webhook/on", 200, {}],
  [
    "GET",
    "/api/deliveries",
    200,
    { query: "?partner=new", shows: expect.arrayContaining([expect.objectContaining({ partner: "new" })]) },
  ],
  ["POST", "/api/deliveries/{id}/retry", 200, { prepare: deliveryId }],
  ["POST", "/api/stories", 201, { query: "?by=Ana", body: storyOf("A"), shows: { revision: 1, by: "Ana" } }],
  [
    "PUT",
    "/api/stories/{id}",
    200,
    { prepare: storyId, headers: { "If-Match": '"1"' }, body: storyOf("B"), shows: { revision: 2 } },
  ],
  [
    "PUT",
    "/api/stories/{id}/review",
    200,
    { prepare: storyId, query: "?by=Ana", body: '{"note":"Look at the end."}' },
  ],
  [
    "GET",
    "/api/stories",
    200,
    {
      query: "?show=review&q=typ",
      shows: { stories: [{ headline: "B", review: { revision: 2, by: "Ana" } }] },
    },
  ],
  ["DELETE", "/api/stories/{id}/review", 200, { prepare: storyId }],
  [
    "PUT",
    "/api/stories/{id}/presence",
    200,
    {
      prepare: openStory,
      query: "?by=Bo",
      shows: { others: [{ name: "Ana", savedAt: expect.any(String) }] },
    },
  ],
  ["DELETE", "/api/stories/{id}/presence", 200, { prepare: storyId, query: "?by=Ana" }],
  ["GET", "/api/stories/{id}", 200, { prepare: storyId, shows: { article: { headline: "B" } } }],
  [
    "GET",
    "/api/stories/{id}/revisions",
    200,
    { prepare: storyId, shows: { revisions: [{}, { number: 1 }] } },
  ],
  [
    "GET",
    "/api/stories/{id}/revisions/{number}",
    200,
    { prepare: async () => ({ ...(await storyId()), number: "1" }), shows: { article: { headline: "A" } } },
  ],
  ["POST", "/api/stories/{id}/publish", 202, { prepare: storyId, body: '{"revision":2}' }],
  ["DELETE", "/api/stories/{id}/publish", 200, { prepare: storyId }],
  ["POST", "/api/stories/{id}/preview-links", 201, { prepare: storyId, body: '{"revision":1}' }],
  ["DELETE", "/api/stories/{id}", 200, { prepare: draftStory, headers: { "If-Match": '"1"' } }],
  ["GET", "/api/stories/{id}/preview-links", 200, { prepare: storyId, shows: { links: [{ revision: 1 }] } }],
  [
    "DELETE",
    "/api/stories/{id}/preview-links/{link}",
    200,
    { prepare: async () => ({ ...(await storyId()), link: "1" }), shows: { id: 1 } },
  ],
  ["POST", "/api/check", 200, { body: storyOf("A"), shows: { problems: [], headline: { characters: 1 } } }],
  ["DELETE", "/api/stories/{id}/schedule", 200, { prepare: scheduledStory }],
  [
    "POST",
    "/api/stories/{id}/withdraw",
    200,
    { prepare: () => publishedStory(), body: '{"reason":"A mistake."}' },
  ],
  ["POST", "/api/articles/{slug}/take-over", 201, { query: "?by=Ana" }],
  ["POST", "/api/articles/{slug}/take-over", 200, {}],
  [
    "POST",
    "/api/articles/{slug}/pulled",
    200,
    { body: JSON.stringify({ version: 2, digest: "0".repeat(64) }), shows: { home: "desk" } },
  ],
  ["POST", "/api/people", 201, { body: '{"name":"Ana","role":"editor"}', shows: { id: expect.any(String) } }],
  ["GET", "/api/people", 200, { shows: { people: [{ name: "Ana", sessions: 0, lastSeen: null }] } }],
  [
    "PATCH",
    "/api/people/{id}",
    200,
    { prepare: personId, body: '{"role":"reporter","email":"Ana@A.test"}', shows: { email: "ana@a.test" } },
  ],
  ["POST", "/api/people/{id}/link", 201, { prepare: personId }],
  ["GET", "/api/sessions", 200, { prepare: signedIn, query: "?person=new", shows: { sessions: [{}, {}] } }],
  ["DELETE", "/api/sessions/{id}", 200, { prepare: sessionOfAna, shows: { ended: 1 } }],
  ["DELETE", "/api/sessions", 200, { query: "?person=new", shows: { ended: 1 } }],
  [
    "GET",
    "/api/journal",
    200,
    { query: "?by=Ana&act=signed-in", shows: { acts: [{ words: "signed in" }, { by: "Ana" }] } },
  ],
  ["POST", "/api/passkeys/challenge", 200, { bySession: true, shows: { rpId: "wire.test", exclude: [] } }],
  ["POST", "/api/passkeys", 201, { bySession: true, bodyOf: registration, shows: { usedAt: null } }],
  ["GET", "/api/passkeys", 200, { bySession: true, shows: { passkeys: [{}] } }],
  [
    "PATCH",
    "/api/passkeys/{id}",
    200,
    { prepare: async () => ({ id: (await passkey).id }), body: '{"name":"Phone"}', shows: { name: "Phone" } },
  ],
  ["DELETE", "/api/passkeys/{id}", 200, { prepare: async () => ({ id: (await passkey).id }) }],
  ["DELETE", "/api/people/{id}", 200, { prepare: personId }],
  ["DELETE", "/api/partners/{id}", 200, {}],
  ["DELETE", "/api/articles/{slug}", 200, {}],
  ["DELETE", "/api/media/{sha256}", 200, {}],
];

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "root secret" } });
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  await worker.put("there", article());
  await partner(worker, "there", { push: { url: "https://partner.example/hook" } });
});
afterAll(() => worker?.close());

function policyOf(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(policy("new", { select: { tags: ["New"] }, ...changes }));
}
function articleOf(html: string): string {
  return JSON.stringify(article({ tags: ["New"], body: { html } }));
}
function storyOf(headline: string): string {
  return JSON.stringify({ article: { headline, body: { html: "<p>Typed.</p>" } } });
}
/** The most recently changed story. */
async function storyId() {
  const { stories } = (await (await worker.api("/stories")).json()) as { stories: { id: string }[] };
  return { id: stories[0]?.id ?? "" };
}
/** The most recently changed story, scheduled. */
function scheduledStory() {
  return publishedStory("2999-01-01T00:00:00Z");
}
/** An unpublished story. */
async function draftStory() {
  const body = storyOf("C");
  const made = await worker.api("/stories", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  return { id: ((await made.json()) as { readonly id: string }).id };
}
/** The most recently changed story, while somebody else has it open. */
async function openStory() {
  const { id } = await storyId();
  await worker.api(`/stories/${id}/presence?by=Ana`, { method: "PUT" });
  return { id };
}
/** The most recently changed story, published: cron finds a publication that is overdue. */
async function publishedStory(at: string | null = null) {
  const { id } = await storyId();
  const { DB } = await worker.env();
  const due =
    "UPDATE stories SET due = head, due_at = '2020-01-01T00:00:00Z', due_by = 'Ana', due_published = ? WHERE id = ?";
  await DB.prepare(due).bind(at, id).run();
  await worker.scheduled();
  await until("the story is out", async () => {
    const { due } = (await (await worker.api(`/stories/${id}`)).json()) as { due: number | null };
    return due === null;
  });
  return { id };
}
async function personId() {
  const { people } = (await (await worker.api("/people")).json()) as { people: { id: string }[] };
  return { id: people[0]?.id ?? "" };
}
const passkey = newPasskey();
let cleo: Colleague | undefined;
const asCleo = async (): Promise<Colleague> => {
  cleo ??= await colleague(worker, "Cleo", "reporter");
  return cleo;
};
async function registration(): Promise<string> {
  const answer = await (await asCleo()).ask("POST", "/passkeys/challenge");
  const { challenge } = (await answer.json()) as { readonly challenge: string };
  return JSON.stringify(await (await passkey).registration(challenge));
}
/** Ana signs in in two browsers; from here on her id is `new`. */
async function signedIn() {
  for (const _ of ["one", "two"]) await colleague(worker, "Ana", "reporter");
  const { DB } = await worker.env();
  await DB.batch(
    ["UPDATE people SET id = 'new'", "UPDATE sessions SET person = 'new'"].map((sql) => DB.prepare(sql)),
  );
  return {};
}
async function sessionOfAna() {
  const answer = await worker.api("/sessions?person=new");
  const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
  return { id: sessions[0]?.id ?? "" };
}
/** A feed service reports the subscribers of a feed. */
async function subscribe() {
  await worker.settled();
  const headers = { "User-Agent": "Feedly/1.0 (120 subscribers)" };
  await (await worker.fetch("/feed.xml", { headers })).text();
  await until("the audience is noted", async () => {
    const { total }: Audience = await (await worker.api("/audience")).json();
    return total > 0;
  });
  return {};
}
/** A partner fetches its feed. */
async function poll() {
  const { url, header } = await issue(worker, "new");
  const [, authorization = ""] = header?.split(": ") ?? [];
  await worker.fetch(new URL(url).pathname, { headers: { Authorization: authorization } });
  await ledgerOnce(worker, "new", 1);
  return {};
}
async function tokenName() {
  const { tokens }: PartnerReport = await (await worker.api("/partners/new")).json();
  return { name: tokens[0]?.name ?? "" };
}
/** A partner's feed has had an article for long that the partner hasn't fetched. */
async function gap() {
  const { DB } = await worker.env();
  await DB.batch([
    DB.prepare("UPDATE partner_versions SET at = '2024-10-24T09:00:00Z' WHERE partner = 'new'"),
    DB.prepare("UPDATE partner_fetches SET version = 0 WHERE partner = 'new'"),
  ]);
  return {};
}
async function deliveryId() {
  const [first]: WebhookDelivery[] = await (await worker.api("/deliveries?partner=new")).json();
  return { id: String(first?.id) };
}

const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Wire> =>
  wire(worker.url + path, method, headers);

it("the document lists exactly the calls that the code has", () => {
  const registered = DOORS.flatMap((file) =>
    Array.from(
      readFileSync(join(SRC, file), "utf8").matchAll(/\bapi\.(get|put|post|delete|patch)\(\s*"([^"]+)"/g),
      ([, method = "", path = ""]) =>
        `${method.toUpperCase()} /api${path.replace(/:(\w+)(?:\{[^}]*\}+)?/g, "{$1}")}`,
    ),
  );
  const listed = CALLS.map(({ method, path }) => `${method} ${path}`);
  expect(registered.filter((call) => call !== "GET /api/openapi.json").toSorted()).toEqual(listed.toSorted());
  // No other file adds routes to the API's router.
  const others = globSync("**/*.{ts,tsx}", { cwd: SRC }).filter((file) =>
    /\bapi\.(?:get|put|post|delete|patch|all|on)\(/.test(readFileSync(join(SRC, file), "utf8")),
  );
  expect(others.toSorted()).toEqual(DOORS.toSorted());
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

/** The answers to every call and to unusual methods, for existing and for missing things; each with its request. */
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

describe("401 is the same for every call, whether or not the thing exists", () => {
  it.each(STRANGERS)("%s", async (_, headers, query) => {
    const answers = await everyAnswer(headers, query);
    const [first] = answers;
    expect(first?.wire.status).toBe(401);
    expect(first?.wire.headers.map((line) => line.toLowerCase())).toContain("cache-control: no-store");
    expect(first?.wire.headers.map((line) => line.toLowerCase())).toContain(
      'www-authenticate: bearer realm="wireroom"',
    );
    for (const { method, at, wire: answer } of answers) {
      // HEAD has no body; the rest is the same.
      const expected = method === "HEAD" ? { ...first?.wire, body: "" } : first?.wire;
      expect({ ...answer, headers: sized(answer) }, `${method} ${at}`).toEqual({
        ...expected,
        headers: first && sized(first.wire),
      });
    }
  });
});

// These headers frame the body: they differ for HEAD, and Miniflare sets them.
const sized = ({ headers }: Wire): readonly string[] =>
  headers.filter((line) => !/^(?:content-length|transfer-encoding|connection|keep-alive):/i.test(line));

describe("answers match the document, and have no other fields", () => {
  it.each(SUCCESSFUL_CALLS)(
    "%s %s: %i",
    async (method, path, status, { query = "", headers: others, prepare, shows, bySession, ...sent }) => {
      const ids = { sha256: NEW_PICTURE.sha256, ...(await prepare?.()) };
      const body = sent.body ?? (await sent.bodyOf?.());
      const headers = { "Content-Type": "application/json", ...others };
      const at = filled(path, ids, "new").slice("/api".length) + query;
      const response = bySession
        ? await (await asCleo()).ask(method, at, body === undefined ? undefined : JSON.parse(String(body)))
        : await worker.api(
            at,
            body === undefined ? { method, headers: { ...others } } : { method, body, headers },
          );
      const answer: unknown = await response.json();
      expect(response.status, JSON.stringify(answer)).toBe(status);
      expect(wrongIn(answer, method, path, response)).toEqual([]);
      if (shows !== undefined) expect(answer).toMatchObject(shows as object);
    },
  );

  it("errors about missing things too", async () => {
    for (const { method, path } of CALLS) {
      const response = await worker.api(missing(path).slice("/api".length), { method });
      expect(wrongIn(await response.json(), method, path, response), `${method} ${path}`).toEqual([]);
    }
  });

  it("a success was tested for every call that can succeed", () => {
    const promised = CALLS.flatMap(({ method, path }) =>
      Object.keys(operationOf(method, path).responses)
        .filter((status) => status.startsWith("2"))
        .map((status) => `${method} ${path} ${status}`),
    );
    expect(
      SUCCESSFUL_CALLS.map(([method, path, status]) => `${method} ${path} ${status}`).toSorted(),
    ).toEqual(promised.toSorted());
  });
});

/** For each query parameter with limits: the values just inside them, and some outside. */
const LIMITED = CALLS.flatMap(({ method, path }) =>
  (operationOf(method, path).parameters ?? []).flatMap(({ name, in: place, schema }) => {
    const { minimum, maximum, pattern } = schema;
    const words = schema.enum ?? (pattern === undefined ? [] : ["a-slug"]);
    const numbers = minimum === undefined || maximum === undefined ? [] : [minimum, maximum];
    const taken = [...words, ...numbers.map(String)];
    const refused = ["A word", ...numbers.map((edge, index) => String(edge + 2 * index - 1))];
    return place === "query" && taken.length > 0 ? [{ method, path, name, taken, refused }] : [];
  }),
);

describe("query parameters have the limits in the document", () => {
  it("there are such parameters", () => {
    expect(LIMITED.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["limit", "home", "from", "state"]),
    );
  });

  it.each(LIMITED)("$method $path: $name", async ({ method, path, name, taken, refused }) => {
    const statusOf = async (value: string) => {
      const query = new URLSearchParams({ [name]: value });
      return (await worker.api(`${missing(path).slice("/api".length)}?${query}`, { method })).status;
    };
    for (const value of taken) expect(await statusOf(value), value).not.toBe(400);
    for (const value of refused) expect(await statusOf(value), value).toBe(400);
  });
});

it("with the right token no call answers 401, 403 or 5xx", async () => {
  // Calls that remove something come last.
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

it("without a secret every call is 503, with any token", async () => {
  await worker.reload({ secrets: {} });
  for (const headers of [{}, { Authorization: `Bearer ${TOKEN}` }, { Authorization: "Bearer undefined" }]) {
    const answers = await everyAnswer(headers);
    expect(answers.filter(({ wire: { status } }) => status !== 503)).toEqual([]);
  }
});
