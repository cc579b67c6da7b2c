// Which articles stand in a partner's feed: every rule just inside and just outside, by the clock that is handed in.

import { describe, expect, it } from "vitest";
import type { Site } from "../../src/article/site.ts";
import { addSeconds, type Instant, parseInstant } from "../../src/lib/time.ts";
import { type Policy, policySchema } from "../../src/partners/policy.ts";
import type { Profile } from "../../src/partners/profile.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { json, rss } from "../../src/partners/profiles/public.ts";
import { type Choice, choose, timing } from "../../src/partners/selection.ts";
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

function chosen(
  candidates: readonly PartnerCandidate[],
  changes: Readonly<Record<string, unknown>> = {},
  { now = NOW, profile = json as Profile, bytes = 100 } = {},
): Choice {
  return choose(candidates, () => ({ bytes }), { policy: policy(changes), profile, site: SITE }, now);
}

const isIn = (
  changes: Partial<PartnerCandidate>,
  rules: Readonly<Record<string, unknown>>,
  now = NOW,
): boolean => chosen([candidate(changes)], rules, { now }).shown.length === 1;

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
    const { leftOut } = chosen([candidate({ section: "c" })], { select: { sections: ["a", "b"] } });
    expect(leftOut.map(({ rule, says }) => `${rule}: ${says}`)).toEqual([
      "select.sections: is in c; wanted is one of a, b",
    ]);
  });
});

describe("time", () => {
  it("is over for what was withdrawn before it came out: nothing says that it comes", () => {
    const gone = candidate({ published: addSeconds(NOW, 400 * DAY), withdrawnAt: ago(DAY) });
    for (const rules of [{}, { delay: "15m" }, { profile: "ninjs", embargoed: true }]) {
      const [said] = chosen([gone], rules).leftOut;
      expect(said).toMatchObject({ rule: "withdrawn", says: `was withdrawn ${ago(DAY)}` });
      const words = timing(policy(rules), json, gone, NOW).map(({ says }) => says);
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
    expect(chosen([candidate(article)], rules, { now: before }).nextChange).toBe(addSeconds(NOW, seconds));
  });

  it.each<[string, Readonly<Record<string, unknown>>, Partial<PartnerCandidate>, number]>([
    ["the policy's end", { expire: "2h" }, { published: NOW }, 2 * HOUR],
    ["its greatest age", { select: { maxAge: "30d" } }, { published: NOW }, 30 * DAY],
    ["the newsroom's end", {}, { published: NOW, expires: addSeconds(NOW, HOUR) }, HOUR],
  ])("%s comes in its very second", (_, rules, article, seconds) => {
    const last = addSeconds(NOW, seconds - 1);
    expect([isIn(article, rules, last), isIn(article, rules, addSeconds(last, 1))]).toEqual([true, false]);
    expect(chosen([candidate(article)], rules).nextChange).toBe(addSeconds(NOW, seconds));
  });

  it("keeps what is scheduled for the end of time, with a delay too", () => {
    const never = { published: parseInstant("9999-12-31T23:30:00Z") as Instant };
    for (const rules of [{}, { delay: "1h" }, { delay: "99999d" }]) expect(isIn(never, rules)).toBe(false);
  });

  it("shows what is scheduled under an embargo alone, and marks it until its minute", () => {
    const scheduled = candidate({ published: addSeconds(NOW, HOUR) });
    const rules = { profile: "ninjs", embargoed: true };
    expect(chosen([scheduled], { profile: "ninjs" }).shown).toEqual([]);
    expect(chosen([scheduled], rules).shown.map(({ standing }) => standing)).toEqual(["embargoed"]);
    const at = scheduled.published;
    expect(chosen([scheduled], rules).nextChange).toBe(at);
    expect(chosen([scheduled], rules, { now: at }).shown.map(({ standing }) => standing)).toEqual(["story"]);
  });

  const earlier = ago(10 * MINUTE);
  const later = addSeconds(NOW, 36 * MINUTE);
  it.each([
    ["scheduled, and no delay", "0", later, ["published", false, `comes ${later}`]],
    ["scheduled, and a delay", "15m", later, ["published", false, `comes ${addSeconds(later, 15 * MINUTE)}`]],
    ["out, and its delay not over", "15m", earlier, ["delay", false, `comes ${addSeconds(NOW, 5 * MINUTE)}`]],
    ["out, and no delay", "0", earlier, ["published", true, `was published ${earlier}`]],
  ])("of an article that is %s, in a sentence", (_, delay, published, verdict) => {
    const said = timing(policy({ delay }), json, candidate({ published }), NOW);
    expect(said.map(({ rule, passed, says }) => [rule, passed, says])).toEqual([verdict]);
  });
});

describe("the newest, and the last 48 hours", () => {
  const slugs = (choice: Choice) => choice.shown.map(({ candidate: { slug } }) => slug);

  it("holds the newest so many, however old", () => {
    const old = [1, 2, 3].map((days) => candidate({ slug: `d${days}`, published: ago((days + 10) * DAY) }));
    expect(slugs(chosen(old, { limits: { items: 2 } }))).toEqual(["d1", "d2"]);
  });

  it("holds all of the last 48 hours and one more, counted from when the partner could have them", () => {
    const list = [1, 48 * HOUR, 49 * HOUR - 1, 49 * HOUR].map((seconds) =>
      candidate({ slug: `s${seconds}`, published: ago(seconds) }),
    );
    const choice = chosen(list, { limits: { items: 1 } });
    expect(slugs(choice)).toEqual(["s1", `s${48 * HOUR}`, `s${49 * HOUR - 1}`]);
    expect(choice.nextChange, "when the oldest of them goes").toBe(addSeconds(NOW, 1));
    const delayed = list.slice(0, 3).map((one) => ({ ...one, published: addSeconds(one.published, -HOUR) }));
    expect(slugs(chosen(delayed, { limits: { items: 1 }, delay: "1h" })).length).toBe(3);
  });

  it("holds what was changed within 48 hours, if the partner has had it before", () => {
    const newest = candidate({ slug: "new" });
    const changed = { published: ago(90 * DAY), changedAt: ago(HOUR), version: 2 };
    const rules = { limits: { items: 1 } };
    expect(slugs(chosen([newest, candidate({ ...changed, slug: "old", known: true })], rules))).toEqual([
      "new",
      "old",
    ]);
    expect(slugs(chosen([newest, candidate({ ...changed, known: false })], rules))).toEqual(["new"]);
    const late = { ...changed, changedAt: ago(49 * HOUR), known: true };
    expect(slugs(chosen([newest, candidate(late)], rules))).toEqual(["new"]);
  });
});

describe.each(Object.values(PROFILES))("a partner with $name that polls once in 48 hours", (profile) => {
  // An article each three hours, for five days before NOW and two and a half after; some change or go two days later.
  const KINDS = ["stays", "changes", "stays", "stays", "goes", "stays"] as const;
  const delay = profile.limits.ageSeconds === 2 * DAY ? 0 : HOUR;
  const articles = Array.from({ length: 60 }, (_, index) => {
    const published = addSeconds(NOW, (index - 40) * 3 * HOUR);
    const ends = addSeconds(published, 50 * HOUR);
    return { slug: `a${index}`, published, ends, kind: KINDS[index % KINDS.length] };
  });
  const at = (now: Instant) =>
    chosen(
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
    const standing = new Map(at(now).shown.map((one) => [one.candidate.slug, one.standing]));
    for (const { slug, published, ends, kind } of articles) {
      const isOver = kind === "goes" && ends <= now;
      if (within(addSeconds(published, delay), now) && !isOver) expect(standing.get(slug)).toBe("story");
      if (profile.removal === "absence") continue;
      if (kind === "changes" && within(ends, now)) expect(standing.get(slug)).toBe("story");
      if (kind === "goes" && within(ends, now)) expect(standing.get(slug)).toBe("removed");
    }
  });
});

describe("what is gone", () => {
  const gone = { known: true, withdrawnAt: ago(DAY), version: 2, published: ago(400 * DAY) };
  const standings = (changes: Partial<PartnerCandidate>, rules = {}, profile: Profile = json, now = NOW) =>
    chosen([candidate(changes)], rules, { profile, now }).shown.map(({ standing }) => standing);

  it("is told for the policy's days, whatever its age", () => {
    expect(standings(gone)).toEqual(["removed"]);
    expect(standings(gone, { retraction: "25h" }, json, addSeconds(NOW, HOUR - 1))).toEqual(["removed"]);
    expect(standings(gone, { retraction: "25h" }, json, addSeconds(NOW, HOUR))).toEqual([]);
  });

  it("is told to nobody who never had it", () => {
    expect(standings({ ...gone, known: false })).toEqual([]);
  });

  it("may not be syndicated any more: told by a sign, not by a notice that speaks of a withdrawal", () => {
    const { withdrawnAt: _, ...taken } = { ...gone, syndicate: false, changedAt: ago(DAY) };
    expect(standings(taken)).toEqual(["removed"]);
    expect(standings(taken, {}, rss)).toEqual([]);
  });

  it("was withdrawn silently: no notice", () => {
    expect(standings({ ...gone, noticed: false }, {}, rss)).toEqual([]);
    expect(standings({ ...gone, noticed: true }, {}, rss)).toEqual(["removed"]);
  });
});

describe("limits", () => {
  const many = () =>
    Array.from({ length: 5 }, (_, index) => candidate({ slug: `m${index}`, published: ago(index) }));

  it("lets the oldest give way to the profile's number, and says so", () => {
    const profile: Profile = { ...json, limits: { items: 3 } };
    const { shown, leftOut } = chosen(many(), {}, { profile });
    expect(shown.map(({ candidate: { slug } }) => slug)).toEqual(["m0", "m1", "m2"]);
    expect(leftOut.map(({ candidate: { slug }, rule }) => [slug, rule])).toEqual([
      ["m3", "limits"],
      ["m4", "limits"],
    ]);
  });

  it("keeps to the bytes of the policy, just inside and just outside", () => {
    const rules = { limits: { bytes: 20_000 } };
    expect(chosen(many(), rules, { bytes: 2000 }).shown.length).toBe(5);
    expect(chosen(many(), rules, { bytes: 2001 }).shown.length).toBe(4);
  });

  const gone = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      candidate({ slug: `g${index}`, known: true, withdrawnAt: ago(DAY + index), published: ago(9 * DAY) }),
    );
  const slugs = ({ shown }: Choice) => shown.map(({ candidate: { slug } }) => slug);

  it("gives what says that something is gone half of the room first, and never more", () => {
    const profile: Profile = { ...json, limits: { items: 4 } };
    expect(slugs(chosen([...many(), ...gone(1)], {}, { profile }))).toEqual(["m0", "m1", "m2", "g0"]);
    const choice = chosen([...many(), ...gone(3)], {}, { profile });
    expect(slugs(choice)).toEqual(["m0", "m1", "g0", "g1"]);
    expect(choice.leftOut.map(({ candidate: { slug }, rule }) => [slug, rule])).toContainEqual([
      "g2",
      "retraction",
    ]);
  });

  it("counts the bytes of what says that something is gone", () => {
    const rules = { limits: { bytes: 20_000 }, retraction: "30d" };
    const sign: Profile = { ...json, removal: "sign" };
    expect(chosen(gone(9), rules, { profile: sign, bytes: 1250 }).shown.length).toBe(4);
    expect(chosen(gone(60), rules).shown.length, "a tombstone has 100 bytes and its id").toBe(46);
    const counted = gone(60).map((one, index) => ({ ...one, id: String(10 + index) }));
    expect(chosen(counted, rules).shown.length, "which may be written as a tag URI").toBe(35);
  });
});
