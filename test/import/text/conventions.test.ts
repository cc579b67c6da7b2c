// The customs of newspapers and agencies, each in a small page of its own: what is said comes out, and of the line that said
// it nothing stays in the body.

import { describe, expect, it } from "vitest";
import type { ImportedArticle } from "../../../src/import/importer.ts";
import { readText } from "../../../src/import/text/saved-text.ts";

const ENGLISH = {
  before: ["Skip to content", "Menu", "Sign in", "Subscribe"],
  headline: "Ferry returns to the old harbour",
  body: [
    "The ferry sails again from the old harbour, nine years after its last trip across the bay.",
    "Its crew of twelve was hired in January, and the first tickets are already sold.",
  ],
  after: ["Share this article", "Related stories", "Privacy Policy", "All rights reserved."],
};

const FRENCH = {
  before: ["Aller au contenu", "Se connecter", "S'abonner"],
  headline: "Le bac revient au vieux port",
  body: [
    "Le bac repart du vieux port, neuf ans après son dernier voyage à travers la baie.",
    "Son équipage de douze personnes a été embauché en janvier, et les billets sont déjà vendus.",
  ],
  after: ["Partager cet article", "À lire aussi", "Mentions légales", "Tous droits réservés."],
};

const GERMAN = {
  before: ["Zum Inhalt springen", "Anmelden", "Abonnieren"],
  headline: "Die Fähre kehrt in den alten Hafen zurück",
  body: [
    "Die Fähre fährt wieder aus dem alten Hafen, neun Jahre nach ihrer letzten Reise über die Bucht.",
    "Die Mannschaft von zwölf Leuten wurde im Januar eingestellt, und die Karten sind schon verkauft.",
  ],
  after: ["Artikel teilen", "Mehr zum Thema", "Impressum", "Alle Rechte vorbehalten."],
};

const SPANISH = {
  before: ["Saltar al contenido", "Iniciar sesión", "Suscríbete"],
  headline: "El transbordador vuelve al puerto viejo",
  body: [
    "El transbordador sale otra vez del puerto viejo, nueve años después de su último viaje por la bahía.",
    "La tripulación de doce personas fue contratada en enero, y los primeros billetes ya están vendidos.",
  ],
  after: ["Compartir", "Te puede interesar", "Aviso legal", "Todos los derechos reservados."],
};

/** Lines of one custom: under the headline, before the first paragraph's words, and under the last paragraph. */
interface Custom {
  readonly under?: readonly string[];
  readonly dateline?: string;
  readonly end?: readonly string[];
}

/** The page's article; its headline and body are those of `site`. */
function read({ under = [], dateline = "", end = [] }: Custom, site = ENGLISH): Partial<ImportedArticle> {
  const [first, ...others] = site.body;
  const page = [...site.before, site.headline, ...under, dateline + first, ...others, ...end, ...site.after];
  const { articles, explained } = readText({ name: "page.txt", content: page.join("\n") });
  expect(explained.map(({ text }) => text)).toEqual(page);
  const [{ item, headline, body, language, ...said } = { item: "", body: undefined }] = articles;
  expect({ headline, body }).toEqual({
    headline: site.headline,
    body: { kind: "text", paragraphs: site.body },
  });
  return said;
}

describe("boilerplate", () => {
  it.each([
    ["English", ENGLISH],
    ["French", FRENCH],
    ["German", GERMAN],
    ["Spanish", SPANISH],
  ])("of a site in %s is no part of its article", (_, site) => {
    expect(read({}, site)).toEqual({});
  });

  it.each([
    ["navigation", ["Home", "News", "Sport"]],
    ["a prompt to sign in or subscribe", ["Already a subscriber? Sign in", "Subscribe now"]],
    ["share buttons", ["Share", "Facebook", "WhatsApp", "Copy link"]],
    ["a newsletter's box", ["Sign up for our newsletter", "Enter your email", "Sign up"]],
    ["related articles", ["Related stories", "Harbour gets a crane", "Bridge closed for a week"]],
    ["the most read", ["Most read", "Harbour gets a crane", "Bridge closed for a week"]],
    ["advertisement", ["ADVERTISEMENT", "Story continues below advertisement"]],
    ["a licence", ["Purchase Licensing Rights", "Copyright 2025 The Harbour Times. All rights reserved."]],
    ["a legal footer", ["Terms of Use", "Privacy Policy", "Cookie settings"]],
  ])("like %s is taken off below the text", (_, end) => {
    const { notes = [], ...changed } = read({ end });
    expect(changed).toEqual({});
    // A sentence that goes is told of.
    const sentences = end.filter((line) => /^\S+(?: \S+){7,}\.$/.test(line));
    expect(notes).toEqual(sentences.length === 0 ? [] : [expect.stringMatching(/^left out of the text: “/)]);
  });
});

describe("bylines", () => {
  it.each<[string, Custom, ImportedArticle["bylines"], typeof ENGLISH]>([
    [
      "a name and the paper's name in one line",
      { under: ["MARTA QUILL | THE HARBOUR TIMES"] },
      [{ name: "Marta Quill", affiliation: "The Harbour Times" }],
      ENGLISH,
    ],
    [
      "a name and the paper's name with a stroke",
      { under: ["Marta Quill / Harbour Times"] },
      [{ name: "Marta Quill", affiliation: "Harbour Times" }],
      ENGLISH,
    ],
    [
      "By A and B",
      { under: ["By Marta Quill and Joe Bloggs"] },
      [{ name: "Marta Quill" }, { name: "Joe Bloggs" }],
      ENGLISH,
    ],
    [
      "Par A et B",
      { under: ["Par Marta Quill et Joe Bloggs"] },
      [{ name: "Marta Quill" }, { name: "Joe Bloggs" }],
      FRENCH,
    ],
    [
      "a name alone, then the paper's name",
      { under: ["Marta Quill", "The Harbour Times"] },
      [{ name: "Marta Quill", affiliation: "The Harbour Times" }],
      ENGLISH,
    ],
    ["capitals", { under: ["By MARTA QUILL"] }, [{ name: "Marta Quill" }], ENGLISH],
    [
      "a line of credits",
      {
        end: [
          "Reporting by Marta Quill in Seoul and Joe Bloggs in Paris; Writing by Ada Lind; Editing by Max Stein",
        ],
      },
      [
        { name: "Marta Quill", role: "reporter" },
        { name: "Joe Bloggs", role: "reporter" },
        { name: "Ada Lind", role: "writer" },
        { name: "Max Stein", role: "editor" },
      ],
      ENGLISH,
    ],
    [
      "A reported from X",
      { under: ["By Joe Bloggs"], end: ["Marta Quill reported from Kyiv."] },
      [{ name: "Joe Bloggs" }, { name: "Marta Quill", role: "reporter" }],
      ENGLISH,
    ],
  ])("%s", (_, custom, bylines, site) => {
    const { notes = [], ...article } = read(custom, site) ?? {};
    expect(article).toEqual({ bylines });
    // Where somebody reported from has no field.
    const placed = (custom.end ?? []).filter((line) => / (?:in|from) \p{Lu}/u.test(line));
    expect(notes).toEqual(placed.map((line) => `left out of the text: “${line}”`));
  });
});

describe("bios", () => {
  const bio = "Marta Quill is based in Lisbon and covers ports for the Harbour Times.";

  it("belong to the byline's person", () => {
    expect(read({ under: ["By Marta Quill"], end: [bio] })).toEqual({
      bylines: [{ name: "Marta Quill", bio }],
    });
  });

  it("name the author where no byline stands", () => {
    expect(read({ end: [bio] })).toMatchObject({ bylines: [{ name: "Marta Quill", bio }] });
  });
});

describe("datelines", () => {
  it.each<[string, Partial<ImportedArticle>]>([
    ["SEOUL, South Korea — ", { dateline: "SEOUL, South Korea", bylines: [{ name: "Marta Quill" }] }],
    ["PARIS (AP) — ", { dateline: "PARIS", bylines: [{ name: "Marta Quill", affiliation: "AP" }] }],
    [
      "KYIV, Oct 9 (Reuters) - ",
      {
        dateline: "KYIV",
        bylines: [{ name: "Marta Quill", affiliation: "Reuters" }],
        notes: ['the dateline says "Oct 9", which is no date of publication'],
      },
    ],
  ])("%s", (dateline, expected) => {
    expect(read({ under: ["By Marta Quill"], dateline })).toEqual(expected);
  });
});

describe("captions and credits", () => {
  it.each<[string, NonNullable<ImportedArticle["images"]>[number]]>([
    ["People line the quay. (KCNA)", { caption: "People line the quay.", credit: "KCNA" }],
    [
      "The ferry leaves the quay. (AP Photo/Jane Doe)",
      { caption: "The ferry leaves the quay.", credit: "AP Photo/Jane Doe" },
    ],
    [
      "The ferry leaves the quay. Jane Doe/AFP/File Photo",
      { caption: "The ferry leaves the quay.", credit: "Jane Doe/AFP/File Photo" },
    ],
    [
      "The ferry leaves the quay — © Jane Doe / AFP",
      { caption: "The ferry leaves the quay", credit: "Jane Doe / AFP" },
    ],
    [
      "Photo: The ferry leaves the quay. Credit: Jane Doe",
      { caption: "The ferry leaves the quay.", credit: "Jane Doe" },
    ],
    [
      "1 of 3 | The ferry leaves the quay. (AP Photo/Jane Doe)",
      { caption: "The ferry leaves the quay.", credit: "AP Photo/Jane Doe" },
    ],
    [
      "[1/2] The ferry leaves the quay. REUTERS/Jane Doe",
      { caption: "The ferry leaves the quay.", credit: "REUTERS/Jane Doe" },
    ],
  ])("%s", (line, image) => {
    expect(read({ under: ["By Marta Quill", line] }).images).toEqual([image]);
  });

  it("have an alt text in the line that describes the picture before them", () => {
    const alt = "A crowd stands on the quay under red flags";
    expect(read({ under: ["By Marta Quill", alt, "People line the quay. (KCNA)"] }).images).toEqual([
      { alt, caption: "People line the quay.", credit: "KCNA" },
    ]);
  });
});

describe("dates", () => {
  it.each<[readonly string[], Partial<ImportedArticle>, typeof ENGLISH]>([
    [
      ["Updated 4:52 PM EDT, March 3, 2025"],
      { updated: { kind: "instant", value: "2025-03-03T16:52:00-04:00" } },
      ENGLISH,
    ],
    [
      ["October 9, 2024 6:03 AM UTC"],
      { published: { kind: "instant", value: "2024-10-09T06:03:00Z" } },
      ENGLISH,
    ],
    [
      ["Publié le 12 janvier 2026 à 18h04"],
      { published: { kind: "local", value: "2026-01-12T18:04:00" } },
      FRENCH,
    ],
    [
      ["Published October 9, 2024 6:03 AM UTC", "Updated October 10, 2024 7:00 AM UTC"],
      {
        published: { kind: "instant", value: "2024-10-09T06:03:00Z" },
        updated: { kind: "instant", value: "2024-10-10T07:00:00Z" },
      },
      ENGLISH,
    ],
  ])("%j", (under, expected, site) => {
    expect(read({ under }, site)).toEqual(expected);
  });
});
