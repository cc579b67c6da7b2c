// Publishing from the editor: the button and its undo, the link to the page that publishes at a time, and what is
// scheduled.

import { humanTime, toInstant } from "../../lib/time.ts";
import { interfaceLanguage, t } from "../../lib/translate.ts";
import type { StoryAnswer } from "../answers.ts";
import { problemSentences } from "../publish/field-names.ts";
import type { Clock } from "./clock.ts";
import { element } from "./dom.ts";
import { leavingLink, saveFirst } from "./saved-link.ts";
import type { Saver } from "./saver.ts";

const POLL_MILLISECONDS = 1000;

/** Where a story stands. */
type Standing = Pick<StoryAnswer, "slug" | "live" | "due" | "dueAt" | "dueFor" | "published" | "withdrawn">;

/** What publishing needs of the editor. */
interface Editor {
  readonly saver: Saver;
  readonly clock: Clock;
  readonly timezone: string;
  readonly canPublish: boolean;
  /** Made by the server: links to the pages that correct or withdraw what is out. */
  readonly afterwards: HTMLElement | null;
  /** Made by the server: what is there only while the story is a draft. */
  readonly whileDraft: HTMLElement | null;
  /** Made by the server: what is said only while publishing can be undone. */
  readonly whileUndoable: HTMLElement | null;
  readonly ask: (method: string, to: string, sent?: unknown) => Promise<Response | undefined>;
  readonly reasonOf: (response: Response) => Promise<string>;
  /** Says something beside the buttons; nothing: takes back what was said. */
  readonly say: (text?: string) => void;
  /** Why the story on the screen isn't complete yet; undefined if it is. */
  readonly unready: () => string | undefined;
  /** The article has this slug for good. */
  readonly fix: (slug: string) => void;
}

/** The buttons that publish, and what they know. */
export interface Publication {
  /** For the foot of the page. */
  readonly buttons: readonly HTMLElement[];
  /** Where the story stands: beside the buttons, where somebody looks who has pressed one. */
  readonly schedule: HTMLElement;
  /** Keeps the story from being published, until somebody has decided something. */
  readonly block: (isBlocked: boolean) => void;
  /** Shows where the story stands now. */
  readonly show: () => void;
}

/** Makes the buttons; a publication that is under way is followed. */
export function publicationOf(story: StoryAnswer, editor: Editor): Publication {
  const { saver, clock, canPublish, afterwards, whileDraft, whileUndoable, ask, reasonOf, say } = editor;
  const path = `/api/stories/${story.id}`;
  const publish = element("button", { type: "button", class: "first" }, t("Publish"));
  const undo = element("button", { type: "button" }, t("Undo"));
  const page = leavingLink(`/desk/stories/${story.id}/publish`, saver);
  page.setAttribute("aria-keyshortcuts", "Control+Enter");
  page.title = t("Ctrl+Enter");
  const schedule = element("p", { class: "scheduled", role: "status" });
  const notice = document.querySelector<HTMLElement>("#on-schedule");
  let standing: Standing = story;

  // Before the link's own handler, which leaves the page.
  page.addEventListener(
    "click",
    (event) => {
      const unready = editor.unready();
      if (unready === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(unready);
    },
    { capture: true },
  );
  publish.addEventListener("click", () => void publishNow());
  undo.addEventListener("click", () => void undoNow());
  // Before the text's own keys, which would take it for Enter.
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || page.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    page.click();
  };
  document.addEventListener("keydown", onKey, { capture: true });
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".out a, .done a")) saveFirst(link, saver);
  const withdrawnNotice = document.querySelector("#withdrawn");
  withdrawnNotice?.addEventListener("submit", (event) => {
    event.preventDefault();
    void publishNow();
  });
  if (story.due !== null) void follow();
  return {
    buttons: canPublish ? [page, publish, undo, ...(afterwards ? [afterwards] : [])] : [page],
    schedule,
    block: (isBlocked) => {
      publish.disabled = isBlocked;
    },
    show,
  };

  async function publishNow(): Promise<void> {
    say();
    const unready = editor.unready();
    if (unready !== undefined) return say(t("Not published: {reason}", { reason: unready }));
    publish.disabled = true;
    const saved = await saver.flush();
    if (saved.kind !== "saved") return;
    const restore = standing.withdrawn === null ? {} : { restore: true };
    const response = await ask("POST", `${path}/publish`, { revision: saver.revision, ...restore });
    publish.disabled = false;
    if (!response) return say(t("The server can't be reached, so nothing was published."));
    if (!response.ok) return say(await reasonOf(response));
    const { dueAt, dueFor } = (await response.json()) as Pick<Standing, "dueAt" | "dueFor">;
    standing = { ...standing, due: saver.revision, dueAt, dueFor };
    await follow();
  }

  async function undoNow(): Promise<void> {
    const response = await ask("DELETE", `${path}/publish`);
    if (!response) return say(t("The server can't be reached, so nothing was undone."));
    if (!response.ok) return say(await reasonOf(response));
    say(standing.dueFor === null ? t("It was not published.") : t("It was not scheduled."));
    standing = { ...standing, due: null, dueAt: null, dueFor: null };
    show();
  }

  /** Waits until what is about to be published is. */
  async function follow(): Promise<void> {
    while (standing.due !== null) {
      show();
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
      if (secondsLeft() > 0) continue;
      const response = await ask("GET", path);
      if (!response?.ok) continue;
      const now = (await response.json()) as StoryAnswer;
      if (standing.due === null) return;
      standing = now;
      if (now.due !== null) continue;
      if (now.live !== null && now.slug !== null) editor.fix(now.slug);
      if (now.problems.length > 0) say(problemSentences(now.problems));
    }
    show();
  }

  function show(): void {
    const { due, live, published, withdrawn } = standing;
    const [isUnderWay, seconds] = [due !== null, secondsLeft()];
    undo.hidden = !isUnderWay || seconds <= 0;
    if (!undo.hidden) undo.textContent = t("Undo ({seconds} s)", { seconds });
    if (undo.hidden) whileUndoable?.remove();
    if (isUnderWay || withdrawn === null) withdrawnNotice?.remove();
    if (whileDraft) whileDraft.hidden = isUnderWay || live !== null;
    const isChanged = live !== saver.revision || saver.isUnsaved;
    publish.hidden = isUnderWay || (isOut() && !isChanged);
    const isScheduled = live !== null && published !== null && withdrawn === null && !isOut();
    if (notice) notice.hidden = isUnderWay || !isScheduled;
    publish.textContent = isScheduled
      ? t("Publish now")
      : live === null || published === null
        ? t("Publish")
        : withdrawn === null
          ? t("Publish the changes")
          : t("Publish again");
    page.textContent = canPublish && !isOut() ? t("Publish at …") : t("Who gets it");
    page.hidden = isUnderWay;
    if (afterwards) afterwards.hidden = !isOut();
    const text = isScheduled
      ? [
          t("Revision {revision} comes out on {time}.", {
            revision: live,
            time: humanTime(toInstant(new Date(published)), interfaceLanguage, editor.timezone),
          }),
          ...(isChanged ? [t("What was changed since isn't part of it: schedule or publish it too.")] : []),
        ].join(" ")
      : stateText(isChanged);
    // Said again, a screen reader would read it again.
    if (schedule.dataset.text === text) return;
    schedule.dataset.text = text;
    // With the revision in it, since the browser may hold the page of an earlier one.
    const href = `/articles/${standing.slug}?revision=${live}`;
    schedule.replaceChildren(text, ...(isOut() ? [" ", element("a", { href }, t("View the article"))] : []));
  }

  /** Where a story stands that isn't scheduled; empty for a draft. */
  function stateText(isChanged: boolean): string {
    const { due, dueFor, withdrawn } = standing;
    if (due !== null)
      return dueFor === null
        ? t("Revision {revision} will be published in a moment.", { revision: due })
        : t("Revision {revision} will be scheduled in a moment.", { revision: due });
    if (withdrawn !== null) return t("This article is withdrawn. Publishing brings it back.");
    if (!isOut()) return "";
    return isChanged ? t("Published. What was changed since isn't out.") : t("It is published.");
  }

  function isOut(): boolean {
    const { live, published, withdrawn } = standing;
    return live !== null && published !== null && withdrawn === null && Date.parse(published) <= clock();
  }

  /** For how long publishing can still be undone; 0 where nothing is under way. */
  function secondsLeft(): number {
    if (standing.dueAt === null) return 0;
    return Math.max(0, Math.ceil((Date.parse(standing.dueAt) - clock()) / 1000));
  }
}
