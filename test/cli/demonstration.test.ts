// The demonstration never goes out under somebody's address: each sign of it is named, with its line.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { demonstrationIn, refuseDemonstration } from "../../src/cli/demonstration.ts";
import { runPublish } from "../../src/cli/publish.ts";
import { contentFolder, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, TOKEN } from "./server.ts";

const ROOT = join(import.meta.dirname, "../..");
const OWN = `title: Harbour Times
description: A paper.
url: https://harbour.test
tag: { authority: harbour.test, date: "2024-01-01" }
language: en
timezone: UTC
`;
const places = async (dir: string) =>
  (await demonstrationIn(dir)).map(({ file, line, path }) => [file.replace(`${dir}/`, ""), line, path]);

describe("the demonstration", () => {
  it("is all of the folder that comes with the code", async () => {
    expect(await places(join(ROOT, "content"))).toEqual([
      ["site.yaml", 4, "title"],
      ["site.yaml", 5, "description"],
      ["site.yaml", 8, "url"],
      ["site.yaml", 13, "tag.authority"],
      ["site.yaml", 22, "copyright"],
      ["site.yaml", 41, "sections.asia-pacific.description"],
      ["site.yaml", 44, "sections.science.description"],
      ["site.yaml", 47, "sections.culture.description"],
      ["site.yaml", 50, "sections.travel.description"],
      ["site.yaml", 53, "sections.about.description"],
      ["site.yaml", 63, "people.david-choi.bio"],
      ["site.yaml", 67, "people.wireroom-desk.name"],
      ["site.yaml", 72, "people.edda-farrow.bio"],
      ["site.yaml", 76, "people.oona-pell.bio"],
      ["site.yaml", 109, "redirects./category/asia/feed/"],
      ["site.yaml", 110, "redirects./?cat=7"],
      ...readdirSync(join(ROOT, "content/articles"))
        .toSorted()
        .map((slug) => [`articles/${slug}`, undefined, ""]),
    ]);
  });

  it.each([
    ["title: Harbour Times", "title: Wireroom Daily", ["site.yaml", 1, "title"]],
    ["https://harbour.test", "https://news.example.com", ["site.yaml", 3, "url"]],
    ["https://harbour.test", "https://www.example.org", ["site.yaml", 3, "url"]],
    ["authority: harbour.test", "authority: news.example.com", ["site.yaml", 4, "tag.authority"]],
    ["timezone: UTC", "copyright: © 2026 Wireroom Daily", ["site.yaml", 6, "copyright"]],
    ["timezone: UTC", "hub: https://hub.example.com/", ["site.yaml", 6, "hub"]],
    ["timezone: UTC", "people: { x: { email: x@example.com } }", ["site.yaml", 6, "people.x.email"]],
  ])("is what is left of it: %s as %s", async (own, demonstration, place) => {
    expect(await places(contentFolder({ "site.yaml": OWN }))).toEqual([]);
    expect(await places(contentFolder({ "site.yaml": OWN.replace(own, demonstration) }))).toEqual([place]);
  });

  it("is what a partner's policy still has of the one in docs/", async () => {
    const dir = contentFolder({
      "site.yaml": OWN,
      "partners/example-portal.yaml": readFileSync(join(ROOT, "docs/partner.yaml")),
    });
    expect(await places(dir)).toEqual([
      ["partners/example-portal.yaml", 61, "attribution"],
      ["partners/example-portal.yaml", 69, "push.url"],
    ]);
  });

  it.each([
    "url: https://example.com.harbour.test",
    "description: Good for example.com and others.",
    "hub: https://myexample.com/",
    "sections: &it { world: *it }",
  ])("is not: %s", async (line) => {
    expect(
      await places(contentFolder({ "site.yaml": `${OWN.replace(/^(url|description).*\n/gm, "")}${line}\n` })),
    ).toEqual([]);
  });

  it("is one of its articles among others", async () => {
    const dir = contentFolder({ "site.yaml": OWN, "articles/how-to-read-this-wire/index.md": PLAIN });
    expect(await places(dir)).toEqual([["articles/how-to-read-this-wire", undefined, ""]]);
  });
});

describe("publish", () => {
  const demonstration = { "site.yaml": OWN.replace("Harbour Times", "Wireroom Daily") };

  it("sends none of it anywhere but to this machine", async () => {
    const dir = contentFolder(demonstration);
    for (const url of [
      "https://news.harbour.test",
      "https://127.0.0.1.harbour.test",
      "https://localhost.test",
    ])
      await expect(refuseDemonstration(dir, url)).rejects.toThrow(
        /nothing was sent.*\n.*site\.yaml:1 {2}title/,
      );
    const client = new Client({ url: "https://news.harbour.test", token: TOKEN }, 1);
    await expect(runPublish({ dir }, client, listen())).rejects.toThrow(/still the demonstration/);
  });

  it("shows it at home", async () => {
    const server = await apiServer();
    const dir = contentFolder({ ...demonstration, "articles/a/index.md": PLAIN });
    expect(await runPublish({ dir }, new Client({ url: server.url, token: TOKEN }, 1), listen())).toBe(0);
    expect([...server.articles.keys()]).toEqual(["a"]);
  });
});

it("npm run deploy does nothing with it, not even its checks, and names the lines", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", scripts.deploy], {
    ...{ cwd: ROOT, encoding: "utf8" },
    // Should it go on all the same, it finds no program to deploy with.
    env: { PATH: dirname(process.execPath) },
  });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("content/site.yaml:8  url  is the demonstration's");
  expect(stderr).toContain("content/articles/how-to-read-this-wire");
});

it("check warns of it", () => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "src/cli/main.ts"), "check"], {
    ...{ cwd: ROOT, encoding: "utf8" },
  });
  expect(status).toBe(0);
  expect(stdout).toContain("content/site.yaml:13  warning:  tag.authority  is the demonstration's");
  // Of these, one says that an article is scheduled.
  expect(stdout).toMatch(/8 articles, 0 errors, 25 warnings\.\s*$/);
});
