// Tokens of Cloudflare Access: which are valid, when its keys are asked for, and what happens when they can't be read.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accessEmail } from "../../src/desk/people/cloudflare-access.ts";
import type { Env, Runtime } from "../../src/env.ts";
import { IsolateCache } from "../../src/isolate.ts";
import { AUDIENCE, certs, ISSUER, type Key, newKey, TEAM, tokenOf } from "../worker/desk/access.ts";

let key: Key;
let published: readonly Key[];
let asked: string[];
let runtime: Runtime;

beforeEach(async () => {
  key ??= await newKey("first");
  published = [key];
  asked = [];
  runtime = {
    env: { ACCESS_TEAM: TEAM, ACCESS_AUD: AUDIENCE } as Env,
    isolate: new IsolateCache(),
  } as Runtime;
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(String(url));
    return certs(...published);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const emailIn = (token: string) => accessEmail(runtime, new Headers({ "Cf-Access-Jwt-Assertion": token }));
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;
const unsigned = (payload: object, alg = "none") =>
  `${[{ alg, typ: "JWT" }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`;

it("a valid token gives the address in lower case, from the header or from Access's cookie; keys are asked for once", async () => {
  const token = await tokenOf(key, { email: "Mara@Paper.test" });
  expect(await emailIn(token)).toBe("mara@paper.test");
  const cookie = `other=1; CF_Authorization=${token}; more=2`;
  expect(await accessEmail(runtime, new Headers({ Cookie: cookie }))).toBe("mara@paper.test");
  expect(asked).toEqual([`${ISSUER}/cdn-cgi/access/certs`]);
});

describe("no token is valid that", () => {
  const CASES: readonly (readonly [string, () => Promise<string> | string])[] = [
    ["has expired", () => tokenOf(key, { exp: seconds(-1) })],
    ["never expires", () => tokenOf(key, { exp: undefined as never })],
    ["isn't valid yet", () => tokenOf(key, { nbf: seconds(600) })],
    ["is for another audience", () => tokenOf(key, { aud: ["another"] })],
    ["is for none", () => tokenOf(key, { aud: [] })],
    ["is of another team", () => tokenOf(key, { iss: "https://evil.cloudflareaccess.com" })],
    ["names no address", () => tokenOf(key, { email: undefined })],
    ["has something else for an address", () => tokenOf(key, { email: ["mara@paper.test"] })],
    ["another key has signed, under the same name", async () => tokenOf({ ...(await newKey("first")) })],
    ["a key has signed that isn't published", async () => tokenOf(await newKey("unknown"))],
    [
      "is signed by nobody",
      () => unsigned({ aud: AUDIENCE, iss: ISSUER, exp: seconds(600), email: "mara@paper.test" }),
    ],
    [
      "is signed by the public key as a secret",
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(key.jwk));
        return tokenOf({ ...key, alg: "HS256", privateKey: secret as never });
      },
    ],
    [
      "was changed",
      async () => {
        const [head, , signature] = (await tokenOf(key)).split(".");
        const payload = { aud: AUDIENCE, iss: ISSUER, exp: seconds(600), email: "admin@paper.test" };
        return `${head}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.${signature}`;
      },
    ],
    ["is no token", () => "x.y"],
    ["is empty", () => ""],
  ];
  it.each(CASES)("%s", async (_, make) => {
    expect(await emailIn(await make())).toBeUndefined();
  });
});

it("one of the two variables lets nobody in", async () => {
  const token = await tokenOf(key);
  for (const env of [{ ACCESS_TEAM: TEAM }, { ACCESS_AUD: AUDIENCE }]) {
    runtime = { ...runtime, env: env as unknown as Env };
    expect(await emailIn(token)).toBeUndefined();
  }
});

it("when keys rotate, the new one is asked for, but not for every token with an unknown one", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  expect(await emailIn(await tokenOf(key))).toBe("mara@paper.test");
  const next = await newKey("second");
  published = [next, key];
  for (let tries = 0; tries < 20; tries += 1)
    await emailIn(await tokenOf(await tokenKey(`made-up-${tries}`)));
  expect(asked).toHaveLength(1);
  vi.setSystemTime(Date.now() + 31_000);
  expect(await emailIn(await tokenOf(next))).toBe("mara@paper.test");
  expect(await emailIn(await tokenOf(key))).toBe("mara@paper.test");
  expect(asked).toHaveLength(2);
  // The old key is withdrawn: ten minutes later at most it opens nothing.
  published = [next];
  vi.setSystemTime(Date.now() + 601_000);
  expect(await emailIn(await tokenOf(key))).toBeUndefined();
  expect(await emailIn(await tokenOf(next))).toBe("mara@paper.test");
});

const tokenKey = async (kid: string): Promise<Key> => ({ ...key, kid });

it("when the keys can't be read, nobody is let in and nobody is called a stranger: it throws", async () => {
  for (const answer of [
    () => new Response("down", { status: 500 }),
    () => new Response("{}"),
    () => {
      throw new TypeError("network");
    },
  ]) {
    vi.stubGlobal("fetch", async () => answer());
    runtime = { ...runtime, isolate: new IsolateCache() };
    await expect(emailIn(await tokenOf(key))).rejects.toThrow();
  }
});
