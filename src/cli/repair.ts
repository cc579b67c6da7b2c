// `wireroom repair`: after the database was restored to an earlier time, every feed is built anew from what it holds now.

import type { Client } from "./client.ts";
import type { Output } from "./progress.ts";

/** Has all feeds built anew. */
export async function runRepair(client: Client, out: Output): Promise<void> {
  const marked = await client.rebuild();
  const documents = marked === 1 ? "1 document is" : `${marked} documents are`;
  out.say(
    `${documents} to be built anew, a hundred feeds a minute: npx wireroom status shows how far it is.`,
  );
}
