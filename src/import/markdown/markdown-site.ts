// A site's Markdown -> its articles: fields from front matter, the file's name, the folder and the settings;
// the text with its tags expanded.

import { omitUndefined, someOf } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { inZone } from "../../lib/wall-clock.ts";
import type { Explained, Imported, ImportedArticle, ImportedImage, SourceDate } from "../importer.ts";
import { normalizeHtml, resolveFrom, textOfHtml } from "../normalize-html.ts";
import type { JsonObject } from "../parse-json.ts";
import { countedAndNamed, HELD_BACK } from "../visibility.ts";
import { type FrontMatter, readFrontMatter } from "./fields.ts";
import { readMarkdownFile } from "./front-matter.ts";
import { type Generator, NO_GENERATOR } from "./generators.ts";
import { addressesByFile, addressOf, baseOf, finder } from "./page-addresses.ts";
import { expandTags } from "./shortcodes.ts";
import { type MarkdownSite, namedFile, type Page, type SiteFile } from "./site.ts";
import { asText, field, textField } from "./values.ts";

/** What the machine knows, and this doesn't. */
export interface Surroundings {
  /** Markdown as HTML. @throws Error, for what can't be read; its message says why. */
  readonly toHtml: (markdown: string) => string;
  /** The file of a picture as the Markdown file at `path` names it, from the site's folder; undefined for none. */
  readonly pictureOf: (path: string, address: string) => string | undefined;
  /** Pictures in a post's own folder by which a generator knows its cover. */
  readonly coverIn: (path: string) => string | undefined;
  /** RFC 3339. */
  readonly now: string;
}

/** Reads the files of a site; gives what each holds, in their order. */
export function readMarkdownSite(
  files: readonly SiteFile[],
  site: MarkdownSite,
  surroundings: Surroundings,
): readonly Imported[] {
  const read = files.map((file) => pageOf(file, site));
  const pages = read.flatMap((one) => ("page" in one ? [one.page] : []));
  const byFile = addressesByFile(pages);
  return read.map((one) => {
    if (!("page" in one)) return { articles: [], problems: one.problems, explained: [] };
    const { page } = one;
    const what = notAnArticle(page, site);
    if (what !== undefined) {
      const explained: Explained = {
        text: countedAndNamed([page.front.article.headline ?? page.file.path], what[0]),
        as: "left out",
        why: what[1],
      };
      return { articles: [], problems: [], explained: [explained] };
    }
    return articleOf(page, site, surroundings, byFile);
  });
}

function pageOf(
  file: SiteFile,
  site: MarkdownSite,
): { readonly page: Page } | { readonly problems: readonly Problem[] } {
  const markdown = readMarkdownFile(file.content);
  if (!markdown.ok)
    return {
      problems: markdown.problems.map((problem) => ({
        ...problem,
        path: problem.line === undefined ? "" : `line ${problem.line}:`,
      })),
    };
  const { generator, settings } = site;
  const split = generator.name === "Jekyll" ? /\s+/ : /,/;
  const fields = { ...site.defaultsOf(file.path), ...markdown.value.fields };
  const front = readFrontMatter(fields, site.people, split);
  const named = namedFile(file.path, generator);
  const zone = textField(settings, ["timezone", "timeZone"]) ?? generator.zone;
  const written = front.article.published;
  const published = written !== undefined && written.kind !== "unclear" ? written : (named.date ?? written);
  const categories = [...named.categories, ...front.categories];
  const page = { file, markdown: markdown.value, front, named, published, zone };
  const address = addressOf({ ...page, front: { ...front, categories } }, site, fields);
  return { page: { ...page, ...omitUndefined({ address }) } };
}

/** Why a file is no article: what it is, and why that is left out. */
function notAnArticle(
  { file, front, published, markdown }: Page,
  { generator }: MarkdownSite,
): readonly [string, string] | undefined {
  if (front.article.headline === undefined && published === undefined && markdown.text.trim() === "")
    return ["empty file", "there is nothing in it"];
  if (/(?:^|\/)_index(?:\.[\w-]+)?\.\w+$/.test(file.path))
    return ["list of posts", "only posts are articles"];
  const isPost = /(?:^|\/)_(?:posts|drafts)\//.test(file.path);
  return generator !== NO_GENERATOR && !isPost && published === undefined
    ? ["page without a date", "only posts are articles"]
    : undefined;
}

// Articles.

function articleOf(
  page: Page,
  site: MarkdownSite,
  surroundings: Surroundings,
  byFile: ReadonlyMap<string, string>,
): Imported {
  const { file, markdown, front, named, published, zone, address } = page;
  const { generator, settings } = site;
  const { origin, path: base } = baseOf(settings);
  const notes = [...front.notes];
  const unknown = new Map<string, number>();
  const find = finder(byFile, file.path, generator);
  const tags = {
    addressOf: find,
    variable: (name: string) => variableOf(name, settings, front),
    onUnknown: (tag: string) => void unknown.set(tag, (unknown.get(tag) ?? 0) + 1),
  };
  const expanded = expandTags(
    withoutTitle(markdown.text, front.article.headline),
    tags,
    file.path.endsWith(".mdx"),
  );
  const namesOf = (isComponent: boolean) =>
    Array.from(unknown)
      .filter(([name]) => name.startsWith("<") === isComponent)
      .map(([name, count]) => (count > 1 ? `${name} (${count} times)` : name))
      .join(", ")
      .slice(0, 1000);
  const [tagNames, components] = [namesOf(false), namesOf(true)];
  if (tagNames !== "")
    notes.push(`tags stay in the text as they stand, as nothing says what they show: ${tagNames}`);
  if (components !== "")
    notes.push(`components are left out, and only the text in them stays: ${components}`);
  const onTheWeb = new Set<string>();
  const picture = (written: string): string => {
    const path =
      origin !== undefined && written.startsWith(`${origin}/`) ? written.slice(origin.length) : written;
    const own = [path, ...(path.startsWith(`${base}/`) ? [path.slice(base.length)] : [])]
      .map((one) => surroundings.pictureOf(file.path, one))
      .find((found) => found !== undefined);
    if (own !== undefined || !path.startsWith("/") || path.startsWith("//") || origin === undefined)
      return own ?? written;
    onTheWeb.add(path);
    return new URL(path, origin).href;
  };
  const absolute = resolveFrom(undefined);
  const resolve = (written: string, kind: Parameters<typeof absolute>[1]) => {
    const plain = written.trim();
    if (kind === "file" && !/^data:/i.test(plain)) return absolute(picture(plain), kind);
    if (kind !== "link" || /^(?:https?:)?\/\/|^(?:mailto|tel|data):|^#/i.test(plain))
      return absolute(plain, kind);
    return inSite(find(plain) ?? plain, address, origin);
  };
  const problems: Problem[] = [];
  let html = "";
  let images: readonly ImportedImage[] = [];
  try {
    const source = file.path.endsWith(".html") ? expanded : surroundings.toHtml(expanded);
    const normalized = normalizeHtml(source, resolve);
    ({ html, images } = normalized);
    notes.push(...(normalized.notes ?? []));
    if (normalized.problem !== undefined)
      problems.push({ path: "", message: `its text ${normalized.problem}` });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    problems.push({ path: "", message: `its text ${error.message}` });
  }
  const cover = front.cover ?? coverFile(surroundings.coverIn(file.path));
  const lead = cover?.src === undefined ? undefined : { ...cover, src: picture(cover.src) };
  const known = images.find(({ src }) => src === lead?.src);
  const future = isAfter(published, zone, surroundings.now)
    ? `${generator.name} had not published it yet: its date is in the future`
    : undefined;
  const heldBack =
    front.held !== undefined || (generator.drafts?.test(file.path) ?? false) || future !== undefined;
  if (front.held === undefined && generator.drafts?.test(file.path))
    notes.unshift(`${HELD_BACK}it is in ${generator.name}'s folder of drafts`);
  if (future !== undefined) notes.unshift(HELD_BACK + future);
  const pageAddress =
    address === undefined
      ? undefined
      : origin === undefined || /^https?:/i.test(address)
        ? address
        : origin + address;
  const [section] = named.path.split("/");
  const folderSection =
    generator.name === "Hugo" &&
    named.path.includes("/") &&
    !/^(?:posts?|blog|articles?|news)$/i.test(section ?? "")
      ? [section ?? ""]
      : [];
  const sections = [...(front.article.sections ?? []), ...named.categories, ...folderSection];
  const { url: canonical, ...said } = front.article;
  const article: ImportedArticle = omitUndefined({
    ...said,
    item: front.article.headline ?? file.path,
    headline: front.article.headline ?? headingOf(markdown.text),
    slug: lastPart(front.slug) ?? (lastPart(address) || named.name || undefined),
    id: idOf(page, generator, pageAddress),
    published,
    timezone: zone,
    sections: someOf(sections),
    language:
      front.article.language ??
      named.language ??
      textField(settings, ["lang", "locale", "languageCode", "defaultContentLanguage"]) ??
      asText(field(settings, ["language"])),
    images: someOf(
      lead === undefined ? images : [{ ...known, ...lead }, ...images.filter((image) => image !== known)],
    ),
    url:
      canonical !== undefined && /^https?:/i.test(canonical) && canonical !== pageAddress
        ? canonical
        : undefined,
    oldAddresses:
      someOf([
        ...(pageAddress === undefined ? [] : [pageAddress]),
        ...front.aliases.map((alias) => aliasOf(alias, address, origin)),
      ]) ?? [],
    draft: heldBack || problems.length > 0 || undefined,
    body: { kind: "html" as const, html, isMarkdown: true },
    notes: someOf([
      ...notes,
      ...(onTheWeb.size > 0
        ? [`pictures that are not in the folder stay on the web: ${[...onTheWeb].join(", ").slice(0, 500)}`]
        : []),
    ]),
  });
  const explained: Explained[] = [
    {
      text: article.headline ?? "",
      as: "headline",
      why: front.article.headline === undefined ? "the text's first heading" : "title",
    },
    {
      text: published?.value ?? "none",
      as: "published",
      why:
        published === named.date && published !== undefined
          ? "the file's name"
          : `its fields${zone === undefined ? "" : `; ${generator.name} reads a time without a zone in ${zone}`}`,
    },
    { text: pageAddress ?? "unknown", as: "old address", why: `as ${generator.name} makes it` },
  ];
  return { names: origin === undefined ? [] : [origin], articles: [article], problems, explained };
}

const coverFile = (src: string | undefined): ImportedImage | undefined =>
  src === undefined ? undefined : { src };

/** The ids that the generators' feeds have: the page's address; Jekyll's without its ending. */
function idOf(
  { named, front, published, zone }: Page,
  { name }: Generator,
  page: string | undefined,
): string | undefined {
  if (page === undefined || !/^https?:/i.test(page)) return undefined;
  if (name !== "Jekyll" || published === undefined || zone === "") return page;
  return new URL(page).origin + new URL(page).pathname.replace(/[^/]*\/?$/, "") + (front.slug ?? named.name);
}

function variableOf(name: string, settings: JsonObject, { article, slug }: FrontMatter): string | undefined {
  const base = baseOf(settings);
  if (/^(?:site\.(?:baseurl|root)|base|pathPrefix)$/i.test(name)) return base.path;
  if (/^(?:site\.url|site\.baseURL)$/.test(name)) return base.origin ?? "";
  if (name === "page.title" || name === "title") return article.headline;
  if (name === "page.slug" || name === "slug") return slug;
  const [, key] = /^site\.([\w.]+)$/.exec(name) ?? [];
  return key === undefined ? undefined : textField(settings, [key]);
}

/** A link that is no file of the site, as it was on the page. */
function inSite(
  written: string,
  address: string | undefined,
  origin: string | undefined,
): string | undefined {
  if (address === undefined || /^[a-z][\w+.-]*:/i.test(written))
    return resolveFrom(undefined)(written, "link");
  const at = new URL(written, new URL(address, origin ?? "https://site.invalid"));
  return origin === undefined ? at.pathname + at.search + at.hash : at.href;
}

const aliasOf = (alias: string, address: string | undefined, origin: string | undefined): string => {
  const at = new URL(alias.trim(), new URL(address ?? "/", origin ?? "https://site.invalid"));
  return origin === undefined ? at.pathname : at.href;
};

/** True for a date after `now`. */
function isAfter(date: SourceDate | undefined, zone: string | undefined, now: string): boolean {
  if (date === undefined || date.kind === "unclear") return false;
  if (date.kind === "instant") return Date.parse(date.value) > Date.parse(now);
  try {
    return (
      Date.parse(inZone(date.kind === "day" ? `${date.value}T00:00:00` : date.value, zone ?? "UTC")) >
      Date.parse(now)
    );
  } catch {
    // No zone has that name.
    return false;
  }
}

const lastPart = (address: string | undefined): string | undefined =>
  address
    ?.replace(/(?:\/index)?\.html?$|\/+$/gi, "")
    .split("/")
    .at(-1) || undefined;

const HEADING = /^\s*#[ \t]+([^\n]+?)[ \t#]*(?:\n|$)/;

const headingOf = (text: string): string | undefined => textOfHtml(HEADING.exec(text)?.[1]);

/** The text without a first heading that repeats the headline, or is it. */
function withoutTitle(text: string, headline: string | undefined): string {
  const [heading] = HEADING.exec(text) ?? [];
  if (heading === undefined) return text;
  return headline === undefined || headingOf(text) === headline ? text.slice(heading.length) : text;
}
