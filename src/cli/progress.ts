// How far a command has come: one bar on a terminal, nothing elsewhere; lines said meanwhile stand above it.

import { inOrder, legal } from "../lib/legal-text.ts";

const BAR_WIDTH = 24;

/** Where a command tells of its work. */
export interface Output {
  /** A result. */
  readonly say: (line: string) => void;
  /** Something wrong. */
  readonly warn: (line: string) => void;
  /** `done` of `total` steps are finished. */
  readonly progress: (done: number, total: number) => void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** Writes results to `out`, trouble and the bar to `err`; the bar only if `err` is a terminal. */
export function output(out: Stream, err: Stream): Output {
  let bar = "";
  const clear = () => {
    if (bar !== "") err.write(`\r${" ".repeat(bar.length)}\r`);
  };
  const line = (stream: Stream) => (text: string) => {
    clear();
    // What is told holds words of strangers, and a terminal obeys control characters and those that turn its order.
    stream.write(`${inOrder(legal(text))}\n`);
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
