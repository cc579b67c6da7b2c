// A policy as the text of its file: a YAML library reads back the same policy, whatever its texts are.

import fc from "fast-check";
import { expect, it } from "vitest";
import { check } from "../../src/lib/problem.ts";
import { checkYaml } from "../../src/lib/yaml.ts";
import { type Policy, policySchema, policyYaml } from "../../src/partners/policy.ts";

const POLICY = "id: a\nname: A\nprofile: rss\n";

const EVERY_KEY = {
  ...{ id: "a", name: "- A: “b” #c", enabled: false, profile: "ninjs" },
  select: { sections: ["world"], tags: ["true", "2024"], languages: ["en"], maxAge: "30d", sponsored: true },
  ...{ content: { paragraphs: 3 }, delay: "15m", expire: "48h", embargoed: true },
  limits: { items: 10, bytes: 20_000 },
  images: { required: true, minWidth: 720, types: ["image/jpeg"], rights: "credited" },
  html: { tags: ["p"], embeds: ["www.youtube.com"] },
  link: { parameters: { utm_source: "1", on: "off" } },
  ...{ attribution: "no", access: "basic", retraction: "7d" },
  push: { url: "https://portal.example/hook", events: ["article.corrected"] },
};

it.each([
  ["every key", EVERY_KEY],
  ["no more than it must", { id: "a", name: "null", profile: "rss" }],
  [
    "a part of a group",
    { id: "a", name: "A", profile: "rss", select: { tags: ["x"] }, limits: { bytes: 20_000 } },
  ],
])("is written as a file that reads back as the same: %s", (_name, input) => {
  const policy = check(policySchema, input);
  if (!policy.ok) throw new Error(JSON.stringify(policy.problems));
  const read = checkYaml(policySchema, policyYaml(policy.value));
  expect(read.ok && read.value.value).toEqual(policy.value satisfies Policy);
});

it("is written without what goes without saying", () => {
  const policy = check(policySchema, { id: "a", name: "A", profile: "rss", select: { tags: ["x"] } });
  expect(policy.ok && policyYaml(policy.value)).toBe(`${POLICY}select:\n  tags:\n    - x\n`);
});

it("is written as a file that reads back as the same, whatever the texts are", () => {
  const words = fc.oneof(
    fc.string({ minLength: 1, maxLength: 40, unit: "binary" }),
    fc.constantFrom(
      "No",
      "on",
      "1e3",
      "0x1f",
      ".inf",
      "- a",
      "a: b",
      "a #b",
      "~",
      "x ",
      "|",
      "2024-10-24",
      "'",
      "{}",
      "*a",
      "&a",
      "!x",
    ),
  );
  fc.assert(
    fc.property(
      words,
      words,
      fc.dictionary(fc.constantFrom("on", "1", "utm_source", "~", "-"), words),
      (name, tag, parameters) => {
        const input = {
          id: "a",
          name,
          profile: "rss",
          attribution: tag,
          select: { tags: [tag, name] },
          link: { parameters },
        };
        const policy = check(policySchema, input);
        fc.pre(policy.ok);
        const read = checkYaml(policySchema, policyYaml(policy.value));
        expect(read.ok && read.value.value).toEqual(policy.value);
      },
    ),
  );
});
