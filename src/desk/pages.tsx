// The desk's pages: signing in, the list of stories, one story. Forms work without JavaScript; the editor
// needs it.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../article/site.ts";
import type { Env, Runtime } from "../env.ts";
import { newRouter } from "../http/router.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import { staticFile } from "../http/static-files.ts";
import { type Instant, toInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { type Desk, type DeskContext, type For, ONLY_ADMINS, ONLY_EDITORS } from "./desk.ts";
import { addArticlesElsewhere, isReadOnly, ReadOnlyStory } from "./homes/homes-pages.tsx";
import type { Role } from "./inputs.ts";
import { addJournalPage } from "./journal/journal-page.tsx";
import { DeskLayout, DeskPage, Problems, SavedRevision } from "./layout.tsx";
import { addPartnerPages } from "./partners/pages.tsx";
import { isAtLeast, isFromHere, signedIn } from "./people/people.ts";
import { addPeoplePages } from "./people/people-page.tsx";
import { addSignInPages, signInPage } from "./people/sign-in-page.tsx";
import { addPicturePages } from "./pictures/pictures-page.tsx";
import { addPreviews } from "./preview/preview-pages.tsx";
import { addSharePage } from "./preview/shared-preview.tsx";
import { addCorrectAndWithdraw, CorrectOrWithdraw } from "./publish/correct-withdraw.tsx";
import { MoreFields } from "./publish/more-fields-list.tsx";
import { OnSchedule } from "./publish/on-schedule.tsx";
import { addPublishPage } from "./publish/publish-page.tsx";
import { addDeletion, DeleteLink } from "./stories/delete-page.tsx";
import { type Done, doneIn, StoryDone } from "./stories/done.tsx";
import { formattedBody } from "./stories/draft-article.ts";
import { History, RevisionPage } from "./stories/history.tsx";
import { addStoryList, Review } from "./stories/list-page.tsx";
import { type PastRevision, type Person, readHistory, readStory } from "./stories/sql.ts";
import { untypedStoryOf } from "./stories/sql-drafts.ts";
import { tagsInUse } from "./stories/sql-list.ts";
import { publishLabel, State } from "./stories/state.tsx";
import { createStory, restoreRevision, type Story, undoPublishing, undoSeconds } from "./stories/stories.ts";

const TOO_LATE = t("It is too late to undo this, or there was nothing to undo.");
const HISTORY_LIMIT = 200;
const TAGS_LIMIT = 300;

/** Forms and the editor's requests only go to this site. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const HEADERS = {
  ...PAGE_SECURITY_HEADERS,
  "Content-Security-Policy": POLICY,
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** The routes under /desk. */
export function deskPages(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { env, site } = runtime;
  const pages = newRouter();
  const now = () => toInstant(new Date());

  pages.use(async (c, next) => {
    const isSafe = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isSafe && !isFromHere(c.req.raw, site.url))
      return page(
        c,
        403,
        <Message title={t("This was refused")} text={t("Another site's page sent this request.")} />,
      );
    await next();
  });

  for (const name of ["desk.css", "preview.css"] as const) {
    pages.get(`/${name}`, async (c) =>
      c.body(await staticFile(runtime, name), 200, {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "public, max-age=300",
      }),
    );
  }

  const forPerson: For = async (c, answer) => {
    const person = await signedIn(runtime, c.req.raw.headers, now());
    if (person) return answer(person);
    const { status, content } = await signInPage(runtime, c.req.raw.headers, now());
    return page(c, status, content);
  };
  const forRole =
    (role: Role, refusal: string): For =>
    (c, answer) =>
      forPerson(c, async (person) =>
        isAtLeast(person, role)
          ? answer(person)
          : page(c, 403, <Message title={t("Not done")} text={refusal} />),
      );
  const desk: Desk = {
    ...{ runtime, now, page, forPerson, noStory, Message, seeOther },
    forEditor: forRole("editor", ONLY_EDITORS),
    forAdmin: forRole("admin", ONLY_ADMINS),
    toStory: (id, done) => seeOther(`/desk/stories/${id}${done === undefined ? "" : `?done=${done}`}`),
  };
  addSignInPages(pages, desk);

  pages.post("/stories", (c) =>
    forPerson(c, async (person) => {
      // A person's untouched draft is opened again, so that empty drafts don't pile up.
      const untyped = await untypedStoryOf(env.DB, person.name, now());
      const id = untyped ?? crypto.randomUUID();
      if (untyped === undefined) await createStory(runtime, id, { article: {} }, person.name, now());
      return seeOther(`/desk/stories/${id}`);
    }),
  );

  pages.get("/stories/:id", (c) =>
    forPerson(c, async (person) => {
      const id = c.req.param("id");
      const [story, history, tags] = await Promise.all([
        readStory(env.DB, id),
        readHistory(env.DB, id, HISTORY_LIMIT, now()),
        tagsInUse(env.DB, TAGS_LIMIT),
      ]);
      return story
        ? page(
            c,
            200,
            <StoryPage
              {...{ story, history, tags, person, now: now() }}
              done={doneIn(c.req.query("done"))}
            />,
          )
        : noStory(c);
    }),
  );

  pages.get("/stories/:id/revisions/:number{[0-9]{1,9}}", (c) =>
    forPerson(c, async (person) => {
      const story = await readStory(env.DB, c.req.param("id"), Number(c.req.param("number")));
      if (!story) return noRevision(c);
      const body = await formattedBody(runtime, story, now());
      return page(c, 200, <RevisionPage {...{ story, body, person, site }} />);
    }),
  );
  pages.post("/stories/:id/revisions/:number{[0-9]{1,9}}", (c) =>
    forPerson(c, async (person) => {
      const [id, number] = [c.req.param("id"), Number(c.req.param("number"))];
      const head = Number((await c.req.formData()).get("head"));
      const outcome = await restoreRevision(runtime, id, head, number, person.name, now());
      if (outcome.kind === "saved") return desk.toStory(id, "restore");
      const story = await readStory(env.DB, id, number);
      if (!story) return noRevision(c);
      const problem = t(
        "Somebody has saved a newer revision, so nothing was restored. Look at that one first.",
      );
      const body = await formattedBody(runtime, story, now());
      return page(c, 409, <RevisionPage {...{ story, body, person, site, problem }} />);
    }),
  );

  pages.post("/stories/:id/undo", (c) =>
    forPerson(c, async (person) => {
      if (!isAtLeast(person, "editor"))
        return page(c, 403, <Message title={t("Not undone")} text={ONLY_EDITORS} />);
      const undone = await undoPublishing(runtime, c.req.param("id"), person, now());
      if (undone) return desk.toStory(c.req.param("id"), "undo");
      return page(c, 409, <Message title={t("Not undone")} text={TOO_LATE} />);
    }),
  );

  addCorrectAndWithdraw(pages, desk);
  addDeletion(pages, desk);
  addArticlesElsewhere(pages, desk);
  addStoryList(pages, desk);
  addPublishPage(pages, desk);
  addPartnerPages(pages, desk);
  addPreviews(pages, desk);
  addSharePage(pages, desk);
  addPeoplePages(pages, desk);
  addJournalPage(pages, desk);
  addPicturePages(pages, desk);

  pages.all("*", (c) =>
    page(
      c,
      404,
      <Message title={t("There is no such page")} text={t("All stories are linked at the top.")} />,
    ),
  );
  return pages;

  function noStory(c: DeskContext) {
    return page(
      c,
      404,
      <Message title={t("There is no such story")} text={t("All stories are linked at the top.")} />,
    );
  }

  function noRevision(c: DeskContext) {
    const text = t(
      "It never existed, or was deleted as an old revision. The story's history lists all that are kept.",
    );
    return page(c, 404, <Message title={t("There is no such revision")} text={text} />);
  }

  function Message({ title, text }: { title: string; text: string }) {
    return (
      <DeskPage site={site} title={title}>
        <p>{text}</p>
      </DeskPage>
    );
  }

  function StoryPage(props: {
    story: Story;
    history?: readonly PastRevision[];
    tags?: readonly string[];
    person: Person;
    now: Instant;
    done: Done | undefined;
  }) {
    const { story: read, person, now, done } = props;
    const { story, revision } = read;
    const history =
      props.history === undefined ? null : (
        <History story={story} revisions={props.history} site={site} now={now} />
      );
    if (isReadOnly(read)) {
      return (
        <DeskLayout site={site} title={story.headline} person={person}>
          <Problems problems={story.problems} />
          <ReadOnlyStory {...{ read, person, site }} />
          {history}
        </DeskLayout>
      );
    }
    const article = JSON.parse(revision.model) as { readonly headline?: unknown; readonly dek?: unknown };
    return (
      <DeskLayout
        site={site}
        title={story.headline === "" ? t("New story") : story.headline}
        person={person}
        script="/desk/editor.js"
      >
        <StoryDone {...{ done, story, person, site, now }} seconds={undoSeconds(env)} />
        <OnSchedule {...{ story, person, site, now }} />
        <script
          id="settings"
          type="application/json"
          dangerouslySetInnerHTML={{ __html: settingsOf(site, props.tags ?? []) }}
        />
        <div id="story" data-id={story.id} data-role={person.role} data-name={person.name} data-now={now}>
          <p>
            <State {...{ story, site, now }} />
          </p>
          <SavedRevision revision={revision} site={site} />
          <h1>{wordsOf(article.headline) || <i>{t("Without a headline")}</i>}</h1>
          <p class="dek">{wordsOf(article.dek)}</p>
          <noscript>
            <p>
              {t(
                "The editor needs JavaScript, which is off in this browser. Reading and publishing work without it.",
              )}
            </p>
          </noscript>
          <Problems problems={story.problems} />
          <MoreFields model={revision.model} />
          <p class="links">
            <a href={`/desk/stories/${story.id}/preview`}>{t("Preview")}</a>{" "}
            <a href={`/desk/stories/${story.id}/publish`}>{t("Publish at …")}</a>
          </p>
          {!isAtLeast(person, "editor") ? null : story.due === null ? (
            <form method="post" action={`/desk/stories/${story.id}/publish`}>
              <input type="hidden" name="revision" value={String(revision.number)} />
              {story.withdrawn === null ? null : <input type="hidden" name="restore" value="yes" />}
              <button type="submit" class="first">
                {publishLabel(story, now)}
              </button>
            </form>
          ) : (
            <form method="post" action={`/desk/stories/${story.id}/undo`}>
              <p role="status">
                {story.dueAt !== null && story.dueAt > now
                  ? story.duePublished === null
                    ? t("It will be published in a few seconds.")
                    : t("It will be scheduled in a few seconds.")
                  : t("It is being published.")}
              </p>
              <button type="submit">{t("Undo")}</button>
            </form>
          )}
          <CorrectOrWithdraw story={story} person={person} />
        </div>
        <Review {...{ story, site, now }} />
        {history}
        <DeleteLink story={story} />
      </DeskLayout>
    );
  }

  async function page(_: DeskContext, status: number, content: ReturnType<FC>): Promise<Response> {
    const html = `<!doctype html>${String(await content)}`;
    return new Response(html, {
      status,
      headers: { ...HEADERS, "Content-Type": "text/html; charset=utf-8" },
    });
  }
}

const seeOther = (path: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store", ...headers } });

/** What the editor offers to choose from, as JSON for a script element. */
const settingsOf = (site: Site, tags: readonly string[]): string =>
  JSON.stringify({
    sections: Object.entries(site.sections).map(([slug, { title }]) => ({ slug, title })),
    people: Object.entries(site.people).map(([key, { name }]) => ({ key, name })),
    tags,
    language: site.language,
    timezone: site.timezone,
    keepsMetadata: site.pictures.keepMetadata,
    // `<` is escaped, so that nothing ends the element.
  }).replaceAll("<", "\\u003c");

/** The text of a one-line field; empty if a program sent something else. */
const wordsOf = (value: unknown): string => (typeof value === "string" ? value : "");
