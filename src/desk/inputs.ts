// What the calls of the desk take.

import * as z from "zod/mini";
import { slugField, textField } from "../lib/text.ts";
import { instantField } from "../lib/time.ts";

const NAME_CHARACTERS = 100;

/** All roles, each with what the one before may do: a reporter writes, an editor publishes too, an admin invites people. */
export const ROLES = ["reporter", "editor", "admin"] as const;

/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

/** A story as it is saved. What its article may lack is told when it is published. */
export const draftSchema = z.strictObject({
  slug: z.exactOptional(slugField),
  article: z.record(z.string(), z.unknown()),
  /** It doesn't go on from the newest revision, but takes its place: that one is never thinned out. */
  replaces: z.exactOptional(z.boolean()),
});

/** What asks for a publication. */
export const publishSchema = z.strictObject({
  revision: z.int().check(z.positive()),
  at: z.exactOptional(instantField),
});
/** Whom an invitation is for. */
export const inviteSchema = z.strictObject({ name: textField(NAME_CHARACTERS), role: z.enum(ROLES) });
