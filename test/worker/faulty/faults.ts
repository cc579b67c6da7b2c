// What the wrapped bindings can be told to do wrong, beside what faulty.ts itself makes fail.

/** Faults beneath the counting. */
export interface BindingFaults {
  /** Statements that write nothing, and batches of such. */
  readonly d1Reads?: boolean;
  /** Statements that write, and batches that hold one. */
  readonly d1Writes?: boolean;
  /** Once, what holds this SQL goes through, and its answer is lost on the way. */
  readonly d1Lost?: string | undefined;
  readonly kvDelete?: boolean;
  /** Puts of keys that hold this. */
  readonly kvPutOf?: string;
  /** A key is written once a second, as KV has it; sooner is 429. */
  readonly kvLimit?: boolean;
  /** What another edge location still reads, by key: base64, or null for nothing. */
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
  /** That deliveries ended is noted, and nobody hears that it was. */
  readonly endLost?: boolean;
  /** How long each call of a binding takes longer. */
  readonly delayMilliseconds?: { readonly d1?: number; readonly kv?: number; readonly r2?: number };
}

/** What is wrong now; asked at each call. */
export type Now = () => BindingFaults;

/** Waits as long as a test says. */
export const delayed = (milliseconds = 0): Promise<void> | undefined =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined;
