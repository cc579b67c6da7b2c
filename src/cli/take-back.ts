// `publish --prune`: what the folder no longer has is withdrawn from the Worker, or removed.

import type { ArticleSummary } from "../model/api.ts";
import type { PartnerSummary } from "../model/partner-api.ts";
import { plural } from "../model/text.ts";
import type { Client, Reply } from "./client.ts";
import { parallel } from "./parallel.ts";
import type { Output } from "./progress.ts";

const REQUESTS_AT_ONCE = 4;

/** Something that the folder no longer has, and how to take it back. */
interface Removal {
  /** As people know it: `harbour-vote`, `partners/example`. */
  readonly name: string;
  readonly doing: string;
  readonly done: string;
  readonly run: () => Promise<Reply<unknown>>;
}

/** An article. */
export const withdrawal =
  (client: Client) =>
  ({ slug }: ArticleSummary): Removal => ({
    ...{ name: slug, doing: "withdraw", done: "withdrawn" },
    run: () => client.withdraw(slug),
  });

/** A partner, with its tokens and its ledger. */
export const removal =
  (client: Client) =>
  ({ id }: PartnerSummary): Removal => ({
    ...{ name: `partners/${id}`, doing: "remove", done: "removed" },
    run: () => client.removePartner(id),
  });

/** How; `refused` things are wrong with the rest, `count` is told what became of each. */
interface TakingBack {
  readonly dryRun: boolean;
  readonly refused: number;
  readonly count: (what: string) => void;
  readonly out: Output;
}

/** Takes all of it back, or nothing while anything is refused. */
export async function takeBack(removals: readonly Removal[], how: TakingBack): Promise<void> {
  const { dryRun, refused, count, out } = how;
  const [first] = removals;
  if (!first) return;
  // What was renamed, with a mistake in it, looks like something that vanished.
  if (refused > 0)
    return out.warn(`Nothing was ${first.done}: ${plural(refused, "problem")} must be mended first.`);
  await parallel(removals, REQUESTS_AT_ONCE, async ({ name, doing, done, run }) => {
    const reply = dryRun ? undefined : await run();
    if (reply && !reply.ok) out.warn(`${name}  ${reply.problem.detail ?? reply.problem.title}`);
    else out.say(`${dryRun ? `to ${doing}` : done.padEnd(9)} ${name}`);
    count(reply && !reply.ok ? "failed" : dryRun ? `to ${doing}` : done);
  });
}
