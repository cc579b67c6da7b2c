// The box about an author that stands beside or under an article.

import type { Element } from "hast";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import type { ImportedByline } from "../importer.ts";
import { type Bio, readBio } from "../text/bio.ts";
import type { Page } from "./document.ts";
import { type Told, tell } from "./facts.ts";
import { hasToken } from "./page-boilerplate.ts";

const LONGEST_BIO_CHARACTERS = 2000;

/** Gives the byline's person their bio: `read` from the text, else from a box on the page. Without a byline, it names one. */
export function withBio(page: Page, told: Told, read: Bio | undefined): Told {
  const bylines = told.bylines?.value ?? [];
  const bio = read ?? boxed(page, bylines);
  if (bio === undefined || bylines.some((byline) => byline.bio !== undefined)) return told;
  const why = told.bylines?.why ?? "the bio at the end names the author";
  const written =
    bylines.length === 0 ? [{ name: bio.name, bio: bio.text }] : bylines.map((byline) => give(byline, bio));
  return { ...told, ...tell({ bylines: [written, why] }) };
}

const give = (byline: ImportedByline, { name, text }: Bio): ImportedByline =>
  byline.name === name ? { ...byline, bio: text } : byline;

function boxed(page: Page, bylines: readonly ImportedByline[]): Bio | undefined {
  const names = bylines.map(({ name }) => name);
  for (const element of page.elements) {
    if (!isBio(element)) continue;
    const words = paragraphsIn(element);
    if (words === "" || words.length > LONGEST_BIO_CHARACTERS) continue;
    const bio = readBio(words, names);
    if (bio) return bio.value;
    const name = names.find((each) => wordsIn(element).includes(each));
    if (name !== undefined) return { name, text: words };
  }
  return undefined;
}

const isBio = (element: Element): boolean =>
  hasToken(element, /^(?:bio|biography)$/) ||
  (hasToken(element, /^authors?$/) && hasToken(element, /^(?:about|description|box|info)$/)) ||
  (attribute(element, "itemProp") === "description" && hasToken(element, /^author$/));

/** Its paragraphs; the rest is names, portraits and links. */
function paragraphsIn(element: Element): string {
  const paragraphs = [element, ...elementsIn(element)].filter(({ tagName }) => tagName === "p");
  return paragraphs.length > 0 ? paragraphs.map((p) => wordsIn(p)).join(" ") : wordsIn(element);
}
