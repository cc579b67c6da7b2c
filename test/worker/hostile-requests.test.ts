// Malformed and hostile requests on a raw socket: paths, hosts, bodies. The answer is a 4xx or the usual one, never a 5xx or a
// redirect to another site.

import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { article } from "./articles.ts";
import { type DirectWorker, startDirect, TOKEN } from "./direct.ts";
import { until } from "./harness.ts";

const AUTHORIZATION = `Authorization: Bearer ${TOKEN}`;
const ARTICLE_BYTES_LIMIT = 512_000;
const ENDLESS_BYTES = 50_000_000;

let state = "";
let worker: DirectWorker;
beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "wireroom-state-"));
  worker = await startDirect(inject("bundles"), state);
  expect((await put(JSON.stringify(article({ tags: ["Sea"], section: "about" })))).status).toBe(201);
});
afterAll(async () => {
  await worker?.close();
  rmSync(state, { recursive: true, force: true });
});

/** An answer with its headers by lower-case name. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const open = (): Socket => {
  const { hostname, port } = new URL(worker.url);
  return connect(Number(port), hostname);
};

function parse(bytes: Buffer): Answer {
  const [head = "", ...rest] = bytes.toString("latin1").split("\r\n\r\n");
  const [start = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(start.split(" ")[1]),
    headers: Object.fromEntries(headers),
    body: rest.join("\r\n\r\n"),
  };
}

/** Sends these bytes, and reads until the other side closes. */
function send(bytes: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = open();
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", (error) =>
      chunks.length > 0 ? resolve(parse(Buffer.concat(chunks))) : reject(error),
    );
    socket.on("close", () => resolve(parse(Buffer.concat(chunks))));
    socket.write(bytes);
  });
}
const ask = (target: string, headers: readonly string[] = [], method = "GET", host = "wire.test") =>
  send(
    [`${method} ${target} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers, "", ""].join("\r\n"),
  );

function put(body: string | Buffer, path = "/api/articles/story"): Promise<Answer> {
  const bytes = Buffer.from(body);
  const head = `PUT ${path} HTTP/1.1\r\nHost: wire.test\r\nConnection: close\r\n${AUTHORIZATION}\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return send(Buffer.concat([Buffer.from(head), bytes]));
}

const FOLDERS = ["articles", "api/articles", "media", "sections", "tags", "authors", "archive", "partners"];
const TRICKS = [
  ...[
    "..",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%5cx",
    "a%00b",
    "%00",
    "%",
    "%zz",
    "%ff%fe",
    "%c0%ae%c0%ae",
  ],
  ...[
    "/evil.test",
    "/evil.test/",
    "%2f%2fevil.test/",
    "%5c%5cevil.test/",
    "\\evil.test",
    "a;b=c",
    "a.",
    "a..",
    "A",
  ],
  ...[
    "%0d%0aX-Injected:%20yes/",
    "x%0d%0aX-Injected:%20yes",
    "%E2%80%AE",
    "x".repeat(8000),
    "__proto__",
    "constructor",
  ],
  ...["toString", "@evil.test", "?//evil.test", "//evil.test/%2e%2e"],
];

describe("paths", () => {
  it.each(FOLDERS)("under /%s: a 4xx, or a redirect within this site", async (folder) => {
    for (const trick of TRICKS) {
      const { status, headers } = await ask(`/${folder}/${trick}`, [AUTHORIZATION]);
      const said = `/${folder}/${trick.slice(0, 40)}: ${status} ${headers.location ?? ""}`;
      expect(status, said).toBeLessThan(500);
      if (headers.location !== undefined)
        expect(new URL(headers.location, "https://wire.test/x/y").origin, said).toBe("https://wire.test");
      expect(headers, said).not.toHaveProperty("x-injected");
    }
  });

  it.each([
    "//evil.test",
    "//evil.test/",
    "//evil.test/feed",
    "/\\evil.test/",
    "/feed//evil.test",
    "/%2f%2fevil.test/",
  ])("%s leads nowhere else", async (target) => {
    const { status, headers } = await ask(target);
    expect(status).toBeLessThan(500);
    if (headers.location !== undefined)
      expect(new URL(headers.location, "https://wire.test/").origin).toBe("https://wire.test");
  });
});

describe("request headers change nothing in a feed or a page", () => {
  const stable = ({ status, headers, body }: Answer) => {
    const { date: _, ...others } = headers;
    return { status, headers: others, body };
  };
  const LINES = [
    ...["X-Forwarded-Host: evil.test", "X-Forwarded-Proto: http", "X-Forwarded-For: 127.0.0.1"],
    ...["X-Original-URL: /api/articles", "X-Rewrite-URL: /api/articles", "X-HTTP-Method-Override: DELETE"],
    ...["Forwarded: host=evil.test;proto=http", "Accept: application/json", "Accept-Language: de"],
    ...[
      "User-Agent: Mozilla/5.0",
      "Range: bytes=0-9",
      AUTHORIZATION,
      "Authorization: Bearer wrong",
      "Cookie: a=b",
    ],
    "Origin: https://evil.test",
  ];
  it.each(["/rss.xml", "/feed.json", "/tags/sea/atom.xml", "/", "/articles/story"])("%s", async (path) => {
    await ask(path);
    const plain = stable(await ask(path));
    expect(plain.status).toBe(200);
    for (const line of LINES) expect(stable(await ask(path, [line])), line).toEqual(plain);
    for (const host of ["evil.test", "evil.test:8443", "wire.test:80"])
      expect(stable(await ask(path, [], "GET", host)), host).toEqual(plain);
    const absolute = await ask(`http://evil.test${path}`);
    expect(`${JSON.stringify(absolute.headers)}${absolute.body}`).not.toContain("evil.test");
    const head = await ask(path, [AUTHORIZATION], "HEAD");
    expect([head.status, head.headers.etag, head.body]).toEqual([200, plain.headers.etag, ""]);
    for (const method of ["TRACE", "PROPFIND", "DELETE", "get"]) {
      const { status } = await ask(path, [], method);
      expect([400, 404, 405, 501], `${method} ${status}`).toContain(status);
    }
    expect(stable(await ask(path)), "afterwards").toEqual(plain);
  });
});

describe("bodies", () => {
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
  const withField = (field: string) => `${JSON.stringify(article()).slice(0, -1)},${field}}`;
  it.each<readonly [string, string | Buffer]>([
    ["100,000 nested lists", deep("[", "]")],
    ["100,000 nested lists in a field", withField(`"tags":${deep("[", "]")}`)],
    ["60,000 nested objects", `${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)}`],
    ["numbers without an end", `[${"1,".repeat(255_000)}1]`],
    ["a number of 400,000 digits", withField(`"priority":${"9".repeat(400_000)}`)],
    ["too large a number", withField('"priority":1e999')],
    ["NaN", withField('"priority":NaN')],
    ["__proto__", withField('"__proto__":{"headline":"x"}')],
    ["constructor", withField('"constructor":{"prototype":{}}')],
    ["a NUL", "\u0000"],
    ["no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ["a lone surrogate as a whole tag", withField('"tags":["\\ud800"]')],
  ])("%s: a clear 4xx", async (_, body) => {
    const { status, headers } = await put(body, "/api/articles/hostile");
    expect([400, 413, 422]).toContain(status);
    expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect((await put(body, "/api/partners/hostile")).status).toBeLessThan(500);
  });

  it("line ends and non-ASCII in any text don't reach a header", async () => {
    const odd = "x\r\nX-Injected: yes\u0000\u2028 \u00fc\u6e2f\ud800";
    const sent = article({ headline: odd, tags: [odd], bylines: [{ name: odd }] });
    expect((await put(JSON.stringify(sent), "/api/articles/odd")).status).toBe(201);
    for (const path of [
      "/articles/odd",
      "/rss.xml",
      "/api/articles/odd",
      "/tags/x-x-injected-yes-u%E6%B8%AF",
    ]) {
      const { status, headers } = await ask(path, [AUTHORIZATION]);
      expect([path, status]).toEqual([path, 200]);
      expect(headers).not.toHaveProperty("x-injected");
      expect(JSON.stringify(headers)).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it.each([
    ["/api/articles/large", "PUT", "application/json", [AUTHORIZATION], ARTICLE_BYTES_LIMIT],
    ["/api/partners/large", "PUT", "application/json", [AUTHORIZATION], 64_000],
    ["/hub", "POST", "application/x-www-form-urlencoded", [], 16_000],
  ] as const)(
    "%s is 413 at the first byte too many, and no more is read",
    async (path, method, type, headers, limit) => {
      const socket = open();
      let answer = "";
      let closed = false;
      socket.on("data", (chunk: Buffer) => {
        answer += chunk.toString("latin1");
      });
      socket
        .on("error", () => undefined)
        .on("close", () => {
          closed = true;
        });
      const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;
      const lines = [`${method} ${path} HTTP/1.1`, "Host: wire.test", `Content-Type: ${type}`, ...headers];
      socket.write([...lines, "Transfer-Encoding: chunked", "", chunk(limit + 1)].join("\r\n"));
      await until("the answer has come, although the body has no end", () => answer.includes("\r\n\r\n"));
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      let sent = 0;
      const more = () => {
        while (!closed && sent < ENDLESS_BYTES) {
          sent += 65_536;
          if (!socket.write(chunk(65_536))) return;
        }
      };
      socket.on("drain", more);
      more();
      await until("the connection is closed", () => closed);
      expect(sent).toBeLessThan(ENDLESS_BYTES);
    },
  );

  it.each([
    ["/api/articles/large", "PUT", ARTICLE_BYTES_LIMIT],
    [`/api/media/${"0".repeat(64)}`, "PUT", 20_000_000],
    ["/api/partners/large", "PUT", 64_000],
    ["/hub", "POST", 16_000],
  ])("%s is 413 by what its length is said to be, before any of it comes", async (path, method, limit) => {
    for (const length of [limit + 1, 1e12]) {
      const { status } = await ask(path, [AUTHORIZATION, `Content-Length: ${length}`], method);
      expect([length, status]).toEqual([length, 413]);
    }
  });

  it("an invalid or duplicate Content-Length is refused", async () => {
    for (const lines of [
      ["Content-Length: -1"],
      ["Content-Length: 1x"],
      ["Content-Length: 1", "Content-Length: 2"],
    ]) {
      const { status } = await ask("/api/articles/story", [AUTHORIZATION, ...lines], "PUT");
      expect([lines, status]).toEqual([lines, 400]);
    }
  });

  it("incomplete bodies don't block other requests", async () => {
    const waiting = Array.from({ length: 20 }, () => {
      const socket = open().on("error", () => undefined);
      const head = ["PUT /api/articles/slow HTTP/1.1", "Host: wire.test", AUTHORIZATION];
      const length = `Content-Length: ${ARTICLE_BYTES_LIMIT}`;
      socket.write([...head, "Content-Type: application/json", length, "", '{"headline":'].join("\r\n"));
      return socket;
    });
    expect((await ask("/rss.xml")).status).toBe(200);
    expect((await put(JSON.stringify(article()), "/api/articles/meanwhile")).status).toBe(201);
    for (const socket of waiting) socket.destroy();
    expect((await ask("/api/articles/slow", [AUTHORIZATION])).status).toBe(404);
  });
});
