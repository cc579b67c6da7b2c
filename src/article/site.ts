// The publisher's settings, `content/site.yaml`.

import * as z from "zod/mini";
import { hostField, webAddressField, webUrlField } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { languageField } from "../lib/language-tag.ts";
import { check } from "../lib/problem.ts";
import { slugField, textField } from "../lib/text.ts";
import { type Overrides, type WordProblem, wordProblems } from "../words/overrides.ts";
import { languageOfOurs } from "../words/words.ts";
import { personSchema } from "./byline.ts";
import { rslSchema } from "./rsl.ts";

const DAY_SECONDS = 86_400;
const seconds = (fallback: number) =>
  z._default(z.int().check(z.minimum(0), z.maximum(365 * DAY_SECONDS)), fallback);
const count = (fallback: number, max: number) =>
  z._default(z.int().check(z.minimum(1), z.maximum(max)), fallback);

/** Schema: a time zone of the IANA list. */
export const timezoneField = z
  .string()
  .check(z.refine(isTimezone, "must be a time zone of the IANA list, like Europe/Berlin"));

/** Schema of `content/site.yaml`. */
export const siteSchema = z.strictObject({
  title: textField(200),
  description: textField(1000),
  /** Public address without a slash at its end; the variable SITE_URL overrides it. */
  url: z.pipe(
    webUrlField.check(
      z.refine((url) => new URL(url).pathname === "/" && !url.includes("?") && !url.includes("#"), {
        error: "must be an address without a path, like https://news.example.com",
      }),
    ),
    z.transform((url) => new URL(url).origin),
  ),
  /** RFC 4151: who mints ids, and a day on which they held the name. */
  tag: z.strictObject({
    authority: z
      .string()
      .check(z.regex(/^[a-z0-9.-]+(@[a-z0-9.-]+)?$/, "must be a domain or e-mail address in lower case")),
    date: z
      .string()
      .check(z.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a day in quotes, like "2024-01-01"')),
  }),
  language: languageField,
  timezone: timezoneField,
  copyright: z.exactOptional(textField(500)),
  /** Terms for machines; without it nothing says that there are any. */
  rsl: z.exactOptional(rslSchema),
  /** The feeds' picture, absolute or a path on this site. */
  image: z.exactOptional(webAddressField),
  sections: z._default(
    z.record(
      slugField,
      z.strictObject({ title: textField(100), description: z.exactOptional(textField(500)) }),
    ),
    {},
  ),
  people: z._default(z.record(slugField, personSchema), {}),
  /** `keepMetadata`: pictures are served with the position, the camera and all else that their files tell. */
  pictures: z._default(z.strictObject({ keepMetadata: z._default(z.boolean(), false) }), {
    keepMetadata: false,
  }),
  /** What public feeds carry; pages always carry all. */
  content: z._default(z.enum(["full", "excerpt"]), "full"),
  /** An outside WebSub hub, in place of our own. */
  hub: z.exactOptional(webUrlField),
  pages: z._default(z.strictObject({ feed: count(50, 500), front: count(20, 100) }), { feed: 50, front: 20 }),
  cache: z._default(
    z.strictObject({
      maxAge: seconds(300),
      staleWhileRevalidate: seconds(600),
      staleIfError: seconds(DAY_SECONDS),
    }),
    { maxAge: 300, staleWhileRevalidate: 600, staleIfError: DAY_SECONDS },
  ),
  /** Days for which a withdrawn article's notice stays in its feeds. */
  retractionDays: z._default(z.int().check(z.minimum(0), z.maximum(3650)), 30),
  /** Words in place of ours, by language: `{ en: { continueReading: "Read on" } }`. */
  words: z.exactOptional(
    z.custom<Overrides>().check((context) => {
      for (const problem of wordProblems(context.value)) {
        const message = problem.message + nameMeant(problem);
        context.issues.push({ code: "custom", input: context.value, path: [...problem.path], message });
      }
    }),
  ),
  /** Old path (with its query, where it had one) to new address. */
  redirects: z._default(
    z.record(z.string().check(z.regex(/^\/\S*$/, "must be a path that starts with /")), webAddressField),
    {},
  ),
  /** Hosts whose iframes an article may hold. */
  iframeHosts: z._default(z.array(hostField), []),
});

/** The publisher's settings, checked. */
export type Site = z.infer<typeof siteSchema>;

/** `; did you mean "sponsored"?` of a word or a language that there isn't; empty where nothing is near. */
function nameMeant({ path, names }: WordProblem): string {
  const wrong = path.at(-1);
  if (names === undefined || wrong === undefined) return "";
  if (path.length > 1) return didYouMean(wrong, names);
  // `pt-BR` and `pt_BR` are told in `pt`. Where nothing of the kind is meant, all of them: two letters are alike too easily.
  const tag = check(languageField, wrong.replaceAll("_", "-"));
  const ours = tag.ok ? languageOfOurs(tag.value) : undefined;
  return ours === undefined ? `; there are ${names.join(", ")}` : `; did you mean ${JSON.stringify(ours)}?`;
}

function isTimezone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    // RangeError is how Intl says that it has no such zone.
    return false;
  }
}

/** The hub that documents name: the publisher's choice, else our own. */
export const hubOf = ({ hub, url }: Pick<Site, "hub" | "url">): string => hub ?? `${url}/hub`;
