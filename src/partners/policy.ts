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
import { omitUndefined, present } from "../lib/omit-undefined.ts";
import { check, fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { languageField, slugField, textField } from "../lib/text.ts";
import { t } from "../lib/translate.ts";

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

/** Of a request with a policy. */
export const POLICY_BYTES_LIMIT = 64_000;

/** How a partner may authenticate. */
export const ACCESS_KINDS = ["bearer", "basic", "path", "public"] as const;

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;
const DURATION = t('must be a time like 15m, 48h or 30d (minutes, hours, days), or "0"');
const durationField = z.string(DURATION).check(z.regex(/^(?:0|[1-9]\d{0,4}[mhd])$/, DURATION));

/** The seconds of a duration as policies write it: `15m`, `48h`, `30d`, `0`. */
export function secondsOf(duration: string): number {
  const unit = duration.at(-1) as keyof typeof SECONDS;
  return duration === "0" ? 0 : Number.parseInt(duration, 10) * SECONDS[unit];
}

const some = <T extends z.core.$ZodType>(field: T, most: number) =>
  z.exactOptional(z.array(field).check(z.minLength(1), z.maxLength(most)));
const FLAG = z._default(z.boolean(), false);

/** A key with its name and meaning in plain words: for the desk's form and the OpenAPI document. */
const told = <S extends z.ZodMiniType>(field: S, title: string, description?: string): S =>
  field.check(z.meta(omitUndefined({ title, description }))) as S;

/** Schema of a partner's policy. */
export const policySchema = z.strictObject({
  id: told(slugField, t("Id"), t("Part of the feed's address. It can't be changed later.")),
  name: told(textField(100), t("Name")),
  enabled: told(
    z._default(z.boolean(), true),
    t("Enabled"),
    t("If not, every request of the partner is refused."),
  ),
  profile: told(z.enum(PROFILE_NAMES), t("Format")),
  select: told(
    z._default(
      z.strictObject({
        sections: told(some(slugField, 50), t("Sections"), t("If none is named: articles of every section.")),
        tags: told(
          some(textField(100), 50),
          t("Tags"),
          t("An article needs one of them. If none is named, its tags don't matter."),
        ),
        languages: told(
          some(languageField, 20),
          t("Languages"),
          t("Codes such as en or de; en covers en-GB too. If none is named: every language."),
        ),
        maxAge: told(
          z.exactOptional(durationField),
          t("Oldest"),
          t("Articles that were published longer ago are left out: 30d. Empty: no limit."),
        ),
        sponsored: told(FLAG, t("Sponsored articles too")),
      }),
      { sponsored: false },
    ),
    t("Which articles"),
    t("An article must match each of these keys. It matches a list if it matches one of its entries."),
  ),
  content: told(
    z._default(
      z.union(
        [
          z.enum(["full", "excerpt"]),
          z.strictObject({ paragraphs: z.int().check(z.minimum(1), z.maximum(50)) }),
        ],
        t("must be full, excerpt, or {example}", { example: "{ paragraphs: 3 }" }),
      ),
      "full",
    ),
    t("How much of each"),
  ),
  delay: told(
    z._default(durationField, "0"),
    t("Delay"),
    t("How long after its publication an article appears: 15m, 48h or 30d; 0 is at once."),
  ),
  expire: told(
    z.exactOptional(durationField),
    t("Expiry"),
    t("How long after its publication an article leaves the feed: 30d. Empty: never by its age."),
  ),
  embargoed: told(
    FLAG,
    t("Scheduled articles too, marked as such"),
    t("Only for a format that has a sign for an embargo."),
  ),
  limits: told(
    z._default(
      z.strictObject({
        items: told(
          z._default(z.int().check(z.minimum(1), z.maximum(500)), 50),
          t("Articles"),
          t("All of the last 48 hours are in the feed, even if they are more."),
        ),
        bytes: told(
          z.exactOptional(z.int().check(z.minimum(20_000), z.maximum(20_000_000))),
          t("Bytes"),
          t("About 10 kB of them are the envelope's. Empty: the format's own limit."),
        ),
      }),
      { items: 50 },
    ),
    t("Size of the feed"),
  ),
  images: told(
    z._default(
      z.strictObject({
        required: told(FLAG, t("No article without a picture")),
        minWidth: told(
          z.exactOptional(pixelsField),
          t("Least width"),
          t("In pixels. Narrower pictures are left out."),
        ),
        types: told(
          some(imageTypeField, Object.keys(IMAGE_TYPES).length),
          t("Types"),
          t("Pictures of other types are converted. If none is named: every type."),
        ),
        rights: told(
          z._default(z.enum(["syndicate", "credited"]), "syndicate"),
          t("Rights"),
          t(
            "syndicate: all but those marked syndicate: false. credited: of these, those with a credit or a copyright.",
          ),
        ),
      }),
      { required: false, rights: "syndicate" },
    ),
    t("Pictures"),
  ),
  html: told(
    z._default(
      z.strictObject({
        tags: told(
          some(z.string().check(z.regex(/^[a-z][a-z0-9]*$/, t("must be the name of an HTML element"))), 100),
          t("Elements"),
          t("Of any other element the content stays. If none is named: all that the format allows."),
        ),
        embeds: told(
          z._default(z.array(hostField).check(z.maxLength(50)), []),
          t("Players of these hosts"),
          t("Any other player becomes a link."),
        ),
      }),
      { embeds: [] },
    ),
    "HTML",
  ),
  link: told(
    z._default(
      z.strictObject({
        parameters: told(
          z._default(
            z.record(
              z
                .string()
                .check(
                  z.regex(
                    /^[\w.~-]{1,50}$/,
                    t("must be a name of letters, digits and {signs}", { signs: "_.~-" }),
                  ),
                ),
              textField(200),
            ),
            {},
          ),
          t("Parameters"),
          t("Added to the link of an article, and to no other address: utm_source=example."),
        ),
      }),
      { parameters: {} },
    ),
    t("Links"),
  ),
  attribution: told(
    z.exactOptional(textField(300)),
    t("Attribution"),
    t("A line below each text that links to the article's page."),
  ),
  access: told(z._default(z.enum(ACCESS_KINDS), "bearer"), t("Access")),
  retraction: told(
    z._default(durationField, "30d"),
    t("Withdrawals"),
    t("How long the sign of a withdrawn article stays in the feed."),
  ),
  push: told(
    z.exactOptional(
      z.strictObject({
        url: told(
          z.string().check(z.maxLength(2000)),
          t("Address"),
          t("The partner's server that is told of changes at once. Leave it empty if there is none."),
        ),
        events: told(
          z._default(z.array(z.enum(EVENTS)).check(z.minLength(1)), [...EVENTS]),
          t("It is told when"),
        ),
      }),
    ),
    t("Webhook"),
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
  return present<Problem>(
    ...(select.sections ?? []).map(
      (section, index) =>
        !names.includes(section) && {
          path: `select.sections[${index}]`,
          message:
            t("{section} is not a section in site.yaml ({sections})", {
              section: JSON.stringify(section),
              sections: names.join(", ") || t("none"),
            }) + didYouMean(section, names),
        },
    ),
    callback && !callback.ok && { path: "push.url", message: callback.reason },
    ...Object.entries({ expire, "select.maxAge": select.maxAge }).map(
      ([path, end]) =>
        end !== undefined &&
        secondsOf(end) <= (embargoed ? 0 : secondsOf(delay)) && {
          path,
          message: t("must be longer than delay, or no article would ever appear"),
        },
    ),
    embargoed &&
      profile !== "ninjs" && {
        path: "embargoed",
        message: t("needs profile: ninjs, the only one that has a sign for an embargo"),
      },
    embargoed &&
      access === "public" && { path: "embargoed", message: t("can't be used with access: public") },
    embargoed &&
      secondsOf(delay) > 0 && {
        path: "delay",
        message: t(
          "contradicts embargoed, which sends articles before their publication: remove one of them",
        ),
      },
  );
}

// A policy as the text of its file, `content/partners/<id>.yaml`. The Worker shows it too, and a library for
// the whole of YAML would make it a tenth larger: a policy has only texts, numbers, flags, lists and keys.
// Pure.

type Fields = Readonly<Record<string, unknown>>;

/**
 * The text of a policy's file, without the keys that have their default values. Read again, it gives the same
 * policy.
 */
export function policyYaml(policy: Policy): string {
  const { id, name, profile } = policy;
  const defaults = check(policySchema, { id, name, profile });
  const rest = nonDefault(policy, defaults.ok ? defaults.value : {});
  return `${linesOf({ id, name, profile, ...rest }).join("\n")}\n`;
}

function nonDefault(fields: Fields, defaults: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      // Both are written by one schema, so equal values have their keys in one order.
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]))
      .map(([key, value]) => {
        const other = defaults[key];
        return [key, isFields(value) && isFields(other) ? nonDefault(value, other) : value];
      }),
  );
}

/** The lines of a mapping. A list has an item on each line. */
function linesOf(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const name = `${scalar(key)}:`;
    if (Array.isArray(value)) {
      const items = value.map((item) => `  - ${scalar(item)}`);
      return items.length === 0 ? [`${name} []`] : [name, ...items];
    }
    if (!isFields(value)) return [`${name} ${scalar(value)}`];
    const lines = linesOf(value);
    return lines.length === 0 ? [`${name} {}`] : [name, ...lines.map((line) => `  ${line}`)];
  });
}

/** Anything else stands in quotes, as in JSON, which YAML reads. */
function scalar(value: unknown): string {
  const written = JSON.stringify(value);
  return typeof value === "string" && isPlain(value) ? value : written;
}

/** Words of letters and digits with single spaces between them, an address, or a time like `15m`. */
const isPlain = (text: string): boolean =>
  (/^[A-Za-z][\w./-]*(?: [A-Za-z][\w./-]*)*$/.test(text) && !WORDS_OF_YAML.test(text)) ||
  /^https:\/\/[\w./-]+$/.test(text) ||
  /^[1-9]\d*[mhd]$/.test(text);

/** Read as something else than a text, by some version of YAML. */
const WORDS_OF_YAML = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
