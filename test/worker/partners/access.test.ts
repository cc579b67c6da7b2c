// Access to a partner's feed, for every kind of access and every credential. All refusals are the same, byte for byte.

import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { issue, partner, policy, putPartner, type Wire, wire } from "./partners.ts";

const KINDS = ["bearer", "basic", "path"] as const;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const TAILS = ["/rss.xml", "/atom.xml", "/", "", "/a/b/c", "/rss.xml/", "/%2e%2e/rss.xml"];
type Kind = (typeof KINDS)[number];
type Ask = readonly [folder: string, headers: Readonly<Record<string, string>>];

/** How a partner with a token asks, by each way in. */
const WAYS: Readonly<Record<Kind | "none", (id: string, token: string) => Ask>> = {
  none: (id) => [`/partners/${id}`, {}],
  bearer: (id, token) => [`/partners/${id}`, { Authorization: `Bearer ${token}` }],
  basic: (id, token) => [`/partners/${id}`, { Authorization: `Basic ${btoa(`${id}:${token}`)}` }],
  path: (id, token) => [`/partners/${id}/${token}`, {}],
};

let worker: RunningWorker;
let refusal: Wire;
const tokens = new Map<string, string>();
const tokenOf = (id: string): string => tokens.get(id) ?? "missing";

beforeAll(async () => {
  worker = await startWorker();
  await worker.put("story", article());
  await worker.settled();
  for (const access of KINDS) {
    for (const [id, changes] of [
      [`${access}-paper`, {}],
      [`${access}-other`, {}],
      [`${access}-off`, { enabled: false }],
    ] as const) {
      await partner(worker, id, { access, ...changes });
      tokens.set(id, (await issue(worker, id)).token);
    }
  }
  await partner(worker, "public-paper", { access: "public" });
  await partner(worker, "public-off", { access: "public", enabled: false });
  refusal = await wire(`${worker.url}/partners/nobody/rss.xml`, "GET");
});
afterAll(() => worker?.close());

const ask = ([folder, headers]: Ask, tail = "/rss.xml", method = "GET") =>
  wire(worker.url + folder + tail, method, headers);

/** Checks that every method on every path gets the same refusal; HEAD without its body. */
async function refused(request: Ask): Promise<void> {
  for (const method of METHODS) {
    for (const tail of TAILS) {
      const expected = method === "HEAD" ? { ...refusal, body: "" } : refusal;
      expect(await ask(request, tail, method), `${method} ${request[0]}${tail}`).toEqual(expected);
    }
  }
}

describe("the one refusal", () => {
  it("names the accepted credentials, and nothing else", () => {
    expect(refusal.status).toBe(401);
    expect(refusal.body).toBe("Only the partner with its token may see this.\n");
    const named = refusal.headers.map((line) => line.split(": ")[0]?.toLowerCase()).toSorted();
    expect(named).toEqual(
      [
        "cache-control",
        "connection",
        "content-length",
        "content-type",
        "keep-alive",
        "strict-transport-security",
        "www-authenticate",
        "x-content-type-options",
      ].filter((name) => named.includes(name)),
    );
    const lines = refusal.headers.map((line) => line.toLowerCase());
    expect(lines).toContain(
      'www-authenticate: basic realm="wireroom", charset="utf-8", bearer realm="wireroom"',
    );
    expect(lines).toContain("cache-control: no-store");
    expect(lines).toContain("content-type: text/plain; charset=utf-8");
  });

  it("asks a browser for a password only where somebody wants to log in, whoever the partner is", async () => {
    const both = 'Basic realm="Wireroom", charset="UTF-8", Bearer realm="Wireroom"';
    const bearer = 'Bearer realm="Wireroom"';
    const browser = { "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", Accept: "text/html,*/*" };
    const old = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const tried = { ...browser, Authorization: `Basic ${btoa("bearer-paper:wrong")}` };
    const asked: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
      ["/", browser, bearer],
      ["/rss.xml", browser, bearer],
      ["/", old, bearer],
      ["/?login", browser, both],
      ["/", tried, both],
      ["/rss.xml", {}, both],
      ["/rss.xml", { Accept: "*/*" }, both],
    ];
    for (const [tail, headers, challenge] of asked) {
      const answers = await Promise.all(
        ["nobody", "bearer-paper", "basic-paper", "path-paper", "basic-off"].map((id) =>
          wire(`${worker.url}/partners/${id}${tail}`, "GET", headers),
        ),
      );
      const named = answers.map(({ headers: lines }) =>
        lines.find((line) => /^www-authenticate:/i.test(line))?.replace(/^[^:]*: /, ""),
      );
      expect(named, tail).toEqual(answers.map(() => challenge));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
    const login = { ...browser, Authorization: `Basic ${btoa(`basic-paper:${tokenOf("basic-paper")}`)}` };
    expect((await wire(`${worker.url}/partners/basic-paper/?login`, "GET", login)).status).toBe(200);
  });

  it.each([
    ["an unknown partner", "nobody"],
    ["no partner at all", ""],
    ["what can be no id", "No%20Body"],
    ["an id in other letters", "BEARER-PAPER"],
    ["an id spelled with escapes", "%62earer-paper"],
  ])("is for %s, with whatever token", async (_, id) => {
    const token = tokenOf("bearer-paper");
    for (const way of Object.values(WAYS)) await refused(way(id, token));
  });

  it("is for the folder itself", async () => {
    for (const path of ["/partners", "/partners/", "/partners//"]) {
      expect(await wire(worker.url + path, "GET"), path).toEqual(refusal);
    }
  });

  it("is sent for a disabled partner, with the right token too", async () => {
    for (const access of KINDS) await refused(WAYS[access](`${access}-off`, tokenOf(`${access}-off`)));
    await refused(WAYS.none("public-off", ""));
  });

  it("is for the token that publishes", async () => {
    for (const access of KINDS) await refused(WAYS[access](`${access}-paper`, TOKEN));
  });
});

describe.each(KINDS)("a feed with %s access", (access) => {
  const id = `${access}-paper`;
  const token = () => tokenOf(id);
  const others = KINDS.filter((kind) => kind !== access);

  it("opens to its token", async () => {
    const { status, headers, body } = await ask(WAYS[access](id, token()));
    expect(status).toBe(200);
    expect(body).toMatch(/<rss /);
    const lines = headers.map((line) => line.toLowerCase());
    for (const line of [
      "cache-control: private, no-cache",
      "content-type: application/rss+xml; charset=utf-8",
      "vary: accept-encoding, authorization",
      "x-content-type-options: nosniff",
      "x-robots-tag: noindex",
      "referrer-policy: no-referrer",
      `content-length: ${Buffer.byteLength(body, "latin1")}`,
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.join("\n")).not.toMatch(/^link:|access-control|hub/m);
  });

  it("is refused without it", async () => {
    await refused(WAYS.none(id, ""));
    await refused(WAYS[access](id, ""));
  });

  it.each([
    ["a wrong one", () => "wr_wrong"],
    ["the start of the right one", () => token().slice(0, -1)],
    ["more than the right one", () => `${token()}A`],
    ["the right one in other letters", () => token().toUpperCase()],
    ["another partner's", () => tokenOf(`${access}-other`)],
    ["one of another way in", () => tokenOf(`${others[0]}-paper`)],
  ])("refuses %s", async (_, other) => {
    await refused(WAYS[access](id, other()));
  });

  it.each(others)("refuses the right one by %s", async (way) => {
    await refused(WAYS[way](id, token()));
  });

  it("takes two tokens while they rotate, no third, and none that is revoked", async () => {
    const rotating = `${access}-rotating`;
    await partner(worker, rotating, { access });
    const [old, next] = [await issue(worker, rotating), await issue(worker, rotating)];
    const third = await worker.api(`/partners/${rotating}/tokens`, { method: "POST" });
    expect(third.status).toBe(409);
    for (const one of [old, next]) expect((await ask(WAYS[access](rotating, one.token))).status).toBe(200);

    const revoked = await worker.api(`/partners/${rotating}/tokens/${old.name}`, { method: "DELETE" });
    expect(revoked.status).toBe(200);
    await refused(WAYS[access](rotating, old.token));
    expect((await ask(WAYS[access](rotating, next.token))).status).toBe(200);
    expect((await issue(worker, rotating)).token).not.toBe(old.token);
  });

  it("is closed once it is disabled, opened another way, or removed", async () => {
    const closing = `${access}-closing`;
    await partner(worker, closing, { access });
    const { token } = await issue(worker, closing);
    const status = async (way: Kind) => (await ask(WAYS[way](closing, token))).status;
    expect(await status(access)).toBe(200);

    await partner(worker, closing, { access, enabled: false });
    await refused(WAYS[access](closing, token));
    const [other = access] = others;
    await partner(worker, closing, { access: other });
    await refused(WAYS[access](closing, token));
    expect(await status(other)).toBe(200);

    expect((await worker.api(`/partners/${closing}`, { method: "DELETE" })).status).toBe(200);
    for (const way of KINDS) await refused(WAYS[way](closing, token));
    // A new partner with the same id doesn't have the old tokens.
    await partner(worker, closing, { access });
    await refused(WAYS[access](closing, token));
  });

  it("has one file, one page, and two methods", async () => {
    const request = WAYS[access](id, token());
    for (const tail of ["/atom.xml", "/rss.xml/", "/a/b/c", "/%2e%2e"]) {
      const { status, headers } = await ask(request, tail);
      expect([tail, [301, 401, 404].includes(status)]).toEqual([tail, true]);
      expect(headers.map((line) => line.toLowerCase())).toContain("cache-control: no-store");
    }
    for (const tail of ["/rss.xml", "/", "/nothing"]) {
      for (const method of METHODS.slice(2)) {
        const { status, headers } = await ask(request, tail, method);
        expect([method, tail, status]).toEqual([method, tail, 405]);
        expect(headers.map((line) => line.toLowerCase())).toContain("allow: get, head");
      }
    }
    expect((await ask(request, "/")).status).toBe(200);
    const slash = await ask(request, "");
    expect(slash.status).toBe(301);
    expect(slash.headers).toContain(`Location: ${request[0]}/`);
  });

  it("answers conditions, HEAD and gzip like any feed", async () => {
    const [folder, headers] = WAYS[access](id, token());
    const get = (more: Record<string, string> = {}, method = "GET") =>
      worker.raw(`${folder}/rss.xml`, method, { ...headers, ...more });
    const full = await get();
    const { etag = "", "last-modified": lastModified = "" } = full.headers;
    for (const condition of [{ "If-None-Match": etag }, { "If-Modified-Since": lastModified }]) {
      for (const method of ["GET", "HEAD"]) {
        const known = await get(condition as Record<string, string>, method);
        expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, etag]);
        expect(known.headers["cache-control"]).toBe("private, no-cache");
      }
    }
    for (const condition of [
      { "If-None-Match": '"other"' },
      { "If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT" },
    ]) {
      expect((await get(condition as Record<string, string>)).status).toBe(200);
    }

    const zipped = await get({ "Accept-Encoding": "gzip" });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.body).equals(full.body)).toBe(true);
    for (const coding of [{}, { "Accept-Encoding": "gzip" }]) {
      const [asked, head] = [await get(coding), await get(coding, "HEAD")];
      expect(head.body.length).toBe(0);
      const { date: _, ...expected } = asked.headers;
      expect(head.headers).toMatchObject(expected);
    }
  });

  it("is refused with the right condition and the wrong token", async () => {
    const { headers } = await worker.raw(...rawAsk(WAYS[access](id, token())));
    const [folder, wrong] = WAYS[access](id, "wr_wrong");
    const condition = { "If-None-Match": headers.etag ?? "" };
    expect(await ask([folder, { ...wrong, ...condition }])).toEqual(refusal);
    // What stands in front of a Worker may compress even this; then that of everybody else too.
    const gzip = { "Accept-Encoding": "gzip" };
    const nobody = await ask(["/partners/nobody", gzip]);
    expect(await ask([folder, { ...wrong, ...condition, ...gzip }])).toEqual(nobody);
  });
});

const rawAsk = ([folder, headers]: Ask) => [`${folder}/rss.xml`, "GET", headers] as const;

describe("a public feed", () => {
  it("opens to everybody, may be kept for a while, and has no hub all the same", async () => {
    for (const headers of [{}, { Authorization: "Bearer wr_wrong" }]) {
      const { status, headers: given } = await worker.raw("/partners/public-paper/rss.xml", "GET", headers);
      expect([status, given["cache-control"]]).toEqual([200, "public, max-age=300"]);
      for (const name of ["link", "x-robots-tag", "access-control-allow-origin"]) {
        expect(given[name], name).toBeUndefined();
      }
      expect(given.vary).toBe("Accept-Encoding");
    }
    expect((await ask(["/partners/public-paper", {}], "/other.xml")).status).toBe(404);
  });

  it("has a page that everybody may read, and of the webhook says the host alone", async () => {
    await partner(worker, "public-hook", {
      access: "public",
      push: { url: "https://hooks.example/s3cret?k=s3cret" },
    });
    const { status, body } = await ask(["/partners/public-hook", {}], "/");
    expect(status).toBe(200);
    expect(body).toContain("to hooks.example<");
    expect(body).not.toContain("s3cret");
  });
});

describe("partners aren't revealed", () => {
  it("in no page, list or feed, by no header, and not by the API's list of feeds", async () => {
    for (const path of [
      ...["/", "/articles/story", "/nowhere", "/sections/about", "/robots.txt", "/sitemap.xml"],
      ...["/feeds.opml", "/.well-known/feeds", "/rss.xml", "/atom.xml", "/feed.json", "/healthz", "/hub"],
      "/api/openapi.json",
    ]) {
      const { headers, body } = await worker.raw(path);
      expect(JSON.stringify(headers) + body, path).not.toMatch(/-paper|-other/);
    }
    for (const path of ["/feeds", "/audience"]) {
      expect(await (await worker.api(path)).text(), path).not.toMatch(/-paper|partner/);
    }
  });

  it("by the hub", async () => {
    const subscribe = async (topic: string) => {
      const form = { "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": "https://sub.test/" };
      return worker.fetch("/hub", { method: "POST", body: new URLSearchParams(form) });
    };
    const [known, unknown] = await Promise.all(
      ["public-paper", "nobody"].map((id) => subscribe(`https://wire.test/partners/${id}/rss.xml`)),
    );
    expect(known?.status).toBe(400);
    expect(await known?.text()).toBe(await unknown?.text());
  });

  it("by a token in the log", async () => {
    expect((await putPartner(worker, policy("bearer-paper"))).status).toBe(200);
    const logged = JSON.stringify(worker.logs());
    for (const token of tokens.values()) expect(logged).not.toContain(token);
  });
});
