// The desk's pages about partners. Who may see which is as in the API (`api/partners.ts`). Plain forms, without script.

import type { Hono } from "hono";
import type { Env } from "../../env.ts";
import { limit } from "../../http/router.ts";
import { parts, t } from "../../lib/translate.ts";
import {
  issueToken,
  makeSecret,
  removePartner,
  revokeToken,
  sendAgain,
  summaryOf,
  switchOn,
  webhookOf,
} from "../../partners/acts.ts";
import type { PartnerReport } from "../../partners/answers.ts";
import { writeCounted } from "../../partners/fetches.ts";
import { DELIVERY_STATES } from "../../partners/policy.ts";
import { partnerGaps, partnerItems } from "../../partners/report.ts";
import { type PartnerOverview, partnerOverviews } from "../../partners/sql.ts";
import { fetchDays } from "../../partners/sql-ledger.ts";
import { listWebhooks } from "../../partners/sql-webhooks.ts";
import { type Desk, type DeskContext, FORM_BYTES } from "../desk.ts";
import { SecretInput } from "../layout.tsx";
import type { Person } from "../stories/sql.ts";
import { GapsPage, PartnerList } from "./list.tsx";
import { NewToken, PartnerNote, PartnerPage } from "./partner.tsx";
import { Facts, NO_PARTNER, policyFile } from "./parts.tsx";
import { addPolicyPages } from "./policy-routes.tsx";

type WithPartner = (person: Person, overview: PartnerOverview, id: string) => Promise<Response>;

const TWO_TOKENS = t("There are two tokens already: revoke one first.");
const REPORTED_DAYS = 31;
const SHOWN_DELIVERIES = 50;

/** Adds the pages under /desk/partners, /desk/new-partner and /desk/gaps. */
export function addPartnerPages(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forPerson, Message, seeOther } = desk;
  const { env, site } = runtime;

  for (const [path, Page] of [
    ["/partners", PartnerList],
    ["/gaps", GapsPage],
  ] as const) {
    pages.get(path, (c) =>
      forPerson(c, async (person) => {
        const [overviews, gaps] = await Promise.all([partnerOverviews(env.DB), partnerGaps(runtime, now())]);
        const partners = overviews.map((one) => summaryOf(runtime, one));
        return page(c, 200, <Page {...{ partners, gaps, person, site, now: now() }} />);
      }),
    );
  }

  addPolicyPages(pages, desk);

  pages.get("/partners/:id", (c) =>
    withPartner(c, "editor", async (person, overview, id) => {
      const { record } = overview;
      const at = now();
      await writeCounted(runtime, id);
      const report: PartnerReport = {
        ...summaryOf(runtime, overview),
        policy: record.policy,
        ...(await partnerItems(runtime, record, at)),
        days: await fetchDays(env.DB, id, REPORTED_DAYS, at),
      };
      const gaps = await partnerGaps(runtime, at, id);
      const all = record.policy.push ? await listWebhooks(env.DB, DELIVERY_STATES, id) : [];
      const deliveries = all.slice(0, SHOWN_DELIVERIES);
      return page(c, 200, <PartnerPage {...{ report, gaps, deliveries, person, site, now: at }} />);
    }),
  );

  pages.post("/partners/:id/tokens", limit(FORM_BYTES), (c) =>
    withPartner(c, "admin", async (person, { record }, id) => {
      const issued = await issueToken(runtime, record, doer(person));
      if (issued === "full") return note(c, 409, person, id, t("Not made"), <p>{TWO_TOKENS}</p>);
      const isPath = record.policy.access === "path";
      return note(c, 201, person, id, t("A new token"), <NewToken {...{ issued, isPath }} />);
    }),
  );
  pages.get("/partners/:id/tokens/:name", (c) =>
    withPartner(c, "admin", async (person, { facts: { tokens } }, id) => {
      const name = c.req.param("name");
      if (!tokens.some((token) => token.name === name)) return noToken(c, person, id);
      return note(
        c,
        200,
        person,
        id,
        t("Revoke the token {name}?", { name }),
        <form method="post">
          <p>
            {t("Requests with it are refused at once.")}{" "}
            {tokens.length === 1 ? <strong class="bad">{t("The partner has no other token.")}</strong> : null}
          </p>
          <button type="submit" class="first">
            {t("Revoke it")}
          </button>
        </form>,
      );
    }),
  );
  pages.post("/partners/:id/tokens/:name", limit(FORM_BYTES), (c) =>
    withPartner(c, "admin", async (person, _, id) => {
      const isRevoked = await revokeToken(runtime, id, c.req.param("name"), doer(person));
      return isRevoked ? toPartner(id) : noToken(c, person, id);
    }),
  );

  for (const [method, change] of [
    ["GET", undefined],
    ["POST", makeSecret],
  ] as const) {
    pages.on(method, "/partners/:id/webhook", limit(FORM_BYTES), (c) =>
      withPartner(c, "admin", async (person, { record }, id) => {
        if (change && record.policy.push) await change(runtime, id, doer(person));
        const [changed] = change ? await partnerOverviews(env.DB, id) : [];
        return secretPage(c, person, id, changed?.record ?? record);
      }),
    );
  }
  pages.post("/partners/:id/webhook/on", limit(FORM_BYTES), (c) =>
    withPartner(c, "admin", async (person, _, id) => {
      await switchOn(runtime, id, doer(person));
      return toPartner(id, "#webhook");
    }),
  );
  pages.post("/partners/:id/deliveries/:delivery{\\d{1,15}}", limit(FORM_BYTES), (c) =>
    withPartner(c, "editor", async (person, _, id) => {
      const delivery = await sendAgain(runtime, Number(c.req.param("delivery")), doer(person));
      if (delivery !== undefined && delivery !== "delivered") return toPartner(id, "#webhook");
      const why = delivery === undefined ? t("There is no such delivery.") : t("It was delivered already.");
      return note(c, delivery === undefined ? 404 : 409, person, id, t("Not sent again"), <p>{why}</p>);
    }),
  );

  pages.get("/partners/:id/remove", (c) =>
    withPartner(c, "admin", async (person, { record: { policy, home } }, id) =>
      note(
        c,
        200,
        person,
        id,
        t("Remove {name}?", { name: policy.name }),
        <form method="post">
          <p>
            <strong class="bad">
              {t("This removes its feed, its tokens, and the record of what it fetched, for good.")}
            </strong>{" "}
            {t(
              "What the partner has fetched, it keeps. To stop the feed for a while, disable it in the policy.",
            )}
          </p>
          {home === "git" ? (
            <p>
              {parts(
                "Its policy is the file {file}: delete that too, or the next {command} brings the partner back, without its tokens.",
                { file: <code>{policyFile(id)}</code>, command: <code>npx wireroom publish</code> },
              )}
            </p>
          ) : null}
          <button type="submit" class="first">
            {t("Remove it")}
          </button>
        </form>,
      ),
    ),
  );
  pages.post("/partners/:id/remove", limit(FORM_BYTES), (c) =>
    withPartner(c, "admin", async (person, _, id) => {
      await removePartner(runtime, id, person.name);
      return seeOther("/desk/partners");
    }),
  );

  function toPartner(id: string, hash = ""): Response {
    return seeOther(`/desk/partners/${id}${hash}`);
  }

  function doer(person: Person) {
    return { by: person.name, at: now() };
  }

  function withPartner(c: DeskContext, role: "editor" | "admin", answer: WithPartner): Promise<Response> {
    return (role === "admin" ? desk.forAdmin : desk.forEditor)(c, async (person) => {
      const id = c.req.param("id") ?? "";
      const [overview] = await partnerOverviews(env.DB, id);
      if (overview) return answer(person, overview, id);
      return page(c, 404, <Message {...NO_PARTNER} />);
    });
  }

  function note(
    c: DeskContext,
    status: number,
    person: Person,
    id: string,
    title: string,
    children: unknown,
  ): Promise<Response> {
    return page(c, status, <PartnerNote {...{ title, id, site, person }}>{children as never}</PartnerNote>);
  }

  function noToken(c: DeskContext, person: Person, id: string): Promise<Response> {
    return note(
      c,
      404,
      person,
      id,
      t("There is no such token"),
      <p>{t("It may have been revoked already.")}</p>,
    );
  }

  async function secretPage(
    c: DeskContext,
    person: Person,
    id: string,
    record: PartnerOverview["record"],
  ): Promise<Response> {
    const webhook = await webhookOf(runtime, record, now());
    if (webhook === "none")
      return note(c, 409, person, id, t("No webhook"), <p>{t("The policy names no address for one.")}</p>);
    if (webhook === "closed") {
      const closed = (
        <p>
          {parts("The secret {name} is not set, so no webhooks are sent. Set it with {command}.", {
            name: <code>WEBHOOK_SECRET</code>,
            command: <code>npx wrangler secret put WEBHOOK_SECRET</code>,
          })}
        </p>
      );
      return note(c, 503, person, id, t("No webhook"), closed);
    }
    const { url, secret, previous } = webhook;
    return note(
      c,
      200,
      person,
      id,
      t("The webhook’s secret"),
      <>
        <p>{t("The partner’s server checks with it that a webhook comes from here.")}</p>
        <p>
          <label for="secret">{t("Secret")}</label>
          <SecretInput id="secret" value={secret} />
        </p>
        <Facts
          rows={[
            [t("Address"), <code>{url}</code>],
            ...(previous === null
              ? []
              : ([[t("The one before, which signs too for a week"), <code>{previous}</code>]] as const)),
          ]}
        />
        <form method="post">
          <p>{t("A new secret is used at once. The one before signs too for seven days.")}</p>
          <button type="submit">{t("Make a new secret")}</button>
        </form>
      </>,
    );
  }
}
