// The name of an article in its page's address.

const EXTENSION = /\.(?:s?html?|php\d?|aspx?|jsp)$/i;
const NO_SLUGS = new Set(["index", "default", "home"]);

/** What an address calls an article: its last part, if that is a name; undefined for `?p=12` and `index.html`. */
export function slugIn(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const segments = new URL(link).pathname.split("/").filter((segment) => segment !== "");
  const name = segments.at(-1)?.replace(EXTENSION, "");
  if (name === undefined || NO_SLUGS.has(name.toLowerCase())) return undefined;
  const slug = decoded(name);
  return slug !== undefined && /^[\p{L}\p{M}\p{N}]+(?:[-_][\p{L}\p{M}\p{N}]+)*$/u.test(slug)
    ? slug
    : undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % is no name of anything.
    return undefined;
  }
}
