// Two people at the desk on a simulated Cloudflare, and a folder in git: sends their requests.

import { Cloud, HOME, type IsolateName, TOKEN } from "../cloud.ts";
import type { Random } from "../random.ts";
import type { Prepared } from "../simulate.ts";
import { clock, World } from "../world.ts";

const START = Date.parse("2026-05-01T12:00:20Z");
const MINUTE = 60_000;
const ISOLATES: readonly IsolateName[] = [`${HOME}/0`, `${HOME}/1`, "paris/0"];

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly etag: number | undefined;
}

/** Stands for one text of an article: a word that no other text has. */
export type Word = string;

/** The clients of a simulation. */
export class Newsroom {
  readonly world: World;
  readonly cloud: Cloud;
  readonly random: Random;
  #words = 0;
  #minute = Math.floor(START / MINUTE);

  constructor({ code, tables }: Prepared, seed: number) {
    this.world = new World(seed, START);
    this.cloud = new Cloud(code, this.world, { tables });
    this.random = this.world.random("the newsroom");
  }

  /** A new, unique word. */
  word(): Word {
    return `zq${++this.#words}w`;
  }

  /** Sends a request. Returns undefined if no answer came, or one that doesn't say whether the request was done. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer | undefined> {
    const sent = { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json", ...headers };
    const answer = await this.cloud.ask(this.random.pick(ISOLATES), {
      ...{ method, path: `/api${path}`, headers: sent },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer || answer.status >= 500) return undefined;
    const etag = /^"(\d+)"$/.exec(answer.headers.get("ETag") ?? "")?.[1];
    this.world.note(`     ${method} ${path}: ${answer.status} ${answer.status >= 400 ? answer.text : ""}`);
    return {
      status: answer.status,
      json: JSON.parse(answer.text) as Answer["json"],
      etag: etag === undefined ? undefined : Number(etag),
    };
  }

  /** Like `ask`, but sends the request again until an answer comes. */
  async surely(...asked: Parameters<Newsroom["ask"]>): Promise<Answer> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const answer = await this.ask(...asked);
      if (answer) return answer;
      await this.wait(2);
    }
    throw new Error(`${asked[0]} ${asked[1]} got no answer`);
  }

  /** Lets time pass; cron runs each minute. */
  async wait(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 10) {
      await this.world.sleep(Math.min(10, left) * 1000);
      const minute = Math.floor(clock.now / MINUTE);
      if (minute > this.#minute) {
        this.#minute = minute;
        await this.cloud.cron("* * * * *");
      }
    }
  }

  /** Milliseconds since 1970. */
  get time(): number {
    return clock.now;
  }
}
