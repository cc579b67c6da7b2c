// What `wireroom repair` asks the API for.

import { expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { runRepair } from "../../src/cli/status.ts";
import { listen } from "./output.ts";
import { apiServer, TOKEN } from "./server.ts";

async function repaired(status: number, body: unknown) {
  const server = await apiServer();
  server.trouble = () => ({ status, body: JSON.stringify(body) });
  const out = listen();
  await runRepair(new Client({ url: server.url, token: TOKEN }, 1), out);
  return { text: out.text(), seen: server.seen };
}

it("has every feed built anew, and says how many", async () => {
  expect(await repaired(202, { marked: 12 })).toEqual({
    text: "12 documents are to be rebuilt, a hundred feeds a minute: npx wireroom status shows the progress.",
    seen: ["POST /api/rebuild"],
  });
  expect((await repaired(202, { marked: 1 })).text).toMatch(/^1 document is to be/);
});

it("refuses an answer that is none of a Wireroom", async () => {
  await expect(repaired(200, { marked: "all" })).rejects.toThrow(/doesn't answer like a Wireroom/);
});
