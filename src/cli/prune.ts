// `publish --prune`: what the folder no longer has is withdrawn from the Worker, or removed. It is listed first, and asked for.

import type { ArticleSummary } from "../api/answers.ts";
import { plural } from "../lib/text.ts";
import type { PartnerSummary } from "../partners/answers.ts";
import type { Client, Reply } from "./client.ts";
import { parallel } from "./parallel.ts";
import type { Ask } from "./partner/terminal.ts";
import type { Output } from "./progress.ts";

const REQUESTS_AT_ONCE = 4;

/** Something that the folder no longer has, and how to take it back. */
interface Removal {
  /** As people know it: `harbour-vote`, `partners/example`. */
  readonly name: string;
  /** Its headline, or the partner's name. */
  readonly title: string;
  readonly kind: "article" | "partner";
  readonly doing: string;
  readonly done: string;
  readonly run: () => Promise<Reply<unknown>>;
  /** Is told what became of it. */
  readonly count: (what: string) => void;
}

/** An article, as git sent it. */
export const withdrawal =
  (client: Client, count: (what: string) => void) =>
  ({ slug, headline, version }: ArticleSummary): Removal => ({
    ...{ name: slug, title: headline, kind: "article", doing: "withdraw", done: "withdrawn", count },
    run: () => client.withdraw(slug, { over: version }),
  });

/** A partner, with its tokens and its ledger. */
export const removal =
  (client: Client, count: (what: string) => void) =>
  ({ id, name }: PartnerSummary): Removal => ({
    ...{ name: `partners/${id}`, title: name, kind: "partner", doing: "remove", done: "removed", count },
    run: () => client.removePartner(id),
  });

/** How; `refused` things are wrong with the rest. */
interface PruneOptions {
  readonly dryRun: boolean;
  readonly refused: number;
  /** Nobody need be asked. */
  readonly yes: boolean;
  /** Asks somebody; missing where there is no terminal. */
  readonly ask?: Ask | undefined;
  readonly out: Output;
}

/** Withdraws or removes all of it; nothing while anything is refused, or unless somebody says yes. False where nobody could be asked. */
export async function pruneAll(removals: readonly Removal[], how: PruneOptions): Promise<boolean> {
  const { dryRun, refused, yes, ask, out } = how;
  if (removals.length === 0) return true;
  // What was renamed, with a mistake in it, looks like something that vanished.
  if (refused > 0) {
    out.warn(`${nothingDone(removals)}: ${plural(refused, "problem")} must be mended first.`);
    return true;
  }
  for (const { name, title, doing } of removals) out.say(`to ${doing} ${name}  “${title}”`);
  if (dryRun) {
    for (const { count, doing } of removals) count(`to ${doing}`);
    return true;
  }
  if (!yes && !ask) {
    out.warn(
      `${nothingDone(removals)}: this is no terminal, so nobody can be asked. With --yes it is done without asking.`,
    );
    return false;
  }
  if (!yes && !(await agreed(ask, removals))) {
    out.say(`${nothingDone(removals)}.`);
    return true;
  }
  await parallel(removals, REQUESTS_AT_ONCE, async ({ name, done, run, count }) => {
    const reply = await run();
    if (!reply.ok) out.warn(`${name}  ${reply.problem.detail ?? reply.problem.title}`);
    else out.say(`${done.padEnd(9)} ${name}`);
    count(reply.ok ? done : "failed");
  });
  return true;
}

const nothingDone = (removals: readonly Removal[]): string =>
  `Nothing was ${[...new Set(removals.map(({ done }) => done))].join(" or ")}`;

async function agreed(ask: Ask | undefined, removals: readonly Removal[]): Promise<boolean> {
  const what = [...Map.groupBy(removals, ({ doing }) => doing)].map(
    ([doing, some]) => `${doing} ${plural(some.length, some[0]?.kind ?? "")}`,
  );
  const notices = removals.some(({ kind }) => kind === "article")
    ? " Readers get a notice for each article."
    : "";
  const question = `Shall I ${what.join(" and ")}?${notices} [y/N] `;
  return /^(?:y|yes)$/i.test((await ask?.(question))?.trim() ?? "");
}
