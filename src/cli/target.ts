// Which Worker a command talks to, with which token; and the secrets of the Worker on this machine.

import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CliError } from "../content/finding.ts";
import { isMissing } from "../content/folder.ts";
import { webUrl } from "../lib/address.ts";

/** The folder that holds package.json, wrangler.toml and `.dev.vars`. */
export const PROJECT_DIR = resolve(import.meta.dirname, "../..");

/** The file of local secrets, which wrangler dev reads and git ignores. */
export const DEV_VARS = join(PROJECT_DIR, ".dev.vars");

const LOCAL_URL = "http://localhost:8787";
const LOCAL_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** True for an address on this machine. */
export const isLocal = (url: string): boolean => LOCAL_HOSTS.has(new URL(url).hostname);

/** No token is known for the Worker. */
export class NoToken extends CliError {}

/** A Worker's address without a slash at its end, and its publishing token. */
export interface Target {
  readonly url: string;
  readonly token: string;
}

/** The flags that name a target; each has an environment variable too. */
export interface TargetFlags {
  readonly to?: string;
  readonly token?: string;
}

/**
 * Finds the target: by flags, else by WIREROOM_URL and WIREROOM_TOKEN, else the Worker that `npm start` runs,
 * whose token is in `devVars`. Throws `CliError` for an invalid address; `NoToken` if there is no token.
 */
export async function findTarget(
  flags: TargetFlags,
  env: Readonly<Record<string, string | undefined>>,
  devVars = DEV_VARS,
): Promise<Target> {
  const given = flags.to ?? env.WIREROOM_URL ?? LOCAL_URL;
  const address = webUrl(given);
  if (address === undefined)
    throw new CliError(`${given} is not a web address; --to takes one like https://news.example.com.`);
  const url = new URL(address);
  const local = isLocal(url.href);
  const token =
    flags.token ?? env.WIREROOM_TOKEN ?? (local ? await readDevVar("PUBLISH_TOKEN", devVars) : undefined);
  if (!token) {
    throw new NoToken(
      local
        ? `There is no token: give --token, set WIREROOM_TOKEN, or run npm start, which makes one in ${devVars}.`
        : "There is no token: give --token or set WIREROOM_TOKEN. It is the text that was set with `wrangler secret put PUBLISH_TOKEN`.",
    );
  }
  if (url.protocol === "http:" && !local) {
    throw new CliError(`${url.origin} would get the token unencrypted: use https.`);
  }
  return { url: url.origin + url.pathname.replace(/\/+$/, ""), token };
}

/** A variable in a `.dev.vars` file; undefined if there is no such file or line. */
export async function readDevVar(name: string, file: string): Promise<string | undefined> {
  const source = await readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  const value = new RegExp(`^\\s*${name}\\s*=\\s*(.*?)\\s*$`, "m").exec(source)?.[1];
  return value?.replace(/^(["'])(.*)\1$/, "$2") || undefined;
}

const SECRET_BYTES = 24;

/** A secret in `file`. If it isn't there, a random one is added; the rest of the file is kept. */
export async function ensureSecret(name: "PUBLISH_TOKEN" | "WEBHOOK_SECRET", file: string): Promise<string> {
  const known = await readDevVar(name, file);
  if (known !== undefined) return known;
  const before = await readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const lineEnd = before === "" || before.endsWith("\n") ? "" : "\n";
  await appendFile(file, `${lineEnd}${name}=${secret}\n`, { mode: 0o600 });
  return secret;
}
