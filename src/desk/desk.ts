// What the desk's pages share: how they answer, whom they let in, and their limits. `pages.tsx` makes it.

import type { Context } from "hono";
import type { FC } from "hono/jsx";
import type { Env, Runtime } from "../env.ts";
import type { Instant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import type { Done } from "./stories/done.tsx";
import type { Person } from "./stories/sql.ts";

/** A form's bytes. */
export const FORM_BYTES = 20_000;
/** Why a reporter is refused. */
export const ONLY_EDITORS = t("Only an editor or an admin may do this.");
/** Why anybody but an admin is refused. */
export const ONLY_ADMINS = t("Only an admin may do this.");

/** The context of a request for a page. */
export type DeskContext = Context<{ Bindings: Env }>;

/** Answers a request of somebody who is let in; others get a page that says why not. */
export type For = (c: DeskContext, answer: (person: Person) => Promise<Response>) => Promise<Response>;

/** What each part's pages get. */
export interface Desk {
  readonly runtime: Runtime;
  readonly now: () => Instant;
  readonly page: (c: DeskContext, status: number, content: ReturnType<FC>) => Promise<Response>;
  /** For everybody who is signed in. */
  readonly forPerson: For;
  /** For editors and admins. */
  readonly forEditor: For;
  readonly forAdmin: For;
  readonly noStory: (c: DeskContext) => Promise<Response>;
  readonly Message: FC<{ title: string; text: string }>;
  /** Goes to a story's page, which says what was `done`. */
  readonly toStory: (id: string, done?: Done) => Response;
  readonly seeOther: (path: string, headers?: Readonly<Record<string, string>>) => Response;
}
