// Queues: messages arrive late, out of order, and some twice. A message that isn't acknowledged is delivered again.

import type { Call } from "../calls.ts";
import type { Random } from "../random.ts";
import { clock, type World } from "../world.ts";

const MESSAGES_LIMIT = 100;
const BYTES_LIMIT = 256_000;
const DELAY_SECONDS_LIMIT = 43_200;
/** A batch whose consumer doesn't answer for so long is given to another one. */
const GIVEN_UP_MILLISECONDS = 30_000;

/** A consumer's settings in wrangler.toml. */
export interface Consumer {
  readonly max_batch_size?: number | undefined;
  /** Seconds. */
  readonly max_batch_timeout?: number | undefined;
  readonly max_concurrency?: number | null | undefined;
  readonly max_retries?: number | undefined;
}

interface Stored {
  readonly id: string;
  /** JSON. */
  readonly body: string;
  readonly sentAt: number;
  attempts: number;
}

/** A message as a consumer gets it. */
export interface Message {
  readonly id: string;
  readonly body: unknown;
  readonly timestamp: Date;
  readonly attempts: number;
  readonly ack: () => void;
  readonly retry: (options?: { readonly delaySeconds?: number }) => void;
}

/** Hands a batch to a Worker; resolves to how its handler ended, or never where the isolate is gone. */
export type Consume = (queue: string, messages: readonly Message[]) => Promise<"done" | "failed">;

/** One queue, shared by all isolates. */
export class MessageQueue {
  readonly name: string;
  readonly #consumer: Consumer;
  readonly #world: World;
  readonly #random: Random;
  readonly #consume: Consume;
  readonly #ready: Stored[] = [];
  #running = 0;
  #isPlanned = false;
  #sent = 0;
  /** Messages that were given up after all their retries. */
  dropped = 0;

  constructor(name: string, consumer: Consumer, world: World, consume: Consume) {
    this.name = name;
    this.#consumer = consumer;
    this.#world = world;
    this.#random = world.random(`queue ${name}`);
    this.#consume = consume;
  }

  /** Takes a message, and delivers it some time later. */
  take(body: string, delaySeconds: number): void {
    const id = `${this.name}-${this.#sent++}`;
    const times = this.#random.chance(0.02) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      const way = this.#random.whole(20, this.#random.chance(0.05) ? 8000 : 400);
      const stored = { id, body, sentAt: clock.now, attempts: 0 };
      this.#world.after(delaySeconds * 1000 + way, () => this.#arrived(stored));
    }
  }

  #arrived(message: Stored): void {
    this.#ready.push(message);
    this.#plan();
  }

  /** Starts a batch at once when it is full, else after `max_batch_timeout`. */
  #plan(): void {
    const { max_batch_size = 10, max_batch_timeout = 5, max_concurrency } = this.#consumer;
    if (this.#ready.length === 0 || this.#running >= (max_concurrency ?? 250)) return;
    if (this.#ready.length >= max_batch_size) this.#start(max_batch_size);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#world.after(max_batch_timeout * 1000, () => {
      this.#isPlanned = false;
      if (this.#running < (max_concurrency ?? 250)) this.#start(max_batch_size);
    });
  }

  #start(size: number): void {
    const batch = this.#ready.splice(0, size);
    if (batch.length === 0) return;
    this.#running++;
    const again = new Map<Stored, number>();
    const acknowledged = new Set<Stored>();
    let isOver = false;
    const end = (how: "done" | "failed" | "gone") => {
      if (isOver) return;
      isOver = true;
      this.#running--;
      for (const message of batch) {
        // Acknowledgements travel with the end of the invocation.
        if (how !== "gone" && acknowledged.has(message)) continue;
        if (how === "done" && !again.has(message)) continue;
        this.#again(message, again.get(message) ?? 0);
      }
      this.#plan();
    };
    this.#world.after(GIVEN_UP_MILLISECONDS, () => end("gone"));
    const messages = batch.map((message): Message => {
      message.attempts++;
      return {
        id: message.id,
        body: JSON.parse(message.body) as unknown,
        timestamp: new Date(message.sentAt),
        attempts: message.attempts,
        ack: () => void (again.has(message) || acknowledged.add(message)),
        retry: ({ delaySeconds = 0 } = {}) =>
          void (acknowledged.has(message) || again.set(message, delaySeconds)),
      };
    });
    this.#consume(this.name, messages).then(end);
    this.#plan();
  }

  #again(message: Stored, delaySeconds: number): void {
    if (message.attempts > (this.#consumer.max_retries ?? 3)) {
      this.dropped++;
      this.#world.note(`     ${this.name} gives up ${message.body.slice(0, 100)}`);
    } else this.#world.after(delaySeconds * 1000 + this.#random.whole(0, 500), () => this.#arrived(message));
  }
}

interface SendOptions {
  readonly delaySeconds?: number;
  readonly contentType?: string;
}

/** The binding of one isolate. */
export function queueBinding(queue: MessageQueue, call: Call) {
  const sendBatch = async (
    given: Iterable<{ readonly body: unknown } & SendOptions>,
    options: SendOptions = {},
  ): Promise<void> => {
    const messages = [...given].map(({ body, delaySeconds = options.delaySeconds ?? 0 }) => {
      if (delaySeconds < 0 || delaySeconds > DELAY_SECONDS_LIMIT)
        throw new Error(`Queue send failed: Delay ${delaySeconds} is out of range`);
      return { text: JSON.stringify(body), delaySeconds };
    });
    if (messages.length === 0) throw new TypeError("sendBatch() requires at least one message");
    if (messages.length > MESSAGES_LIMIT)
      throw new Error(`Queue sendBatch failed: batch message count exceeds limit of ${MESSAGES_LIMIT}`);
    if (messages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) > BYTES_LIMIT)
      throw new Error(`Queue sendBatch failed: batch size exceeds limit of ${BYTES_LIMIT} bytes`);
    await call("queue", () => {
      for (const { text, delaySeconds } of messages) queue.take(text, delaySeconds);
    });
  };
  return {
    send: (body: unknown, options: SendOptions = {}) => sendBatch([{ body, ...options }]),
    sendBatch,
  };
}
