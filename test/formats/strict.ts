// A strict, namespace-aware reading of a whole XML document by saxes: throws where it is not well-formed.

import { SaxesParser } from "saxes";

/**
 * An element: its path from the root (`rss/channel/item/title`), its attributes by name, and its own text.
 */
export interface XmlElement {
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every element of a document, in the order of their end tags. @throws Error, when it is not well-formed. */
export function elementsOf(document: string): readonly XmlElement[] {
  const parser = new SaxesParser({ xmlns: true });
  const elements: XmlElement[] = [];
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const append = (value: string) => {
    const current = open.at(-1);
    if (current) current.text += value;
  };
  parser.on("error", (error) => {
    throw new Error("not well-formed", { cause: error });
  });
  parser.on("opentag", ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    open.push({ name, attributes: Object.fromEntries(values), text: "" });
  });
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("closetag", () => {
    const path = open.map(({ name }) => name).join("/");
    const closed = open.pop();
    if (closed) elements.push({ path, attributes: closed.attributes, text: closed.text });
  });
  parser.write(document).close();
  return elements;
}

/** The texts of the elements at a path. */
export const textsAt = (elements: readonly XmlElement[], path: string): readonly string[] =>
  elements.filter((element) => element.path === path).map(({ text }) => text);

/** The attributes of the elements at a path. */
export const attributesAt = (
  elements: readonly XmlElement[],
  path: string,
): readonly XmlElement["attributes"][] =>
  elements.filter((element) => element.path === path).map(({ attributes }) => attributes);
