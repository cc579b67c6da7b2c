// Which callbacks are called: no spelling of a private address, and nothing but https with a public name.

import { describe, expect, it } from "vitest";
import { checkCallback } from "../../src/model/callback.ts";

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
    ["more than 2000 characters", `https://reader.example/${"x".repeat(1978)}`, /2000/],
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

  it.each([
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0X7F.1",
    "0177.0.0.1",
    "017700000001",
    "00000177.1",
    "0",
    "0.0.0.0",
    "127.255.255.254",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "%31%32%37.0.0.1",
    "10.0.0.1",
    "0xa.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.257",
    "3232235777",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "169.254.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "8.8.8.8",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:4860:4860::8888]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ｌｏｃａｌｈｏｓｔ",
    "l%6Fcalhost",
    "app.localhost",
    "localhost.localdomain",
    "printer.local",
    "db.internal",
    "metadata.google.internal",
    "metadata.google.internal.",
    "METADATA.GOOGLE.INTERNAL",
    "metadata",
    "intranet",
    "router.lan",
    "router.home",
    "nas.home.arpa",
    "1.0.0.127.in-addr.arpa",
    "hidden.onion",
    "wiki.corp",
    "reader.example.",
  ])("https://%s/", (host) => {
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
