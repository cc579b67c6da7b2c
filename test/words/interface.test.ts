// The desk speaks through `t`, `plural` and `parts`: no English stands elsewhere.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filled, pluralForm, translated } from "../../src/lib/translate.ts";
import type { Translations } from "../../src/lib/translations.ts";
import { bracesOf } from "../../src/words/overrides.ts";
import { textsOf } from "./interface-texts.ts";
import { interfaceTexts } from "./invented.ts";
import { CATEGORIES, unusualSign } from "./languages.ts";

/** Files whose texts are translated. */
const TRANSLATED: readonly string[] = [
  "src/api/media.ts",
  "src/article/{article,article-id,byline,remarks,resolve}.ts",
  "src/desk/*.{ts,tsx}",
  "src/desk/editor/**/*.ts",
  "src/desk/homes/**/*.{ts,tsx}",
  "src/desk/journal/**/*.{ts,tsx}",
  "src/desk/partners/**/*.{ts,tsx}",
  "src/desk/people/**/*.{ts,tsx}",
  "src/desk/pictures/**/*.{ts,tsx}",
  "src/desk/preview/**/*.{ts,tsx}",
  "src/desk/publish/**/*.{ts,tsx}",
  "src/desk/stories/**/*.{ts,tsx}",
  "src/formats/news-sitemap.ts",
  "src/html/**/*.ts",
  "src/http/{auth,problem,router,sender}.ts",
  "src/lib/{address,callback-url,did-you-mean,problem,text,time}.ts",
  "src/partners/{partner-words,policy}.ts",
  "src/partners/profiles/{findings,flipboard,msn,newsbreak,ninjs,yahoo}.ts",
  "src/partners/partner-page.tsx",
  "src/partners/{acts,api,outlook,partner-item,report,restrict-pictures,selection,trial}.ts",
  "src/pictures/renditions.ts",
  "src/publish/{entries,prepare,put}.ts",
];
/** Answers and fields of the API, whose descriptions are for its documentation, and SQL. */
const NOT_SHOWN = /\/(?:answers|inputs|sql(?:-[a-z]+)?)\.ts$/;

const GERMAN = {
  language: "de",
  texts: {
    "Saved at {time}": "Gespeichert um {time}",
    "{count} stories": { one: "{count} Artikel allein", other: "{count} Artikel" },
    Untouched: "",
  },
};

describe("a text of the interface", () => {
  it("is in the language, and in English where the language lacks it", () => {
    expect(translated("Saved at {time}", GERMAN)).toBe("Gespeichert um {time}");
    expect(translated("Untouched", GERMAN)).toBe("Untouched");
    expect(translated("toString", GERMAN)).toBe("toString");
  });

  it("has the plural form of the language that it is in", () => {
    const stories = { one: "{count} story", other: "{count} stories" };
    expect(pluralForm(1, stories, GERMAN)).toBe("{count} Artikel allein");
    expect(pluralForm(2, stories, { language: "fr", texts: {} })).toBe("{count} stories");
    expect(pluralForm(0, stories, { language: "fr", texts: {} })).toBe("{count} stories");
  });

  it("has numbers as the language writes them, and isolates text of the other direction", () => {
    expect(filled("{count} Bytes", { count: 20_000 }, GERMAN)).toBe("20.000 Bytes");
    expect(filled("von {name}", { name: "ليلى" }, GERMAN)).toBe("von \u2068ليلى\u2069");
    expect(filled("{unknown}", { name: "$&" }, GERMAN)).toBe("{unknown}");
    expect(filled("{name}", { name: "$&{name}" }, GERMAN)).toBe("$&{name}");
  });
});

describe("the code of the desk", () => {
  it("has no English outside of `t`, `plural` and `parts`", () => {
    const files = globSync([...TRANSLATED]).filter((file) => !NOT_SHOWN.test(file));
    expect(files.flatMap((file) => textsOf(file, readFileSync(file, "utf8")).faults)).toEqual([]);
  });

  it("has no style that depends on a text: another language has another one", () => {
    const selecting = globSync("src/desk/**/*.css").filter((file) =>
      /\[(?:aria-label|title|alt|placeholder)\b/.test(readFileSync(file, "utf8")),
    );
    expect(selecting).toEqual([]);
  });

  it("is read by this test as it is meant", () => {
    const source = `
      const A = () => <p title="Go back" class="a b">{t("Saved at {time}", { time: plural(2, { one: "one", other: "two" }) })}</p>;
      const B = () => <p>Not <b>translated</b> <code>npx here</code></p>;
      throw new Error("Nobody reads this.");
      element("h2", { id: "x", "aria-label": "Label" }, "Checks");
      say(t(dynamic));
    `;
    const { texts, faults } = textsOf("a.tsx", source);
    expect([...texts]).toEqual([
      ["Saved at {time}", "one"],
      ["two", "plural"],
    ]);
    expect(faults.map((line) => line.replace(/^.*?: /, ""))).toEqual([
      "Go back",
      "Not",
      "translated",
      "Label",
      "Checks",
      "t(…) needs a literal",
    ]);
  });
});

const INTERFACE = join(import.meta.dirname, "../../src/words/interface");
const TEXTS = [...interfaceTexts()].toSorted(([a], [b]) => (a < b ? -1 : 1));
/** Addresses, names of programs and the like, in which signs stand that no sentence has. */
const CODE =
  /\?(?:from|home)=\S+|\b(?:access|content|syndicate|profile): \w+|(?:https?|mailto):\S+|\/\w+\S*|\w+@\w\S*|`[^`]*`|\w+\.\w+|Ctrl[+\w]*/g;

describe.each(Object.keys(CATEGORIES).filter((language) => language !== "en"))(
  "the desk in %s",
  (language) => {
    const file = join(INTERFACE, `${language}.json`);
    const theirs = JSON.parse(readFileSync(file, "utf8")) as Translations["texts"];
    const forms = Object.entries(theirs).flatMap(([english, text]) =>
      (typeof text === "string" ? [text] : Object.values(text)).map((form) => [english, form] as const),
    );

    it("has every text of the code and no other: `npm run texts` adds what is missing, empty", async () => {
      const empty = Object.fromEntries((CATEGORIES[language] ?? []).map((category) => [category, ""]));
      const all = TEXTS.map(([english, kind]) => [
        english,
        (Object.hasOwn(theirs, english) && theirs[english]) || (kind === "plural" ? empty : ""),
      ]);
      await expect(`${JSON.stringify(Object.fromEntries(all), null, 2)}\n`).toMatchFileSnapshot(file);
    });

    it("leaves none empty, nor with blanks at its ends", () => {
      expect(forms.filter(([, form]) => form === "" || form !== form.trim())).toEqual([]);
    });

    it("has every plural form that its language knows, and no other", () => {
      const plurals = TEXTS.filter(([, kind]) => kind === "plural").map(([english]) => english);
      const wanted = CATEGORIES[language]?.join();
      expect(plurals.filter((english) => Object.keys(theirs[english] ?? {}).join() !== wanted)).toEqual([]);
    });

    it("fills in the same as English; a form of one thing may leave its number out", () => {
      const wrong = forms.filter(([english, form]) => {
        const [wanted, has] = [english, form].map((text) => bracesOf(text).join());
        return has !== wanted && !(typeof theirs[english] === "object" && has === withoutCount(english));
      });
      expect(wrong).toEqual([]);
    });

    it("is punctuated as its readers are used to", () => {
      expect(forms.filter(([, form]) => unusualSign(form.replace(CODE, ""), language) !== undefined)).toEqual(
        [],
      );
    });
  },
);

const withoutCount = (english: string): string =>
  bracesOf(english)
    .filter((name) => name !== "{count}")
    .join();
