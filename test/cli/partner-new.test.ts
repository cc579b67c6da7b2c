// `partner new`: asked or told, it writes a policy that check takes, and never over one that is there.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkContent } from "../../src/cli/check.ts";
import { type NewFlags, newPartner } from "../../src/cli/partner-new.ts";
import type { Policy } from "../../src/partners/policy.ts";
import { contentFolder, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";

const folder = (files: Readonly<Record<string, string>> = {}) =>
  contentFolder({ "articles/plain/index.md": PLAIN, ...files });

/** Answers in order; a question too many fails. */
function answering(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`Unexpected question: ${question}`);
    return answer;
  };
  return { ask, asked };
}

async function written(dir: string, id: string): Promise<Policy> {
  const { partners, findings } = await checkContent(dir);
  expect(findings).toEqual([]);
  const policy = partners.policies.find((each) => each.id === id);
  if (policy?.kind !== "policy") throw new Error(`There is no ${id}`);
  return policy.policy;
}

it("asks for everything, and says what comes next", async () => {
  const dir = folder();
  const out = listen();
  const { ask, asked } = answering("The “Portal”: #1", "", "5", "path", "world", "3");
  await newPartner({ dir, flags: {}, ask }, out);
  expect(asked.map((question) => question.split("\n").at(-1))).toEqual([
    "Name of the partner: ",
    "Id, a part of the feed's address [the-portal-1]: ",
    "Format, a name or number of these [rss]: ",
    "Access: bearer or basic (a token in a header), path (a token in the address), public (anybody) [bearer]: ",
    "Sections, with commas between them (world) [all]: ",
    "How much of each article: full, excerpt, or a number of paragraphs [full]: ",
  ]);
  expect(await written(dir, "the-portal-1")).toMatchObject({
    ...{ name: "The “Portal”: #1", profile: "msn", access: "path" },
    ...{ select: { sections: ["world"] }, content: { paragraphs: 3 } },
  });
  expect(out.text()).toContain("wireroom partner token the-portal-1\n");
});

it("takes the usual answers, and lists every format", async () => {
  const dir = folder();
  const { ask, asked } = answering("A", "", "", "", "", "");
  await newPartner({ dir, flags: {}, ask }, listen());
  expect(await written(dir, "a")).toMatchObject({
    ...{ profile: "rss", access: "bearer", content: "full", select: { sponsored: false } },
  });
  expect(asked[2]).toMatch(/ 1 {2}rss .*\n.*\n.*\n {3}4 {2}google-news-sitemap .*\n(.*\n)+ {2}10 {2}ninjs /);
  const file = readFileSync(join(dir, "partners/a.yaml"), "utf8");
  expect(file).toContain("# select:\n#   sections: [world]\n");
});

it("asks again after an answer that is none", async () => {
  const dir = folder();
  const out = listen();
  const { ask } = answering(
    "",
    "A",
    "A b",
    "a",
    "gopher",
    "11",
    "atom",
    "bearer",
    "moon",
    "world",
    "half",
    "full",
  );
  await newPartner({ dir, flags: {}, ask }, out);
  expect(out.text().split("\n").slice(0, 6)).toEqual([
    "  That must not be empty.",
    '  That must be kebab-case: a-z, 0-9 and single hyphens, like "a-b".',
    expect.stringMatching(/^ {2}That must be one of rss, /),
    expect.stringMatching(/^ {2}That must be one of rss, /),
    "  That must name sections of site.yaml, not moon.",
    "  That must be full, excerpt, or a number from 1 to 50.",
  ]);
  expect(await written(dir, "a")).toMatchObject({ profile: "atom" });
});

it.each<[string, NewFlags]>([
  ["with somebody there", { name: "A", profile: "ninjs", access: "public" }],
  [
    "with more flags",
    { name: "A", profile: "ninjs", access: "public", sections: "world", content: "excerpt" },
  ],
])("asks nothing once name, profile and access are given, %s", async (_name, flags) => {
  const dir = folder();
  const out = listen();
  await newPartner({ dir, flags, ask: answering().ask }, out);
  expect(await written(dir, "a")).toMatchObject({ profile: "ninjs", content: flags.content ?? "full" });
  expect(out.text()).not.toContain("partner token");
});

it.each<[string, NewFlags, RegExp]>([
  [
    "no name",
    {},
    /nobody can be asked: give --name\. .* --profile rss, --access bearer, --sections all, --content full/,
  ],
  ["a profile that there isn't", { name: "A", profile: "gopher" }, /^--profile {2}must be one of rss/],
  [
    "a section that there isn't",
    { name: "A", sections: "moon" },
    /^--sections {2}must name sections of site.yaml, not moon/,
  ],
  ["a name that makes no id", { name: "Ж" }, /nobody can be asked: give ID/],
])("stops at %s where nobody can be asked, and writes nothing", async (_name, flags, message) => {
  const dir = folder();
  await expect(newPartner({ dir, flags }, listen())).rejects.toThrow(message);
  expect(readdirSync(dir)).not.toContain("partners");
});

it("never writes over a policy that is there", async () => {
  const dir = folder({ "partners/a.yaml": "mine" });
  const { ask } = answering("A", "a");
  await expect(newPartner({ dir, flags: {}, ask }, listen())).rejects.toThrow(/a\.yaml exists already/);
  expect(readFileSync(join(dir, "partners/a.yaml"), "utf8")).toBe("mine");
});

it("needs a content folder", async () => {
  await expect(newPartner({ dir: "/nowhere/at/all", flags: {} }, listen())).rejects.toThrow(
    /There is no folder/,
  );
});
