// The page for a partner's engineers, behind the credentials of their feed: what the feed is, its rules,
// which articles are in it, which were left out and why, and the last fetches.

import type { Child, FC } from "hono/jsx";
import { humanTime, type Instant } from "../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../lib/translate.ts";
import { Layout } from "../pages/layout.tsx";
import { type View, WrittenAddress } from "../pages/view.tsx";
import { addressesOf } from "./access.ts";
import type { PartnerItem } from "./answers.ts";
import { describePolicy } from "./partner-words.ts";
import type { Policy } from "./policy.ts";
import type { Profile } from "./profile.ts";
import type { FetchDay, FetchMinute } from "./sql-ledger.ts";

/** What the page shows. */
interface PartnerFacts {
  readonly view: View;
  readonly policy: Policy;
  readonly profile: Profile;
  /** The document, as it is now. */
  readonly feed: { readonly version: number; readonly length: number; readonly changedAt: Instant };
  readonly included: readonly PartnerItem[];
  readonly leftOut: readonly PartnerItem[];
  /** Newest first. */
  readonly fetches: readonly FetchMinute[];
  readonly days: readonly FetchDay[];
}

const CONFIDENCE: Readonly<Record<Profile["confidence"], string>> = {
  official: t("It follows the official description of the format."),
  several: t("No official description is public: it follows what several implementations agree on."),
  one: t("No official description is public: it follows one implementation. Tell us what is wrong."),
};

const ACCESS: Readonly<Record<Policy["access"], (id: string) => Child>> = {
  bearer: () => (
    <>
      {parts("Send the token with each request: {header}", {
        header: <code>Authorization: Bearer wr_…</code>,
      })}
    </>
  ),
  basic: (id) => (
    <>{parts("HTTP Basic: the user is {id}, the password is the token.", { id: <code>{id}</code> })}</>
  ),
  path: () => t("The token is part of the address, so keep the address secret."),
  public: () => t("Open to everybody."),
};

const REMOVALS: Readonly<Record<Profile["removal"], string>> = {
  sign: t("An entry with the same id says that the article is withdrawn."),
  notice: t("A notice with the same id takes the article's place."),
  tombstone: t("The article's id is in the feed's list of deleted entries."),
  absence: t("The article disappears from the feed, and its page answers 410."),
};

/** The page as HTML. A token in its own address stays out of it: the link to the feed is relative. */
export const partnerPage = (facts: PartnerFacts): string =>
  `<!doctype html>\n${String(<PartnerPage {...facts} />)}\n`;

const PartnerPage: FC<PartnerFacts> = ({ view, policy, profile, feed, included, leftOut, fetches, days }) => (
  <Layout
    view={view}
    title={t("Feed for {name}", { name: policy.name })}
    language={interfaceLanguage}
    // A browser can't send a bearer token, so the page is read from a saved file, whose links need a base.
    base={policy.access === "bearer" ? addressesOf(policy, view.site, "").page : undefined}
  >
    <header class="about">
      <h1>{parts("Feed for {name}", { name: <bdi>{policy.name}</bdi> })}</h1>
      <p class="dek">
        {t("What {site} sends you, by which rules, and why an article is in it or not.", {
          site: view.site.title,
        })}
      </p>
    </header>
    <div class="record">
      <Part title={t("The feed")}>
        <dl class="fields">
          <Field name={t("address")}>
            <a href={profile.file}>
              <WrittenAddress url={addressesOf(policy, view.site, "wr_…").url} whole />
            </a>
            <br />
            {ACCESS[policy.access](policy.id)}
          </Field>
          <Field name={t("format")}>
            {profile.name} (<a href={profile.source}>{new URL(profile.source).host}</a>).{" "}
            {CONFIDENCE[profile.confidence]}
          </Field>
          <Field name={t("now")}>
            {plural(included.length, { one: "{count} article", other: "{count} articles" })} ·{" "}
            {plural(feed.length, { one: "{count} byte", other: "{count} bytes" })} ·{" "}
            {parts("version {version}, of {time}", {
              version: feed.version,
              time: (
                <time datetime={feed.changedAt}>{humanTime(feed.changedAt, interfaceLanguage, "UTC")}</time>
              ),
            })}
          </Field>
          <Field name={t("ids")}>
            {t("An article's id never changes, even if its address or its text does.")}
          </Field>
          <Field name={t("withdrawn")}>{REMOVALS[profile.removal]}</Field>
          <Field name={t("polling")}>
            {t(
              "As often as you like, with If-None-Match or If-Modified-Since. Poll at least every 48 hours to miss nothing.",
            )}
          </Field>
        </dl>
      </Part>
      <Part title={t("Rules")}>
        <dl class="fields">
          {describePolicy(withHost(policy)).map(([name, words]) => (
            <Field name={name}>{words}</Field>
          ))}
        </dl>
      </Part>
      <Part title={t("Left out")}>
        <Articles list={leftOut} none={t("No article that is selected for you is left out.")} />
      </Part>
      <Part title={t("In the feed")}>
        <Articles list={included} none={t("No articles yet.")} />
      </Part>
      <Part title={t("Your last fetches")}>
        {fetches.length === 0 ? (
          <p>{t("No fetches yet.")}</p>
        ) : (
          <Table
            name={t("Fetches by the minute")}
            head={[t("Minute (UTC)"), t("Status"), t("Version"), t("Fetches"), t("Bytes")]}
            rows={fetches.map((row) => [
              <Time at={row.minute} />,
              row.status,
              row.version || "–",
              row.fetches,
              grouped(row.bytes),
            ])}
          />
        )}
        {days.length === 0 ? null : (
          <Table
            name={t("Fetches by the day")}
            head={[t("Day (UTC)"), t("Fetches"), t("Bytes")]}
            rows={days.map((row) => [
              <time datetime={row.day}>{row.day}</time>,
              row.fetches,
              grouped(row.bytes),
            ])}
          />
        )}
      </Part>
    </div>
  </Layout>
);

const grouped = (count: number): string => new Intl.NumberFormat(interfaceLanguage).format(count);

const Part: FC<{ title: string; children?: Child }> = ({ title, children }) => (
  <section>
    <h2>{title}</h2>
    <div>{children}</div>
  </section>
);

/**
 * The policy with only the host of its webhook's address. The rest may be a secret, and this page may be
 * public.
 */
const withHost = ({ push, ...policy }: Policy): Policy =>
  push === undefined ? policy : { ...policy, push: { ...push, url: new URL(push.url).host } };

const Field: FC<{ name: string; children?: Child }> = ({ name, children }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

/** `2024-10-24 11:30`, of UTC. */
const Time: FC<{ at: string }> = ({ at }) => <time datetime={at}>{at.slice(0, 16).replace("T", " ")}</time>;

/** Articles, each with its problems. */
const Articles: FC<{ list: readonly PartnerItem[]; none: string }> = ({ list, none }) =>
  list.length === 0 ? (
    <p>{none}</p>
  ) : (
    <ul>
      {list.map(({ headline, slug, published, problems }) => (
        <li>
          <b>{headline}</b>
          <p class="meta">
            {parts("{time} UTC", { time: <Time at={published} /> })} · {slug}
          </p>
          {problems.map(({ path, message }) => (
            <p>
              {path === "" ? null : <code>{path}</code>} {message}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );

/** A table that scrolls sideways on its own, by the keyboard too. */
const Table: FC<{ name: string; head: readonly string[]; rows: readonly (readonly Child[])[] }> = ({
  name,
  head,
  rows,
}) => (
  <section class="wide" tabindex={0} aria-label={name}>
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th scope="col">{cell}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
