// What `check` asks a Worker: whether a new folder is an article there whose folder has vanished.

import type { Finding } from "../../content/finding.ts";
import { checkContent } from "../check.ts";
import type { Client } from "../client.ts";
import { makePlan } from "../plan.ts";
import type { Output } from "../progress.ts";
import { stopRenamed } from "../report-plan.ts";
import { Unreachable } from "../request.ts";
import { NoToken } from "../target.ts";
import type { Scope } from "./scope.ts";

/** A Worker that may be asked; `named` by a flag of this command, or else by the environment. */
interface Asked {
  readonly connect: () => Promise<Client>;
  readonly named: boolean;
}

/**
 * What is wrong with new folders in a scope that are articles of the Worker under another name. Throws `CliError` where the
 * Worker can't be asked; one that only the environment names is passed over then, with a word.
 */
export async function renamedSince(
  { dir, only }: Scope,
  { connect, named }: Asked,
  out: Output,
): Promise<readonly Finding[]> {
  try {
    const client = await connect();
    const { articles, content } = await checkContent(dir, only, client.url);
    const stored = await client.articles();
    const plan = makePlan(articles, content.slugs, stored);
    return (await stopRenamed(plan, stored, new Set(), client)).findings;
  } catch (error) {
    if (named || !(error instanceof Unreachable || error instanceof NoToken)) throw error;
    out.warn(`The folder was not compared with what the Worker has: ${error.message}`);
    return [];
  }
}
