// Text: what is taken out of any string, and what is made of it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/lib/problem.ts";
import {
  escapeHtml,
  isVisible,
  legal,
  slugField,
  slugify,
  text,
  textField,
  visibleText,
} from "../../src/lib/text.ts";

const anything = fc.string({ unit: "binary" });

describe("legal", () => {
  it("removes what XML 1.0 forbids or discourages, and nothing else", () => {
    expect(legal("a\0b\u0008c\u000bd\u000ce\u001ff\u007fg\u0080h\u009fi\ufffej\uffffk")).toBe("abcdefghijk");
    expect(legal("lone \ud800 and \udc00, paired 👩‍👧")).toBe("lone  and , paired 👩‍👧");
    const kept = "\t\n \u00a0\u00ad\u200f\u202e\u2028\ufeff\ufffd<>&\"'é漢\u{10ffff}";
    expect(legal(kept)).toBe(kept);
  });

  it("makes every line end a line feed", () => {
    expect(legal("a\r\nb\rc\n\rd")).toBe("a\nb\nc\n\nd");
  });

  it("leaves well-formed characters only, and is the same twice, whatever it gets", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const clean = legal(value);
        expect(clean).toMatch(/^[\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        expect(legal(clean)).toBe(clean);
      }),
    );
  });
});

describe("text", () => {
  it("is one line without white space at its ends", () => {
    expect(text("  a\r\n\t b\u2028c \u0001 d  ")).toBe("a b c d");
    expect(text(" \u0000\n ")).toBe("");
  });

  it.each([
    ["\u202egnp.exe\u202c", "gnp.exe"],
    ["a \u2067b\u2069 c", "a \u2067b\u2069 c"],
    ["a\u2069 b \u2066c", "a b c"],
    ["\u2068a \u2067b\u2069", "a \u2067b\u2069"],
    ["\u200fשלום\u200e", "\u200fשלום\u200e"],
  ])("can't turn the order of what stands round it: %j", (given, kept) => {
    expect(text(given)).toBe(kept);
  });

  it("is the same twice, whatever it gets", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(text(text(value))).toBe(text(value));
      }),
    );
  });

  it("is counted after it was cleaned", () => {
    const field = textField(3);
    expect(check(field, " a\u0001bc ")).toEqual({ ok: true, value: "abc" });
    expect(check(field, "abcd")).toMatchObject({
      ok: false,
      problems: [{ message: "must be at most 3 characters long" }],
    });
    expect(check(field, "\u0001 ")).toMatchObject({
      ok: false,
      problems: [{ message: "must not be empty" }],
    });
  });
});

describe("what can be seen of a text", () => {
  it.each([
    "\u2800",
    "\u3164",
    "\u115f",
    "\u1160",
    "\uffa0",
    "\u034f",
    "\ufe0f",
    "\u200b",
    "\u00ad",
    "\u2060",
    "\ufeff",
    "\u{e0020}",
  ])("%j alone is nothing", (blank) => {
    expect(isVisible(`${blank} \u00a0\n${blank}`)).toBe(false);
    expect(visibleText(`a${blank}b ${blank} c`)).toBe("ab c");
    expect(check(textField(9), blank)).toMatchObject({ ok: false });
  });

  it.each(["a", "漢", "⠓", "🚢", "❤️", "—", "한", "\u1112\u1161"])("%j is something", (shown) =>
    expect(isVisible(shown)).toBe(true),
  );
});

it("HTML shows the same characters, in content and in attributes", () => {
  expect(escapeHtml(`<a href="x">Q&A's &amp;</a>`)).toBe(
    "&lt;a href=&quot;x&quot;&gt;Q&amp;A's &amp;amp;&lt;/a&gt;",
  );
});

describe("slugs", () => {
  it.each([
    ["Reuters & Söhne", "reuters-sohne"],
    ["  --C++, & Go!--  ", "c-go"],
    ["Ünïcödé ＦＵＬＬ ﬁ", "unicode-full-fi"],
    ["أمن", "أمن"],
    ["日本 語", "日本-語"],
    ["हिन्दी", "हिन्दी"],
    ["a\u0001b", "ab"],
    ["&&&", ""],
    ["", ""],
  ])("of %j", (value, slug) => {
    expect(slugify(value)).toBe(slug);
  });

  it("are the same twice, and have no hyphen at an end, whatever they are of", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const slug = slugify(value);
        expect(slug).not.toMatch(/^-|-$|--|[\s/?#&%]/);
        expect(slugify(slug)).toBe(slug);
      }),
    );
  });

  it.each(["a", "a-b-2", "2024"])("in addresses may be %s", (value) => {
    expect(check(slugField, value).ok).toBe(true);
  });

  it.each(["", "A", "a--b", "-a", "a-", "a b", "ä", "a/b", "a".repeat(121)])(
    "in addresses may not be %j",
    (value) => {
      expect(check(slugField, value).ok).toBe(false);
    },
  );
});
