// The page for a partner's engineers, behind the credentials of their feed: what the feed is, its rules,
// which articles are in it, which were left out and why, and the last fetches. It is in English whatever the
// site's language, since it is technical.

import type { Child, FC } from "hono/jsx";
import { plural } from "../lib/text.ts";
import { humanTime, type Instant } from "../lib/time.ts";
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
  official: "It follows the official description of the format.",
  several: "No official description is public: it follows what several implementations agree on.",
  one: "No official description is public: it follows one implementation. Tell us what is wrong.",
};

const ACCESS: Readonly<Record<Policy["access"], (id: string) => Child>> = {
  bearer: () => (
    <>
      Send the token with each request: <code>Authorization: Bearer wr_…</code>
    </>
  ),
  basic: (id) => (
    <>
      HTTP Basic: the user is <code>{id}</code>, the password is the token.
    </>
  ),
  path: () => "The token is part of the address, so keep the address secret.",
  public: () => "Open to everybody.",
};

const REMOVALS: Readonly<Record<Profile["removal"], string>> = {
  sign: "An entry with the same id says that the article is withdrawn.",
  notice: "A notice with the same id takes the article's place.",
  tombstone: "The article's id is in the feed's list of deleted entries.",
  absence: "The article disappears from the feed, and its page answers 410.",
};

/** The page as HTML. A token in its own address stays out of it: the link to the feed is relative. */
export const partnerPage = (facts: PartnerFacts): string =>
  `<!doctype html>\n${String(<PartnerPage {...facts} />)}\n`;

const PartnerPage: FC<PartnerFacts> = ({ view, policy, profile, feed, included, leftOut, fetches, days }) => (
  <Layout
    view={view}
    title={`Feed for ${policy.name}`}
    language="en"
    // A browser can't send a bearer token, so the page is read from a saved file, whose links need a base.
    base={policy.access === "bearer" ? addressesOf(policy, view.site, "").page : undefined}
  >
    <header class="about">
      <h1>Feed for {policy.name}</h1>
      <p class="dek">What {view.site.title} sends you, by which rules, and why an article is in it or not.</p>
    </header>
    <div class="record">
      <Part title="The feed">
        <dl class="fields">
          <Field name="address">
            <a href={profile.file}>
              <WrittenAddress url={addressesOf(policy, view.site, "wr_…").url} whole />
            </a>
            <br />
            {ACCESS[policy.access](policy.id)}
          </Field>
          <Field name="format">
            {profile.name} (<a href={profile.source}>{new URL(profile.source).host}</a>).{" "}
            {CONFIDENCE[profile.confidence]}
          </Field>
          <Field name="now">
            {plural(included.length, "article")}, {grouped(feed.length)} bytes: version {feed.version}, of{" "}
            <time datetime={feed.changedAt}>{humanTime(feed.changedAt, "en", "UTC")}</time>.
          </Field>
          <Field name="ids">An article's id never changes, even if its address or its text does.</Field>
          <Field name="withdrawn">{REMOVALS[profile.removal]}</Field>
          <Field name="polling">
            As often as you like, with If-None-Match or If-Modified-Since. Poll at least every 48 hours to
            miss nothing.
          </Field>
        </dl>
      </Part>
      <Part title="Rules">
        <dl class="fields">
          {describePolicy(withHost(policy)).map(([name, words]) => (
            <Field name={name}>{words}</Field>
          ))}
        </dl>
      </Part>
      <Part title="Left out">
        <Articles list={leftOut} none="No article that is selected for you is left out." />
      </Part>
      <Part title="In the feed">
        <Articles list={included} none="No articles yet." />
      </Part>
      <Part title="Your last fetches">
        {fetches.length === 0 ? (
          <p>No fetches yet.</p>
        ) : (
          <Table
            name="Fetches by the minute"
            head={["Minute (UTC)", "Status", "Version", "Fetches", "Bytes"]}
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
            name="Fetches by the day"
            head={["Day (UTC)", "Fetches", "Bytes"]}
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

const grouped = (count: number): string => count.toLocaleString("en");

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
            <Time at={published} /> UTC · {slug}
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
