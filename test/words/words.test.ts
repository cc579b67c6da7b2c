// Every language has every word, with the same places and all plural forms; a site's own words take the place of ours.

import { describe, expect, it } from "vitest";
import { parseSite } from "../../src/content/folder.ts";
import { feedPhrases, phrasesFor } from "../../src/formats/phrases.ts";
import { isolated } from "../../src/lib/bidi.ts";
import { wordsFor } from "../../src/pages/view.tsx";
import all from "../../src/words/all.ts";
import { bracesOf, bundledWords, wordProblems } from "../../src/words/overrides.ts";
import { articleWords, fill, gapAfter, inNumber, languageOfOurs } from "../../src/words/words.ts";
import { CATEGORIES, unusualSign } from "./languages.ts";

const LANGUAGES = [
  "ar",
  "de",
  "en",
  "es",
  "fr",
  "it",
  "ja",
  "ko",
  "nl",
  "pl",
  "pt",
  "ru",
  "uk",
  "zh",
  "zh-Hant",
];

/** A word in each of its forms, by its path. */
function wordsOf(
  group: object,
  path = "",
): readonly (readonly [path: string, forms: Record<string, string>])[] {
  return Object.entries(group).flatMap(([name, value]) => {
    const place = path === "" ? name : `${path}.${name}`;
    if (typeof value === "string") return [[place, { other: value }] as const];
    return "other" in value ? [[place, value] as const] : wordsOf(value, place);
  });
}
const ENGLISH = new Map(wordsOf(all.en));

it("there are words in fourteen languages, and in both Chinese scripts", () => {
  expect(Object.keys(all).sort()).toEqual(LANGUAGES);
  expect(ENGLISH.size).toBeGreaterThan(50);
});

describe.each(Object.entries(all))("%s", (language, words) => {
  const found = new Map(wordsOf(words));

  it("has every word, in the order of the English file", () => {
    expect([...found.keys()]).toEqual([...ENGLISH.keys()]);
  });

  it("has in each word what is put in, once", () => {
    for (const [path, forms] of found) {
      const wanted = bracesOf(ENGLISH.get(path)?.other ?? "");
      for (const form of Object.values(forms)) expect([path, bracesOf(form)]).toEqual([path, wanted]);
    }
  });

  it("has every plural form that its language knows, and no other, of what isn't the same in all", () => {
    const categories = CATEGORIES[language] ?? [];
    expect(new Intl.PluralRules(language).resolvedOptions().pluralCategories).toEqual(categories);
    const several = Object.entries(words.credits).filter(([, word]) => typeof word !== "string");
    expect(several.map(([role, word]) => [role, Object.keys(word)])).toEqual(
      several.map(([role]) => [role, categories]),
    );
  });

  it("is punctuated as its readers are used to", () => {
    const unusual = [...found].flatMap(([path, forms]) =>
      Object.values(forms)
        .flatMap((form) => unusualSign(form, language) ?? [])
        .map((sign) => [path, sign]),
    );
    expect(unusual).toEqual([]);
  });

  it("leaves nothing empty, nor with blanks at its ends that nobody asked for", () => {
    for (const [path, forms] of found) {
      if (path === "creditsSeparator" || path === "creditsEnd") continue;
      for (const form of Object.values(forms)) {
        expect([path, form]).toEqual([path, form.trim()]);
        expect(form).not.toBe("");
      }
    }
  });
});

describe("a language", () => {
  it.each([
    ["pt-BR", "pt"],
    ["de-CH", "de"],
    ["zh", "zh"],
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-SG", "zh"],
    ["cy", undefined],
  ])("%s is told in %s", (language, ours) => {
    expect(languageOfOurs(language)).toBe(ours);
  });

  it("that has no words gets English ones, and says so", () => {
    expect(articleWords("cy")).toMatchObject({ language: "en", words: { sponsored: "Sponsored" } });
  });
});

describe("what is put into a word", () => {
  it("is set apart where it is written in the other direction, and else left alone", () => {
    expect(isolated("Marta Quill", "rtl")).toBe("\u2068Marta Quill\u2069");
    expect(isolated("مراسل", "ltr")).toBe("\u2068مراسل\u2069");
    expect(isolated("مراسل", "rtl")).toBe("مراسل");
    expect(isolated("Marta Quill, 2024", "ltr")).toBe("Marta Quill, 2024");
    expect(fill("{kind}: {date}", { kind: "x", date: "ب" }, "en")).toBe("x: \u2068ب\u2069");
  });

  it("stands behind a space, but behind a sign that is as wide as two", () => {
    expect(
      ["Licence:", "ライセンス：", "訂正（2024年10月25日）：", "许可协议：", "사유:"].map(gapAfter),
    ).toEqual([" ", "", "", "", " "]);
  });

  it("has the digits of its language where it is a number", () => {
    expect(phrasesFor("ar-EG").phrases.place(2, 12)).toBe("٢ من ١٢");
    expect(feedPhrases("ar-EG").words.archive(12)).toBe("الأرشيف، صفحة ١٢");
    expect(wordsFor("ar-EG").words.page(2)).toBe("صفحة ٢");
    expect(wordsFor("ar-MA").words.page(2)).toBe("صفحة 2");
    expect(phrasesFor("ja").phrases.place(2, 5)).toBe("5枚中2枚目");
  });

  it("takes the form that its number asks for", () => {
    const word = { one: "one", few: "few", many: "many", other: "other" };
    expect([1, 3, 5].map((count) => inNumber(word, count, "pl"))).toEqual(["one", "few", "many"]);
    expect(inNumber("always", 2, "en")).toBe("always");
  });
});

describe("a site's own words", () => {
  it("stand in place of ours, the others stay", () => {
    const { en } = bundledWords("en-GB", { en: { continueReading: "Read on", roles: { editor: "Desk" } } });
    expect(en).toMatchObject({
      continueReading: "Read on",
      sponsored: "Sponsored",
      roles: { editor: "Desk", reporter: "Reporter" },
    });
  });

  it("of pages are shipped for the site's language alone, those of articles for all", () => {
    const shipped = bundledWords("ar");
    expect(shipped.ar).toHaveProperty("skip");
    expect(shipped.ja).not.toHaveProperty("skip");
    expect(shipped.ja).toHaveProperty("corrected");
  });

  it.each([
    [{ xx: {} }, "xx", "is not a language that there are words in"],
    [{ en: { readMore: "x" } }, "en.readMore", "is not a word that we use"],
    [{ en: { constructor: "x" } }, "en.constructor", "is not a word that we use"],
    [{ en: { updated: "Changed" } }, "en.updated", "must have {time} once each, and no other braces"],
    [{ en: { sponsored: "Ad {x}" } }, "en.sponsored", "must have no braces"],
    [{ en: { sponsored: "" } }, "en.sponsored", "must not be empty"],
    [{ en: { sponsored: 7 } }, "en.sponsored", "must be text"],
    [{ en: { sponsored: "\u202eda" } }, "en.sponsored", "must hold no control character"],
    [{ en: "Ad" }, "en", "must be a set of fields"],
    ["en", "", "must be a set of fields"],
  ])("that can't be are refused: %j", (words, path, message) => {
    expect(wordProblems(words).map((one) => [one.path.join("."), one.message])).toEqual([[path, message]]);
  });

  it.each([
    ["en: { updated: Changed }", "words.en.updated", "must have {time} once each, and no other braces"],
    ["en: { sponsord: Ad }", "words.en.sponsord", 'is not a word that we use; did you mean "sponsored"?'],
    [
      "en: { credits: { fotographer: x } }",
      "words.en.credits.fotographer",
      'is not a word that we use; did you mean "photographer"?',
    ],
    ["en: { banana: x }", "words.en.banana", "is not a word that we use"],
    ["pt-BR: {}", "words.pt-BR", 'is not a language that there are words in; did you mean "pt"?'],
    ["zh_TW: {}", "words.zh_TW", 'is not a language that there are words in; did you mean "zh-Hant"?'],
    ["fi: {}", "words.fi", `is not a language that there are words in; there are ${LANGUAGES.join(", ")}`],
    [
      "no tag: {}",
      "words.no tag",
      `is not a language that there are words in; there are ${LANGUAGES.join(", ")}`,
    ],
  ])("are checked in site.yaml, with their line and the name that was meant: %s", (line, path, message) => {
    const yaml = `title: T\ndescription: D\nurl: https://wire.test\ntag: {authority: wire.test, date: "2024-01-01"}\nlanguage: en\ntimezone: UTC\nwords:\n  ${line}\n`;
    const site = parseSite(yaml);
    expect(site.ok ? [] : site.problems).toMatchObject([{ path, message, line: 8 }]);
  });
});
