// Has `npm start` print a warning once while it stands: repeated at each save, old warnings would hide new ones.

import type { Output } from "../progress.ts";

/** Runs work that tells of articles and policies; `names` are those that it looks at, or undefined for all of them. */
export type Telling = (
  names: ReadonlySet<string> | undefined,
  work: (out: Output) => Promise<unknown>,
) => Promise<void>;

/** Remembers which warnings `out` has said. Errors, and whatever else is told, are said each time. */
export function newsOnly(out: Output): Telling {
  let standing: ReadonlySet<string> = new Set();
  return async (names, work) => {
    const said = new Set<string>();
    const warn = (line: string) => {
      const key = keyOf(line);
      if (key !== undefined) said.add(key);
      if (key === undefined || !standing.has(key)) out.warn(line);
    };
    await work({ ...out, warn });
    const others = [...standing].filter((key) => names && !isOf(key, names));
    standing = new Set([...others, ...said]);
  };
}

// As `formatFinding` writes it; the line moves with what is written above.
const WARNING = /^(\S+?)(?::\d+)? {2}warning: {2}(.*)$/s;

function keyOf(line: string): string | undefined {
  const [, file, message] = WARNING.exec(line) ?? [];
  return file === undefined ? undefined : `${file}  ${message}`;
}

const isOf = (key: string, names: ReadonlySet<string>): boolean =>
  (key.split("  ")[0] ?? "").split("/").some((part) => names.has(part));
