// Datelines: place, agency, day and the sentence behind them, and dashes that are none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDateline } from "../../../src/import/text/dateline.ts";

const STORY = "The harbour opened on Thursday.";

describe("readDateline", () => {
  it.each([
    ["SEOUL, South Korea — ", { dateline: "SEOUL, South Korea" }],
    ["PARIS (AP) — ", { dateline: "PARIS", agency: "AP" }],
    ["KYIV, Oct 9 (Reuters) - ", { dateline: "KYIV", agency: "Reuters", day: "Oct 9" }],
    ["WASHINGTON, D.C. – ", { dateline: "WASHINGTON, D.C." }],
    ["BERLIN (dpa) - ", { dateline: "BERLIN", agency: "dpa" }],
    ["Berlin (dpa/lno) – ", { dateline: "Berlin", agency: "dpa/lno" }],
    ["PARIS, 12 janv (Reuters) - ", { dateline: "PARIS", agency: "Reuters", day: "12 janv" }],
    ["Madrid, 3 mar. (EFE).- ", { dateline: "Madrid", agency: "EFE", day: "3 mar." }],
    ["MADRID, 3 mar (EFE).-", { dateline: "MADRID", agency: "EFE", day: "3 mar" }],
    ["MADRID.- ", { dateline: "MADRID" }],
    [
      "LONDON/BRUSSELS, March 3 (Reuters) — ",
      { dateline: "LONDON/BRUSSELS", agency: "Reuters", day: "March 3" },
    ],
    ["NEW YORK — ", { dateline: "NEW YORK" }],
    ["SEOUL—", { dateline: "SEOUL" }],
    ["ABOARD THE USS HARBOUR — ", { dateline: "ABOARD THE USS HARBOUR" }],
    ["HARBOUR TOWN, Maine (AP) — ", { dateline: "HARBOUR TOWN, Maine", agency: "AP" }],
    ["THE HAGUE, Netherlands (AP) — ", { dateline: "THE HAGUE, Netherlands", agency: "AP" }],
    ["ST. JOHN'S, Newfoundland — ", { dateline: "ST. JOHN'S, Newfoundland" }],
    ["WINSTON-SALEM, N.C. (AP) — ", { dateline: "WINSTON-SALEM, N.C.", agency: "AP" }],
    ["McALLEN, Texas — ", { dateline: "McALLEN, Texas" }],
    ["RIO DE JANEIRO — ", { dateline: "RIO DE JANEIRO" }],
    ["KYIV, Ukraine, and LONDON — ", { dateline: "KYIV, Ukraine, and LONDON" }],
    ["BEIJING, Jan. 12 (Xinhua) -- ", { dateline: "BEIJING", agency: "Xinhua", day: "Jan. 12" }],
    ["TOKYO, Jan. 12, 2026 (Kyodo) - ", { dateline: "TOKYO", agency: "Kyodo", day: "Jan. 12, 2026" }],
    ["NEW DELHI, Jan 12 (PTI) ", { dateline: "NEW DELHI", agency: "PTI", day: "Jan 12" }],
    ["MOSCOW, January 12. /TASS/. ", { dateline: "MOSCOW", agency: "TASS", day: "January 12." }],
    ["МОСКВА, 12 янв - РИА Новости. ", { dateline: "МОСКВА", agency: "РИА Новости", day: "12 янв" }],
    ["SAN FRANCISCO (AP) _ ", { dateline: "SAN FRANCISCO", agency: "AP" }],
    ["LAHORE (Reuters): ", { dateline: "LAHORE", agency: "Reuters" }],
    ["HARBOUR TOWN (Harbour Times) — ", { dateline: "HARBOUR TOWN", agency: "Harbour Times" }],
    ["(ANSA) - ROMA, 12 GEN - ", { dateline: "ROMA", agency: "ANSA", day: "12 GEN" }],
    ["PARIS, Monday, January 12 — ", { dateline: "PARIS", day: "Monday, January 12" }],
    ["Seoul, South Korea — ", { dateline: "Seoul, South Korea" }],
    ["Buenos Aires (AFP) - ", { dateline: "Buenos Aires", agency: "AFP" }],
    ["PORT ELLERY (Wire) — ", { dateline: "PORT ELLERY", agency: "Wire" }],
    [
      "KESMARK, Lower Vey, Oct 9 (Courier) - ",
      { dateline: "KESMARK, Lower Vey", agency: "Courier", day: "Oct 9" },
    ],
    [
      "PORT ELLERY, March 3 (Northern Wire) _ ",
      { dateline: "PORT ELLERY", agency: "Northern Wire", day: "March 3" },
    ],
    ["Port Ellery, 9 Oct (NBZ) - ", { dateline: "Port Ellery", agency: "NBZ", day: "9 Oct" }],
    ["Paris, 12 janvier — ", { dateline: "Paris", day: "12 janvier" }],
  ])("%j", (head, expected) => {
    expect(readDateline(head + STORY)?.value).toEqual({ ...expected, rest: STORY });
  });

  it("is surer of a country or an agency than of capitals alone", () => {
    const confidence = (head: string) => readDateline(head + STORY)?.confidence;
    expect(confidence("PARIS (AP) — ")).toBe(0.95);
    expect(confidence("SEOUL, South Korea — ")).toBe(0.95);
    expect(confidence("NEW YORK — ")).toBe(0.75);
    expect(confidence("Seoul, South Korea — ")).toBe(0.7);
  });

  it.each([
    "NATO — the alliance — said on Monday that it would.",
    "NATO — The alliance said on Monday that it would.",
    "WHO said on Monday — twice — that it would.",
    "EU — Brussels wants it all to be different.",
    "BREAKING — The harbour opened on Thursday.",
    "LIVE UPDATES — The harbour opened on Thursday.",
    "FACT CHECK — The harbour isn't open yet, whatever they say.",
    "COVID-19 — What we know about it so far.",
    "UPDATE (AP) — The harbour opened on Thursday.",
    "UPDATE: The harbour opened on Thursday.",
    "SEOUL — the city, not the county — wants more.",
    "Monday — the day of the opening — was wet.",
    "Monday — The day of the opening was wet.",
    "Monday (AP) — The day of the opening was wet.",
    "THE TRUTH — Nobody knows it for certain today.",
    "HE SAID IT — Twice in one afternoon, in fact.",
    "MARTA QUILL — THE HARBOUR TIMES",
    "MARTA QUILL — Staff Writer",
    "Marta Quill, March 3, 2025 — The harbour opened on Thursday.",
    "Smith (SPD) — The harbour opened on Thursday.",
    "Harbour opens at last - The Harbour Times",
    "MARTA QUILL (R-Texas) — The harbour opened on Thursday.",
    "Marta Quill (Green Party) — The harbour opened on Thursday.",
    "EXCLUSIVE (Video) — The harbour opened on Thursday.",
    "Marta Quill — a sailor — left on Thursday.",
    "The harbour — The one in town — opened on Thursday.",
    "PARIS – LYON in an hour",
    "Berlin – Hamburg in two hours",
    "- The harbour opened on Thursday.",
    "— The harbour opened on Thursday.",
    "(AFP) — The harbour opened on Thursday.",
    "PARIS (AP) —",
    "PARIS —",
    "3 — The harbour opened on Thursday.",
    "The harbour opened on Thursday.",
    "",
  ])("none in %j", (paragraph) => {
    expect(readDateline(paragraph)).toBeUndefined();
  });

  it("makes up no character, whatever it gets", () => {
    const parts = fc.constantFrom(
      "PARIS",
      ", ",
      "Maine",
      " (AP)",
      " — ",
      " - ",
      ".- ",
      "12 janv",
      "/",
      "The port.",
      "(",
      ")",
      " ",
    );
    const paragraphs = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(parts, { maxLength: 12 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(paragraphs, (paragraph) => {
        const found = readDateline(paragraph)?.value;
        if (!found) return;
        expect(paragraph).toContain(found.dateline);
        expect(paragraph.trimEnd().endsWith(found.rest)).toBe(true);
        expect(found.dateline).not.toBe("");
        expect(found.rest).not.toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  it("is quick with a megabyte", () => {
    for (const part of ["PARIS, ", "A-", "(AP", ", 12", " \t", "— "])
      expect(readDateline(part.repeat(200_000))).toBeUndefined();
    expect(readDateline(`SEOUL — ${"small letters ".repeat(50_000)}`)).toBeUndefined();
  });
});
