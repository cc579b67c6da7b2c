// The local publishing token: made once, kept in `.dev.vars`, which git never sees and wrangler dev reads.

import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { isMissing } from "../content.ts";
import { readDevToken } from "../target.ts";

const TOKEN_BYTES = 24;

/** The token in `file`; where there is none, a random one is added, and what else the file holds stays. */
export async function ensureToken(file: string): Promise<string> {
  const known = await readDevToken(file);
  if (known !== undefined) return known;
  const before = await readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const lineEnd = before === "" || before.endsWith("\n") ? "" : "\n";
  await appendFile(file, `${lineEnd}PUBLISH_TOKEN=${token}\n`, { mode: 0o600 });
  return token;
}
