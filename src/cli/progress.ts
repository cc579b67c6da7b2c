// A command's output: result lines, warnings, and on a terminal a progress bar below them.

import { legal, withoutReordering } from "../lib/legal-text.ts";

const BAR_WIDTH = 24;

/** Where a command reports. */
export interface Output {
  /** Prints a result. */
  readonly say: (line: string) => void;
  /** Prints a warning or an error. */
  readonly warn: (line: string) => void;
  /** Shows that `done` of `total` steps are finished. */
  readonly progress: (done: number, total: number) => void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** Writes results to `out`, warnings and the bar to `err`; the bar only if `err` is a terminal. */
export function output(out: Stream, err: Stream): Output {
  let bar = "";
  const clear = () => {
    if (bar !== "") err.write(`\r${" ".repeat(bar.length)}\r`);
  };
  const line = (stream: Stream) => (text: string) => {
    clear();
    // Lines may contain other people's text. Control characters could change the terminal, and bidirectional
    // ones the order.
    stream.write(`${withoutReordering(legal(text))}\n`);
    if (bar !== "") err.write(bar);
  };
  return {
    say: line(out),
    warn: line(err),
    progress(done, total) {
      if (!err.isTTY) return;
      clear();
      bar = done >= total ? "" : barText(done, total);
      err.write(bar);
    },
  };
}

function barText(done: number, total: number): string {
  const filled = Math.floor((done / total) * BAR_WIDTH);
  return `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
}
