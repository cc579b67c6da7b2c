// How a stored article differs from one that was sent, field by field, for the person who has to choose.

import type { StoredArticle } from "../article/article.ts";
import { wordsOfBody } from "../article/body.ts";
import type { Problem } from "../lib/problem.ts";
import type { Html } from "../lib/text.ts";

const SHOWN_CHARACTERS = 80;
/** Fields that are made from others, or from the address. */
const DERIVED: ReadonlySet<string> = new Set(["id", "slug", "excerpt"]);

/** Each field that differs, with its stored value; paths are those of a request. Empty if nothing differs. */
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

/** The stored body from the first word that differs, with two words before it. */
function bodyDifference(stored: Html, sent: Html): string {
  const [here, there] = [wordsOfBody(stored), wordsOfBody(sent)];
  const first = here.findIndex((word, index) => word !== there[index]);
  if (first === -1)
    return here.length < there.length ? "is stored without its end" : "is stored with other markup";
  return `is stored with ${quoted(here.slice(Math.max(0, first - 2)).join(" "))}`;
}

const quoted = (value: string): string =>
  `“${value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS).trimEnd()}…` : value}”`;
