// What an isolate remembers of addresses that lead nowhere: for a minute, and no more than so many.

import { beforeEach, expect, it } from "vitest";
import { forgetAbsences, isAbsent, noteAbsent } from "../../src/feeds/absence.ts";
import { admit } from "../../src/feeds/admission.ts";
import type { Runtime } from "../../src/model/env.ts";
import { addSeconds, toInstant } from "../../src/model/time.ts";
import { SITE } from "../street.ts";

const NOW = 1_772_000_000_000;
beforeEach(forgetAbsences);

it("is remembered for a minute", () => {
  noteAbsent("tag/nowhere", NOW);
  expect([0, 59_999, 60_000].map((later) => isAbsent("tag/nowhere", NOW + later))).toEqual([
    true,
    true,
    false,
  ]);
  expect(isAbsent("tag/other", NOW)).toBe(false);
});

it("is forgotten when something is changed here", () => {
  noteAbsent("tag/nowhere", NOW);
  forgetAbsences();
  expect(isAbsent("tag/nowhere", NOW)).toBe(false);
});

it("is bounded: the oldest go first, whoever asks for how many", () => {
  for (let index = 0; index < 5000; index++) noteAbsent(`tag/${index}`, NOW);
  const kept = Array.from({ length: 5000 }, (_, index) => index).filter((index) =>
    isAbsent(`tag/${index}`, NOW),
  );
  expect(kept).toEqual(Array.from({ length: 2000 }, (_, index) => 3000 + index));
});

it("costs D1 one query, and the same feed in any format none for a minute", async () => {
  let queries = 0;
  const runtimeOf = (presence: string) => {
    const first = () => {
      queries++;
      return Promise.resolve({ feed: null, presence, closedPages: 2 });
    };
    const DB = { prepare: () => ({ bind: () => ({ first }) }) };
    return { env: { DB }, site: SITE, fingerprint: "f" } as unknown as Runtime;
  };
  const now = toInstant(new Date(NOW));
  const ask = async (feed: "tag/nowhere" | "tag/tomorrow" | "archive/9", presence: string, at = now) => {
    const before = queries;
    const answers = [];
    for (const format of ["rss", "atom", "json"] as const)
      answers.push(await admit(runtimeOf(presence), { feed, format }, at, () => {}));
    return [...new Set(answers), queries - before];
  };
  expect(await ask("tag/nowhere", "absent")).toEqual(["unknown", 1]);
  expect(await ask("tag/nowhere", "absent", addSeconds(now, 59))).toEqual(["unknown", 0]);
  expect(await ask("tag/nowhere", "absent", addSeconds(now, 60))).toEqual(["unknown", 1]);
  expect(await ask("archive/9", "absent")).toEqual(["unknown", 1]);
  // What is scheduled comes out in its minute: it is asked for each time.
  expect(await ask("tag/tomorrow", "to come")).toEqual(["unknown", 3]);
});
