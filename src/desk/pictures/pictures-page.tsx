// The library's pages: all pictures with a search, and one picture with what uses it, where editors remove it
// for good. Plain forms, without script.

import type { Hono } from "hono";
import { mediaPath, renditionPath, renditionWidths } from "../../article/image.ts";
import { articlePath } from "../../article/resolve.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { plural } from "../../lib/text.ts";
import { removeImage } from "../../publish/rerender.ts";
import type { Desk, DeskContext } from "../desk.ts";
import { DeskLayout, Time } from "../layout.tsx";
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
        const text = "Only an editor or an admin may remove a picture for good.";
        return page(c, 403, <Message title="Not removed" text={text} />);
      }
      const sha256 = c.req.param("sha256");
      if ((await c.req.parseBody()).sure !== "yes") {
        const text = "Go back, and tick that it is to be removed.";
        return page(c, 400, <Message title="Not removed" text={text} />);
      }
      if (!(await removeImage(runtime, sha256, now()))) return none(c);
      await noteRemoval(env.DB, sha256, person.name, now());
      const text =
        "Its address says so from now on. Articles with it are being rendered again without it; that takes a minute or two. Stories with it say so when they are opened.";
      return page(c, 200, <Message title="The picture was removed for good" text={text} />);
    }),
  );

  function none(c: DeskContext) {
    const text = "It never existed here, or was removed for good. The library has all others.";
    return page(c, 404, <Message title="There is no such picture" text={text} />);
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
      <DeskLayout site={site} title="Pictures" person={person}>
        <h1>Pictures</h1>
        <search>
          <form class="search" action="/desk/pictures">
            <div class="field">
              <label for="search">Words of the caption, credit, copyright or alternative text</label>
              <input id="search" name="search" type="search" dir="auto" value={search} />
            </div>
            <button type="submit">Search</button>
          </form>
        </search>
        {shown.length === 0 ? (
          <p class="empty">
            {search === ""
              ? "There are no pictures yet. Add them to a story."
              : "No picture has all of these words."}
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
                  {picture.credit === "" ? null : <bdi>{picture.credit}</bdi>} {usesIn(picture)}
                </small>
              </li>
            ))}
          </ul>
        )}
        {last ? (
          <p>
            <a href={`/desk/pictures?${older}`}>Older pictures</a>
          </p>
        ) : null}
      </DeskLayout>
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
      ["Alternative text", picture.alt],
      ["Caption", picture.caption],
      ["Credit", picture.credit],
      ["Copyright", picture.copyright],
    ] as const;
    const isUsed = uses.articles.length + uses.stories.length > 0;
    return (
      <DeskLayout site={site} title="Picture" person={person}>
        <h1>Picture</h1>
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
            <dt>File</dt>
            <dd>
              {width} × {height} pixels, {Math.max(1, Math.round(length / 1000))} kB,{" "}
              {type.replace("image/", "").toUpperCase()}, added on <Time at={picture.addedAt} site={site} />
            </dd>
          </div>
        </dl>
        <h2>What uses it</h2>
        {isUsed ? null : <p>No article and no story uses it.</p>}
        <ul class="uses">
          {uses.articles.map(({ slug, headline }) => (
            <li>
              Article: <a href={articlePath(slug)}>{headline}</a>
            </li>
          ))}
          {uses.stories.map(({ id, headline }) => (
            <li>
              Story: <a href={`/desk/stories/${id}`}>{headline === "" ? "Without a headline" : headline}</a>
            </li>
          ))}
        </ul>
        {Math.max(uses.articles.length, uses.stories.length) < USES_LIMIT ? null : (
          <p>Only the newest {USES_LIMIT} are listed.</p>
        )}
        {!isAtLeast(person, "editor") ? null : (
          <section class="removal">
            <h2>Take it out of everything</h2>
            <p>
              {picture.articles === 0
                ? "No article shows it. "
                : `It is taken out of ${plural(picture.articles, "article")}, also in feeds and for partners. `}
              {picture.stories === 0
                ? ""
                : `${storiesIn(picture.stories)} at the desk must be published without it from then on. `}
              Its file is deleted, its address says that it was removed, and the same file can never be added
              again. This can't be undone. Copies that others have made stay with them.
            </p>
            <form method="post" action={`/desk/pictures/${sha256}/remove`}>
              <label class="check">
                <input type="checkbox" name="sure" value="yes" required /> I have seen what uses it
              </label>
              <button type="submit">Remove this picture for good</button>
            </form>
          </section>
        )}
      </DeskLayout>
    );
  }
}

const storiesIn = (count: number): string => `${count} ${count === 1 ? "story" : "stories"}`;

const usesIn = ({ articles, stories }: LibraryPicture): string =>
  articles + stories === 0
    ? "not used"
    : [articles && plural(articles, "article"), stories && storiesIn(stories)].filter(Boolean).join(", ");

const nameOf = ({ caption, alt, width, height }: LibraryPicture): string => {
  const name = caption || alt || `Without words, ${width} × ${height} pixels`;
  return name.length > 120 ? `${name.slice(0, 120).trimEnd()}…` : name;
};

/** A small rendition if there can be one, else the picture itself. */
const smallOf = (picture: LibraryPicture): string =>
  renditionWidths(picture).includes(SMALL_PIXELS)
    ? renditionPath(picture.sha256, SMALL_PIXELS)
    : mediaPath(picture.sha256, picture.type);
