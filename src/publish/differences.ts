// What differs between a stored article and one that was sent, field by field, for the person who decides between them.

import type { StoredArticle } from "../article/article.ts";
import { wordsOfBody } from "../article/body.ts";
import type { Problem } from "../lib/problem.ts";
import type { Html } from "../lib/text.ts";

const SHOWN_CHARACTERS = 80;
/** Fields that follow from the others, or from the address. */
const DERIVED: ReadonlySet<string> = new Set(["id", "slug", "excerpt"]);

/** Each field of `stored` that isn't as in `sent`, with what it holds; paths are those of what was sent. Empty for equals. */
export function differences(stored: StoredArticle, sent: StoredArticle): readonly Problem[] {
  const here: Readonly<Record<string, unknown>> = { ...stored };
  const there: Readonly<Record<string, unknown>> = { ...sent };
  const fields = new Set([...Object.keys(there), ...Object.keys(here)]);
  return [...fields]
    .filter((field) => !DERIVED.has(field) && JSON.stringify(here[field]) !== JSON.stringify(there[field]))
    .map((field) =>
      field === "body"
        ? { path: "body.html", message: bodyDifference(stored.body, sent.body) }
        : { path: field, message: holds(here[field]) },
    );
}

function holds(value: unknown): string {
  if (value === undefined) return "is not stored";
  if (Array.isArray(value) && value.every((each) => typeof each === "string"))
    return value.length === 0 ? "is stored as an empty list" : `is stored as ${quoted(value.join(", "))}`;
  if (typeof value === "object") return "is stored with other contents";
  return `is stored as ${typeof value === "string" ? quoted(value) : String(value)}`;
}

/** From the first word on that differs. */
function bodyDifference(stored: Html, sent: Html): string {
  const [here, there] = [wordsOfBody(stored), wordsOfBody(sent)];
  const first = here.findIndex((word, index) => word !== there[index]);
  if (first === -1)
    return here.length < there.length ? "is stored without its end" : "is stored with other markup";
  return `is stored with ${quoted(here.slice(Math.max(0, first - 2)).join(" "))}`;
}

const quoted = (value: string): string =>
  `“${value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS).trimEnd()}…` : value}”`;
