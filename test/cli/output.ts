// What a command said, for tests to read.

import type { Output } from "../../src/cli/terminal.ts";

/** An output that remembers; `text` is everything so far, results and trouble alike. */
export function listen(): Output & { readonly text: () => string } {
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  return { say: add, warn: add, progress: () => undefined, text: () => lines.join("\n") };
}

/** Asks until `condition` holds. Fails after five seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await condition()); ) {
    if (Date.now() - start > 5_000) throw new Error("It didn't happen within five seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
