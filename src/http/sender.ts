// What a write request says about its sender: who changes the article, its home, and which version may be
// replaced (If-Match).

import { HOMES, type Home, isHome, type Origin, senderOfVersion } from "../article/article.ts";
import { either } from "../lib/listed.ts";
import { check, fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { slugField, text } from "../lib/text.ts";
import { t } from "../lib/translate.ts";

const NAME_CHARACTERS = 100;

/** Who sends an article. */
interface Sender {
  readonly home?: Home;
  /** The name in `by`, else the program's name in User-Agent. */
  readonly by: string | null;
  /** The slug that the article had before this request. */
  readonly from?: string;
}

/** The sender, out of `home`, `by` and `from` in the query. */
export function senderOf({ url, headers }: Pick<Request, "url" | "headers">): Result<Sender> {
  const query = new URL(url).searchParams;
  const [home, from] = [query.get("home"), query.get("from")];
  const problems: Problem[] = [];
  if (home !== null && !isHome(home))
    problems.push({ path: "home", message: t("must be {values}", { values: either(HOMES) }) });
  const slug = from === null ? undefined : check(slugField, from);
  if (slug?.ok === false) problems.push(...slug.problems.map((problem) => ({ ...problem, path: "from" })));
  if (problems.length > 0) return fail(...problems);
  return ok({
    by: senderName({ url, headers }),
    ...(home !== null && isHome(home) ? { home } : {}),
    ...(from === null ? {} : { from }),
  });
}

/** The name in `by` of the query, else the program's name in User-Agent; null for neither. */
export function senderName({ url, headers }: Pick<Request, "url" | "headers">): string | null {
  const program = headers.get("User-Agent")?.split(" ")[0] ?? "";
  const name = text(new URL(url).searchParams.get("by") ?? program).slice(0, NAME_CHARACTERS);
  return name === "" ? null : name;
}

/**
 * The version that may be replaced: a number, `any` for an article that exists, `none` for one that must not
 * exist yet.
 */
export type ExpectedVersion = number | "any" | "none";

/** True if the stored version may be replaced. `version` is 0 if nothing is stored. */
export function isExpected(version: number, expected: ExpectedVersion | undefined): boolean {
  if (expected === undefined) return true;
  if (expected === "none") return version === 0;
  return version > 0 && (expected === "any" || version === expected);
}

/**
 * The version in If-Match, or `any` for `*`: the article must exist (RFC 9110 §13.1.1). `none` for
 * `If-None-Match: *`: it must not exist (§13.1.2).
 */
export function expectedVersion(headers: Headers): ExpectedVersion | "malformed" | undefined {
  if (headers.get("If-None-Match")?.trim() === "*") return "none";
  const ifMatch = headers.get("If-Match")?.trim();
  if (ifMatch === undefined || ifMatch === "*") return ifMatch && "any";
  const version = /^"(\d{1,15})"$/.exec(ifMatch)?.[1];
  return version === undefined ? "malformed" : Number(version);
}

/**
 * A sentence that says which version is stored, who sent it and when. `version` is 0 if nothing is stored.
 */
export function storedVersion({
  version,
  origin,
}: {
  readonly version: number;
  readonly origin?: Origin;
}): string {
  if (version === 0) return t("There is no such article.");
  if (!origin?.sentAt) return t('The stored version is "{version}".', { version: String(version) });
  const { sentAt, gitVersion } = origin;
  const values = {
    version: String(version),
    time: sentAt,
    sender: senderOfVersion(origin, version) ?? t("an unnamed sender"),
    git: String(gitVersion),
  };
  if (gitVersion === version)
    return t('The stored version is "{version}", sent on {time} by {sender}.', values);
  return gitVersion === null
    ? t(
        'The stored version is "{version}", sent on {time} by {sender}; git has never sent this article.',
        values,
      )
    : t(
        'The stored version is "{version}", sent on {time} by {sender}, after git had sent version "{git}".',
        values,
      );
}
