// Which callbacks are called: no spelling of a private address, and nothing but https with a public name.

import { describe, expect, it } from "vitest";
import { checkCallback } from "../../src/lib/callback-url.ts";
import { REFUSED_HOSTS } from "../refused-hosts.ts";

const SITE = { url: "https://wire.example" };
const HOME = { url: "http://localhost:8787" };

describe("a callback is taken", () => {
  it.each([
    ["https://reader.example/callback", "reader.example"],
    ["https://reader.example", "reader.example"],
    ["https://reader.example:443/a?b=c%2Fd&e=+", "reader.example"],
    ["https://reader.example:8443/", "reader.example"],
    ["https://reader.example:1024/", "reader.example"],
    ["HTTPS://READER.example/Path", "reader.example"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["https://10.0.0.1.reader.example/", "10.0.0.1.reader.example"],
    ["https://localhost.reader.example/", "localhost.reader.example"],
    ["https://sub.wire.example/", "sub.wire.example"],
    [`https://reader.example/${"x".repeat(1977)}`, "reader.example"],
  ])("%s", (url, host) => {
    expect(checkCallback(url, SITE)).toEqual({ ok: true, url: new URL(url).href, host });
  });

  it("with its query as it is", () => {
    const url = "https://reader.example/?a=%2F+b&c=%C3%BC&&d";
    expect(checkCallback(url, SITE)).toMatchObject({ url });
  });
});

describe("a callback is refused", () => {
  it.each([
    ["an address that isn't one", "reader.example/callback", /full web address/],
    ["nothing", "", /full web address/],
    ["http", "http://reader.example/", /https/],
    ["another scheme", "ftp://reader.example/", /https/],
    ["a script", "javascript:alert(1)", /https/],
    ["a file", "file:///etc/passwd", /https/],
    ["data", "data:text/plain,x", /https/],
    ["a user name", "https://user@reader.example/", /user name/],
    ["a password", "https://:secret@reader.example/", /user name/],
    ["both, percent-encoded", "https://%75ser:%70w@reader.example/", /user name/],
    ["a fragment", "https://reader.example/#part", /fragment/],
    ["an empty fragment", "https://reader.example/#", /fragment/],
    ["more than 2000 characters", `https://reader.example/${"x".repeat(1978)}`, /2,000/],
    ["a port of another protocol", "https://reader.example:25/", /port/],
    ["the port of http", "https://reader.example:80/", /port/],
    ["port 0", "https://reader.example:0/", /port/],
    ["this site", "https://wire.example/hub", /this site/],
    ["this site on another port", "https://wire.example:8443/hub", /this site/],
    ["this site in capitals", "https://WIRE.EXAMPLE/hub", /this site/],
    ["this site with a dot", "https://wire.example./hub", /public name/],
  ])("%s", (_, url, reason) => {
    expect(checkCallback(url, SITE)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it.each(REFUSED_HOSTS)("https://%s/", (host) => {
    for (const site of [SITE, HOME]) {
      expect(checkCallback(`https://${host}/`, site).ok).toBe(false);
      expect(checkCallback(`https:\\\\${host}:8443/`, site).ok).toBe(false);
    }
    expect(checkCallback(`http://${host}/`, SITE).ok).toBe(false);
  });
});

describe("a site at home", () => {
  it.each([
    "http://localhost:9000/",
    "http://127.0.0.1:9000/x?y",
    "http://[::1]:9000/",
    "http://2130706433:9000/",
  ])("calls %s", (url) => {
    expect(checkCallback(url, HOME).ok).toBe(true);
    expect(checkCallback(url, SITE).ok).toBe(false);
  });

  it.each([
    "http://localhost:8787/hub",
    "http://127.0.0.1:8787/hub",
    "http://192.168.0.1:9000/",
    "http://reader.example/",
    "http://app.localhost:9000/",
    "http://user@localhost:9000/",
    "https://localhost:9000/",
  ])("doesn't call %s", (url) => {
    expect(checkCallback(url, HOME).ok).toBe(false);
  });
});
