// Reads the partner's token from a request, by each kind of access, and ignores anything that isn't one.

import { describe, expect, it } from "vitest";
import { addressesOf, credentialsHeader, partnerPath, readCredentials } from "../../src/partners/access.ts";
import type { Policy } from "../../src/partners/policy.ts";

const SITE = { url: "https://wire.test" };
const TOKEN = "wr_abc-DEF_123";

const attempt = (access: Policy["access"], pathname: string, authorization = "") =>
  readCredentials(access, partnerPath(pathname), authorization);
const basic = (login: string) => `Basic ${btoa(login)}`;

describe("a path names", () => {
  it.each([
    ["/partners/acme/rss.xml", "acme", "/rss.xml"],
    ["/partners/acme/", "acme", "/"],
    ["/partners/acme", "acme", ""],
    ["/partners/acme/a/b/", "acme", "/a/b/"],
    ["/partners//rss.xml", "", ""],
    ["/partners/", "", ""],
    ["/partners", "", ""],
    ["/%70artners/acme/rss.xml", "", ""],
    ["/partners/%61cme/rss.xml", "%61cme", "/rss.xml"],
  ])("%s: %j, and %j behind it", (pathname, id, tail) => {
    expect(partnerPath(pathname)).toEqual({ id, tail });
  });
});

describe("the token", () => {
  it.each<[Policy["access"], string, string, string, string]>([
    ["bearer", "/partners/acme/rss.xml", `Bearer ${TOKEN}`, TOKEN, "/rss.xml"],
    ["bearer", "/partners/acme/", `bearer  ${TOKEN} `, TOKEN, "/"],
    ["bearer", "/partners/acme", `BEARER ${TOKEN}`, TOKEN, ""],
    ["basic", "/partners/acme/rss.xml", basic(`acme:${TOKEN}`), TOKEN, "/rss.xml"],
    ["basic", "/partners/acme/rss.xml", `basic ${btoa(`acme:${TOKEN}`)}`, TOKEN, "/rss.xml"],
    // RFC 7617 §2: a password may hold colons, a user none.
    ["basic", "/partners/acme/rss.xml", basic("acme:a:b"), "a:b", "/rss.xml"],
    ["path", `/partners/acme/${TOKEN}/rss.xml`, "", TOKEN, "/rss.xml"],
    ["path", `/partners/acme/${TOKEN}/`, "", TOKEN, "/"],
    ["path", `/partners/acme/${TOKEN}`, "", TOKEN, ""],
  ])("of %s access, %s and %j: %j, and %j", (access, pathname, authorization, token, rest) => {
    expect(attempt(access, pathname, authorization)).toEqual({ token, rest });
  });

  it.each<[Policy["access"], string, string]>([
    ["bearer", "/partners/acme/rss.xml", ""],
    ["bearer", "/partners/acme/rss.xml", "Bearer"],
    ["bearer", "/partners/acme/rss.xml", TOKEN],
    ["bearer", "/partners/acme/rss.xml", `Bearer ${TOKEN} ${TOKEN}`],
    ["bearer", "/partners/acme/rss.xml", basic(`acme:${TOKEN}`)],
    ["bearer", `/partners/acme/${TOKEN}/rss.xml`, ""],
    ["basic", "/partners/acme/rss.xml", `Bearer ${TOKEN}`],
    ["basic", "/partners/acme/rss.xml", basic(`other:${TOKEN}`)],
    ["basic", "/partners/acme/rss.xml", basic(`ACME:${TOKEN}`)],
    ["basic", "/partners/acme/rss.xml", basic(`:${TOKEN}`)],
    ["basic", "/partners/acme/rss.xml", basic(TOKEN)],
    ["basic", "/partners/acme/rss.xml", "Basic ????"],
    ["basic", "/partners/acme/rss.xml", "Basic YWNtZTp3"],
    ["basic", "/partners/acme/rss.xml", "Basic Y"],
    ["path", "/partners/acme", `Bearer ${TOKEN}`],
    ["path", "/partners/acme/", basic(`acme:${TOKEN}`)],
    ["public", "/partners/acme/rss.xml", `Bearer ${TOKEN}`],
  ])("of %s access is not in %s and %j", (access, pathname, authorization) => {
    expect(attempt(access, pathname, authorization).token).not.toBe(TOKEN);
  });
});

describe("what a partner is told of their address", () => {
  const policy = { id: "acme", profile: "atom" } as const;
  const none = "https://wire.test/partners/acme/";

  it.each<[Policy["access"], string, string, string | null]>([
    ["bearer", `${none}atom.xml`, none, `Authorization: Bearer ${TOKEN}`],
    ["basic", `${none}atom.xml`, none, `Authorization: ${basic(`acme:${TOKEN}`)}`],
    ["path", `${none}${TOKEN}/atom.xml`, `${none}${TOKEN}/`, null],
    ["public", `${none}atom.xml`, none, null],
  ])("%s", (access, url, page, header) => {
    expect(addressesOf({ ...policy, access }, SITE, TOKEN)).toEqual({ url, page });
    expect(credentialsHeader({ ...policy, access }, TOKEN)).toBe(header);
  });

  it("opens what it says", () => {
    for (const access of ["bearer", "basic", "path"] as const) {
      const { url } = addressesOf({ ...policy, access }, SITE, TOKEN);
      const header = credentialsHeader({ ...policy, access }, TOKEN)?.replace("Authorization: ", "") ?? "";
      expect(attempt(access, new URL(url).pathname, header)).toEqual({ token: TOKEN, rest: "/atom.xml" });
    }
  });

  it("shows a token's place where there is none to show", () => {
    expect(addressesOf({ ...policy, access: "path" }, SITE).url).toBe(`${none}{token}/atom.xml`);
  });
});
