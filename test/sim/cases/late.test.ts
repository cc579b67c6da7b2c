// What must hold although alarms and cron are late.

import { beforeAll, expect, it } from "vitest";
import { type Prepared, prepare, simulate } from "../simulate.ts";

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

it("an expired article leaves every isolate, even if no alarm fires and cron doesn't run", async () => {
  const { violations, notes } = await simulate(prepared, {
    seed: 1,
    steps: [
      { do: "put", slug: "ants", section: "news", until: 70 },
      { after: 20, do: "no-alarms", seconds: 600 },
      { do: "no-cron", seconds: 600 },
      { do: "read", at: "paris/0", path: "/rss.xml", times: 30, every: 10 },
      { do: "read", at: "tokyo/0", path: "/sections/news/feed.json", times: 30, every: 11 },
    ],
  });
  expect(violations, notes.join("\n")).toEqual([]);
});
