// A fixed set of random walks. `npm run sim -- --desk` runs more, and shortens a walk that breaks a promise.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type Prepared, prepare } from "../simulate.ts";
import { DESK_BREAKS } from "./breaks.ts";
import type { Writer } from "./model.ts";
import { type Act, walk, walks } from "./walk.ts";

const WALKS = 25;
const LENGTH = 40;

const SAVE = (by: Writer) => ({ do: "save", what: 0, by, isTwice: false }) as const;

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

it(`in ${WALKS} walks no acknowledged text is lost, and only named revisions are published`, async () => {
  const property = fc.asyncProperty(walks(LENGTH), async (one) => {
    await walk(prepared, one);
  });
  await fc.assert(property, { numRuns: WALKS, seed: 1, endOnFailure: true });
});

it("the same holds when one call of D1 or of a queue fails, or its answer or the isolate is lost", async () => {
  const [by, other] = ["ann", "bob"] as const;
  const story = [
    ...[SAVE(by), SAVE(by), { do: "publish", what: 0, by, isTwice: false }, { do: "wait", seconds: 20 }],
    ...[
      SAVE(other),
      SAVE(other),
      { do: "correct", what: 0, by: other, isTwice: false },
      { do: "wait", seconds: 20 },
    ],
    ...[
      { do: "take-over", what: 1, by },
      { do: "save", what: 1, by, isTwice: true },
    ],
    ...[
      { do: "pull", what: 1, isForced: true },
      { do: "withdraw", what: 0, by },
    ],
  ] as const satisfies readonly Act[];
  let failed = 0;
  for (const binding of ["d1", "queue"] as const) {
    for (const way of ["refused", "answer-lost"] as const) {
      for (const kill of [[], [{ do: "kill" }]] as const) {
        for (let skip = 0, isReached = true; isReached && skip < 90; skip += binding === "d1" ? 6 : 1) {
          const fault = { do: "fail", binding, way, skip, seconds: 0 } as const;
          const notes = await walk(prepared, {
            seed: skip,
            acts: [fault, ...story.slice(0, 3), ...kill, ...story.slice(3)],
          });
          isReached = notes.some((note) => note.includes(`${binding} ${way}`));
          failed += isReached ? 1 : 0;
        }
      }
    }
  }
  expect(failed).toBeGreaterThan(30);
});

it("a walk is the same for the same seed", async () => {
  const [one] = fc.sample(walks(LENGTH), { numRuns: 1, seed: 7 });
  if (!one) throw new Error("no walk");
  expect(await walk(prepared, one)).toEqual(await walk(prepared, one));
});

it.each(Object.entries(DESK_BREAKS))("the desk can be broken: %s", (_, { file, find }) => {
  expect(readFileSync(join(import.meta.dirname, "../../..", file), "utf8")).toContain(find);
});
