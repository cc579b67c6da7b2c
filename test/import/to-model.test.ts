// What a source says and what a publisher adds, as the model's fields.

import { describe, expect, it } from "vitest";
import type { ImportedArticle } from "../../src/import/importer.ts";
import { type Choices, toModel, withPeople } from "../../src/import/to-model.ts";
import { SITE } from "../pipeline.ts";

const ARTICLE: ImportedArticle = {
  item: "x",
  headline: "Ferry back in spring",
  published: { kind: "instant", value: "2026-03-02T18:00:00+09:00" },
  body: { kind: "text", paragraphs: ["The ferry sails."] },
};
const model = (changes: Partial<ImportedArticle>, choices: Choices = {}) =>
  toModel({ ...ARTICLE, ...changes }, choices, SITE);

describe("an imported article", () => {
  it("keeps what its source says, dates in the zone that they were written in", () => {
    expect(model({ id: "https://old.example/?p=12", dek: "A dek.", language: "fr" })).toEqual({
      fields: {
        id: "https://old.example/?p=12",
        headline: "Ferry back in spring",
        dek: "A dek.",
        language: "fr",
        published: "2026-03-02T18:00:00+09:00",
      },
      needs: [],
      notes: [],
    });
  });

  it.each(["12345", "5f3a9c0e1d2b", "123 at https://old.example/"])(
    "keeps an id that is no URI: %s",
    (id) => {
      const { fields, notes } = model({ id });
      expect(fields).toMatchObject({ id });
      expect(notes).toEqual([]);
    },
  );

  it.each([
    `tag:${SITE.tag.authority},${SITE.tag.date}:harbour-vote`,
    `tag:${SITE.tag.authority},1999-01-01:harbour-vote`,
    ` TAG:${SITE.tag.authority.toUpperCase()},${SITE.tag.date}:guid:12345`,
  ])("brings no id of the site's own, unless it may: %s", (id) => {
    const { fields, notes } = model({ id });
    expect(fields).not.toHaveProperty("id");
    expect(notes).toEqual([expect.stringMatching(/is one of this site's own.* --adopt-ids keeps it$/)]);
    expect(model({ id }, { adoptIds: true })).toMatchObject({ fields: { id: id.trim() }, notes: [] });
    const other = id.replace(/:/, ":not-");
    expect(model({ id: other }).fields).toMatchObject({ id: other.trim() });
  });

  it("has no id where its source's is empty", () => {
    const { fields, notes } = model({ id: " " });
    expect(fields).not.toHaveProperty("id");
    expect(notes).toEqual([]);
  });

  it("is overridden by what the publisher says", () => {
    const choices = {
      title: "Another headline",
      published: "2026-01-01T00:00:00Z",
      section: "asia-pacific",
      language: "de",
    };
    expect(model({ sections: ["Sport"] }, choices).fields).toEqual({
      headline: "Another headline",
      section: "asia-pacific",
      tags: ["Sport"],
      language: "de",
      published: "2026-01-01T00:00:00Z",
    });
  });

  it.each([
    [{ kind: "local", value: "2026-01-12T18:04:00" }, "has no time zone", "--timezone"],
    [{ kind: "day", value: "2026-01-12" }, "has neither time nor zone", "--timezone"],
    [{ kind: "unclear", value: "Oct 9" }, "is not a whole date", "--published"],
  ] as const)("asks for what its date lacks: %j", (date, why, flag) => {
    const { fields, needs } = model({ published: date });
    expect(fields).not.toHaveProperty("published");
    expect(needs).toEqual([
      { path: "published", why: `"${date.value}" ${why}`, flag: expect.stringContaining(flag) },
    ]);
  });

  it("asks for a headline and a date that aren't there", () => {
    const { headline: _headline, published: _published, ...rest } = ARTICLE;
    expect(
      toModel({ ...rest, headline: " \u200b ".trim() && "" }, {}, SITE).needs.map(({ path }) => path),
    ).toEqual(["headline", "published"]);
  });

  it("has its clock read in the zone that was given, and says so of a day alone", () => {
    const choices = { timezone: "Europe/Paris" };
    expect(
      model({ published: { kind: "local", value: "2026-07-12T18:04:00" } }, choices).fields,
    ).toMatchObject({
      published: "2026-07-12T18:04:00+02:00",
    });
    const day = model({ published: { kind: "day", value: "2026-01-12" } }, choices);
    expect(day.fields).toMatchObject({ published: "2026-01-12T00:00:00+01:00" });
    expect(day.notes).toEqual(["published is the start of 2026-01-12: the source gives no time"]);
  });

  it("has no update that is none, and is told of one that can't be", () => {
    const at = (value: string) => model({ updated: { kind: "instant", value } });
    expect(at("2026-03-02T09:00:00Z")).toMatchObject({ notes: [] });
    expect(at("2026-03-02T09:00:00Z").fields).not.toHaveProperty("updated");
    expect(at("2026-03-01T09:00:00Z").notes).toEqual([
      "updated was left out: 2026-03-01T09:00:00Z is before published",
    ]);
    expect(at("2026-03-03T09:00:00Z").fields).toMatchObject({ updated: "2026-03-03T09:00:00Z" });
  });

  it("has fifty tags, and one note of all others", () => {
    const tags = Array.from({ length: 1_000 }, (_, index) => `tag ${index}`);
    const { fields, notes } = model({ tags });
    expect(fields.tags).toEqual(tags.slice(0, 50));
    expect(notes).toEqual(["950 of 1000 tags were left out: an article has at most 50"]);
  });

  it("finds its section by key or title; other names are tags, each once", () => {
    const { fields } = model({
      sections: ["News", "Asia & Pacific"],
      tags: ["news", "Ferries", "Ferries"],
    });
    expect(fields).toMatchObject({ section: "asia-pacific", tags: ["News", "Ferries"] });
  });

  it.each([[["Ferries"]], [["Ferries", "Night boats"]]])(
    "has tags of names that are no section: %j",
    (sections) => {
      const { fields } = model({ sections });
      expect(fields).toMatchObject({ tags: sections });
      expect(fields).not.toHaveProperty("section");
      // Without a site.yaml too.
      expect(toModel({ ...ARTICLE, sections }, {}, undefined).fields).toMatchObject({ tags: sections });
    },
  );

  it("has the section that any of its names is, and tags of the others", () => {
    const sections = ["Ferries", "asia PACIFIC", "Boats"];
    expect(model({ sections }).fields).toMatchObject({
      section: "asia-pacific",
      tags: ["Ferries", "Boats"],
    });
  });

  it.each([
    ...["Uncategorized", "uncategorised", "Allgemein", "Unkategorisiert", "Sin categoría", "SIN CATEGORÍA"],
    ...[
      "Non classé",
      "Sem categoria",
      "Senza categoria",
      "Geen categorie",
      "Bez kategorii",
      "Okategoriserade",
    ],
    ...[
      "Без рубрики",
      "Без категорії",
      "Χωρίς κατηγορία",
      "未分類",
      "未分类",
      "미분류",
      "غير مصنف",
      "Fără categorie",
    ],
  ])("has no tag of the category of what has none: %s", (name) => {
    const { fields, notes } = model({ sections: [name, "Boats"], tags: [name] });
    expect(fields).toMatchObject({ tags: ["Boats"] });
    expect(notes).toEqual([]);
  });

  it("has its page elsewhere where it is on another site, and here where it was on this one", () => {
    expect(model({ url: "https://old.example/2019/ferry" }).fields).toMatchObject({
      url: "https://old.example/2019/ferry",
    });
    expect(model({ url: "https://news.example.com/2019/ferry" }).fields).not.toHaveProperty("url");
  });

  it("leaves out what the model can't take, and says so", () => {
    const { fields, notes } = model({
      id: "x".repeat(501),
      url: "ftp://example.com/",
      language: "not a language",
      tags: ["x".repeat(101)],
      rights: { license: "none", copyright: "© Harbour Times" },
      bylines: [{ name: "Mara Quill", email: "nobody", url: "https://quill.example/" }, { name: "\u200b" }],
    });
    expect(fields).toEqual({
      headline: "Ferry back in spring",
      bylines: [{ name: "Mara Quill", role: "author", url: "https://quill.example/" }],
      published: "2026-03-02T18:00:00+09:00",
      rights: { copyright: "© Harbour Times" },
    });
    expect(notes).toEqual([
      expect.stringMatching(/^id was left out: "x+" must be at most 500/),
      expect.stringMatching(/^the tag "x+" was left out: must be at most 100/),
      expect.stringMatching(/^language was left out/),
      expect.stringMatching(/^email of Mara Quill was left out: "nobody" must be an e-mail/),
      expect.stringMatching(/^the byline "\u200b" was left out/),
      expect.stringMatching(/^rights.license was left out: "none"/),
      expect.stringMatching(/^url was left out: "ftp:\/\/example.com\/"/),
    ]);
  });
});

describe("a byline", () => {
  it("is the key of a person who is known, unless it says more or other than site.yaml", () => {
    const david = { name: "David Choi", role: "reporter" } as const;
    expect(
      withPeople(
        [
          david,
          { ...david, role: "editor" },
          { ...david, bio: "David Choi moved." },
          { name: "Mara Quill", role: "author" },
        ],
        SITE,
      ),
    ).toEqual([
      "david-choi",
      { person: "david-choi", role: "editor" },
      { ...david, bio: "David Choi moved." },
      { name: "Mara Quill" },
    ]);
  });
});
