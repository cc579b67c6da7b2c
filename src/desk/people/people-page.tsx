// The pages of people: everybody and each of them for admins, and one's own for everybody. Plain forms, without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check, type Problem } from "../../lib/problem.ts";
import { humanAge, humanTime, type Instant } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import type { Desk, DeskContext } from "../desk.ts";
import { inviteSchema, passkeyNameSchema, personChangeSchema, ROLES } from "../inputs.ts";
import { DeskPage, SecretInput } from "../layout.tsx";
import type { Person } from "../stories/sql.ts";
import { browserName } from "./browser-name.ts";
import { usesAccess } from "./cloudflare-access.ts";
import { Passkeys } from "./passkey-list.tsx";
import {
  changePerson,
  dismissPerson,
  type Invitation,
  inviteAgain,
  invitePerson,
  type PeopleOutcome,
  sessionHash,
  sessionTimes,
} from "./people.ts";
import { REFUSALS } from "./people-routes.ts";
import { ROLE_NAMES } from "./role-names.ts";
import { PASSKEY_SCRIPT } from "./sign-in-page.tsx";
import { listPasskeys, type PasskeyRow, removePasskey, renamePasskey } from "./sql-passkeys.ts";
import {
  endSession,
  endSessions,
  listPeople,
  listSessions,
  type PersonRow,
  readPerson,
  type SessionRow,
  sessionId,
} from "./sql-people.ts";

const FORM_BYTES = 10_000;
const CHOICES: Readonly<Record<Person["role"], string>> = {
  reporter: t("reporter: writes"),
  editor: t("editor: publishes too"),
  admin: t("admin: invites people too"),
};
const YOU_ARE: Readonly<Record<Person["role"], string>> = {
  reporter: t("You are a reporter."),
  editor: t("You are an editor."),
  admin: t("You are an admin."),
};
/** What the forms call their fields. */
const FIELDS: Readonly<Record<string, string>> = {
  name: t("Name"),
  role: t("Role"),
  email: t("E-mail address"),
};

const fieldOf = (path: string) => {
  const title = FIELDS[path];
  return title === undefined ? undefined : { id: path, title };
};

/** What a form's answer shows above the page. */
interface Shown {
  readonly problems?: readonly Problem[];
  /** What was typed into a form that was refused. */
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly invitation?: Invitation;
}

/** Adds the pages under /desk/people and /desk/me. */
export function addPeoplePages(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forAdmin, seeOther, Message } = desk;
  const { DB } = runtime.env;
  const { site } = runtime;
  const access = usesAccess(runtime.env);

  pages.get("/people", (c) => forAdmin(c, (person) => showPeople(c, person)));
  pages.post("/people", limit(FORM_BYTES), (c) =>
    forAdmin(c, async (person) => {
      const typed = await c.req.parseBody();
      const asked = check(inviteSchema, filled(typed));
      if (!asked.ok) return showPeople(c, person, { problems: asked.problems, typed });
      return showPeople(c, person, shown(await invitePerson(runtime, asked.value, person, now()), typed));
    }),
  );

  pages.get("/people/:id", (c) => forAdmin(c, (person) => showPerson(c, person)));
  pages.post("/people/:id", limit(FORM_BYTES), (c) =>
    forAdmin(c, async (person) => {
      const id = c.req.param("id");
      const form = await c.req.parseBody();
      switch (form.act) {
        case "link":
          return showPerson(c, person, shown(await inviteAgain(runtime, id, person, now())));
        case "change": {
          const { role, email } = form;
          const asked = check(personChangeSchema, { role, email: email === "" ? null : email });
          if (!asked.ok) return showPerson(c, person, { problems: asked.problems, typed: form });
          const changed = await changePerson(runtime, id, asked.value, person, now());
          return typeof changed === "string"
            ? showPerson(c, person, shown(changed, form))
            : seeOther(`/desk/people/${id}`);
        }
        default: {
          const whose = await readPerson(DB, id, sessionTimes(now()));
          if (whose) await endThose(c, form, whose, person);
          return seeOther(`/desk/people/${id}`);
        }
      }
    }),
  );

  pages.get("/people/:id/remove", (c) =>
    forAdmin(c, (person) =>
      withPerson(c, (whose) => page(c, 200, <RemovePage {...{ site, whose, person }} />)),
    ),
  );
  pages.post("/people/:id/remove", limit(FORM_BYTES), (c) =>
    forAdmin(c, async (person) => {
      const removed = await dismissPerson(runtime, c.req.param("id"), person, now());
      return typeof removed === "string" ? showPerson(c, person, shown(removed)) : seeOther("/desk/people");
    }),
  );

  pages.get("/me", (c) => desk.forPerson(c, (person) => showOwn(c, person)));
  pages.post("/me", limit(FORM_BYTES), (c) =>
    desk.forPerson(c, async (person) => {
      await endThose(c, await c.req.parseBody(), person, person);
      return seeOther("/desk/me");
    }),
  );

  /** Ends the session that a form names, or all others; removes or renames the passkey that it names. */
  async function endThose(
    c: DeskContext,
    form: Readonly<Record<string, unknown>>,
    whose: Pick<Person, "id" | "name">,
    person: Person,
  ): Promise<void> {
    const by = { by: person.name, at: now() };
    if (form.act === "end-all")
      await endSessions(DB, whose, await sessionHash(runtime, c.req.raw.headers), by);
    else if (typeof form.session === "string" && /^[0-9a-f]{16}$/.test(form.session))
      await endSession(DB, form.session, whose.id, by);
    if (typeof form.passkey !== "string") return;
    const asked = check(passkeyNameSchema, { name: form.name });
    if (form.act === "remove-passkey") await removePasskey(DB, form.passkey, whose.id, by);
    else if (form.act === "rename-passkey" && asked.ok)
      await renamePasskey(DB, form.passkey, whose.id, asked.value.name);
  }

  async function showPeople(c: DeskContext, person: Person, shown: Shown = {}): Promise<Response> {
    const people = await listPeople(DB, sessionTimes(now()));
    const status = shown.problems === undefined ? 200 : 422;
    return page(c, status, <PeoplePage {...{ site, people, person, shown, now: now() }} />);
  }

  async function withPerson(
    c: DeskContext,
    answer: (whose: PersonRow) => Promise<Response>,
  ): Promise<Response> {
    const whose = await readPerson(DB, c.req.param("id") ?? "", sessionTimes(now()));
    if (whose) return answer(whose);
    const text = t("They may have been removed.");
    return page(c, 404, <Message title={t("There is no such person")} text={text} />);
  }

  const showPerson = (c: DeskContext, person: Person, shown: Shown = {}): Promise<Response> =>
    withPerson(c, async (whose) => {
      const [sessions, passkeys] = await Promise.all([
        listSessions(DB, whose.id, sessionTimes(now())),
        listPasskeys(DB, whose.id),
      ]);
      const own = await sessionHash(runtime, c.req.raw.headers);
      const status = shown.problems === undefined ? 200 : 422;
      return page(
        c,
        status,
        <PersonPage {...{ site, whose, sessions, passkeys, own, person, shown, now: now(), access }} />,
      );
    });

  async function showOwn(c: DeskContext, person: Person): Promise<Response> {
    const [sessions, passkeys] = await Promise.all([
      listSessions(DB, person.id, sessionTimes(now())),
      listPasskeys(DB, person.id),
    ]);
    const own = await sessionHash(runtime, c.req.raw.headers);
    return page(
      c,
      200,
      <DeskPage
        {...{ site, person, title: t("You") }}
        heading={<bdi>{person.name}</bdi>}
        script={access ? undefined : PASSKEY_SCRIPT}
      >
        <p>{YOU_ARE[person.role]}</p>
        {access ? (
          <p>{t("Cloudflare Access signs you in. Your sessions and devices are managed there.")}</p>
        ) : (
          <>
            <Passkeys {...{ site, passkeys, now: now(), isOwn: true }} />
            <Sessions {...{ site, sessions, own, now: now() }} />
          </>
        )}
      </DeskPage>,
    );
  }
}

/** The fields of a form that aren't empty. */
const filled = (form: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));

const shown = (outcome: PeopleOutcome<Invitation>, typed?: Shown["typed"]): Shown =>
  typeof outcome === "string"
    ? { problems: [{ path: "", message: REFUSALS[outcome] }], ...omitUndefined({ typed }) }
    : { invitation: outcome };

const PeoplePage: FC<{
  site: Site;
  people: readonly PersonRow[];
  person: Person;
  shown: Shown;
  now: Instant;
}> = ({ site, people, person, shown, now }) => (
  <DeskPage {...{ site, person, title: t("People") }} problems={shown.problems} fieldOf={fieldOf}>
    <Invited shown={shown} site={site} />
    <ul class="stories">
      {people.map((one) => (
        <li>
          <a href={`/desk/people/${one.id}`}>
            <bdi>{one.name}</bdi>
          </a>
          <strong class="state">{ROLE_NAMES[one.role]}</strong>
          <small>{lastSeen(one, now, site)}</small>
        </li>
      ))}
    </ul>
    <form method="post" action="/desk/people" class="plain part">
      <h2>{t("Invite somebody")}</h2>
      <div class="field">
        <label for="name">{t("Name, as colleagues know them")}</label>
        <input
          id="name"
          name="name"
          value={typedText(shown, "name", "")}
          required
          maxlength={100}
          autocomplete="off"
        />
      </div>
      <RoleField chosen={typedText(shown, "role", "reporter")} />
      <EmailField email={typedText(shown, "email", "")} />
      <button type="submit" class="first">
        {t("Make a sign-in link")}
      </button>
    </form>
  </DeskPage>
);

const lastSeen = ({ lastSeen, linkExpires }: PersonRow, now: Instant, site: Site): string => {
  const hasLink = linkExpires !== null;
  if (lastSeen === null)
    return hasLink
      ? t("never seen at the desk; has a link that isn’t used yet")
      : t("never seen at the desk");
  const age = humanAge(lastSeen, now, interfaceLanguage, site.timezone);
  return hasLink
    ? t("last seen: {age}; has a link that isn’t used yet", { age })
    : t("last seen: {age}", { age });
};

const PersonPage: FC<{
  site: Site;
  whose: PersonRow;
  sessions: readonly SessionRow[];
  own: string | undefined;
  person: Person;
  passkeys: readonly PasskeyRow[];
  shown: Shown;
  now: Instant;
  access: boolean;
}> = ({ site, whose, sessions, passkeys, own, person, shown, now, access }) => (
  <DeskPage
    {...{ site, person, title: whose.name }}
    back={<a href="/desk/people">{t("All people")}</a>}
    heading={<bdi>{whose.name}</bdi>}
    problems={shown.problems}
    fieldOf={fieldOf}
  >
    <Invited shown={shown} site={site} />
    <p>
      {ROLE_NAMES[whose.role]} · {lastSeen(whose, now, site)} ·{" "}
      <a href={`/desk/journal?by=${encodeURIComponent(whose.name)}`}>{t("What they did")}</a>
    </p>
    <form method="post" class="plain">
      <RoleField chosen={typedText(shown, "role", whose.role)} />
      <EmailField email={typedText(shown, "email", whose.email ?? "")} />
      <button type="submit" name="act" value="change">
        {t("Save")}
      </button>
    </form>
    {access ? null : (
      <>
        <section class="part">
          <h2>{t("Sign-in link")}</h2>
          <p>
            {t(
              "It works once, for a day, and replaces an older one. Make one for somebody who can’t get in any more.",
            )}
          </p>
          <form method="post">
            <button type="submit" name="act" value="link">
              {t("Make a sign-in link")}
            </button>
          </form>
        </section>
        <Sessions {...{ site, sessions, own, now }} />
        <Passkeys {...{ site, passkeys, now, isOwn: false }} />
      </>
    )}
    <section class="part">
      <h2>{t("Remove")}</h2>
      <p>
        <a href={`/desk/people/${whose.id}/remove`}>{t("Remove from the desk")}</a>
      </p>
    </section>
  </DeskPage>
);

/** Asks before somebody is removed. */
const RemovePage: FC<{ site: Site; whose: PersonRow; person: Person }> = ({
  site,
  whose: { id, name },
  person,
}) => (
  <DeskPage
    {...{ site, person, title: t("Remove from the desk: {name}", { name }) }}
    back={<a href={`/desk/people/${id}`}>{t("Back to this person")}</a>}
  >
    <p>
      <strong>{t("This can't be undone.")}</strong>{" "}
      {parts("{name} is signed out at once, everywhere. Stories and the journal keep the name.", {
        name: <bdi>{name}</bdi>,
      })}{" "}
      {t(
        "Passkeys, a sign-in link and the e-mail address are deleted. To come back, they need a new invitation.",
      )}
    </p>
    <form method="post">
      <button type="submit" class="first">
        {t("Remove from the desk")}
      </button>
    </form>
  </DeskPage>
);

/** The link that was made, shown this once. */
const Invited: FC<{ shown: Shown; site: Site }> = ({ shown: { invitation }, site }) =>
  invitation === undefined ? null : (
    <div class="notice" role="status">
      <h2>{t("The link is ready")}</h2>
      <div class="field">
        <label for="link">
          {t("Send it to this person alone. It is shown only now, and works once, until {time}.", {
            time: humanTime(invitation.expires, interfaceLanguage, site.timezone),
          })}
        </label>
        <SecretInput id="link" value={invitation.url} />
      </div>
    </div>
  );

/** What stands in a field: what was typed into it, else `stored`. */
function typedText({ typed }: Shown, name: string, stored: string): string {
  const value = typed?.[name];
  return typeof value === "string" ? value : stored;
}

const RoleField: FC<{ chosen: string }> = ({ chosen }) => (
  <div class="field">
    <label for="role">{t("Role")}</label>
    <select id="role" name="role">
      {ROLES.map((one) => (
        <option value={one} selected={one === chosen}>
          {CHOICES[one]}
        </option>
      ))}
    </select>
  </div>
);

const EmailField: FC<{ email: string }> = ({ email }) => (
  <div class="field">
    <label for="email">{t("E-mail address, if Cloudflare Access signs people in")}</label>
    <input id="email" name="email" type="email" dir="ltr" maxlength={254} value={email} autocomplete="off" />
  </div>
);

/** The open sessions of somebody, each with a button that ends it. `own` is the hash of the one that looks. */
const Sessions: FC<{
  site: Site;
  sessions: readonly SessionRow[];
  own: string | undefined;
  now: Instant;
}> = ({ site, sessions, own, now }) => {
  const isOwn = ({ id }: SessionRow) => own !== undefined && id === sessionId(own);
  const others = sessions.filter((one) => !isOwn(one)).length;
  return (
    <section class="part">
      <h2>{t("Signed in")}</h2>
      {sessions.length === 0 ? <p class="empty">{t("In no browser.")}</p> : null}
      <ul class="stories">
        {sessions.map((one) => (
          <li>
            <span>
              {isOwn(one) ? (
                parts("{browser} (this browser)", { browser: <strong>{browserName(one.agent)}</strong> })
              ) : (
                <strong>{browserName(one.agent)}</strong>
              )}
            </span>
            <form method="post">
              <input type="hidden" name="session" value={one.id} />
              <button
                type="submit"
                name="act"
                value="end"
                aria-label={t("End session: {browser}", { browser: browserName(one.agent) })}
              >
                {t("End session")}
              </button>
            </form>
            <small>
              {t("last used: {used}, signed in: {opened}", {
                used: humanAge(one.seenAt, now, interfaceLanguage, site.timezone),
                opened: humanAge(one.createdAt, now, interfaceLanguage, site.timezone),
              })}
            </small>
          </li>
        ))}
      </ul>
      {others === 0 ? null : (
        <form method="post">
          <button type="submit" name="act" value="end-all">
            {others === sessions.length
              ? plural(others, { one: "End {count} session", other: "End {count} sessions" })
              : plural(others, {
                  one: "End the other {count} session",
                  other: "End the other {count} sessions",
                })}
          </button>
        </form>
      )}
    </section>
  );
};
