// Histories of concurrent requests in one isolate that once broke a promise.

import { beforeAll, expect, it } from "vitest";
import { type Prepared, prepare, simulate } from "../simulate.ts";

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

it("a request with a slow read of KV doesn't answer with a document that another request has replaced", async () => {
  const { violations } = await simulate(prepared, {
    seed: 8,
    steps: [
      { after: 1.2, do: "read", at: "home/0", path: "/rss.xml", times: 8, every: 1 },
      { after: 1, do: "withdraw", slug: "bees", silent: true },
      { do: "put", slug: "bees", section: "news", tags: ["blue"], by: "bob", until: 300 },
      { do: "read", at: "home/0", path: "/rss.xml", times: 1, every: 31 },
      { after: 1, do: "put", slug: "bees", by: "bob", from: 200, until: 300 },
      { after: 3.6, do: "read", at: "home/0", path: "/rss.xml", times: 4, every: 1 },
      { after: 0.1, do: "put", slug: "bees", tags: ["red"], by: "bob", from: 90, until: 210 },
      { after: 1.1, do: "fail", binding: "d1", way: "refused", skip: 30, seconds: 3 },
      { do: "put", slug: "bees", tags: ["blue"], from: 90, until: 70 },
      { after: 0.5, do: "put", slug: "bees", section: "news", tags: ["red", "blue"], by: "ann", from: 5 },
      { do: "read", at: "home/0", path: "/tags/red" },
    ],
  });
  expect(violations).toEqual([]);
});
