// The fields round a story's text. Most stories need the first six; the others are folded.

import type { PRIORITIES } from "../../article/article.ts";
import { t } from "../../lib/translate.ts";
import { inZone } from "../../lib/wall-clock.ts";
import { bylinesField, type KnownPerson } from "./bylines.ts";
import { button, element } from "./dom.ts";

/** The choices that the site has. */
export interface Settings {
  readonly sections: readonly { readonly slug: string; readonly title: string }[];
  readonly people: readonly KnownPerson[];
  /** The name of who is signed in. */
  readonly self: string;
  /** Tags in use, the most frequent first. */
  readonly tags: readonly string[];
  readonly language: string;
  readonly timezone: string;
  /** Whether what pictures' files tell is kept. */
  readonly keepsMetadata?: boolean;
}

/** A draft's fields as the API takes them. Empty fields are missing. */
export type Values = Readonly<Record<string, unknown>> & { readonly slug?: string | undefined };

/** The fields' elements, and access to their values. */
export interface Fields {
  readonly main: HTMLElement;
  readonly side: HTMLElement;
  readonly read: () => Values;
  /** Makes a text the headline. False if there is one already. */
  readonly offerHeadline: (text: string) => boolean;
  /** Locks the address, once the article is published. */
  readonly fix: (slug: string) => void;
}

/** The article's fields that are shown here, and that `read` returns. */
export const SHOWN = [
  ...["headline", "dek", "bylines", "section", "tags", "shortHeadline", "dateline", "language", "priority"],
  ...["sponsored", "syndicate", "expires", "rights", "url"],
] as const;

const SUGGESTED_TAGS = 8;
const PRIORITY_NAMES: Readonly<Record<(typeof PRIORITIES)[number], string>> = {
  lead: t("First on its pages"),
  top: t("Near the top"),
  normal: t("By its date"),
  low: t("Below others"),
};

/** What fields are anyway, where nobody sets them. */
const USUAL = { sponsored: false, syndicate: true, priority: "normal" };

/** A field: its element, and its value, undefined where it is empty. */
interface Field {
  readonly element: HTMLElement;
  readonly read: () => unknown;
}

/** Makes the fields; `changed` is called at each change. The address of a published article is locked. */
export function fields(settings: Settings, values: Values, isOut: boolean, changed: () => void): Fields {
  const line = (id: string, label: string, value: unknown, hint = "") =>
    textField(id, label, wordsOf(value), hint);
  const headline = textarea("headline", t("Headline"), wordsOf(values.headline), true);
  const dek = textarea("dek", t("Dek: one or two sentences below the headline"), wordsOf(values.dek), false);
  const slug = line(
    "slug",
    t("Address: the last part of the article's link"),
    values.slug,
    t("made from the headline"),
  );
  const rights = recordOf(values.rights);
  const copyright = line("copyright", t("Copyright, if it isn't the publisher's"), rights.copyright);
  const license = line("license", t("Address of its licence"), rights.license, "https://");
  const terms = line("terms", t("Terms of use"), rights.terms);

  const shown: Readonly<Record<string, Field>> = {
    bylines: bylinesField(settings.people, settings.self, values.bylines, changed),
    section: choice("section", t("Section"), values.section, [
      ["", t("No section")],
      ...settings.sections.map(({ slug, title }) => [slug, title] as const),
    ]),
    tags: tagsField(settings.tags, listOf(values.tags).map(wordsOf), changed),
  };
  const folded: Readonly<Record<string, Field>> = {
    shortHeadline: line(
      "shortHeadline",
      t("Short headline, where there is little room"),
      values.shortHeadline,
    ),
    dateline: line("dateline", t("Dateline"), values.dateline, "KESMARK"),
    language: line("language", t("Language, if it isn't the site's"), values.language, settings.language),
    priority: choice("priority", t("Place on pages"), values.priority ?? "normal", [
      ...Object.entries(PRIORITY_NAMES),
    ]),
    sponsored: check(
      "sponsored",
      t("Sponsored: readers see that somebody paid for it"),
      values.sponsored,
      false,
    ),
    syndicate: check("syndicate", t("Partners may have it"), values.syndicate, true),
    expires: timeField(
      "expires",
      t("Take it down at (time in {zone})", { zone: settings.timezone.replaceAll("_", " ") }),
      values.expires,
      settings.timezone,
    ),
    url: line("url", t("Original address, if it was first published elsewhere"), values.url, "https://"),
  };

  const side = element("div", { class: "side" });
  side.append(...elementsOf(shown), slug.element);
  const others = [...elementsOf(folded), copyright.element, license.element, terms.element];
  const more = element("details", { class: "more" }, element("summary", {}, t("More about the article")));
  // Open if one of these fields is set, so that nobody publishes it unseen.
  const usual = { ...USUAL, language: settings.language };
  more.open = [...Object.keys(folded), "rights"].some(
    (name) => values[name] !== undefined && values[name] !== usual[name as keyof typeof usual],
  );
  more.append(element("div", { class: "side" }, ...others));
  const main = element("div", { class: "top" }, labelled(headline, t("Headline")), labelled(dek, t("Dek")));
  const all = element("div", {}, side, more);
  for (const part of [main, all]) part.addEventListener("input", changed);

  const fix = (fixed: string): void => {
    slug.input.value = fixed;
    slug.input.readOnly = true;
    const label = slug.element.querySelector("label");
    if (label) label.textContent = t("Address: can't change any more");
  };
  if (isOut) fix(wordsOf(values.slug));

  const read = (): Values => {
    const named = Object.entries({ ...shown, ...folded }).map(
      ([name, field]) => [name, field.read()] as const,
    );
    const ownRights = present({
      ...rights,
      copyright: copyright.read(),
      license: license.read(),
      terms: terms.read(),
    });
    return present({
      headline: filled(headline.value),
      dek: filled(dek.value),
      ...Object.fromEntries(named),
      rights: Object.keys(ownRights).length === 0 ? undefined : ownRights,
      slug: slug.read(),
    });
  };
  const offerHeadline = (text: string): boolean => {
    if (filled(headline.value) !== undefined) return false;
    headline.value = text;
    changed();
    return true;
  };
  return { main, side: all, read, offerHeadline, fix };
}

const elementsOf = (all: Readonly<Record<string, Field>>) => Object.values(all).map(({ element }) => element);

const present = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const filled = (value: string): string | undefined => (value.trim() === "" ? undefined : value);

/** Tags separated by commas. Below it are buttons with tags in use that go on from what is being typed. */
function tagsField(known: readonly string[], values: readonly string[], changed: () => void): Field {
  const field = textField("tags", t("Tags, separated by commas"), values.join(", "));
  const suggestions = element("p", { class: "suggestions" });
  const tags = () => field.input.value.split(",").map((tag) => tag.trim());
  const suggest = () => {
    const all = tags();
    const begun = (all.at(-1) ?? "").toLowerCase();
    const fitting = known.filter((tag) => tag.toLowerCase().startsWith(begun) && !all.includes(tag));
    suggestions.replaceChildren(
      ...fitting.slice(0, SUGGESTED_TAGS).map((tag) =>
        button(tag, () => {
          field.input.value = `${[...tags().slice(0, -1), tag].join(", ")}, `;
          changed();
          suggest();
          field.input.focus();
        }),
      ),
    );
  };
  field.input.addEventListener("input", suggest);
  suggest();
  field.element.append(suggestions);
  const read = () => {
    const chosen = tags().filter((tag) => tag !== "");
    return chosen.length === 0 ? undefined : chosen;
  };
  return { element: field.element, read };
}

function choice(
  id: string,
  label: string,
  value: unknown,
  options: readonly (readonly [string, string])[],
): Field {
  const made = element("select", { id });
  made.append(...options.map(([value, text]) => element("option", { value }, text)));
  // A value that is no choice, as of a section that is gone, stays one until somebody changes it.
  const known = options.some(([one]) => one === value);
  if (typeof value === "string" && !known)
    made.append(element("option", { value }, t("{value}, which isn't in site.yaml", { value })));
  made.value = wordsOf(value);
  return { element: labelled(made, label), read: () => filled(made.value) };
}

/** A box that is ticked or not; its value is missing where it is `usual`. */
function check(id: string, label: string, value: unknown, usual: boolean): Field {
  const box = element("input", { id, type: "checkbox" });
  box.checked = typeof value === "boolean" ? value : usual;
  const made = element("label", { for: id, class: "tick" }, box, ` ${label}`);
  return { element: made, read: () => (box.checked === usual ? undefined : box.checked) };
}

/** A date and time on the clocks of the site's zone. */
function timeField(id: string, label: string, value: unknown, timezone: string): Field {
  const made = element("input", { id, type: "datetime-local" });
  const instant = wordsOf(value);
  const shown = instant === "" ? "" : onClock(instant, timezone);
  made.value = shown;
  const read = () => {
    if (made.value === "") return undefined;
    // Seconds, and what is no date at all, stay as a program sent them.
    return made.value === shown ? instant : inZone(`${made.value}:00`, timezone);
  };
  return { element: labelled(made, label), read };
}

/** An instant as the value of a `datetime-local` field, on the clocks of a zone; empty if it is none. */
function onClock(instant: string, timezone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return "";
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(at).replace(" ", "T");
}

/** A field's text; a program may have sent anything. */
export const wordsOf = (value: unknown): string => (typeof value === "string" ? value : "");

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function textField(
  id: string,
  label: string,
  value: string,
  hint = "",
): Field & { readonly input: HTMLInputElement } {
  const made = element("input", { id, type: "text", dir: "auto", autocomplete: "off", placeholder: hint });
  made.value = value;
  return { element: labelled(made, label), input: made, read: () => filled(made.value)?.trim() };
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
