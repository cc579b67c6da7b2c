// A random walk: acts of two people on two articles, while answers and isolates are lost. At its end the desk is compared
// with the model.

import fc from "fast-check";
import { BINDINGS, type Binding, type Way } from "../faults.ts";
import type { Prepared } from "../simulate.ts";
import {
  begin,
  fromGit,
  look,
  publish,
  pull,
  restore,
  save,
  takeOver,
  undo,
  withdraw,
  wordOf,
} from "./acts.ts";
import { type Piece, piece, WRITERS, type Writer } from "./model.ts";
import { Newsroom } from "./newsroom.ts";

/** Long enough for every publication to end, for cron to run, and for all retries to be over. */
const QUIET_SECONDS = 15 * 60;
const SLUGS = ["ants", "bees"] as const;

/** One act. */
export type Act =
  | {
      readonly do: "save" | "publish" | "later" | "correct";
      readonly what: number;
      readonly by: Writer;
      readonly isTwice: boolean;
    }
  | {
      readonly do: "look" | "restore" | "undo" | "withdraw" | "take-over";
      readonly what: number;
      readonly by: Writer;
    }
  | { readonly do: "git" | "pull"; readonly what: number; readonly isForced: boolean }
  | { readonly do: "wait"; readonly seconds: number }
  | {
      readonly do: "fail";
      readonly binding: Binding;
      readonly way: Way;
      readonly skip: number;
      readonly seconds: number;
    }
  | { readonly do: "kill" };

/** Random lists of acts, which fast-check can shorten. */
export const walks = (
  length: number,
): fc.Arbitrary<{ readonly seed: number; readonly acts: readonly Act[] }> => {
  const what = fc.nat({ max: SLUGS.length - 1 });
  const by = fc.constantFrom(...WRITERS);
  const act = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant("save" as const), what, by, isTwice: fc.boolean() }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom("publish" as const, "publish" as const, "later" as const, "correct" as const),
        ...{ what, by, isTwice: fc.boolean() },
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom(
          ...([
            "look",
            "look",
            "restore",
            "undo",
            "undo",
            "undo",
            "withdraw",
            "take-over",
            "take-over",
          ] as const),
        ),
        ...{ what, by },
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom("git" as const, "pull" as const),
        what,
        isForced: fc.boolean(),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 10, 20, 90) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("fail" as const),
        binding: fc.constantFrom<Binding>("d1", "d1", "d1", ...BINDINGS.filter((one) => one !== "outside")),
        way: fc.constantFrom<Way>("refused", "answer-lost", "late"),
        skip: fc.nat({ max: 8 }),
        seconds: fc.constantFrom(0, 0, 20),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
  );
  return fc.record({ seed: fc.nat(), acts: fc.array(act, { minLength: 1, maxLength: length, size: "max" }) });
};

/** Does the acts, waits `QUIET_SECONDS`, and checks each article. @throws Error that names the broken promise */
export async function walk(
  prepared: Prepared,
  { seed, acts }: { readonly seed: number; readonly acts: readonly Act[] },
): Promise<readonly string[]> {
  const room = new Newsroom(prepared, seed);
  const pieces = SLUGS.map(piece);
  let end: { readonly error?: unknown } | undefined;
  const all = async () => {
    for (const act of acts) {
      room.world.note(JSON.stringify(act));
      await perform(room, pieces, act);
    }
    room.cloud.faults.mend();
    await room.wait(QUIET_SECONDS);
    for (const one of pieces) await check(room, one);
  };
  all().then(
    () => {
      end = {};
    },
    (error: unknown) => {
      end = { error };
    },
  );
  await room.world.run(() => end !== undefined);
  room.cloud.close();
  if (end?.error) {
    const { message } = end.error as Error;
    throw new Error(`${message}\n${room.world.notes.slice(-60).join("\n")}`, { cause: end.error });
  }
  return room.world.notes;
}

async function perform(room: Newsroom, pieces: readonly Piece[], act: Act): Promise<void> {
  if (act.do === "wait") return room.wait(act.seconds);
  if (act.do === "fail") return room.cloud.faults.add(act);
  if (act.do === "kill") return room.cloud.kill("home/0");
  const one = pieces[act.what];
  if (!one) return;
  switch (act.do) {
    case "git":
      return fromGit(room, one, act.isForced);
    case "pull":
      await pull(room, one, act.isForced);
      return;
    case "take-over":
      return takeOver(room, one, act.by);
    case "save":
      return save(room, one, act.by, act.isTwice);
  }
  if (one.id === undefined) return begin(room, one, act.by);
  switch (act.do) {
    case "look":
      await look(room, one, act.by);
      return;
    case "restore":
      return restore(room, one, act.by);
    case "undo":
      return undo(room, one, act.by);
    case "withdraw":
      return withdraw(room, one, act.by);
    case "publish":
      return publish(room, one, act.by, { isTwice: act.isTwice });
    case "later":
      return publish(room, one, act.by, { isLater: true });
    case "correct":
      return publish(room, one, act.by, { isCorrection: true, isTwice: act.isTwice });
  }
}

/** Compares an article with the model. @throws Error that names the broken promise */
async function check(room: Newsroom, one: Piece): Promise<void> {
  const must = (isTrue: boolean, what: string): void => {
    if (!isTrue) throw new Error(`${one.slug}: ${what}`);
  };
  const stories = (await room.surely("GET", "/stories")).json.stories as readonly {
    readonly id: string;
    readonly slug: string | null;
    readonly live: number | null;
    readonly due: number | null;
  }[];
  const ours = stories.filter(({ slug, live }) => slug === one.slug && live !== null);
  must(ours.length <= 1, `is the article of ${ours.length} stories`);
  must(
    stories.every(({ due }) => due === null),
    "a publication never came to an end",
  );
  const out = await room.surely("GET", `/articles/${one.slug}`);
  if (out.status === 200) {
    const word = wordOf(out.json) ?? "";
    must((one.mayBeOut.get(word) ?? 0) > 0, `${word} is out, but was never published, or was undone`);
  }
  if (one.id === undefined) return;

  for (const [number, { word, by }] of one.acknowledged) {
    const read = await room.surely("GET", `/stories/${one.id}/revisions/${number}`);
    must(read.status === 200, `revision ${number} of ${by} was acknowledged, but is gone`);
    must(wordOf(read.json.article) === word, `revision ${number} of ${by} has another text`);
    must(read.json.by === by, `revision ${number} of ${by} has another name`);
  }
  const story = (await room.surely("GET", `/stories/${one.id}`)).json;
  const newest = Math.max(0, ...one.acknowledged.keys());
  must(
    Number(story.revision) >= newest,
    `the newest revision is older than ${newest}, which was acknowledged`,
  );
  const corrections = JSON.stringify(story.corrections);
  for (const note of one.corrections.keys())
    must(corrections.includes(note), `its correction ${note} is gone`);
  const isHere = story.home === "desk" && story.live !== null;
  if (!isHere || out.status !== 200) return;
  const live = await room.surely("GET", `/stories/${one.id}/revisions/${Number(story.live)}`);
  must(
    wordOf(live.json.article) === wordOf(out.json),
    `revision ${Number(story.live)} is said to be out, but ${wordOf(out.json)} is`,
  );
}
