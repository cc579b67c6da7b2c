// Articles that are edited in git or by a program: their list, and a page for each, where an editor takes one
// over. Plain forms, without script.

import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Home } from "../../article/article.ts";
import { asInput } from "../../article/as-input.ts";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import { type ArticleRecord, articleBySlug } from "../../article/sql.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { parts, t } from "../../lib/translate.ts";
import { type Desk, FORM_BYTES } from "../desk.ts";
import { DeskLayout, DeskPage, Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import { Words } from "../stories/plain-story.tsx";
import type { Person, Story } from "../stories/sql.ts";
import { isElsewhere, takeOver, whereEdited } from "./homes.ts";
import { articlesElsewhere, type ElsewhereRow, storyOfArticle } from "./sql-homes.ts";

const ELSEWHERE = t("Published from files or another system");
const PAGE_LIMIT = 50;
const PUBLISH = "wireroom publish";
const PULL = "wireroom pull";
const GIVE_BACK = "--give-back";

/** Adds the pages under /desk/articles. */
export function addArticlesElsewhere(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forEditor, Message, toStory } = desk;
  const { env, site } = runtime;

  pages.get("/articles", (c) =>
    desk.forPerson(c, async (person) => {
      const rows = await articlesElsewhere(env.DB, c.req.query("after"), PAGE_LIMIT + 1);
      return page(c, 200, <ElsewhereList {...{ rows, person, site }} />);
    }),
  );

  pages.get("/articles/:slug", (c) =>
    desk.forPerson(c, async (person) => {
      const slug = c.req.param("slug");
      const [record, story] = await Promise.all([articleBySlug(env.DB, slug), storyOfArticle(env.DB, slug)]);
      if (record?.article.slug !== slug) return noArticle(c);
      if (record.origin.home === "desk" && story) return toStory(story.id);
      return page(c, 200, <ElsewhereArticle {...{ record, person, site }} history={story?.id} />);
    }),
  );

  pages.get("/articles/:slug/take-over", (c) => forEditor(c, (person) => ask(c, person)));
  pages.post("/articles/:slug/take-over", limit(FORM_BYTES), (c) =>
    forEditor(c, async (person) => {
      const outcome = await takeOver(runtime, c.req.param("slug") ?? "", person, now());
      if ("id" in outcome) return toStory(outcome.id, "take-over");
      if (outcome.kind === "unknown") return noArticle(c);
      const text = t("Others kept changing this article meanwhile. Go back, and try again.");
      return page(c, 409, <Message title={t("Not taken over")} text={text} />);
    }),
  );

  async function ask(c: Context<{ Bindings: Env }>, person: Person): Promise<Response> {
    const slug = c.req.param("slug") ?? "";
    const record = await articleBySlug(env.DB, slug);
    if (record?.article.slug !== slug) return noArticle(c);
    return page(c, 200, <TakeOverPage {...{ record, person, site }} />);
  }

  function noArticle(c: Context<{ Bindings: Env }>): Promise<Response> {
    const text = t("It was moved or never existed. The list of articles is linked from the list of stories.");
    return page(c, 404, <Message title={t("There is no such article")} text={text} />);
  }
}

const ElsewhereList: FC<{ rows: readonly ElsewhereRow[]; person: Person; site: Site }> = ({
  rows,
  person,
  site,
}) => {
  const last = rows.length > PAGE_LIMIT ? rows[PAGE_LIMIT - 1] : undefined;
  return (
    <DeskPage {...{ site, person, title: ELSEWHERE }} back={<a href="/desk">{t("All stories")}</a>}>
      <p class="hint">
        {t("They are edited elsewhere. Here they can only be read, until an editor takes one over.")}
      </p>
      {rows.length === 0 ? (
        <p class="empty">{t("There are none: every article is edited at the desk.")}</p>
      ) : (
        <ul class="stories">
          {rows.slice(0, PAGE_LIMIT).map(({ slug, headline, published, withdrawn, home }) => (
            <li>
              <a href={`/desk/articles/${slug}`}>
                <bdi>{headline}</bdi>
              </a>
              <strong class="state">{withdrawn === null ? nameOfHome(home) : t("withdrawn")}</strong>
              <small>
                <Time at={published} site={site} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {last === undefined ? null : (
        <p>
          <a href={`/desk/articles?after=${encodeURIComponent(`${last.published} ${last.slug}`)}`}>
            {t("Older articles")}
          </a>
        </p>
      )}
    </DeskPage>
  );
};

const nameOfHome = (home: Home | null): string =>
  home === "git" ? t("from files") : home === "api" ? t("from another system") : t("from elsewhere");

const ElsewhereArticle: FC<{
  record: ArticleRecord;
  person: Person;
  site: Site;
  /** The story that has earlier revisions of it. */
  history: string | undefined;
}> = ({ record, person, site, history }) => {
  const { article, origin, withdrawn } = record;
  const { slug, headline } = article;
  return (
    <DeskLayout site={site} title={headline} person={person}>
      <p>
        <a href="/desk/articles">{ELSEWHERE}</a>
      </p>
      <Edited {...{ slug, person, home: origin.home }} />
      <p>
        {origin.sentAt === null ? null : (
          <>
            {origin.sentBy === null
              ? parts("Last sent {time}.", { time: <Time at={origin.sentAt} site={site} /> })
              : parts("Last sent {time} by {name}.", {
                  time: <Time at={origin.sentAt} site={site} />,
                  name: <bdi>{origin.sentBy}</bdi>,
                })}{" "}
          </>
        )}
        {withdrawn ? t("It is withdrawn.") : <a href={articlePath(slug)}>{t("View the article")}</a>}
        {history === undefined ? null : (
          <>
            {" "}
            <a href={`/desk/stories/${history}`}>{t("Earlier revisions at the desk")}</a>
          </>
        )}
      </p>
      <Words article={asInput(article)} site={site} />
    </DeskLayout>
  );
};

/** Says where an article is edited, and lets editors take it over. */
const Edited: FC<{ slug: string; home: Home | null; person: Person }> = ({ slug, home, person }) => (
  <div class="notice">
    <p>
      {whereEdited(home, slug)} {t("Here it can only be read.")}{" "}
      {isAtLeast(person, "editor") ? (
        <a href={`/desk/articles/${slug}/take-over`}>{t("Take over")}</a>
      ) : (
        t("An editor can take it over.")
      )}
    </p>
  </div>
);

const TakeOverPage: FC<{ record: ArticleRecord; person: Person; site: Site }> = ({
  record,
  person,
  site,
}) => {
  const { slug, headline } = record.article;
  const { home } = record.origin;
  return (
    <DeskPage
      {...{ site, person, title: t("Take over: {headline}", { headline }) }}
      back={<a href={`/desk/articles/${slug}`}>{t("Back to the article")}</a>}
      heading={parts("Take over: {headline}", { headline: <bdi>{headline}</bdi> })}
    >
      <p>
        {whereEdited(home, slug)} {t("If you take it over:")}
      </p>
      <ul>
        <li>{t("You edit it here, at the desk. Its text as it is now becomes the first revision.")}</li>
        <li>{t("Readers notice nothing: its page and its entries in feeds stay as they are.")}</li>
        {home === "api" ? (
          <li>
            {t(
              "A program that sends it again still replaces it. The desk says so before it publishes over that.",
            )}
          </li>
        ) : (
          <li>
            {parts(
              "{publish} no longer sends it, and says so. {pull} writes what the desk has into the folder. With {giveBack} it is edited in git again.",
              {
                publish: <code dir="ltr">{PUBLISH}</code>,
                pull: <code dir="ltr">{`${PULL} ${slug}`}</code>,
                giveBack: <code dir="ltr">{GIVE_BACK}</code>,
              },
            )}
          </li>
        )}
      </ul>
      <form method="post" class="plain">
        <button type="submit" class="first">
          {t("Take over")}
        </button>
      </form>
    </DeskPage>
  );
};

/** The story of an article that is edited elsewhere again: its words alone. */
export const ReadOnlyStory: FC<{ read: Story; person: Person; site: Site }> = ({ read, person, site }) => {
  const { story, revision } = read;
  return (
    <>
      <Edited slug={story.slug ?? ""} home={story.home} person={person} />
      <p>
        {parts("Revision {number}, the last one at the desk, saved {time} by {name}.", {
          number: revision.number,
          time: <Time at={revision.at} site={site} />,
          name: <bdi>{revision.by}</bdi>,
        })}{" "}
        <a href={`/desk/articles/${story.slug}`}>{t("The article as it is now")}</a>
      </p>
      <Words article={JSON.parse(revision.model) as Readonly<Record<string, unknown>>} site={site} />
    </>
  );
};

/** True for a story that `ReadOnlyStory` is for. */
export const isReadOnly = ({ story }: Story): boolean => isElsewhere(story);
