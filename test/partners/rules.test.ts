// What the rules about time say of one article.

import { expect, it } from "vitest";
import { check } from "../../src/lib/problem.ts";
import type { Instant } from "../../src/lib/time.ts";
import { policySchema } from "../../src/partners/policy.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { timing } from "../../src/partners/rules.ts";
import { unwrap } from "../pipeline.ts";

const NOW = "2026-11-30T08:00:00Z" as Instant;
const EARLIER = "2026-11-30T07:50:00Z" as Instant;
const LATER = "2026-11-30T08:36:00Z" as Instant;

it.each([
  ["scheduled, and no delay", "0", LATER, ["published", false, `comes ${LATER}`]],
  ["scheduled, and a delay", "15m", LATER, ["published", false, "comes 2026-11-30T08:51:00Z"]],
  ["out, and its delay not over", "15m", EARLIER, ["delay", false, "comes 2026-11-30T08:05:00Z"]],
  ["out, and no delay", "0", EARLIER, ["published", true, `was published ${EARLIER}`]],
])("an article that is %s", (_, delay, published, verdict) => {
  const policy = unwrap(check(policySchema, { id: "a", name: "A", profile: "rss", delay }));
  const candidate = { published } as Parameters<typeof timing>[2];
  const said = timing(policy, PROFILES.rss, candidate, NOW).map(({ rule, passed, says }) => [
    rule,
    passed,
    says,
  ]);
  expect(said).toEqual([verdict]);
});
