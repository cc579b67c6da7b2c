import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dayOf, LOADS, monthOf, nearestLimit, scaleTable } from "./scale.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/scale.md"), "utf8");

describe("docs/scale.md", () => {
  it("has the table that `node test/bench/scale.ts` prints", () => {
    expect(/<!-- table -->\n([\s\S]*?)\n<!-- \/table -->/.exec(DOCUMENT)?.[1]).toBe(scaleTable());
  });

  it("a small paper fits the Free plan, a city's paper doesn't", () => {
    const shares = LOADS.map((load) => nearestLimit(dayOf(load))[1]);
    expect(shares[0]).toBeLessThan(1);
    expect(shares[1]).toBeGreaterThan(1);
    expect(monthOf(dayOf(LOADS[0] as (typeof LOADS)[number]))).toBe(5);
  });
});
