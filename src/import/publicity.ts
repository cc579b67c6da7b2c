// Whether an article was public where it comes from. Each system marks it in its own way: by a status, by a mark of drafts, by the
// kind of page, by what it is a reply to. What wasn't public becomes a draft here, or is left out.

import { plural } from "../model/text.ts";
import type { ImportedArticle } from "./imported.ts";

/** What a source says that isn't for everybody: kept as a draft, or, where it is no article (any more), left out. */
export type HeldBack =
  /** `why` is a clause about “it”: `it is a draft where it comes from`. */
  | { readonly as: "draft"; readonly why: string }
  /** `what` is one of those that are left out, for counting: `comment`. */
  | { readonly as: "left out"; readonly what: string; readonly why: string };

/** Names of signs, lower case, without prefix; with each what the source says for it. */
export type Signs = ReadonlyMap<string, readonly string[]>;

/** Reads the signs of one item; undefined for what is public. */
export function heldBackBy(signs: Signs): HeldBack | undefined {
  const says = (names: readonly string[], words: RegExp) =>
    names.flatMap((name) => signs.get(name) ?? []).find((value) => words.test(plain(value)));
  for (const kind of signs.get("kind") ?? []) {
    const [what, why] = LEFT_OUT[plain(kind)] ?? [];
    if (what !== undefined && why !== undefined) return { as: "left out", what, why };
    if (plain(kind) === "draft") return { as: "draft", why: "it is a draft where it comes from" };
  }
  if (signs.has("in-reply-to")) return { as: "left out", what: "comment", why: COMMENT };
  if (says(["trashed", "deleted"], GIVEN) !== undefined || says(STATUS, TRASH) !== undefined)
    return { as: "left out", what: "trashed item", why: "it was thrown away" };
  if (says(["draft"], YES) !== undefined) return { as: "draft", why: "it is a draft where it comes from" };
  const status = says(STATUS, NOT_PUBLIC);
  if (status !== undefined) return { as: "draft", why: `its status is “${plain(status)}”` };
  const visibility = says(VISIBILITY, NOT_PUBLIC);
  if (visibility !== undefined) return { as: "draft", why: `only some could read it (${plain(visibility)})` };
  if (says(["private", "hidden", "unlisted"], YES) !== undefined)
    return { as: "draft", why: "it is private where it comes from" };
  if (says(["published", "public", "is_published", "ispublished"], NO) !== undefined)
    return { as: "draft", why: "it isn't published where it comes from" };
  if (says(["password", "post_password"], GIVEN) !== undefined)
    return { as: "draft", why: "it has a password" };
  return undefined;
}

/** How the note starts that says why an article was never public. */
export const HELD_BACK = "is a draft here: ";

/** The article as a draft, with a note on why. */
export const asDraft = (article: ImportedArticle, why: string): ImportedArticle => ({
  ...article,
  draft: true,
  notes: [HELD_BACK + why, ...(article.notes ?? [])],
});

const NAMES_TOLD = 5;

/** `7 comments: “I liked this”, “So did I”, …`. */
export function countedAndNamed(names: readonly string[], what: string): string {
  const told = names.filter((name) => name !== "").slice(0, NAMES_TOLD);
  const more = names.length > told.length && told.length > 0 ? ", …" : "";
  return [plural(names.length, what), told.map((name) => `“${name}”`).join(", ") + more]
    .filter(Boolean)
    .join(": ");
}

const COMMENT = "an article has none";
const NO_ARTICLE = "only posts are articles";
const LEFT_OUT: Readonly<Record<string, readonly [what: string, why: string]>> = {
  comment: ["comment", COMMENT],
  page: ["page", NO_ARTICLE],
  template: ["template", "it is how the pages look"],
  settings: ["setting", "it is how the site is set up"],
};

const STATUS = ["status", "post_status", "post-status", "creativeworkstatus", "article:status", "state"];
const VISIBILITY = ["visibility", "access", "privacy"];
const TRASH = /^(?:soft[-_ ]?)?(?:trash|trashed|deleted|removed)$/;
const NOT_PUBLIC =
  /^(?:auto[-_ ]?)?(?:draft|drafted|pending|pending[-_ ]review|in[-_ ]?review|review|private|privately[-_ ]published|scheduled|future|queued|unpublished|not[-_ ]published|hidden|unlisted|inactive|incomplete|protected|password|members|members[-_ ]only|paid|tiers|subscribers|followers|staff|internal)$/;
const YES = /^(?:yes|true|1|y|on)$/;
const NO = /^(?:no|false|0|n|off)$/;
const GIVEN = /^(?!(?:no|false|0)$)./;

// schema.org's are addresses.
const plain = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?schema\.org\//, "");
