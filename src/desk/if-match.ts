// The header If-Match of requests that change a story.

import type { Context } from "hono";
import { t } from "../lib/translate.ts";
import type { SignedIn } from "./access.ts";

/** What is wrong with a request without it. */
export const IF_MATCH = t(
  'Send If-Match with the revision that you have read, in quotes, like "3": it is the ETag of that answer.',
);

/** The revision that a request names; undefined where it names none. */
export function headIn({ req }: Context<SignedIn>): number | undefined {
  const number = /^"(\d{1,9})"$/.exec(req.header("If-Match") ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}
