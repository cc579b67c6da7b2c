// Whether an article was public where it comes from. Systems say so by a status, a flag for drafts, the kind
// of page, or the item that it replies to. What wasn't public becomes a draft here, or is left out.

import { plural } from "../lib/text.ts";
import type { ImportedArticle } from "./importer.ts";

/** An item that wasn't public: it becomes a draft, or is left out if it is no article (any more). */
export type HeldBack =
  /** `why` is a clause about “it”: `it is a draft where it comes from`. */
  | { readonly as: "draft"; readonly why: string }
  /** `what` is one of those that are left out, for counting: `comment`. */
  | { readonly as: "left out"; readonly what: string; readonly why: string };

/** The kinds of signs, with each what the source says for it. */
export type Signs = ReadonlyMap<Sign, readonly string[]>;

/**
 * What a sign is about. `kind` and `own status` are those of a system that is known, where only its own words
 * mean a public article; `type` and `status` may mean anything, and only words that can't be mistaken count.
 */
export type Sign = keyof typeof NAMES | "kind" | "own status";

// As they are written without case, prefix and separators. CMSs call one thing `draft`, `is_draft`,
// `isDraft`, `post-status` …
const NAMES = {
  status: "status|state|stage|statut|etat|estado|stato|zustand|tila|durum|stav|stan",
  visibility:
    "visibility|access|accessrights|privacy|audience|readership|sichtbarkeit|visibilite|visibilidad|visibilita|visibilidade|zichtbaarheid|synlighet|synlighed",
  draft: "draft|entwurf|brouillon|borrador|bozza|rascunho|concept|kladde|utkast|luonnos|szkic|koncept|taslak",
  private:
    "private|hidden|invisible|unlisted|unpublished|(?:not|non)(?:published|public)|blocked|ghosted|embargoed|internal|(?:password)?protected|confidential|restricted|scheduled|pending|suspended|quarantined|spam|(?:members?|subscribers?|followers?|friends|staff)only",
  public:
    "published|public|visible|listed|approved|veroffentlicht|veroeffentlicht|publie|publicado|pubblicato|gepubliceerd|publicerad",
  gone: "trash|trashed|deleted|removed",
  password: "password",
  reply: "inreplyto",
  type: "type|kind",
} as const;
const KINDS = Object.keys(NAMES) as (keyof typeof NAMES)[];

const BEFORE =
  "(?:is|has|was)?(?:in)?(?:wp|app|cms|post|article|entry|item|story|content|node|page|doc|document|record|object|blog|news|draft|publish|published|publishing|publication|public|publicly|workflow|moderation|review|editorial|approval|creativework|current){0,3}";
const AFTER = "(?:post|article|entry|item|page|flag|value|code|name|label|text|type|level|mode|slug)?";
const SIGN = new RegExp(
  `^${BEFORE}(?:${Object.entries(NAMES)
    .map(([sign, names]) => `(?<${sign}>${names})`)
    .join("|")})${AFTER}$`,
);
const LONGEST_NAME_CHARACTERS = 60;

/** What a name without its prefix is a sign of; undefined for none. */
export function signOf(name: string): keyof typeof NAMES | undefined {
  if (name.length > LONGEST_NAME_CHARACTERS) return undefined;
  const groups =
    SIGN.exec(
      name
        .normalize("NFD")
        .toLowerCase()
        .replace(/[^a-z]/g, ""),
    )?.groups ?? {};
  return KINDS.find((sign) => groups[sign] !== undefined);
}

/** Collects signs. */
export function collectSigns(): { readonly signs: Signs; readonly add: (sign: Sign, value: string) => void } {
  const signs = new Map<Sign, string[]>();
  return {
    signs,
    add: (sign, value) => {
      const values = signs.get(sign) ?? [];
      if (values.length < MOST_VALUES) signs.set(sign, [...values, value]);
    },
  };
}

const MOST_VALUES = 100;

/** Reads the signs of one item; undefined for what is public. */
export function heldBackBy(signs: Signs): HeldBack | undefined {
  const says = (sign: Sign, words: RegExp) =>
    (signs.get(sign) ?? []).find((value) => words.test(plain(value)));
  const isGiven = (sign: Sign) =>
    (signs.get(sign) ?? []).some((value) => value.trim() !== "" && !NO.test(plain(value)));
  const draft: HeldBack = { as: "draft", why: "it is a draft where it comes from" };
  for (const kind of signs.get("kind") ?? []) {
    const [what, why] = LEFT_OUT.get(plain(kind)) ?? [];
    if (what !== undefined && why !== undefined) return { as: "left out", what, why };
  }
  if (isGiven("reply") || says("type", /^comment$/) !== undefined)
    return { as: "left out", what: "comment", why: COMMENT };
  const status = says("own status", NOT_LIVE) ?? says("status", NOT_PUBLIC);
  if (isGiven("gone") || [status, ...(signs.get("status") ?? [])].some(isTrash))
    return { as: "left out", what: "trashed item", why: "it was thrown away" };
  if (says("draft", YES) !== undefined || (says("kind", /^draft$/) ?? says("type", /^draft$/)) !== undefined)
    return draft;
  if (status !== undefined) return { as: "draft", why: `its status is “${shown(status)}”` };
  const visibility = says("visibility", NOT_PUBLIC);
  if (visibility !== undefined) return { as: "draft", why: `only some could read it (${shown(visibility)})` };
  if (says("private", YES) !== undefined) return { as: "draft", why: "it is private where it comes from" };
  if (says("public", NO) !== undefined) return { as: "draft", why: "it isn't published where it comes from" };
  if (isGiven("password")) return { as: "draft", why: "it has a password" };
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
const LEFT_OUT: ReadonlyMap<string, readonly [what: string, why: string]> = new Map([
  ["comment", ["comment", COMMENT]],
  ["page", ["page", NO_ARTICLE]],
  ["template", ["template", "it is how the pages look"]],
  ["settings", ["setting", "it is how the site is set up"]],
]);

const words = (...lists: readonly string[]): RegExp => new RegExp(`^(?:${lists.join("|")})$`);

// Values as `plain` has them.
const GONE = "trash|trashed|softtrashed|deleted|softdeleted|removed|bin";
const TRASH = words(GONE);
const NOT_PUBLIC = words(
  GONE,
  "(?:auto)?draft|drafted|drafts|wip|workinprogress|inprogress|incomplete|unfinished|submitted",
  "entwurf|brouillon|borrador|bozza|rascunho|concept|kladde|utkast|luonnos|szkic|koncept|návrh|vázlat|ciornă|taslak|nacrt|esborrany",
  "черновик|чернетка|чернова|πρόχειρο|טיוטה|مسودة|پیشنویس|草稿|下書き|초안|임시저장|ร่าง|nháp|bảnnháp|draf|konsep|privat|privé|privée|privado|privada|privato|privata|privé|prywatny|özel|приватный|личное|非公開|私密|비공개",
  "pending|pending(?:review|approval|moderation)|(?:in|under|awaiting|needs|for)?(?:review|moderation|approval)|moderated|unapproved|(?:not|un)approved",
  "private|privatelypublished|personal|secret|confidential|restricted|internal|staff|protected|password|passwordprotected",
  "hidden|invisible|unlisted|unpublished|notpublished|(?:non|not)public|inactive|disabled|offline|onhold|held|hold|withheld|suspended",
  "scheduled|future|queued|embargo|embargoed",
  "members?|membersonly|paid|paidmembers|tiers|subscribers?|subscribersonly|followers?|followersonly|friends|friendsonly|onlyme|me|self|owner|registered|loggedin",
  "blocked|ghosted|shadowbanned|banned|quarantined|flagged|spam|rejected|refused|declined|denied|withdrawn|retracted|revoked|archived?|expired",
);
// The words of Blogger and WordPress for public; every other status is not public.
const NOT_LIVE = /^(?!(?:live|publish|published|inherit)?$)./;
const YES = /^(?:yes|true|1|y|t|on|draft|private|hidden|ja|oui|si|sí|sì|sim|tak|ano|да|так|evet|kyllä)$/;
const NO = /^(?:no|false|0|n|f|off|nein|non|não|nao|nee|nej|nie|ne|нет|ні|hayır|ei)$/;

const isTrash = (value: string | undefined): boolean => value !== undefined && TRASH.test(plain(value));

const shown = (value: string): string => lastPart(value).slice(0, NAME_CHARACTERS);
const NAME_CHARACTERS = 80;

/** A value without case and separators: `Soft_trashed`, `pending review`. */
const plain = (value: string): string => lastPart(value).replace(/[^\p{L}\p{N}]/gu, "");

// Those of schema.org and Google are addresses: `https://schema.org/Draft`, `…/g/2005#event.private`.
function lastPart(value: string): string {
  const written = value.trim().toLowerCase();
  return /\s/.test(written) ? written : written.replace(/^.*[/#:.](?=[^/#:.])/, "");
}
