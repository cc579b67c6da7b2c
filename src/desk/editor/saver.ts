// Saves a story while it is written: first into the browser, then to the server, one save at a time. Nothing that was
// typed is let go of before the server has said that it holds it.

/** What is written: the article's fields, and the slug once somebody chose one. */
export interface Draft {
  readonly slug?: string;
  readonly article: Readonly<Record<string, unknown>>;
  /** It takes the place of the newest revision, which is kept for good. */
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

/** What the server says to a save. */
export type Answer =
  | { readonly kind: "saved"; readonly revision: number }
  /** Another revision is the newest. */
  | { readonly kind: "outdated" }
  /** The session is over. */
  | { readonly kind: "signed-out" }
  /** It can't be saved as it is, for these reasons. */
  | { readonly kind: "refused"; readonly reasons: readonly string[] }
  /** No answer, or one that says nothing: the save may have been made. */
  | { readonly kind: "unreachable" };

/** Where saving stands. */
export type Status =
  | { readonly kind: "saved"; readonly revision: number }
  /** Something was typed since. */
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | Exclude<Answer, { readonly kind: "saved" }>;

/** What the saver needs of the world. */
export interface World {
  /** PUT of the story behind a revision. Never throws. */
  readonly send: (base: number, draft: Draft) => Promise<Answer>;
  /** Writes into the browser's store, or empties it. Never throws. */
  readonly keep: (kept: Kept | undefined) => Promise<void>;
  readonly tell: (status: Status) => void;
  /** Calls back after some milliseconds; returns what takes that back. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Typing goes on for so long before a save. */
const PAUSE_MILLISECONDS = 1000;
const RETRY_MILLISECONDS = [2000, 5000, 15_000, 30_000];

/** The saving of one story. */
export class Saver {
  readonly #world: World;
  #revision: number;
  /** What is not saved yet. */
  #unsaved: Draft | undefined;
  /** What was sent, and may or may not have arrived. It is sent again before anything newer. */
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

  /** True while something is on the screen that the server may not hold. */
  get isUnsaved(): boolean {
    return this.#unsaved !== undefined;
  }

  /** Something was typed: all of the draft as it is now. */
  change(draft: Draft): void {
    this.#unsaved = draft;
    void this.#world.keep(this.#kept());
    if (this.#isStopped) return;
    this.#world.tell({ kind: "unsaved" });
    this.#saveAfter(PAUSE_MILLISECONDS);
  }

  /** Saves what is not saved, now. Resolves to where that has come to. */
  async flush(): Promise<Status> {
    this.#isStopped = false;
    for (;;) {
      const status = await this.#saveOnce();
      if (status.kind !== "saved" || this.#unsaved === undefined) return status;
    }
  }

  /** Goes on from another revision, which was looked at: what is typed here is to follow it. */
  goOnFrom(revision: number): void {
    this.#revision = revision;
    this.#isStopped = false;
  }

  /** One save at a time; what is typed during one is for the next. */
  #saveOnce(): Promise<Status> {
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  #kept(): Kept | undefined {
    if (this.#unsaved === undefined) return undefined;
    const sent = this.#sent === undefined ? {} : { sent: this.#sent };
    return { base: this.#revision, draft: this.#unsaved, at: this.#world.now(), ...sent };
  }

  #saveAfter(milliseconds: number): void {
    this.#stopWaiting?.();
    this.#stopWaiting = this.#world.after(milliseconds, () => void this.#saveOnce());
  }

  async #save(): Promise<Status> {
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
        // More may have been typed meanwhile: that is still only here.
        if (this.#unsaved === draft) this.#unsaved = undefined;
        await this.#world.keep(this.#kept());
        if (this.#unsaved !== undefined) this.#saveAfter(PAUSE_MILLISECONDS);
        this.#world.tell(this.#unsaved === undefined ? answer : { kind: "unsaved" });
        return answer;
      case "unreachable": {
        const wait = RETRY_MILLISECONDS[Math.min(this.#failures++, RETRY_MILLISECONDS.length - 1)] ?? 0;
        this.#saveAfter(wait);
        return this.#tell(answer);
      }
      default:
        // Somebody must decide something first; typing goes on, into the browser.
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
