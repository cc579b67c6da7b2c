// The acts that the journal notes: in the words of the API, and each as a sentence of the desk's pages.

import { parts } from "../../lib/translate.ts";

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

/** What a sentence names: who did it, to which story, and whom or what else it was about. */
export type Named<Part> = {
  readonly name: Part;
  readonly story: Part;
  readonly about: Part;
};

type Sentence = <Part>(named: Named<Part>) => readonly (string | Part)[];

const SENTENCES: Readonly<Record<Act, Sentence>> = {
  created: (named) => parts("{name} made the story {story}", named),
  deleted: (named) => parts("{name} deleted the draft {about}", named),
  review: (named) => parts("{name} asked for a review of {story}", named),
  publish: (named) => parts("{name} chose to publish {story}", named),
  correct: (named) => parts("{name} chose to publish {story} with a correction", named),
  undone: (named) => parts("{name} took back the publication of {story}", named),
  published: (named) => parts("{name} published {story}", named),
  scheduled: (named) => parts("{name} put {story} on the schedule", named),
  failed: (named) => parts("{name} tried to publish {story}, which was refused", named),
  unscheduled: (named) => parts("{name} took {story} off the schedule", named),
  shared: (named) => parts("{name} made a link to a preview of {story}, for somebody outside", named),
  unshared: (named) => parts("{name} ended a link to a preview of {story}", named),
  withdrawn: (named) => parts("{name} withdrew {story}", named),
  "taken-over": (named) => parts("{name} took {story} over to the desk", named),
  "given-back": (named) => parts("{name} gave {story} back to git", named),
  "picture-removed": (named) => parts("{name} removed the picture {about} for good", named),
  invited: (named) => parts("{name} made a sign-in link for {about}", named),
  "role-changed": (named) => parts("{name} changed what {about} may do", named),
  "email-changed": (named) => parts("{name} changed the e-mail address of {about}", named),
  "person-removed": (named) => parts("{name} removed {about} from the desk", named),
  "signed-in": (named) => parts("{name} signed in", named),
  "signed-out": (named) => parts("{name} ended sessions of {about}", named),
  "passkey-added": (named) => parts("{name} added the passkey {about}", named),
  "passkey-removed": (named) => parts("{name} removed the passkey {about}", named),
  policy: (named) => parts("{name} changed the policy of {about}", named),
  removed: (named) => parts("{name} removed the partner {about}", named),
  "token-made": (named) => parts("{name} made a token for {about}", named),
  "token-revoked": (named) => parts("{name} revoked a token of {about}", named),
  "secret-made": (named) => parts("{name} made a new webhook secret for {about}", named),
  "webhook-on": (named) => parts("{name} turned the webhook of {about} on again", named),
  "sent-again": (named) => parts("{name} sent a webhook of {about} again", named),
};

/** An act as a sentence: its pieces, in order. An act that another version noted stands as it is. */
export function sentenceOf<Part>(act: string, named: Named<Part>): readonly (string | Part)[] {
  if (Object.hasOwn(SENTENCES, act)) return SENTENCES[act as Act](named);
  return parts<string | Part>("{name}: {act}", { name: named.name, act });
}

/** The label of an act in the filter of the journal, with `…` in place of names. */
export const labelOf = (act: Act): string => sentenceOf(act, { name: "…", story: "…", about: "…" }).join("");
