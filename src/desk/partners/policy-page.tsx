// The form of a policy, and the page that shows a trial of it. Plain forms, without script: what was tried is what is saved.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import type { Problem } from "../../lib/problem.ts";
import { type Instant, withLocalTimes } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import type { PartnerExplanation, PolicyTrial } from "../../partners/answers.ts";
import { type Policy, policyYaml } from "../../partners/policy.ts";
import { DeskPage } from "../layout.tsx";
import type { Person } from "../stories/sql.ts";
import { AllPartners, ArticleRow, BackToPartner, GitNote, Part, PolicyFacts, Reasons } from "./parts.tsx";
import { type Field, fieldAt, type Group, ON, type Typed } from "./policy-form.ts";

interface Frame {
  readonly site: Site;
  readonly person: Person;
}

/** What the form holds, and what is wrong with it. */
export interface Draft {
  readonly typed: Typed;
  /** The digest of the policy that it is to replace; empty for a new partner. */
  readonly base: string;
  readonly problems: readonly Problem[];
}

const idOf = (path: string): string => `f-${path.replaceAll(".", "-")}`;

/** The form. `stored` is the policy as it is; undefined for a new partner. */
export const PolicyForm: FC<
  Frame & { groups: readonly Group[]; draft: Draft; stored: Policy | undefined; notice?: string | undefined }
> = ({ site, person, groups, draft, stored, notice }) => {
  const { typed, base, problems } = draft;
  const title = stored === undefined ? t("New partner") : t("Policy of {name}", { name: stored.name });
  const lost = problems.filter(({ path }) => fieldAt(path, groups) === undefined);
  return (
    <DeskPage
      {...{ site, person, title, notice, problems }}
      back={stored === undefined ? <AllPartners /> : <BackToPartner id={stored.id} />}
      fieldOf={(path) => {
        const field = fieldAt(path, groups);
        return field && { id: idOf(field.path), title: field.title };
      }}
    >
      <div class={stored === undefined ? "" : "beside"}>
        <form method="post" class="policy">
          <input type="hidden" name="base" value={base} />
          {groups.map((group) => (
            <fieldset>
              <legend>{group.title}</legend>
              {group.hint === "" ? null : <p class="hint">{group.hint}</p>}
              {group.fields.map((field) => (
                <PolicyField
                  field={field}
                  values={typed[field.path] ?? []}
                  isFixed={field.path === "id" && stored !== undefined}
                  problems={problems.filter(({ path }) => fieldAt(path, groups)?.path === field.path)}
                />
              ))}
            </fieldset>
          ))}
          {lost.length === 0 ? null : <p class="hint">{t("Mend what is listed at the top, too.")}</p>}
          <p>
            <button type="submit" name="act" value="trial" class="first">
              {t("Try it")}
            </button>{" "}
            <span class="hint">{t("Shows what would change. Nothing is saved yet.")}</span>
          </p>
        </form>
        {stored === undefined ? null : (
          <aside aria-labelledby="yaml">
            <h2 id="yaml">{t("As it is stored")}</h2>
            <pre dir="ltr" tabindex={0}>
              {policyYaml(stored)}
            </pre>
          </aside>
        )}
      </div>
    </DeskPage>
  );
};

/** A policy that git is the home of. */
export const ReadOnlyPolicy: FC<Frame & { stored: Policy }> = ({ site, person, stored }) => (
  <DeskPage
    {...{ site, person, title: t("Policy of {name}", { name: stored.name }) }}
    back={<BackToPartner id={stored.id} />}
    heading={parts("Policy of {name}", { name: <bdi>{stored.name}</bdi> })}
  >
    <GitNote policy={stored} />
    <PolicyFacts policy={stored} />
    <h2>{t("As its file")}</h2>
    <pre dir="ltr" tabindex={0}>
      {policyYaml(stored)}
    </pre>
  </DeskPage>
);

const ONE_EACH = t("One on each line.");
const PAIR_EACH = t("One on each line: name=value.");

const PolicyField: FC<{
  field: Field;
  values: readonly string[];
  isFixed: boolean;
  problems: readonly Problem[];
}> = ({ field, values, isFixed, problems }) => {
  const { path, title, hint, kind, options, isRequired } = field;
  const id = idOf(path);
  const said = [hint, ...(kind === "lines" ? [ONE_EACH] : kind === "pairs" ? [PAIR_EACH] : [])]
    .filter((sentence) => sentence !== "")
    .join(" ");
  const describedby = [said === "" ? "" : `${id}-hint`, problems.length === 0 ? "" : `${id}-problem`]
    .filter((one) => one !== "")
    .join(" ");
  const common = {
    id,
    name: path,
    ...(describedby === "" ? {} : { "aria-describedby": describedby }),
    ...(problems.length === 0 ? {} : { "aria-invalid": "true" as const }),
  };
  const below = (
    <>
      {said === "" ? null : (
        <p class="hint" id={`${id}-hint`}>
          {said}
        </p>
      )}
      {problems.length === 0 ? null : (
        <p class="bad" id={`${id}-problem`}>
          {problems.map(({ message }) => message).join("; ")}
        </p>
      )}
    </>
  );
  if (kind === "some") {
    // A value that the site no longer has stays visible, until somebody takes it away.
    const unknown = values.filter((value) => !options.some((one) => one.value === value));
    const all = [
      ...options,
      ...unknown.map((value) => ({ value, words: t("{value} (unknown)", { value }) })),
    ];
    return (
      <fieldset
        class="field"
        id={id}
        tabindex={-1}
        {...(describedby === "" ? {} : { "aria-describedby": describedby })}
      >
        <legend>{title}</legend>
        <div class="ticks">
          {all.map(({ value, words }) => (
            <label>
              <input type="checkbox" name={path} value={value} checked={values.includes(value)} /> {words}
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    );
  }
  if (kind === "flag")
    return (
      <div class="field ticks">
        <label for={id}>
          <input type="checkbox" {...common} value={ON} checked={values.length > 0} /> {title}
        </label>
        {below}
      </div>
    );
  return (
    <div class="field">
      <label for={id}>
        {title}
        {isRequired && kind === "text" ? <span class="hint"> {t("(required)")}</span> : ""}
      </label>
      {kind === "one" ? (
        <select {...common}>
          {options.map(({ value, words }) => (
            <option value={value} selected={values[0] === value}>
              {words}
            </option>
          ))}
        </select>
      ) : kind === "lines" || kind === "pairs" ? (
        <textarea {...common} rows={2}>
          {values.join("\n")}
        </textarea>
      ) : (
        <input
          {...common}
          type="text"
          value={values[0] ?? ""}
          {...(kind === "number" ? { inputmode: "numeric" as const } : {})}
          {...(isFixed ? { readonly: true } : {})}
        />
      )}
      {below}
    </div>
  );
};

/** A choice of what the policy is tried with. */
export interface Choices {
  readonly stories: readonly { readonly id: string; readonly headline: string }[];
  /** What was chosen: `story:ID`, `article:SLUG`, or nothing. */
  readonly chosen: string;
  readonly explanation: PartnerExplanation | null;
}

/** What a policy would do. Its form saves the policy that was tried, or goes back to the fields. */
export const TrialPage: FC<
  Frame & {
    draft: Draft;
    policy: Policy;
    trial: Omit<PolicyTrial, "chosen">;
    choices: Choices;
    now: Instant;
    stored?: Policy | undefined;
  }
> = ({ site, person, draft, policy, trial, choices, stored, now }) => {
  const { explanation } = choices;
  return (
    <DeskPage
      {...{ site, person, title: t("Trial: {name}", { name: policy.name }) }}
      heading={parts("Trial: {name}", { name: <bdi>{policy.name}</bdi> })}
    >
      <div class="notice" role="status">
        <p>
          <strong>{t("Nothing is saved yet.")}</strong>
        </p>
        <ul>
          {consequences(trial, policy, stored).map(({ words, isLoud }) => (
            <li>{isLoud ? <strong class="bad">{words}</strong> : words}</li>
          ))}
        </ul>
      </div>
      <form method="post">
        <input type="hidden" name="base" value={draft.base} />
        {Object.entries(draft.typed).flatMap(([path, values]) =>
          values.map((value) => <input type="hidden" name={path} value={value} />),
        )}
        <p class="acts">
          <button type="submit" name="act" value="save" class="first">
            {stored === undefined ? t("Save the new partner") : t("Save this policy")}
          </button>
          <button type="submit" name="act" value="edit">
            {t("Change it")}
          </button>
        </p>
        <div class="filter">
          <div class="field">
            <label for="with">{t("Try it with one story")}</label>
            <select id="with" name="with">
              <option value="">{t("None")}</option>
              <optgroup label={t("Stories of the desk")}>
                {choices.stories.map(({ id, headline }) => (
                  <option value={`story:${id}`} selected={choices.chosen === `story:${id}`}>
                    {headline || t("Without a headline")}
                  </option>
                ))}
              </optgroup>
              <optgroup label={t("The newest articles")}>
                {trial.newest.map(({ slug, headline }) => (
                  <option value={`article:${slug}`} selected={choices.chosen === `article:${slug}`}>
                    {headline}
                  </option>
                ))}
              </optgroup>
            </select>
          </div>
          <button type="submit" name="act" value="trial">
            {t("Try")}
          </button>
        </div>
      </form>
      {explanation === null ? null : (
        <Part title={t("This story")} id="chosen">
          <p>
            <bdi>{explanation.headline}</bdi>:{" "}
            <strong class={explanation.included ? "state live" : "state bad"}>
              {explanation.included ? t("the partner gets it") : t("the partner doesn’t get it")}
            </strong>
          </p>
          <ul class="rules">
            {explanation.rules.map(({ rule, passed, says }) => (
              <li>
                <span aria-hidden="true">{passed ? "✓" : "✗"}</span>{" "}
                <span class="hidden">{passed ? t("passes:") : t("fails:")} </span>
                <code>{rule}</code> {withLocalTimes(says, site.timezone)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {trial.rules.length === 0 ? null : (
        <Part title={t("What the policy says now, and would say")} id="rules">
          <ul class="rules">
            {trial.rules.map(({ key, before, after }) => (
              <li>
                <code>{key}</code> <del>{before ?? t("nothing")}</del> <ins>{after ?? t("nothing")}</ins>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {trial.leaves.length === 0 ? null : (
        <Part title={t("Would leave the feed: {count}", { count: trial.leaves.length })} id="leaves">
          <ul class="stories">
            {trial.leaves.map((item) => (
              <ArticleRow
                {...{ item, now }}
                state={
                  item.fetched === null ? (
                    <strong class="state">{t("never fetched")}</strong>
                  ) : (
                    <strong class="state bad">
                      {t("the partner keeps version {version}", { version: item.fetched })}
                    </strong>
                  )
                }
              >
                <Reasons problems={item.problems} site={site} />
              </ArticleRow>
            ))}
          </ul>
        </Part>
      )}
      {trial.joins.length === 0 ? null : (
        <Part title={t("Would come into the feed: {count}", { count: trial.joins.length })} id="joins">
          <ul class="stories">
            {trial.joins.map((item) => (
              <ArticleRow item={item} now={now}>
                <Reasons problems={item.problems} site={site} />
              </ArticleRow>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t("The newest articles: {count}", { count: trial.newest.length })} id="newest">
        <ul class="stories">
          {trial.newest.map((item) => (
            <ArticleRow
              {...{ item, now }}
              state={
                <strong class={`state${item.included ? " live" : ""}`}>
                  {item.included ? t("gets it") : t("doesn’t get it")}
                </strong>
              }
            >
              <Reasons problems={item.problems} site={site} />
            </ArticleRow>
          ))}
        </ul>
      </Part>
      <Part title={t("As a file")} id="yaml">
        <pre dir="ltr" tabindex={0}>
          {policyYaml(policy)}
        </pre>
      </Part>
    </DeskPage>
  );
};

interface Consequence {
  readonly words: string;
  /** What can't be taken back. */
  readonly isLoud: boolean;
}

/** What saving would do, in sentences; the gravest first. */
function consequences(
  trial: Omit<PolicyTrial, "chosen">,
  policy: Policy,
  stored: Policy | undefined,
): readonly Consequence[] {
  const { change, before, after, joins, leaves, signs, rewritten } = trial;
  const kept = leaves.filter(({ fetched }) => fetched !== null).length;
  const loud = (condition: boolean, words: string) => (condition ? [{ words, isLoud: true }] : []);
  const quiet = (condition: boolean, words: string) => (condition ? [{ words, isLoud: false }] : []);
  return [
    ...quiet(change === "unchanged", t("It is the same as the stored policy: saving changes nothing.")),
    ...loud(policy.enabled && after === 0, t("No article would be in the feed. Below is why.")),
    ...loud(!policy.enabled, t("The partner would be disabled: every request is refused.")),
    ...loud(
      leaves.length > 0,
      plural(leaves.length, {
        one: "{count} article would leave the feed.",
        other: "{count} articles would leave the feed.",
      }),
    ),
    ...loud(
      kept > 0,
      plural(kept, {
        one: "The partner has fetched {count} of those that leave, and keeps it: leaving a feed is no withdrawal.",
        other:
          "The partner has fetched {count} of those that leave, and keeps them: leaving a feed is no withdrawal.",
      }),
    ),
    ...loud(
      signs > 0,
      plural(signs, {
        one: "The feed would no longer say of {count} withdrawn article that it is withdrawn.",
        other: "The feed would no longer say of {count} withdrawn articles that they are withdrawn.",
      }),
    ),
    ...loud(
      policy.access === "public" && stored?.access !== "public",
      t("Anybody could fetch the feed, without a token."),
    ),
    ...loud(
      stored !== undefined && stored.access !== policy.access,
      t("The partner would have to fetch the feed in another way than now."),
    ),
    ...loud(
      stored !== undefined && stored.profile !== policy.profile,
      t("The feed would have another format, and another address."),
    ),
    ...quiet(
      joins.length > 0,
      plural(joins.length, {
        one: "{count} article would come into the feed.",
        other: "{count} articles would come into the feed.",
      }),
    ),
    ...quiet(
      rewritten > 0,
      plural(rewritten, {
        one: "{count} article would stay, with other contents.",
        other: "{count} articles would stay, with other contents.",
      }),
    ),
    ...quiet(
      change !== "unchanged",
      stored === undefined
        ? plural(after, {
            one: "The feed would have {count} article.",
            other: "The feed would have {count} articles.",
          })
        : plural(
            before,
            {
              one: "The feed has {count} article now, and would have {after}.",
              other: "The feed has {count} articles now, and would have {after}.",
            },
            { after },
          ),
    ),
  ];
}
