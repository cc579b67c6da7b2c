// The desk speaks through `t`, `plural` and `parts`: no English stands elsewhere.

import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filled, pluralForm, translated } from "../../src/lib/translate.ts";
import { textsOf } from "./interface-texts.ts";

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
