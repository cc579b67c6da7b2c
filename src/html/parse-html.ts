// HTML -> parse5's tree, within bounds. Trees are walked recursively, and a parser opens formatting that was never closed
// anew in every block: without bounds the stack, or memory, would end first, and elsewhere than in the Worker.

import {
  type DefaultTreeAdapterMap,
  defaultTreeAdapter,
  html,
  parseFragment,
  type TreeAdapter,
} from "parse5";

/** How deep elements may stand in each other: real articles stay below 50, and the Worker's stack holds ~1,800. */
const MAX_DEPTH = 200;

const TOO_DEEP = `is nested more than ${MAX_DEPTH} deep: take elements out of each other`;

// A tag takes three characters, and real articles take ten for an element. What few characters open is no danger.
const FREE_ELEMENTS = 1_000;

/** HTML that goes beyond the bounds; its message ends the sentence "The body …". */
export class TooMuchMarkup extends RangeError {
  /** 1-based line of the file, where that is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

// Where a body will stand. By itself parse5 parses as if in a `template`, where a part of a table may stand without one.
const PLACE = defaultTreeAdapter.createElement("div", html.NS.HTML, []);

/** A fragment, parsed as for readers without scripts. @throws TooMuchMarkup */
export const parseBounded = (source: string): DefaultTreeAdapterMap["documentFragment"] =>
  parseFragment(PLACE, source, { scriptingEnabled: false, treeAdapter: boundedFor(source) });

/** Returns where `source` may be parsed by others too, a fragment or a whole page. @throws TooMuchMarkup */
export const checkBounds = (source: string): void => void parseBounded(source);

function boundedFor(source: string): TreeAdapter<DefaultTreeAdapterMap> {
  const most = FREE_ELEMENTS + source.length / 3;
  // The fragment's own root is opened first.
  let depth = -1;
  let opened = 0;
  return {
    ...defaultTreeAdapter,
    onItemPush() {
      if (++depth > MAX_DEPTH) throw new TooMuchMarkup(TOO_DEEP);
      if (++opened > most) {
        throw new TooMuchMarkup(
          "opens elements such as <b>, <i> or <a> thousands of times without closing them: close each where it ends",
        );
      }
    },
    onItemPop() {
      depth--;
    },
  };
}
