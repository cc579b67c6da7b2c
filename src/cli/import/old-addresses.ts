// The addresses that imported articles had: links between the articles are turned to their new ones, and
// redirects.txt gets a line for each.

import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import { REDIRECTS_FILE, type Redirects } from "../../content/redirects.ts";
import type { ImportedArticle } from "../../import/importer.ts";
import { keyOf, keysFor, type OldAddress, oldAddress, oldAddressOf } from "../../lib/old-address.ts";
import { plural } from "../../lib/text.ts";

/** An article with the slug that it has here. */
export interface MovedArticle {
  readonly article: ImportedArticle;
  readonly slug: string;
}

/** Gives the path here that a link's address leads to; undefined where it leads to no imported article. */
export type NewAddress = (address: string) => string | undefined;

/** The addresses that an article had on this site, or on the site that moves here. */
function addressesOf({ oldAddresses, url }: ImportedArticle, site: Site | undefined): readonly string[] {
  if (oldAddresses !== undefined) return oldAddresses;
  return url !== undefined && site && hostOf(url) === hostOf(site.url) ? [url] : [];
}

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host.replace(/^www\./, "") : "";

/** The host and the address in it; without a host for a path. Undefined for what is neither. */
function split(address: string): { readonly host: string; readonly old: OldAddress } | undefined {
  if (/^\/(?![/\\])/.test(address)) return { host: "", old: oldAddressOf(address.replace(/#.*$/s, "")) };
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  return { host: hostOf(address), old: oldAddress(new URL(address)) };
}

/** Knows the new addresses of `articles`, and those that lines of redirects.txt lead to. */
export function newAddresses(
  articles: readonly MovedArticle[],
  redirects: Redirects,
  site: Site | undefined,
): NewAddress {
  const known = new Map<string, string>();
  for (const [key, { to }] of redirects)
    if (to.startsWith("/articles/"))
      for (const host of ["", hostOf(site?.url ?? "")]) known.set(host + key, to);
  for (const { article, slug } of articles)
    for (const address of addressesOf(article, site)) {
      const { host = "", old } = split(address) ?? {};
      if (old && !isRoot(old)) known.set(host + keyOf(old), articlePath(slug));
    }
  return (address) => {
    const { host = "", old } = split(address) ?? {};
    const key = old && keysFor(old).find((one) => known.has(host + one));
    const path = key === undefined ? undefined : known.get(host + key);
    return path === undefined ? undefined : path + (/#.*$/s.exec(address)?.[0] ?? "");
  };
}

const isRoot = (old: OldAddress): boolean => keyOf(old) === "/";

const HREF = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** True where the article's text links to what has a new address. */
export function linksToMoved({ body }: ImportedArticle, newAddress: NewAddress): boolean {
  if (body.kind === "text") return false;
  return Array.from(body.html.matchAll(HREF)).some(([, double, single]) => {
    const written = (double ?? single ?? "").replaceAll("&amp;", "&").replaceAll("&#x26;", "&");
    return newAddress(resolved(written, body.base)) !== undefined;
  });
}

/** A link's address in full, where the text says where relative ones start. */
export const resolved = (address: string, base: string | undefined): string =>
  base !== undefined && URL.canParse(address, base) ? new URL(address, base).href : address;

/** The lines that redirects.txt lacks, and those of it that lead to an article which has another slug now. */
export function redirectChanges(
  articles: readonly MovedArticle[],
  redirects: Redirects,
  site: Site | undefined,
  slugs: ReadonlySet<string>,
): ReadonlyMap<string, { readonly from: string; readonly to: string; readonly replaces?: number }> {
  const changes = new Map<string, { from: string; to: string; replaces?: number }>();
  for (const { article, slug } of articles)
    for (const address of addressesOf(article, site)) {
      const { old } = split(address) ?? {};
      const to = articlePath(slug);
      if (!old || isRoot(old) || keyOf(old) === to || changes.has(keyOf(old))) continue;
      const from = writtenFrom(address);
      const there = redirects.get(keyOf(old));
      const isGone =
        there !== undefined && !slugs.has(/^\/articles\/([a-z0-9-]+)$/.exec(there.to)?.[1] ?? slug);
      if (there === undefined) changes.set(keyOf(old), { from, to });
      else if (isGone && there.to !== to)
        changes.set(keyOf(old), { from: there.from, to, replaces: there.line });
    }
  return changes;
}

/** The path with its query, without white space, which parts a line's addresses. */
function writtenFrom(address: string): string {
  const { pathname, search } = new URL(address, "https://site.invalid");
  return pathname + search;
}

const HEAD = `# Addresses of another system, and where they lead here: a line each, with white space between. The first that matches
# an address counts; \`npx wireroom check\` names lines that can't work. \`npm run deploy\` takes them to the Worker.
`;

/** Writes the changes into the file in `dir`, as a whole or not at all. Gives a sentence on what was done. */
export async function writeRedirects(
  dir: string,
  changes: ReturnType<typeof redirectChanges>,
  dryRun: boolean,
): Promise<string | undefined> {
  if (changes.size === 0) return undefined;
  const file = join(dir, REDIRECTS_FILE);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : HEAD.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const { from, to, replaces } of changes.values()) {
    const line = `${from}  ${to}`;
    if (replaces === undefined) lines.push(line);
    else lines[replaces - 1] = line;
  }
  const verb = dryRun ? "would lead" : changes.size === 1 ? "leads" : "lead";
  const what = `${plural(changes.size, "line")} of ${REDIRECTS_FILE} ${verb} from old addresses to these articles.`;
  if (dryRun) return what;
  const draft = join(dir, `.${REDIRECTS_FILE}.${process.pid}`);
  await writeFile(draft, `${lines.join("\n")}\n`);
  await rename(draft, file);
  return what;
}
