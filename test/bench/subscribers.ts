// 100,000 subscribers of one feed: simulated time from the answer to an edit until the last subscriber has the document, with
// the settings of wrangler.toml for each of Cloudflare's plans. It runs the real Worker in the simulation (test/sim), which
// has its own clock and latencies, as many concurrent queue consumers as wrangler.toml allows, and replaces the object
// half-way. How fast Cloudflare starts consumers is not simulated.

import { Cloud, TOKEN } from "../sim/cloud.ts";
import { type Prepared, prepare } from "../sim/simulate.ts";
import { clock, World } from "../sim/world.ts";
import type { Row } from "./table.ts";

const COUNT = 100_000;
const START = Date.parse("2026-05-01T12:00:20Z");
const EVENT_LIMIT = 50_000_000;
const SECOND = 1000;
const GOAL_SECONDS = 60;
/** Numbers of deliveries after which the object is replaced by another instance. */
const REPLACED_AFTER = [COUNT / 100, COUNT / 4, COUNT / 2];

type Plan = "paid" | "free";

/** Rows for each plan: seconds until all have the document, and how many got it twice. */
export async function benchSubscribers(): Promise<readonly Row[]> {
  const prepared = await prepare();
  const rows: Row[] = [];
  for (const plan of ["paid", "free"] as const) {
    const { seconds, twice } = await tellAll(prepared, plan);
    const what = `${COUNT.toLocaleString("en")} subscribers of one feed, \`PLAN = "${plan}"\`, simulated time`;
    rows.push(
      {
        what: `seconds from an edit's answer until the last of ${what}`,
        figure: seconds.toFixed(0),
        // A day of the Free plan allows the rows of some 14,000 deliveries.
        ...(plan === "paid" ? { goal: `≤ ${GOAL_SECONDS}`, met: seconds <= GOAL_SECONDS } : { goal: "—" }),
      },
      {
        what: `told twice, of ${what}, with the object replaced three times`,
        figure: String(twice),
        goal: "—",
      },
    );
  }
  return rows;
}

async function tellAll(
  { code, tables }: Prepared,
  plan: Plan,
): Promise<{ readonly seconds: number; readonly twice: number }> {
  const world = new World(1, START);
  const told = new Map<string, number>();
  let deliveries = 0;
  const cloud: Cloud = new Cloud({ ...code, config: { ...code.config, vars: { PLAN: plan } } }, world, {
    tables,
    outside: ({ url }) => {
      told.set(url.hostname, (told.get(url.hostname) ?? 0) + 1);
      if (REPLACED_AFTER.includes(++deliveries)) cloud.objects.get("FEEDS")?.end("site", "replaced");
      return { status: 204 };
    },
  });
  const put = (headline: string) =>
    cloud.ask("home/0", {
      method: "PUT",
      path: "/api/articles/news",
      headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify({ headline, body: { html: "<p>Text.</p>" }, published: "2026-05-01T10:00:00Z" }),
    });
  const until = async (done: () => boolean) => {
    while (!done()) await world.sleep(SECOND / 10);
  };
  let seconds = Number.POSITIVE_INFINITY;
  const work = async () => {
    await put("First");
    await world.sleep(10 * SECOND);
    // The subscribers are in D1, as an older version stored them: the next build moves them to the object.
    cloud.database.run("UPDATE feeds SET announced_version = version", []);
    cloud.database.run(ENROL, [COUNT]);
    await cloud.cron("* * * * *");
    await until(() => cloud.database.run("SELECT 1 FROM subscriptions LIMIT 1", []).results.length === 0);
    await world.sleep(10 * SECOND);
    await put("Second");
    const start = clock.now;
    await until(() => told.size === COUNT);
    seconds = (clock.now - start) / SECOND;
    await world.sleep(200 * SECOND);
  };
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  await world.run(() => isOver, EVENT_LIMIT);
  await working;
  cloud.close();
  return { seconds, twice: [...told.values()].filter((times) => times > 1).length };
}

const ENROL = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
  INSERT INTO subscriptions (feed, format, callback, host, expires)
  SELECT 'site', 'rss', 'https://reader-' || i || '.example.net/', 'reader-' || i || '.example.net', '2026-05-20T00:00:00Z' FROM n`;
