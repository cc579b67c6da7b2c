// Previews for somebody outside. The page of the desk makes links to them, and ends them: plain forms, without script.
// Who opens a link sees the page that a revision would have, and nothing else of the desk. That isn't under /desk, which
// Cloudflare Access may guard.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { limit, newRouter } from "../../http/router.ts";
import { staticFile } from "../../http/static-files.ts";
import { humanTime, toInstant } from "../../lib/time.ts";
import { interfaceDirection, interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import { articlePage } from "../../pages/article.tsx";
import { type Desk, type DeskContext, FORM_BYTES } from "../desk.ts";
import { BackToStory, DeskPage, SecretInput, Time } from "../layout.tsx";
import { draftArticle } from "../stories/draft-article.ts";
import { type Person, readStory, type Story } from "../stories/sql.ts";
import { PREVIEW_HEADERS } from "./preview-frame.tsx";
import { LINK_DAYS, LINKS_LIMIT, type MadeLink, openPreview, sharePreview } from "./preview-links.ts";
import { type PreviewLink, previewLinks, revokePreviewLink } from "./sql-links.ts";

/** The address is the key: it must not reach the sites that the article links to, nor whose pictures it shows. */
const HEADERS = { ...PREVIEW_HEADERS, "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow" };
const REFUSED = { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" };
const UNKNOWN = t(
  "There is no such preview. Check that the whole link was copied, or ask the newsroom for a new one.",
);
const ENDED = plural(LINK_DAYS, {
  one: "This link has ended. A preview can be seen for {count} day, or until the newsroom ends it. Ask for a new link.",
  other:
    "This link has ended. A preview can be seen for {count} days, or until the newsroom ends it. Ask for a new link.",
});

/** The routes under /previews. */
export function sharedPreviews(runtime: Runtime): Hono<{ Bindings: Env }> {
  const pages = newRouter();
  const { site } = runtime;

  pages.get("/preview.css", async (c) =>
    c.body(await staticFile(runtime, "preview.css"), 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=300",
    }),
  );

  pages.get("/:secret", async (c) => {
    const now = toInstant(new Date());
    const opened = await openPreview(runtime, c.req.param("secret"), now);
    if (opened === undefined) return c.body(`${UNKNOWN}\n`, 404, REFUSED);
    if (opened === "ended") return c.body(`${ENDED}\n`, 410, REFUSED);
    const { article } = await draftArticle(runtime, opened.story, now);
    const notice = (
      <section class="preview" lang={interfaceLanguage} dir={interfaceDirection} aria-label={t("Preview")}>
        <p>
          <strong>{t("A preview, for you.")}</strong>{" "}
          {t(
            "The newsroom sent you this link. It shows the article as it was written so far, and ends on {time}. Please don’t pass it on.",
            { time: humanTime(opened.expires, interfaceLanguage, site.timezone) },
          )}
        </p>
      </section>
    );
    const head = <link rel="stylesheet" href="/previews/preview.css" />;
    const { content } = await articlePage(runtime, article, now, { notice, head });
    return c.body(`<!doctype html>\n${String(await content)}\n`, 200, HEADERS);
  });

  return pages;
}

/** Adds the page under /desk/stories/:id/share. */
export function addSharePage(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forEditor, noStory } = desk;
  const { env, site } = runtime;

  pages.get("/stories/:id/share", (c) => forEditor(c, (person) => show(c, person)));

  pages.post("/stories/:id/share", limit(FORM_BYTES), (c) =>
    forEditor(c, async (person) => {
      const id = c.req.param("id") ?? "";
      const { revision, revoke } = await c.req.parseBody();
      if (revoke !== undefined) {
        const isRevoked = await revokePreviewLink(env.DB, id, Number(revoke), person.name, now());
        return show(c, person, {
          said: isRevoked ? t("The link no longer works.") : t("That link had ended before."),
        });
      }
      const made = await sharePreview(runtime, id, Number(revision), person, now());
      return made ? show(c, person, { made }) : noStory(c);
    }),
  );

  async function show(c: DeskContext, person: Person, done: Done = {}): Promise<Response> {
    const id = c.req.param("id") ?? "";
    const story = await readStory(env.DB, id);
    if (!story) return noStory(c);
    const links = await previewLinks(env.DB, id, now(), LINKS_LIMIT);
    return page(c, 200, <SharePage {...{ story, links, person, site, done }} />);
  }
}

/** What a form just did. */
interface Done {
  readonly made?: MadeLink;
  readonly said?: string;
}

const SharePage: FC<{
  story: Story;
  links: readonly PreviewLink[];
  person: Person;
  site: Site;
  done: Done;
}> = ({ story: { story, revision }, links, person, site, done: { made, said } }) => {
  const title = t("Show to somebody outside: {headline}", {
    headline: story.headline || t("a story without a headline"),
  });
  return (
    <DeskPage {...{ site, title, person }} back={<BackToStory id={story.id} />}>
      {made === undefined ? null : (
        <div class="notice" role="status">
          <div class="field">
            <label for="link">{t("The link, which is shown only now")}</label>
            <SecretInput id="link" value={made.url} />
          </div>
        </div>
      )}
      {said === undefined ? null : (
        <div class="notice" role="status">
          <p>{said}</p>
        </div>
      )}
      <form method="post" class="plain">
        <p>
          {plural(
            LINK_DAYS,
            {
              one: "A link shows the page of revision {number}, as it is now, to anyone who has it. It works for {count} day, without signing in. Later changes are not part of it.",
              other:
                "A link shows the page of revision {number}, as it is now, to anyone who has it. It works for {count} days, without signing in. Later changes are not part of it.",
            },
            { number: revision.number },
          )}
        </p>
        <input type="hidden" name="revision" value={String(revision.number)} />
        <button type="submit" class="first">
          {t("Make a link")}
        </button>
      </form>
      <h2>{t("Links that work")}</h2>
      {links.length === 0 ? (
        <p class="empty">{t("There are no links.")}</p>
      ) : (
        <ul class="stories">
          {links.map(({ id, revision: number, madeAt, madeBy, expires }) => (
            <li>
              <span>
                {parts("Revision {number}, made {time} by {name}, ends {end}", {
                  number,
                  time: <Time at={madeAt} site={site} />,
                  name: <bdi>{madeBy}</bdi>,
                  end: <Time at={expires} site={site} />,
                })}
              </span>
              <form method="post">
                <input type="hidden" name="revoke" value={String(id)} />
                <button
                  type="submit"
                  aria-label={t("End the link to revision {number}, made {time}", {
                    number,
                    time: humanTime(madeAt, interfaceLanguage, site.timezone),
                  })}
                >
                  {t("End it")}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </DeskPage>
  );
};
