// The fields round a story's text: headline, dek, section, tags, people, address.

import { element } from "./dom.ts";

/** The choices from site.yaml. */
export interface Settings {
  readonly sections: readonly { readonly slug: string; readonly title: string }[];
  readonly people: readonly { readonly key: string; readonly name: string }[];
}

/** The fields' values; empty fields are missing. */
export interface Values {
  readonly slug?: string | undefined;
  readonly headline?: unknown;
  readonly dek?: unknown;
  readonly section?: unknown;
  readonly tags?: unknown;
  readonly bylines?: unknown;
}

/** The fields' elements, and access to their values. */
export interface Fields {
  readonly main: HTMLElement;
  readonly side: HTMLElement;
  readonly read: () => Values;
  /** Locks the address, once the article is published. */
  readonly fix: (slug: string) => void;
}

/** Makes the fields; `changed` is called at each change. The address of a published article is locked. */
export function fields(settings: Settings, values: Values, isOut: boolean, changed: () => void): Fields {
  const headline = textarea("headline", "Headline", wordsOf(values.headline), true);
  const dek = textarea("dek", "Dek: one or two sentences below the headline", wordsOf(values.dek), false);
  const section = element("select", { id: "section" }, element("option", { value: "" }, "No section"));
  section.append(...settings.sections.map(({ slug, title }) => element("option", { value: slug }, title)));
  section.value = typeof values.section === "string" ? values.section : "";
  const tags = input("tags", listOf(values.tags).map(wordsOf).join(", "));
  const slug = input("slug", values.slug ?? "");
  slug.placeholder = "made from the headline";
  const slugField = labelled(slug, "Address: the last part of the article's link");
  const fix = (fixed: string): void => {
    slug.value = fixed;
    slug.readOnly = true;
    const label = slugField.querySelector("label");
    if (label) label.textContent = "Address: can't change once the article is published";
  };
  if (isOut) fix(slug.value);
  const { element: people, read: bylines } = peopleField(settings.people, values.bylines, changed);
  for (const field of [headline, dek, section, tags, slug]) field.addEventListener("input", changed);

  const main = element("div", { class: "top" }, labelled(headline, "Headline"), labelled(dek, "Dek"));
  const side = element(
    "div",
    { class: "side" },
    people,
    labelled(section, "Section"),
    labelled(tags, "Tags, separated by commas"),
    slugField,
  );
  const read = (): Values => {
    const tagList = tags.value
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
    const people = bylines();
    return {
      ...(headline.value.trim() === "" ? {} : { headline: headline.value }),
      ...(dek.value.trim() === "" ? {} : { dek: dek.value }),
      ...(section.value === "" ? {} : { section: section.value }),
      ...(tagList.length === 0 ? {} : { tags: tagList }),
      ...(people.length === 0 ? {} : { bylines: people }),
      ...(slug.value.trim() === "" ? {} : { slug: slug.value.trim() }),
    };
  };
  return { main, side, read, fix };
}

/** The newsroom's people as check boxes. Other bylines are kept, and listed. */
function peopleField(known: Settings["people"], value: unknown, changed: () => void) {
  const bylines: readonly unknown[] = Array.isArray(value) ? value : [];
  const boxes = known.map(({ key, name }) => {
    const box = element("input", { type: "checkbox", value: key, id: `by-${key}` });
    box.checked = bylines.includes(key);
    box.addEventListener("input", changed);
    return { key, box, label: element("label", { for: `by-${key}`, class: "person" }, box, " ", name) };
  });
  const keys = new Set(known.map(({ key }) => key));
  const others = bylines.filter((one) => typeof one !== "string" || !keys.has(one));
  const group = element("fieldset", {}, element("legend", {}, "By"), ...boxes.map(({ label }) => label));
  if (others.length > 0) group.append(element("p", {}, `and ${others.map(nameOf).join(", ")}`));
  // Earlier bylines keep their order; new ones follow in the order of the boxes.
  const read = (): readonly unknown[] => {
    const ticked = new Set(boxes.filter(({ box }) => box.checked).map(({ key }) => key));
    const before = bylines.filter((one) => others.includes(one) || ticked.has(wordsOf(one)));
    return [...before, ...[...ticked].filter((key) => !bylines.includes(key))];
  };
  return { element: group, read };
}

const nameOf = (byline: unknown): string =>
  typeof byline === "object" && byline !== null && "name" in byline
    ? wordsOf(byline.name)
    : wordsOf(byline) || "somebody";

/** A field's text; a program may have sent anything. */
export const wordsOf = (value: unknown): string => (typeof value === "string" ? value : "");

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function input(id: string, value: string): HTMLInputElement {
  const made = element("input", { id, type: "text", dir: "auto", autocomplete: "off" });
  made.value = value;
  return made;
}

/** A field that grows with its text. With `isLine`, line breaks become spaces. */
function textarea(id: string, label: string, value: string, isLine: boolean): HTMLTextAreaElement {
  const made = element("textarea", { id, rows: "1", dir: "auto", "aria-label": label, placeholder: label });
  made.value = value;
  if (isLine) {
    made.addEventListener("input", () => {
      if (made.value.includes("\n")) made.value = made.value.replace(/\s*\n\s*/g, " ");
    });
  }
  return made;
}

function labelled(field: HTMLElement, label: string): HTMLElement {
  return element("div", { class: "field" }, element("label", { for: field.id }, label), field);
}
