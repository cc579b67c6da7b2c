// A partner's policy: which articles they get, how much of each, and how they authenticate. It is a file,
// `content/partners/<id>.yaml`, or comes by the API. A key that is missing has its most restrictive meaning.

import * as z from "zod/mini";
import { imageTypeField, pixelsField } from "../article/image.ts";
import type { Site } from "../article/site.ts";
import { hostField } from "../lib/address.ts";
import type { ReadonlyDeep } from "../lib/answer-fields.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { IMAGE_TYPES } from "../lib/image-file.ts";
import { check, fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { languageField, plural, slugField, textField } from "../lib/text.ts";

/** The formats that partners ask for; each has a file in `partners/profiles/`. */
export const PROFILE_NAMES = [
  "rss",
  "atom",
  "json",
  "google-news-sitemap",
  "msn",
  "smartnews",
  "flipboard",
  "newsbreak",
  "yahoo",
  "ninjs",
] as const;

/** One of `PROFILE_NAMES`. */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Events that a partner's server can get webhooks for. */
export const EVENTS = [
  "article.published",
  "article.updated",
  "article.corrected",
  "article.retracted",
] as const;

/** One of `EVENTS`. */
export type PartnerEvent = (typeof EVENTS)[number];

/** The states of a webhook. `dead` is a dead letter: it is sent again only by hand. */
export const DELIVERY_STATES = ["waiting", "dead", "delivered"] as const;

/** How a partner may authenticate. */
export const ACCESS_KINDS = ["bearer", "basic", "path", "public"] as const;

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;
const DURATION = 'must be a time like 15m, 48h or 30d (minutes, hours, days), or "0"';
const durationField = z.string(DURATION).check(z.regex(/^(?:0|[1-9]\d{0,4}[mhd])$/, DURATION));

/** The seconds of a duration as policies write it: `15m`, `48h`, `30d`, `0`. */
export function secondsOf(duration: string): number {
  const unit = duration.at(-1) as keyof typeof SECONDS;
  return duration === "0" ? 0 : Number.parseInt(duration, 10) * SECONDS[unit];
}

const some = <T extends z.core.$ZodType>(field: T, most: number) =>
  z.exactOptional(z.array(field).check(z.minLength(1), z.maxLength(most)));
const FLAG = z._default(z.boolean(), false);

/** Schema of a partner's policy. */
export const policySchema = z.strictObject({
  id: slugField,
  name: textField(100),
  enabled: z._default(z.boolean(), true),
  profile: z.enum(PROFILE_NAMES),
  /** An article must match each of these keys. It matches a list if it matches one of its entries. */
  select: z._default(
    z.strictObject({
      sections: some(slugField, 50),
      tags: some(textField(100), 50),
      languages: some(languageField, 20),
      /** Articles that were published longer ago are left out. */
      maxAge: z.exactOptional(durationField),
      sponsored: FLAG,
    }),
    { sponsored: false },
  ),
  content: z._default(
    z.union(
      [
        z.enum(["full", "excerpt"]),
        z.strictObject({ paragraphs: z.int().check(z.minimum(1), z.maximum(50)) }),
      ],
      "must be full, excerpt, or { paragraphs: 3 }",
    ),
    "full",
  ),
  /** How long after its publication an article appears, and how long after it disappears. */
  delay: z._default(durationField, "0"),
  expire: z.exactOptional(durationField),
  /** Scheduled articles too, marked as such. Only for profiles that have a sign for an embargo. */
  embargoed: FLAG,
  limits: z._default(
    z.strictObject({
      items: z._default(z.int().check(z.minimum(1), z.maximum(500)), 50),
      /** About 10 kB of them are the envelope's. */
      bytes: z.exactOptional(z.int().check(z.minimum(20_000), z.maximum(20_000_000))),
    }),
    { items: 50 },
  ),
  images: z._default(
    z.strictObject({
      required: FLAG,
      minWidth: z.exactOptional(pixelsField),
      types: some(imageTypeField, Object.keys(IMAGE_TYPES).length),
      /**
       * `syndicate`: all but those marked `syndicate: false`. `credited`: of these, those with a credit or a
       * copyright.
       */
      rights: z._default(z.enum(["syndicate", "credited"]), "syndicate"),
    }),
    { required: false, rights: "syndicate" },
  ),
  html: z._default(
    z.strictObject({
      /** Elements that a body may have. Of any other element the content stays. */
      tags: some(z.string().check(z.regex(/^[a-z][a-z0-9]*$/, "must be the name of an HTML element")), 100),
      /** Hosts whose iframes are allowed. Any other iframe becomes a link. */
      embeds: z._default(z.array(hostField).check(z.maxLength(50)), []),
    }),
    { embeds: [] },
  ),
  link: z._default(
    z.strictObject({
      /** Added to the link of an article, and to no other address: `utm_source: example`. */
      parameters: z._default(
        z.record(
          z.string().check(z.regex(/^[\w.~-]{1,50}$/, "must be a name of letters, digits and _.~-")),
          textField(200),
        ),
        {},
      ),
    }),
    { parameters: {} },
  ),
  /** A line below each text that links to the canonical page. */
  attribution: z.exactOptional(textField(300)),
  access: z._default(z.enum(ACCESS_KINDS), "bearer"),
  /** How long the sign of a withdrawn article stays in the feed. */
  retraction: z._default(durationField, "30d"),
  push: z.exactOptional(
    z.strictObject({
      url: z.string().check(z.maxLength(2000)),
      events: z._default(z.array(z.enum(EVENTS)).check(z.minLength(1)), [...EVENTS]),
    }),
  ),
});

/** A partner's policy, checked. D1 and the API return it in the words in which it was sent. */
export type Policy = ReadonlyDeep<z.infer<typeof policySchema>>;

/** Checks a policy by its schema and against the site. */
export function checkPolicy(input: unknown, site: Pick<Site, "url" | "sections">): Result<Policy> {
  const checked = check(policySchema, input);
  if (!checked.ok) return checked;
  const problems = policyProblems(checked.value, site);
  return problems.length === 0 ? ok(checked.value) : fail(...problems);
}

/**
 * What is wrong with a policy beside its schema: what the site or the profile doesn't have, and keys that
 * contradict each other.
 */
export function policyProblems(
  { select, push, delay, expire, embargoed, profile, access }: Policy,
  site: Pick<Site, "url" | "sections">,
): readonly Problem[] {
  const names = Object.keys(site.sections);
  const callback = push && checkCallback(push.url, site);
  return [
    ...(select.sections ?? []).flatMap((section, index) =>
      names.includes(section)
        ? []
        : [
            {
              path: `select.sections[${index}]`,
              message: `"${section}" is not a section in site.yaml (${names.join(", ") || "none"})${didYouMean(section, names)}`,
            },
          ],
    ),
    ...(callback && !callback.ok ? [{ path: "push.url", message: callback.reason }] : []),
    ...Object.entries({ expire, "select.maxAge": select.maxAge }).flatMap(([path, end]) =>
      end !== undefined && secondsOf(end) <= (embargoed ? 0 : secondsOf(delay))
        ? [{ path, message: "must be longer than delay, or no article would ever appear" }]
        : [],
    ),
    ...(embargoed && profile !== "ninjs"
      ? [
          {
            path: "embargoed",
            message: "needs profile: ninjs, the only one that has a sign for an embargo",
          },
        ]
      : []),
    ...(embargoed && access === "public"
      ? [{ path: "embargoed", message: "can't be used with access: public" }]
      : []),
    ...(embargoed && secondsOf(delay) > 0
      ? [
          {
            path: "delay",
            message:
              "contradicts embargoed, which sends articles before their publication: remove one of them",
          },
        ]
      : []),
  ];
}

const UNITS: Readonly<Record<string, string>> = { m: "minute", h: "hour", d: "day" };

/** A policy in words: each key that says something, with what it says. */
export function describePolicy(policy: Policy): readonly (readonly [key: string, words: string])[] {
  const { content, delay, expire, embargoed, limits, attribution, retraction, push } = policy;
  const parameters = new URLSearchParams(policy.link.parameters).toString();
  const rules: readonly (readonly [string, string | false | undefined])[] = [
    ["select", selection(policy.select)],
    ["content", typeof content === "string" ? CONTENT[content] : paragraphs(content.paragraphs)],
    ["delay", delay !== "0" && `${period(delay)} after publication`],
    ["expire", expire !== undefined && `${period(expire)} after publication`],
    ["embargoed", embargoed && "scheduled articles too, marked as such"],
    [
      "limits",
      [plural(limits.items, "article"), limits.bytes && `${limits.bytes} bytes`].filter(Boolean).join(", "),
    ],
    ["images", pictures(policy.images)],
    ["html", html(policy.html)],
    ["link", parameters !== "" && `with ?${parameters}`],
    ["attribution", attribution],
    [
      "retraction",
      retraction === "0"
        ? "a withdrawn article leaves no sign"
        : `a withdrawn article's sign stays ${period(retraction)}`,
    ],
    ["push", push && `${push.events.join(", ")} to ${push.url}`],
  ];
  return rules.flatMap(([key, words]) => (words ? [[key, words] as const] : []));
}

const CONTENT = { full: "the whole text", excerpt: "an excerpt" } as const;

const paragraphs = (count: number): string =>
  `the first ${plural(count, "paragraph")}, then a link to the rest`;

/** `15m` as `15 minutes`. */
function period(duration: string): string {
  const count = Number.parseInt(duration, 10);
  return plural(count, UNITS[duration.at(-1) ?? ""] ?? "minute");
}

const either = (names: readonly string[]): string => names.join(" or ");

function selection({ sections, tags, languages, maxAge, sponsored }: Policy["select"]): string {
  const parts = [
    sections ? `section ${either(sections)}` : "every section",
    tags && `tagged ${either(tags)}`,
    languages && `in ${either(languages)}`,
    maxAge && `at most ${period(maxAge)} old`,
    sponsored ? "sponsored too" : "nothing sponsored",
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}

function pictures({ required, minWidth, types, rights }: Policy["images"]): string {
  const parts = [
    rights === "credited" ? "those with a credit or copyright" : "all that may be syndicated",
    required && "no article without one",
    minWidth !== undefined && `at least ${minWidth} pixels wide`,
    types && either(types),
  ];
  return parts.filter(Boolean).join("; ");
}

function html({ tags, embeds }: Policy["html"]): string {
  const parts = [
    tags && `elements ${tags.join(", ")}`,
    embeds.length > 0 && `players of ${embeds.join(", ")}`,
  ];
  return parts.filter(Boolean).join("; ");
}
