// The page for a partner's engineers, behind the credentials of their feed: what it is, its rules, when they came last, what
// is in it, and what was left out and why. In English, whatever the site's language: it is about a machine.

import type { Child, FC } from "hono/jsx";
import type { Policy } from "../../model/partner.ts";
import type { PartnerItem } from "../../model/partner-api.ts";
import { humanTime, type Instant } from "../../model/time.ts";
import type { Profile } from "../../partners/profile.ts";
import { policyWords } from "../../partners/words.ts";
import type { FetchDay, FetchMinute } from "../../store/partner-ledger.ts";
import { Layout } from "./layout.tsx";
import type { View } from "./view.ts";

/** What the page says. */
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

const SURE: Readonly<Record<Profile["confidence"], string>> = {
  official: "It follows the official description of the format.",
  several: "No official description could be read: it follows what several implementations agree on.",
  one: "No official description could be read: it follows one implementation. Tell us what is different.",
};

const WAYS: Readonly<Record<Policy["access"], Child>> = {
  bearer: (
    <>
      Send the token with each request: <code>Authorization: Bearer …</code>
    </>
  ),
  basic: "HTTP Basic: the user is the last part of the address before the file, the password is the token.",
  path: "The token is part of the address: whoever has the address has the feed.",
  public: "Open to everybody.",
};

const REMOVALS: Readonly<Record<Profile["removal"], string>> = {
  sign: "by an entry with the same id that says so",
  notice: "by a notice with the same id in its place",
  tombstone: "by its id in the feed's list of deleted entries",
  absence: "by being absent; its page answers 410",
};

/** The page as HTML. The feed's address in it is relative, so that a token in its own stays out of it. */
export const partnerPage = (facts: PartnerFacts): string =>
  `<!doctype html>\n${String(<PartnerPage {...facts} />)}\n`;

const PartnerPage: FC<PartnerFacts> = (facts) => {
  const { view, policy, profile, feed, included, leftOut, fetches, days } = facts;
  const time = (at: Instant) => <time datetime={at}>{humanTime(at, "en", "UTC")}</time>;
  return (
    <Layout view={view} title={`Feed for ${policy.name}`} language="en">
      <header class="about">
        <h1>Feed for {policy.name}</h1>
        <p class="dek">
          What {view.site.title} sends you, by which rules, and why an article is or isn't in it.
        </p>
      </header>
      <div class="record">
        <h2>The feed</h2>
        <dl class="fields">
          <Field name="address">
            <a href={profile.file}>{profile.file}</a>, beside this page. {WAYS[policy.access]}
          </Field>
          <Field name="format">
            {profile.name} (<a href={profile.source}>{new URL(profile.source).host}</a>).{" "}
            {SURE[profile.confidence]}
          </Field>
          <Field name="now">
            Version {feed.version}, changed {time(feed.changedAt)}: {included.length} articles, {feed.length}{" "}
            bytes.
          </Field>
          <Field name="ids">An article's id never changes: not with its address, nor with its text.</Field>
          <Field name="removals">A withdrawn article goes {REMOVALS[profile.removal]}.</Field>
          <Field name="polling">
            Ask as often as you like, with If-None-Match or If-Modified-Since. Once in 48 hours is enough to
            miss nothing.
          </Field>
        </dl>
        <h2>Rules</h2>
        <dl class="fields">
          {policyWords(policy).map(([name, words]) => (
            <Field name={name}>{words}</Field>
          ))}
        </dl>
        <h2>Left out</h2>
        <Articles list={leftOut} none="Nothing of the newest is left out." />
        <h2>In the feed</h2>
        <Articles list={included} none="Nothing yet." />
        <h2>Your last fetches</h2>
        {fetches.length === 0 ? (
          <p>You have not fetched the feed yet.</p>
        ) : (
          <Table
            head={["Minute", "Status", "Version", "Fetches", "Bytes"]}
            rows={fetches.map((row) => [
              time(row.minute),
              row.status,
              row.version || "–",
              row.fetches,
              row.bytes,
            ])}
          />
        )}
        {days.length === 0 ? null : (
          <Table
            head={["Day (UTC)", "Fetches", "Bytes"]}
            rows={days.map((row) => [<time datetime={row.day}>{row.day}</time>, row.fetches, row.bytes])}
          />
        )}
      </div>
    </Layout>
  );
};

const Field: FC<{ name: string; children?: Child }> = ({ name, children }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

/** Articles with what is said of each. One that isn't out yet has no page to lead to. */
const Articles: FC<{ list: readonly PartnerItem[]; none: string }> = ({ list, none }) =>
  list.length === 0 ? (
    <p>{none}</p>
  ) : (
    <Table
      head={["Article", "Published", "Remarks"]}
      rows={list.map(({ headline, slug, published, problems }) => [
        <>
          {headline} <code>{slug}</code>
        </>,
        <time datetime={published}>{published.slice(0, 16).replace("T", " ")}</time>,
        problems.map(({ path, message }) => `${path} ${message}`.trim()).join("; ") || "–",
      ])}
    />
  );

/** A wide one scrolls by itself, by the keyboard too. */
const Table: FC<{ head: readonly string[]; rows: readonly (readonly Child[])[] }> = ({ head, rows }) => (
  <section class="wide" tabindex={0} aria-label={head.join(", ")}>
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
