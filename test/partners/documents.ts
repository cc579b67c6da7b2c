// The documents that every profile is compared by: all kinds of articles, a correction, a withdrawal, hostile texts,
// and nothing.

import { text } from "../../src/lib/text.ts";
import type { Profile, Story } from "../../src/partners/profile.ts";
import { SITE } from "../pipeline.ts";
import { documentOf, instant, noticeOf, siteOf, storyOf } from "./items.ts";

/** An article before and after it was corrected. */
export const CORRECTED = {
  before: storyOf("plain"),
  after: storyOf("plain", {
    article: {
      updated: instant("2024-10-25T09:00:00Z"),
      corrections: [
        { at: instant("2024-10-25T09:00:00Z"), kind: "correction", text: text("It takes effect in March.") },
      ],
    },
    version: 2,
  }),
};

/** When the withdrawn article of these documents was. */
export const WITHDRAWN_AT = "2024-11-02T03:04:05Z";

/** Each document by its name. */
export const DOCUMENTS: Readonly<Record<string, (profile: Profile) => string>> = {
  kinds: (profile) => {
    const kinds = [
      "full",
      "image-in-body",
      "image-elsewhere",
      "arabic",
      "german",
      "sponsored",
      "imported-id",
      "plain",
    ];
    const stories = kinds.map((name) => storyOf(name));
    return documentOf(
      profile,
      stories.filter((story) => !isRefused(profile, story)),
    );
  },
  corrected: (profile) => documentOf(profile, [CORRECTED.after]),
  withdrawn: (profile) =>
    documentOf(profile, [storyOf("plain")], { notices: [noticeOf("full", WITHDRAWN_AT)] }),
  hostile: (profile) =>
    documentOf(
      profile,
      [storyOf("hostile", { article: { id: "tag:news.example.com,2024-01-01:hostile" } })],
      {
        site: siteOf("hostile"),
      },
    ),
  empty: (profile) => documentOf(profile, []),
};

const isRefused = (profile: Profile, story: Story): boolean =>
  profile.lint(story, SITE).some(({ level }) => level === "refusal");
