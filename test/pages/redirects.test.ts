// Old addresses: other systems' feeds, and the publisher's own.

import { describe, expect, it } from "vitest";
import { redirectFor } from "../../src/pages/redirects.ts";

const redirects = {
  "/old": "/articles/new",
  "/?p=12": "/articles/twelve",
  "/feed": "/sections/news/rss.xml",
};
const from = (path: string, own: Readonly<Record<string, string>> = {}): string | undefined =>
  redirectFor(new URL(path, "https://news.example.com"), { redirects: own });

describe("other systems' feeds", () => {
  it.each([
    ...[
      "/feed",
      "/feed/",
      "/feed.xml",
      "/index.xml",
      "/rss",
      "/rss/",
      "/feed/rss2/",
      "/?feed=rss2",
      "/?feed=rss",
      "/?feed=rdf",
      "/feed/rss/",
      "/feeds/posts/default?alt=rss",
    ].map((path) => [path, "/rss.xml"] as const),
    ...[
      "/atom",
      "/feed/atom",
      "/feed/atom/",
      "/?feed=atom",
      "/feeds/posts/default",
      "/feeds/posts/default/",
      "/feeds/posts/default?max-results=5",
    ].map((path) => [path, "/atom.xml"] as const),
    ["/feed/json", "/feed.json"] as const,
  ])("%s is %s", (path, target) => {
    expect(from(path)).toBe(target);
  });

  it("are found with a foreign query", () => {
    expect(from("/feed?utm_source=x")).toBe("/rss.xml");
  });

  it.each([
    "/",
    "/rss.xml",
    "/atom.xml",
    "/feed.json",
    "/feedx",
    "/a/feed",
    "/constructor",
    "/__proto__",
    "/?feed=rss3",
  ])("%s is none", (path) => {
    expect(from(path)).toBeUndefined();
  });
});

describe("the publisher's own", () => {
  it.each([
    ["/old", "/articles/new"],
    ["/old?utm_source=x", "/articles/new"],
    ["/?p=12", "/articles/twelve"],
    ["/feed", "/sections/news/rss.xml"],
    ["/rss", "/rss.xml"],
  ])("%s goes to %s", (path, target) => {
    expect(from(path, redirects)).toBe(target);
  });

  it.each(["/?p=13", "/", "/old/", "/toString"])("%s is none", (path) => {
    expect(from(path, redirects)).toBeUndefined();
  });
});
