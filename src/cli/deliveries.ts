// `wireroom deliveries`: lists what was sent, waits or failed to be sent to partners' webhooks, and retries
// it.

import type { Command } from "commander";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { WebhookDelivery } from "../partners/answers.ts";
import type { Client } from "./client.ts";
import type { TargetFlags } from "./target.ts";
import { age, aligned, type Output } from "./terminal.ts";

const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;

/** The command's flags. */
export interface DeliveryFlags {
  readonly partner?: string;
  readonly dead?: boolean;
  /** Ids of deliveries to retry. */
  readonly retry?: readonly string[];
}

/** Adds flags and action to the command `deliveries`. */
export function addDeliveries(
  command: Command,
  connect: (flags: TargetFlags) => Promise<Client>,
  out: Output,
): void {
  command
    .option("--partner <id>", "only those of this partner")
    .option("--dead", "only those that failed and aren't retried any more")
    .option("--retry <id...>", "retry these instead, as if they had never been tried")
    .action(async (flags: TargetFlags & DeliveryFlags) => {
      process.exitCode = await runDeliveries(flags, await connect(flags), out);
    });
}

/** Lists deliveries, or retries some. Returns the exit code. */
export async function runDeliveries(
  { partner, dead, retry }: DeliveryFlags,
  client: Client,
  out: Output,
): Promise<number> {
  if (retry === undefined) {
    const found = await client.deliveries({
      ...omitUndefined({ partner, state: dead ? "dead" : undefined }),
    });
    out.say(found.length === 0 ? "There are none." : deliveryTable(found, new Date()));
    await warnIfOff(new Set(found.filter((one) => one.state === "waiting").map((one) => one.partner)));
    return 0;
  }
  let code = 0;
  const sent = new Set<string>();
  for (const id of retry) {
    const reply = await client.sendAgain(id);
    if (reply.ok) {
      sent.add(reply.value.partner);
      out.say(`${id} is sent to ${reply.value.partner} again: ${reply.value.event}, ${reply.value.article}`);
    } else {
      out.warn(`${id}: ${reply.problem.detail ?? reply.problem.title}`);
      code = 1;
    }
  }
  await warnIfOff(sent);
  return code;

  /** What waits for a webhook that is switched off isn't sent until somebody switches it on. */
  async function warnIfOff(concerned: ReadonlySet<string>): Promise<void> {
    if (concerned.size === 0) return;
    for (const { id, push } of await client.partners()) {
      if (!concerned.has(id) || push === null || push === "on") continue;
      out.warn(`${id}'s webhook is off (${push}): npx wireroom partner secret ${id} --on sends what waits`);
    }
  }
}

const COLUMNS: readonly (readonly [title: string, cell: (row: WebhookDelivery, now: Date) => string])[] = [
  ["ID", (row) => String(row.id)],
  ["PARTNER", (row) => row.partner],
  ["EVENT", (row) => row.event],
  ["ARTICLE", (row) => row.article],
  ["VERSION", (row) => String(row.version)],
  ["HAPPENED", (row, now) => age(row.at, now)],
  ["STATE", (row) => row.state],
  ["TRIED", (row) => String(row.attempts)],
  ["NEXT", (row, now) => (row.nextAt === null ? "" : untilThen(row.nextAt, now))],
  ["ANSWER", (row) => row.answer ?? ""],
];

/** The table that `deliveries` prints, with a header; times are relative to `now`. */
export function deliveryTable(deliveries: readonly WebhookDelivery[], now: Date): string {
  return aligned([
    COLUMNS.map(([title]) => title),
    ...deliveries.map((row) => COLUMNS.map(([, cell]) => cell(row, now).replace(/\s+/g, " "))),
  ]);
}

function untilThen(instant: string, now: Date): string {
  const minutes = Math.ceil((Date.parse(instant) - now.getTime()) / MINUTE_MS);
  if (minutes <= 0) return "now";
  return minutes < MINUTES_AN_HOUR ? `in ${minutes} min` : `in ${Math.round(minutes / MINUTES_AN_HOUR)} h`;
}
