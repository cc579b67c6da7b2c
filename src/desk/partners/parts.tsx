// What the pages of partners share: their frame, articles in lists, times.

import type { Child, FC } from "hono/jsx";
import * as z from "zod/mini";
import type { Site } from "../../article/site.ts";
import { humanAge, humanTime, type Instant, withLocalTimes } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import type { Gap, PartnerItem } from "../../partners/answers.ts";
import { describePolicy } from "../../partners/partner-words.ts";
import { type Policy, policySchema } from "../../partners/policy.ts";
import { problemText } from "../publish/field-names.ts";

/** Leads from a partner's page to the list. */
export const AllPartners: FC = () => <a href="/desk/partners">{t("All partners")}</a>;

/** Leads from a page about a partner back to the partner. */
export const BackToPartner: FC<{ id: string }> = ({ id }) => (
  <a href={`/desk/partners/${id}`}>{t("Back to the partner")}</a>
);

/** A part of a page under a heading of its own. */
export const Part: FC<{ title: string; id: string; children?: Child }> = ({ title, id, children }) => (
  <section class="part" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

/** Names with their values. */
export const Facts: FC<{ rows: readonly (readonly [name: string, value: Child])[] }> = ({ rows }) => (
  <dl class="facts">
    {rows.map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** A moment, as lists show it. */
export const Age: FC<{ at: string; now: Instant; site: Pick<Site, "timezone"> }> = ({ at, now, site }) => (
  <time datetime={at} title={humanTime(at as Instant, interfaceLanguage, site.timezone)}>
    {humanAge(at as Instant, now, interfaceLanguage, site.timezone)}
  </time>
);

/** What a policy says, key by key, under the names that its form has for them. */
export const PolicyFacts: FC<{ policy: Policy }> = ({ policy }) => (
  <Facts rows={describePolicy(policy).map(([key, words]) => [titleOf(key), words] as const)} />
);

function titleOf(key: string): string {
  const field = (policySchema.shape as Readonly<Record<string, z.core.$ZodType>>)[key];
  return (field && z.globalRegistry.get(field)?.title) ?? key;
}

/** Paths of what a linter finds in an article; other paths are a policy's rules. */
const IN_ARTICLE = /^(?:headline|shortHeadline|dek|body|images|bylines|language)(?![a-z])/;

/** Problems, or a rule with its reason. */
export const Reasons: FC<{ problems: PartnerItem["problems"]; site: Pick<Site, "timezone"> }> = ({
  problems,
  site,
}) => (
  <>
    {problems.map(({ path, message }) => (
      <small>
        {IN_ARTICLE.test(path) ? (
          problemText({ path, message })
        ) : (
          <>
            {path === "" ? null : <code>{path}</code>} {withLocalTimes(message, site.timezone)}
          </>
        )}
      </small>
    ))}
  </>
);

/** An article in a list, with what is said of it. */
export const ArticleRow: FC<{
  item: Pick<PartnerItem, "slug" | "headline"> & { readonly published?: string };
  /** With it, an article that isn't out yet has no link. */
  now?: Instant;
  state?: Child;
  children?: Child;
}> = ({ item: { slug, headline, published }, now, state, children }) => (
  <li>
    {published !== undefined && now !== undefined && published > now ? (
      <b>
        <bdi>{headline}</bdi>
      </b>
    ) : (
      <a href={`/articles/${slug}`}>
        <bdi>{headline}</bdi>
      </a>
    )}
    {state}
    {children}
  </li>
);

const KINDS: Readonly<Record<Gap["kind"], string>> = {
  never: t("never fetched"),
  older: t("has an older version"),
  retracted: t("has it, though it was withdrawn"),
  refused: t("kept out by the format’s rules"),
};

/** Gaps of one partner or, where `names` has their names, of several. */
export const Gaps: FC<{
  gaps: readonly Gap[];
  names?: ReadonlyMap<string, string>;
  now: Instant;
  site: Pick<Site, "timezone">;
}> = ({ gaps, names, now, site }) => (
  <ul class="stories">
    {gaps.map((gap) => (
      <ArticleRow
        item={gap}
        state={<strong class={`state${gap.kind === "retracted" ? " bad" : ""}`}>{KINDS[gap.kind]}</strong>}
      >
        <small>
          {names === undefined ? null : (
            <>
              <bdi>{names.get(gap.partner) ?? gap.partner}</bdi>:{" "}
            </>
          )}
          {sinceWhen(gap, <Age {...{ at: gap.since, now, site }} />)}
        </small>
        <Reasons problems={gap.problems} site={site} />
      </ArticleRow>
    ))}
  </ul>
);

function sinceWhen({ kind, version, has }: Gap, time: Child): readonly Child[] {
  const values = { version, has, time };
  if (kind === "refused") return parts("version {version}, published: {time}", values);
  return has === null
    ? parts("version {version}, in the feed since: {time}", values)
    : parts("version {version}, in the feed since: {time}; it has version {has}", values);
}

/** How many articles. */
export const articles = (count: number): string =>
  plural(count, { one: "{count} article", other: "{count} articles" });

/** For an address that names no partner. */
export const NO_PARTNER = {
  title: t("There is no such partner"),
  text: t("The list has all of them."),
} as const;

/** The file of a partner's policy in git. */
export const policyFile = (id: string): string => `content/partners/${id}.yaml`;

/** Where a policy that git is the home of is changed. */
export const GitNote: FC<{ policy: Pick<Policy, "id"> }> = ({ policy: { id } }) => (
  <div class="notice">
    <p>
      <strong>{t("This policy is kept in git, so it can only be read here.")}</strong>{" "}
      {parts("To change it, change the file {file}, and run {command}.", {
        file: <code>{policyFile(id)}</code>,
        command: <code>npx wireroom publish</code>,
      })}
    </p>
  </div>
);
