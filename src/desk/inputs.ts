// The request bodies of the desk's API.

import * as z from "zod/mini";
import { correctionSchema } from "../article/article.ts";
import { slugField, textField } from "../lib/text.ts";
import { instantField } from "../lib/time.ts";
import { t } from "../lib/translate.ts";

const NAME_CHARACTERS = 100;
const EMAIL_CHARACTERS = 254;
const CREDENTIAL_CHARACTERS = 5000;
const REASON_CHARACTERS = 500;

/**
 * All roles. Each may do what the one before may: a reporter writes, an editor also publishes, an admin also
 * invites people.
 */
export const ROLES = ["reporter", "editor", "admin"] as const;

/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

/** A story as it is saved. Missing fields of its article are only reported when it is published. */
export const draftSchema = z.strictObject({
  slug: z.exactOptional(slugField),
  article: z.record(z.string(), z.unknown()),
  /** It doesn't go on from the newest revision, but takes its place: that one is never thinned out. */
  replaces: z.exactOptional(z.boolean()),
});

/** What was wrong with an article that is out, for readers. */
export const noteSchema = z.strictObject({
  kind: correctionSchema.shape.kind,
  text: correctionSchema.shape.text,
});

/** A request to publish. */
export const publishSchema = z
  .strictObject({
    revision: z.int().check(z.positive()),
    /** When the article comes out. */
    at: z.exactOptional(instantField),
    /** In place of `at`: a date and time by the clocks of the site, such as `2026-12-01T08:30`, in the future. */
    local: z.exactOptional(z.string()),
    /** An article that is withdrawn comes back only if this is true. */
    restore: z.exactOptional(z.boolean()),
    /** It gets the date when this comes out. */
    correction: z.exactOptional(noteSchema),
  })
  .check(
    z.refine(({ at, local }) => at === undefined || local === undefined, {
      path: ["local"],
      error: "can't be sent with at: send one of the two",
    }),
  );

/** The revision that somebody outside may see. */
export const shareSchema = z.strictObject({ revision: z.int().check(z.positive()) });

/** How an article that is out is withdrawn: why, for readers, and whether its notice names the headline. */
export const withdrawSchema = z.strictObject({
  reason: z.exactOptional(textField(REASON_CHARACTERS)),
  headline: z.exactOptional(z.boolean()),
});

/** An e-mail address, in lower case. */
const emailField = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(EMAIL_CHARACTERS),
    z.regex(/^[^\s@]+@[^\s@]+$/, t("must be an e-mail address")),
  );

/** The person that an invitation is for. */
export const inviteSchema = z.strictObject({
  name: textField(NAME_CHARACTERS),
  role: z.enum(ROLES),
  /** Cloudflare Access names the person by it. */
  email: z.exactOptional(emailField),
});

/** What is to be changed of a person. */
export const personChangeSchema = z.strictObject({
  role: z.exactOptional(z.enum(ROLES)),
  /** null takes it away. */
  email: z.exactOptional(z.nullable(emailField)),
});

/** What a content folder has of an article that the desk published, and whether git is its home from now on. */
export const pulledSchema = z.strictObject({
  version: z.int().check(z.positive()),
  /** Lower-case hex SHA-256 of what `wireroom publish` would send. */
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lower-case hex")),
  giveBack: z.exactOptional(z.boolean()),
});

const bytesField = z.string().check(z.maxLength(CREDENTIAL_CHARACTERS), z.regex(/^[\w-]+$/));

/** A passkey that a browser has made. Bytes are base64url. */
export const newPasskeySchema = z.strictObject({
  /** The challenge that it was made for. */
  challenge: z.string().check(z.maxLength(CREDENTIAL_CHARACTERS)),
  id: bytesField,
  clientDataJSON: bytesField,
  authenticatorData: bytesField,
  /** SubjectPublicKeyInfo. */
  publicKey: bytesField,
  /** COSE's number: -7, -8 or -257. */
  algorithm: z.int(),
});

/** What a passkey has signed. Bytes are base64url. */
export const assertionSchema = z.strictObject({
  challenge: z.string().check(z.maxLength(CREDENTIAL_CHARACTERS)),
  id: bytesField,
  clientDataJSON: bytesField,
  authenticatorData: bytesField,
  signature: bytesField,
  /** The id of the passkey's person. */
  userHandle: bytesField,
});

/** A passkey's new name. */
export const passkeyNameSchema = z.strictObject({ name: textField(NAME_CHARACTERS) });

/** The filters of the list of stories. */
export const SHOWN = [
  "drafts",
  "review",
  "scheduled",
  "live",
  "withdrawn",
  "problem",
  "mine",
  "untyped",
] as const;

/** One of `SHOWN`. */
export type Shown = (typeof SHOWN)[number];

/** What a note with a story that is ready for review may have. */
export const NOTE_CHARACTERS = 1000;

/** What somebody says with a story that is ready for review. */
export const reviewSchema = z.strictObject({ note: z.exactOptional(textField(NOTE_CHARACTERS)) });
