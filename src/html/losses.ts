// Collects what the clean-up takes out of a body, so that whoever sent it is told.

import type { Element } from "hast";
import type { Warning, WarningCode } from "../article/warning.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";

/** A warning about a body, and the line of its file where that is known. */
export interface Loss extends Warning {
  readonly line?: number;
}

/** Said of an article with nothing in it (`isEmptyArticle`). */
export const EMPTY_ARTICLE: Loss = {
  code: "article-empty",
  path: "body.html",
  message:
    "has no text, and there is no picture: readers see a headline alone, and no partner gets the article",
};

/** A body may lose thousands of things: after so many kinds the rest is only counted. */
const KIND_LIMIT = 100;

/** The losses of one body: each kind once, where it stands first, with how often it stands there. */
export class Losses {
  readonly #lineOf: (element: Element) => number | undefined;
  readonly #kinds = new Map<string, { readonly loss: Loss; count: number }>();
  #others = 0;

  /** `lineOf` gives the line of the file that an element stands on. */
  constructor(lineOf: (element: Element) => number | undefined = () => undefined) {
    this.#lineOf = lineOf;
  }

  /** Notes a loss; `element` is what was lost, or what it stood in. */
  tell(code: WarningCode, message: string, element?: Element): void {
    const kind = `${code} ${message}`;
    const known = this.#kinds.get(kind);
    if (known) known.count++;
    else if (this.#kinds.size >= KIND_LIMIT) this.#others++;
    else {
      const line = element && this.#lineOf(element);
      const loss = { code, path: "body.html", message, ...omitUndefined({ line }) };
      this.#kinds.set(kind, { loss, count: 1 });
    }
  }

  /** Everything that was told, in its order. */
  all(): readonly Loss[] {
    const told = Array.from(this.#kinds.values(), ({ loss, count }) =>
      count === 1 ? loss : { ...loss, message: `${loss.message} (${count} times)` },
    );
    const last = told.at(-1);
    if (this.#others === 0 || !last) return told;
    return [
      ...told.slice(0, -1),
      { ...last, message: `${last.message}; ${this.#others} more are not listed` },
    ];
  }
}
