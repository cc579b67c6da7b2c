// A partner: which articles they get, how much of each, and how they come in. `content/partners/<id>.yaml`,
// or what the API was sent. Where a policy says nothing, the most restrictive reading holds.

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

/** What a partner's server is told of at once. */
export const EVENTS = [
  "article.published",
  "article.updated",
  "article.corrected",
  "article.retracted",
] as const;

/** One of `EVENTS`. */
export type PartnerEvent = (typeof EVENTS)[number];

/** How the message that tells a partner's server of an event may stand. */
export const DELIVERY_STATES = ["waiting", "dead", "delivered"] as const;

/** How a partner may come in. */
export const ACCESS_KINDS = ["bearer", "basic", "path", "public"] as const;

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;
const DURATION = 'must be a time like 15m, 48h or 30d (minutes, hours, days), or "0"';
const durationField = z.string(DURATION).check(z.regex(/^(?:0|[1-9]\d{0,4}[mhd])$/, DURATION));

/** Seconds of a time as policies write it: `15m`, `48h`, `30d`, `0`. */
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
  /** Articles that fit each of these; a list is met by any one of its entries. */
  select: z._default(
    z.strictObject({
      sections: some(slugField, 50),
      tags: some(textField(100), 50),
      languages: some(languageField, 20),
      /** Nothing that was published longer ago. */
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
  /** How long after its publication an article comes, and after how long it goes again. */
  delay: z._default(durationField, "0"),
  expire: z.exactOptional(durationField),
  /** Scheduled articles too, marked as such, where the profile has a sign for it; nowhere else. */
  embargoed: FLAG,
  limits: z._default(
    z.strictObject({
      items: z._default(z.int().check(z.minimum(1), z.maximum(500)), 50),
      /** Of them some 10 kB are the envelope's. */
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
      /** Elements that may stand in a body; of any other the content stays. */
      tags: some(z.string().check(z.regex(/^[a-z][a-z0-9]*$/, "must be the name of an HTML element")), 100),
      /** Hosts whose iframes may stand; every other becomes a link. */
      embeds: z._default(z.array(hostField).check(z.maxLength(50)), []),
    }),
    { embeds: [] },
  ),
  link: z._default(
    z.strictObject({
      /** Put behind the link of an article, and nowhere else: `utm_source: example`. */
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
  /** A line under each text, which links to the canonical page. */
  attribution: z.exactOptional(textField(300)),
  access: z._default(z.enum(ACCESS_KINDS), "bearer"),
  /** For how long a withdrawn article's sign stays. */
  retraction: z._default(durationField, "30d"),
  push: z.exactOptional(
    z.strictObject({
      url: z.string().check(z.maxLength(2000)),
      events: z._default(z.array(z.enum(EVENTS)).check(z.minLength(1)), [...EVENTS]),
    }),
  ),
});

/** A partner's policy, checked. It comes out of D1 and the API in the same words as it went in. */
export type Policy = ReadonlyDeep<z.infer<typeof policySchema>>;

/** Checks a policy by its schema and against the site. */
export function checkPolicy(input: unknown, site: Pick<Site, "url" | "sections">): Result<Policy> {
  const checked = check(policySchema, input);
  if (!checked.ok) return checked;
  const problems = policyProblems(checked.value, site);
  return problems.length === 0 ? ok(checked.value) : fail(...problems);
}

/** What a policy asks for that the site, or the profile, hasn't got. */
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
        ? [{ path, message: "must be longer than delay: nothing would ever come" }]
        : [],
    ),
    ...(embargoed && profile !== "ninjs"
      ? [
          {
            path: "embargoed",
            message: "can't be kept: of the profiles only ninjs has a sign for an embargo",
          },
        ]
      : []),
    ...(embargoed && access === "public"
      ? [{ path: "embargoed", message: "can't be kept where access is public" }]
      : []),
    ...(embargoed && secondsOf(delay) > 0
      ? [
          {
            path: "delay",
            message: "is against embargoed, which sends articles ahead: leave one of them out",
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
