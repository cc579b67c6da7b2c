// Requests against a real server: what is tried again, what is told, and what ends everything.

import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { send } from "../../src/cli/api-request.ts";
import { Client } from "../../src/cli/client.ts";
import { CliError } from "../../src/content/finding.ts";
import { apiServer, type Server, TOKEN, type Trouble } from "./server.ts";

const WAIT_MS = 1;
const GET = { method: "GET", path: "/api/articles" } as const;

const call = (server: Server, token = TOKEN) => send({ url: server.url, token }, GET, WAIT_MS);

async function server(...troubles: readonly (Trouble | "hang up")[]): Promise<Server> {
  const made = await apiServer();
  made.trouble = () => troubles[made.seen.length - 1];
  return made;
}

describe("send", () => {
  it.each([
    ["a server's error", { status: 500 }],
    ["a gateway's error", { status: 502, body: "<html>" }],
    ["too many requests", { status: 429, headers: { "retry-after": "0" } }],
    ["a closed connection", "hang up" as const],
  ])("tries again after %s", async (_, trouble) => {
    const flaky = await server(trouble, trouble, trouble);
    expect(await call(flaky)).toMatchObject({ ok: true, status: 200 });
    expect(flaky.seen).toHaveLength(4);
  });

  it("gives up after four tries, and tells the last answer", async () => {
    const down = await server(
      ...Array<Trouble>(9).fill({ status: 500, body: '{"title":"Oh","status":500}' }),
    );
    expect(await call(down)).toMatchObject({ ok: false, problem: { status: 500, title: "Oh" } });
    expect(down.seen).toHaveLength(4);
  });

  it("doesn't try again what would fail again", async () => {
    const refusing = await server({
      status: 409,
      body: '{"title":"Clash","status":409,"detail":"id taken"}',
    });
    expect(await call(refusing)).toMatchObject({ ok: false, problem: { detail: "id taken" } });
    expect(refusing.seen).toHaveLength(1);
  });

  it("makes a problem of an answer that is none", async () => {
    const odd = await server({ status: 404, body: "<h1>Not here</h1>" });
    expect(await call(odd)).toMatchObject({
      ok: false,
      problem: { status: 404, title: "GET /api/articles was answered with 404" },
    });
  });

  it("stops at a wrong token, without saying it", async () => {
    const closed = await apiServer();
    const refused = call(closed, "s3cret");
    await expect(refused).rejects.toThrow(CliError);
    await expect(refused).rejects.toThrow(/refused the token \(401\)\. Give the right one with --token/);
    await expect(refused).rejects.not.toThrow(/s3cret/);
    expect(closed.seen).toHaveLength(1);
  });

  it("stops at a closed API, with the reason that it gives", async () => {
    const closed = await server(
      ...Array<Trouble>(4).fill({
        status: 503,
        body: '{"title":"No","status":503,"detail":"PUBLISH_TOKEN is not set"}',
      }),
    );
    const client = new Client({ url: closed.url, token: TOKEN }, WAIT_MS);
    await expect(client.articles()).rejects.toThrow(/is not open for publishing: PUBLISH_TOKEN is not set/);
  });

  it("stops at a redirect, and doesn't take the token there", async () => {
    const moved = await server({ status: 301, headers: { location: "https://elsewhere.example.com/" } });
    await expect(call(moved)).rejects.toThrow(
      /redirects to https:\/\/elsewhere\.example\.com\/: use that address/,
    );
  });

  it("stops where nobody listens", async () => {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const address = http.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await new Promise((resolve) => http.close(resolve));
    const nobody = send({ url: `http://127.0.0.1:${port}`, token: TOKEN }, GET, WAIT_MS);
    await expect(nobody).rejects.toThrow(/can't be reached .*ECONNREFUSED/);
  });
});

describe("Client", () => {
  it("stops where something else answers", async () => {
    const other = await server({ status: 200, body: "<html>" });
    const client = new Client({ url: other.url, token: TOKEN }, WAIT_MS);
    await expect(client.articles()).rejects.toThrow(/doesn't answer like a Wireroom/);
  });

  it("reads a list over all its pages", async () => {
    const full = await apiServer();
    for (const slug of ["a", "b", "c", "d", "e"]) {
      full.articles.set(slug, { body: Buffer.from(slug), status: "published" });
    }
    const client = new Client({ url: full.url, token: TOKEN }, WAIT_MS);
    expect((await client.articles()).map(({ slug }) => slug)).toEqual(["a", "b", "c", "d", "e"]);
    expect(full.seen).toHaveLength(3);
  });
});
