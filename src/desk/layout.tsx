// The frame of the desk's pages, and what keeps something from being done.

import type { Child, FC } from "hono/jsx";
import type { Site } from "../article/site.ts";
import type { Problem } from "../lib/problem.ts";
import { humanTime, type Instant, toInstant } from "../lib/time.ts";
import { interfaceDirection, interfaceLanguage, parts, t } from "../lib/translate.ts";
import { ROLE_NAMES } from "./people/role-names.ts";
import { shortTime, zoneName } from "./short-time.ts";
import type { Person, Story } from "./stories/sql.ts";

/** A whole document. Without `person`, nobody is signed in. */
export const DeskLayout: FC<{
  site: Site;
  title: string;
  person?: Person | undefined;
  /** The path of a module that the page runs. */
  script?: string | undefined;
  children?: Child;
}> = ({ site, title, person, script, children }) => (
  <html lang={interfaceLanguage} dir={interfaceDirection}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{t("{title} — desk of {site}", { title, site: site.title })}</title>
      <link rel="stylesheet" href="/desk/desk.css" />
      {script === undefined ? null : <script type="module" src={script} />}
    </head>
    <body>
      <a class="skip" href="#content">
        {t("Skip to the content")}
      </a>
      <header class="bar">
        <p class="name">
          <a href="/desk">{site.title}</a>
        </p>
        {person === undefined ? null : (
          <>
            <nav aria-label={t("Desk")}>
              <a href="/desk">{t("Stories")}</a>
              <a href="/desk/pictures">{t("Pictures")}</a>
              <a href="/desk/partners">{t("Partners")}</a>
              {person.role === "admin" ? <a href="/desk/people">{t("People")}</a> : null}
              <a href="/desk/journal">{t("Journal")}</a>
              <a href="/">{t("The website")}</a>
            </nav>
            <form method="post" action="/desk/sign-out">
              <a href="/desk/me" class="me">
                {parts("{name}, {role}", {
                  name: <bdi>{person.name}</bdi>,
                  role: <>{ROLE_NAMES[person.role]}</>,
                })}
              </a>
              <button type="submit">{t("Sign out")}</button>
            </form>
          </>
        )}
      </header>
      <main id="content" tabindex={-1}>
        {children}
      </main>
      {person === undefined ? null : (
        <footer class="zone">
          {t("All times: {zone}", { zone: zoneName(toInstant(new Date()), site.timezone) })}
        </footer>
      )}
    </body>
  </html>
);

/** A page with a heading, and above it a link to where it belongs. Below it stands what keeps something from being done. */
export const DeskPage: FC<
  Parameters<typeof DeskLayout>[0] & {
    back?: Child;
    /** The title unless given. */
    heading?: Child;
    notice?: string | undefined;
    problems?: readonly Problem[] | undefined;
    fieldOf?: FieldOf | undefined;
  }
> = ({ back, heading, notice, problems = [], fieldOf, children, ...frame }) => (
  <DeskLayout {...frame}>
    {back === undefined ? null : <p>{back}</p>}
    <h1>{heading ?? frame.title}</h1>
    <Notice text={notice} />
    <Problems problems={problems} fieldOf={fieldOf} />
    {children}
  </DeskLayout>
);

/** Leads from a page about a story back to it. */
export const BackToStory: FC<{ id: string }> = ({ id }) => (
  <a href={`/desk/stories/${id}`}>{t("Back to the story")}</a>
);

/** A secret to be copied, in a field of its own that is as wide as the page. */
export const SecretInput: FC<{ id: string; value: string }> = ({ id, value }) => (
  <>
    <input id={id} class="secret" dir="ltr" readonly value={value} />
    <script type="module" src="/desk/copy.js" />
  </>
);

/** Why something was not done; nothing where there is no text. */
export const Notice: FC<{ text: string | undefined }> = ({ text }) =>
  text === undefined ? null : (
    <div class="notice" role="alert">
      <p>{text}</p>
    </div>
  );

/** The field of a form that a problem's path is in; undefined for none. */
type FieldOf = (path: string) => { readonly id: string; readonly title: string } | undefined;

/** What keeps something from being done, a line each; with a link to the field, where `fieldOf` knows it. */
export const Problems: FC<{ problems: readonly Problem[]; fieldOf?: FieldOf | undefined }> = ({
  problems,
  fieldOf,
}) =>
  problems.length === 0 ? null : (
    <ul class="problems" role="alert">
      {problems.map(({ path, message }) => {
        const field = fieldOf?.(path);
        return (
          <li>
            {field ? <a href={`#${field.id}`}>{field.title}</a> : path === "" ? null : <code>{path}</code>}{" "}
            {message}
          </li>
        );
      })}
    </ul>
  );

/** A revision's number, and who saved it when. */
export const SavedRevision: FC<{ revision: Story["revision"]; site: Pick<Site, "timezone"> }> = ({
  revision: { number, at, by },
  site,
}) => (
  <p>
    {parts("Revision {number}, saved {time} by {name}.", {
      number,
      time: <Time at={at} site={site} />,
      name: <bdi>{by}</bdi>,
    })}
  </p>
);

/** A date and time by the site's clock, as short as it can be; the whole of it appears under the mouse. */
export const Time: FC<{ at: Instant; site: Pick<Site, "timezone"> }> = ({ at, site }) => (
  <time datetime={at} title={humanTime(at, interfaceLanguage, site.timezone)}>
    {shortTime(at, toInstant(new Date()), site.timezone)}
  </time>
);
