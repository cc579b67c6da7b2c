// What the command shows and asks on the terminal.

import { createInterface } from "node:readline/promises";
import { CliError } from "../content/finding.ts";
import { legal, withoutReordering } from "../lib/legal-text.ts";

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

// A command's output: result lines, warnings, and on a terminal a progress bar below them.

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

// What reports share: tables and ages. Pure.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Rows as lines with aligned columns. The first row has as many cells as there are columns. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; `never` for null. */
export function age(instant: string | null, now: Date): string {
  if (instant === null) return "never";
  const ms = now.getTime() - Date.parse(instant);
  if (ms < MINUTE_MS) return "just now";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  return `${Math.floor(ms / DAY_MS)} days ago`;
}
