// `node test/bench/scale.ts`: the table of docs/scale.md, reckoned from what an operation may cost (test/worker/bill.ts, which
// a test holds the Worker to), from Cloudflare's prices, and from how many isolates there are, which nobody knows.

import { PUBLISHED } from "../worker/bill.ts";

/** A newsroom and its readers. */
interface Load {
  readonly name: string;
  readonly pollsAnHour: number;
  /** Documents that are polled. */
  readonly documents: number;
  /** Isolates that serve them: each holds a document for ten seconds. */
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
/** CPU of a hit, in milliseconds: `npm run bench -- cpu` is below. */
const CPU_A_POLL = 0.3;
const CPU_A_BUILD = 40;
const MILLION = 1_000_000;

/** US dollars a million, after what the Paid plan's $5 a month include; developers.cloudflare.com, November 2026. */
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
/** What the Free plan has a day. */
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

/** What a load uses a day. */
export function dayOf({ pollsAnHour, documents, isolates, editsADay }: Load): Figures {
  const polls = pollsAnHour * HOURS_A_DAY;
  // An isolate reads KV when what it holds is ten seconds old, and no more often than it is asked.
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

/** Dollars a month, with the plan's five. */
export const monthOf = (day: Figures): number =>
  (Object.keys(PRICES) as (keyof Figures)[]).reduce((sum, figure) => {
    const { included, dollars } = PRICES[figure];
    return sum + (Math.max(0, day[figure] * DAYS_A_MONTH - included) / MILLION) * dollars;
  }, 5);

/** Which of the Free plan's limits is the nearest, and how much of it is used. */
export function nearestLimit(day: Figures): readonly [figure: string, share: number] {
  const shares = Object.entries(FREE).map(
    ([figure, limit]) => [figure, day[figure as keyof typeof FREE] / limit] as const,
  );
  return shares.reduce((most, next) => (next[1] > most[1] ? next : most));
}

/** The table, in Markdown. */
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
