// Frames in a body: from a host that site.yaml lists they stay, from others they become links.

import { describe, expect, it } from "vitest";
import { clean, shown } from "./cleaned.ts";

describe("iframes", () => {
  it.each([
    [
      "of a host that isn't allowed",
      '<iframe src="https://evil.example/?a=1&b=2"></iframe>',
      '<p><a href="https://evil.example/?a=1&#x26;b=2">https://evil.example/?a=1&#x26;b=2</a></p>',
    ],
    [
      "with a title",
      '<iframe src="https://evil.example/" title="A <b>film</b>"></iframe>',
      '<p><a href="https://evil.example/">A &#x3C;b>film&#x3C;/b></a></p>',
    ],
    [
      "of an allowed host without TLS",
      '<iframe src="http://player.example.com/1"></iframe>',
      '<p><a href="http://player.example.com/1">http://player.example.com/1</a></p>',
    ],
    [
      "of a host that ends like an allowed one",
      '<iframe src="https://evil-player.example.com/"></iframe>',
      '<p><a href="https://evil-player.example.com/">https://evil-player.example.com/</a></p>',
    ],
    [
      "of an allowed name before an @",
      '<iframe src="https://player.example.com@evil.example/"></iframe>',
      "",
    ],
    ["without an address", "<iframe></iframe><p>a</p>", "<p>a</p>"],
    [
      "of the site itself",
      '<iframe src="/embed/1"></iframe>',
      '<p><a href="https://news.example.com/embed/1">https://news.example.com/embed/1</a></p>',
    ],
    ["with a script", '<iframe src="javascript:alert(1)"></iframe><p>a</p>', "<p>a</p>"],
    [
      "with a document of its own",
      '<iframe srcdoc="<script>alert(1)</script>"></iframe><p>a</p>',
      "<p>a</p>",
    ],
    [
      "of an allowed host with a document of its own",
      '<iframe src="https://player.example.com/1" srcdoc="x" onload="x"></iframe>',
      '<iframe src="https://player.example.com/1"></iframe>',
    ],
  ])("%s", (_name, html, expected) => {
    expect(shown(html)).toBe(expected);
  });

  it("two in a row are both replaced", () => {
    const html = '<iframe src="https://a.example/"></iframe><iframe src="https://b.example/"></iframe>';
    expect(shown(html).match(/<a /g)).toHaveLength(2);
    expect(shown(html)).not.toContain("<iframe");
  });

  it("of an allowed host at another port is a link", () => {
    expect(clean('<iframe src="https://player.example.com:444/e"></iframe>')).toContain("<a href=");
  });

  it.each([
    "https:player.example.com/embed/1",
    "https:/player.example.com/1",
    "http:player.example.com/1",
    "/\\player.example.com/1",
    "https:\\\\player.example.com/1",
    "\thttps://player.example.com@evil.example/1",
    "https://player.example.com\\@evil.example/1",
    "//player.example.com/1",
  ])("are written with the address that they are judged by: %s", (src) => {
    for (const siteUrl of ["http://news.example.com", "https://news.example.com"]) {
      for (const base of ["/articles/story/", "https://elsewhere.example/story/"]) {
        const written = clean(`<iframe src="${src}"></iframe>`, { siteUrl, base });
        for (const [, address = ""] of written.matchAll(/<iframe src="([^"]*)"/g))
          expect(address).toMatch(/^https:\/\/player\.example\.com\//);
      }
    }
  });
});
