// A stored article and the site's settings -> the article that formats read.

import { absolute } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check, fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { slugField, slugify } from "../lib/text.ts";
import { t } from "../lib/translate.ts";
import type { Article, StoredArticle } from "./article.ts";
import { uriOf } from "./article-id.ts";
import { withSite } from "./body.ts";
import { type Byline, type BylineInput, bylineSchema, type Person } from "./byline.ts";
import type { Image, ImageInput } from "./image.ts";
import type { Site } from "./site.ts";

/** The page of an article on this site, without the site's address. */
export const articlePath = (slug: string): string => `/articles/${slug}`;

/**
 * Looks up people and the section, and makes addresses absolute. Fails on a person or section that `site`
 * hasn't.
 */
export function resolveArticle(stored: StoredArticle, site: Site): Result<Article> {
  const { article, problems } = resolveKnown(stored, site);
  return problems.length > 0 ? fail(...problems) : ok(article);
}

/**
 * The same without those people and that section which `site` hasn't, and what is wrong with them: a page
 * that was published must not go because a name was taken out of site.yaml.
 */
export function resolveKnown(
  stored: StoredArticle,
  site: Site,
): { readonly article: Article; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const bylines = stored.bylines.map((byline, index) => {
    const resolved = resolveByline(byline, site);
    if (resolved) return resolved;
    problems.push(unknownPerson(byline, index, site));
    return undefined;
  });
  const section =
    stored.section !== undefined && Object.hasOwn(site.sections, stored.section)
      ? site.sections[stored.section]
      : undefined;
  if (stored.section !== undefined && section === undefined) {
    problems.push(unknownSection(stored.section, site));
  }
  const article: Article = {
    id: stored.id,
    uri: uriOf(stored.id, site.tag),
    slug: stored.slug,
    url: stored.url ?? site.url + articlePath(stored.slug),
    headline: stored.headline,
    ...omitUndefined({ shortHeadline: stored.shortHeadline, dek: stored.dek }),
    summary: stored.dek ?? stored.excerpt,
    ...omitUndefined({
      section: section && stored.section ? { slug: stored.section, title: section.title } : undefined,
    }),
    tags: [...new Set(stored.tags)].map((name) => ({ slug: slugify(name), name })),
    language: stored.language ?? site.language,
    bylines: bylines.filter((byline) => byline !== undefined),
    ...omitUndefined({ dateline: stored.dateline }),
    published: stored.published,
    ...omitUndefined({ updated: stored.updated }),
    images: stored.images.map((image) => resolveImage(image, site)),
    body: withSite(stored.body, site.url),
    corrections: stored.corrections,
    ...omitUndefined({ rights: stored.rights }),
    syndicate: stored.syndicate,
    sponsored: stored.sponsored,
    priority: stored.priority ?? "normal",
  };
  return { article, problems };
}

/**
 * The problems with people and a section that `site` hasn't, in an article with other problems, as far as it
 * can be read. So all problems are reported at once.
 */
export function unknownNames(input: unknown, site: Site): readonly Problem[] {
  if (typeof input !== "object" || input === null) return [];
  const { bylines, section } = input as { readonly bylines?: unknown; readonly section?: unknown };
  const list: readonly unknown[] = Array.isArray(bylines) ? bylines : [];
  const people = list.flatMap((byline, index): Problem[] => {
    const checked = check(bylineSchema, byline);
    if (!checked.ok || resolveByline(checked.value, site)) return [];
    return [unknownPerson(checked.value, index, site)];
  });
  const known =
    typeof section !== "string" || Object.hasOwn(site.sections, section) || !check(slugField, section).ok;
  return known ? people : [...people, unknownSection(section, site)];
}

/** The key of a byline that names a person of `site.yaml`; undefined for one that is written out. */
export function personKey(byline: BylineInput): string | undefined {
  if (typeof byline === "string") return byline;
  return "person" in byline ? byline.person : undefined;
}

const unknownPerson = (byline: BylineInput, index: number, site: Site): Problem => ({
  path: typeof byline === "string" ? `bylines[${index}]` : `bylines[${index}].person`,
  message:
    t("{key} is not one of the people in site.yaml ({people})", {
      key: JSON.stringify(personKey(byline)),
      people: namesIn(site.people),
    }) + didYouMean(personKey(byline) ?? "", Object.keys(site.people)),
});

const unknownSection = (section: string, site: Site): Problem => ({
  path: "section",
  message:
    t("{section} is not a section in site.yaml ({sections})", {
      section: JSON.stringify(section),
      sections: namesIn(site.sections),
    }) + didYouMean(section, Object.keys(site.sections)),
});

const NAMES_LIMIT = 20;

function namesIn(record: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(record);
  const shown = names.slice(0, NAMES_LIMIT).join(", ") || t("none");
  return names.length > NAMES_LIMIT ? `${shown}, …` : shown;
}

/** The person of `site.yaml` with this key, if there is one. */
export function personOf(key: string, site: Site): Byline | undefined {
  const person = Object.hasOwn(site.people, key) ? site.people[key] : undefined;
  return person && { ...withAvatar(person, site), person: key };
}

function resolveByline(byline: BylineInput, site: Site): Byline | undefined {
  const key = personKey(byline);
  if (key === undefined) return withAvatar(byline as Person, site);
  const person = personOf(key, site);
  const role = typeof byline === "object" ? byline.role : undefined;
  return person && role ? { ...person, role } : person;
}

const withAvatar = (person: Person, site: Site): Person =>
  person.avatar === undefined ? person : { ...person, avatar: absolute(site.url, person.avatar) };

function resolveImage({ credit, ...image }: ImageInput, site: Site): Image {
  return {
    ...image,
    src: absolute(site.url, image.src),
    ...omitUndefined({ credit: typeof credit === "string" ? { name: credit } : credit }),
  };
}
