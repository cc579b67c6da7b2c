// Sends pictures: a few at a time, each asked for first, and again until the server has answered. Nothing in
// here waits for anything else in the editor.

/** How far a picture is. */
export type Sending =
  | { readonly kind: "waiting" }
  /** `share` is from 0 to 1. */
  | { readonly kind: "sending"; readonly share: number }
  | { readonly kind: "sent" }
  /** It is tried again by itself. */
  | { readonly kind: "unreachable" | "signed-out" }
  /** It is tried again if the person asks for it. `reason` is a sentence. */
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "cancelled" };

/** What a request for a picture has come to. */
export type Outcome = Extract<Sending, { readonly kind: "sent" | "unreachable" | "signed-out" | "refused" }>;

/** The way to the server. */
export interface Carrier {
  /** Whether the server has a picture already: "missing" if it must be sent. Never throws. */
  readonly find: (sha256: string) => Promise<Outcome | { readonly kind: "missing" }>;
  /** Sends one. `tell` gets the share that was sent. Never throws; resolves also when `signal` ends it. */
  readonly put: (
    sha256: string,
    file: Blob,
    tell: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Outcome>;
  /** Calls `work` after some milliseconds. */
  readonly after: (milliseconds: number, work: () => void) => void;
}

const AT_ONCE = 3;
const RETRY_MILLISECONDS = [2000, 5000, 15_000, 30_000];

interface Upload {
  readonly file: Blob;
  state: Sending;
  failures: number;
  running: AbortController | undefined;
}

/** All uploads of a page. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #carrier: Carrier;
  readonly #tell: (sha256: string) => void;

  /** `tell` is called whenever the state of a picture has changed. */
  constructor(carrier: Carrier, tell: (sha256: string) => void) {
    this.#carrier = carrier;
    this.#tell = tell;
  }

  /** Sends a picture, unless that goes on already or is done. */
  add(sha256: string, file: Blob): void {
    const { kind } = this.stateOf(sha256) ?? { kind: "cancelled" };
    if (kind === "refused" || kind === "cancelled") {
      this.#uploads.set(sha256, { file, state: { kind: "waiting" }, failures: 0, running: undefined });
      this.#tell(sha256);
    }
    this.#next();
  }

  /** Undefined for a picture that didn't have to be sent from this page. */
  stateOf(sha256: string): Sending | undefined {
    return this.#uploads.get(sha256)?.state;
  }

  /** True for a picture that the server may not have yet. */
  isPending(sha256: string): boolean {
    const state = this.stateOf(sha256);
    return state !== undefined && state.kind !== "sent";
  }

  /** True while something is being sent, or is going to be. */
  get isBusy(): boolean {
    return [...this.#uploads.values()].some(
      ({ state }) => !["sent", "refused", "cancelled"].includes(state.kind),
    );
  }

  /** Stops sending a picture. */
  cancel(sha256: string): void {
    const upload = this.#uploads.get(sha256);
    if (!upload || upload.state.kind === "sent") return;
    const { running } = upload;
    upload.running = undefined;
    this.#set(sha256, upload, { kind: "cancelled" });
    running?.abort();
    this.#next();
  }

  /** Tries everything again now that waits for the network, or for somebody to sign in. */
  retryAll(): void {
    for (const [sha256, { state }] of this.#uploads)
      if (state.kind === "unreachable" || state.kind === "signed-out") this.retry(sha256);
  }

  /** Tries one again now. */
  retry(sha256: string): void {
    const upload = this.#uploads.get(sha256);
    if (!upload || upload.running || upload.state.kind === "sent") return;
    this.#set(sha256, upload, { kind: "waiting" });
    this.#next();
  }

  #set(sha256: string, upload: Upload, state: Sending): void {
    upload.state = state;
    this.#tell(sha256);
  }

  #next(): void {
    const running = [...this.#uploads.values()].filter((upload) => upload.running).length;
    const waiting = [...this.#uploads].filter(
      ([, { state, running: now }]) => state.kind === "waiting" && !now,
    );
    for (const [sha256, upload] of waiting.slice(0, AT_ONCE - running)) void this.#send(sha256, upload);
  }

  async #send(sha256: string, upload: Upload): Promise<void> {
    const control = new AbortController();
    upload.running = control;
    // It was cancelled, and maybe started again.
    const isOver = () => upload.running !== control;
    const found = await this.#carrier.find(sha256);
    const outcome =
      found.kind !== "missing" || isOver()
        ? found
        : await this.#carrier.put(
            sha256,
            upload.file,
            (share) => {
              if (!isOver()) this.#set(sha256, upload, { kind: "sending", share });
            },
            control.signal,
          );
    if (isOver() || outcome.kind === "missing") return;
    upload.running = undefined;
    this.#end(sha256, upload, outcome);
    this.#next();
  }

  #end(sha256: string, upload: Upload, outcome: Outcome): void {
    this.#set(sha256, upload, outcome);
    if (outcome.kind !== "unreachable" && outcome.kind !== "signed-out") return;
    const wait = RETRY_MILLISECONDS[Math.min(upload.failures++, RETRY_MILLISECONDS.length - 1)] ?? 0;
    this.#carrier.after(wait, () => {
      if (upload.state === outcome) this.retry(sha256);
    });
  }
}
