// The answers of the desk's API, as zod schemas; see api/answers.ts.

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import {
  type AnswerOf,
  count,
  described,
  flag,
  instant,
  laterOrNull,
  problemsSchema,
  text,
} from "../lib/answer-fields.ts";

const summary = {
  id: text,
  slug: described(
    z.nullable(text),
    "the last part of the article's address; null: it is made from the headline",
  ),
  headline: text,
  revision: described(count, "its newest revision"),
  changedAt: instant,
  changedBy: text,
  live: described(z.nullable(count), "the revision that was last published; null for a draft"),
  published: described(z.nullable(instant), "when its article was published, or will be; null if neither"),
  due: described(z.nullable(count), "the revision that is about to be published"),
  dueAt: described(z.nullable(instant), "when it is published; until then it can be undone"),
  dueFor: described(
    z.nullable(instant),
    "when its article comes out then, if a time was asked for; null: at once",
  ),
  withdrawn: described(z.nullable(instant), "when its article was withdrawn"),
  home: described(
    laterOrNull(z.enum(HOMES)),
    "where its article is edited; null for a draft. Other than `desk`: the story is read-only until it is taken over",
  ),
  review: described(
    laterOrNull(z.object({ revision: count, at: instant, by: text, note: text })),
    "that somebody said it is ready for review; it is, until that revision or a newer one is published",
  ),
  problems: described(
    problemsSchema,
    "why it could not be published; empty after a success or a new attempt",
  ),
};

const summarySchema = z.object(summary);

/** A story without its text. */
export type StorySummary = AnswerOf<typeof summarySchema>;

/** A page of stories. */
export const storiesSchema = z.object({
  stories: z.array(summarySchema),
  next: z.exactOptional(described(text, "cursor of the next page")),
});

/** A story with its newest revision, or with the one that was asked for. */
export const storySchema = z.object({
  ...summary,
  revision: described(count, "the number of this revision"),
  at: described(instant, "when it was saved"),
  by: text,
  article: described(z.record(text, z.unknown()), "the draft: fields of an article, all of them optional"),
  corrections: described(
    z.array(
      z.object({
        at: described(z.nullable(instant), "null where that was undone"),
        kind: text,
        text,
      }),
    ),
    "published behind the article's own corrections",
  ),
});

/** A story, as the API answers it. */
export type StoryAnswer = AnswerOf<typeof storySchema>;

/** Answer to a save. */
export const savedSchema = z.object({ id: text, revision: count, at: instant });

/** Revisions without their texts. */
export const revisionsSchema = z.object({
  revisions: z.array(z.object({ number: count, at: instant, by: text })),
  next: z.exactOptional(described(text, "cursor of the next page")),
});

/** Answer to a change of the review, and to a presence that ends. */
export const changedSchema = z.object({ id: text });

/** Who else has a story open. */
export const presenceSchema = z.object({
  now: described(instant, "the time by the server's clock, to compare the others with"),
  others: z.array(
    z.object({
      name: text,
      seenAt: described(instant, "when their browser last said so"),
      savedAt: described(z.nullable(instant), "when they last saved it; null if that isn't lately"),
    }),
  ),
});

/** Who else has a story open, as the API answers it. */
export type PresenceAnswer = AnswerOf<typeof presenceSchema>;

/** Answer to a publication that was accepted. */
export const dueSchema = z.object({
  revision: count,
  dueAt: described(instant, "when it is published, and until when that can be undone"),
  dueFor: described(
    z.nullable(instant),
    "when the article comes out then, if a time was asked for; null: at once",
  ),
});

/** Answer to a publication that was undone. */
export const undoneSchema = z.object({ id: text });

/** A sign-in link. */
export const invitationSchema = z.object({
  id: described(text, "the person's"),
  url: described(text, "a link that signs the person in, once; only this answer shows it"),
  expires: instant,
});

/** What the checks say of a draft. */
export const checkSchema = z.object({
  problems: described(problemsSchema, "what keeps it from being published"),
  warnings: described(problemsSchema, "what an article loses, and what a sub-editor would say"),
  headline: z.object({
    characters: count,
    limits: described(
      z.array(z.object({ name: text, characters: count })),
      "how many characters lists show, and partners take",
    ),
  }),
  partners: described(
    z.array(
      z.object({
        id: text,
        name: text,
        gets: flag,
        rule: described(z.nullable(text), "the rule that keeps it from the partner"),
        says: z.nullable(text),
        findings: described(
          z.array(z.object({ level: z.enum(["refusal", "advice"]), path: text, message: text })),
          "what the partner's linter says of the words; pictures are judged when it is published",
        ),
      }),
    ),
    "partners that are enabled",
  ),
});

/** `checkSchema` as a type. */
export type CheckAnswer = AnswerOf<typeof checkSchema>;

/** A link that was just made. */
export const madeLinkSchema = z.object({
  id: count,
  url: described(text, "shows the revision's preview, without a session; only this answer has it"),
  expires: instant,
});

/** The links of a story that work. */
export const previewLinksSchema = z.object({
  links: z.array(z.object({ id: count, revision: count, madeAt: instant, madeBy: text, expires: instant })),
});

/** Answer to a link that was ended. */
export const revokedLinkSchema = z.object({ id: count });

/** Answer to a story that was taken off the schedule. */
export const unscheduledSchema = z.object({ id: text });

/** Answer to a withdrawal. */
export const withdrawnSchema = z.object({ id: text });

/** Answer to taking an article over: the story that it is edited in from now on. */
export const takenOverSchema = z.object({ id: text });

/** Answer to `pulled`. */
export const pulledAnswerSchema = z.object({ slug: text, home: z.enum(HOMES) });
/** Somebody who may work at the desk. */
export const personSchema = z.object({
  id: text,
  name: text,
  role: text,
  email: described(z.nullable(text), "by which Cloudflare Access names them"),
  lastSeen: described(z.nullable(instant), "when they were last at the desk"),
  sessions: described(count, "browsers in which they are signed in"),
  passkeys: count,
  linkExpires: described(z.nullable(instant), "when the sign-in link ends that they haven't used yet"),
});

/** Everybody, by name. */
export const peopleSchema = z.object({ people: z.array(personSchema) });

/** Answer to the removal of a person. */
export const personRemovedSchema = z.object({ id: text });

/** The open sessions of a person, the last used first. */
export const sessionsSchema = z.object({
  name: described(text, "of who asks"),
  sessions: z.array(
    z.object({
      id: text,
      browser: described(text, "as its User-Agent names it"),
      createdAt: instant,
      seenAt: described(instant, "when it was last used, to the minute"),
      isThis: described(flag, "true for the session that asked"),
    }),
  ),
});

/** Answer to the end of sessions. */
export const endedSchema = z.object({ ended: described(count, "how many sessions ended") });

const passkey = {
  id: described(text, "the credential's id"),
  name: text,
  createdAt: instant,
  usedAt: described(z.nullable(instant), "when it last signed somebody in"),
};

/** A passkey. */
export const passkeySchema = z.object(passkey);

/** The passkeys of a person, the newest first. */
export const passkeysSchema = z.object({ passkeys: z.array(z.object(passkey)) });

/** What a browser needs to make a passkey. */
export const passkeyChallengeSchema = z.object({
  challenge: described(text, "its UTF-8 is to be signed, within five minutes"),
  rpId: text,
  rpName: text,
  userId: described(text, "its UTF-8 is the user handle"),
  userName: text,
  algorithms: z.array(z.int()),
  exclude: described(z.array(text), "ids of the passkeys that the person has"),
});

/** Answer to the removal of a passkey. */
export const passkeyRemovedSchema = z.object({ id: text });

/** A page of the journal, the newest act first. */
export const journalSchema = z.object({
  acts: z.array(
    z.object({
      id: count,
      at: instant,
      by: described(text, "the name of who did it"),
      act: text,
      words: described(text, "the act in English, as it goes on after the name"),
      story: described(z.nullable(text), "the story's id"),
      headline: described(z.nullable(text), "the story's headline now"),
      revision: z.nullable(count),
      about: described(
        z.nullable(text),
        "whom or what it was about; of `scheduled`, when it was to come out",
      ),
      partner: described(z.nullable(text), "the partner's id"),
    }),
  ),
  next: z.exactOptional(described(text, "cursor of the next page")),
});
