// The acts that the journal notes, in the words of the API. The desk's pages have their own in `sentences.ts`.

/** Each act, as it goes on after somebody's name. `…` stands for whom or what it was about. */
export const ACTS = {
  created: "made the story",
  deleted: "deleted the draft …",
  review: "asked for a review",
  publish: "chose to publish",
  correct: "chose to publish with a correction",
  undone: "took the publication back",
  published: "published",
  scheduled: "put the article on the schedule",
  failed: "tried to publish, which was refused",
  unscheduled: "took the article off the schedule",
  shared: "made a link that shows somebody outside the preview",
  unshared: "ended a link to a preview",
  withdrawn: "withdrew the article",
  "taken-over": "took the article over to the desk",
  "given-back": "gave the article back to git",
  "picture-removed": "removed the picture … for good",
  invited: "made a sign-in link for …",
  "role-changed": "changed what … may do",
  "email-changed": "changed the e-mail address of …",
  "person-removed": "removed … from the desk",
  "signed-in": "signed in",
  "signed-out": "ended sessions of …",
  "passkey-added": "added the passkey …",
  "passkey-removed": "removed the passkey …",
  policy: "changed the policy of …",
  removed: "removed the partner …",
  "token-made": "made a token for …",
  "token-revoked": "revoked a token of …",
  "secret-made": "made a new webhook secret for …",
  "webhook-on": "turned the webhook of … on again",
  "sent-again": "sent a webhook of … again",
} as const;

/** One of `ACTS`. */
export type Act = keyof typeof ACTS;

/** An act as a sentence goes on after the name of who did it. An act that another version noted stands as it is. */
export function wordsOfAct(act: string, about: string | null): string {
  const words = (ACTS as Readonly<Record<string, string>>)[act] ?? act;
  return about === null ? words.replace(" …", "") : words.replace("…", about);
}
