// The address that the classes of an h-entry (https://microformats.org/wiki/h-entry) give. The others are read
// where the headline, the byline, the dates, the tags and the text are.

import type { Element } from "hast";
import { attribute, elementsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { type Told, tell } from "./page-facts.ts";
import type { Page } from "./page-tree.ts";

const classesOf = (element: Element): readonly string[] => attribute(element, "className").split(/\s+/);
const has = (element: Element, name: string): boolean => classesOf(element).includes(name);
/** What is in it belongs to somebody or something else: an author, a comment, a quoted entry. */
const isOther = (element: Element): boolean => classesOf(element).some((name) => /^h-[a-z]/.test(name));

/** Reads the page's only entry: where there are several, the page is a list of them. */
export function entryFacts({ elements, url, base }: Page): Told {
  const [entry, ...others] = elements.filter((element) => has(element, "h-entry"));
  if (!entry || others.length > 0) return {};
  const own = [...elementsIn(entry, (e) => e === entry || !(isOther(e) || has(e, "e-content")))];
  const link = own.find((e) => has(e, "u-url") && !isOther(e));
  const address = link && attribute(link, "href");
  const start = base ?? url;
  const full =
    address && start !== undefined && URL.canParse(address, start) ? new URL(address, start).href : address;
  return tell({ url: [webUrl(full ?? ""), "u-url of the h-entry"] });
}
