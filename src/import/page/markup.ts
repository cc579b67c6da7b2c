// What a page's own elements say of its article: title, first heading, times, names by `rel` and class.

import type { Element } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedByline } from "../importer.ts";
import { readByline } from "../text/byline.ts";
import { personName } from "../text/names.ts";
import { firstWords, type Page } from "./document.ts";
import { type Told, tell } from "./facts.ts";
import { hasToken } from "./page-boilerplate.ts";
import { bylinesIn } from "./people.ts";
import { dateOf, languageIn } from "./schema-article.ts";

/** What the elements of `page` say. */
export function markupFacts(page: Page): Told {
  const near = articleElements(page);
  const heading = near.find((e) => e.tagName === "h1");
  // Microformats (h-entry) say which of the page's times it is.
  const time =
    page.elements.find((e) => hasClass(e, "dt-published") && attribute(e, "dateTime") !== "") ??
    near.find((e) => e.tagName === "time" && attribute(e, "dateTime") !== "");
  const writers = page.elements.filter((e) => hasClass(e, "p-author") && wordsIn(e) !== "").map(linkedName);
  const ofArticle = elementsIn(page.root, (e) => !isElement(e, "nav", "aside") && !hasToken(e, OTHERS_TAGS));
  const tags = [...ofArticle].filter((e) => e.tagName === "a" && hasRel(e, "tag")).map((e) => wordsIn(e));
  const html = page.elements.find((e) => e.tagName === "html");
  const license = page.elements.find((e) => isElement(e, "a", "link") && hasRel(e, "license"));
  const address = license && webUrl(attribute(license, "href"));
  return tell({
    headline: [heading && wordsIn(heading), "the page's h1"],
    bylines: [writers.length > 0 ? writers : bylinesOf(near), "elements with rel=author or a byline's class"],
    published: [time && dateOf(attribute(time, "dateTime")), "the first time element"],
    language: [html && languageIn(attribute(html, "lang")), "the lang of html"],
    tags: [[...new Set(tags)], "links with rel=tag"],
    rights: [address === undefined ? undefined : { license: address }, "a link with rel=license"],
    url: [page.url, "the canonical link"],
  });
}

/** The standfirst that the page shows: a better dek than what it tells search engines. */
export function standfirstFacts(page: Page): Told {
  const isStandfirst = (e: Element) => hasToken(e, STANDFIRST) && wordsIn(e).length <= LONGEST_DEK_CHARACTERS;
  const dek = articleElements(page).find(isStandfirst);
  return tell({ dek: [dek && wordsIn(dek), "an element with a standfirst's class"] });
}

/** What `<title>` says: the last resort for a headline. */
export const titleFacts = (page: Page): Told =>
  tell({ headline: [firstWords(page, (e) => e.tagName === "title"), "the page's title"] });

// What holds the tags of the whole site, or of other articles.
const OTHERS_TAGS = /^(?:related|sidebar|widget|tagcloud)$/;
const STANDFIRST =
  /^(?:standfirst|dek|deck|subtitle|subheadline|chapo|chapeau|vorspann|entradilla|bajada|copete|sottotitolo|sommario|ingress|manchet)$/;
const BYLINE = /^(?:byline|bylines|author|authors|vcard)$/;
const LONGEST_DEK_CHARACTERS = 500;
const LONGEST_BYLINE_CHARACTERS = 200;

const hasClass = (element: Element, name: string): boolean =>
  attribute(element, "className").split(/\s+/).includes(name);

const hasRel = (element: Element, rel: string): boolean =>
  attribute(element, "rel").toLowerCase().split(/\s+/).includes(rel);

/** Elements of the article and what stands before it, without what is about the site or about other articles. */
function articleElements(page: Page): readonly Element[] {
  const isElsewhere = (e: Element) =>
    isElement(e, "nav", "footer", "aside", "figure") || hasToken(e, /^(?:related|comments?|bio)$/);
  return [...elementsIn(page.root, (e) => !isElsewhere(e))];
}

function bylinesOf(elements: readonly Element[]): readonly ImportedByline[] {
  for (const element of elements) {
    if (!(hasToken(element, BYLINE) || hasRel(element, "author"))) continue;
    const words = wordsIn(element);
    if (words === "" || words.length > LONGEST_BYLINE_CHARACTERS) continue;
    const links = [element, ...elementsIn(element)].filter((e) => e.tagName === "a" && hasRel(e, "author"));
    const linked = [...new Map(links.map((link) => [wordsIn(link), link])).values()].map(linkedName);
    const read = readByline(words)?.value.bylines;
    // Words that stand beside each other without a space are glued to the name: `Author` before a link.
    const isGlued = linked.length > 0 && !read?.some(({ name }) => linked.some((one) => one.name === name));
    if (isGlued) return linked;
    if (read !== undefined)
      return read.map((byline) => ({ ...byline, ...linked.find(({ name }) => name === byline.name) }));
    const name = personName(words);
    if (name !== undefined) return [{ name }];
  }
  return [];
}

function linkedName(link: Element): ImportedByline {
  const url = webUrl(attribute(link, "href"));
  const [{ name } = { name: wordsIn(link) }] = bylinesIn(wordsIn(link));
  return { name, ...omitUndefined({ url }) };
}
