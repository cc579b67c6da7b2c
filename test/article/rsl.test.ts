// What of `rsl` in site.yaml is refused, and in which words.

import { expect, it } from "vitest";
import { rslSchema } from "../../src/article/site.ts";
import { check } from "../../src/lib/problem.ts";

const LICENSE = { permits: { usage: ["search"] } };

const told = (rsl: unknown): readonly string[] => {
  const checked = check(rslSchema, rsl);
  return checked.ok ? [] : checked.problems.map(({ path, message }) => `${path} ${message}`);
};
const toldOf = (license: unknown) => told({ terms: "/terms", licenses: [license] });

it.each<[string, unknown, readonly string[]]>([
  ["no terms", { licenses: [LICENSE] }, ["terms is missing"]],
  ["no licence", { terms: "/terms" }, ["licenses is missing"]],
  ["an empty list", { terms: "/terms", licenses: [] }, ["licenses must have at least 1 entry"]],
  ["an unknown key", { terms: "/terms", licenses: [LICENSE], legal: 1 }, ["legal is not a known field"]],
  [
    "terms that are prose",
    { terms: "Ask us.", licenses: [LICENSE] },
    ["terms must be a full web address, or a path that starts with /"],
  ],
])("%s", (_name, rsl, problems) => {
  expect(told(rsl)).toEqual(problems);
});

it.each<[string, unknown, readonly string[]]>([
  ["that says nothing", {}, [" must name something"]],
  ["that permits nothing", { permits: {} }, [".permits must name something"]],
  ["with an empty list", { prohibits: { usage: [] } }, [".prohibits.usage must have at least 1 entry"]],
  [
    "with another use",
    { permits: { usage: ["search", "train-ai"] } },
    [".permits.usage[1] must be one of all, ai-all, ai-train, ai-input, ai-index, search"],
  ],
  [
    "with a country's name",
    { permits: { geo: ["Korea"] } },
    [".permits.geo[0] must be a country's two letters, like KR, or EU"],
  ],
  [
    "with a price of no type",
    { payment: { custom: "/buy" } },
    [
      ".payment.type must be one of purchase, subscription, training, crawl, use, contribution, attribution, free",
    ],
  ],
  [
    "with a price in no currency",
    { payment: { type: "crawl", amount: { value: 1, currency: "XBT" } } },
    [".payment.amount.currency must be a currency's three letters (ISO 4217), like USD"],
  ],
  [
    "with a price that is no decimal",
    { payment: { type: "crawl", amount: { value: 1e-9, currency: "USD" } } },
    [".payment.amount.value has too many digits"],
  ],
  [
    "with a price below nothing",
    { payment: { type: "crawl", amount: { value: -1, currency: "USD" } } },
    [".payment.amount.value must be at least 0"],
  ],
])("a licence %s", (_name, license, problems) => {
  expect(toldOf(license)).toEqual(problems.map((problem) => `licenses[0]${problem}`));
});
