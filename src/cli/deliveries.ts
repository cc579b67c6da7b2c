// `wireroom deliveries`: what partners' webhooks were told, are to be told, or could not be; and sending it again.

import type { Command } from "commander";
import type { WebhookDelivery } from "../partners/answers.ts";
import type { Client } from "./client.ts";
import type { Output } from "./progress.ts";
import { age, aligned } from "./status.ts";
import type { TargetFlags } from "./target.ts";

const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;

/** What the command is told. */
export interface DeliveryFlags {
  readonly partner?: string;
  readonly dead?: boolean;
  /** Ids of what is to be sent again. */
  readonly retry?: readonly string[];
}

/** Gives the command `deliveries` its flags and what it does. */
export function addDeliveries(
  command: Command,
  connect: (flags: TargetFlags) => Promise<Client>,
  out: Output,
): void {
  command
    .option("--partner <id>", "of this one alone")
    .option("--dead", "only those that failed, and are not tried again")
    .option("--retry <id...>", "send these again instead, as if they had never been tried")
    .action(async (flags: TargetFlags & DeliveryFlags) => {
      process.exitCode = await runDeliveries(flags, await connect(flags), out);
    });
}

/** Lists, or sends again; the exit code. */
export async function runDeliveries(
  { partner, dead, retry }: DeliveryFlags,
  client: Client,
  out: Output,
): Promise<number> {
  if (retry === undefined) {
    const found = await client.deliveries({
      ...(partner ? { partner } : {}),
      ...(dead ? { state: "dead" } : {}),
    });
    out.say(found.length === 0 ? "There are none." : deliveryTable(found, new Date()));
    await tellOff(new Set(found.filter((one) => one.state === "waiting").map((one) => one.partner)));
    return 0;
  }
  let code = 0;
  const sent = new Set<string>();
  for (const id of retry) {
    const reply = await client.sendAgain(id);
    if (reply.ok) {
      sent.add(reply.value.partner);
      out.say(`${id} goes to ${reply.value.partner} again: ${reply.value.event}, ${reply.value.article}`);
    } else {
      out.warn(`${id}: ${reply.problem.detail ?? reply.problem.title}`);
      code = 1;
    }
  }
  await tellOff(sent);
  return code;

  /** What waits for a webhook that is switched off waits for somebody to switch it on. */
  async function tellOff(concerned: ReadonlySet<string>): Promise<void> {
    if (concerned.size === 0) return;
    for (const { id, push } of await client.partners()) {
      if (!concerned.has(id) || push === null || push === "on") continue;
      out.warn(
        `${id}'s webhook is off (${push}): what waits goes out with npx wireroom partner secret ${id} --on`,
      );
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

/** The table that `deliveries` prints, with a line of titles; times are counted from `now`. */
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
