// The previews of a story: which there are, and what their pages share. No script may run in them: it would run with an
// editor's session. Nobody keeps or indexes them.

import type { Child, FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { PAGE_SECURITY_HEADERS } from "../../http/security-headers.ts";
import { humanTime, type Instant } from "../../lib/time.ts";
import { interfaceLanguage, t } from "../../lib/translate.ts";
import { BackToStory, DeskLayout, Notice } from "../layout.tsx";
import { wallClock } from "../publish/schedule.ts";
import type { Person, Story } from "../stories/sql.ts";

const KINDS = [
  ["", t("Page")],
  ["/sizes", t("Phone and desktop")],
  ["/feeds", t("In feeds")],
  ["/partners", t("At partners")],
] as const;
/** Which preview a page is. */
export type PreviewKind = (typeof KINDS)[number][0];

/** The time that a preview is of: now, or later. */
export interface PreviewTime {
  readonly at: Instant;
  /** As it was typed; missing for now. */
  readonly local?: string;
}

/** Links to the other previews, at the same time. */
export const PreviewNav: FC<{ id: string; kind: PreviewKind; time: PreviewTime }> = ({ id, kind, time }) => (
  <nav class="previews" aria-label={t("Previews")}>
    {KINDS.map(([path, name]) => {
      const href = `/desk/stories/${id}/preview${path}${queryOf(time)}`;
      return (
        <>
          {path === kind ? (
            <a href={href} aria-current="page">
              {name}
            </a>
          ) : (
            <a href={href}>{name}</a>
          )}{" "}
        </>
      );
    })}
  </nav>
);

/** The time for another preview's address. */
export const queryOf = ({ local }: PreviewTime): string =>
  local === undefined ? "" : `?at=${encodeURIComponent(local)}`;

/** A preview that is no article's page. */
export function previewDocument(props: {
  readonly story: Story;
  readonly person: Person;
  readonly site: Site;
  readonly kind: PreviewKind;
  readonly title: string;
  readonly time: PreviewTime;
  readonly now: Instant;
  readonly problem?: string | undefined;
  readonly children: Child;
}): ReturnType<FC> {
  const { story: read, person, site, kind, title, time, now, problem, children } = props;
  const { story, revision } = read;
  return (
    <DeskLayout
      site={site}
      title={t("{page}: {headline}", {
        page: title,
        headline: story.headline || t("a story without a headline"),
      })}
      person={person}
    >
      <p>
        <BackToStory id={story.id} />
      </p>
      <PreviewNav id={story.id} kind={kind} time={time} />
      <h1>{title}</h1>
      <p>
        {time.local === undefined
          ? t("This is revision {number}, as it would be now.", { number: revision.number })
          : t("This is revision {number}, as it will be on {time}.", {
              number: revision.number,
              time: humanTime(time.at, interfaceLanguage, site.timezone),
            })}
      </p>
      <form method="get" class="plain at">
        <label for="at">{t("As it will be at (date and time in {zone})", { zone: site.timezone })}</label>{" "}
        <input
          id="at"
          name="at"
          type="datetime-local"
          required
          min={wallClock(now, site.timezone)}
          value={time.local ?? ""}
        />{" "}
        <button type="submit">{t("Show")}</button>
      </form>
      <Notice text={problem} />
      {children}
    </DeskLayout>
  );
}

/** Such a preview as an answer; only its own forms and frames are allowed. */
export async function previewAnswer(content: ReturnType<FC>): Promise<Response> {
  const policy = PREVIEW_POLICY.replace("form-action 'none'", "form-action 'self'").replace(
    "frame-src https:",
    "frame-src https: 'self'",
  );
  const headers = { ...PREVIEW_HEADERS, "Content-Security-Policy": policy };
  return new Response(`<!doctype html>${String(await content)}`, { headers });
}

/** The Content-Security-Policy of a preview. */
export const PREVIEW_POLICY =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The headers of an article's page, but no scripts: they would run with an editor's session. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_SECURITY_HEADERS,
  "Content-Security-Policy": PREVIEW_POLICY,
  "Content-Type": "text/html; charset=utf-8",
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
};
