// Bios: paragraphs about an author, and paragraphs that merely start with a name.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBio } from "../../../src/import/text/take-authors.ts";

const QUILL = ["Joe Bloggs", "Marta Quill"];

describe("readBio, with the bylines known", () => {
  it.each([
    "Marta Quill is based in Lisbon and covers ports.",
    "MARTA QUILL writes about the sea.",
    "Marta Quill is a professor of law at Harbour University.",
    "Marta Quill is the author of two books on ports.",
    "Marta Quill can be reached at marta@harbour.example.",
    "Follow Marta Quill on X: @martaquill",
    "Marta Quill (@martaquill) reports on shipping.",
    "Marta Quill, a reporter at the Harbour Times, covers shipping.",
    "Marta Quill lebt in Kiel und schreibt über die See.",
    "Marta Quill vit à Brest et écrit sur la mer.",
    "Marta Quill vive en Lima. Antes de eso estudió derecho.",
  ])("%s", (paragraph) => {
    const found = readBio(paragraph, QUILL);
    expect(found?.value).toEqual({ name: "Marta Quill", text: paragraph });
    expect(found?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    "Marta Quill, who chairs the council, is against the plan.",
    "Marta Quill is the mayor of the town and owns three boats.",
    "Marta Quill said the harbour would open.",
    "Marta Quill is based in Lisbon, her lawyer said.",
    "Marta Quillon is based in Lisbon and covers ports.",
    "Ada Lind is based in Lisbon and covers ports.",
    "Quill is based in Lisbon and covers ports.",
    "The port is based in Lisbon and covers 40 hectares.",
    "The author is a lawyer and writer in Oslo.",
    "Follow Marta Quill into the old harbour.",
  ])("none in %j", (paragraph) => {
    expect(readBio(paragraph, QUILL)).toBeUndefined();
  });

  it("takes the one author for whom it calls so", () => {
    const text = "The author is a lawyer and writer in Oslo.";
    expect(readBio(text, ["Marta Quill"])?.value).toEqual({ name: "Marta Quill", text });
  });
});

describe("readBio, with no byline", () => {
  it.each([
    "Marta Quill is based in Lisbon and reports on the navy. She served in the merchant fleet.",
    "MARTA QUILL covers ports. Previously, she lived in Peru.",
    "Marta Quill is a staff writer for the Harbour Times; follow her at @martaquill.",
    "Marta Quill is an award-winning freelance journalist in Oslo.",
    "Marta Quill est journaliste à Lyon et couvre les ports.",
    "Marta Quill ist Redakteurin im Ressort Wirtschaft.",
    "Marta Quill es corresponsal en Lima.",
    "Marta Quill è giornalista e vive a Genova.",
    "Marta Quill é jornalista em Lisboa.",
    "Marta Quill, a reporter at the Harbour Times, covers the port.",
    "About the author: Marta Quill writes about the sea and lives in Porto.",
    "Über die Autorin: Marta Quill schreibt über die See und lebt in Kiel.",
  ])("%s", (paragraph) => {
    const found = readBio(paragraph, []);
    expect(found?.value).toEqual({ name: "Marta Quill", text: paragraph });
    expect(found?.confidence).toBeGreaterThanOrEqual(0.7);
  });

  it.each([
    "Marta Quill, who chairs the council, is against the plan.",
    "Marta Quill is based in Lisbon.",
    "Marta Quill is a professor of law at Harbour University.",
    "Marta Quill is the author of a plan to close the port.",
    "Marta Quill was a reporter until the paper closed.",
    "Marta Quill joined the council in 2019.",
    "John Kirby said at least three ships had left.",
    "John Kirby is a journalist, his lawyer told the court.",
    "Harbour Times is a staff writer for nobody.",
    "South Korea is based in Lisbon and covers ports since 1999.",
    "The reporter is a journalist in Oslo.",
    "She is a reporter at the Harbour Times and covers ports.",
    "Marta Quill",
    "",
  ])("none in %j", (paragraph) => {
    expect(readBio(paragraph, [])).toBeUndefined();
  });

  it("names its signals", () => {
    expect(readBio("Marta Quill is based in Lisbon and covers ports.", [])?.why).toBe(
      "starts with a name, is based somewhere, covers a field",
    );
  });
});

describe("whatever comes", () => {
  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.array(fc.string(), { maxLength: 3 }),
        (paragraph, names) => {
          const name = readBio(`${names[0] ?? ""} covers ${paragraph}`, names)?.value.name;
          if (name !== undefined && names.length > 0) expect(names).toContain(name);
        },
      ),
    );
  });

  it("is quick with a long paragraph, and gives up on a longer one", () => {
    for (const part of ["Marta Quill is a ", "a-", "covers ", "based in "]) {
      readBio(`Marta Quill is a ${part.repeat(1500 / part.length)}`, []);
      expect(readBio(part.repeat(200_000), QUILL)).toBeUndefined();
    }
  });
});
