// The editor of one story, in the browser. The page has the story's id and the choices for its fields;
// everything else is here.

import { del, get, set } from "idb-keyval";
import type { StoryAnswer } from "../answers.ts";
import { type Body, bodyEditor } from "./body.ts";
import { differences } from "./differences.ts";
import { button, element } from "./dom.ts";
import { type Fields, fields, type Settings, SHOWN as SHOWN_FIELDS, wordsOf } from "./fields.ts";
import { followHistory } from "./history.ts";
import { previewLink } from "./preview.ts";
import { type Answer, type Draft, type Kept, Saver, type Status } from "./saver.ts";

interface ProblemAnswer {
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const POLL_MILLISECONDS = 1000;
const root = document.querySelector<HTMLElement>("#story");
if (root) void start(root);

async function start(page: HTMLElement): Promise<void> {
  const { id = "", role = "" } = page.dataset;
  const settings = JSON.parse(document.querySelector("#settings")?.textContent ?? "{}") as Settings;
  const path = `/api/stories/${id}`;
  const key = `story:${id}`;
  const kept = (await get<Kept>(key).catch(() => undefined)) ?? undefined;
  const story = await load();
  if (!story) return;

  const status = element("p", { role: "status", class: "status" });
  const notice = element("div", { class: "notice", role: "alert" });
  const publish = element("button", { type: "button", class: "first" }, "Publish");
  const undo = element("button", { type: "button" }, "Undo");
  /** Made by the server: links to the pages that correct or withdraw what is out. */
  const afterwards = page.querySelector<HTMLElement>(".out");
  let published: Pick<StoryAnswer, "live" | "due" | "dueAt" | "withdrawn"> = story;

  const saver = new Saver(story.revision, {
    send,
    keep: async (one) => {
      try {
        await (one === undefined ? del(key) : set(key, one));
      } catch {
        say(
          "This browser can't store drafts for this page. Don't close the page before it says that the story is saved.",
        );
      }
    },
    tell: show,
    after: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    now: () => Date.now(),
  });
  const goesOn = kept !== undefined && followsFrom(kept, story);
  let { form, body } = mount(goesOn ? kept.draft : story);

  const canPublish = role !== "reporter";
  page.replaceChildren(
    element("h1", { class: "hidden" }, "Story"),
    notice,
    form?.main,
    body?.element,
    form?.side,
    element(
      "div",
      { class: "foot" },
      status,
      previewLink(id, saver),
      canPublish ? publish : "",
      canPublish ? undo : "",
      afterwards ?? "",
    ),
  );
  publish.addEventListener("click", () => void publishNow());
  undo.addEventListener("click", () => void undoNow());
  followHistory();
  addEventListener("online", () => void saver.flush());
  addEventListener("beforeunload", (event) => {
    if (saver.isUnsaved) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      void saver.flush();
    }
  });
  show({ kind: "saved", revision: story.revision });
  showPublication();
  if (story.due !== null) void waitForPublication();
  else if (story.withdrawn !== null) say("This article is withdrawn. Publishing brings it back.");
  if (goesOn) {
    say("Text that you typed here earlier was not saved yet. It has been restored.");
    saver.change(kept.draft);
  } else if (kept) decide(kept.draft, story);

  function draft(): Draft {
    const { slug, ...article } = form.read();
    const html = body.html();
    return {
      ...(slug === undefined ? {} : { slug }),
      article: { ...own, ...article, ...(html === "" ? {} : { body: { html } }) },
    };
  }

  /** Keeps the fields that the editor doesn't show. */
  function mount({ slug, article }: { readonly slug?: string | null; readonly article: Draft["article"] }): {
    readonly form: Fields;
    readonly body: Body;
  } {
    own = Object.fromEntries(Object.entries(article).filter(([name]) => !SHOWN.has(name)));
    const changed = () => saver.change(draft());
    return {
      form: fields(settings, { ...article, slug: slug ?? undefined }, story?.live !== null, changed),
      body: bodyEditor(htmlOf(article), changed),
    };
  }

  function remount(shown: { readonly slug?: string | null; readonly article: Draft["article"] }): void {
    const [main, side, text] = [form.main, form.side, body.element];
    body.destroy();
    ({ form, body } = mount(shown));
    main.replaceWith(form.main);
    side.replaceWith(form.side);
    text.replaceWith(body.element);
  }

  async function load(): Promise<StoryAnswer | undefined> {
    try {
      const response = await fetch(path);
      if (response.ok) return (await response.json()) as StoryAnswer;
      page.prepend(element("p", { role: "alert", class: "notice" }, await reasonOf(response)));
    } catch {
      page.prepend(
        element(
          "p",
          { role: "alert", class: "notice" },
          "The server can't be reached, so the story can't be opened. Unsaved text is kept in this browser.",
        ),
      );
    }
    return undefined;
  }

  async function send(base: number, sent: Draft): Promise<Answer> {
    try {
      const headers = { "Content-Type": "application/json", "If-Match": `"${base}"` };
      const response = await fetch(path, { method: "PUT", headers, body: JSON.stringify(sent) });
      if (response.ok) return { kind: "saved", revision: ((await response.json()) as StoryAnswer).revision };
      if (response.status === 412) return { kind: "outdated" };
      if (response.status === 401) return { kind: "signed-out" };
      if (response.status >= 500 || response.status === 429) return { kind: "unreachable" };
      return { kind: "refused", reasons: [await reasonOf(response)] };
    } catch {
      return { kind: "unreachable" };
    }
  }

  function show(now: Status): void {
    publish.disabled = now.kind === "outdated" || now.kind === "signed-out";
    status.dataset.kind = now.kind;
    showPublication();
    switch (now.kind) {
      case "saved":
        status.textContent = `Saved as revision ${now.revision}.`;
        return;
      case "unsaved":
        status.textContent =
          "Not saved yet. Your text is kept in this browser, and will be saved in a moment.";
        return;
      case "saving":
        status.textContent = "Saving …";
        return;
      case "unreachable":
        status.textContent =
          "Not saved: the server can't be reached. Your text is kept in this browser, and saving will be retried.";
        return;
      case "refused":
        status.textContent = `Not saved: ${now.reasons.join(" ")} Your text is kept in this browser.`;
        return;
      case "signed-out":
        status.textContent = "Not saved: your session has ended. Your text is kept in this browser.";
        notice.replaceChildren(
          element(
            "p",
            {},
            "Your session has ended. Sign in in another tab, then continue here: nothing is lost.",
          ),
          button("Continue", () => {
            notice.replaceChildren();
            void saver.flush();
          }),
        );
        return;
      case "outdated":
        status.textContent = "Not saved: somebody else has saved this story. Choose which text to keep.";
        void load().then((theirs) => theirs && decide(draft(), theirs));
    }
  }

  /**
   * Shows two conflicting texts of a story. The person chooses one; the other stays as a revision, or on the
   * screen.
   */
  function decide(mine: Draft, theirs: StoryAnswer): void {
    publish.disabled = true;
    notice.replaceChildren(
      element("h2", {}, "Two versions of this story"),
      element(
        "p",
        {},
        `${theirs.by} saved revision ${theirs.revision} while you were writing. You can publish once you have chosen.`,
      ),
      element("h3", {}, "What differs"),
      element(
        "p",
        { class: "hint" },
        `Struck out: only in ${theirs.by}'s version. Underlined: only in yours.`,
      ),
      differences(withSlug(theirs), withSlug(mine)),
      element(
        "details",
        {},
        element("summary", {}, "Both versions in full"),
        element("div", { class: "two" }, side("Yours", mine.article), side(`${theirs.by}'s`, theirs.article)),
      ),
      element(
        "p",
        {},
        button("Keep yours", () => {
          notice.replaceChildren();
          saver.goOnFrom(theirs.revision);
          remount(mine);
          saver.change({ ...mine, replaces: true });
          void saver.flush();
        }),
        " ",
        button("Use theirs", () => {
          notice.replaceChildren();
          void takeTheirs(mine, theirs);
        }),
      ),
      element("p", {}, "Nothing is lost: the other version stays as a revision."),
    );
  }

  /** Saves my text as a revision, and then continues with theirs. */
  async function takeTheirs(mine: Draft, theirs: StoryAnswer): Promise<void> {
    const { slug, article } = theirs;
    saver.goOnFrom(theirs.revision);
    saver.change({ ...mine, replaces: true });
    const saved = await saver.flush();
    if (saved.kind !== "saved") return;
    remount(theirs);
    saver.change({ ...(slug === null ? {} : { slug }), article, replaces: true });
    await saver.flush();
  }

  async function publishNow(): Promise<void> {
    notice.replaceChildren();
    publish.disabled = true;
    const saved = await saver.flush();
    if (saved.kind !== "saved") return;
    const restore = published.withdrawn === null ? {} : { restore: true };
    const response = await ask("POST", `${path}/publish`, { revision: saver.revision, ...restore });
    publish.disabled = false;
    if (!response) return say("The server can't be reached, so nothing was published.");
    if (!response.ok) return say(await reasonOf(response));
    const { dueAt } = (await response.json()) as { readonly dueAt: string };
    published = { ...published, due: saver.revision, dueAt };
    showPublication();
    await waitForPublication();
  }

  async function undoNow(): Promise<void> {
    const response = await ask("DELETE", `${path}/publish`);
    if (!response) return say("The server can't be reached, so nothing was undone.");
    if (!response.ok) return say(await reasonOf(response));
    published = { ...published, due: null, dueAt: null };
    showPublication();
    say("It was not published.");
  }

  async function waitForPublication(): Promise<void> {
    while (published.due !== null) {
      showPublication();
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
      if (Date.parse(published.dueAt ?? "") > Date.now()) continue;
      const response = await ask("GET", path);
      if (!response?.ok) continue;
      const now = (await response.json()) as StoryAnswer;
      if (published.due === null) return;
      published = now;
      if (now.due !== null) continue;
      if (now.live !== null && now.slug !== null) form.fix(now.slug);
      if (now.problems && now.problems.length > 0) say(sentences(now.problems));
      else say("It is published.", element("a", { href: `/articles/${now.slug}` }, "View the article"));
    }
    showPublication();
  }

  function showPublication(): void {
    const { due, dueAt, live, withdrawn } = published;
    const seconds = Math.ceil((Date.parse(dueAt ?? "") - Date.now()) / 1000);
    undo.hidden = due === null || seconds <= 0;
    undo.textContent = `Undo (${Math.max(0, seconds)} s)`;
    publish.hidden = due !== null || (withdrawn === null && live === saver.revision && !saver.isUnsaved);
    const again = withdrawn === null ? "Publish the changes" : "Publish again";
    publish.textContent = live === null ? "Publish" : again;
    if (afterwards) afterwards.hidden = live === null;
  }

  async function ask(method: string, to: string, sent?: unknown): Promise<Response | undefined> {
    const init =
      sent === undefined
        ? {}
        : { body: JSON.stringify(sent), headers: { "Content-Type": "application/json" } };
    try {
      return await fetch(to, { method, ...init });
    } catch {
      return undefined;
    }
  }

  function say(text: string, ...more: readonly Node[]): void {
    notice.replaceChildren(element("p", {}, text, ...(more.length > 0 ? [" ", ...more] : [])));
  }
}

/**
 * True if the browser's draft follows the newest revision. That may be our own save, whose answer was lost.
 */
function followsFrom({ base, sent }: Kept, { revision, article }: StoryAnswer): boolean {
  if (base === revision) return true;
  return (
    base + 1 === revision && sent !== undefined && JSON.stringify(sent.article) === JSON.stringify(article)
  );
}

/** The article's fields that the editor shows. It keeps all others unchanged. */
const SHOWN: ReadonlySet<string> = new Set([...SHOWN_FIELDS, "body"]);
let own: Draft["article"] = {};

/** A draft's fields and its address, to be compared. */
const withSlug = ({
  slug,
  article,
}: {
  readonly slug?: string | null;
  readonly article: Draft["article"];
}) => ({
  ...article,
  ...(slug ? { slug } : {}),
});

function htmlOf({ body }: Draft["article"]): string {
  const html = typeof body === "object" && body !== null && "html" in body ? body.html : "";
  return typeof html === "string" ? html : "";
}

async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as ProblemAnswer;
  if (problem.errors && problem.errors.length > 0) return sentences(problem.errors);
  return problem.detail ?? `The server answered ${response.status}.`;
}

const NAMES: Readonly<Record<string, string>> = {
  body: "The text",
  headline: "The headline",
  slug: "The address",
  section: "The section",
};

function sentences(problems: NonNullable<ProblemAnswer["errors"]>): string {
  return problems.map(({ path, message }) => `${NAMES[path] ?? (path || "The story")} ${message}.`).join(" ");
}

function side(title: string, article: Draft["article"]): HTMLElement {
  const text = element("div", { class: "words" });
  // Only the words are shown: somebody else's HTML must not run in this page.
  text.textContent = new DOMParser().parseFromString(htmlOf(article), "text/html").body.textContent;
  return element(
    "section",
    {},
    element("h3", {}, title),
    element("p", { class: "headline" }, wordsOf(article.headline)),
    element("p", {}, wordsOf(article.dek)),
    text,
  );
}
