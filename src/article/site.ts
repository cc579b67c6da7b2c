// The publisher's settings: the schema of `content/site.yaml`.

import * as z from "zod/mini";
import { hostField, webAddressField, webUrlField } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { check } from "../lib/problem.ts";
import { languageField, slugField, textField } from "../lib/text.ts";
import { type Overrides, type WordProblem, wordProblems } from "../words/overrides.ts";
import { languageOfOurs } from "../words/words.ts";
import { personSchema } from "./byline.ts";

const DAY_SECONDS = 86_400;
const seconds = (fallback: number) =>
  z._default(z.int().check(z.minimum(0), z.maximum(365 * DAY_SECONDS)), fallback);
const count = (fallback: number, max: number) =>
  z._default(z.int().check(z.minimum(1), z.maximum(max)), fallback);

// Terms for machines: the parts of Really Simple Licensing 1.0 (https://rslstandard.org/rsl §3) that need no
// server of ours.

const atLeastOne = <T extends z.core.$ZodType>(item: T) => z.array(item).check(z.minLength(1));
// An empty rule would allow everything, for free.
const notEmpty = z.refine<object>((value) => Object.keys(value).length > 0, "must name something");

/** §3.4.1: kinds of use and of users, and countries (ISO 3166-1, or EU). */
const ruleSchema = z
  .strictObject({
    usage: z.exactOptional(
      atLeastOne(z.enum(["all", "ai-all", "ai-train", "ai-input", "ai-index", "search"])),
    ),
    user: z.exactOptional(
      atLeastOne(z.enum(["commercial", "non-commercial", "education", "government", "personal"])),
    ),
    geo: z.exactOptional(
      atLeastOne(z.string().check(z.regex(/^[A-Z]{2}$/, "must be a country's two letters, like KR, or EU"))),
    ),
  })
  .check(notEmpty);

/** §3.7–§3.10. */
const paymentSchema = z.strictObject({
  type: z.enum([
    "purchase",
    "subscription",
    "training",
    "crawl",
    "use",
    "contribution",
    "attribution",
    "free",
  ]),
  /** The URI of a licence that many share. */
  standard: z.exactOptional(webUrlField),
  /** Where the publisher's own licence can be bought. */
  custom: z.exactOptional(webAddressField),
  amount: z.exactOptional(
    z.strictObject({
      value: z.number().check(
        z.minimum(0),
        z.refine((value) => !String(value).includes("e"), "has too many digits"),
      ),
      currency: z
        .string()
        .check(
          z.refine(
            (code) => Intl.supportedValuesOf("currency").includes(code),
            "must be a currency's three letters (ISO 4217), like USD",
          ),
        ),
    }),
  ),
});

/** Schema of `rsl` in site.yaml. Several licences are several sets of terms, each for other uses. */
export const rslSchema = z.strictObject({
  /** The terms as people read them. */
  terms: webAddressField,
  licenses: atLeastOne(
    z
      .strictObject({
        permits: z.exactOptional(ruleSchema),
        prohibits: z.exactOptional(ruleSchema),
        payment: z.exactOptional(paymentSchema),
      })
      .check(notEmpty),
  ),
  /**
   * A licence server (§5). Programs that follow the standard ask it for a token before they fetch anything.
   */
  server: z.exactOptional(webUrlField),
  /** Who holds the rights. */
  copyright: z.exactOptional(
    z.strictObject({
      name: textField(500),
      type: z.exactOptional(z.enum(["person", "organization"])),
      contactEmail: z.exactOptional(z.email("must be an e-mail address")),
      contactUrl: z.exactOptional(webUrlField),
    }),
  ),
});

/** A site's terms for machines. */
export type Rsl = z.infer<typeof rslSchema>;

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
  /** For tag URIs (RFC 4151): a domain or e-mail address, and a day on which the publisher held it. */
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
  /** Terms for machines; without it the site states none. */
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
  /** `keepMetadata`: pictures are served with position, camera and all other metadata of their files. */
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
  /** Words that replace ours, by language: `{ en: { continueReading: "Read on" } }`. */
  words: z.exactOptional(
    z.custom<Overrides>().check((context) => {
      for (const problem of wordProblems(context.value)) {
        const message = problem.message + nameMeant(problem);
        context.issues.push({ code: "custom", input: context.value, path: [...problem.path], message });
      }
    }),
  ),
  /** Old path, with its query if it had one, to new address. */
  redirects: z._default(
    z.record(z.string().check(z.regex(/^\/\S*$/, "must be a path that starts with /")), webAddressField),
    {},
  ),
  /** Hosts whose iframes an article may hold. */
  iframeHosts: z._default(z.array(hostField), []),
});

/** The publisher's settings, checked. */
export type Site = z.infer<typeof siteSchema>;

/** `; did you mean "sponsored"?` for an unknown word or language; empty if none is similar. */
function nameMeant({ path, names }: WordProblem): string {
  const wrong = path.at(-1);
  if (names === undefined || wrong === undefined) return "";
  if (path.length > 1) return didYouMean(wrong, names);
  // `pt-BR` and `pt_BR` have their words in `pt`. Two-letter codes are too similar to guess from: list all of
  // them.
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
