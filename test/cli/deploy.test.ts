// The order of a deploy, and what it makes of Cloudflare's answers. The commands themselves need an account, and are not run.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CommandResult, deploySteps, noQueue, readAccount } from "../../src/cli/deploy.ts";
import { CliError } from "../../src/content/finding.ts";

const QUEUES = ["wireroom-rebuilds", "wireroom-renders", "wireroom-deliveries"];
const WHOLE = { hasDatabase: true, missingQueues: [] };
const EMPTY = { hasDatabase: false, missingQueues: QUEUES };

describe("deploySteps", () => {
  const names = (account: typeof WHOLE | typeof EMPTY, hasToken = true) =>
    deploySteps(account, "https://news.example.com", hasToken).map((step) =>
      step.command.slice(0, 3).join(" "),
    );

  it("migrates before the code that needs it", () => {
    expect(names(WHOLE)).toEqual([
      "npm run check",
      "wireroom check",
      "wrangler d1 migrations",
      "wrangler deploy",
      "wireroom publish --to",
    ]);
  });

  it("migrates after the first deploy, which makes the database", () => {
    expect(names(EMPTY)).toEqual([
      "npm run check",
      "wireroom check",
      "wrangler queues create",
      "wrangler queues create",
      "wrangler queues create",
      "wrangler deploy",
      "wrangler d1 migrations",
      "wireroom publish --to",
    ]);
  });

  it("makes a queue that is missing later, too", () => {
    const steps = deploySteps({ hasDatabase: true, missingQueues: ["wireroom-deliveries"] }, "", false);
    expect(steps.map(({ command }) => command.join(" ")).slice(2)).toEqual([
      "wrangler queues create wireroom-deliveries",
      "wrangler d1 migrations apply DB --remote",
      "wrangler deploy",
    ]);
  });

  it("publishes only with a token", () => {
    expect(names(WHOLE, false)).not.toContain("wireroom publish --to");
  });
});

describe("readAccount", () => {
  const answer = (status: number, stdout = "", stderr = ""): CommandResult => ({ status, stdout, stderr });
  /** Answers by the command's second word; counts what was asked. */
  const account = (databases: CommandResult, queue: (name: string) => CommandResult) => {
    const asked: string[] = [];
    const read = () =>
      readAccount((command) => {
        asked.push(command.join(" "));
        return command[1] === "d1" ? databases : queue(command.at(-1) ?? "");
      });
    return { asked, read };
  };
  const missing = (name: string) => answer(1, "", `✘ [ERROR] ${noQueue(name)} To create it, run: wrangler …`);

  it("knows an account that has everything from one that has nothing", () => {
    const list = '[{"uuid":"1","name":"other"},{"uuid":"2","name":"wireroom"}]';
    expect(account(answer(0, list), () => answer(0)).read()).toEqual(WHOLE);
    expect(account(answer(0, '[{"uuid":"1","name":"wireroom-2"}]'), missing).read()).toEqual(EMPTY);
  });

  it.each([
    ["nobody is logged in", "it's necessary to set a CLOUDFLARE_API_TOKEN environment variable"],
    ["the network is down", "Unable to resolve Cloudflare's API hostname"],
  ])("stops with the reason, asking once, where %s", (_, reason) => {
    const { asked, read } = account(answer(1, "", reason), missing);
    expect(read).toThrow(CliError);
    expect(read).toThrow(reason);
    expect(read).toThrow(/npx wrangler login.*CLOUDFLARE_API_TOKEN/);
    expect(new Set(asked)).toEqual(new Set(["wrangler d1 list --json"]));
  });

  it("stops where it hears nothing of a queue", () => {
    const { read } = account(answer(0, "[]"), () => answer(1, "", "Authentication error [code: 10000]"));
    expect(read).toThrow("Authentication error [code: 10000]");
  });

  it("knows a missing queue by the words that wrangler has", () => {
    const wrangler = readFileSync(
      join(import.meta.dirname, "../../node_modules/wrangler/wrangler-dist/cli.js"),
      "utf8",
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands so in wrangler's code
    expect(wrangler).toContain(noQueue("${queueName}"));
  });
});
