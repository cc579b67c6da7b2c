// A partner's page: its state, what it has and lacks, what is left out, its policy, tokens and webhook.

import type { Child, FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import type { Gap, IssuedToken, PartnerReport, WebhookDelivery } from "../../partners/answers.ts";
import { ACCESS_WORDS, PROFILE_WORDS, partnerProblems } from "../../partners/partner-words.ts";
import { DeskPage, SecretInput } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Person } from "../stories/sql.ts";
import {
  Age,
  AllPartners,
  ArticleRow,
  articles,
  BackToPartner,
  Facts,
  Gaps,
  Part,
  PolicyFacts,
  Reasons,
} from "./parts.tsx";

interface PageProps {
  readonly report: PartnerReport;
  readonly gaps: readonly Gap[];
  readonly deliveries: readonly WebhookDelivery[];
  readonly person: Person;
  readonly site: Site;
  readonly now: Instant;
}

const HOMES: Readonly<Record<string, string>> = {
  git: "git",
  api: t("a program, by the API"),
  desk: t("the desk"),
};

/** Everything about a partner. */
export const PartnerPage: FC<PageProps> = ({ report, gaps, deliveries, person, site, now }) => {
  const { id, name, enabled, profile, access, url, page, items, builtAt, lastFetch, home } = report;
  const problems = partnerProblems(report, now, (at) =>
    humanTime(at as Instant, interfaceLanguage, site.timezone),
  );
  const path = `/desk/partners/${id}`;
  return (
    <DeskPage {...{ site, person, title: name }} back={<AllPartners />} heading={<bdi>{name}</bdi>}>
      {problems.length === 0 ? null : (
        <ul class="problems">
          {problems.map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      )}
      <Facts
        rows={[
          [t("State"), enabled ? t("enabled") : t("disabled: every request is refused")],
          [t("Feed"), <code>{url}</code>],
          [t("Page for its engineers"), <code>{page}</code>],
          [t("Format"), `${profile}: ${PROFILE_WORDS[profile]}`],
          [t("Access"), ACCESS_WORDS[access]],
          [t("Holds"), builtAt === null ? t("nothing yet") : articles(items)],
          ...(builtAt === null
            ? []
            : [[t("Built"), <Age {...{ at: builtAt, now, site }} />] as [string, Child]]),
          [
            t("Last fetch"),
            lastFetch === null
              ? t("never")
              : parts("{time}, answered {status}", {
                  time: <Age {...{ at: lastFetch.minute, now, site }} />,
                  status: lastFetch.status,
                }),
          ],
          [t("Policy from"), home === null ? t("not known") : HOMES[home]],
        ]}
      />
      <Part title={t("Policy")} id="policy">
        <PolicyFacts policy={report.policy} />
        <p>
          <a class="button" href={`${path}/policy`}>
            {home === "git" ? t("Read the policy") : t("Change the policy")}
          </a>
        </p>
      </Part>
      <Part title={t("Gaps: {count}", { count: gaps.length })} id="gaps">
        {gaps.length === 0 ? (
          <p class="empty">{t("It has all that it should have.")}</p>
        ) : (
          <Gaps {...{ gaps, now, site }} />
        )}
      </Part>
      {isAtLeast(person, "admin") ? <Tokens {...{ report, site, now }} /> : null}
      {report.policy.push === undefined ? null : <Webhook {...{ report, deliveries, person, site, now }} />}
      <Part title={t("In the feed: {count}", { count: report.included.length })} id="included">
        <Included {...{ report, site, now }} />
      </Part>
      <Part title={t("Left out: {count}", { count: report.leftOut.length })} id="left-out">
        {report.leftOut.length === 0 ? <p class="empty">{t("None of the newest articles.")}</p> : null}
        <ul class="stories">
          {report.leftOut.map((item) => (
            <ArticleRow item={item} now={now}>
              <Reasons problems={item.problems} site={site} />
            </ArticleRow>
          ))}
        </ul>
      </Part>
      {isAtLeast(person, "admin") ? (
        <p class="part">
          <a href={`${path}/remove`}>{t("Remove this partner")}</a>
        </p>
      ) : null}
    </DeskPage>
  );
};

type Some = Pick<PageProps, "report" | "site" | "now">;

const Included: FC<Some> = ({ report: { included }, site, now }) =>
  included.length === 0 ? (
    <p class="empty">{t("No articles yet.")}</p>
  ) : (
    <ul class="stories">
      {included.map((item) => (
        <ArticleRow
          {...{ item, now }}
          state={
            item.held === null ? (
              <strong class="state">{t("not fetched")}</strong>
            ) : item.held.version === item.version ? (
              <strong class="state live">{t("has it")}</strong>
            ) : (
              <strong class="state bad">{t("has version {version}", { version: item.held.version })}</strong>
            )
          }
        >
          <small>{versions(item, item.held && <Age {...{ at: item.held.at, now, site }} />)}</small>
          <Reasons problems={item.problems} site={site} />
        </ArticleRow>
      ))}
    </ul>
  );

/** Which version the feed has, and which the partner has fetched, `when`. */
function versions({ version, held }: PartnerReport["included"][number], when: Child): Child {
  const values = { version, held: held?.version, time: <>{when}</> };
  if (held === null) return version === null ? null : parts("version {version}", values);
  if (version === null) return parts("version {held} was fetched: {time}", values);
  return held.version === version
    ? parts("version {version}, fetched: {time}", values)
    : parts("version {version}; version {held} was fetched: {time}", values);
}

const Tokens: FC<Some> = ({ report: { id, tokens, access }, site, now }) => (
  <Part title={t("Tokens")} id="tokens">
    {access === "public" ? <p>{t("The feed needs none: its access is public.")}</p> : null}
    <ul class="stories">
      {tokens.map(({ name, madeAt, usedAt }) => (
        <li>
          <b>
            <code>{name}</code>
          </b>
          <a href={`/desk/partners/${id}/tokens/${name}`}>
            {parts("Revoke {name}", { name: <span class="hidden">{name}</span> })}
          </a>
          <small>
            {usedAt === null
              ? parts("made: {made}, not used yet", { made: <Age {...{ at: madeAt, now, site }} /> })
              : parts("made: {made}, last used: {used}", {
                  made: <Age {...{ at: madeAt, now, site }} />,
                  used: <Age {...{ at: usedAt, now, site }} />,
                })}
          </small>
        </li>
      ))}
    </ul>
    <form method="post" action={`/desk/partners/${id}/tokens`}>
      <p>
        {t("Two are valid at once: make the second, wait until the partner uses it, then revoke the first.")}{" "}
        {tokens.length < 2 ? <button type="submit">{t("Make a token")}</button> : null}
      </p>
    </form>
  </Part>
);

const EVENTS: Readonly<
  Record<WebhookDelivery["event"], (values: Readonly<Record<"version" | "time", Child>>) => Child>
> = {
  "article.published": (values) => parts("version {version}, published: {time}", values),
  "article.updated": (values) => parts("version {version}, updated: {time}", values),
  "article.corrected": (values) => parts("version {version}, corrected: {time}", values),
  "article.retracted": (values) => parts("version {version}, withdrawn: {time}", values),
};
const STATES: Readonly<Record<WebhookDelivery["state"], string>> = {
  waiting: t("waits"),
  dead: t("failed"),
  delivered: t("delivered"),
};

const Webhook: FC<Omit<PageProps, "gaps">> = ({ report, deliveries, person, site, now }) => {
  const { id, push } = report;
  return (
    <Part title={t("Webhook")} id="webhook">
      <p>
        {push === "on" ? (
          t("It is enabled: the partner’s server is told of changes at once.")
        ) : (
          <>
            <strong class="state bad">{t("It is disabled: {reason}.", { reason: push ?? "" })}</strong>{" "}
            {t("What is to be sent waits.")}
          </>
        )}
      </p>
      {isAtLeast(person, "admin") ? (
        <div class="acts">
          <a class="button" href={`/desk/partners/${id}/webhook`}>
            {t("The secret")}
          </a>
          {push === "on" ? null : (
            <Act path={`${id}/webhook/on`} words={t("Enable it, and send what waits")} />
          )}
        </div>
      ) : null}
      <h3>{t("Deliveries")}</h3>
      {deliveries.length === 0 ? <p class="empty">{t("None yet.")}</p> : null}
      <ul class="stories">
        {deliveries.map((delivery) => (
          <li>
            {delivery.slug === null ? (
              <b>{delivery.article}</b>
            ) : (
              <a href={`/articles/${delivery.slug}`}>
                <bdi>{delivery.headline}</bdi>
              </a>
            )}
            <strong class={`state${delivery.state === "dead" ? " bad" : ""}`}>
              {STATES[delivery.state]}
            </strong>
            <small>
              {EVENTS[delivery.event]({
                version: delivery.version,
                time: <Age {...{ at: delivery.at, now, site }} />,
              })}{" "}
              · {plural(delivery.attempts, { one: "tried {count} time", other: "tried {count} times" })}
              {delivery.answer === null ? null : (
                <> · {parts("last answer: {answer}", { answer: <bdi>{delivery.answer}</bdi> })}</>
              )}
              {delivery.nextAt === null ? null : (
                <> · {parts("next: {time}", { time: <Age {...{ at: delivery.nextAt, now, site }} /> })}</>
              )}
            </small>
            {delivery.state === "delivered" ? null : (
              <Act
                path={`${id}/deliveries/${delivery.id}`}
                words={t("Send again")}
                about={delivery.headline ?? ""}
              />
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
};

/** A button that does something at once. */
const Act: FC<{ path: string; words: string; about?: string }> = ({ path, words, about }) => (
  <form method="post" action={`/desk/partners/${path}`}>
    <button type="submit">
      {words}
      {about === undefined ? null : <span class="hidden"> {about}</span>}
    </button>
  </form>
);

/** A page that says one thing about a partner, and has a form or nothing below it. */
export const PartnerNote: FC<{
  title: string;
  id: string;
  site: Site;
  person: Person;
  children?: Child;
}> = ({ title, id, site, person, children }) => (
  <DeskPage {...{ site, person, title }} back={<BackToPartner id={id} />}>
    {children}
  </DeskPage>
);

/** A token, the only time that it is seen. */
export const NewToken: FC<{ issued: IssuedToken; isPath: boolean }> = ({ issued, isPath }) => (
  <>
    <p>
      <strong>{t("Copy it now: it is shown only this once.")}</strong>{" "}
      {t("Send it to the partner in a way that others can’t read.")}
    </p>
    <p>
      <label for="token">{t("Token {name}", { name: issued.name })}</label>
      <SecretInput id="token" value={issued.token} />
    </p>
    <Facts
      rows={[
        [t("Feed"), <code>{issued.url}</code>],
        ...(issued.header === null ? [] : [[t("Header"), <code>{issued.header}</code>] as [string, Child]]),
      ]}
    />
    {isPath ? <p>{t("The token is part of the address, so the address is a secret too.")}</p> : null}
  </>
);
