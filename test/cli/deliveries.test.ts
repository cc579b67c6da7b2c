// What `wireroom deliveries` prints, asks the API for, and has sent again.

import { expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { deliveryTable, runDeliveries } from "../../src/cli/deliveries.ts";
import type { WebhookDelivery } from "../../src/partners/answers.ts";
import { listen } from "./output.ts";
import { apiServer, TOKEN } from "./server.ts";

const NOW = new Date("2024-10-24T12:00:00Z");
const WAITING: WebhookDelivery = {
  id: 12,
  partner: "example",
  event: "article.corrected",
  article: "tag:news.example.com,2024:harbour",
  slug: "harbour",
  headline: "Harbour",
  version: 3,
  at: "2024-10-24T11:00:00Z",
  state: "waiting",
  attempts: 2,
  nextAt: "2024-10-24T12:04:30Z",
  answer: "answered 503",
};
const DEAD: WebhookDelivery = {
  ...WAITING,
  id: 9,
  state: "dead",
  attempts: 10,
  nextAt: null,
  answer: "no\nway",
};

it("shows when each happened, how often it was tried, when it is next, and what came back", () => {
  const rows = [
    WAITING,
    { ...WAITING, nextAt: "2024-10-24T11:59:00Z" },
    { ...WAITING, nextAt: "2024-10-24T23:50:00Z", answer: null },
    DEAD,
  ];
  expect(deliveryTable(rows, NOW)).toBe(
    `ID  PARTNER  EVENT              ARTICLE                            VERSION  HAPPENED  STATE    TRIED  NEXT      ANSWER
12  example  article.corrected  tag:news.example.com,2024:harbour  3        1 h ago   waiting  2      in 5 min  answered 503
12  example  article.corrected  tag:news.example.com,2024:harbour  3        1 h ago   waiting  2      now       answered 503
12  example  article.corrected  tag:news.example.com,2024:harbour  3        1 h ago   waiting  2      in 12 h
9   example  article.corrected  tag:news.example.com,2024:harbour  3        1 h ago   dead     10               no way`,
  );
});

async function running(answers: Readonly<Record<string, { status: number; body: unknown }>>) {
  const server = await apiServer();
  server.trouble = (request) => {
    const { status, body } = answers[request] ?? { status: 404, body: { title: "No such", status: 404 } };
    return { status, body: JSON.stringify(body) };
  };
  return { server, client: new Client({ url: server.url, token: TOKEN }, 1), out: listen() };
}

it("asks for what the flags say", async () => {
  const { server, client, out } = await running({
    "GET /api/deliveries?partner=example&state=dead": { status: 200, body: [DEAD] },
    "GET /api/deliveries?": { status: 200, body: [] },
  });
  expect(await runDeliveries({ partner: "example", dead: true }, client, out)).toBe(0);
  expect(out.text()).toMatch(/^ID .*\n9 /);
  expect(await runDeliveries({}, client, out)).toBe(0);
  expect(out.text()).toMatch(/\nThere are none\.$/);
  expect(server.seen).toHaveLength(2);
});

// What the list of partners must hold for one that is told of changes.
const partnerIs = (push: string) => ({
  ...{ id: "example", name: "Example", enabled: true, profile: "rss", access: "bearer" },
  ...{ url: "https://x.org/partners/example/rss.xml", page: "https://x.org/partners/example/" },
  ...{ items: 1, bytes: 1, version: 1, builtAt: null, staleSince: null, lastError: null, lastFetch: null },
  ...{ tokens: [], push },
});

it("says what keeps a webhook from going out, and what helps", async () => {
  const { client, out } = await running({
    "GET /api/deliveries?": { status: 200, body: [{ ...WAITING, nextAt: "2024-10-24T11:00:00Z" }] },
    "GET /api/partners": { status: 200, body: [partnerIs("2024-10-24T11:30:00Z answered 410")] },
  });
  expect(await runDeliveries({}, client, out)).toBe(0);
  expect(out.text()).toMatch(
    /\nexample's webhook is off \(2024-10-24T11:30:00Z answered 410\): npx wireroom partner secret example --on sends what waits$/,
  );
});

it("sends each again, and tells of those that can't be", async () => {
  const { client, out } = await running({
    "GET /api/partners": { status: 200, body: [partnerIs("on")] },
    "POST /api/deliveries/9/retry": { status: 200, body: { ...WAITING, id: 9 } },
    "POST /api/deliveries/7/retry": {
      status: 409,
      body: { title: "Clash", status: 409, detail: "This webhook is delivered already." },
    },
  });
  expect(await runDeliveries({ retry: ["7", "9", "../x"] }, client, out)).toBe(1);
  expect(out.text()).toBe(`7: This webhook is delivered already.
9 is sent to example again: article.corrected, tag:news.example.com,2024:harbour
../x: No such`);
});

it("refuses an answer that is none of a Wireroom", async () => {
  const { client, out } = await running({
    "GET /api/deliveries?": { status: 200, body: [{ ...DEAD, state: "lost" }] },
  });
  await expect(runDeliveries({}, client, out)).rejects.toThrow(/doesn't answer like a Wireroom/);
});
