// The warnings that the clean-up collects about a body, and what it needs to know of that body.

import type { Element } from "hast";
import type { Warning, WarningCode } from "../article/warning.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { plural, t } from "../lib/translate.ts";

/** A warning about a body, with the line of its file if that is known. */
export interface BodyWarning extends Warning {
  readonly line?: number;
}

/** The warning about an article with nothing in it (`isEmptyArticle`). */
export const EMPTY_ARTICLE: BodyWarning = {
  code: "article-empty",
  path: "body.html",
  message: t(
    "has no text, and there is no picture: readers see a headline alone, and no partner gets the article",
  ),
};

/** A body may have thousands of different warnings: beyond so many they are only counted. */
const KIND_LIMIT = 100;

/** The warnings about one body. Equal ones are one, at the first place, with how often it applies. */
export class BodyWarnings {
  readonly #lineOf: (element: Element) => number | undefined;
  readonly #kinds = new Map<string, { readonly warning: BodyWarning; count: number }>();
  #unlisted = 0;

  /** `lineOf` gives the line of the file that an element is on. */
  constructor(lineOf: (element: Element) => number | undefined = () => undefined) {
    this.#lineOf = lineOf;
  }

  /** Adds a warning about `element`, or about what was in it. */
  add(code: WarningCode, message: string, element?: Element): void {
    const kind = `${code} ${message}`;
    const known = this.#kinds.get(kind);
    if (known) known.count++;
    else if (this.#kinds.size >= KIND_LIMIT) this.#unlisted++;
    else {
      const line = element && this.#lineOf(element);
      const warning = { code, path: "body.html", message, ...omitUndefined({ line }) };
      this.#kinds.set(kind, { warning, count: 1 });
    }
  }

  /** All warnings, in the order in which they were added. */
  all(): readonly BodyWarning[] {
    const listed = Array.from(this.#kinds.values(), ({ warning, count }) =>
      count === 1
        ? warning
        : {
            ...warning,
            message: plural(
              count,
              { one: "{message} ({count} time)", other: "{message} ({count} times)" },
              { message: warning.message },
            ),
          },
    );
    const last = listed.at(-1);
    if (this.#unlisted === 0 || !last) return listed;
    return [
      ...listed.slice(0, -1),
      {
        ...last,
        message: plural(
          this.#unlisted,
          {
            one: "{message}; {count} more is not listed",
            other: "{message}; {count} more are not listed",
          },
          { message: last.message },
        ),
      },
    ];
  }
}

/**
 * The full address that an address in a body stands for; undefined if nobody but the sender could open it. An
 * address that is resolved already comes back as it is.
 */
export type Resolve = (address: string, kind: "link" | "file") => string | undefined;

/** What the clean-up needs to know of the body that it normalises. */
export interface NormalizeContext {
  readonly resolve: Resolve;
  /** Collects what readers won't get. */
  readonly warnings: BodyWarnings;
  /** Hosts whose players stay. Undefined for an import, where `publish` decides that later: then all stay. */
  readonly iframeHosts?: readonly string[];
  /** True for the resolved address of a picture that the article lists, or that is stored here. */
  readonly isListed?: (address: string) => boolean;
}
