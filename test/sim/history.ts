// A history: a seed for all random choices, and a list of steps of the newsroom, of readers, and of failures. A failing run
// prints its history as JSON, to be pasted into a case of `cases/`.

import type { IsolateName } from "./cloud.ts";
import { BINDINGS, type Fault, WAYS } from "./faults.ts";
import { type Random, randomOf } from "./random.ts";
import { DOCUMENTS, PAGES, PEOPLE, SECTIONS, SLUGS, TAGS } from "./site.ts";

/** What a step does. Seconds are of simulated time. */
type Deed =
  /** Stores a revision of an article: published `from` seconds from now (below 0: ago), expires `until` seconds from now. */
  | {
      readonly do: "put";
      readonly slug: string;
      readonly section?: string | undefined;
      readonly tags?: readonly string[];
      readonly by?: string | undefined;
      readonly from?: number;
      readonly until?: number | undefined;
    }
  | { readonly do: "withdraw"; readonly slug: string; readonly silent?: boolean }
  /** Reads a document or page `times` times, each `every` seconds; from the second time on with If-None-Match. */
  | {
      readonly do: "read";
      readonly at: IsolateName;
      readonly path: string;
      readonly times?: number;
      readonly every?: number;
    }
  /** Reads the partner's feed. A history with this step creates the partner at its start. */
  | { readonly do: "read-partner"; readonly at: IsolateName }
  /** Has a subscriber ask the hub for a document. */
  | { readonly do: "subscribe"; readonly who: string; readonly path: string }
  /** A subscriber's server fails for that many seconds. */
  | { readonly do: "refuse"; readonly who: string; readonly seconds: number }
  | ({ readonly do: "fail" } & Fault)
  | { readonly do: "kill"; readonly isolate: IsolateName }
  /** Ends the instance of an object, chosen by its number among all objects. */
  | { readonly do: "end-object"; readonly number: number; readonly how: "lost" | "replaced" }
  | { readonly do: "no-alarms"; readonly seconds: number }
  | { readonly do: "no-cron"; readonly seconds: number }
  | { readonly do: "wipe-kv" }
  /** Restores D1 to its state before the last change (`back` 0: the last one), then rebuilds all feeds (docs/operate.md). */
  | { readonly do: "restore"; readonly back: number };

/** A deed. It begins `after` seconds after the one before. */
export type Step = Deed & { readonly after?: number };

/** Everything that a run depends on. */
export interface History {
  readonly seed: number;
  /** Set where site.yaml names an outside hub. */
  readonly hasOutsideHub?: boolean;
  readonly steps: readonly Step[];
}

/** Subscribers' hosts. */
export const SUBSCRIBERS = ["reader-1.example.net", "reader-2.example.net"] as const;
const READERS = ["paris/0", "tokyo/0", "tokyo/1", "home/0"] as const satisfies readonly IsolateName[];
const ISOLATES = ["home/0", "home/1", "home/9", ...READERS] as const satisfies readonly IsolateName[];
/** Seconds. Longer than any history, so the failure lasts until the check at rest. */
const FOR_EVER = 100_000;
const OUTSIDE_HUB = 0.1;
const STEPS = { least: 4, most: 36 } as const;
/** Share of histories in which nothing fails, so that the promises "if nothing failed meanwhile" are tested too. */
const FAULT_FREE_SHARE = 0.4;

/** The articles, documents and readers of one history: few, so that steps concern the same ones. */
interface Theme {
  readonly slugs: readonly string[];
  readonly documents: readonly string[];
  readonly readers: readonly IsolateName[];
  /** Seconds from one deed to the next. */
  readonly gaps: readonly number[];
}

/** A generator of steps, and its weight. */
interface Kind {
  readonly weight: number;
  readonly make: (random: Random, theme: Theme) => Deed;
}

/** Steps of the newsroom and the readers. */
const LIFE: readonly Kind[] = [
  {
    weight: 8,
    make: (random, { slugs }) => ({
      do: "put",
      slug: random.pick(slugs),
      section: random.pick(["news", ...SECTIONS, undefined]),
      tags: TAGS.filter(() => random.chance(0.5)),
      by: random.pick([...PEOPLE, undefined]),
      from: random.pick([-86_400, -86_400, -60, 0, 5, 40, 90, 200]),
      until: random.pick([undefined, undefined, 70, 210, 300]),
    }),
  },
  {
    weight: 2,
    make: (random, { slugs }) => ({
      do: "withdraw",
      slug: random.pick(slugs),
      silent: random.chance(0.5),
    }),
  },
  {
    weight: 8,
    make: (random, { readers, documents }) => ({
      do: "read",
      at: random.pick(readers),
      path: random.pick(documents),
      times: random.pick([1, 2, 8]),
      every: random.pick([1, 10, 31]),
    }),
  },
  {
    weight: 1,
    make: (random, { readers }) => ({ do: "read", at: random.pick(readers), path: random.pick(PAGES) }),
  },
  { weight: 1, make: (random, { readers }) => ({ do: "read-partner", at: random.pick(readers) }) },
  {
    weight: 1,
    make: (random, { documents }) => ({
      do: "subscribe",
      who: random.pick(SUBSCRIBERS),
      path: random.pick(documents),
    }),
  },
];

/** Failures. */
const TROUBLE: readonly Kind[] = [
  {
    weight: 1,
    make: (random) => ({
      do: "refuse",
      who: random.pick(SUBSCRIBERS),
      seconds: random.pick([1, 30, 200]),
    }),
  },
  {
    weight: 4,
    make: (random) => ({
      do: "fail",
      binding: random.pick(BINDINGS),
      way: random.pick(WAYS),
      skip: random.whole(0, 40),
      seconds: random.pick([0, 0, 3, 30, 120]),
    }),
  },
  { weight: 2, make: (random) => ({ do: "kill", isolate: random.pick(ISOLATES) }) },
  {
    weight: 3,
    make: (random) => ({
      do: "end-object",
      number: random.whole(0, 20),
      how: random.pick(["lost", "replaced"] as const),
    }),
  },
  // Only cron notices a change.
  {
    weight: 2,
    make: (random) => ({
      do: "fail",
      binding: "object",
      way: "refused",
      skip: 0,
      seconds: random.pick([3, 30, 120]),
    }),
  },
  { weight: 2, make: (random) => ({ do: "no-alarms", seconds: random.pick([10, 300, FOR_EVER]) }) },
  { weight: 1, make: (random) => ({ do: "no-cron", seconds: random.pick([60, 300]) }) },
  { weight: 1, make: () => ({ do: "wipe-kv" }) },
  { weight: 1, make: (random) => ({ do: "restore", back: random.whole(0, 3) }) },
];

/** The random history of a seed: always the same one. */
export function historyOf(seed: number): History {
  const random = randomOf(seed, "history");
  const some = <T>(all: readonly T[], most: number): readonly T[] =>
    Array.from({ length: random.whole(1, most) }, () => random.pick(all));
  const theme: Theme = {
    slugs: some(SLUGS, 3),
    documents: some(
      random.chance(0.5) ? ["/rss.xml", "/sections/news/rss.xml", "/tags/red/feed.json"] : DOCUMENTS,
      3,
    ),
    readers: some(READERS, 3),
    gaps: random.pick([
      [0, 0, 0.1, 0.5, 1],
      [0, 0.5, 2, 5, 20],
      [0, 1, 20, 31, 61],
    ]),
  };
  const trouble = random.chance(FAULT_FREE_SHARE) ? [] : some(TROUBLE, 4);
  const makers = [...LIFE, ...trouble].flatMap(({ weight, make }) =>
    Array.from({ length: weight }, () => make),
  );
  const steps = Array.from(
    { length: random.whole(STEPS.least, STEPS.most) },
    (): Step => ({
      after: random.pick(theme.gaps),
      ...random.pick(makers)(random, theme),
    }),
  );
  return { seed, steps, ...(random.chance(OUTSIDE_HUB) ? { hasOutsideHub: true } : {}) };
}

/** A history as source text for a case: one step a line, without default values. */
export const printed = ({ seed, steps, hasOutsideHub }: History): string =>
  `{\n  seed: ${seed},\n${hasOutsideHub ? "  hasOutsideHub: true,\n" : ""}  steps: [\n${steps.map((one) => `    ${JSON.stringify(one)},\n`).join("")}  ],\n}`;
