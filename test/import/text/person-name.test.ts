// Names of people: their usual spelling, and what is none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personName } from "../../../src/import/text/person-name.ts";

describe("personName", () => {
  it.each([
    ["MARTA QUILL", "Marta Quill"],
    ["Marta QUILL", "Marta Quill"],
    ["ADA O'NEIL", "Ada O'Neil"],
    ["ADA O’NEIL", "Ada O’Neil"],
    ["JOE MCDONALD", "Joe McDonald"],
    ["JOE McDONALD", "Joe McDonald"],
    ["JOE MACDONALD", "Joe MacDonald"],
    ["JOE MACHADO", "Joe Machado"],
    ["PIETER VAN DER BERG", "Pieter van der Berg"],
    ["OSCAR DE LA RENTA", "Oscar de la Renta"],
    ["VAN MORRISON", "Van Morrison"],
    ["NGUYỄN VAN HUNG", "Nguyễn Van Hung"],
    ["JEAN-PIERRE DUPONT", "Jean-Pierre Dupont"],
    ["J.K. ROWLING", "J.K. Rowling"],
    ["JK ROWLING", "JK Rowling"],
    ["AL NG", "Al Ng"],
    ["JOHN Q. SMITH", "John Q. Smith"],
    ["JOSÉ ÁLVAREZ", "José Álvarez"],
    ["AHMED AL-HASSAN", "Ahmed al-Hassan"],
    ["İSMAİL KILIÇ", "İsmail Kılıç"],
    ["МАРТА КВИЛЛ", "Марта Квилл"],
    ["ΓΙΏΡΓΟΣ ΠΑΠΑΣ", "Γιώργος Παπας"],
    ["MARTIN LUTHER KING III", "Martin Luther King III"],
    ["SAMMY BLOGGS JR.", "Sammy Bloggs Jr."],
  ])("%s is %s", (written, expected) => {
    expect(personName(written)).toBe(expected);
  });

  it.each([
    "Marta Quill",
    "Kim Yang-hyun",
    "Ursula von der Leyen",
    "Jean d'Ormesson",
    "José Ortega y Gasset",
    "Marta “Mo” Quill",
    "Dr. Marta Quill",
    "Le Thi Hoa",
    "王小明",
    "山田太郎",
    "홍길동",
    "أحمد حسن",
    "マルタ・クイル",
  ])("%s stays as it is", (name) => {
    expect(personName(name)).toBe(name);
  });

  it.each([
    "Marta",
    "marta quill",
    "Marta Quill.",
    "Marta Quill, AP",
    "Marta 2",
    "Harbour Times",
    "The Harbour",
    "Le Phare",
    "South Korea",
    "United Kingdom",
    "New York",
    "Costa Rica",
    "Monday Morning",
    "Staff Writer",
    "Read More",
    "Marta van",
    "J. K.",
    "One Two Three Four Five Six Seven Eight",
    "",
    "—",
  ])("%j is none", (written) => {
    expect(personName(written)).toBeUndefined();
  });

  it("is the same twice, whatever it gets", () => {
    const words = fc.array(
      fc.constantFrom("MARTA", "Quill", "O'NEIL", "VAN", "de", "J.K.", "MC", "İĞ", "ß", "王", "-", "Jr."),
    );
    const names = fc.oneof(
      fc.string({ unit: "binary" }),
      words.map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(names, (written) => {
        const name = personName(written);
        if (name !== undefined) expect(personName(name)).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });
});
