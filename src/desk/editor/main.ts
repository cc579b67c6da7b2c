// The editor of one story, in the browser. The page has the story's id and the choices for its fields;
// everything else is here.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import { t } from "../../lib/translate.ts";
import type { StoryAnswer } from "../answers.ts";
import { problemSentences } from "../publish/field-names.ts";
import { keepClearOf } from "./bar.ts";
import { type Body, bodyEditor } from "./body.ts";
import { checksOf } from "./checks.ts";
import { serverClock } from "./clock.ts";
import { differences } from "./differences.ts";
import { button, element, parsed } from "./dom.ts";
import { type Fields, fields, type Settings, SHOWN as SHOWN_FIELDS, wordsOf } from "./fields.ts";
import { followHistory } from "./history.ts";
import { writeAhead } from "./html.ts";
import { openKeptCopy } from "./kept-copies.ts";
import { storyPictures } from "./pictures/pictures.ts";
import { presenceLine } from "./presence.ts";
import { publicationOf } from "./publication.ts";
import { previewLink } from "./saved-link.ts";
import { type Answer, type Draft, type Kept, Saver, type Status } from "./saver.ts";
import { openSessionDialog } from "./session-over.ts";
import { unseenFields } from "./unseen-fields.ts";
import { wordDocuments } from "./word/documents.ts";

interface ProblemAnswer {
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const root = document.querySelector<HTMLElement>("#story");
if (root) void start(root);

async function start(page: HTMLElement): Promise<void> {
  const { id = "", role = "", name = "" } = page.dataset;
  const choices = JSON.parse(document.querySelector("#settings")?.textContent ?? "{}") as Settings;
  const settings: Settings = { ...choices, self: name };
  let path = `/api/stories/${id}`;
  /** The next save makes a new story. */
  let isBegunAgain = false;
  const { found: kept, keep } = await openKeptCopy(id);
  const story = await load();
  if (!story) return;

  const status = element("p", { role: "status", class: "status" });
  const again = button(t("Sign in again"), signInAgain);
  const notice = element("div", { class: "notice", role: "alert" });
  const told = element("p", { class: "told", role: "alert" });
  const unseen = element("section", { class: "part" });

  const saver = new Saver(story.revision, {
    send,
    keep: async (one) => {
      try {
        await keep(one);
      } catch {
        say(
          t(
            "This browser can't store drafts for this page. Don't close the page before it says that the story is saved.",
          ),
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
  const checks = checksOf(id, draft);
  const pictures = storyPictures({
    story: id,
    keepsMetadata: settings.keepsMetadata === true,
    changed,
    addDocuments: (files, at) => void documents.add(files, at),
  });
  const documents = wordDocuments({
    view: () => body.view,
    addPictures: pictures.addAll,
    placed: pictures.listRest,
    offerHeadline: (text) => form.offerHeadline(text),
    say,
  });
  const inText = { ...pictures.inText, tools: [...pictures.inText.tools, documents.tool] };
  const goesOn = kept !== undefined && followsFrom(kept, story);
  let { form, body } = mount(goesOn ? kept.draft : story);

  const publication = publicationOf(story, {
    ...{ saver, ask, reasonOf, say },
    clock: serverClock(page.dataset.now),
    timezone: settings.timezone,
    canPublish: role !== "reporter",
    afterwards: page.querySelector<HTMLElement>(".out"),
    whileDraft: document.querySelector<HTMLElement>("#delete-draft"),
    whileUndoable: document.querySelector<HTMLElement>("#undoable"),
    unready: pictures.unsent,
    fix: (slug) => form.fix(slug),
  });
  const foot = element(
    "div",
    { class: "foot" },
    told,
    element("div", { class: "states" }, status, again, publication.schedule, presenceLine(path)),
    element("div", { class: "buttons" }, previewLink(id, saver), ...publication.buttons),
  );
  keepClearOf(foot, "scrollPaddingBottom");
  page.replaceChildren(
    element("h1", { class: "hidden" }, t("Story")),
    notice,
    form?.main,
    body?.element,
    pictures.element,
    form?.side,
    unseen,
    checks.element,
    foot,
  );
  followHistory();
  checks.changed();
  addEventListener("online", () => void saver.flush());
  addEventListener("pagehide", () => saver.take());
  document.addEventListener("visibilitychange", () => saver.take());
  addEventListener("beforeunload", (event) => {
    if (saver.isUnsaved || pictures.isBusy) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      void saver.flush();
    }
  });
  show({ kind: "saved", revision: story.revision });
  if (goesOn) {
    say(t("Text that you typed here earlier was not saved yet. It has been restored."));
    saver.change(kept.draft);
  } else if (kept) decide(kept.draft, story);
  void pictures.resume();

  function draft(): Draft {
    const { slug, ...article } = form.read();
    const html = body.html();
    const images = pictures.read();
    return {
      ...omitUndefined({ slug }),
      article: {
        ...own,
        ...article,
        ...(images.length === 0 ? {} : { images }),
        ...(html === "" ? {} : { body: { html } }),
      },
    };
  }

  function changed(): void {
    saver.typed(draft);
    checks.changed();
  }

  /** Keeps the fields that the editor doesn't show. */
  function mount({ slug, article }: { readonly slug?: string | null; readonly article: Draft["article"] }): {
    readonly form: Fields;
    readonly body: Body;
  } {
    own = Object.fromEntries(Object.entries(article).filter(([name]) => !SHOWN.has(name)));
    unseenFields(unseen, own);
    pictures.open(article.images, htmlOf(article));
    const mounted = {
      form: fields(settings, { ...article, slug: slug ?? undefined }, story?.live !== null, changed),
      body: bodyEditor(htmlOf(article), changed, inText),
    };
    pictures.attach(mounted.body.view);
    writeAhead(mounted.body.view.state.doc);
    return mounted;
  }

  function remount(shown: { readonly slug?: string | null; readonly article: Draft["article"] }): void {
    const [main, side, text] = [form.main, form.side, body.element];
    body.destroy();
    ({ form, body } = mount(shown));
    main.replaceWith(form.main);
    side.replaceWith(form.side);
    text.replaceWith(body.element);
  }

  function signInAgain(): void {
    openSessionDialog(name, () => {
      void saver.flush();
    });
  }

  /** Saves the text of a story that was deleted as a new one, and opens that. */
  async function beginAgain(): Promise<void> {
    isBegunAgain = true;
    const { kind } = await saver.flush();
    if (kind === "saved") location.assign(path.replace("/api", "/desk"));
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
          t(
            "The server can't be reached, so the story can't be opened. Unsaved text is kept in this browser.",
          ),
        ),
      );
    }
    return undefined;
  }

  async function send(base: number, sent: Draft): Promise<Answer> {
    try {
      const headers = { "Content-Type": "application/json", "If-Match": `"${base}"` };
      const response = isBegunAgain
        ? await ask("POST", "/api/stories", sent)
        : await fetch(path, { method: "PUT", headers, body: JSON.stringify(sent) });
      if (!response) return { kind: "unreachable" };
      if (response.ok) {
        const saved = (await response.json()) as StoryAnswer;
        if (isBegunAgain) path = `/api/stories/${saved.id}`;
        isBegunAgain = false;
        return { kind: "saved", revision: saved.revision };
      }
      if (response.status === 404) return { kind: "deleted" };
      if (response.status === 412) return { kind: "outdated" };
      if (response.status === 401) return { kind: "signed-out" };
      if (response.status >= 500 || response.status === 429) return { kind: "unreachable" };
      return { kind: "refused", reasons: [await reasonOf(response)] };
    } catch {
      return { kind: "unreachable" };
    }
  }

  function show(now: Status): void {
    publication.block(["outdated", "signed-out", "deleted"].includes(now.kind));
    status.dataset.kind = now.kind;
    again.hidden = now.kind !== "signed-out";
    publication.show();
    switch (now.kind) {
      case "saved":
        status.textContent = t("Saved as revision {revision}.", { revision: now.revision });
        return;
      case "unsaved":
        status.textContent = t(
          "Not saved yet. Your text is kept in this browser, and will be saved in a moment.",
        );
        return;
      case "saving":
        status.textContent = t("Saving …");
        return;
      case "unreachable":
        status.textContent = t(
          "Not saved: the server can't be reached. Your text is kept in this browser, and saving will be retried.",
        );
        return;
      case "refused":
        status.textContent = t("Not saved: {reason} Your text is kept in this browser.", {
          reason: now.reasons.join(" "),
        });
        return;
      case "deleted":
        status.textContent = t("Not saved: {reason} Your text is kept in this browser.", {
          reason: t("The draft was deleted."),
        });
        notice.replaceChildren(
          element("p", {}, t("The draft was deleted.")),
          button(t("Save your text as a new story"), () => void beginAgain()),
        );
        return;
      case "signed-out":
        status.textContent = t("Not saved: your session has ended. Your text is kept in this browser.");
        signInAgain();
        return;
      case "outdated":
        status.textContent = t("Not saved: somebody else has saved this story. Choose which text to keep.");
        void load().then((theirs) => theirs && decide(draft(), theirs));
    }
  }

  /**
   * Shows two conflicting texts of a story. The person chooses one; the other stays as a revision, or on the
   * screen.
   */
  function decide(mine: Draft, theirs: StoryAnswer): void {
    publication.block(true);
    notice.replaceChildren(
      element("h2", {}, t("Two versions of this story")),
      element(
        "p",
        {},
        t(
          "{person} saved revision {revision} while you were writing. You can publish once you have chosen.",
          { person: theirs.by, revision: theirs.revision },
        ),
      ),
      element("h3", {}, t("What differs")),
      element(
        "p",
        { class: "hint" },
        t("Struck out: only in {person}'s version. Underlined: only in yours.", { person: theirs.by }),
      ),
      differences(withSlug(theirs), withSlug(mine)),
      element(
        "details",
        {},
        element("summary", {}, t("Both versions in full")),
        element(
          "div",
          { class: "two" },
          side(t("Your version"), mine.article),
          side(t("{person}'s version", { person: theirs.by }), theirs.article),
        ),
      ),
      element(
        "p",
        {},
        button(t("Keep yours"), () => {
          notice.replaceChildren();
          saver.goOnFrom(theirs.revision);
          remount(mine);
          saver.change({ ...mine, replaces: true });
          void saver.flush();
        }),
        " ",
        button(t("Use theirs"), () => {
          notice.replaceChildren();
          void takeTheirs(mine, theirs);
        }),
      ),
      element("p", {}, t("Nothing is lost: the other version stays as a revision.")),
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

  /** Says something beside the buttons, until something else is said. */
  function say(text?: string): void {
    if (text === undefined) told.replaceChildren();
    else
      told.replaceChildren(
        text,
        " ",
        button(t("Close"), () => told.replaceChildren()),
      );
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
const SHOWN: ReadonlySet<string> = new Set([...SHOWN_FIELDS, "images", "body"]);
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
  if (problem.errors && problem.errors.length > 0) return problemSentences(problem.errors);
  return problem.detail ?? t("The server answered {status}.", { status: String(response.status) });
}

function side(title: string, article: Draft["article"]): HTMLElement {
  const text = element("div", { class: "words" });
  // Only the words are shown: somebody else's HTML must not run in this page.
  text.textContent = parsed(htmlOf(article)).textContent;
  return element(
    "section",
    {},
    element("h3", {}, title),
    element("p", { class: "headline" }, wordsOf(article.headline)),
    element("p", {}, wordsOf(article.dek)),
    text,
  );
}
