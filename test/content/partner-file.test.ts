// Partners' policies in the content folder: whatever is wrong is told with file and line.

import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { checkContent, runCheck } from "../../src/cli/check.ts";
import { formatFinding } from "../../src/content/finding.ts";
import { contentFolder, PLAIN, write } from "../cli/folder.ts";
import { listen } from "../cli/output.ts";

const POLICY = "id: a\nname: A\nprofile: rss\n";
const ARTICLE = { "articles/plain/index.md": `${PLAIN}Text.\n` };

async function said(dir: string): Promise<readonly string[]> {
  const { findings } = await checkContent(dir);
  const prefix = `${relative(process.cwd(), dir)}/`;
  return findings.map((finding) => formatFinding(finding).replace(prefix, ""));
}

const told = (policy: string) => said(contentFolder({ ...ARTICLE, "partners/a.yaml": policy }));

it("says nothing of one that is right, with a byte order mark too", async () => {
  expect(await told(POLICY)).toEqual([]);
  expect(await told(`\uFEFF${POLICY}`)).toEqual([]);
});

it("takes the example in docs/", async () => {
  const root = join(import.meta.dirname, "../..");
  const dir = contentFolder({
    ...ARTICLE,
    "site.yaml": readFileSync(join(root, "content/site.yaml")),
    "partners/example-portal.yaml": readFileSync(join(root, "docs/partner.yaml")),
  });
  expect(await said(dir)).toEqual([]);
});

it.each([
  ["an unknown key", `${POLICY}colour: red\n`, ["4  colour  is not a known field"]],
  [
    "an unknown key further in",
    `${POLICY}select:\n  section: [world]\n`,
    ['5  select.section  is not a known field; did you mean "sections"?'],
  ],
  [
    "missing keys",
    "name: A\n",
    ["1  id  is missing", expect.stringMatching(/^1 {2}profile {2}must be one of rss, /)],
  ],
  ["nothing at all", "", expect.arrayContaining(["1  id  is missing", "1  name  is missing"])],
  [
    "unknown values",
    `${POLICY}access: open\npush:\n  url: https://portal.example\n  events: [article.read]\n`,
    [
      "4  access  must be one of bearer, basic, path, public",
      expect.stringMatching(/^7 {2}push\.events\[0\] {2}must be one of article\.published, /),
    ],
  ],
  [
    "a profile that there isn't",
    POLICY.replace("rss", "gopher"),
    [expect.stringMatching(/^3 {2}profile {2}must be one of rss, atom, json, /)],
  ],
  [
    "a content that is neither",
    `${POLICY}content: half\n`,
    ["4  content  must be full, excerpt, or { paragraphs: 3 }"],
  ],
  [
    "a number of paragraphs alone",
    `${POLICY}content: 3\n`,
    ["4  content  must be full, excerpt, or { paragraphs: 3 }"],
  ],
  [
    "too few paragraphs",
    `${POLICY}content: { paragraphs: 0 }\n`,
    ["4  content.paragraphs  must be at least 1"],
  ],
  [
    "a time without a unit",
    `${POLICY}delay: "15"\n`,
    ['4  delay  must be a time like 15m, 48h or 30d (minutes, hours, days), or "0"'],
  ],
  [
    "a time that ends before it begins",
    `${POLICY}delay: 2d\nexpire: 48h\nselect:\n  maxAge: 1d\n`,
    [
      "5  expire  must be longer than delay, or no article would ever appear",
      "7  select.maxAge  must be longer than delay, or no article would ever appear",
    ],
  ],
  ["too many articles", `${POLICY}limits:\n  items: 501\n`, ["5  limits.items  must be at most 500"]],
  [
    "an image type that there isn't",
    `${POLICY}images:\n  types:\n    - image/tiff\n`,
    [expect.stringMatching(/^6 {2}images/)],
  ],
  [
    "an element that is none",
    `${POLICY}html: { tags: ["<p>"] }\n`,
    ["4  html.tags[0]  must be the name of an HTML element"],
  ],
  [
    "a host that is none",
    `${POLICY}html:\n  embeds:\n    - "https://x.example"\n`,
    [expect.stringMatching(/^6 {2}html\.embeds\[0\] {2}must be a host name/)],
  ],
  [
    "a link's parameter that is none",
    `${POLICY}link:\n  parameters:\n    "a b": c\n`,
    [expect.stringMatching(/^6 {2}link\.parameters\.a b {2}must be a name/)],
  ],
  [
    "two problems at once",
    `${POLICY}enabled: maybe\ndelay: 5\n`,
    [
      "4  enabled  must be true or false, not text",
      '5  delay  must be a time like 15m, 48h or 30d (minutes, hours, days), or "0"',
    ],
  ],
  [
    "a section that site.yaml hasn't",
    `${POLICY}select:\n  sections:\n    - world\n    - wrold\n`,
    ['7  select.sections[1]  "wrold" is not a section in site.yaml (world); did you mean "world"?'],
  ],
  [
    "a private address",
    `${POLICY}push:\n  url: https://intranet/hook\n`,
    ["5  push.url  must have a host with a public name, without a dot at its end"],
  ],
  [
    "an embargo that can't be kept",
    `${POLICY}embargoed: true\n`,
    ["4  embargoed  needs profile: ninjs, the only one that has a sign for an embargo"],
  ],
  [
    "an embargo that everybody would see",
    `${POLICY.replace("rss", "ninjs")}embargoed: true\naccess: public\n`,
    ["4  embargoed  can't be used with access: public"],
  ],
  [
    "a delay of what goes ahead",
    `${POLICY.replace("rss", "ninjs")}embargoed: true\ndelay: 1h\n`,
    ["5  delay  contradicts embargoed, which sends articles before their publication: remove one of them"],
  ],
  [
    "another id than the file's name",
    POLICY.replace("id: a", "id: b"),
    [`1  id  must be "a", like the file's name`],
  ],
  ["a key that stands twice", `${POLICY}name: B\n`, [expect.stringMatching(/^4 {2}is not valid YAML: /)]],
  [
    "a text that is no YAML",
    `${POLICY}attribution: From: us\n`,
    [expect.stringMatching(/^4 {2}is not valid YAML: .*must stand in quotes/)],
  ],
])("names the line of %s", async (_name, policy, findings) => {
  const lines = await told(policy);
  expect(lines.map((line) => line.replace("partners/a.yaml:", ""))).toEqual(findings);
});

it("is told of what is no policy, as of what is no article", async () => {
  const dir = contentFolder({
    ...ARTICLE,
    "partners/a.yaml": POLICY,
    "partners/a.yml": POLICY,
    "partners/b.yml": POLICY,
    "partners/Not_A_Slug.yaml": POLICY,
    "partners/notes.txt": "x",
    "partners/.hidden.yaml": "x",
    "elsewhere/link.yaml": POLICY,
  });
  mkdirSync(join(dir, "partners/folder.yaml"));
  symlinkSync(join(dir, "elsewhere/link.yaml"), join(dir, "partners/link.yaml"));
  expect((await said(dir)).toSorted()).toEqual([
    `partners/Not_A_Slug.yaml  has a name that can't be an id: must be kebab-case: a-z, 0-9 and single hyphens, like "not-a-slug"`,
    "partners/a.yml  lies beside a.yaml: keep that one, and delete this",
    "partners/b.yml  must be named b.yaml",
    "partners/folder.yaml  is not a file",
    "partners/link.yaml  is a symbolic link: policies must lie in the content folder",
    "partners/notes.txt  warning:  is not a policy, and isn't published",
  ]);
});

it("is checked without a site.yaml too, but for what only that knows", async () => {
  const dir = contentFolder({
    ...ARTICLE,
    "partners/a.yaml": `${POLICY}select: { sections: [moon] }\n`,
    "partners/b.yaml": "id: b\n",
  });
  write(dir, { "site.yaml": "title: T\n" });
  const lines = await said(dir);
  expect(lines.filter((line) => line.startsWith("partners/a"))).toEqual([]);
  expect(lines).toContain("partners/b.yaml:1  name  is missing");
});

it("counts in what check says, and an error ends it with 1", async () => {
  const out = listen();
  const dir = contentFolder({ ...ARTICLE, "partners/a.yaml": POLICY, "partners/b.yaml": "id: b\n" });
  expect(await runCheck({ dir }, out)).toBe(1);
  expect(out.text()).toMatch(/1 article, 2 partners, 2 errors, 0 warnings\.$/);
});
