// D1 is restored to an earlier time; objects, KV and readers keep what they have.

import { beforeAll, expect, it } from "vitest";
import { type Prepared, play, prepare, simulate } from "../simulate.ts";

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

it("a feed that was first requested after the restored time is rebuilt too", async () => {
  const path = "/authors/bob/atom.xml";
  const { violations } = await simulate(prepared, {
    seed: 4,
    steps: [
      { do: "put", slug: "bees", section: "sport", by: "bob", from: 90, until: 70 },
      { after: 25, do: "put", slug: "bees", section: "sport", by: "bob", from: 0 },
      { do: "put", slug: "ants", section: "news", by: "ann" },
      { after: 22.5, do: "read", at: "paris/0", path },
      { after: 0.5, do: "read", at: "paris/0", path },
      { after: 93, do: "put", slug: "ants", section: "news", by: "ann", from: -60 },
      { after: 25.5, do: "restore", back: 2 },
    ],
  });
  expect(violations).toEqual([]);
});

it("a reader of deltas gets every article that is published after the restore", async () => {
  const path = "/rss.xml";
  let delta: string | undefined;
  await play(prepared, { seed: 1, steps: [{ do: "restore", back: 0 }] }, async (run) => {
    await run.step({ do: "put", slug: "ants" });
    await run.step({ do: "put", slug: "bees" });
    await run.world.sleep(20_000);
    const known = (await run.read("paris/0", path))?.headers.get("ETag") ?? "";
    await run.step({ do: "restore", back: 0 });
    await run.step({ do: "put", slug: "cats" });
    await run.world.sleep(120_000);
    const headers = { "A-IM": "feed", "If-None-Match": known };
    delta = (await run.cloud.ask("paris/0", { path, headers }))?.text;
  });
  expect(delta).toContain("zq3b");
});

it("a feed that had no article at the restored time is empty, or 404", async () => {
  const { violations } = await simulate(prepared, {
    seed: 1,
    steps: [
      { after: 20, do: "put", slug: "bees", section: "news", tags: ["red"], by: "ann", from: 40 },
      { after: 22, do: "put", slug: "bees", section: "news", from: 5 },
      { after: 0.5, do: "put", slug: "bees", section: "news", tags: ["blue"], by: "ann" },
      { after: 2, do: "put", slug: "bees", section: "news", tags: ["red", "blue"], from: 200, until: 70 },
      { after: 5, do: "read", at: "tokyo/1", path: "/tags/red/feed.json" },
      { after: 2, do: "withdraw", slug: "bees", silent: true },
      { after: 40, do: "put", slug: "bees", tags: ["blue"], from: 5 },
      { after: 3, do: "restore", back: 3 },
    ],
  });
  expect(violations).toEqual([]);
});
