// Addresses that may stand in an article, and how they are spelled.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  absolute,
  MEDIA_PATH,
  webAddress,
  webAddressField,
  webUrl,
  webUrlField,
} from "../../src/lib/address.ts";
import { check } from "../../src/lib/problem.ts";

// RFC 3986, appendix A, for what we let in: http or https, a host, and no character outside the grammar.
const URI =
  /^https?:\/\/[a-z0-9.:[\]_~!$&'()*+,;=%-]+(?:\/(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)(?:\?(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$/;

describe("webUrl", () => {
  it.each([
    ["https://example.com", "https://example.com/"],
    ["HTTP://Example.COM:80/a/../b?c=d#e", "http://example.com/b?c=d#e"],
    ["https://münchen.example/straße?ü#ü", "https://xn--mnchen-3ya.example/stra%C3%9Fe?%C3%BC#%C3%BC"],
    ['https://example.com/a b"<>', "https://example.com/a%20b%22%3C%3E"],
    [
      "https://example.com/[a]|b^c`{d}?e[]=]]>&f=%zz#g#h[",
      "https://example.com/%5Ba%5D%7Cb%5Ec%60%7Bd%7D?e%5B%5D=%5D%5D%3E&f=%25zz#g%23h%5B",
    ],
    ["https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"],
    ["https://example.com/%7e%C3%bc", "https://example.com/%7e%C3%bc"],
  ])("spells %s as %s", (value, expected) => {
    expect(webUrl(value)).toBe(expected);
    expect(webUrl(expected)).toBe(expected);
  });

  it.each([
    "",
    "example.com",
    "/path",
    "//example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@example.com",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://",
    "https://user:secret@example.com/",
    "https://user@example.com/",
    "https://exa mple.com/",
    "https://example.com:99999/",
  ])("refuses %j", (value) => {
    expect(webUrl(value)).toBeUndefined();
  });

  it("gives URIs, the same twice, whatever stands after the host", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (path, rest) => {
        const url = webUrl(`https://example.com/${path}?${rest}#${path}`);
        expect(url).toMatch(URI);
        expect(webUrl(url ?? "")).toBe(url);
      }),
    );
  });
});

describe("webAddress", () => {
  it.each([
    ["/media/a.png", "/media/a.png"],
    ["/a/../b c?d=[1]#e", "/b%20c?d=%5B1%5D#e"],
    ["https://example.com", "https://example.com/"],
  ])("spells %s as %s", (value, expected) => {
    expect(webAddress(value)).toBe(expected);
    expect(webAddress(expected)).toBe(expected);
  });

  it.each([
    "a.png",
    "../a.png",
    "//evil.example/a.png",
    "/\\evil.example/a.png",
    "/.//evil.example/a",
    "?a",
    "#a",
    "",
  ])("refuses %j", (value) => {
    expect(webAddress(value)).toBeUndefined();
  });

  it("gives a path of this site or a URI, the same twice, whatever it gets", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).map((path) => `/${path}`),
        (value) => {
          const address = webAddress(value);
          if (address === undefined) return;
          expect(absolute("https://example.com", address)).toMatch(URI);
          expect(webAddress(address)).toBe(address);
        },
      ),
    );
  });
});

it("the fields trim, spell, and say what they want", () => {
  expect(check(webUrlField, " https://example.com ")).toEqual({ ok: true, value: "https://example.com/" });
  expect(check(webAddressField, " /a ")).toEqual({ ok: true, value: "/a" });
  expect(check(webUrlField, "/a")).toMatchObject({
    problems: [{ message: "must be a full web address, like https://example.com/page" }],
  });
  expect(check(webAddressField, "a")).toMatchObject({
    problems: [{ message: "must be a full web address, or a path that starts with /" }],
  });
  expect(check(webUrlField, `https://example.com/${"a".repeat(2000)}`).ok).toBe(false);
  // What is stored must be taken again, and a brace is stored as three characters.
  expect(check(webUrlField, `https://example.com/${"{".repeat(700)}`).ok).toBe(false);
  expect(check(webUrlField, `https://example.com/${"{".repeat(600)}`).ok).toBe(true);
});

it("absolute puts paths under the site and leaves addresses alone", () => {
  expect(absolute("https://example.com", "/a?b")).toBe("https://example.com/a?b");
  expect(absolute("https://example.com", "https://example.org/a")).toBe("https://example.org/a");
});

it("a path of an image names its digest and type", () => {
  const digest = "0123456789abcdef".repeat(4);
  expect(MEDIA_PATH.exec(`/media/${digest}.png`)?.[1]).toBe(digest);
  for (const path of [
    `/media/${digest}.svg`,
    `/media/${digest}`,
    `/media/${digest.toUpperCase()}.png`,
    `/media/${digest}.png?x`,
    `/x/media/${digest}.png`,
  ]) {
    expect(MEDIA_PATH.test(path)).toBe(false);
  }
});
