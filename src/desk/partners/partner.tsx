// A partner's page: its state, what it has and lacks, what is left out, its policy, tokens and webhook.

import type { Child, FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import type { Gap, IssuedToken, PartnerReport, WebhookDelivery } from "../../partners/answers.ts";
import { ACCESS_WORDS, describePolicy, PROFILE_WORDS } from "../../partners/policy-words.ts";
import { partnerProblems } from "../../partners/state.ts";
import { DeskLayout } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Person } from "../stories/sql.ts";
import { Age, ArticleRow, articles, Facts, Gaps, Part, Reasons } from "./parts.tsx";

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
  api: "a program, by the API",
  desk: "the desk",
};

/** Everything about a partner. */
export const PartnerPage: FC<PageProps> = ({ report, gaps, deliveries, person, site, now }) => {
  const { id, name, enabled, profile, access, url, page, items, builtAt, lastFetch, home } = report;
  const problems = partnerProblems(report, now, (at) => humanTime(at as Instant, "en", site.timezone));
  const path = `/desk/partners/${id}`;
  return (
    <DeskLayout site={site} title={name} person={person}>
      <p>
        <a href="/desk/partners">All partners</a>
      </p>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      {problems.length === 0 ? null : (
        <ul class="problems">
          {problems.map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      )}
      <Facts
        rows={[
          ["State", enabled ? "enabled" : "disabled: every request is refused"],
          ["Feed", <code>{url}</code>],
          ["Page for its engineers", <code>{page}</code>],
          ["Format", `${profile}: ${PROFILE_WORDS[profile]}`],
          ["Access", ACCESS_WORDS[access]],
          [
            "Holds",
            builtAt === null ? (
              "nothing yet"
            ) : (
              <>
                {articles(items)}, built <Age {...{ at: builtAt, now, site }} />
              </>
            ),
          ],
          [
            "Last fetch",
            lastFetch === null ? (
              "never"
            ) : (
              <>
                <Age {...{ at: lastFetch.minute, now, site }} />, answered {lastFetch.status}
              </>
            ),
          ],
          ["Policy from", home === null ? "not known" : HOMES[home]],
        ]}
      />
      <Part title="Policy" id="policy">
        <Facts rows={describePolicy(report.policy)} />
        <p>
          <a class="button" href={`${path}/policy`}>
            {home === "git" ? "Read the policy" : "Change the policy"}
          </a>
        </p>
      </Part>
      <Part title={`Gaps: ${gaps.length}`} id="gaps">
        {gaps.length === 0 ? (
          <p class="empty">It has all that it should have.</p>
        ) : (
          <Gaps {...{ gaps, now, site }} />
        )}
      </Part>
      {isAtLeast(person, "admin") ? <Tokens {...{ report, site, now }} /> : null}
      {report.policy.push === undefined ? null : <Webhook {...{ report, deliveries, person, site, now }} />}
      <Part title={`In the feed: ${report.included.length}`} id="included">
        <Included {...{ report, site, now }} />
      </Part>
      <Part title={`Left out: ${report.leftOut.length}`} id="left-out">
        {report.leftOut.length === 0 ? <p class="empty">None of the newest articles.</p> : null}
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
          <a href={`${path}/remove`}>Remove this partner</a>
        </p>
      ) : null}
    </DeskLayout>
  );
};

type Some = Pick<PageProps, "report" | "site" | "now">;

const Included: FC<Some> = ({ report: { included }, site, now }) =>
  included.length === 0 ? (
    <p class="empty">No articles yet.</p>
  ) : (
    <ul class="stories">
      {included.map((item) => (
        <ArticleRow
          {...{ item, now }}
          state={
            item.held === null ? (
              <strong class="state">not fetched</strong>
            ) : item.held.version === item.version ? (
              <strong class="state live">has it</strong>
            ) : (
              <strong class="state bad">has version {item.held.version}</strong>
            )
          }
        >
          <small>
            {item.version === null ? null : `version ${item.version}`}
            {item.held === null ? null : (
              <>
                {item.held.version === item.version
                  ? ", fetched "
                  : `; version ${item.held.version} was fetched `}
                <Age {...{ at: item.held.at, now, site }} />
              </>
            )}
          </small>
          <Reasons problems={item.problems} site={site} />
        </ArticleRow>
      ))}
    </ul>
  );

const Tokens: FC<Some> = ({ report: { id, tokens, access }, site, now }) => (
  <Part title="Tokens" id="tokens">
    {access === "public" ? <p>The feed needs none: its access is public.</p> : null}
    <ul class="stories">
      {tokens.map(({ name, madeAt, usedAt }) => (
        <li>
          <b>
            <code>{name}</code>
          </b>
          <a href={`/desk/partners/${id}/tokens/${name}`}>
            Revoke<span class="hidden"> {name}</span>
          </a>
          <small>
            made <Age {...{ at: madeAt, now, site }} />;{" "}
            {usedAt === null ? (
              "not used yet"
            ) : (
              <>
                last used <Age {...{ at: usedAt, now, site }} />
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
    <form method="post" action={`/desk/partners/${id}/tokens`}>
      <p>
        Two are valid at once: make the second, wait until the partner uses it, then revoke the first.{" "}
        {tokens.length < 2 ? <button type="submit">Make a token</button> : null}
      </p>
    </form>
  </Part>
);

const EVENTS: Readonly<Record<WebhookDelivery["event"], string>> = {
  "article.published": "published",
  "article.updated": "updated",
  "article.corrected": "corrected",
  "article.retracted": "withdrawn",
};
const STATES: Readonly<Record<WebhookDelivery["state"], string>> = {
  waiting: "waits",
  dead: "failed",
  delivered: "delivered",
};

const Webhook: FC<Omit<PageProps, "gaps">> = ({ report, deliveries, person, site, now }) => {
  const { id, push } = report;
  return (
    <Part title="Webhook" id="webhook">
      <p>
        {push === "on" ? (
          "It is enabled: the partner’s server is told of changes at once."
        ) : (
          <>
            <strong class="state bad">It is disabled: {push}.</strong> What is to be sent waits.
          </>
        )}
      </p>
      {isAtLeast(person, "admin") ? (
        <div class="acts">
          <a class="button" href={`/desk/partners/${id}/webhook`}>
            The secret
          </a>
          {push === "on" ? null : <Act path={`${id}/webhook/on`} words="Enable it, and send what waits" />}
        </div>
      ) : null}
      <h3>Deliveries</h3>
      {deliveries.length === 0 ? <p class="empty">None yet.</p> : null}
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
              version {delivery.version}, {EVENTS[delivery.event]} <Age {...{ at: delivery.at, now, site }} />
              ; tried {delivery.attempts} times
              {delivery.answer === null ? "" : `; last answer: ${delivery.answer}`}
              {delivery.nextAt === null ? null : (
                <>
                  ; next <Age {...{ at: delivery.nextAt, now, site }} />
                </>
              )}
            </small>
            {delivery.state === "delivered" ? null : (
              <Act
                path={`${id}/deliveries/${delivery.id}`}
                words="Send again"
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
  <DeskLayout site={site} title={title} person={person}>
    <p>
      <a href={`/desk/partners/${id}`}>Back to the partner</a>
    </p>
    <h1>{title}</h1>
    {children}
  </DeskLayout>
);

/** A token, the only time that it is seen. */
export const NewToken: FC<{ issued: IssuedToken; isPath: boolean }> = ({ issued, isPath }) => (
  <>
    <p>
      <strong>Copy it now: it is shown only this once.</strong> Send it to the partner in a way that others
      can’t read.
    </p>
    <p>
      <label for="token">Token {issued.name}</label>
      <input id="token" class="secret" readonly value={issued.token} />
    </p>
    <Facts
      rows={[
        ["Feed", <code>{issued.url}</code>],
        ...(issued.header === null ? [] : [["Header", <code>{issued.header}</code>] as [string, Child]]),
      ]}
    />
    {isPath ? <p>The token is part of the address, so the address is a secret too.</p> : null}
  </>
);
