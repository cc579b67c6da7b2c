// A history: a seed for all that is left to chance, and what newsroom, readers and trouble do, one after the other. As JSON
// it is what a failing run prints, and what a case in `cases/` holds.

import type { IsolateName } from "./cloud.ts";
import { BINDINGS, type Fault, WAYS } from "./faults.ts";
import { type Random, randomOf } from "./random.ts";
import { DOCUMENTS, PAGES, PEOPLE, SECTIONS, SLUGS, TAGS } from "./site.ts";

/** What is done. Seconds are of simulated time. */
type Deed =
  /** Stores an article anew: it is published `from` seconds from now (or ago, below 0), and expires `until` seconds from now. */
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
  /** Reads a document or page, so many times, so many seconds one after the other; after the first time with If-None-Match. */
  | {
      readonly do: "read";
      readonly at: IsolateName;
      readonly path: string;
      readonly times?: number;
      readonly every?: number;
    }
  /** Reads the partner's feed, which there is from the start of a history with this in it. */
  | { readonly do: "read-partner"; readonly at: IsolateName }
  /** Has a subscriber ask the hub for a document. */
  | { readonly do: "subscribe"; readonly who: string; readonly path: string }
  /** Has a subscriber's server fail for so many seconds. */
  | { readonly do: "refuse"; readonly who: string; readonly seconds: number }
  | ({ readonly do: "fail" } & Fault)
  | { readonly do: "kill"; readonly isolate: IsolateName }
  /** Ends the instance of an object: the one with that number of all that there are. */
  | { readonly do: "end-object"; readonly number: number; readonly how: "lost" | "replaced" }
  | { readonly do: "no-alarms"; readonly seconds: number }
  | { readonly do: "no-cron"; readonly seconds: number }
  | { readonly do: "wipe-kv" }
  /** Restores D1 to what it was before the last change but so many, and has all feeds built anew, as docs/operate.md says. */
  | { readonly do: "restore"; readonly back: number };

/** A deed, and how many seconds after the one before it is begun. */
export type Step = Deed & { readonly after?: number };

/** All that decides a run. */
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
/** So many seconds of something are more than any history takes: it isn't over when all else has come to rest. */
const FOR_EVER = 100_000;
const OUTSIDE_HUB = 0.1;
const STEPS = { least: 4, most: 36 } as const;
/** In so many of 1 histories nothing fails: then the promises hold that are made for that. */
const PEACE = 0.4;

/** What one history is about: few things, so that deeds meet. */
interface Theme {
  readonly slugs: readonly string[];
  readonly documents: readonly string[];
  readonly readers: readonly IsolateName[];
  /** Seconds from one deed to the next. */
  readonly gaps: readonly number[];
}

/** A kind of deed, and how often it is done beside the others. */
interface Kind {
  readonly weight: number;
  readonly make: (random: Random, theme: Theme) => Deed;
}

/** What newsroom and readers do. */
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

/** What goes wrong. */
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
  // Nobody hears of a change but cron.
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

/** The history of a seed: always the same one. */
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
  const trouble = random.chance(PEACE) ? [] : some(TROUBLE, 4);
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

/** A history as text that can stand in a case: one step a line, without what says nothing. */
export const printed = ({ seed, steps, hasOutsideHub }: History): string =>
  `{\n  seed: ${seed},\n${hasOutsideHub ? "  hasOutsideHub: true,\n" : ""}  steps: [\n${steps.map((one) => `    ${JSON.stringify(one)},\n`).join("")}  ],\n}`;
