// The pages that sign somebody in, by a link or a passkey, and out.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { limit, readJson } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import type { Instant } from "../../lib/time.ts";
import { parts, t } from "../../lib/translate.ts";
import type { Desk } from "../desk.ts";
import { assertionSchema } from "../inputs.ts";
import { DeskPage } from "../layout.tsx";
import { usesAccess } from "./cloudflare-access.ts";
import { signInByPasskey, signInChallenge } from "./passkeys.ts";
import { noCookie, type Opened, sessionHash, signInByLink, whoAsks } from "./people.ts";
import { signOut } from "./sql-people.ts";

const PASSKEY_BYTES = 20_000;
/** The module that makes and uses passkeys. */
export const PASSKEY_SCRIPT = "/desk/passkey.js";

/** Adds the pages under /desk/sign-in, /desk/sign-out and /desk/passkey. */
export function addSignInPages(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, Message, seeOther } = desk;
  const { env, site } = runtime;

  // Mail scanners open links, so only a click uses this one up.
  pages.get("/sign-in/:link", (c) => page(c, 200, <LinkPage site={site} />));
  pages.post("/sign-in/:link", async (c) => {
    const wantsPasskey = (await c.req.parseBody()).next === "passkey";
    const opened = usesAccess(env)
      ? undefined
      : await signInByLink(runtime, c.req.param("link"), c.req.raw.headers, now());
    if (opened) return seeOther(wantsPasskey ? "/desk/me" : "/desk", cookieOf(opened));
    const text = usesAccess(env)
      ? t("At this desk Cloudflare Access signs people in. Open /desk, without a link.")
      : t("It was used before, or is more than a day old. Ask an admin for a new one.");
    return page(c, 410, <Message title={t("This link no longer works")} text={text} />);
  });

  pages.get("/passkey", async (c) =>
    usesAccess(env)
      ? c.json(
          { detail: t("At this desk Cloudflare Access signs people in. Sign in again in another tab.") },
          403,
          NOT_STORED,
        )
      : c.json(await signInChallenge(runtime, now()), 200, NOT_STORED),
  );
  pages.post("/passkey", limit(PASSKEY_BYTES), async (c) => {
    const body = await readJson(c.req.raw);
    if (body instanceof Response) return body;
    const sent = check(assertionSchema, body.value);
    const opened =
      sent.ok && !usesAccess(env)
        ? await signInByPasskey(runtime, sent.value, c.req.raw.headers, now())
        : undefined;
    if (!opened) return c.json({ detail: NOT_SIGNED_IN }, 403, NOT_STORED);
    const { name, role } = opened.person;
    return c.json({ name, role }, 200, { ...NOT_STORED, ...cookieOf(opened) });
  });

  pages.post("/sign-out", async (c) => {
    const session = await sessionHash(runtime, c.req.raw.headers);
    if (session !== undefined) await signOut(env.DB, session);
    const path = usesAccess(env) ? "/cdn-cgi/access/logout" : "/desk";
    return seeOther(path, { "Set-Cookie": noCookie(site.url) });
  });
}

const NOT_STORED = { "Cache-Control": "no-store" };
const NOT_SIGNED_IN = t(
  "This passkey doesn't sign anybody in here. If it was removed, ask an admin for a new sign-in link.",
);

const cookieOf = ({ cookie }: Opened) => ({ "Set-Cookie": cookie });

/** What nobody who is signed in gets: how to sign in here, or what keeps Access's guest out. */
export async function signInPage(
  runtime: Runtime,
  headers: Headers,
  now: Instant,
): Promise<{ readonly status: 401 | 403; readonly content: ReturnType<FC> }> {
  const { env, site } = runtime;
  if (!usesAccess(env)) return { status: 401, content: <SignInPage site={site} /> };
  const who = await whoAsks(runtime, headers, now);
  const email = who && "email" in who ? who.email : undefined;
  return {
    status: email === undefined ? 401 : 403,
    content: <NotLetIn {...{ site, email, isSet: !!env.ACCESS_TEAM && !!env.ACCESS_AUD }} />,
  };
}

const SignInPage: FC<{ site: Site }> = ({ site }) => (
  <DeskPage site={site} title={t("Sign in to the desk")} script={PASSKEY_SCRIPT}>
    <div data-passkey="sign-in" hidden>
      <p>
        <button type="button" class="first">
          {t("Sign in with a passkey")}
        </button>
      </p>
      <p role="status"></p>
    </div>
    <p>
      {isLocal(site)
        ? parts(
            "Or open the link that {command} printed, or that an admin sent you. It works once, and signs this browser in.",
            { command: <code>npm start</code> },
          )
        : t(
            "Or open the sign-in link that an admin sent you. It works once, and within a day. If you have none that works, ask an admin for a new one.",
          )}
    </p>
  </DeskPage>
);

/** True for a site that `npm start` runs on the reader's own computer. */
const isLocal = ({ url }: Pick<Site, "url">): boolean =>
  /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);

const LinkPage: FC<{ site: Site }> = ({ site }) => (
  <DeskPage site={site} title={t("Sign in")} heading={t("Sign in to the desk")} script={PASSKEY_SCRIPT}>
    <form method="post">
      <p>{t("This link works once, and signs in the browser that you open it in.")}</p>
      <div data-passkey="link" hidden>
        <p>
          {t("With a passkey you sign in by fingerprint, face or PIN from then on, and need no other link.")}
        </p>
        <p>
          <button type="submit" name="next" value="passkey" class="first">
            {t("Sign in and add a passkey")}
          </button>
        </p>
        <p>{t("Or stay signed in in this browser only:")}</p>
      </div>
      <button type="submit">{t("Sign in here")}</button>
    </form>
  </DeskPage>
);

const NotLetIn: FC<{ site: Site; email: string | undefined; isSet: boolean }> = ({ site, email, isSet }) => (
  <DeskPage site={site} title={t("You are not let in yet")}>
    {email !== undefined ? (
      <p>
        {parts(
          "Cloudflare Access knows you as {email}, but nobody at this desk has that address. Ask an admin to put it to your name, under People.",
          { email: <bdi>{email}</bdi> },
        )}
      </p>
    ) : isSet ? (
      <p>
        {t(
          "Only Cloudflare Access lets people in here, and it sent no valid sign-in. Reload this page to sign in.",
        )}
      </p>
    ) : (
      <p>
        {t("{team} and {audience} must both be set. Ask whoever deploys this site.", {
          team: "ACCESS_TEAM",
          audience: "ACCESS_AUD",
        })}
      </p>
    )}
  </DeskPage>
);
