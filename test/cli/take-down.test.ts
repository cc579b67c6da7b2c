// One article is taken down, and comes back.

import { describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { runPublish } from "../../src/cli/publish.ts";
import { runRestore, runWithdraw } from "../../src/cli/take-down.ts";
import { contentFolder, PLAIN } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, problem, TOKEN } from "./server.ts";

async function published() {
  const server = await apiServer();
  const dir = contentFolder({ "articles/ferry/index.md": PLAIN, "articles/tram/index.md": PLAIN });
  const client = new Client({ url: server.url, token: TOKEN }, 1);
  await runPublish({ dir }, client, listen());
  server.seen.length = 0;
  return { server, dir, client, out: listen() };
}

describe("withdraw", () => {
  it("withdraws this one alone, with the reason or in silence, by its slug or its folder", async () => {
    const { server, client, out } = await published();
    await runWithdraw("ferry", { reason: "Wrong ship & wrong day" }, client, out);
    await runWithdraw("content/articles/tram/index.md", { silent: true }, client, out);
    expect(server.seen).toEqual([
      "DELETE /api/articles/ferry?reason=Wrong+ship+%26+wrong+day",
      "DELETE /api/articles/tram?silent=true",
    ]);
    expect(out.text()).toContain("withdrawn ferry  its page answers 410, and its feeds have a notice");
    expect(out.text()).toContain(
      "withdrawn tram  its page answers 410, and its feeds no longer have it, without a notice",
    );
  });

  it("isn't undone by the next publish, which names the way back", async () => {
    const { server, dir, client, out } = await published();
    await runWithdraw("ferry", {}, client, out);
    await runPublish({ dir }, client, out);
    expect(server.seen.filter((call) => call.startsWith("PUT"))).toEqual([]);
    expect(out.text()).toMatch(
      /ferry\/index\.md {2}was withdrawn, and is not sent; npx wireroom restore ferry/,
    );
  });

  it("says what was meant where there is no such article, and where it is now", async () => {
    const { server, client, out } = await published();
    await expect(runWithdraw("fery", {}, client, out)).rejects.toThrow(
      `There is no article fery at ${server.url}; did you mean "ferry"?`,
    );
    server.trouble = (call) =>
      call.startsWith("DELETE") ? problem(404, "This slug redirects to the article night-ferry.") : undefined;
    await expect(runWithdraw("ferry", {}, client, out)).rejects.toThrow(
      /redirects to the article night-ferry/,
    );
    await expect(runWithdraw("../x y", {}, client, out)).rejects.toThrow(/is not a slug/);
  });
});

describe("restore", () => {
  it("brings it back as it was", async () => {
    const { server, client, out } = await published();
    const before: unknown = JSON.parse(String(server.articles.get("ferry")?.body));
    await runWithdraw("ferry", {}, client, out);
    await runRestore("ferry", client, out);
    const held = server.articles.get("ferry");
    expect(held?.status).toBe("published");
    expect(JSON.parse(String(held?.body))).toEqual({ ...(before as object), restore: true });
    expect(out.text()).toContain(`restored  ferry  ${server.url}/articles/ferry`);
  });

  it("says why it can't be as it was", async () => {
    const { server, client, out } = await published();
    server.trouble = (call) =>
      call.startsWith("PUT")
        ? {
            status: 422,
            body: JSON.stringify({
              ...{ title: "The content has problems", status: 422 },
              errors: [{ path: "section", message: "is no section" }],
            }),
          }
        : undefined;
    await expect(runRestore("ferry", client, out)).rejects.toThrow(
      "ferry could not be restored: The content has problems; section is no section",
    );
    await expect(runRestore("none", client, out)).rejects.toThrow(/There is no article none/);
  });
});
