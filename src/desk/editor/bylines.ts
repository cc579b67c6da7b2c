// The bylines of a story, in their order: people of site.yaml, and others by name, each with what they did.

import type { Role } from "../../article/byline.ts";
import { t } from "../../lib/translate.ts";
import { button, element } from "./dom.ts";

/** A person of site.yaml. */
export interface KnownPerson {
  readonly key: string;
  readonly name: string;
}

/** What somebody did, as the API names it and as it is shown. */
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  author: t("Author"),
  reporter: t("Reporter"),
  writer: t("Writer"),
  contributor: t("Contributor"),
  editor: t("Editor"),
  photographer: t("Photographer"),
  illustrator: t("Illustrator"),
  translator: t("Translator"),
};
/** The value of the choice that stands for a person who isn't in site.yaml. */
const SOMEBODY_ELSE = "";
/** The value of the choice that stands for who is signed in, written out: they aren't in site.yaml. */
const ONESELF = "@";
/** The value of a new row, until somebody is chosen. */
const NOBODY = "?";
/** The value of the choice that leaves the role as site.yaml has it. */
const USUAL = "";

/**
 * The field, and access to its value: a list as the API takes it, without rows that name nobody. Who is signed in, `self`,
 * is the first choice.
 */
export function bylinesField(
  known: readonly KnownPerson[],
  self: string,
  value: unknown,
  changed: () => void,
): { readonly element: HTMLElement; readonly read: () => readonly unknown[] } {
  const rows = element("ol", { class: "bylines" });
  const add = button(t("Add a byline"), () => {
    const row = rowOf(undefined);
    rows.append(row.element);
    changed();
    row.element.querySelector("select")?.focus();
  });
  const field = element(
    "fieldset",
    { id: "bylines" },
    element("legend", {}, t("Bylines, in their order")),
    rows,
    add,
  );
  const isSelf = (person: KnownPerson) => person.name === self;
  const choices = [
    ...(known.some(isSelf) || self === "" ? [] : [[ONESELF, self] as const]),
    ...[...known.filter(isSelf), ...known.filter((person) => !isSelf(person))].map(
      ({ key, name }) => [key, name] as const,
    ),
  ];
  const made = new Map<Element, () => unknown>();
  for (const one of Array.isArray(value) ? value : []) rows.append(rowOf(one).element);
  const read = () => [...rows.children].map((row) => made.get(row)?.()).filter((one) => one !== undefined);
  return { element: field, read };

  /** The choice for a person who is written out. */
  function byNameOf(name: unknown): string {
    return name === self && choices.some(([value]) => value === ONESELF) ? ONESELF : SOMEBODY_ELSE;
  }

  /** A row for a byline: a key, a key with a role, or a person written out; undefined for a new one. */
  function rowOf(byline: unknown): { readonly element: HTMLElement } {
    // What a program sent besides name and role stays.
    const own =
      typeof byline === "object" && byline !== null ? (byline as Readonly<Record<string, unknown>>) : {};
    const key = typeof byline === "string" ? byline : own.person;
    const isKnown = known.some((person) => person.key === key);
    const who = select(t("Who"), [
      ...(byline === undefined ? [[NOBODY, t("Choose a person")] as const] : []),
      ...choices,
      ...(typeof key === "string" && !isKnown
        ? [[key, t("{person}, who isn't in site.yaml", { person: key })] as const]
        : []),
      [SOMEBODY_ELSE, t("Somebody else")],
    ]);
    who.value = byline === undefined ? NOBODY : typeof key === "string" ? key : byNameOf(own.name);
    const name = element("input", {
      type: "text",
      dir: "auto",
      "aria-label": t("Name"),
      placeholder: t("Name"),
    });
    name.value = typeof own.name === "string" ? own.name : "";
    const role = select(t("Role"), [[USUAL, t("Usual role")], ...Object.entries(ROLE_NAMES)]);
    role.value = typeof own.role === "string" ? own.role : USUAL;
    const showName = () => {
      name.hidden = who.value !== SOMEBODY_ELSE;
    };
    showName();
    const row = element("li", {}, who, name, role);
    row.append(
      button(t("Move up"), () => {
        row.previousElementSibling?.before(row);
        changed();
      }),
      button(t("Remove"), () => {
        row.remove();
        changed();
        add.focus();
      }),
    );
    for (const field of [who, name, role]) field.addEventListener("input", changed);
    who.addEventListener("input", showName);
    made.set(row, () => {
      const { person: _, role: __, ...rest } = own;
      const withRole = role.value === USUAL ? {} : { role: role.value };
      if (who.value === NOBODY) return undefined;
      if (who.value === ONESELF) return { ...rest, name: self, ...withRole };
      if (who.value === SOMEBODY_ELSE)
        return name.value.trim() === "" ? undefined : { ...rest, name: name.value, ...withRole };
      return role.value === USUAL ? who.value : { person: who.value, ...withRole };
    });
    return { element: row };
  }
}

function select(label: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const made = element("select", { "aria-label": label });
  made.append(...options.map(([value, text]) => element("option", { value }, text)));
  return made;
}
