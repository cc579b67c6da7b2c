// What `wireroom partner new` asks: each question, its usual answer, and what counts as one.

import * as z from "zod/mini";
import type { Site } from "../../article/site.ts";
import { check, fail, ok, type Result } from "../../lib/problem.ts";
import { slugField } from "../../lib/text.ts";
import { PROFILE_NAMES, type ProfileName, policySchema } from "../../partners/policy.ts";

/** A question. */
export interface Question<T> {
  readonly text: string;
  /** What an empty answer means; without it, there must be one. */
  readonly usual?: string;
  readonly read: (answer: string) => Result<T>;
}

const FOR_WHOM: Readonly<Record<ProfileName, string>> = {
  rss: "RSS 2.0, for whoever takes a feed",
  atom: "Atom 1.0",
  json: "JSON Feed 1.1",
  "google-news-sitemap": "a sitemap of the last two days, for search engines",
  msn: "RSS as MSN takes it",
  smartnews: "RSS as SmartNews takes it (SmartFormat)",
  flipboard: "RSS as Flipboard takes it",
  newsbreak: "RSS as NewsBreak takes it",
  yahoo: "RSS as Yahoo takes it",
  ninjs: "JSON of the IPTC, for agencies and their clients",
};

const { name, profile, access } = policySchema.shape;

/** How a partner is called in addresses, and by commands. */
export const idQuestion = (usual: string): Question<string> => ({
  text: "Id, which stands in the feed's address",
  ...(check(slugField, usual).ok ? { usual } : {}),
  read: (answer) => check(slugField, answer),
});

/** Its name. */
export const nameQuestion: Question<string> = {
  text: "Name of the partner",
  read: (answer) => check(name, answer),
};

/** Its format; a number of the list will do. */
export const profileQuestion: Question<ProfileName> = {
  text: `${PROFILE_NAMES.map((each, index) => `  ${String(index + 1).padStart(2)}  ${each.padEnd(19)}  ${FOR_WHOM[each]}`).join("\n")}\nFormat, a name or number of these`,
  usual: "rss",
  read: (answer) => check(profile, PROFILE_NAMES[Number(answer) - 1] ?? answer),
};

/** How it comes in. */
export const accessQuestion: Question<z.infer<typeof access>> = {
  text: "Access: bearer or basic (a token in a header), path (a token in the address), public (anybody)",
  usual: "bearer",
  read: (answer) => check(access, answer),
};

/** Which sections it gets, none meaning all. */
export const sectionsQuestion = (site: Site | undefined): Question<readonly string[]> => ({
  text: `Sections, with commas between them${site ? ` (${Object.keys(site.sections).join(", ")})` : ""}`,
  usual: "all",
  read(answer) {
    if (answer === "all") return ok([]);
    const sections = check(
      z.array(slugField),
      answer.split(",").map((section) => section.trim()),
    );
    if (!sections.ok || !site) return sections;
    const unknown = sections.value.filter((section) => !(section in site.sections));
    return unknown.length === 0
      ? sections
      : fail({ path: "", message: `must name sections of site.yaml, not ${unknown.join(", ")}` });
  },
});

/** How much of each article. */
export const contentQuestion: Question<"full" | "excerpt" | { readonly paragraphs: number }> = {
  text: "How much of each article: full, excerpt, or a number of paragraphs",
  usual: "full",
  read(answer) {
    const content = check(
      policySchema.shape.content,
      /^\d+$/.test(answer) ? { paragraphs: Number(answer) } : answer,
    );
    return content.ok
      ? content
      : fail({ path: "", message: "must be full, excerpt, or a number from 1 to 50" });
  },
};
