// The previews of a story besides its page: on a phone and a desktop, in readers of feeds, at partners.

import type { Hono } from "hono";
import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { resolveKnown } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import type { Env } from "../../env.ts";
import type { Format } from "../../formats/format.ts";
import { WIRE_FORMATS } from "../../formats/index.ts";
import { type Reading, readEntry } from "../../formats/read-entry.ts";
import { direction } from "../../lib/bidi.ts";
import { plainReason } from "../../lib/problem.ts";
import { humanTime, type Instant, parseInstant, toInstant } from "../../lib/time.ts";
import { interfaceLanguage, parts, plural, t } from "../../lib/translate.ts";
import { type Outlook, outlooksOf } from "../../partners/outlook.ts";
import type { Desk, DeskContext } from "../desk.ts";
import { Time } from "../layout.tsx";
import { problemText } from "../publish/field-names.ts";
import { atSiteClock } from "../publish/schedule.ts";
import { draftArticle } from "../stories/draft-article.ts";
import { type Person, readStory, type Story } from "../stories/sql.ts";
import { previewPage } from "./preview.tsx";
import {
  type PreviewKind,
  type PreviewTime,
  previewAnswer,
  previewDocument,
  queryOf,
} from "./preview-frame.tsx";

const FORMAT_NAMES: Readonly<Record<Format, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };
const SIZES = [
  { id: "phone", name: t("Phone, {width} pixels wide", { width: "390" }), width: 390, height: 700 },
  { id: "desktop", name: t("Desktop, {width} pixels wide", { width: "1280" }), width: 1280, height: 800 },
] as const;

/** What a preview is made from. */
interface Asked {
  readonly story: Story;
  readonly person: Person;
  readonly now: Instant;
  readonly time: PreviewTime;
  /** Why the time that was asked for is none. */
  readonly problem?: string | undefined;
}

/** Adds the pages under /desk/stories/:id/preview. */
export function addPreviews(pages: Hono<{ Bindings: Env }>, desk: Desk): void {
  const { runtime, now, forPerson, noStory } = desk;
  const { env, site } = runtime;

  pages.get("/stories/:id/preview", (c) =>
    forStory(c, ({ story, now, time }) =>
      previewPage(runtime, story, { now, time, isFramed: c.req.query("framed") !== undefined }),
    ),
  );
  pages.get("/stories/:id/preview/sizes", (c) =>
    forStory(c, (asked) => answer("/sizes", t("On a phone and a desktop"), asked, <Sizes asked={asked} />)),
  );
  pages.get("/stories/:id/preview/feeds", (c) =>
    forStory(c, async (asked) => {
      const { article } = await draftArticle(runtime, asked.story, asked.now);
      const { article: resolved } = resolveKnown(article, site);
      const entries = Object.keys(FORMAT_NAMES).map((format) => entryOf(format as Format));
      return answer("/feeds", t("In feeds"), asked, <Feeds {...{ entries, site }} />);

      function entryOf(format: Format): Entry {
        try {
          const source = WIRE_FORMATS[format].entry(resolved, site);
          WIRE_FORMATS[format].verify(source, resolved);
          return { format, source, reading: readEntry(format, source) };
        } catch (error) {
          return { format, problem: plainReason(error) };
        }
      }
    }),
  );
  pages.get("/stories/:id/preview/partners", (c) =>
    forStory(c, async (asked) => {
      const { article } = await draftArticle(runtime, asked.story, asked.now);
      const facts = { version: (asked.story.story.liveVersion ?? 0) + 1, changedAt: asked.now };
      const isSoon = asked.time.local === undefined && article.published > asked.now;
      const at = isSoon ? article.published : asked.time.at;
      const outlooks = await outlooksOf(runtime, article, facts, at);
      const content = <Partners {...{ ...outlooks, site, at }} />;
      return answer("/partners", t("At partners"), asked, content);
    }),
  );

  function forStory(c: DeskContext, show: (asked: Asked) => Promise<Response>): Promise<Response> {
    return forPerson(c, async (person) => {
      const story = await readStory(env.DB, c.req.param("id") ?? "");
      if (!story) return noStory(c);
      const at = now();
      const local = c.req.query("at");
      const clock = local === undefined || local === "" ? undefined : atSiteClock(local, site, at);
      const time = clock?.ok && local !== undefined ? { at: clock.value, local } : { at };
      return show({
        ...{ story, person, now: at, time },
        problem: clock && !clock.ok ? clock.problems[0]?.message : undefined,
      });
    });
  }

  function answer(
    kind: PreviewKind,
    title: string,
    { story, person, now, time, problem }: Asked,
    children: Child,
  ): Promise<Response> {
    return previewAnswer(previewDocument({ story, person, site, kind, title, time, now, problem, children }));
  }
}

const Sizes: FC<{ asked: Asked }> = ({ asked: { story, time } }) => {
  const query = queryOf(time);
  const src = `/desk/stories/${story.story.id}/preview${query}${query === "" ? "?" : "&"}framed`;
  return (
    <>
      {SIZES.map(({ id, name, width, height }) => (
        <section aria-labelledby={id}>
          <h2 id={id}>{name}</h2>
          <div class={`window ${id}`}>
            <iframe src={src} title={name} width={width} height={height} />
          </div>
        </section>
      ))}
    </>
  );
};

/** An entry with what a reader takes from it, or why there is none. */
type Entry =
  | { readonly format: Format; readonly source: string; readonly reading: Reading }
  | { readonly format: Format; readonly problem: string };

/** A date of a feed as a reader writes it. */
function dateOf(date: string, { timezone }: Pick<Site, "timezone">): string {
  const instant =
    parseInstant(date) ?? (Number.isNaN(Date.parse(date)) ? undefined : toInstant(new Date(date)));
  return instant === undefined ? date : humanTime(instant, interfaceLanguage, timezone);
}

const Feeds: FC<{ entries: readonly Entry[]; site: Pick<Site, "timezone"> }> = ({ entries, site }) => (
  <>
    {entries.map((entry) => (
      <section aria-labelledby={entry.format}>
        <h2 id={entry.format}>{FORMAT_NAMES[entry.format]}</h2>
        {"problem" in entry ? (
          <p class="problems">
            {t("It can’t be written as an entry: {problem}.", { problem: entry.problem })}
          </p>
        ) : (
          <>
            {entry.reading.summary === "" ? null : (
              <>
                <p class="hint">{t("In a feed reader’s list")}</p>
                <div class="reader" dir="auto">
                  <strong>{raw(entry.reading.title)}</strong>
                  <div>{raw(entry.reading.summary)}</div>
                </div>
              </>
            )}
            <p class="hint">{t("Opened in a feed reader")}</p>
            <article class="reader">
              <h3 dir="auto">{raw(entry.reading.title)}</h3>
              <p class="hint">
                {[entry.reading.by, dateOf(entry.reading.date, site), ...entry.reading.tags]
                  .filter(Boolean)
                  .map((fact, index) => (
                    <>
                      {index === 0 ? "" : " · "}
                      <bdi>{fact}</bdi>
                    </>
                  ))}
              </p>
              <div dir="auto">{raw(entry.reading.content || entry.reading.summary)}</div>
            </article>
            <Source text={entry.source} />
          </>
        )}
      </section>
    ))}
  </>
);

const Partners: FC<{ partners: readonly Outlook[]; site: Site; at: Instant; others: number }> = ({
  partners,
  site,
  at,
  others,
}) => (
  <>
    {partners.length === 0 ? <p class="empty">{t("There are no partners.")}</p> : null}
    {partners.map(({ id, name, profile, verdict, findings, rendered }) => (
      <section aria-labelledby={`partner-${id}`}>
        <h2 id={`partner-${id}`}>
          {parts("{name}, as {profile}", { name: <bdi>{name}</bdi>, profile: profile.name })}
        </h2>
        <p>
          {verdict.gets ? (
            verdict.from !== undefined && verdict.from > at ? (
              parts("{gets}: it comes on {time}", {
                gets: <strong class="state live">{t("Doesn’t have it yet")}</strong>,
                time: <Time at={verdict.from} site={site} />,
              })
            ) : (
              <strong class="state live">{t("Gets it")}</strong>
            )
          ) : (
            parts("{refusal}: {reason} ({rule})", {
              refusal: <strong class="state">{t("Doesn’t get it")}</strong>,
              reason: verdict.says,
              rule: <code>{verdict.rule}</code>,
            })
          )}
        </p>
        {findings.length === 0 ? null : (
          <ul>
            {findings.map((one) => (
              <li class={one.level === "refusal" ? "state bad" : undefined}>{problemText(one)}</li>
            ))}
          </ul>
        )}
        {rendered?.item === undefined ? null : (
          <article class="reader">
            <h3 dir="auto">{rendered.item.article.headline}</h3>
            <p class="hint" dir="auto">
              {rendered.item.article.bylines.map((one) => one.name).join(", ")}
            </p>
            <div dir={direction(rendered.item.article.language)}>{raw(rendered.item.body)}</div>
          </article>
        )}
        {rendered === undefined || rendered.body === "" ? null : <Source text={rendered.body} />}
      </section>
    ))}
    {others > 0 ? (
      <p>
        {plural(others, {
          one: "{count} more partner isn’t shown.",
          other: "{count} more partners aren’t shown.",
        })}
      </p>
    ) : null}
  </>
);

/** An entry as it is written. */
const Source: FC<{ text: string }> = ({ text }) => (
  <details class="source">
    <summary>{t("Its source")}</summary>
    <pre tabindex={0}>
      <code dir="ltr">{text}</code>
    </pre>
  </details>
);
