// Saves a story while it is written: first in the browser, then on the server, one save at a time. Typed text
// is kept in the browser until the server has confirmed that it is saved.

import { omitUndefined } from "../../lib/omit-undefined.ts";
/** A draft: the article's fields, and the slug if one was chosen. */
export interface Draft {
  readonly slug?: string;
  readonly article: Readonly<Record<string, unknown>>;
  /** It is saved behind the newest revision without going on from it; that one is never deleted. */
  readonly replaces?: true;
}

/** What the browser keeps of a story: what was typed, and the revision that it goes on from. */
export interface Kept {
  readonly base: number;
  readonly draft: Draft;
  /** What was sent behind `base` without an answer yet: the server may hold it. */
  readonly sent?: Draft;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The server's answer to a save. */
export type Answer =
  | { readonly kind: "saved"; readonly revision: number }
  /** There is a newer revision. */
  | { readonly kind: "outdated" }
  /** The session has ended. */
  | { readonly kind: "signed-out" }
  /** The story was deleted. */
  | { readonly kind: "deleted" }
  /** It can't be saved as it is, for these reasons. */
  | { readonly kind: "refused"; readonly reasons: readonly string[] }
  /** No answer, or an unclear one: the save may have succeeded. */
  | { readonly kind: "unreachable" };

/** The state of saving. */
export type Status =
  | { readonly kind: "saved"; readonly revision: number }
  /** Something was typed since the last save. */
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | Exclude<Answer, { readonly kind: "saved" }>;

/** The saver's access to the outside. */
export interface World {
  /** Sends the story as the revision after `base`. Never throws. */
  readonly send: (base: number, draft: Draft) => Promise<Answer>;
  /** Writes to the browser's storage, or clears it. Never throws. */
  readonly keep: (kept: Kept | undefined) => Promise<void>;
  readonly tell: (status: Status) => void;
  /** Calls `work` after some milliseconds; returns a function that cancels that. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long what was typed may be on the screen alone. Reading it at each key would make typing stutter. */
const READ_MILLISECONDS = 200;
/** The pause in typing before a save. */
const PAUSE_MILLISECONDS = 1000;
const RETRY_MILLISECONDS = [2000, 5000, 15_000, 30_000];

/** The saving of one story. */
export class Saver {
  readonly #world: World;
  #revision: number;
  /** Reads the draft, if something was typed that isn't read yet. */
  #read: (() => Draft) | undefined;
  /** The draft that is not saved yet. */
  #unsaved: Draft | undefined;
  /** The draft that was sent without a known outcome. It is sent again before a newer one. */
  #sent: Draft | undefined;
  #saving: Promise<Status> | undefined;
  #stopWaiting: (() => void) | undefined;
  #failures = 0;
  #isStopped = false;

  constructor(revision: number, world: World) {
    this.#revision = revision;
    this.#world = world;
  }

  /** The newest revision that the server has acknowledged here. */
  get revision(): number {
    return this.#revision;
  }

  /** True while the screen shows text that the server may not have. */
  get isUnsaved(): boolean {
    return this.#unsaved !== undefined || this.#read !== undefined;
  }

  /** Something was typed. `read` gives the whole draft; it is called a moment later. */
  typed(read: () => Draft): void {
    const isFirst = this.#read === undefined;
    this.#read = read;
    if (isFirst) this.#world.after(READ_MILLISECONDS, () => this.take());
    if (isFirst && !this.#isStopped) this.#world.tell({ kind: "unsaved" });
  }

  /** Reads now what was typed, so that the browser keeps it. */
  take(): void {
    if (this.#read) this.change(this.#read());
  }

  /** Takes the whole draft. */
  change(draft: Draft): void {
    this.#read = undefined;
    this.#unsaved = draft;
    void this.#world.keep(this.#kept());
    if (this.#isStopped) return;
    this.#world.tell({ kind: "unsaved" });
    this.#saveAfter(PAUSE_MILLISECONDS);
  }

  /** Saves now. Resolves to the resulting state. */
  async flush(): Promise<Status> {
    this.take();
    this.#isStopped = false;
    for (;;) {
      const status = await this.#saveOnce();
      if (status.kind !== "saved" || !this.isUnsaved) return status;
    }
  }

  /** Continues from another revision, which the person has seen: the next save follows it. */
  goOnFrom(revision: number): void {
    this.#revision = revision;
    this.#isStopped = false;
  }

  /** One save at a time: text typed during a save goes into the next one. */
  #saveOnce(): Promise<Status> {
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  #kept(): Kept | undefined {
    if (this.#unsaved === undefined) return undefined;
    const kept = { base: this.#revision, draft: this.#unsaved, at: this.#world.now() };
    return { ...kept, ...omitUndefined({ sent: this.#sent }) };
  }

  #saveAfter(milliseconds: number): void {
    this.#stopWaiting?.();
    this.#stopWaiting = this.#world.after(milliseconds, () => void this.#saveOnce());
  }

  async #save(): Promise<Status> {
    this.take();
    this.#stopWaiting?.();
    const draft = this.#sent ?? this.#unsaved;
    if (draft === undefined) return this.#tell({ kind: "saved", revision: this.#revision });
    this.#world.tell({ kind: "saving" });
    this.#sent = draft;
    await this.#world.keep(this.#kept());
    const answer = await this.#world.send(this.#revision, draft);
    switch (answer.kind) {
      case "saved":
        this.#failures = 0;
        this.#sent = undefined;
        this.#revision = answer.revision;
        // Text typed during the save is not saved yet.
        if (this.#unsaved === draft) this.#unsaved = undefined;
        await this.#world.keep(this.#kept());
        if (this.#unsaved !== undefined) this.#saveAfter(PAUSE_MILLISECONDS);
        this.#world.tell(this.isUnsaved ? { kind: "unsaved" } : answer);
        return answer;
      case "unreachable": {
        const wait = RETRY_MILLISECONDS[Math.min(this.#failures++, RETRY_MILLISECONDS.length - 1)] ?? 0;
        this.#saveAfter(wait);
        return this.#tell(answer);
      }
      default:
        // The person has to act first. Until then, text is only kept in the browser.
        this.#sent = undefined;
        this.#isStopped = answer.kind !== "refused";
        return this.#tell(answer);
    }
  }

  #tell(status: Status): Status {
    this.#world.tell(status);
    return status;
  }
}
