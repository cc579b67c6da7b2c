// Check boxes, as lists of tasks have them: articles hold no forms, so the box becomes a sign in the text.

import type { Element, Parents, RootContent } from "hast";
import { attribute, isElement } from "../tree.ts";
import type { Normalizing } from "./normalizing.ts";

/** True for a box that can be ticked. */
const isCheckBox = (node: Element): boolean =>
  node.tagName === "input" && /^(?:checkbox|radio)$/i.test(attribute(node, "type"));

/** What stands in the place of an input: of a check box its sign, of any other nothing. */
export function settledInput(
  input: Element,
  parent: Parents,
  { losses }: Normalizing,
): readonly RootContent[] {
  if (isCheckBox(input)) {
    const siblings: readonly RootContent[] = parent.children;
    const next = siblings[siblings.indexOf(input) + 1];
    const isApart = next?.type === "text" && /^\s/.test(next.value);
    return [{ type: "text", value: `${signOf(input)}${isApart ? "" : " "}` }];
  }
  if (!/^hidden$/i.test(attribute(input, "type")))
    losses.tell("element-dropped", "holds <input>, a field of a form, which is taken out", input);
  return [];
}

function signOf({ properties: { type, checked } }: Element): string {
  const isTicked = checked !== undefined && checked !== null && checked !== false;
  if (/^radio$/i.test(String(type))) return isTicked ? "◉" : "○";
  return isTicked ? "☑" : "☐";
}

/** True for a check box that stands in front of words, in a list of tasks or a sentence. */
export const isOfText = (node: Element, parent: Element | undefined): boolean =>
  isCheckBox(node) && parent !== undefined && isElement(parent, "li", "p", "label", "td", "dd");
