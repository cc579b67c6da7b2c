// Bylines and credits: what each line names, and which lines name nobody.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportedByline } from "../../../src/import/importer.ts";
import { readByline, splitNames } from "../../../src/import/text/read-byline.ts";

/** `Marta Quill <editor> {Harbour Times} [marta@harbour.example]`. */
const shown = ({ name, role, affiliation, email }: ImportedByline): string =>
  [name, role && `<${role}>`, affiliation && `{${affiliation}}`, email && `[${email}]`]
    .filter(Boolean)
    .join(" ");

const read = (line: string): string | undefined => readByline(line)?.value.bylines.map(shown).join("; ");

describe("readByline, after a mark", () => {
  it.each([
    ["By MARTA QUILL and JOE BLOGGS", "Marta Quill; Joe Bloggs"],
    ["BY MARTA QUILL, JOE BLOGGS AND ADA MCDONALD", "Marta Quill; Joe Bloggs; Ada McDonald"],
    ["By Marta Quill, Joe Bloggs, and Ada O'Neil", "Marta Quill; Joe Bloggs; Ada O'Neil"],
    ["By: Marta Quill", "Marta Quill"],
    ["Written by Marta Quill & Joe Bloggs", "Marta Quill; Joe Bloggs"],
    ["Author: Marta Quill", "Marta Quill"],
    ["Par Marta Quill et Joe Bloggs", "Marta Quill; Joe Bloggs"],
    ["Par Marta QUILL, envoyée spéciale à Kyiv", "Marta Quill {envoyée spéciale à Kyiv}"],
    ["Von Marta Quill und Jonas Weber", "Marta Quill; Jonas Weber"],
    ["Von Marta Quill, Berlin", "Marta Quill"],
    ["Por Ana Ruiz y Juan López", "Ana Ruiz; Juan López"],
    ["Por José Ortega y Gasset", "José Ortega y Gasset"],
    ["Di Marta Rossi e Luca Bianchi", "Marta Rossi; Luca Bianchi"],
    ["Door Jan van den Berg en Piet de Vries", "Jan van den Berg; Piet de Vries"],
    ["Автор: Марта Квилл", "Марта Квилл"],
    ["Γράφει ο Γιώργος Παπαδόπουλος", "Γιώργος Παπαδόπουλος"],
    ["作者：王小明", "王小明"],
    ["記者王小明／台北報導", "王小明"],
    ["文：山田太郎", "山田太郎"],
    ["بقلم: أحمد حسن", "أحمد حسن"],
    ["홍길동 기자", "홍길동"],
    ["By Marta Quill, Associated Press", "Marta Quill {Associated Press}"],
    ["By JOE BLOGGS Associated Press", "Joe Bloggs {Associated Press}"],
    ["By Marta Quill and Jonas Weber / Agence X", "Marta Quill {Agence X}; Jonas Weber {Agence X}"],
    ["By Marta Quill (AP) and Joe Bloggs (AFP)", "Marta Quill {AP}; Joe Bloggs {AFP}"],
    ["By Marta Quill, Staff Writer, Harbour Times", "Marta Quill {Staff Writer, Harbour Times}"],
    ["By Marta Quill, Political editor", "Marta Quill {Political editor}"],
    ["By Marta Quill Political Editor", "Marta Quill {Political Editor}"],
    ["By Marta Quill for The Harbour Times", "Marta Quill {The Harbour Times}"],
    ["By Marta Quill, Special to The Harbour Times", "Marta Quill {The Harbour Times}"],
    ["By Marta Quill marta.quill@harbour.example", "Marta Quill [marta.quill@harbour.example]"],
    ["By Marta Quill in Paris", "Marta Quill"],
    ["By Marta Quill @martaquill", "Marta Quill"],
    ["By Sammy Bloggs Jr.", "Sammy Bloggs Jr."],
    ["By Reuters", "Reuters"],
    ["By The Associated Press", "The Associated Press"],
    ["By Marta Quill and agencies", "Marta Quill; agencies"],
    ["By Marta Quill with AFP", "Marta Quill; AFP <contributor>"],
    ["By Banksy", "Banksy"],
    [
      "By MARTA QUILL and ADA LIND Associated Press",
      "Marta Quill {Associated Press}; Ada Lind {Associated Press}",
    ],
    ["By JANE DOE AP Political Writer", "Jane Doe {AP Political Writer}"],
    ["By JANE DOE THE HARBOUR TIMES", "Jane Doe {The Harbour Times}"],
    ["By Marta Quill, Chief Political Correspondent", "Marta Quill {Chief Political Correspondent}"],
    ["Par Marta Quill (avec AFP)", "Marta Quill; AFP <contributor>"],
    ["Von Marta Quill (dpa)", "Marta Quill {dpa}"],
  ])("%s", (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  it("keeps what else the line says apart from its names", () => {
    const rest = (line: string) => readByline(line)?.value.rest;
    expect(rest("By Marta Quill | March 3, 2025 | 4 min read")).toEqual(["March 3, 2025", "4 min read"]);
    expect(rest("By Marta Quill Updated March 3, 2025 4:52 PM EDT")).toEqual([
      "Updated March 3, 2025 4:52 PM EDT",
    ]);
    expect(rest("By MARTA QUILL March 3, 2025")).toEqual(["March 3, 2025"]);
    expect(rest("By Marta Quill, March 3, 2025")).toEqual(["March 3, 2025"]);
    expect(rest("Von Marta Quill, Berlin")).toEqual(["Berlin"]);
    expect(rest("By Marta Quill")).toBeUndefined();
  });
});

describe("readByline, credits", () => {
  it.each([
    [
      "Reporting by Marta Quill in Seoul, South Korea, and Joe Bloggs in Paris; Writing by Ada Lind; Editing by Jo Hall and Max Stein",
      "Marta Quill <reporter>; Joe Bloggs <reporter>; Ada Lind <writer>; Jo Hall <editor>; Max Stein <editor>",
    ],
    [
      "(Reporting by Marta Quill in Trinidad and Tobago; Additional reporting by Ada Lind; Editing by Jo Hall)",
      "Marta Quill <reporter>; Ada Lind <contributor>; Jo Hall <editor>",
    ],
    [
      "(Reportage Marta Quill, version française Joe Bloggs, édité par Anne Petit)",
      "Marta Quill <reporter>; Joe Bloggs <translator>; Anne Petit <editor>",
    ],
    [
      "(Bericht von Marta Quill, geschrieben von Jonas Weber, redigiert von Eva Klein.)",
      "Marta Quill <reporter>; Jonas Weber <writer>; Eva Klein <editor>",
    ],
    [
      "(Reporte de Ana Ruiz en Madrid y Juan López en Lima; editado por Marta Quill)",
      "Ana Ruiz <reporter>; Juan López <reporter>; Marta Quill <editor>",
    ],
    ["By Marta Quill. Photographs by Joe Bloggs", "Marta Quill; Joe Bloggs <photographer>"],
    ["By Marta Quill with photos by Joe Bloggs", "Marta Quill; Joe Bloggs <photographer>"],
    ["Text: Marta Quill, Fotos: Jonas Weber", "Marta Quill; Jonas Weber <photographer>"],
    ["Texte : Marta Quill ; photos : Joe Bloggs", "Marta Quill; Joe Bloggs <photographer>"],
    ["Illustration by Ada Lind", "Ada Lind <illustrator>"],
    ["Traduit par Marta Quill", "Marta Quill <translator>"],
    ["Compiled by Marta Quill", "Marta Quill"],
    ["Reporting and writing by Ada Lind", "Ada Lind <reporter>; Ada Lind <writer>"],
    [
      "Marta Quill and Joe Bloggs contributed to this report.",
      "Marta Quill <contributor>; Joe Bloggs <contributor>",
    ],
    ["Marta Quill reported from Kyiv.", "Marta Quill <reporter>"],
    [
      "Marta Quill reported from Kyiv, and Joe Bloggs from London. Ada Lind contributed reporting.",
      "Marta Quill <reporter>; Joe Bloggs <reporter>; Ada Lind <contributor>",
    ],
    [
      "Associated Press writers Marta Quill in Seoul and Joe Bloggs in Paris contributed to this report.",
      "Marta Quill <contributor> {Associated Press}; Joe Bloggs <contributor> {Associated Press}",
    ],
    [
      "Marta Quill et Joe Bloggs ont contribué à cet article.",
      "Marta Quill <contributor>; Joe Bloggs <contributor>",
    ],
    ["Ana Ruiz contribuyó a este reportaje.", "Ana Ruiz <contributor>"],
    [
      "Marta Quill und Jonas Weber haben zu diesem Bericht beigetragen.",
      "Marta Quill <contributor>; Jonas Weber <contributor>",
    ],
  ])("%s", (line, expected) => {
    expect(read(line)).toBe(expected);
    expect(readByline(line)?.confidence).toBeGreaterThanOrEqual(0.8);
  });
});

describe("readByline, an address that may be anybody's", () => {
  it("is nobody's", () => {
    const line = readByline("(Reporting by Ada Lind; Editing by Joe Bloggs; ada.lind@harbour.example)");
    expect(line?.value.bylines.map(shown)).toEqual(["Ada Lind <reporter>", "Joe Bloggs <editor>"]);
    expect(line?.value.rest).toEqual(["ada.lind@harbour.example"]);
  });
});

describe("readByline, without a mark", () => {
  it.each([
    ["MARTA QUILL | THE HARBOUR TIMES", "Marta Quill {The Harbour Times}", 0.7],
    ["Marta Quill • Harbour Times", "Marta Quill {Harbour Times}", 0.7],
    ["Marta Quill, Staff Writer", "Marta Quill {Staff Writer}", 0.7],
    ["Marta Quill (AP)", "Marta Quill {AP}", 0.7],
    ["John Smith, Jr. | The Harbour Times", "John Smith, Jr. {The Harbour Times}", 0.7],
    ["Marta Quill | marta@harbour.example", "Marta Quill [marta@harbour.example]", 0.75],
    ["Marta Quill • 3 March 2025", "Marta Quill", 0.4],
    ["Marta QUILL (à Kyiv)", "Marta Quill", 0.5],
    ["Marta Quill", "Marta Quill", 0.3],
  ])("%s", (line, expected, confidence) => {
    expect(read(line)).toBe(expected);
    expect(readByline(line)?.confidence).toBe(confidence);
  });
});

describe("readByline, for lines that name nobody", () => {
  it.each([
    "By Monday the council had voted.",
    "By Monday",
    "By the sea",
    "By then she had gone home",
    "By Marta Quill.",
    "By Thursday, Marta Quill had left the council.",
    "By 2030 Harbour Town wants a second bridge",
    "By all accounts Marta Quill was right",
    "By One And Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen Twenty",
    "Par la force des choses",
    "Par ailleurs, la ville attend.",
    "Von Montag an gilt der neue Fahrplan.",
    "Von der Küste bis in die Berge",
    "Por la mañana llovió en el puerto.",
    "Di nuovo in piazza",
    "Door de storm reed er niets",
    "Av en toe",
    "With regret",
    "Mit freundlichen Grüßen",
    "Avec modération",
    "Reporting by night is hard work.",
    "Editors and writers met in Paris",
    "Edited by nobody in particular",
    "Photos by the hundred lay on the table.",
    "Marta Quill reported from home that all was well.",
    "Marta Quill reported a loss.",
    "The storm contributed to this report of losses.",
    "Heavy rain contributed to the flood.",
    "Marta Quill, who chairs the council, is against the plan",
    "Marta Quill, 34, lives by the harbour.",
    "John Kirby said at least three ships had left.",
    "South Korea | Harbour Times",
    "New York | The Harbour Times",
    "Home | News | Sport",
    "Related Stories",
    "Harbour Times Staff",
    "Sign up now",
    "Subscribe",
    "1 of 3 | Marta Quill at the harbour",
    "marta quill",
    "王小明",
    "Marta.",
    "",
    " ",
  ])("%j", (line) => {
    expect(readByline(line)).toBeUndefined();
  });
});

describe("splitNames", () => {
  it.each([
    ["By MARTA QUILL and JOE BLOGGS", ["Marta Quill", "Joe Bloggs"]],
    ["Marta Quill, Joe Bloggs (AP)", ["Marta Quill", "Joe Bloggs {AP}"]],
    ["Marta Quill, Harbour Times", ["Marta Quill {Harbour Times}"]],
    ["Marta Quill / Joe Bloggs | Ada Lind", ["Marta Quill", "Joe Bloggs", "Ada Lind"]],
    ["Marta Quill et Joe Bloggs", ["Marta Quill", "Joe Bloggs"]],
    ["Marta Quill und Jonas Weber", ["Marta Quill", "Jonas Weber"]],
    ["Ana Ruiz y Juan López", ["Ana Ruiz", "Juan López"]],
    ["Marta Quill & Jonas Weber", ["Marta Quill", "Jonas Weber"]],
    ["Marta Quill and Reuters", ["Marta Quill", "Reuters"]],
    ["Ада Линд и Марта Квилл", ["Ада Линд", "Марта Квилл"]],
    ["王小明、李大同", ["王小明", "李大同"]],
    ["John Smith, Jr.", ["John Smith, Jr."]],
    ["Quill, Marta", ["Quill, Marta"]],
    ["Quill, Marta; Bloggs, Joe", ["Quill, Marta", "Bloggs, Joe"]],
    ["Smith & Sons", ["Smith & Sons"]],
    ["Research and Development Desk", ["Research and Development Desk"]],
    ["Department of Ports, Harbour Authority", ["Department of Ports, Harbour Authority"]],
    ["Marta Quill (Harbour)", ["Marta Quill (Harbour)"]],
    ["marta@harbour.example (Marta Quill)", ["Marta Quill [marta@harbour.example]"]],
    ["Marta Quill <marta@harbour.example>", ["Marta Quill [marta@harbour.example]"]],
    ["Reporting by Marta Quill; editing by Joe Bloggs", ["Marta Quill <reporter>", "Joe Bloggs <editor>"]],
    ["marta quill", ["marta quill"]],
    ["Plato", ["Plato"]],
    ["admin", ["admin"]],
    ["https://harbour.example/marta", ["https://harbour.example/marta"]],
    ["Von Hagen", ["Von Hagen"]],
    ["王小明", ["王小明"]],
    ["Harbour Times Staff", ["Harbour Times Staff"]],
    [" ", []],
  ])("%s", (written, expected) => {
    expect(splitNames(written).map(shown)).toEqual(expected);
  });
});

describe("whatever comes", () => {
  const pieces = fc.array(
    fc.constantFrom(
      "By ",
      "Marta Quill",
      " and ",
      ", ",
      "; Editing by ",
      "(",
      ")",
      " / ",
      "AP",
      "@",
      "x@y.example",
      " in ",
      "\u0130",
      "王",
      ".",
    ),
  );

  it("never throws, and names only what has a name", () => {
    const lines = fc.oneof(
      fc.string({ unit: "binary" }),
      pieces.map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(lines, (line) => {
        for (const { name } of [...(readByline(line)?.value.bylines ?? []), ...splitNames(line)])
          expect(name.trim()).not.toBe("");
      }),
      { numRuns: 500 },
    );
  });

  it("is quick with a megabyte", () => {
    for (const line of ["By Marta ", "Quill, ", "a@", "((", " \t", "and "].map((part) =>
      part.repeat(200_000),
    )) {
      expect(readByline(line)).toBeUndefined();
      expect(splitNames(line).length).toBeLessThan(2);
    }
  });
});
