// `_wireroom` of a JSON Feed -> an article's fields, to the letter (formats/json.ts writes them). A field
// that is not as we write it is passed over: then the rest of the item speaks for it.

import * as z from "zod/mini";
import { ROLES } from "../../../article/byline.ts";
import { omitUndefined } from "../../../lib/omit-undefined.ts";
import { slugify } from "../../../lib/text.ts";
import type { ImportedArticle, ImportedImage } from "../../importer.ts";
import { isObject } from "../../parse-json.ts";

const words = z.exactOptional(z.string());
const size = z.exactOptional(z.number());

const FIELDS = {
  short_headline: z.string(),
  dateline: z.string(),
  section: z.object({ slug: z.string(), title: z.string() }),
  bylines: z.array(
    z.object({
      name: z.string(),
      role: z.exactOptional(z.enum(ROLES)),
      affiliation: words,
      url: words,
      avatar: words,
      bio: words,
    }),
  ),
  images: z.array(
    z.object({
      url: z.string(),
      alt: words,
      caption: words,
      credit: words,
      credit_role: words,
      copyright: words,
      width: size,
      height: size,
    }),
  ),
  corrections: z.array(
    z.object({ at: z.string(), kind: z.enum(["correction", "clarification", "update"]), text: z.string() }),
  ),
  rights: z.object({ copyright: words, license: words, terms: words }),
  sponsored: z.boolean(),
};

/**
 * What the extension says; undefined where there is none. `tags` are the item's, the section's title first;
 * `measured` its attachments, which alone have type and length.
 */
export function exactFields(
  extension: unknown,
  tags: readonly string[],
  measured: readonly ImportedImage[],
): Partial<ImportedArticle> | undefined {
  if (!isObject(extension)) return undefined;
  const read = <K extends keyof typeof FIELDS>(name: K): z.infer<(typeof FIELDS)[K]> | undefined => {
    const parsed = z.safeParse(FIELDS[name], extension[name]);
    return parsed.success ? (parsed.data as z.infer<(typeof FIELDS)[K]>) : undefined;
  };
  const section = read("section");
  const at = section === undefined ? -1 : tags.indexOf(section.title);
  const images = read("images")?.map(({ url, credit_role, ...image }) => {
    const { type, length } = measured.find(({ src }) => src === url) ?? {};
    return {
      src: url,
      ...image,
      ...omitUndefined({ creditRole: credit_role, type, length }),
    };
  });
  const corrections = read("corrections")?.map((correction) => ({
    ...correction,
    at: { kind: "instant" as const, value: correction.at },
  }));
  return {
    ...omitUndefined({
      shortHeadline: read("short_headline"),
      dateline: read("dateline"),
      sections: section && namesOf(section),
    }),
    tags: tags.filter((_, index) => index !== at),
    ...omitUndefined({
      bylines: read("bylines"),
      images,
      corrections,
      rights: read("rights"),
      sponsored: read("sponsored"),
    }),
  };
}

// By its title it is found as well as by its slug, where the one is made of the other; and the title is the
// better tag.
const namesOf = ({ slug, title }: { readonly slug: string; readonly title: string }): readonly string[] =>
  slugify(title) === slug ? [title] : [slug, title];
