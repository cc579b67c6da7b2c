// The faults of the wrapped bindings, besides those in faulty.ts itself.

/** Faults of calls that are counted first. */
export interface BindingFaults {
  /** Statements that only read, and batches of them. */
  readonly d1Reads?: boolean;
  /** Statements that write, and batches with one. */
  readonly d1Writes?: boolean;
  /** Once, a statement or batch that contains this SQL is executed, but its answer is lost. */
  readonly d1Lost?: string | undefined;
  readonly kvDelete?: boolean;
  /** Puts of keys that contain this text. */
  readonly kvPutOf?: string;
  /** Limits writes to one per key and second, as KV does; others get 429. */
  readonly kvLimit?: boolean;
  /** Stale values that are read, as in another edge location, by key: base64, or null for none. */
  readonly kvOld?: Readonly<Record<string, { readonly value: string; readonly metadata: unknown } | null>>;
  readonly r2Get?: boolean;
  readonly r2Head?: boolean;
  readonly r2Put?: boolean;
  readonly images?: boolean;
  /** `late`: after a second. `hold`: when another fault is set, the last one first. */
  readonly messages?: "twice" | "late" | "hold";
  /** `fail`: feeds' objects can't be asked what to deliver. */
  readonly begin?: "fail";
  /** `fail`: partners' objects can't be polled. */
  readonly poll?: "fail";
  /** The results of deliveries are stored, but the answer is lost. */
  readonly endLost?: boolean;
  /** Additional duration of each call of a binding. */
  readonly delayMilliseconds?: { readonly d1?: number; readonly kv?: number; readonly r2?: number };
}

/** Returns the present faults; called for each call of a binding. */
export type Now = () => BindingFaults;

/** Waits as long as a test says. */
export const delayed = (milliseconds = 0): Promise<void> | undefined =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined;
