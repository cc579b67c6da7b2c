// Questions on the terminal.

import { createInterface } from "node:readline/promises";
import { CliError } from "../../lib/cli-error.ts";

/** Asks something, and gives the line that was typed. */
export type Ask = (question: string) => Promise<string>;

/** Does `work` with somebody to ask, or with nobody where there is no terminal. Throws `CliError` when they end the input. */
export async function withTerminal(work: (ask: Ask | undefined) => Promise<void>): Promise<void> {
  const { stdin: input, stdout: output } = process;
  if (!input.isTTY) return work(undefined);
  const terminal = createInterface({ input, output });
  // Lines that were pasted before they were asked for wait here; `question` would lose them.
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    const lastLine = question.lastIndexOf("\n") + 1;
    output.write(question.slice(0, lastLine));
    terminal.setPrompt(question.slice(lastLine));
    terminal.prompt();
    const line = await lines.next();
    if (line.done) throw new CliError("\nNothing was written.");
    return line.value;
  };
  try {
    await work(ask);
  } finally {
    terminal.close();
  }
}

/**
 * Asks one thing, with a terminal of its own: while nothing is asked, Ctrl-C ends the command as ever. Undefined where there
 * is nobody to ask.
 */
export function askOnce(): Ask | undefined {
  if (!process.stdin.isTTY) return undefined;
  return async (question) => {
    let answer = "";
    await withTerminal(async (ask) => {
      answer = (await ask?.(question)) ?? "";
    });
    return answer;
  };
}
