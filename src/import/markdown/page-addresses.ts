// The addresses that a site's pages had, and which file a tag or a link names.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { SourceDate } from "../importer.ts";
import type { JsonObject } from "../parse-json.ts";
import type { Generator } from "./generators.ts";
import { permalinkOf } from "./permalinks.ts";
import type { MarkdownSite, NamedFile, Page } from "./site.ts";
import { asText, textField } from "./values.ts";

/** Year, month, day, hour, minute and second in the site's zone. */
function dateParts(date: SourceDate | undefined, zone: string | undefined): readonly string[] | undefined {
  if (date === undefined || date.kind === "unclear") return undefined;
  const written = date.kind === "instant" && zone !== undefined ? inWords(date.value, zone) : date.value;
  return /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}):?(\d{2})?)?/.exec(written)?.slice(1);
}

function inWords(instant: string, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "medium", timeZone }).format(
      new Date(instant),
    );
  } catch {
    // No zone has that name.
    return instant;
  }
}

export function addressOf(
  page: Page,
  { generator, settings }: MarkdownSite,
  fields: JsonObject,
): string | undefined {
  const { front, named, published, zone } = page;
  const parts = {
    ...named,
    path: generator.name === "Hugo" ? named.path.toLowerCase() : named.path,
    slug: front.slug,
    title: front.article.headline,
    categories: front.categories,
    date: dateParts(published, zone),
  };
  const base = baseOf(settings).path;
  const own =
    front.permalink ??
    (generator.name === "Gatsby" || generator.name === "Astro" ? front.slug && `/${front.slug}/` : undefined);
  if (own !== undefined) {
    if (/^https?:/i.test(own)) return own;
    const filled = permalinkOf(own, parts);
    return filled === undefined ? undefined : base + filled;
  }
  const pattern = patternFor(named, generator, settings, fields);
  if (pattern === "") return undefined;
  const path =
    front.slug !== undefined && pattern.includes(":path")
      ? { ...parts, path: parts.path.replace(/[^/]*$/, front.slug) }
      : parts;
  const filled = permalinkOf(pattern, path);
  return filled === undefined ? undefined : base + filled;
}

function patternFor(
  { path }: NamedFile,
  { name, permalink }: Generator,
  settings: JsonObject,
  fields: JsonObject,
): string {
  if (name === "Jekyll" || name === "Hexo")
    return textField(settings, ["permalink"]) ?? asText(fields.permalink) ?? permalink;
  if (name !== "Hugo") return permalink;
  const section = path.split("/")[0] ?? "";
  const set = textField(settings, [`permalinks.page.${section}`, `permalinks.${section}`]);
  // Hugo's `:title` is the headline, and `:slug` that too where there is none.
  return set?.replace(/:title\b/g, ":post_title") ?? permalink;
}

/** The site's address, and the path in which it was. */
export function baseOf(settings: JsonObject): { readonly origin?: string; readonly path: string } {
  const url = textField(settings, ["url", "baseURL", "site", "siteUrl", "siteMetadata.siteUrl"]);
  const at = url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  const folder =
    textField(settings, ["baseurl_path", "root", "base", "pathPrefix"]) ??
    (url !== undefined && settings.url !== undefined ? textField(settings, ["baseurl"]) : undefined);
  const path = `${at?.pathname ?? ""}/${folder !== undefined && !/^https?:/i.test(folder) ? folder : ""}`
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return { ...omitUndefined({ origin: at?.origin }), path };
}

/** Addresses by every way in which a tag or a link may name the file. */
export function addressesByFile(pages: readonly Page[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { file, named, address } of pages) {
    if (address === undefined) continue;
    const withoutEnding = file.path.replace(/\.\w+$/, "");
    const stem = withoutEnding.replace(/^.*\//, "");
    const names = [
      file.path,
      withoutEnding,
      withoutEnding.replace(/\/index$/, ""),
      stem,
      named.path,
      named.name,
    ];
    for (const name of names)
      if (name !== "" && name !== "index" && !found.has(name)) found.set(name, address);
  }
  return found;
}

/** Finds a file of the site as `from` names it: from the root, from its folder, or by its name alone. */
export function finder(byFile: ReadonlyMap<string, string>, from: string, generator: Generator) {
  return (written: string): string | undefined => {
    const [, name = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(written.trim()) ?? [];
    const folder = from.replace(/[^/]*$/, "");
    const paths = [
      new URL(name, `https://site.invalid/${folder}`).pathname,
      new URL(`/${name}`, "https://site.invalid").pathname,
    ]
      .map((path) => decoded(path).replace(/^\/+|\/+$/g, ""))
      .flatMap((path) => [path, path.replace(/\.\w+$/, ""), path.replace(generator.base, "")]);
    const found = [...paths, name.replace(/^\/+|\/+$/g, "")]
      .map((path) => byFile.get(path))
      .find((address) => address !== undefined);
    return found === undefined ? undefined : found + rest;
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
