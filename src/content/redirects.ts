// `content/redirects.txt`: addresses of other systems, and where they lead, a line each:
// `/2019/05/harbour-vote/  /articles/harbour-vote`. For thousands of them: site.yaml has a place for a few.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import { webAddressField } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { keyOf, oldAddressOf } from "../lib/old-address.ts";
import { check, type Problem } from "../lib/problem.ts";
import { type Finding, findingIn } from "./finding.ts";
import { unreadable } from "./text-file.ts";

/** The file's name in the content folder. */
export const REDIRECTS_FILE = "redirects.txt";

/** One line. */
interface Redirect {
  /** A path, with its query if it has one, as it is written. */
  readonly from: string;
  /** A path on this site, or a web address. */
  readonly to: string;
  /** 1-based. */
  readonly line: number;
}

/** The lines by their keys (`lib/old-address.ts`). */
export type Redirects = ReadonlyMap<string, Redirect>;

// A hundred thousand lines.
const MAX_BYTES = 20_000_000;

/** Reads the file in `dir`. Without one there are no lines. */
export function readRedirects(dir: string): {
  readonly redirects: Redirects;
  readonly findings: readonly Finding[];
} {
  const file = join(dir, REDIRECTS_FILE);
  const error = findingIn(file)("error");
  if (!existsSync(file)) return { redirects: new Map(), findings: [] };
  try {
    if (statSync(file).size > MAX_BYTES) {
      const message = `is larger than ${MAX_BYTES / 1_000_000} MB: leave out the lines that nobody asks for any more`;
      return { redirects: new Map(), findings: [error({ path: "", message })] };
    }
    const { redirects, problems } = parseRedirects(readFileSync(file, "utf8"));
    return { redirects, findings: problems.map(error) };
  } catch (cause) {
    return { redirects: new Map(), findings: [error({ path: "", message: unreadable(cause) })] };
  }
}

/** Reads the file's text. Of two lines with one address the first counts. */
export function parseRedirects(text: string): {
  readonly redirects: Redirects;
  readonly problems: readonly Problem<string>[];
} {
  const redirects = new Map<string, Redirect>();
  const problems: Problem<string>[] = [];
  for (const [index, written] of text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    if (/^\s*(?:#|$)/.test(written)) continue;
    const read = readLine(written);
    if (typeof read === "string") {
      problems.push({ path: "", line, message: read });
      continue;
    }
    const key = keyOf(oldAddressOf(read.from));
    const first = redirects.get(key);
    if (first)
      problems.push({
        path: "",
        line,
        message: `redirects ${read.from} a second time: line ${first.line} does so`,
      });
    else redirects.set(key, { ...read, line });
  }
  return { redirects, problems };
}

/** A line's two addresses; what is wrong with it, where it hasn't got them. */
function readLine(written: string): Omit<Redirect, "line"> | string {
  const [from = "", to, ...others] = written.trim().split(/\s+/);
  if (!/^\/(?![/\\])/.test(from))
    return `must start with a path on this site, such as /2019/05/harbour-vote/, not ${JSON.stringify(from)}`;
  if (/\*|\/:[a-z]/i.test(from))
    return "has a pattern (* or :name), and only whole addresses can be redirected";
  if (to === undefined) return "has one address: behind it, write the one that it leads to";
  if (others.length > 0 && !/^(?:301|308|#.*)$/.test(others[0] ?? ""))
    return `has more than two addresses: write a space in an address as %20`;
  const target = check(webAddressField, to);
  return target.ok
    ? { from, to: target.value }
    : `leads to ${JSON.stringify(to)}, which ${target.problems[0]?.message}`;
}

/** What `check` says of lines that were read: loops, and addresses that don't exist or are never asked for. */
export function redirectFindings(
  dir: string,
  redirects: Redirects,
  { site, slugs }: { readonly site?: Site; readonly slugs: ReadonlySet<string> },
): readonly Finding[] {
  const at = findingIn(join(dir, REDIRECTS_FILE));
  const own = (to: string): string =>
    site && to.startsWith(`${site.url}/`) ? to.slice(site.url.length) : to;
  const next = (to: string): Redirect | undefined =>
    own(to).startsWith("/") ? redirects.get(keyOf(oldAddressOf(own(to)))) : undefined;
  let missing = 0;
  return Array.from(redirects, ([key, redirect]): readonly Finding[] => {
    const { from, to, line } = redirect;
    const warn = (message: string) => [at("warning")({ path: "", line, message })];
    if (site && Object.hasOwn(site.redirects, from))
      return warn(`is never asked for: redirects in site.yaml has ${from} already`);
    if (isLoop(redirect, next))
      return [
        at("error")({
          path: "",
          line,
          message: `leads ${from} to itself by way of ${to}: readers never arrive`,
        }),
      ];
    const slug = /^\/articles\/([a-z0-9-]+)$/.exec(key)?.[1];
    if (slug !== undefined && slugs.has(slug))
      return warn(`is never asked for: ${articlePath(slug)} is an article's own address`);
    if (/^\/\?/.test(key) && !/^\/\?(?:p|page_id|attachment_id|id)=\d+$/.test(key))
      return warn(`is never asked for, since / is the front page: put it in redirects of site.yaml`);
    const further = next(to);
    if (further)
      return warn(`leads to ${to}, which line ${further.line} leads on to ${further.to}: write that here`);
    const [, target] = /^\/articles\/([a-z0-9-]+)\/?(?:[?#]|$)/.exec(own(to)) ?? [];
    if (target !== undefined && !slugs.has(target)) {
      const near = ++missing <= MOST_SUGGESTIONS ? didYouMean(target, slugs) : "";
      return warn(`leads to ${articlePath(target)}, but there is no such article here${near}`);
    }
    return [];
  }).flat();
}

// Each compares all slugs.
const MOST_SUGGESTIONS = 50;
// Browsers give up after so many.
const MOST_HOPS = 20;

/** True for a line on a circle, on the way to one, or on a way that browsers don't follow to its end. */
function isLoop(start: Redirect, next: (to: string) => Redirect | undefined): boolean {
  let redirect: Redirect | undefined = start;
  for (let hops = 0; hops < MOST_HOPS && redirect; hops++) redirect = next(redirect.to);
  return redirect !== undefined;
}
