// Which articles a partner's feed holds: every rule just inside and just outside, with a clock that the test
// sets.

import { describe, expect, it } from "vitest";
import type { Site } from "../../src/article/site.ts";
import { addSeconds, type Instant, parseInstant } from "../../src/lib/time.ts";
import { type Policy, policySchema } from "../../src/partners/policy.ts";
import type { Profile } from "../../src/partners/profile.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { json, rss } from "../../src/partners/profiles/public.ts";
import { explainTiming, type Selection, selectItems } from "../../src/partners/selection.ts";
import type { PartnerCandidate } from "../../src/partners/sql-items.ts";

const NOW = parseInstant("2026-03-02T12:00:00Z") as Instant;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const ago = (seconds: number): Instant => addSeconds(NOW, -seconds);
const SITE = { language: "en", tag: { authority: "news.example.com", date: "2024-01-01" } } as Site;

let count = 0;
/** An article of which nothing but what a test is about needs to be said; older ones come later. */
const candidate = (changes: Partial<PartnerCandidate> = {}): PartnerCandidate => {
  const published = changes.published ?? ago(HOUR);
  const id = `a:${String(++count).padStart(5, "0")}`;
  return {
    ...{ id, slug: id, headline: id, version: 1, published, changedAt: published, noticed: true, tags: [] },
    ...{ syndicate: true, sponsored: false, corrections: 0, known: false },
    ...changes,
  };
};

const policy = (changes: Readonly<Record<string, unknown>> = {}): Policy =>
  policySchema.parse({ id: "x", name: "X", profile: "json", ...changes });

function selectionOf(
  candidates: readonly PartnerCandidate[],
  changes: Readonly<Record<string, unknown>> = {},
  { now = NOW, profile = json as Profile, bytes = 100 } = {},
): Selection {
  return selectItems(candidates, () => ({ bytes }), { policy: policy(changes), profile, site: SITE }, now);
}

const isIn = (
  changes: Partial<PartnerCandidate>,
  rules: Readonly<Record<string, unknown>>,
  now = NOW,
): boolean => selectionOf([candidate(changes)], rules, { now }).selected.length === 1;

describe("selection", () => {
  it.each<[string, Readonly<Record<string, unknown>>, Partial<PartnerCandidate>, Partial<PartnerCandidate>]>([
    ["sections", { select: { sections: ["a", "b"] } }, { section: "b" }, { section: "c" }],
    ["sections, where there is none", { select: { sections: ["a"] } }, { section: "a" }, {}],
    ["tags", { select: { tags: ["One", "Two"] } }, { tags: ["two", "Three"] }, { tags: ["Twofold"] }],
    ["tags without letters", { select: { tags: ["🎉"] } }, { tags: ["🎉"] }, { tags: ["🔥"] }],
    ["languages", { select: { languages: ["de"] } }, { language: "de-AT" }, { language: "den" }],
    ["the site's language", { select: { languages: ["en"] } }, {}, { language: "de" }],
    [
      "sponsored",
      { select: { sponsored: true } },
      { sponsored: true },
      { sponsored: true, syndicate: false },
    ],
    ["not sponsored", {}, { sponsored: false }, { sponsored: true }],
    ["syndicate", {}, {}, { syndicate: false }],
  ])("by %s", (_, rules, inside, outside) => {
    expect([isIn(inside, rules), isIn(outside, rules)]).toEqual([true, false]);
  });

  it("says which rule keeps an article out", () => {
    const { leftOut } = selectionOf([candidate({ section: "c" })], { select: { sections: ["a", "b"] } });
    expect(leftOut.map(({ rule, explain }) => `${rule}: ${explain()}`)).toEqual([
      "select.sections: is in c; the policy selects a, b",
    ]);
  });
});

describe("time", () => {
  it("is over for what was withdrawn before it came out: nothing says that it comes", () => {
    const gone = candidate({ published: addSeconds(NOW, 400 * DAY), withdrawnAt: ago(DAY) });
    for (const rules of [{}, { delay: "15m" }, { profile: "ninjs", embargoed: true }]) {
      const [said] = selectionOf([gone], rules).leftOut;
      expect([said?.rule, said?.explain()]).toEqual(["withdrawn", `was withdrawn ${ago(DAY)}`]);
      const words = explainTiming(policy(rules), json, gone, NOW).map(({ says }) => says);
      expect(words.filter((says) => says.startsWith("comes"))).toEqual([]);
    }
  });

  it.each<[string, Readonly<Record<string, unknown>>, Partial<PartnerCandidate>, number]>([
    ["a delay", { delay: "15m" }, { published: NOW }, 15 * MINUTE],
    ["publication", {}, { published: addSeconds(NOW, 90) }, 90],
  ])("%s is over in its very second", (_, rules, article, seconds) => {
    const before = addSeconds(NOW, seconds - 1);
    expect([isIn(article, rules, before), isIn(article, rules, addSeconds(before, 1))]).toEqual([
      false,
      true,
    ]);
    expect(selectionOf([candidate(article)], rules, { now: before }).nextChange).toBe(
      addSeconds(NOW, seconds),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>, Partial<PartnerCandidate>, number]>([
    ["the policy's end", { expire: "2h" }, { published: NOW }, 2 * HOUR],
    ["its greatest age", { select: { maxAge: "30d" } }, { published: NOW }, 30 * DAY],
    ["the newsroom's end", {}, { published: NOW, expires: addSeconds(NOW, HOUR) }, HOUR],
  ])("%s comes in its very second", (_, rules, article, seconds) => {
    const last = addSeconds(NOW, seconds - 1);
    expect([isIn(article, rules, last), isIn(article, rules, addSeconds(last, 1))]).toEqual([true, false]);
    expect(selectionOf([candidate(article)], rules).nextChange).toBe(addSeconds(NOW, seconds));
  });

  it("keeps what is scheduled for the end of time, with a delay too", () => {
    const never = { published: parseInstant("9999-12-31T23:30:00Z") as Instant };
    for (const rules of [{}, { delay: "1h" }, { delay: "99999d" }]) expect(isIn(never, rules)).toBe(false);
  });

  it("shows what is scheduled under an embargo alone, and marks it until its minute", () => {
    const scheduled = candidate({ published: addSeconds(NOW, HOUR) });
    const rules = { profile: "ninjs", embargoed: true };
    expect(selectionOf([scheduled], { profile: "ninjs" }).selected).toEqual([]);
    expect(selectionOf([scheduled], rules).selected.map(({ state }) => state)).toEqual(["embargoed"]);
    const at = scheduled.published;
    expect(selectionOf([scheduled], rules).nextChange).toBe(at);
    expect(selectionOf([scheduled], rules, { now: at }).selected.map(({ state }) => state)).toEqual([
      "published",
    ]);
  });

  const earlier = ago(10 * MINUTE);
  const later = addSeconds(NOW, 36 * MINUTE);
  it.each([
    ["scheduled, and no delay", "0", later, ["published", false, `comes ${later}`]],
    ["scheduled, and a delay", "15m", later, ["published", false, `comes ${addSeconds(later, 15 * MINUTE)}`]],
    ["out, and its delay not over", "15m", earlier, ["delay", false, `comes ${addSeconds(NOW, 5 * MINUTE)}`]],
    ["out, and no delay", "0", earlier, ["published", true, `was published ${earlier}`]],
  ])("of an article that is %s, in a sentence", (_, delay, published, verdict) => {
    const said = explainTiming(policy({ delay }), json, candidate({ published }), NOW);
    expect(said.map(({ rule, passed, says }) => [rule, passed, says])).toEqual([verdict]);
  });
});

describe("the newest, and the last 48 hours", () => {
  const slugs = (selection: Selection) => selection.selected.map(({ candidate: { slug } }) => slug);

  it("holds the newest so many, however old", () => {
    const old = [1, 2, 3].map((days) => candidate({ slug: `d${days}`, published: ago((days + 10) * DAY) }));
    expect(slugs(selectionOf(old, { limits: { items: 2 } }))).toEqual(["d1", "d2"]);
  });

  it("holds all of the last 48 hours and one more, counted from when the partner could have them", () => {
    const list = [1, 48 * HOUR, 49 * HOUR - 1, 49 * HOUR].map((seconds) =>
      candidate({ slug: `s${seconds}`, published: ago(seconds) }),
    );
    const selection = selectionOf(list, { limits: { items: 1 } });
    expect(slugs(selection)).toEqual(["s1", `s${48 * HOUR}`, `s${49 * HOUR - 1}`]);
    expect(selection.nextChange, "when the oldest of them goes").toBe(addSeconds(NOW, 1));
    const delayed = list.slice(0, 3).map((one) => ({ ...one, published: addSeconds(one.published, -HOUR) }));
    expect(slugs(selectionOf(delayed, { limits: { items: 1 }, delay: "1h" })).length).toBe(3);
  });

  it("holds what was changed within 48 hours, if the partner has had it before", () => {
    const newest = candidate({ slug: "new" });
    const changed = { published: ago(90 * DAY), changedAt: ago(HOUR), version: 2 };
    const rules = { limits: { items: 1 } };
    expect(slugs(selectionOf([newest, candidate({ ...changed, slug: "old", known: true })], rules))).toEqual([
      "new",
      "old",
    ]);
    expect(slugs(selectionOf([newest, candidate({ ...changed, known: false })], rules))).toEqual(["new"]);
    const late = { ...changed, changedAt: ago(49 * HOUR), known: true };
    expect(slugs(selectionOf([newest, candidate(late)], rules))).toEqual(["new"]);
  });
});

describe.each(Object.values(PROFILES))("a partner with $name that polls once in 48 hours", (profile) => {
  // An article each three hours, for five days before NOW and two and a half after; some change or go two
  // days later.
  const KINDS = ["stays", "changes", "stays", "stays", "goes", "stays"] as const;
  const delay = profile.limits.ageSeconds === 2 * DAY ? 0 : HOUR;
  const articles = Array.from({ length: 60 }, (_, index) => {
    const published = addSeconds(NOW, (index - 40) * 3 * HOUR);
    const ends = addSeconds(published, 50 * HOUR);
    return { slug: `a${index}`, published, ends, kind: KINDS[index % KINDS.length] };
  });
  const at = (now: Instant) =>
    selectionOf(
      articles
        .filter(({ published }) => published <= now)
        .map(({ slug, published, ends, kind }) => {
          const known = addSeconds(published, delay) <= now;
          const later = kind !== "stays" && ends <= now ? { version: 2, changedAt: ends } : {};
          const gone = kind === "goes" && ends <= now ? { withdrawnAt: ends } : {};
          return candidate({ slug, published, known, ...later, ...gone });
        }),
      { profile: profile.name, limits: { items: 3 }, delay: `${delay / HOUR}h`.replace("0h", "0") },
      { now, profile },
    );
  const within = (instant: Instant, now: Instant) => instant > addSeconds(now, -48 * HOUR) && instant <= now;

  it.each([0, 1, HOUR, 2 * HOUR + 1, 24 * HOUR])("misses nothing, %d seconds later than now", (seconds) => {
    const now = addSeconds(NOW, seconds);
    const state = new Map(at(now).selected.map((one) => [one.candidate.slug, one.state]));
    for (const { slug, published, ends, kind } of articles) {
      const isOver = kind === "goes" && ends <= now;
      if (within(addSeconds(published, delay), now) && !isOver) expect(state.get(slug)).toBe("published");
      if (profile.removal === "absence") continue;
      if (kind === "changes" && within(ends, now)) expect(state.get(slug)).toBe("published");
      if (kind === "goes" && within(ends, now)) expect(state.get(slug)).toBe("removed");
    }
  });
});

describe("what is gone", () => {
  const gone = { known: true, withdrawnAt: ago(DAY), version: 2, published: ago(400 * DAY) };
  const states = (changes: Partial<PartnerCandidate>, rules = {}, profile: Profile = json, now = NOW) =>
    selectionOf([candidate(changes)], rules, { profile, now }).selected.map(({ state }) => state);

  it("is told for the policy's days, whatever its age", () => {
    expect(states(gone)).toEqual(["removed"]);
    expect(states(gone, { retraction: "25h" }, json, addSeconds(NOW, HOUR - 1))).toEqual(["removed"]);
    expect(states(gone, { retraction: "25h" }, json, addSeconds(NOW, HOUR))).toEqual([]);
  });

  it("is told to nobody who never had it", () => {
    expect(states({ ...gone, known: false })).toEqual([]);
  });

  it("may not be syndicated any more: told by a sign, not by a notice that speaks of a withdrawal", () => {
    const { withdrawnAt: _, ...taken } = { ...gone, syndicate: false, changedAt: ago(DAY) };
    expect(states(taken)).toEqual(["removed"]);
    expect(states(taken, {}, rss)).toEqual([]);
  });

  it("was withdrawn silently: no notice", () => {
    expect(states({ ...gone, noticed: false }, {}, rss)).toEqual([]);
    expect(states({ ...gone, noticed: true }, {}, rss)).toEqual(["removed"]);
  });
});

describe("limits", () => {
  const many = () =>
    Array.from({ length: 5 }, (_, index) => candidate({ slug: `m${index}`, published: ago(index) }));

  it("lets the oldest give way to the profile's number, and says so", () => {
    const profile: Profile = { ...json, limits: { items: 3 } };
    const { selected, leftOut } = selectionOf(many(), {}, { profile });
    expect(selected.map(({ candidate: { slug } }) => slug)).toEqual(["m0", "m1", "m2"]);
    expect(leftOut.map(({ candidate: { slug }, rule }) => [slug, rule])).toEqual([
      ["m3", "limits"],
      ["m4", "limits"],
    ]);
  });

  it("keeps to the bytes of the policy, just inside and just outside", () => {
    const rules = { limits: { bytes: 20_000 } };
    expect(selectionOf(many(), rules, { bytes: 2000 }).selected.length).toBe(5);
    expect(selectionOf(many(), rules, { bytes: 2001 }).selected.length).toBe(4);
  });

  const gone = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      candidate({ slug: `g${index}`, known: true, withdrawnAt: ago(DAY + index), published: ago(9 * DAY) }),
    );
  const slugs = ({ selected }: Selection) => selected.map(({ candidate: { slug } }) => slug);

  it("gives what says that something is gone half of the room first, and never more", () => {
    const profile: Profile = { ...json, limits: { items: 4 } };
    expect(slugs(selectionOf([...many(), ...gone(1)], {}, { profile }))).toEqual(["m0", "m1", "m2", "g0"]);
    const selection = selectionOf([...many(), ...gone(3)], {}, { profile });
    expect(slugs(selection)).toEqual(["m0", "m1", "g0", "g1"]);
    expect(selection.leftOut.map(({ candidate: { slug }, rule }) => [slug, rule])).toContainEqual([
      "g2",
      "retraction",
    ]);
  });

  it("counts the bytes of what says that something is gone", () => {
    const rules = { limits: { bytes: 20_000 }, retraction: "30d" };
    const sign: Profile = { ...json, removal: "sign" };
    expect(selectionOf(gone(9), rules, { profile: sign, bytes: 1250 }).selected.length).toBe(4);
    expect(selectionOf(gone(60), rules).selected.length, "a tombstone has 100 bytes and its id").toBe(46);
    const counted = gone(60).map((one, index) => ({ ...one, id: String(10 + index) }));
    expect(selectionOf(counted, rules).selected.length, "which may be written as a tag URI").toBe(35);
  });
});
