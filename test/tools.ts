// Programs that tests ask for a second opinion (jing, xmllint, newsboat …). They come from the system's packages: where
// one is missing its tests are skipped with a line that says so, and in CI, which installs them, that is a failure.

import { execFile, spawnSync } from "node:child_process";
import { describe, it } from "vitest";

/** A program, and how to see that it is there. */
export interface Tool {
  readonly name: string;
  /** A command that ends with 0 where the tool is usable. */
  readonly probe: readonly [string, ...string[]];
  /** The package to install. */
  readonly from: string;
}

/** Every program that tests use. */
export const TOOLS = {
  jing: { name: "jing", probe: ["sh", "-c", "command -v jing"], from: "jing" },
  xmllint: { name: "xmllint", probe: ["xmllint", "--version"], from: "libxml2-utils" },
  newsboat: { name: "newsboat", probe: ["newsboat", "--version"], from: "newsboat" },
  sfeed: { name: "sfeed", probe: ["sh", "-c", "command -v sfeed"], from: "sfeed" },
  feedparser: {
    name: "feedparser (Python)",
    // Debian's own Python has it, whatever other Python comes first.
    probe: ["/usr/bin/python3", "-c", "import feedparser"],
    from: "python3-feedparser",
  },
  chromium: { name: "Chromium", probe: ["/usr/bin/chromium", "--version"], from: "chromium" },
} as const satisfies Readonly<Record<string, Tool>>;

const isThere = ({ probe: [command, ...args] }: Tool): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** `describe` for tests that need `tool`: a visible skip without it, or a failure where `CI` is `true`. */
export function describeWith(tool: Tool, title: string, tests: () => void): void {
  const missing = `${title}: ${tool.name} is missing (package ${tool.from})`;
  if (isThere(tool)) describe(title, tests);
  else if (process.env.CI === "true") {
    it(missing, () => {
      throw new Error(`${missing}, and CI must have it`);
    });
  } else {
    console.warn(`SKIPPED ${missing}`);
    describe.skip(missing, tests);
  }
}

/** Runs a command and gives what it printed; `input` is what it reads. @throws Error with all that, when it fails. */
export function run(
  command: string,
  args: readonly string[],
  { input = "", env = process.env }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { env, maxBuffer: 32e6 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout);
    });
    // A program that ends without reading everything closes the pipe; its exit status tells what that means.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
