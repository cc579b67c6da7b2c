// What answers in the place of a Worker that can't run.

import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { startErrorServer } from "../../../src/cli/start/port.ts";
import { freePort, listening } from "./running.ts";

it("answers every request with 503 and what is wrong now, and gives the port back", async () => {
  const port = await freePort();
  let message = "site.yaml:3  title  is missing";
  const { close } = await startErrorServer(port, () => message);
  for (const [path, method] of [
    ["/", "GET"],
    ["/api/articles/a", "PUT"],
  ] as const) {
    const response = await fetch(`http://localhost:${port}${path}`, { method });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe("site.yaml:3  title  is missing\n");
  }
  message = "other";
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("other\n");
  await close();
  await (await startErrorServer(port, () => "")).close();
});

it("waits for a port that a killed Worker still holds", async () => {
  const { port, close } = await listening();
  const starting = startErrorServer(port, () => "broken");
  await wait(200);
  await close();
  const { close: closeStandIn } = await starting;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("broken\n");
  await closeStandIn();
});
