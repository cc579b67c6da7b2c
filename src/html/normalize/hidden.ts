// What a page hid from its readers: an article would show it, since neither style nor script hides it there.

import type { Element, Parents } from "hast";
import { isVisible } from "../../lib/text.ts";
import type { Losses } from "../losses.ts";
import { attribute, elementsIn, isElement, replaceChildren, wordsIn } from "../tree.ts";

const UNSEEN_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i;

/** Takes hidden elements out of `tree`, and tells of those that held something to read or to see. */
export function dropHidden(tree: Parents, losses: Losses): void {
  replaceChildren(tree, (child) => {
    if (!isElement(child)) return [child];
    if (!isHidden(child) || isHiddenForNow(child)) {
      dropHidden(child, losses);
      return [child];
    }
    const words = wordsIn(child);
    if (isVisible(words) || withAll(child).some((inner) => isElement(inner, ...SHOWN))) {
      const what = words === "" ? "" : ` (“${words.slice(0, 60)}”)`;
      const message = `holds <${child.tagName}> that is hidden from readers${what}, which is left out: take off what hides it to have it shown`;
      losses.tell("hidden-dropped", message, child);
    }
    return [];
  });
}

const SHOWN = ["img", "iframe", "video", "audio"] as const;

/** True for an element that a browser doesn't show. What is found by searching in the page (`until-found`) is shown then. */
function isHidden(element: Element): boolean {
  const { hidden, open } = element.properties;
  if (hidden !== undefined && hidden !== false && !/^until-found$/i.test(String(hidden))) return true;
  if (element.tagName === "dialog" && open !== true) return true;
  return UNSEEN_STYLE.test(attribute(element, "style").replace(/\/\*.*?\*\//gs, ""));
}

/** True for what a script shows, or draws anew: a picture that loads late, and a formula with nothing beside it. */
function isHiddenForNow(element: Element): boolean {
  if (isElement(element, "img", "picture", "video")) return withAll(element).some(loadsLate);
  const isFormula = withAll(element).some(({ tagName }) => tagName === "math");
  return isFormula && !isVisible(wordsIn(element, ({ tagName }) => tagName === "math"));
}

const loadsLate = ({ properties }: Element): boolean =>
  Object.keys(properties).some((name) => /^data[A-Z]/.test(name));

const withAll = (element: Element): readonly Element[] => [element, ...elementsIn(element)];
