// A site.yaml that breaks while something waits for the Worker, which from then on answers nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Client } from "../../../src/cli/client.ts";
import type { LocalWorker } from "../../../src/cli/start/local-worker.ts";
import { Session } from "../../../src/cli/start/session.ts";
import { CliError } from "../../../src/content/finding.ts";
import { contentFolder, PLAIN, write } from "../folder.ts";
import { listen } from "../output.ts";
import { apiServer, TOKEN } from "../server.ts";
import { freePort } from "./running.ts";

const SITE = { names: new Set<string>(), site: true };

/** A session whose Worker is a small server, and what a test does with it. */
async function working() {
  const server = await apiServer();
  const dir = contentFolder({ "articles/ferry/index.md": PLAIN });
  const sound = readFileSync(join(dir, "site.yaml"), "utf8");
  const port = await freePort();
  const out = listen();
  const lives: AbortSignal[] = [];
  let opened = 0;
  let starting: (() => void) | undefined;
  const start = async (signal: AbortSignal): Promise<LocalWorker> => {
    lives.push(signal);
    const ended = new Promise<{ code: number; signal: null }>((resolve) => {
      signal.addEventListener("abort", () => resolve({ code: 0, signal: null }));
    });
    if (starting) {
      starting();
      await ended;
      throw new CliError("wrangler dev ended.");
    }
    const group = { ended, tail: () => "", stop: async () => undefined, kill: () => undefined };
    return { url: server.url, group, reloaded: async () => undefined };
  };
  const client = new Client({ url: server.url, token: TOKEN }, 1);
  const session = new Session({ dir }, port, start, client, out, async () => void opened++);
  return {
    ...{ session, server, out, lives },
    opened: () => opened,
    breakSite: () => write(dir, { "site.yaml": sound.replace(/^language:/m, "languag:") }),
    mendSite: () => write(dir, { "site.yaml": sound }),
    /** Settles when the Worker has been asked something that it doesn't answer. */
    asked: () =>
      new Promise<void>((resolve) => {
        server.trouble = () => {
          resolve();
          return "keep waiting";
        };
      }),
    /** Settles when a Worker is being started that never answers. */
    started: () =>
      new Promise<void>((resolve) => {
        starting = resolve;
      }),
    answerAgain() {
      server.trouble = () => undefined;
      starting = undefined;
    },
    answer: async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      return [response.status, await response.text()];
    },
  };
}

type Working = Awaited<ReturnType<typeof working>>;

/** What waits for the Worker when site.yaml breaks; each settles when it waits, and leaves it waiting. */
const MOMENTS: Readonly<Record<string, (at: Working) => Promise<readonly Promise<void>[]>>> = {
  async "the first publish"({ session, asked }) {
    const waiting = asked();
    const begun = session.begin();
    await waiting;
    return [begun];
  },
  async "the first start"({ session, started }) {
    const waiting = started();
    const begun = session.begin();
    await waiting;
    return [begun];
  },
  async "the publish after a good change of site.yaml"({ session, asked }) {
    await session.begin();
    const waiting = asked();
    const taken = session.take(SITE);
    await waiting;
    return [taken];
  },
  async "the publish of an article"({ session, asked }) {
    await session.begin();
    const waiting = asked();
    const taken = session.take({ names: new Set(["ferry"]), site: false });
    await waiting;
    return [taken];
  },
  async "the publish after a mend"({ session, breakSite, mendSite, asked }) {
    breakSite();
    await session.begin();
    mendSite();
    const waiting = asked();
    const taken = session.take(SITE);
    await waiting;
    return [taken];
  },
  async "the start after a mend"({ session, breakSite, mendSite, started }) {
    breakSite();
    await session.begin();
    mendSite();
    const waiting = started();
    const taken = session.take(SITE);
    await waiting;
    return [taken];
  },
};

it.each(Object.entries(MOMENTS))("says what is wrong when site.yaml breaks during %s", async (_, until) => {
  const at = await working();
  const waiting = await until(at);
  const before = at.opened();
  at.breakSite();
  await at.session.take(SITE);
  await Promise.all(waiting);
  expect(await at.answer()).toEqual([503, expect.stringMatching(/site\.yaml:\d+ {2}languag /)]);
  expect([at.session.url, at.opened()]).toEqual([undefined, before]);
  // Nothing is told of what failed for that alone.
  expect(at.out.text()).not.toMatch(/can't be reached|abort|Ended early|could not be started|wrangler dev/);

  at.answerAgain();
  at.mendSite();
  await at.session.take(SITE);
  expect([at.session.url, at.opened()]).toEqual([at.server.url, before + 1]);
  expect(at.server.articles.has("ferry")).toBe(true);
  expect(at.lives.map(({ aborted }) => aborted)).toEqual([...at.lives.slice(1).map(() => true), false]);
});
