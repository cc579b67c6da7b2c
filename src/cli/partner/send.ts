// Publishing's second half: partners' policies, once the articles are there.

import { isDeepStrictEqual } from "node:util";
import { refusalLines } from "../../content/finding.ts";
import { POLICY_EXTENSION, type PolicyFolder, type ReadyPolicy } from "../../content/partner-file.ts";
import type { PartnerSummary } from "../../partners/answers.ts";
import type { Client } from "../client.ts";
import { parallel } from "../parallel.ts";
import type { Output } from "../progress.ts";

const REQUESTS_AT_ONCE = 4;

/** Sends every sound policy; the Worker says what changed. `count` is told what became of each. */
export async function sendPolicies(
  { policies }: PolicyFolder,
  client: Client,
  dryRun: boolean,
  count: (what: string) => void,
  out: Output,
): Promise<void> {
  const ready = policies.filter((policy) => policy.kind === "policy");
  await parallel(ready, REQUESTS_AT_ONCE, async (policy) => {
    const { id, file, lineOf } = policy;
    const reply = dryRun
      ? await wouldChange(policy, client)
      : await client.putPartner(id, Buffer.from(JSON.stringify(policy.policy)), "git");
    if (!reply.ok) {
      for (const line of refusalLines(file, lineOf, reply.problem)) out.warn(line);
      return count("refused");
    }
    const { change = "sent", url } = reply.value;
    if (change === "unchanged") return count("as before");
    out.say(`${change.padEnd(9)} partners/${id}  ${policy.policy.enabled ? url : "(switched off)"}`.trim());
    count(change);
  });
}

/**
 * Partners that the folder doesn't have, and that git sent, or nobody noted who; of those in `only`, where it is given. One that
 * something else sent to the API is no business of the folder's.
 */
export async function vanishedPartners(
  { policies }: PolicyFolder,
  client: Client,
  only?: ReadonlySet<string>,
): Promise<readonly PartnerSummary[]> {
  if (only && ![...only].some((name) => name.endsWith(POLICY_EXTENSION))) return [];
  const ids = new Set(policies.map(({ id }) => id));
  return (await client.partners()).filter(
    ({ id, home }) => !ids.has(id) && home !== "api" && (!only || only.has(id + POLICY_EXTENSION)),
  );
}

/** True for a partner that `--prune` removes where the folder doesn't have it: git sent its policy as it is stored. */
export const isRemovable = ({ home }: PartnerSummary): boolean => home === "git";

async function wouldChange({ id, policy }: ReadyPolicy, client: Client) {
  const stored = await client.partner(id);
  if (!stored.ok && stored.problem.status !== 404) return stored;
  const same = stored.ok && isDeepStrictEqual(stored.value.policy, policy);
  return { ok: true, value: { change: same ? "unchanged" : "to send", url: "" } } as const;
}
