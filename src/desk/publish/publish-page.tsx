// The page that publishes a story, now or at a time. It says first what will happen: the address, the feeds, which partners
// get it and which don't, and why. Plain forms, without script.

import type { Hono } from "hono";
import type { FC } from "hono/jsx";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import type { Env, Runtime } from "../../env.ts";
import { nameOf, pagePath, termsOf } from "../../feeds/catalogue.ts";
import { limit } from "../../http/router.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check, type Problem } from "../../lib/problem.ts";
import { addSeconds, type Instant } from "../../lib/time.ts";
import { parts, plural, t } from "../../lib/translate.ts";
import { type Outlook, outlooksOf } from "../../partners/outlook.ts";
import { type Desk, type DeskContext, FORM_BYTES, ONLY_EDITORS } from "../desk.ts";
import { isReadOnly } from "../homes/homes-pages.tsx";
import { publishSchema } from "../inputs.ts";
import { BackToStory, DeskLayout, Problems, Time } from "../layout.tsx";
import { isAtLeast } from "../people/people.ts";
import { isAltProblem } from "../pictures/picture.ts";
import { type DraftArticle, draftArticle } from "../stories/draft-article.ts";
import { type Person, readStory, type Story } from "../stories/sql.ts";
import { publishLabel, State } from "../stories/state.tsx";
import { type PublishOutcome, publishStory, undoSeconds } from "../stories/stories.ts";
import { problemText } from "./field-names.ts";
import { MoreFields } from "./more-fields-list.tsx";
import { OnSchedule } from "./on-schedule.tsx";
import { isScheduled, NOT_UNSCHEDULED, unscheduleStory, wallClock } from "./schedule.ts";

/** Adds the pages under /desk/stories/:id/publish and /unschedule. */
export function addPublishPage(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, page, forPerson, noStory, Message, toStory } = desk;
  const { env, site } = runtime;

  pages.get("/stories/:id/publish", (c) => forPerson(c, (person) => show(c, person)));

  pages.post("/stories/:id/publish", limit(FORM_BYTES), (c) =>
    forPerson(c, async (person) => {
      if (!isAtLeast(person, "editor"))
        return page(c, 403, <Message title={t("Not published")} text={ONLY_EDITORS} />);
      const id = c.req.param("id");
      const { revision, restore, when, local: typed } = await c.req.parseBody();
      const local = when === "now" ? undefined : typed;
      const asked = check(publishSchema, {
        revision: Number(revision),
        ...(restore === "yes" ? { restore: true } : {}),
        ...omitUndefined({ local }),
      });
      if (!asked.ok) return show(c, person, { status: 422, problems: asked.problems, local });
      const outcome = await publishStory(runtime, id, asked.value, person, now());
      if (outcome.kind === "due") return toStory(id, "publish");
      return show(c, person, { ...refusalOf(outcome), local });
    }),
  );

  pages.post("/stories/:id/unschedule", limit(FORM_BYTES), (c) =>
    forPerson(c, async (person) => {
      if (!isAtLeast(person, "editor"))
        return page(c, 403, <Message title={t("Still scheduled")} text={ONLY_EDITORS} />);
      const id = c.req.param("id");
      const outcome = await unscheduleStory(runtime, id, person, now());
      if (outcome === "unscheduled") return toStory(id, "unschedule");
      if (outcome === "unknown") return noStory(c);
      return page(c, 409, <Message title={t("Nothing was changed")} text={NOT_UNSCHEDULED[outcome]} />);
    }),
  );

  async function show(c: DeskContext, person: Person, refused?: Refused): Promise<Response> {
    const story = await readStory(env.DB, c.req.param("id") ?? "");
    if (!story) return noStory(c);
    const at = now();
    const outlook = await readOutlook(runtime, story, at);
    return page(
      c,
      refused?.status ?? 200,
      <PublishPage {...{ story, outlook, person, site, now: at, refused }} undo={undoSeconds(env)} />,
    );
  }
}

/** Why nothing was published, and what was typed. */
interface Refused {
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly local?: unknown;
}

function refusalOf(outcome: Exclude<PublishOutcome, { kind: "due" }>): Refused {
  const refused = (message: string): Refused => ({ status: 409, problems: [{ path: "", message }] });
  switch (outcome.kind) {
    case "invalid":
      return { status: 422, problems: outcome.problems };
    case "busy":
      return refused(t("It is being published this moment. Try again in a few seconds."));
    default:
      return refused(
        t("Somebody has saved a newer revision. What you see below is that one: look at it first."),
      );
  }
}

/** What publishing a story would do. */
interface PublishOutlook extends DraftArticle {
  readonly partners: readonly Outlook[];
  /** Partners that weren't asked. */
  readonly others: number;
}

async function readOutlook(runtime: Runtime, story: Story, now: Instant): Promise<PublishOutlook> {
  const draft = await draftArticle(runtime, story, now);
  const facts = { version: (story.story.liveVersion ?? 0) + 1, changedAt: now };
  const at = draft.article.published > now ? draft.article.published : now;
  return { ...draft, ...(await outlooksOf(runtime, draft.article, facts, at)) };
}

const PublishPage: FC<{
  story: Story;
  outlook: PublishOutlook;
  person: Person;
  site: Site;
  now: Instant;
  undo: number;
  refused: Refused | undefined;
}> = ({ story: read, outlook, person, site, now, undo, refused }) => {
  const { story, revision } = read;
  const problems = refused?.problems ?? [];
  const isReady = outlook.problems.length === 0;
  // At the desk a picture without alternative text is a problem, which is said already.
  const warnings = outlook.warnings.filter((one) => !isAltProblem(one));
  const title = t("Publish: {headline}", { headline: story.headline || t("a story without a headline") });
  return (
    <DeskLayout site={site} title={title} person={person}>
      <p class="links">
        <BackToStory id={story.id} />
        <a href={`/desk/stories/${story.id}/preview`}>{t("Preview")}</a>
      </p>
      <h1>{title}</h1>
      <p>
        <State story={story} site={site} now={now} />
      </p>
      <OnSchedule {...{ story, person, site, now }} />
      <p>
        {parts("This is revision {number}, saved {time} by {name}.", {
          number: revision.number,
          time: <Time at={revision.at} site={site} />,
          name: <bdi>{revision.by}</bdi>,
        })}
      </p>
      <Problems problems={problems} />
      {isReady ? null : (
        <section class="notice" aria-labelledby="mend">
          <h2 id="mend">{t("It can’t be published yet")}</h2>
          <Problems problems={sentencesOf(outlook.problems)} />
        </section>
      )}
      {warnings.length === 0 ? null : (
        <section class="notice" aria-labelledby="look">
          <h2 id="look">{t("Worth a look")}</h2>
          <ul>
            {warnings.map((one) => (
              <li>{problemText(one)}</li>
            ))}
          </ul>
        </section>
      )}
      <MoreFields model={revision.model} />
      <Effects {...{ story: read, outlook, site, now }} />
      {isAtLeast(person, "editor") ? (
        isReady && !isReadOnly(read) && <Forms {...{ story: read, site, now, undo, refused }} />
      ) : (
        <p>{ONLY_EDITORS}</p>
      )}
    </DeskLayout>
  );
};

const sentencesOf = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((one) => ({ path: "", message: problemText(one) }));

/** Where the article will be, once it has an address. */
const Effects: FC<{ story: Story; outlook: PublishOutlook; site: Site; now: Instant }> = ({
  story: { story },
  outlook: { article, problems, partners, others },
  site,
  now,
}) => {
  const address = <span class="address">{site.url + articlePath(article.slug)}</span>;
  return (
    <section aria-labelledby="effects">
      <h2 id="effects">{t("What will happen")}</h2>
      <dl class="effects">
        {problems.some(({ path }) => path === "slug") ? null : (
          <div>
            <dt>{t("Address")}</dt>
            <dd>{story.live === null ? parts("{address}, for good", { address }) : address}</dd>
          </div>
        )}
        <div>
          <dt>{t("Feeds")}</dt>
          <dd>
            <ul>
              {termsOf(article).map(({ term, label }) => (
                <li>
                  <a href={pagePath(term)}>
                    <bdi>{nameOf(term, site, label)}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{t("Partners")}</dt>
          <dd>
            {partners.length === 0 ? t("There are none.") : null}
            <ul>
              {partners.map((one) => (
                <Partner outlook={one} site={site} now={now} published={article.published} />
              ))}
            </ul>
            {others > 0 ? (
              <p>
                {plural(others, {
                  one: "{count} more partner wasn’t asked.",
                  other: "{count} more partners weren’t asked.",
                })}
              </p>
            ) : null}
          </dd>
        </div>
      </dl>
    </section>
  );
};

const Partner: FC<{ outlook: Outlook; site: Site; now: Instant; published: Instant }> = ({
  outlook: { name, verdict, findings, profile },
  site,
  now,
  published,
}) => {
  const advice = verdict.gets ? findings : [];
  const time = (at: Instant) => ({ time: <Time at={at} site={site} /> });
  return (
    <li>
      <bdi>{name}</bdi>{" "}
      {verdict.gets
        ? getsIt(verdict.from)
        : parts("{refusal}: {reason} ({rule})", {
            refusal: <strong class="state">{t("doesn’t get it")}</strong>,
            reason: verdict.says,
            rule: <code>{verdict.rule}</code>,
          })}
      {advice.length === 0 ? null : (
        <ul>
          {advice.map((one) => (
            <li>
              {profile.name}: {problemText(one)}
            </li>
          ))}
        </ul>
      )}
    </li>
  );

  function getsIt(from: Instant | undefined) {
    const gets = <strong class="state live">{t("gets it")}</strong>;
    if (from === undefined && published > now)
      return parts("{gets}: it comes at once, under an embargo until {time}", { gets, ...time(published) });
    if (from !== undefined && from > now && from !== published)
      return parts("{gets}: it comes on {time}", { gets, ...time(from) });
    return gets;
  }
};

const Forms: FC<{
  story: Story;
  site: Site;
  now: Instant;
  undo: number;
  refused: Refused | undefined;
}> = ({ story: { story, revision }, site, now, undo, refused }) => {
  const scheduled = isScheduled(story, now);
  const isOut = story.live !== null && story.published !== null && !scheduled;
  const action = `/desk/stories/${story.id}/publish`;
  const hidden = (
    <>
      <input type="hidden" name="revision" value={String(revision.number)} />
      {story.withdrawn === null ? null : <input type="hidden" name="restore" value="yes" />}
    </>
  );
  const typed = typeof refused?.local === "string" ? refused.local : undefined;
  const proposed = scheduled && story.published ? wallClock(story.published, site.timezone) : "";
  const isLater = scheduled || typed !== undefined;
  const whenNow =
    undo > 0
      ? plural(undo, {
          one: "It comes out {count} second after you press this. Until then you can undo it.",
          other: "It comes out {count} seconds after you press this. Until then you can undo it.",
        })
      : t("It comes out at once.");
  if (isOut)
    return (
      <form method="post" action={action} class="publish plain">
        {hidden}
        <button type="submit" class="first">
          {publishLabel(story, now)}
        </button>
        <p class="hint">{whenNow}</p>
      </form>
    );
  // The style sheet shows of `.now` and `.later` what goes with the choice.
  return (
    <form method="post" action={action} class="publish plain">
      {hidden}
      <fieldset>
        <legend>{t("When it comes out")}</legend>
        <label class="tick">
          <input type="radio" name="when" value="now" checked={!isLater} /> {t("Now")}
        </label>
        <label class="tick">
          <input type="radio" name="when" value="later" checked={isLater} /> {t("At a time")}
        </label>
      </fieldset>
      <div class="field later">
        <label for="local">
          {scheduled
            ? t("Publish this revision at (date and time in {zone})", { zone: site.timezone })
            : t("Publish at (date and time in {zone})", { zone: site.timezone })}
        </label>
        <input
          id="local"
          name="local"
          type="datetime-local"
          min={wallClock(addSeconds(now, 60), site.timezone)}
          value={typed ?? proposed}
          aria-describedby="zone"
        />
        <p class="hint" id="zone">
          {parts("By the site’s clock it is now {time}.", { time: <Time at={now} site={site} /> })}
        </p>
      </div>
      <button type="submit" class="first">
        <span class="now">{t("Publish now")}</span>
        <span class="later">{scheduled ? t("Schedule this revision") : t("Schedule")}</span>
      </button>
      <p class="hint now">{whenNow}</p>
    </form>
  );
};
