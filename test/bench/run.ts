// `npm run bench`: every figure a ratio within one run, printed as one table. Needs wrk (Debian: apt-get install wrk).

import { rmSync } from "node:fs";
import { benchBuild } from "./build.ts";
import { benchCheck } from "./check.ts";
import { benchDay } from "./day.ts";
import { benchHttp } from "./http.ts";
import { benchPublish } from "./publish.ts";
import { markdownTable, type Row } from "./table.ts";
import { buildWorker } from "./workers.ts";

const BUNDLE_LIMIT_BYTES = 200_000;

const { folder, gzipBytes } = buildWorker();
const bundle: Row = {
  what: "Worker, gzipped",
  figure: `${Math.round(gzipBytes / 1000)} kB`,
  goal: "≤ 200 kB",
  met: gzipBytes <= BUNDLE_LIMIT_BYTES,
};
const rows = [
  ...(await benchHttp(folder)),
  ...(await benchBuild()),
  ...(await benchPublish(folder)),
  ...(await benchDay(folder)),
  ...(await benchCheck()),
  bundle,
];
rmSync(folder, { recursive: true });
console.log(markdownTable(rows));
if (rows.some((row) => !row.met)) process.exitCode = 1;
