// The documents that every profile is compared by: all kinds of articles, a correction, a withdrawal, hostile
// texts, and an empty document.

import { text } from "../../src/lib/text.ts";
import type { Item, Profile } from "../../src/partners/profile.ts";
import { SITE } from "../pipeline.ts";
import { documentOf, instant, itemOf, noticeOf, siteOf } from "./items.ts";

/** An article before and after it was corrected. */
export const CORRECTED = {
  before: itemOf("plain"),
  after: itemOf("plain", {
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
    const items = kinds.map((name) => itemOf(name));
    return documentOf(
      profile,
      items.filter((item) => !isRefused(profile, item)),
    );
  },
  corrected: (profile) => documentOf(profile, [CORRECTED.after]),
  withdrawn: (profile) =>
    documentOf(profile, [itemOf("plain")], { notices: [noticeOf("full", WITHDRAWN_AT)] }),
  hostile: (profile) =>
    documentOf(profile, [itemOf("hostile", { article: { id: "tag:news.example.com,2024-01-01:hostile" } })], {
      site: siteOf("hostile"),
    }),
  empty: (profile) => documentOf(profile, []),
};

const isRefused = (profile: Profile, item: Item): boolean =>
  profile.lint(item, SITE).some(({ level }) => level === "refusal");
