// content/redirects.txt: what a line may be, and what check says of lines that can't work.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseRedirects, readRedirects, redirectFindings } from "../../src/content/redirects.ts";
import { expectProportional } from "../growth.ts";
import { siteWith } from "../pipeline.ts";

const said = (text: string) => parseRedirects(text).problems.map(({ line, message }) => `${line} ${message}`);

describe("a line", () => {
  it("has two addresses, with white space and comments round them", () => {
    const { redirects, problems } = parseRedirects(
      "\ufeff# Old ones\r\n\r\n/a/  /articles/b\r\n  /ä?x=1\t\thttps://c.example/d  301\n/e /f # why\n",
    );
    expect(problems).toEqual([]);
    expect([...redirects]).toEqual([
      ["/a", { from: "/a/", to: "/articles/b", line: 3 }],
      ["/ä?x=1", { from: "/ä?x=1", to: "https://c.example/d", line: 4 }],
      ["/e", { from: "/e", to: "/f", line: 5 }],
    ]);
  });

  it.each([
    ["a /b", '1 must start with a path on this site, such as /2019/05/harbour-vote/, not "a"'],
    [
      "https://a.example/x /b",
      '1 must start with a path on this site, such as /2019/05/harbour-vote/, not "https://a.example/x"',
    ],
    [
      "//a.example/x /b",
      '1 must start with a path on this site, such as /2019/05/harbour-vote/, not "//a.example/x"',
    ],
    ["\n/a", "2 has one address: behind it, write the one that it leads to"],
    ["/a b c", "1 has more than two addresses: write a space in an address as %20"],
    ["/a b", '1 leads to "b", which must be a full web address, or a path that starts with /'],
    [
      "/a javascript:alert(1)",
      '1 leads to "javascript:alert(1)", which must be a full web address, or a path that starts with /',
    ],
    ["/a/* /b", "1 has a pattern (* or :name), and only whole addresses can be redirected"],
    ["/a /b\n/a/ /c\n/a/index.html /d", "2 redirects /a/ a second time: line 1 does so"],
  ])("must be one: %j", (text, problem) => {
    expect(said(text)[0]).toBe(problem);
  });
});

describe("check", () => {
  const site = siteWith({ url: "https://wire.example", redirects: { "/in-site": "/x" } });
  const check = (text: string, slugs: readonly string[] = ["pier", "ferry"]) =>
    redirectFindings("/c", parseRedirects(text).redirects, { site, slugs: new Set(slugs) }).map(
      ({ level, line, message }) => `${line} ${level} ${message}`,
    );

  it.each([
    [
      "/a /articles/peer",
      ['1 warning leads to /articles/peer, but there is no such article here; did you mean "pier"?'],
    ],
    [
      "/a https://wire.example/articles/none#x",
      ["1 warning leads to /articles/none, but there is no such article here"],
    ],
    ["/a /a/", ["1 error leads /a to itself by way of /a/: readers never arrive"]],
    [
      "/a /b\n/b https://wire.example/a",
      [
        "1 error leads /a to itself by way of /b: readers never arrive",
        "2 error leads /b to itself by way of https://wire.example/a: readers never arrive",
      ],
    ],
    [
      "/a /b\n/b /articles/pier",
      ["1 warning leads to /b, which line 2 leads on to /articles/pier: write that here"],
    ],
    [
      "/in-site /articles/pier",
      ["1 warning is never asked for: redirects in site.yaml has /in-site already"],
    ],
    [
      "/articles/pier /articles/ferry",
      ["1 warning is never asked for: /articles/pier is an article's own address"],
    ],
    [
      "/?q=a /articles/pier",
      ["1 warning is never asked for, since / is the front page: put it in redirects of site.yaml"],
    ],
  ])("warns of %j", (text, findings) => {
    expect(check(text)).toEqual(findings);
  });

  it("says nothing of lines that work", () => {
    expect(
      check(
        "/a /articles/pier\n/b https://wire.example/articles/ferry/\n/?p=1 /articles/pier\n/c /sections/x\n/d https://c.example/a",
      ),
    ).toEqual([]);
  });

  it("takes time in proportion to the lines, whatever they are", () => {
    expectProportional(
      (count) => check(Array.from({ length: count }, (_, index) => `/a${index} /a${index + 1}`).join("\n")),
      4000,
    );
    const slugs = Array.from({ length: 300 }, (_, index) => `slug-${index}`);
    expectProportional(
      (count) =>
        check(
          Array.from({ length: count }, (_, index) => `/a${index} /articles/b${index}`).join("\n"),
          slugs,
        ),
      16_000,
    );
  });
});

describe("the file", () => {
  const folder = () => {
    const dir = mkdtempSync(join(tmpdir(), "redirects-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
  };

  it("need not be there", () => {
    expect(readRedirects(folder())).toEqual({ redirects: new Map(), findings: [] });
  });

  it("is named with the line that is wrong", () => {
    const dir = folder();
    writeFileSync(join(dir, "redirects.txt"), "/a /b\nnonsense\n");
    expect(readRedirects(dir).findings).toMatchObject([
      { level: "error", file: join(dir, "redirects.txt"), line: 2 },
    ]);
  });
});
