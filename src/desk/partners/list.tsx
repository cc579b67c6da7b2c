// The list of partners, and the gaps of all of them.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import type { Gap, PartnerSummary } from "../../partners/answers.ts";
import { DISABLED, partnerProblems } from "../../partners/partner-words.ts";
import { DeskLayout, DeskPage } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import type { Person } from "../stories/sql.ts";
import { Age, AllPartners, articles, Gaps } from "./parts.tsx";

interface ListProps {
  readonly partners: readonly PartnerSummary[];
  readonly gaps: readonly Gap[];
  readonly person: Person;
  readonly site: Site;
  readonly now: Instant;
}

/** Every partner with its state; editors get to each one's page. */
export const PartnerList: FC<ListProps> = ({ partners, gaps, person, site, now }) => {
  const isEditor = isAtLeast(person, "editor");
  return (
    <DeskLayout site={site} title={t("Partners")} person={person}>
      <div class="head">
        <h1>{t("Partners")}</h1>
        {isEditor ? (
          <a class="button" href="/desk/new-partner">
            {t("New partner")}
          </a>
        ) : null}
      </div>
      <p class="links">
        <a href="/desk/gaps">{gaps.length === 0 ? t("No gaps") : gapsIn(gaps.length)}</a>{" "}
        <small>{t("What partners should have, and haven’t.")}</small>
      </p>
      {partners.length === 0 ? (
        <p class="empty">
          {t("There are no partners yet. A partner is a site that gets your articles in a feed of its own.")}
        </p>
      ) : (
        <ul class="stories">
          {partners.map((partner) => (
            <PartnerRow
              {...{ partner, isEditor, site, now }}
              gaps={gaps.filter((gap) => gap.partner === partner.id).length}
            />
          ))}
        </ul>
      )}
    </DeskLayout>
  );
};

const PartnerRow: FC<{
  partner: PartnerSummary;
  gaps: number;
  isEditor: boolean;
  site: Site;
  now: Instant;
}> = ({ partner, gaps, isEditor, site, now }) => {
  const { id, name, enabled, profile, items, lastFetch } = partner;
  const problems = partnerProblems(partner, now, (at) =>
    humanTime(at as Instant, interfaceLanguage, site.timezone),
  );
  return (
    <li>
      {isEditor ? (
        <a href={`/desk/partners/${id}`}>
          <bdi>{name}</bdi>
        </a>
      ) : (
        <b>
          <bdi>{name}</bdi>
        </b>
      )}
      <strong class={`state${enabled ? " live" : ""}`}>{enabled ? t("enabled") : t("disabled")}</strong>
      <small>
        {profile} · {articles(items)} ·{" "}
        {lastFetch === null
          ? t("never fetched")
          : lastFetch.status < 400
            ? parts("last fetched: {time}", { time: <Age {...{ at: lastFetch.minute, now, site }} /> })
            : parts("last fetched: {time}, answered {status}", {
                time: <Age {...{ at: lastFetch.minute, now, site }} />,
                status: lastFetch.status,
              })}
        {gaps === 0 ? "" : ` · ${gapsIn(gaps)}`}
      </small>
      {problems
        .filter((problem) => problem !== DISABLED)
        .map((problem) => (
          <small class="bad">{problem}</small>
        ))}
    </li>
  );
};

const gapsIn = (count: number): string => plural(count, { one: "{count} gap", other: "{count} gaps" });

/** What partners should have, and haven't. */
export const GapsPage: FC<ListProps> = ({ partners, gaps, person, site, now }) => (
  <DeskPage {...{ site, person, title: t("Gaps") }} back={<AllPartners />}>
    <p>
      {t(
        "What was in a partner’s feed for an hour and wasn’t fetched, and what the rules of its format keep out. Withdrawals come first.",
      )}
    </p>
    {gaps.length === 0 ? (
      <p class="empty">{t("There are no gaps: every partner has all that it should have.")}</p>
    ) : (
      <Gaps {...{ gaps, now, site }} names={new Map(partners.map(({ id, name }) => [id, name]))} />
    )}
  </DeskPage>
);
