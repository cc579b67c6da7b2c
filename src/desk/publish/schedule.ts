// Publishing at a time: what a wall clock of the site means, and how an article that isn't out yet is taken off
// the schedule. Only the server's clock counts; the clock of the editor's computer may be wrong.

import type { Site } from "../../article/site.ts";
import type { Runtime } from "../../env.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";
import { addSeconds, humanTime, type Instant, parseInstant } from "../../lib/time.ts";
import { interfaceLanguage, t } from "../../lib/translate.ts";
import { inZone } from "../../lib/wall-clock.ts";
import { withdrawArticle } from "../../publish/withdraw.ts";
import { isElsewhere } from "../homes/homes.ts";
import { noteTakenBack, type Person, readStory, type StoryRow } from "../stories/sql.ts";

/** With less time left, an article may be out before it is taken off the schedule. */
const LEAST_SECONDS = 5;
const MINUTE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::00)?$/;
const PATH = "local";

/**
 * The instant of a wall clock of the site, such as `2026-12-01T08:30`, in the future. Of a time that comes twice, since
 * clocks are set back, it is the first that is still to come.
 */
export function atSiteClock(
  local: string,
  { timezone }: Pick<Site, "timezone">,
  now: Instant,
): Result<Instant> {
  const wall = MINUTE.exec(local.trim())?.[1] ?? "";
  const isDate = parseInstant(`${wall}:00Z`) !== undefined;
  const [first, second] = (["earlier", "later"] as const).map((twice) =>
    isDate ? parseInstant(inZone(`${wall}:00`, timezone, twice)) : undefined,
  );
  const at = first !== undefined && first <= now ? second : first;
  if (at === undefined)
    return fail({
      path: PATH,
      message: t("Type a date and time, like {example}.", { example: "2026-12-01T08:30" }),
    });
  if (wallClock(at, timezone) !== wall)
    return fail({
      path: PATH,
      message: t("There is no such time: clocks in {zone} skip it that day. The next one is {time}.", {
        zone: timezone,
        time: humanTime(at, interfaceLanguage, timezone),
      }),
    });
  if (at <= now)
    return fail({
      path: PATH,
      message: t("This time is in the past: by the site's clock it is {time}.", {
        time: humanTime(now, interfaceLanguage, timezone),
      }),
    });
  return ok(at);
}

/** An instant by the clocks of a time zone, as `<input type="datetime-local">` has it: `2026-12-01T08:30`. */
export const wallClock = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short", timeZone })
    .format(new Date(at))
    .replace(" ", "T");

/** True for a story whose article is stored, and comes out later. */
export const isScheduled = ({ live, published, withdrawn }: StoryRow, now: Instant): boolean =>
  live !== null && published !== null && withdrawn === null && published > now;

/** How taking an article off the schedule ended. `out`: it is too late. `changed`: elsewhere, by somebody. */
export type Unscheduling =
  | "unscheduled"
  | "not-scheduled"
  | "out"
  | "changed"
  | "elsewhere"
  | "busy"
  | "unknown";

/**
 * Takes a story's article off the schedule, so that it doesn't come out. Partners that have it already, under an
 * embargo, are told to remove it. What is about to be published isn't any more. @throws Error, when D1 fails.
 */
export async function unscheduleStory(
  runtime: Runtime,
  id: string,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<Unscheduling> {
  const { DB } = runtime.env;
  const read = await readStory(DB, id);
  if (!read) return "unknown";
  const { slug, liveVersion, published } = read.story;
  if (!isScheduled(read.story, now) || slug === null || liveVersion === null || published === null)
    return read.story.live !== null && published !== null && published <= now ? "out" : "not-scheduled";
  if (published <= addSeconds(now, LEAST_SECONDS)) return "out";
  if (isElsewhere(read.story)) return "elsewhere";
  const outcome = await withdrawArticle(runtime, slug, { silent: true, expectedVersion: liveVersion }, now);
  if (outcome === undefined || outcome === "busy") return outcome ?? "not-scheduled";
  if ("outdated" in outcome) return "changed";
  await noteTakenBack(DB, id, outcome.version, "unscheduled", name, now);
  return "unscheduled";
}

/** Why an article wasn't taken off the schedule, in a sentence. */
export const NOT_UNSCHEDULED: Readonly<Record<Exclude<Unscheduling, "unscheduled" | "unknown">, string>> = {
  "not-scheduled": t("This story isn't scheduled."),
  out: t("It is too late: the article is out, or comes out this moment. Withdraw it instead."),
  changed: t("The article was changed meanwhile, here or by somebody else. Look at it, and try again."),
  elsewhere: t("This article is edited elsewhere. Take it over first."),
  busy: t("Others kept changing this article meanwhile. Try again."),
};
