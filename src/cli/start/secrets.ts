// The local secrets: made once, kept in `.dev.vars`, which git never sees and wrangler dev reads.

import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { isMissing } from "../../content/folder.ts";
import { readDevVar } from "../target.ts";

const SECRET_BYTES = 24;

/** A secret in `file`; where there is none, a random one is added, and what else the file holds stays. */
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
