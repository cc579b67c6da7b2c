// A site's terms for machines, as site.yaml names them: the parts of Really Simple Licensing 1.0
// (https://rslstandard.org/rsl §3) that need no server of ours.

import * as z from "zod/mini";
import { webAddressField, webUrlField } from "../lib/address.ts";
import { textField } from "../lib/text.ts";

const atLeastOne = <T extends z.core.$ZodType>(item: T) => z.array(item).check(z.minLength(1));
// Nothing said would be all allowed, and free.
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
  /** Where the publisher's own is to be had. */
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
  /** A licence server (§5): whoever follows the standard then asks it for a token before everything. */
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
