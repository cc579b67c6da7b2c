// The saving of a story against a server that loses requests and answers: whatever happens, the last text that was typed is
// on the server or in the browser, and in the end on the server.

import fc from "fast-check";
import { expect, it } from "vitest";
import { type Answer, type Draft, type Kept, Saver, type Status } from "../../src/desk/editor/saver.ts";

const draft = (text: string): Draft => ({ article: { headline: text } });
const textOf = ({ article }: Draft): string => String(article.headline);

/** What happens to a request. */
type Fate = "arrives" | "is lost" | "arrives, and its answer is lost";

/** A server with one story, a browser with its store, and a clock that a test moves. */
class Stage {
  readonly revisions: string[] = ["first"];
  readonly statuses: Status[] = [];
  kept: Kept | undefined;
  fates: Fate[] = [];
  timers: { readonly at: number; readonly work: () => void }[] = [];
  now = 0;
  inFlight = 0;
  mostInFlight = 0;
  readonly saver = new Saver(1, {
    send: (base, sent) => this.#send(base, sent),
    keep: async (kept) => {
      this.kept = kept;
    },
    tell: (status) => this.statuses.push(status),
    after: (milliseconds, work) => {
      const timer = { at: this.now + milliseconds, work };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((one) => one !== timer);
      };
    },
    now: () => this.now,
  });

  /** As the API answers: the same text sent again is no other revision. */
  async #send(base: number, sent: Draft): Promise<Answer> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await Promise.resolve();
    this.inFlight--;
    const fate = this.fates.shift() ?? "arrives";
    if (fate === "is lost") return { kind: "unreachable" };
    const head = this.revisions.length;
    const isThere = head > base && this.revisions[head - 1] === textOf(sent);
    if (head !== base && !isThere) return { kind: "outdated" };
    if (!isThere) this.revisions.push(textOf(sent));
    return fate === "arrives" ? { kind: "saved", revision: this.revisions.length } : { kind: "unreachable" };
  }

  /** Lets time pass until nothing is to be done any more. */
  async rest(): Promise<void> {
    for (let turns = 0; turns < 100; turns++) {
      for (let ticks = 0; ticks < 10; ticks++) await Promise.resolve();
      const [next] = this.timers.toSorted((a, b) => a.at - b.at);
      if (!next) return;
      this.timers = this.timers.filter((one) => one !== next);
      this.now = Math.max(this.now, next.at);
      next.work();
    }
    throw new Error("it never comes to rest");
  }
}

const fate = fc.constantFrom<Fate>("arrives", "is lost", "arrives, and its answer is lost");
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: "type" } as const) },
  fc.constant({ do: "save at once" } as const),
  fc.constant({ do: "wait" } as const),
);

it("loses nothing that was typed, whatever requests and answers are lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 30 }),
      fc.array(fate, { maxLength: 20 }),
      async (deeds, fates) => {
        const stage = new Stage();
        stage.fates = [...fates];
        let typed = "first";
        let acknowledged = 1;
        const pending: Promise<unknown>[] = [];
        for (const [index, one] of deeds.entries()) {
          if (one.do === "type") {
            typed = `text ${index}`;
            // Read a moment later, or when it is saved.
            stage.saver.typed(() => draft(typed));
            expect(stage.saver.isUnsaved).toBe(true);
            continue;
          } else if (one.do === "save at once") pending.push(stage.saver.flush());
          else await stage.rest();
          // What is on the screen is in the browser, or the newest that the server holds.
          const safe = stage.kept ? textOf(stage.kept.draft) : stage.revisions.at(-1);
          expect(safe).toBe(typed);
          // What was acknowledged stays.
          expect(stage.revisions.length).toBeGreaterThanOrEqual(acknowledged);
          acknowledged = stage.saver.revision;
        }
        await Promise.all(pending);
        await stage.rest();
        expect(stage.revisions.at(-1)).toBe(typed);
        expect([stage.kept, stage.saver.isUnsaved]).toEqual([undefined, false]);
        expect(stage.mostInFlight).toBeLessThanOrEqual(1);
        expect(stage.statuses.every(({ kind }) => kind !== "outdated")).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

it("stops where somebody else saved, keeps what is typed from then on, and goes on once it is told from where", async () => {
  const stage = new Stage();
  stage.saver.change(draft("mine"));
  stage.revisions.push("theirs");
  await stage.rest();
  expect(stage.statuses.at(-1)).toEqual({ kind: "outdated" });
  stage.saver.change(draft("mine, and more"));
  await stage.rest();
  expect(stage.revisions).toEqual(["first", "theirs"]);
  expect(stage.kept).toMatchObject({ draft: draft("mine, and more") });
  stage.saver.goOnFrom(2);
  expect(await stage.saver.flush()).toEqual({ kind: "saved", revision: 3 });
  expect(stage.revisions).toEqual(["first", "theirs", "mine, and more"]);
  expect(stage.kept).toBe(undefined);
});

it("has the browser keep what is typed a moment later, however long somebody types on", () => {
  const stage = new Stage();
  let typed = "";
  for (let key = 0; key < 10; key++) {
    typed += "x";
    stage.saver.typed(() => draft(typed));
  }
  expect(stage.kept).toBe(undefined);
  expect(stage.timers.map(({ at }) => at)).toEqual([200]);
  stage.timers[0]?.work();
  expect(stage.kept).toMatchObject({ draft: draft(typed) });
});

it("says that all is saved only when it is", async () => {
  const stage = new Stage();
  stage.saver.change(draft("a"));
  const saved = stage.saver.flush();
  // Typed while the first save is on its way.
  stage.saver.change(draft("ab"));
  await saved;
  const kinds = stage.statuses.map(({ kind }) => kind);
  expect(kinds.at(-1)).toBe("saved");
  expect(kinds.indexOf("saved")).toBe(kinds.length - 1);
  expect(stage.revisions.at(-1)).toBe("ab");
});
