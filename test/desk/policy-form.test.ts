// The form of a policy: it has a field for every key, and what it holds is the policy, back and forth.

import { describe, expect, it } from "vitest";
import { fieldAt, groupsOf, inputOf, typedOf } from "../../src/desk/partners/policy-form.ts";
import { check, type Result } from "../../src/lib/problem.ts";
import { type Policy, policySchema } from "../../src/partners/policy.ts";

const GROUPS = groupsOf({ sections: { world: { title: "World" }, science: { title: "Science" } } } as never);
const FIELDS = GROUPS.flatMap(({ fields }) => fields);

function policyOf(fields: object): Policy {
  const policy: Result<Policy> = check(policySchema, { id: "a", name: "A", profile: "rss", ...fields });
  if (!policy.ok) throw new Error(JSON.stringify(policy.problems));
  return policy.value;
}

const EVERY_KEY = {
  ...{ id: "a", name: "- A: “b”", enabled: false, profile: "ninjs" },
  select: { sections: ["world"], tags: ["a, b", "2024"], languages: ["en"], maxAge: "30d", sponsored: true },
  ...{ content: { paragraphs: 3 }, delay: "15m", expire: "48h", embargoed: true },
  limits: { items: 10, bytes: 20_000 },
  images: { required: true, minWidth: 720, types: ["image/jpeg", "image/png"], rights: "credited" },
  html: { tags: ["p", "a"], embeds: ["www.youtube.com"] },
  link: { parameters: { utm_source: "a=b", on: "off" } },
  ...{ attribution: "no", access: "basic", retraction: "7d" },
  push: { url: "https://portal.example/hook", events: ["article.corrected"] },
};

describe("the fields", () => {
  it("are all keys of the schema, each with a name", () => {
    const keys = Object.keys(typedOf(policyOf(EVERY_KEY)));
    expect(FIELDS.map(({ path }) => path).toSorted()).toEqual(keys.toSorted());
    for (const { path, title, kind, options } of FIELDS) {
      expect(title, path).toMatch(/^[A-Z]/);
      expect(["one", "some"].includes(kind), path).toBe(options.length > 0);
    }
    expect(new Set(FIELDS.map(({ path }) => path)).size).toBe(FIELDS.length);
    expect(GROUPS.map(({ title }) => title)).toEqual([
      "The partner",
      "Which articles",
      "How much of each, and when",
      "Size of the feed",
      "Pictures",
      "HTML",
      "Links",
      "Webhook",
    ]);
  });

  it("know the site's sections, and what each format is", () => {
    const options = (path: string) => FIELDS.find((field) => field.path === path)?.options ?? [];
    expect(options("select.sections")).toEqual([
      { value: "world", words: "World" },
      { value: "science", words: "Science" },
    ]);
    expect(options("profile")).toContainEqual({ value: "json", words: "json: JSON Feed 1.1" });
    expect(options("content").map(({ value }) => value)).toEqual(["full", "excerpt", "paragraphs"]);
  });

  it.each([
    ["select.tags[2]", "select.tags"],
    ["content.paragraphs", "content.paragraphs"],
    ["content", "content"],
    ["link.parameters.a b", "link.parameters"],
    ["push.events[0]", "push.events"],
    ["push", undefined],
    ["", undefined],
    ["selected", undefined],
  ])("are found by the path of a problem: %s", (path, field) => {
    expect(fieldAt(path, GROUPS)?.path).toBe(field);
  });
});

describe("what is typed", () => {
  it.each([
    ["every key", EVERY_KEY],
    ["no more than it must", {}],
    ["an excerpt, at once, to everybody", { content: "excerpt", delay: "0", access: "public" }],
  ])("is the policy that it was made of: %s", (_name, fields) => {
    const policy = policyOf(fields);
    expect(check(policySchema, inputOf(typedOf(policy), GROUPS))).toEqual({ ok: true, value: policy });
  });

  it("is read as people type", () => {
    const input = inputOf(
      {
        id: [" a "],
        "select.tags": ["Harbour\r\n\r\n  Night boats "],
        "link.parameters": ["utm_source = portal\nplain"],
        content: ["paragraphs"],
        "content.paragraphs": ["three"],
        "limits.items": ["many"],
        "push.url": [""],
        "push.events": ["article.published"],
      },
      GROUPS,
    );
    expect(input).toMatchObject({
      id: "a",
      enabled: false,
      select: { tags: ["Harbour", "Night boats"], sponsored: false },
      link: { parameters: { utm_source: "portal", plain: "" } },
      content: { paragraphs: "three" },
      limits: { items: "many" },
    });
    expect(input).not.toHaveProperty("push");
    const checked = check(policySchema, input);
    const paths = checked.ok ? [] : checked.problems.map(({ path }) => fieldAt(path, GROUPS)?.path);
    expect(paths).toEqual(expect.arrayContaining(["name", "profile", "content.paragraphs", "limits.items"]));
  });
});
