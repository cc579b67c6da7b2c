// A stored article and the site's settings -> the article that formats read.

import { absolute } from "./address.ts";
import { type Article, OWN_SITE, type StoredArticle } from "./article.ts";
import type { Byline, BylineInput, Person } from "./byline.ts";
import type { Image, ImageInput } from "./image.ts";
import { fail, ok, type Problem, type Result } from "./problem.ts";
import type { Site } from "./site.ts";
import { html, slugify } from "./text.ts";

/** The page of an article on this site, without the site's address. */
export const articlePath = (slug: string): string => `/articles/${slug}`;

/** Looks up people and the section, and makes addresses absolute. Fails on a person or section that `site` hasn't. */
export function resolveArticle(stored: StoredArticle, site: Site): Result<Article> {
  const { article, problems } = resolveKnown(stored, site);
  return problems.length > 0 ? fail(...problems) : ok(article);
}

/**
 * The same without those people and that section which `site` hasn't, and what is wrong with them: a page that was
 * published must not go because a name was taken out of site.yaml.
 */
export function resolveKnown(
  stored: StoredArticle,
  site: Site,
): { readonly article: Article; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const bylines = stored.bylines.map((byline, index) => {
    const resolved = resolveByline(byline, site);
    if (resolved) return resolved;
    const path = typeof byline === "string" ? `bylines[${index}]` : `bylines[${index}].person`;
    problems.push({
      path,
      message: `${JSON.stringify(personKey(byline))} is not one of the people in site.yaml`,
    });
    return undefined;
  });
  const section =
    stored.section !== undefined && Object.hasOwn(site.sections, stored.section)
      ? site.sections[stored.section]
      : undefined;
  if (stored.section !== undefined && section === undefined) {
    const known = Object.keys(site.sections).join(", ") || "none";
    problems.push({
      path: "section",
      message: `"${stored.section}" is not a section in site.yaml (${known})`,
    });
  }
  const article: Article = {
    id: stored.id,
    slug: stored.slug,
    url: stored.url ?? site.url + articlePath(stored.slug),
    headline: stored.headline,
    ...(stored.shortHeadline === undefined ? {} : { shortHeadline: stored.shortHeadline }),
    ...(stored.dek === undefined ? {} : { dek: stored.dek }),
    summary: stored.dek ?? stored.excerpt,
    ...(section && stored.section ? { section: { slug: stored.section, title: section.title } } : {}),
    tags: [...new Set(stored.tags)].map((name) => ({ slug: slugify(name), name })),
    language: stored.language ?? site.language,
    bylines: bylines.filter((byline) => byline !== undefined),
    ...(stored.dateline === undefined ? {} : { dateline: stored.dateline }),
    published: stored.published,
    ...(stored.updated === undefined ? {} : { updated: stored.updated }),
    images: stored.images.map((image) => resolveImage(image, site)),
    body: html(stored.body.replaceAll(OWN_SITE, site.url)),
    corrections: stored.corrections,
    ...(stored.rights === undefined ? {} : { rights: stored.rights }),
    syndicate: stored.syndicate,
    sponsored: stored.sponsored,
  };
  return { article, problems };
}

/** The slugs of an article's tags, each once. A tag without letters or digits has none, and so no feed. */
export const tagSlugs = ({ tags }: Pick<StoredArticle, "tags">): readonly string[] =>
  [...new Set(tags.map(slugify))].filter((slug) => slug !== "");

/** The key of a byline that names a person of `site.yaml`; undefined for one that is written out. */
export function personKey(byline: BylineInput): string | undefined {
  if (typeof byline === "string") return byline;
  return "person" in byline ? byline.person : undefined;
}

function resolveByline(byline: BylineInput, site: Site): Byline | undefined {
  const key = personKey(byline);
  if (key === undefined) return withAvatar(byline as Person, site);
  const person = Object.hasOwn(site.people, key) ? site.people[key] : undefined;
  if (!person) return undefined;
  const role = typeof byline === "object" ? byline.role : undefined;
  return { ...withAvatar(person, site), ...(role ? { role } : {}), person: key };
}

const withAvatar = (person: Person, site: Site): Person =>
  person.avatar === undefined ? person : { ...person, avatar: absolute(site.url, person.avatar) };

function resolveImage({ credit, ...image }: ImageInput, site: Site): Image {
  return {
    ...image,
    src: absolute(site.url, image.src),
    ...(credit === undefined ? {} : { credit: typeof credit === "string" ? { name: credit } : credit }),
  };
}
