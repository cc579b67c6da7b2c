// The pages that correct or withdraw an article that is out. They say first who has it. Plain forms, without script.

import type { Hono } from "hono";
import type { Child, FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { check, ok, type Problem } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import { type Desk, type DeskContext, FORM_BYTES } from "../desk.ts";
import { noteSchema, publishSchema, withdrawSchema } from "../inputs.ts";
import { BackToStory, DeskPage, Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Done } from "../stories/done.tsx";
import { type Person, readStory, type Story, type StoryRow } from "../stories/sql.ts";
import { publishStory, withdrawStory } from "../stories/stories.ts";
import { type Holders, holdersOfStory } from "./holders.ts";
import { keepWaiting } from "./sql-corrections.ts";

const KINDS = [
  ["correction", t("correction")],
  ["clarification", t("clarification")],
  ["update", t("update")],
] as const;

/** Adds the pages under /desk/stories/:id/correct and /withdraw. */
export function addCorrectAndWithdraw(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forEditor, noStory, toStory } = desk;
  const { env, site } = runtime;

  for (const form of [CORRECT, WITHDRAW]) {
    pages.get(`/stories/:id/${form.act}`, (c) => forEditor(c, (person) => show(c, form, person)));
    pages.post(`/stories/:id/${form.act}`, limit(FORM_BYTES), (c) =>
      forEditor(c, async (person) => {
        const id = c.req.param("id") ?? "";
        const sent = textsOf(await c.req.parseBody());
        if (sent.next === "text") return changeTextFirst(c, id, sent, person);
        const problems = await form.send(runtime, id, sent, person, now());
        return problems.length === 0 ? toStory(id, form.done) : show(c, form, person, { sent, problems });
      }),
    );
  }

  /** Keeps the note that was begun, and opens the text. */
  async function changeTextFirst(c: DeskContext, id: string, sent: Sent, person: Person): Promise<Response> {
    const { kind, text = "" } = sent;
    const note = text.trim() === "" ? ok(undefined) : check(noteSchema, { kind, text });
    if (!note.ok) return show(c, CORRECT, person, { sent, problems: note.problems });
    await keepWaiting(env.DB, id, note.value);
    return toStory(id, "correct");
  }

  async function show(c: DeskContext, form: Form, person: Person, refused?: Refused): Promise<Response> {
    const read = await readStory(env.DB, c.req.param("id") ?? "");
    if (!read) return noStory(c);
    const { story } = read;
    const holders = await holdersOfStory(runtime, story, now());
    const title = form.titleOf(story.headline || t("a story without a headline"));
    return page(
      c,
      refused ? 422 : 200,
      <DeskPage
        {...{ site, title, person }}
        back={<BackToStory id={story.id} />}
        problems={refused?.problems}
      >
        <form.Head read={read} site={site} />
        <Who holders={holders} />
        <form method="post" class="plain" id="act">
          <form.Fields read={read} sent={refused?.sent ?? {}} site={site} />
          <p>
            <button type="submit" class="first">
              {form.button}
            </button>
          </p>
        </form>
      </DeskPage>,
    );
  }
}

/** The links to both pages, on a story's own; the editor shows them once the article is out. */
export const CorrectOrWithdraw: FC<{ story: StoryRow; person: Person }> = ({ story, person }) =>
  isAtLeast(person, "editor") ? (
    <p class="out links" hidden={story.live === null || story.withdrawn !== null}>
      <a href={`/desk/stories/${story.id}/correct`}>{t("Correct")}</a>{" "}
      <a href={`/desk/stories/${story.id}/withdraw`}>{t("Withdraw")}</a>
    </p>
  ) : null;

type Sent = Readonly<Record<string, string>>;

interface Refused {
  readonly sent: Sent;
  readonly problems: readonly Problem[];
}

/** One of the two forms. `send` gives what keeps it from being done; nothing where it is done. */
interface Form {
  readonly act: "correct" | "withdraw";
  readonly done: Done;
  readonly titleOf: (headline: string) => string;
  readonly button: string;
  /** What happens, first of all. */
  readonly Head: FC<{ read: Story; site: Site }>;
  readonly Fields: FC<{ read: Story; sent: Sent; site: Site }>;
  readonly send: (
    runtime: Runtime,
    id: string,
    sent: Sent,
    person: Person,
    now: Instant,
  ) => Promise<readonly Problem[]>;
}

const CORRECT: Form = {
  act: "correct",
  done: "publish",
  titleOf: (headline) => t("Correct: {headline}", { headline }),
  button: t("Publish the correction"),
  Head: ({ read: { story, revision }, site }) => (
    <div class="notice">
      <p>
        {story.live === revision.number
          ? t(
              "The text stays as it is. Revision {number}, which is out, is published again with your note below.",
              { number: revision.number },
            )
          : parts(
              "The text of revision {number}, saved {time} by {name}, is published with your note below.",
              {
                number: revision.number,
                time: <Time at={revision.at} site={site} />,
                name: <bdi>{revision.by}</bdi>,
              },
            )}
      </p>
      <p>
        {t("Is the text itself wrong? Change it first. Your note is kept, and you come back to it.")}{" "}
        <button type="submit" form="act" name="next" value="text" formnovalidate>
          {t("Change the text first")}
        </button>
      </p>
    </div>
  ),
  Fields: ({ read: { revision, corrections }, sent }) => {
    const waiting = corrections.filter(({ at }) => at === null);
    const chosen = sent.kind ?? waiting[0]?.kind;
    return (
      <>
        <input type="hidden" name="revision" value={String(revision.number)} />
        <Labelled id="kind" label={t("What it is")}>
          <select id="kind" name="kind">
            {KINDS.map(([kind, name]) => (
              <option value={kind} selected={chosen === kind}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id="text" label={t("What was wrong, for readers")}>
          <textarea id="text" name="text" rows={5} required maxlength={3000}>
            {sent.text ?? waiting.map(({ text }) => text).join("\n\n")}
          </textarea>
        </Labelled>
      </>
    );
  },
  send: async (runtime, id, { revision, kind, text }, person, now) => {
    const asked = check(publishSchema, { revision: Number(revision), correction: { kind, text } });
    if (!asked.ok) return asked.problems;
    const outcome = await publishStory(runtime, id, asked.value, person, now);
    switch (outcome.kind) {
      case "due":
        return [];
      case "invalid":
        return outcome.problems;
      case "busy":
        return [{ path: "", message: t("It is being published this moment. Try again in a few seconds.") }];
      default:
        return [
          {
            path: "",
            message: t("Somebody saved a newer revision meanwhile. Look at it before you publish it."),
          },
        ];
    }
  },
};

const WITHDRAW: Form = {
  act: "withdraw",
  done: "withdraw",
  titleOf: (headline) => t("Withdraw: {headline}", { headline }),
  button: t("Withdraw it now"),
  Head: ({ read: { story }, site }) => (
    <>
      {story.withdrawn === null ? null : (
        <p>
          {parts("It was withdrawn {time}. This changes its notice.", {
            time: <Time at={story.withdrawn} site={site} />,
          })}
        </p>
      )}
      <p>
        {plural(site.retractionDays, {
          one: "Its page is gone at once. Feeds show a notice for {count} day, and partners are told to take it down. The story stays here, and can be published again.",
          other:
            "Its page is gone at once. Feeds show a notice for {count} days, and partners are told to take it down. The story stays here, and can be published again.",
        })}
      </p>
    </>
  ),
  Fields: ({ sent }) => (
    <>
      <Labelled id="reason" label={t("Why, for readers")}>
        <textarea id="reason" name="reason" rows={3} maxlength={500}>
          {sent.reason ?? ""}
        </textarea>
      </Labelled>
      <p>
        <input
          type="checkbox"
          id="named"
          name="headline"
          value="yes"
          checked={sent.reason === undefined || sent.headline === "yes"}
        />{" "}
        <label for="named">{t("The notice names the headline")}</label>
      </p>
    </>
  ),
  send: async (runtime, id, { reason = "", headline }, person, now) => {
    const why = reason.trim() === "" ? {} : { reason };
    const asked = check(withdrawSchema, { ...why, headline: headline === "yes" });
    if (!asked.ok) return asked.problems;
    const outcome = await withdrawStory(runtime, id, asked.value, person, now);
    if (outcome === "withdrawn") return [];
    if (outcome === "busy") return [{ path: "", message: t("Others are changing it. Try again.") }];
    return [{ path: "", message: t("It isn't out.") }];
  },
};

function holderWords({ name, fetched }: Holders["partners"][number]) {
  const values = { name: <bdi>{name}</bdi> };
  switch (fetched) {
    case "nothing":
      return parts("{name}: not fetched yet", values);
    case "older":
      return parts("{name}: an older version", values);
    case "newest":
      return parts("{name}: the newest version", values);
  }
}

/** Who has the article now. */
const Who: FC<{ holders: Holders }> = ({ holders: { subscribers, readers, partners } }) => (
  <section aria-labelledby="who">
    <h2 id="who">{t("Who has it")}</h2>
    <ul>
      <li>
        {plural(subscribers, {
          one: "{count} subscriber of its feeds, told at once",
          other: "{count} subscribers of its feeds, told at once",
        })}
      </li>
      <li>
        {plural(readers, {
          one: "{count} reader of its feeds at feed services",
          other: "{count} readers of its feeds at feed services",
        })}
      </li>
      {partners.length === 0 ? <li>{t("no partner")}</li> : null}
      {partners.map((one) => (
        <li>{holderWords(one)}</li>
      ))}
    </ul>
  </section>
);

const Labelled: FC<{ id: string; label: string; children?: Child }> = ({ id, label, children }) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
  </div>
);

const textsOf = (form: Readonly<Record<string, unknown>>): Sent =>
  Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
