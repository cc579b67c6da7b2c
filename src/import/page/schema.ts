// schema.org as it is found: a property may be text, an object, a list of either, or a reference by `@id`.

import { parseFragment } from "parse5";
import { webUrl } from "../../lib/address.ts";
import { text } from "../../lib/text.ts";
import { isObject, type JsonObject } from "../json.ts";

/** An object of schema.org's; names of types and properties are its own. */
export type Node = JsonObject;

/** Gives what a reference is to, or the node itself. */
export type Follow = (node: Node) => Node;

/** True for an object, as opposed to text or a list. */
export const isNode: (value: unknown) => value is Node = isObject;

/** A property's values, be there one or many. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value.flat() : [value];

/** The nodes among a property's values. */
export const nodesOf = (value: unknown, follow: Follow): readonly Node[] =>
  listOf(value).filter(isNode).map(follow);

/** A node's types, without what stands before their names. */
export const typesOf = (node: Node): readonly string[] =>
  listOf(node["@type"]).flatMap((type) => (typeof type === "string" ? type.replace(/^.*[/#:]/, "") : []));

/** A property as text: its first value that is some, or has a name. */
export function textOf(value: unknown, follow: Follow): string | undefined {
  for (const each of listOf(value)) {
    const found = isNode(each) ? textOf(follow(each).name ?? each["@value"], (node) => node) : textIn(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

const textIn = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number"
    ? text(decoded(String(value))) || undefined
    : undefined;

/** Every text of a property. */
export const textsOf = (value: unknown, follow: Follow): readonly string[] =>
  listOf(value).flatMap((each) => textOf(each, follow) ?? []);

/** A property as an address: text that is one, or a node's `url`. */
export function urlOf(value: unknown, follow: Follow): string | undefined {
  for (const each of listOf(value)) {
    const written = isNode(each) ? (follow(each).url ?? follow(each).contentUrl ?? each["@id"]) : each;
    const address = typeof written === "string" ? webUrl(decoded(written.trim())) : undefined;
    if (address !== undefined) return address;
  }
  return undefined;
}

/** Text without the references that a parser leaves in scripts. Once: `&amp;amp;` says `&amp;`. Tags stay characters. */
function decoded(value: string): string {
  if (!value.includes("&")) return value;
  const [node] = parseFragment(value.replaceAll("<", "&lt;")).childNodes;
  return node && "value" in node ? node.value : value;
}
