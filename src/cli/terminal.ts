// Asks questions on the terminal.

import { createInterface } from "node:readline/promises";
import { CliError } from "../lib/cli-error.ts";

/** Asks a question, and returns the line that was typed. */
export type Ask = (question: string) => Promise<string>;

/**
 * Runs `work` with a function that asks; with undefined if there is no terminal. Throws `CliError` if the
 * user ends the input.
 */
export async function withTerminal(work: (ask: Ask | undefined) => Promise<void>): Promise<void> {
  const { stdin: input, stdout: output } = process;
  if (!input.isTTY) return work(undefined);
  const terminal = createInterface({ input, output });
  // Keeps lines that were pasted early; readline's `question` would lose them.
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
 * Asks one question. The terminal is open only for that, so that Ctrl-C ends the command at all other times.
 * Undefined if there is no terminal.
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
