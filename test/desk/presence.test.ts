// What the editor says of others who have the story open.

import { expect, it } from "vitest";
import { othersText } from "../../src/desk/editor/others.ts";

const other = (name: string, savedAt: string | null) => ({ name, seenAt: "2026-01-12T18:00:00Z", savedAt });

it("says who else has the story open, and when they saved it, by the server's clock", () => {
  const now = "2026-01-12T18:00:00Z";
  const said = (...others: Parameters<typeof othersText>[0]["others"]) => othersText({ now, others }, 10_000);
  expect(said()).toBe("");
  expect(said(other("Mara", "2026-01-12T17:59:30Z"))).toBe("Mara has this open, saved 40 s ago.");
  expect(said(other("Mara", "2026-01-12T17:00:00Z"), other("Tomas", null))).toBe(
    "Mara has this open, saved 1 h ago. Tomas has this open.",
  );
  // Saved after the answer's time, as far as whole seconds go.
  expect(said(other("Mara", "2026-01-12T18:00:11Z"))).toBe("Mara has this open, saved 0 s ago.");
});
