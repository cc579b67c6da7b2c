// Words under pictures and whose pictures they are, and sentences that only look like them.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCaption } from "../../../src/import/text/captions.ts";
import { expectProportional } from "../../growth.ts";

describe("readCaption", () => {
  it.each([
    ["A crowd lines the quay. (KCNA)", "A crowd lines the quay.", "KCNA"],
    ["A crowd lines the quay (AFP)", "A crowd lines the quay", "AFP"],
    ["A ship leaves the harbour. (AP Photo/Jane Doe)", "A ship leaves the harbour.", "AP Photo/Jane Doe"],
    ["A ship leaves the harbour (AP Photo/Jane Doe).", "A ship leaves the harbour", "AP Photo/Jane Doe"],
    ["FILE - A ship in 2019. (AP Photo/Jane Doe, File)", "FILE - A ship in 2019.", "AP Photo/Jane Doe, File"],
    ["A ship. (Photo by Jane Doe/Getty Images)", "A ship.", "Jane Doe/Getty Images"],
    ["A ship. (Jane Doe/The Harbour Times via AP)", "A ship.", "Jane Doe/The Harbour Times via AP"],
    ["A ship. (Jane Doe/The Harbour Times)", "A ship.", "Jane Doe/The Harbour Times"],
    ["A ship. (Handout via Reuters)", "A ship.", "Handout via Reuters"],
    ["A ship. (Courtesy photo)", "A ship.", "Courtesy photo"],
    ["A drill at sea. (U.S. Navy)", "A drill at sea.", "U.S. Navy"],
    ["The quay from above. (AFP / Jane DOE)", "The quay from above.", "AFP / Jane DOE"],
    ["A ship [Jane Doe/Reuters]", "A ship", "Jane Doe/Reuters"],
    ["A ship at dawn. Jane Doe/AFP/File Photo", "A ship at dawn.", "Jane Doe/AFP/File Photo"],
    [
      "A ship in Oslo, Norway, March 3, 2025. REUTERS/Jane Doe",
      "A ship in Oslo, Norway, March 3, 2025.",
      "REUTERS/Jane Doe",
    ],
    ["A ship in Oslo. J. Doe/AP", "A ship in Oslo.", "J. Doe/AP"],
    ["The harbour at dawn. Getty Images", "The harbour at dawn.", "Getty Images"],
    ["The comet over the bay. NASA/JPL-Caltech", "The comet over the bay.", "NASA/JPL-Caltech"],
    ["A ship — © Jane Doe / AFP", "A ship", "Jane Doe / AFP"],
    ["A ship. Jane Doe—AP", "A ship.", "Jane Doe—AP"],
    ["Photo: A harbour at dawn. Credit: Jane Doe", "A harbour at dawn.", "Jane Doe"],
    ["A pier. Credit...Jane Doe for The Harbour Times", "A pier.", "Jane Doe for The Harbour Times"],
    ["A pier. Photo courtesy of Jane Doe", "A pier.", "Photo courtesy of Jane Doe"],
    [
      "Ein Schiff verlässt den Hafen. Foto: Jana Muster/dpa",
      "Ein Schiff verlässt den Hafen.",
      "Jana Muster/dpa",
    ],
    ["Ein Schiff verlässt den Hafen (Foto: Jana Muster)", "Ein Schiff verlässt den Hafen", "Jana Muster"],
    ["Das Schiff im Hafen. © Foto: Jana Muster/dpa", "Das Schiff im Hafen.", "Jana Muster/dpa"],
    ["Das Schiff im Hafen. © (Foto: Jana Muster/dpa)", "Das Schiff im Hafen.", "Jana Muster/dpa"],
    [
      "Un navire quitte le port. PHOTO JEANNE MARTIN, LA PRESSE",
      "Un navire quitte le port.",
      "JEANNE MARTIN, LA PRESSE",
    ],
    ["Un navire quitte le port. Crédit photo : Jeanne Martin", "Un navire quitte le port.", "Jeanne Martin"],
    ["Photo d'illustration. JEANNE MARTIN / AFP", "Photo d'illustration.", "JEANNE MARTIN / AFP"],
    ["Imagen de archivo. EFE/Juan Pérez", "Imagen de archivo.", "EFE/Juan Pérez"],
    ["Un barco en el muelle. Foto: Juan Pérez (EFE)", "Un barco en el muelle.", "Juan Pérez (EFE)"],
    ["1 of 3 | A ship. (AP Photo/Jane Doe)", "A ship.", "AP Photo/Jane Doe"],
    [
      "[1/2] A ship. REUTERS/Jane Doe Purchase Licensing Rights, opens new tab",
      "A ship.",
      "REUTERS/Jane Doe",
    ],
    ["A ship. Jane Doe/AP hide caption", "A ship.", "Jane Doe/AP"],
    ["Image source, Getty Images Image caption, The harbour at dawn", "The harbour at dawn", "Getty Images"],
  ])("takes the credit off: %s", (line, caption, credit) => {
    const read = readCaption(line);
    expect(read?.value).toEqual({ caption, credit });
    expect(read?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    ["(AP Photo/Jane Doe)", "AP Photo/Jane Doe"],
    ["REUTERS/Jane Doe/File Photo", "REUTERS/Jane Doe/File Photo"],
    ["Credit: Jane Doe/Reuters", "Jane Doe/Reuters"],
    ["Photo by Jane Doe on Unsplash", "Jane Doe on Unsplash"],
    ["Photo: Jane Doe", "Jane Doe"],
    ["Photograph: Jane Doe/The Harbour Times", "Jane Doe/The Harbour Times"],
    ["Bild: Jana Muster", "Jana Muster"],
    ["Symbolbild: picture alliance/dpa", "picture alliance/dpa"],
    ["Foto: © Jana Muster/dpa", "Jana Muster/dpa"],
    ["PHOTO JEANNE MARTIN, LA PRESSE", "JEANNE MARTIN, LA PRESSE"],
    ["Image source, Getty Images", "Getty Images"],
    ["© Jane Doe", "Jane Doe"],
    ["Courtesy of Jane Doe", "Courtesy of Jane Doe"],
  ])("knows a credit alone: %s", (line, credit) => {
    const read = readCaption(line);
    expect(read?.value).toEqual({ credit });
    expect(read?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    ["1 of 3 | A ship leaves the harbour.", "A ship leaves the harbour."],
    ["Image 2 of 5: A ship leaves", "A ship leaves"],
    ["Image caption, The harbour at dawn", "The harbour at dawn"],
    ["Der Hafen im Winter (Archivfoto)", "Der Hafen im Winter (Archivfoto)"],
    ["FILE PHOTO: A ship leaves the harbour", "FILE PHOTO: A ship leaves the harbour"],
  ])("knows a caption without credit: %s", (line, caption) => {
    const read = readCaption(line);
    expect(read?.value).toEqual({ caption });
    expect(read?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it("calls a © with a year a copyright, which under a page is its last line", () => {
    expect(readCaption("A ship. © 2024 Jane Doe")).toMatchObject({
      value: { caption: "A ship.", copyright: "© 2024 Jane Doe" },
      confidence: 0.6,
    });
    expect(readCaption("Copyright © 2024 Jane Doe")?.value).toEqual({ copyright: "© 2024 Jane Doe" });
    expect(readCaption("© 2024 The Harbour Times")?.confidence).toBeLessThan(0.5);
    expect(readCaption("© 2024 The Harbour Times. All rights reserved.")).toBeUndefined();
  });

  it.each([
    ["letters after a sentence", "He joined the group. (PKK)"],
    ["a name after a sentence", "A ship leaves the harbour. (Jane Doe)"],
    ["an agency that a sentence explains", "It went to the space agency (NASA)."],
    ["an agency alone", "Getty Images"],
    ["a name and an agency, like a byline", "Jane Doe, AP"],
    ["a source, which may be the text's", "Source: Reuters"],
    ["a picture spoken of", "Divers surface in this handout photo released on Monday."],
    ["a headline with its label", "Photos: Harbour Festival 2025"],
    ["anything after a label", "Photo: what it shows"],
  ])("is unsure of %s", (_what, line) => {
    expect(readCaption(line)?.confidence).toBeGreaterThan(0);
    expect(readCaption(line)?.confidence).toBeLessThan(0.8);
  });

  it.each([
    "",
    "The plan is explained elsewhere (see below).",
    "The road is long (40 km)",
    "The road is long. (40 km)",
    "She is a painter (born 1970).",
    "The workers' party (PKK).",
    "The workers' party (PKK)",
    "The senator (R-Texas)",
    "It is told twice (Matthew 5:3).",
    "Both sides talk (Israel/Gaza).",
    "Bring a towel (and/or a hat).",
    "He had nothing to add. (Reporting by Jane Doe; Editing by John Roe)",
    "By Jane Doe/AP",
    "Par Jeanne Martin / AFP",
    "Reuters Names New Editor",
    "NASA and ESA Launch Probe",
    "He works for Reuters.",
    "He works for the agency. Reuters pays well.",
    "The photo by Jane Doe won a prize.",
    "Er zeigte das Foto: Eine Katze",
    "Credit: the minister deserves it",
    "Give credit where it is due.",
    "1/3 cup of sugar is enough",
    "1 of 3 people said so.",
    "2 of the 5 ships left.",
    "The © sign was first used long ago.",
    "The (AP) report was wrong.",
    "SEOUL, South Korea — The council met on Monday.",
    "The council voted on March 3, 2025, to close the pier.",
    `A ship leaves${" and leaves".repeat(200)}. (AP)`,
  ])("leaves alone: %s", (line) => {
    expect(readCaption(line)).toBeUndefined();
  });

  it("never throws, and makes up no words", () => {
    const parts = fc.constantFrom(
      "(",
      ")",
      "AP",
      "Photo",
      "/",
      " ",
      ". ",
      "Jane Doe",
      "©",
      "2024",
      "Foto: ",
      "—",
      "1 of 2 | ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((parts) => parts.join("")),
        ),
        (line) => {
          const { caption = "", credit = "" } = readCaption(line)?.value ?? {};
          const text = line.replace(/\s+/g, " ");
          expect(text).toContain(caption);
          expect(text).toContain(credit);
        },
      ),
      { examples: [["©(Foto: AP"]] },
    );
  });

  it.each(["(", "Photo: ", "© ", "A. ", " — ", "1/", "Jane Doe/", "· "])(
    "is quick with a line of %j",
    (piece) => {
      expectProportional((count) => readCaption(piece.repeat(count)), 200_000);
      // The longest line that is looked at closely.
      readCaption(piece.repeat(Math.floor(1500 / piece.length)));
    },
  );
});
