// The three ways of saying what was found, byte for byte.

import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { FORMATS } from "../../../src/cli/check.ts";
import type { Finding } from "../../../src/content/finding.ts";

const at = (file: string) => join(process.cwd(), file);

const FINDINGS: readonly Finding[] = [
  { level: "error", file: at("content/a/index.md"), line: 3, path: "headline", message: "is missing" },
  { level: "warning", file: at("content/a/index.md"), path: "", message: "has 100% of:\r\n, all" },
  {
    level: "error",
    file: at("content/b, c: 50%/index.md"),
    line: 1,
    path: "images[0].src",
    message: "is gone",
  },
];

describe("findings", () => {
  it("as text have their errors last, and are counted", () => {
    expect(FORMATS.text(FINDINGS, ["2 articles", "1 draft"])).toEqual([
      "content/a/index.md  warning:  has 100% of:\r\n, all",
      "",
      "content/a/index.md:3  headline  is missing",
      "content/b, c: 50%/index.md:1  images[0].src  is gone",
      "",
      "2 articles, 1 draft, 2 errors, 1 warning.",
    ]);
    expect(FORMATS.text([], ["1 article"])).toEqual(["1 article, 0 errors, 0 warnings."]);
  });

  it("as JSON are one array, and nothing else", () => {
    const lines = FORMATS.json(FINDINGS);
    expect(JSON.parse(lines.join("\n"))).toEqual([
      { file: "content/a/index.md", line: 3, level: "error", field: "headline", message: "is missing" },
      { file: "content/a/index.md", level: "warning", field: "", message: "has 100% of:\r\n, all" },
      {
        file: "content/b, c: 50%/index.md",
        line: 1,
        level: "error",
        field: "images[0].src",
        message: "is gone",
      },
    ]);
    expect(FORMATS.json([])).toEqual(["[]"]);
  });

  it("as workflow commands are escaped as GitHub's runner reads them", () => {
    vi.stubEnv("GITHUB_WORKSPACE", process.cwd());
    expect(FORMATS.github(FINDINGS, ["2 articles"])).toEqual([
      "::error file=content/a/index.md,line=3,title=headline::is missing",
      "::warning file=content/a/index.md::has 100%25 of:%0D%0A, all",
      "::error file=content/b%2C c%3A 50%25/index.md,line=1,title=images[0].src::is gone",
      "2 articles, 2 errors, 1 warning.",
    ]);
    vi.stubEnv("GITHUB_WORKSPACE", join(process.cwd(), "content"));
    expect(FORMATS.github(FINDINGS, [])[0]).toBe("::error file=a/index.md,line=3,title=headline::is missing");
    vi.unstubAllEnvs();
  });
});
