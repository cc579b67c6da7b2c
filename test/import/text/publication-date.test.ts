// Lines of dates in seven languages, what they leave open, and lines that hold a date and are about something else.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDateLine } from "../../../src/import/text/publication-date.ts";
import { parseInstant } from "../../../src/lib/time.ts";

/** `published instant 2025-…; updated day 2025-…`, or undefined. */
const read = (line: string, language = "en") => {
  const value = readDateLine(line, language)?.value;
  return (
    value &&
    Object.entries(value)
      .map(([which, date]) => `${which} ${date.kind} ${date.value}`)
      .join("; ")
  );
};

describe("readDateLine", () => {
  it.each([
    ["en", "Updated 4:52 PM EDT, March 3, 2025", "updated instant 2025-03-03T16:52:00-04:00"],
    ["en", "October 9, 2024 6:03 AM UTC", "published instant 2024-10-09T06:03:00Z"],
    ["en", "Oct. 24, 2024 at 6:03 p.m. ET", "published instant 2024-10-24T18:03:00-04:00"],
    ["en", "Monday, January 6, 2025 at 4:52 p.m. PT", "published instant 2025-01-06T16:52:00-08:00"],
    ["en", "Updated: 12:04 AM GMT+1, Mar 3, 2025", "updated instant 2025-03-03T00:04:00+01:00"],
    ["en", "First published on Mon 3 Mar 2025 16.52 GMT", "published instant 2025-03-03T16:52:00Z"],
    ["en", "Published: 2052 GMT, 3 March 2025", "published instant 2025-03-03T20:52:00Z"],
    ["en", "Published 3 March 2025 10:00 GMT (11:00 CET)", "published instant 2025-03-03T10:00:00Z"],
    ["en", "2025-03-03T16:52:00+01:00", "published instant 2025-03-03T16:52:00+01:00"],
    ["en", "September 5, 2024, 9 a.m. CST (GMT+8)", "published instant 2024-09-05T09:00:00+08:00"],
    [
      "es",
      "Publicado el 3 de marzo de 2025 a las 16:52 (CET)",
      "published instant 2025-03-03T16:52:00+01:00",
    ],
    ["es", "03 MAR 2025 - 18:04 CET", "published instant 2025-03-03T18:04:00+01:00"],
    ["es", "3 mar. 2025, 4:52 p. m. EST", "published instant 2025-03-03T16:52:00-05:00"],
    ["de", "3. Jänner 2025, 16.52 Uhr MEZ", "published instant 2025-01-03T16:52:00+01:00"],
    ["fr", "Modifié le 3 mars 2025 à 7 h 05 HNE", "updated instant 2025-03-03T07:05:00-05:00"],
    ["ko", "3 March 2025 16:52 KST", "published instant 2025-03-03T16:52:00+09:00"],
  ])("knows the moment (%s): %s", (language, line, expected) => {
    expect(read(line, language)).toBe(expected);
  });

  it.each([
    ["fr", "Publié le 12 janvier 2026 à 18h04", "published local 2026-01-12T18:04:00"],
    ["fr", "Mis à jour le 12/01/2026 à 18 h 04", "updated local 2026-01-12T18:04:00"],
    ["fr", "lundi 3 mars 2025 - 18 h 04", "published local 2025-03-03T18:04:00"],
    ["fr", "Publié le 1er mars 2025 à 9h", "published local 2025-03-01T09:00:00"],
    ["fr", "Par Jeanne Martin, publié le 3 mars 2025 à 10 h", "published local 2025-03-03T10:00:00"],
    ["de", "Veröffentlicht am 3. März 2025, 16:52 Uhr", "published local 2025-03-03T16:52:00"],
    ["de", "Stand: 03.03.2025 16:52 Uhr", "updated local 2025-03-03T16:52:00"],
    ["de", "Zuletzt aktualisiert am Montag, 3. März 2025 um 16:52 Uhr", "updated local 2025-03-03T16:52:00"],
    ["es", "Actualizado a las 18:04 del 3 mar 2025", "updated local 2025-03-03T18:04:00"],
    ["it", "Pubblicato il 3 marzo 2025 alle ore 16:52", "published local 2025-03-03T16:52:00"],
    ["it", "Ultimo aggiornamento: 3 marzo 2025 - 16:52", "updated local 2025-03-03T16:52:00"],
    ["pt", "Publicado em 3 de março de 2025 às 16h52", "published local 2025-03-03T16:52:00"],
    ["pt", "03.mar.2025 às 16h52", "published local 2025-03-03T16:52:00"],
    ["pt", "Atualizado em 03/03/2025 16h52", "updated local 2025-03-03T16:52:00"],
    ["nl", "Gepubliceerd op 3 maart 2025 om 16:52", "published local 2025-03-03T16:52:00"],
    ["nl", "Laatst bijgewerkt: 03-04-2025 16:52", "updated local 2025-04-03T16:52:00"],
    ["en", "Published 16:52, 3 March 2025", "published local 2025-03-03T16:52:00"],
    ["en", "2025-03-03 16:52", "published local 2025-03-03T16:52:00"],
    ["en", "Modified Mar. 3, 2025 12:05 pm", "updated local 2025-03-03T12:05:00"],
    [
      "en",
      "This story was originally published March 3, 2025 at 4:52 PM.",
      "published local 2025-03-03T16:52:00",
    ],
  ])("never adds a zone (%s): %s", (language, line, expected) => {
    expect(read(line, language)).toBe(expected);
  });

  it.each([
    ["en", "3 March 2025", "published day 2025-03-03"],
    ["en", "March 3, 2025 · 5 min read", "published day 2025-03-03"],
    ["en", "March 3, 2025 (updated)", "updated day 2025-03-03"],
    ["en", "Last reviewed 3 March 2025", "updated day 2025-03-03"],
    ["en", "By Anna Smith and John Roe Updated: March 3, 2025", "updated day 2025-03-03"],
    ["en", "Posted on March 3, 2025 by Anna Smith", "published day 2025-03-03"],
    ["en", "Created: 3/13/2025", "published day 2025-03-13"],
    ["en-US", "03/04/2025", "published day 2025-03-04"],
    ["en-GB", "03/04/2025", "published day 2025-04-03"],
    ["de", "Erschienen am 03.04.25", "published day 2025-04-03"],
    ["de", "Berlin, 3. März 2025", "published day 2025-03-03"],
    ["pt", "Data da última atualização: 3 de março de 2025", "updated day 2025-03-03"],
    ["sv", "3 mars 2025", "published day 2025-03-03"],
    ["en", "Publié le 12 janvier 2026", "published day 2026-01-12"],
  ])("never adds a clock (%s): %s", (language, line, expected) => {
    expect(read(line, language)).toBe(expected);
  });

  it.each([
    [
      "Published: Mon, 3 Mar 2025 10:00 / Last updated: Tue, 4 Mar 2025 11:00",
      "published local 2025-03-03T10:00:00; updated local 2025-03-04T11:00:00",
    ],
    [
      "Published March 3, 2025 | Updated March 4, 2025 at 10:04 a.m. ET",
      "published day 2025-03-03; updated instant 2025-03-04T10:04:00-05:00",
    ],
    ["Posted 3 March 2025, edited 4 March 2025", "published day 2025-03-03; updated day 2025-03-04"],
    ["3 March 2025 · Updated 4 March 2025", "published day 2025-03-03; updated day 2025-03-04"],
    ["Mis à jour le 4 mars 2025, publié le 3 mars 2025", "published day 2025-03-03; updated day 2025-03-04"],
    [
      "March 3, 2025 9:52 PM UTC Updated 2 hours ago",
      "published instant 2025-03-03T21:52:00Z; updated unclear 2 hours ago",
    ],
  ])("tells two dates apart: %s", (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  it.each([
    ["en", "March 3", "published unclear March 3", "no year"],
    ["en", "Updated March 3 at 4:52 PM EDT", "updated unclear March 3 at 4:52 PM EDT", "no year"],
    ["en", "Published 3 Mar 25", "published unclear 3 Mar 25", "no year"],
    ["en", "03/04/2025", "published unclear 03/04/2025", "two days"],
    ["en-CA", "03/04/2025", "published unclear 03/04/2025", "two days"],
    ["en", "Updated 2 hours ago", "updated unclear 2 hours ago", "isn't given"],
    ["fr", "Mis à jour hier à 18h04", "updated unclear hier à 18h04", "isn't given"],
    ["de", "vor 3 Stunden", "published unclear vor 3 Stunden", "isn't given"],
    ["es", "Actualizado hace 2 h", "updated unclear hace 2 h", "isn't given"],
    ["en", "Published 30.02.2025", "published unclear 30.02.2025", "no day"],
    ["en", "Sept. 5, 2024, 9 a.m. CST", "published local 2024-09-05T09:00:00", "America, China and Cuba"],
    ["en", "5 September 2024 09:00 BST", "published local 2024-09-05T09:00:00", "Britain and Bangladesh"],
  ])("says what stays open (%s): %s", (language, line, expected, why) => {
    expect(read(line, language)).toBe(expected);
    expect(readDateLine(line, language)?.why).toContain(why);
  });

  it.each([
    "",
    "Updated",
    "16:52",
    "4:52 PM EDT",
    "Thursday",
    "March 2025",
    "World Cup 2026",
    "The council voted on March 3, 2025, to close the pier.",
    "The report, published on March 3, 2025, found nothing.",
    "He died on March 3, 2025.",
    "May 5, 2025 was a Monday.",
    "Born March 3, 2025",
    "Deadline: March 3, 2025",
    "Video Posted March 3, 2025 Shows Fire",
    "Updated rules take effect March 3, 2025",
    "A crowd at the quay on March 6, 2024. (KCNA)",
    "Anna Smith, March 6, 2024. (KCNA)",
    "© March 3, 2025 The Harbour Times",
    "March 3, 2025 – March 5, 2025",
    "3-5 March 2025",
    "Version 3.2.2025",
    "Call 10.12.24.33 today",
    "Prices rose 3.5% in March 2025",
    "Am 3. März 2025 beschloss der Rat die Schließung.",
    "Le 3 mars 2025, le conseil a fermé le quai.",
    "El 3 de marzo de 2025 el consejo cerró el muelle.",
    `${"3 March 2025 ".repeat(30)}`,
  ])("leaves alone: %s", (line) => {
    expect(readDateLine(line, "en")).toBeUndefined();
  });

  it("is sure of what a label names or what stands with its clock, less so of a day and of names beside it", () => {
    const confidence = (line: string) => readDateLine(line, "en")?.confidence;
    expect(confidence("Updated March 3, 2025")).toBeGreaterThanOrEqual(0.8);
    expect(confidence("Updated 2 hours ago")).toBeGreaterThanOrEqual(0.8);
    expect(confidence("March 3, 2025 4:52 PM")).toBeGreaterThanOrEqual(0.8);
    expect(confidence("March 3, 2025")).toBeLessThan(0.8);
    expect(confidence("March 3")).toBeLessThanOrEqual(0.5);
    expect(confidence("Harbourtown, March 3, 2025")).toBeLessThan(0.5);
  });

  it("never throws, in any language, and calls an instant only what is one", () => {
    const parts = fc.constantFrom(
      "Updated ",
      "3",
      "March ",
      "2025",
      "/",
      " | ",
      "4:52",
      " PM",
      " ET",
      "Uhr ",
      "le ",
      ", ",
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(parts).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(
        line,
        fc.oneof(fc.string(), fc.constantFrom("en", "fr-CA", "zh-Hans-CN")),
        (line, language) => {
          for (const date of Object.values(readDateLine(line, language)?.value ?? {}))
            if (date.kind === "instant") expect(parseInstant(date.value)).toBeDefined();
        },
      ),
    );
  });
});
