// The library's pages: all pictures with a search, and one picture with what uses it, where editors remove it
// for good. Plain forms, without script.

import type { Hono } from "hono";
import { mediaPath, renditionPath, renditionWidths } from "../../article/image.ts";
import { articlePath } from "../../article/resolve.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import { removeImage } from "../../publish/rerender.ts";
import type { Desk, DeskContext } from "../desk.ts";
import { DeskPage, Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Person } from "../stories/sql.ts";
import {
  type LibraryPicture,
  listPictures,
  noteRemoval,
  type PictureUses,
  pictureUses,
  readPicture,
} from "./sql-pictures.ts";

const PAGE_LIMIT = 48;
const USES_LIMIT = 100;
const FORM_BYTES = 10_000;
const SMALL_PIXELS = 480;

/** Adds the pages under /desk/pictures. */
export function addPicturePages(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forPerson, Message } = desk;
  const { env, site } = runtime;

  pages.get("/pictures", (c) =>
    forPerson(c, async (person) => {
      const search = (c.req.query("search") ?? "").slice(0, 200);
      const pictures = await listPictures(env.DB, search, c.req.query("cursor"), PAGE_LIMIT + 1);
      return page(c, 200, <Library {...{ pictures, search, person }} />);
    }),
  );

  pages.get("/pictures/:sha256", (c) =>
    forPerson(c, async (person) => {
      const sha256 = c.req.param("sha256");
      const [picture, uses] = await Promise.all([
        readPicture(env.DB, sha256),
        pictureUses(env.DB, sha256, USES_LIMIT),
      ]);
      return picture ? page(c, 200, <OnePicture {...{ picture, uses, person }} />) : none(c);
    }),
  );

  pages.post("/pictures/:sha256/remove", limit(FORM_BYTES), (c) =>
    forPerson(c, async (person) => {
      if (!isAtLeast(person, "editor")) {
        const text = t("Only an editor or an admin may remove a picture for good.");
        return page(c, 403, <Message title={t("Not removed")} text={text} />);
      }
      const sha256 = c.req.param("sha256");
      if ((await c.req.parseBody()).sure !== "yes") {
        const text = t("Go back, and tick that it is to be removed.");
        return page(c, 400, <Message title={t("Not removed")} text={text} />);
      }
      if (!(await removeImage(runtime, sha256, now()))) return none(c);
      await noteRemoval(env.DB, sha256, person.name, now());
      const text = t(
        "Its address says so from now on. Articles with it are being rendered again without it; that takes a minute or two. Stories with it say so when they are opened.",
      );
      return page(c, 200, <Message title={t("The picture was removed for good")} text={text} />);
    }),
  );

  function none(c: DeskContext) {
    const text = t("It never existed here, or was removed for good. The library has all others.");
    return page(c, 404, <Message title={t("There is no such picture")} text={text} />);
  }

  function Library({
    pictures,
    search,
    person,
  }: {
    pictures: readonly LibraryPicture[];
    search: string;
    person: Person;
  }) {
    const shown = pictures.slice(0, PAGE_LIMIT);
    const last = pictures.length > PAGE_LIMIT ? shown.at(-1) : undefined;
    const older = new URLSearchParams({ search, cursor: last ? `${last.addedAt} ${last.sha256}` : "" });
    return (
      <DeskPage site={site} title={t("Pictures")} person={person}>
        <search>
          <form class="search" action="/desk/pictures">
            <div class="field">
              <label for="search">{t("Words of the caption, credit, copyright or alternative text")}</label>
              <input id="search" name="search" type="search" dir="auto" value={search} />
            </div>
            <button type="submit">{t("Search")}</button>
          </form>
        </search>
        {shown.length === 0 ? (
          <p class="empty">
            {search === ""
              ? t("There are no pictures yet. Add them to a story.")
              : t("No picture has all of these words.")}
          </p>
        ) : (
          <ul class="library">
            {shown.map((picture) => (
              <li>
                <a href={`/desk/pictures/${picture.sha256}`}>
                  <img src={smallOf(picture)} alt="" loading="lazy" width="320" height="240" />
                  <span dir="auto">{nameOf(picture)}</span>
                </a>
                <small>
                  {picture.credit === "" ? null : (
                    <>
                      <bdi>{picture.credit}</bdi> ·{" "}
                    </>
                  )}
                  {usesIn(picture)}
                </small>
              </li>
            ))}
          </ul>
        )}
        {last ? (
          <p>
            <a href={`/desk/pictures?${older}`}>{t("Older pictures")}</a>
          </p>
        ) : null}
      </DeskPage>
    );
  }

  function OnePicture({
    picture,
    uses,
    person,
  }: {
    picture: LibraryPicture;
    uses: PictureUses;
    person: Person;
  }) {
    const { sha256, type, width, height, length } = picture;
    const fields = [
      [t("Alternative text"), picture.alt],
      [t("Caption"), picture.caption],
      [t("Credit"), picture.credit],
      [t("Copyright"), picture.copyright],
    ] as const;
    const isUsed = uses.articles.length + uses.stories.length > 0;
    return (
      <DeskPage site={site} title={t("Picture")} person={person}>
        <p>
          <img class="whole" src={mediaPath(sha256, type)} alt={picture.alt} width={width} height={height} />
        </p>
        <dl class="facts">
          {fields.map(([name, value]) =>
            value === "" ? null : (
              <div>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
          )}
          <div>
            <dt>{t("File")}</dt>
            <dd>
              {parts("{width} × {height} pixels, {size}, {type}, added on {time}", {
                ...{ width, height },
                size: KILOBYTES.format(Math.max(1, Math.round(length / 1000))),
                type: type.replace("image/", "").toUpperCase(),
                time: <Time at={picture.addedAt} site={site} />,
              })}
            </dd>
          </div>
        </dl>
        <h2>{t("What uses it")}</h2>
        {isUsed ? null : <p>{t("No article and no story uses it.")}</p>}
        <ul class="uses">
          {uses.articles.map(({ slug, headline }) => (
            <li>
              {parts("Article: {headline}", {
                headline: (
                  <a href={articlePath(slug)} dir="auto">
                    {headline}
                  </a>
                ),
              })}
            </li>
          ))}
          {uses.stories.map(({ id, headline }) => (
            <li>
              {parts("Story: {headline}", {
                headline: (
                  <a href={`/desk/stories/${id}`} dir="auto">
                    {headline || t("Without a headline")}
                  </a>
                ),
              })}
            </li>
          ))}
        </ul>
        {Math.max(uses.articles.length, uses.stories.length) < USES_LIMIT ? null : (
          <p>
            {plural(USES_LIMIT, {
              one: "Only the newest one is listed.",
              other: "Only the newest {count} are listed.",
            })}
          </p>
        )}
        {!isAtLeast(person, "editor") ? null : (
          <section class="removal">
            <h2>{t("Take it out of everything")}</h2>
            <p>
              {picture.articles === 0
                ? t("No article shows it.")
                : plural(picture.articles, {
                    one: "It is taken out of {count} article, also in feeds and for partners.",
                    other: "It is taken out of {count} articles, also in feeds and for partners.",
                  })}
            </p>
            {picture.stories === 0 ? null : (
              <p>
                {plural(picture.stories, {
                  one: "{count} story at the desk must be published without it from then on.",
                  other: "{count} stories at the desk must be published without it from then on.",
                })}
              </p>
            )}
            <p>
              {t(
                "Its file is deleted, its address says that it was removed, and the same file can never be added again. This can't be undone. Copies that others have made stay with them.",
              )}
            </p>
            <form method="post" action={`/desk/pictures/${sha256}/remove`}>
              <label class="check">
                <input type="checkbox" name="sure" value="yes" required /> {t("I have seen what uses it")}
              </label>
              <button type="submit">{t("Remove this picture for good")}</button>
            </form>
          </section>
        )}
      </DeskPage>
    );
  }
}

const KILOBYTES = new Intl.NumberFormat(interfaceLanguage, { style: "unit", unit: "kilobyte" });

function usesIn({ articles, stories }: LibraryPicture): string {
  if (articles + stories === 0) return t("not used");
  return [
    ...(articles === 0 ? [] : [plural(articles, { one: "{count} article", other: "{count} articles" })]),
    ...(stories === 0 ? [] : [plural(stories, { one: "{count} story", other: "{count} stories" })]),
  ].join(" · ");
}

const nameOf = ({ caption, alt, width, height }: LibraryPicture): string => {
  const name =
    caption ||
    alt ||
    t("Without words, {width} × {height} pixels", { width: `${width}`, height: `${height}` });
  return name.length > 120 ? `${name.slice(0, 120).trimEnd()}…` : name;
};

/** A small rendition if there can be one, else the picture itself. */
const smallOf = (picture: LibraryPicture): string =>
  renditionWidths(picture).includes(SMALL_PIXELS)
    ? renditionPath(picture.sha256, SMALL_PIXELS)
    : mediaPath(picture.sha256, picture.type);
