// What `wireroom pull` is asked for, and how it ends for one article.

/** What to pull, and how. */
export interface PullOptions {
  readonly dir: string;
  /** Slugs; empty for all articles that are out. Drafts are pulled only by name. */
  readonly slugs: readonly string[];
  /** They are edited in git from now on. */
  readonly giveBack?: boolean;
  /** Overwrite files that were changed since. */
  readonly force?: boolean;
}

/** How pulling one article ended. */
export type Outcome =
  | { readonly kind: "written" | "as before"; readonly file: string; readonly warnings: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

/** Nothing was written, for this reason. */
export const refused = (why: string): Outcome => ({ kind: "refused", why });
