// `node test/bench/scale.ts` prints the table of docs/scale.md. It is computed from the cost of each operation
// (test/worker/bill.ts, which a test checks), from Cloudflare's prices, and from an assumed number of isolates.

import { PUBLISHED } from "../worker/bill.ts";

/** A newsroom and its readers. */
interface Load {
  readonly name: string;
  readonly pollsAnHour: number;
  /** Number of different documents that readers poll. */
  readonly documents: number;
  /** Number of isolates that serve them; each keeps a document in memory for ten seconds. */
  readonly isolates: number;
  readonly editsADay: number;
}

export const LOADS: readonly Load[] = [
  { name: "a small paper", pollsAnHour: 2_000, documents: 12, isolates: 10, editsADay: 40 },
  { name: "a city's paper", pollsAnHour: 200_000, documents: 300, isolates: 100, editsADay: 800 },
  { name: "a wire", pollsAnHour: 5_000_000, documents: 30_000, isolates: 300, editsADay: 144_000 },
];

const HOURS_A_DAY = 24;
const DAYS_A_MONTH = 30;
const HOLDS_AN_HOUR = 360;
/** CPU time of a hit, in milliseconds; `npm run bench -- cpu` measures less. */
const CPU_A_POLL = 0.3;
const CPU_A_BUILD = 40;
const MILLION = 1_000_000;

/** US dollars a million, beyond the usage included in the Paid plan's $5 a month; developers.cloudflare.com, Nov 2026. */
const PRICES = {
  requests: { included: 10 * MILLION, dollars: 0.3 },
  cpuMilliseconds: { included: 30 * MILLION, dollars: 0.02 },
  kvReads: { included: 10 * MILLION, dollars: 0.5 },
  kvWrites: { included: MILLION, dollars: 5 },
  rowsRead: { included: 25_000 * MILLION, dollars: 0.001 },
  rowsWritten: { included: 50 * MILLION, dollars: 1 },
  queueOperations: { included: MILLION, dollars: 0.4 },
  objectRequests: { included: MILLION, dollars: 0.15 },
} as const;
/** The Free plan's daily limits. */
const FREE = {
  requests: 100_000,
  kvReads: 100_000,
  kvWrites: 1_000,
  rowsRead: 5 * MILLION,
  rowsWritten: 100_000,
  queueOperations: 10_000,
  objectRequests: 100_000,
} as const;

type Figures = Readonly<Record<keyof typeof PRICES, number>>;

/** A load's usage of a day. */
export function dayOf({ pollsAnHour, documents, isolates, editsADay }: Load): Figures {
  const polls = pollsAnHour * HOURS_A_DAY;
  // An isolate reads KV when its copy is ten seconds old, but not more often than it is polled.
  const held = documents * isolates * HOLDS_AN_HOUR * HOURS_A_DAY;
  return {
    requests: polls + editsADay,
    cpuMilliseconds: polls * CPU_A_POLL + editsADay * CPU_A_BUILD * PUBLISHED.objectRequests,
    kvReads: Math.min(polls, held) + editsADay * PUBLISHED.kvReads,
    kvWrites: editsADay * PUBLISHED.kvWrites,
    rowsRead: editsADay * PUBLISHED.rowsRead,
    rowsWritten: editsADay * PUBLISHED.rowsWritten,
    queueOperations: editsADay * PUBLISHED.queueOperations,
    objectRequests: editsADay * PUBLISHED.objectRequests,
  };
}

/** Dollars a month, including the plan's five. */
export const monthOf = (day: Figures): number =>
  (Object.keys(PRICES) as (keyof Figures)[]).reduce((sum, figure) => {
    const { included, dollars } = PRICES[figure];
    return sum + (Math.max(0, day[figure] * DAYS_A_MONTH - included) / MILLION) * dollars;
  }, 5);

/** The limit of the Free plan that is used most, and the used share of it. */
export function nearestLimit(day: Figures): readonly [figure: string, share: number] {
  const shares = Object.entries(FREE).map(
    ([figure, limit]) => [figure, day[figure as keyof typeof FREE] / limit] as const,
  );
  return shares.reduce((most, next) => (next[1] > most[1] ? next : most));
}

/** The table as Markdown. */
export function scaleTable(): string {
  const count = (figure: number) => Math.round(figure).toLocaleString("en");
  const head = ["", ...LOADS.map(({ name }) => name)];
  const days = LOADS.map(dayOf);
  const rows = [
    ["polls an hour", ...LOADS.map((load) => count(load.pollsAnHour))],
    ["documents that are polled", ...LOADS.map((load) => count(load.documents))],
    ["isolates that serve them (assumed)", ...LOADS.map((load) => count(load.isolates))],
    ["edits a day, nine documents each", ...LOADS.map((load) => count(load.editsADay))],
    ["requests a day", ...days.map((day) => count(day.requests))],
    ["KV reads a day", ...days.map((day) => count(day.kvReads))],
    ["KV writes a day", ...days.map((day) => count(day.kvWrites))],
    ["D1 rows read a day", ...days.map((day) => count(day.rowsRead))],
    ["D1 rows written a day", ...days.map((day) => count(day.rowsWritten))],
    ["object calls a day", ...days.map((day) => count(day.objectRequests))],
    ["queue operations a day", ...days.map((day) => count(day.queueOperations))],
    [
      "nearest limit of the Free plan",
      ...days.map((day) => {
        const [figure, share] = nearestLimit(day);
        return share > 1 ? "needs the Paid plan" : `${figure}: ${Math.round(share * 100)} %`;
      }),
    ],
    ["dollars a month on the Paid plan", ...days.map((day) => count(monthOf(day)))],
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

if (import.meta.main) console.log(scaleTable());
