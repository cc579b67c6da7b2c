// The page that makes links to a preview for somebody outside, and ends them. Plain forms, without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { humanTime } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import { type Desk, type DeskContext, FORM_BYTES } from "../desk.ts";
import { BackToStory, DeskPage, Time } from "../layout.tsx";
import { type Person, readStory, type Story } from "../stories/sql.ts";
import { LINK_DAYS, LINKS_LIMIT, type MadeLink, sharePreview } from "./preview-links.ts";
import { type PreviewLink, previewLinks, revokePreviewLink } from "./sql-links.ts";

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
            <input id="link" type="text" readonly value={made.url} dir="ltr" />
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
              one: "A link shows the page of revision {number}, as it is now, to whoever has it. It works for {count} day, without signing in. Later changes are not part of it.",
              other:
                "A link shows the page of revision {number}, as it is now, to whoever has it. It works for {count} days, without signing in. Later changes are not part of it.",
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
