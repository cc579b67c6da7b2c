// Turns an article as it was sent into one as it is stored: its HTML cleaned, its images measured, its people
// and section checked.

import * as z from "zod/mini";
import type { ArticleInput, StoredArticle } from "../article/article.ts";
import { isEmptyArticle } from "../article/body.ts";
import { IMAGES_LIMIT, type ImageInput, imageSchema, mediaPath } from "../article/image.ts";
import { hashOf } from "../article/own-pictures.ts";
import { resolveArticle } from "../article/resolve.ts";
import type { Warning } from "../article/warning.ts";
import type { Runtime } from "../env.ts";
import { cleanBody, cleanOptionsFor } from "../html/clean.ts";
import { EMPTY_ARTICLE } from "../html/warnings.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check, fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { text } from "../lib/text.ts";
import { t } from "../lib/translate.ts";
import { findMedia, type MediaRecord } from "../pictures/sql.ts";

// Images that stand in the body alone join the list, captions and facts join images: what is stored must be
// what GET gives and PUT takes, its fields in the same order, so that storing it again changes nothing.
const joinedSchema = z.object({ images: z.array(imageSchema).check(z.maxLength(IMAGES_LIMIT)) });

/** An article to be stored, and warnings about what was lost or changed. */
export interface PreparedArticle {
  readonly article: StoredArticle;
  readonly warnings: readonly Warning[];
}

/** The article to be stored, or everything that is wrong with `input`. One query for all images. */
export async function prepareArticle(
  { env, site }: Runtime,
  slug: string,
  id: string,
  { id: _id, restore: _restore, body, ...sent }: ArticleInput,
): Promise<Result<PreparedArticle>> {
  const input = withOwnPaths(sent, site.url);
  const cleaned = cleanBody(body.html, cleanOptionsFor(slug, input, site));
  if (!cleaned.ok) return cleaned;
  const { captions, alts, unlisted, warnings, ...clean } = cleaned.value;

  const added: ImageInput[] = unlisted.map(({ src, alt }) => ({ src, alt: text(alt), syndicate: true }));
  // The figures in the body are made again from the list, so captions and alternative texts in the body join
  // it.
  const listed = [...input.images, ...added].map((image): ImageInput => {
    const caption = image.caption ?? captions.get(image.src);
    const alt = image.alt || (alts.get(image.src) ?? "");
    return { ...image, alt, ...omitUndefined({ caption }) };
  });
  const media = await findMedia(
    env.DB,
    listed.map((image) => hashOf(image.src)).filter((hash) => hash !== undefined),
  );
  const problems: Problem[] = duplicatesOf(listed);
  const images = listed.map((image, index) => measured(image, `images[${index}].src`, media, problems));
  const joined = check(joinedSchema, { images });
  if (!joined.ok) problems.push(...joined.problems);
  const refused: Problem[] = problems.map((problem) => asSent(problem, input.images.length, listed));
  const article: StoredArticle = { ...input, id, slug, ...(joined.ok ? joined.value : { images }), ...clean };

  const resolved = resolveArticle(article, site);
  if (!resolved.ok) refused.push(...resolved.problems);
  if (refused.length > 0) return fail(...refused);
  const told = isEmptyArticle(article) ? [...warnings, EMPTY_ARTICLE] : warnings;
  return ok({ article, warnings: told.map(({ code, path, message }) => ({ code, path, message })) });
}

/**
 * An image that is stored here gets the type and size of its bytes, whatever was sent. Others stay as they
 * are.
 */
function measured(
  image: ImageInput,
  path: string,
  media: ReadonlyMap<string, MediaRecord>,
  problems: Problem[],
): ImageInput {
  const sha256 = hashOf(image.src);
  if (sha256 === undefined) {
    if (image.src.startsWith("/"))
      problems.push({ path, message: t("is no image of this Wireroom: PUT it to /api/media first") });
    return image;
  }
  const facts = media.get(sha256);
  if (!facts) {
    problems.push({
      path,
      message: t("is not stored here yet: PUT its bytes to {address} first", {
        address: `/api/media/${sha256}`,
      }),
    });
    return image;
  }
  if (facts.removedAt)
    problems.push({
      path,
      message: t("was removed on {time} and can't be used again", { time: facts.removedAt }),
    });
  const { type, width, height, length } = facts;
  const src = mediaPath(sha256, type);
  // The extension is part of the address: two spellings would be two addresses of one image.
  if (image.src !== src) problems.push({ path, message: t("is stored here as {src}", { src }) });
  return { ...image, type, width, height, length };
}

/** A problem with the path that was sent: images behind the first `sentCount` stand in the body alone. */
function asSent(problem: Problem, sentCount: number, images: readonly ImageInput[]): Problem {
  if (problem.path === "images" && images.length > sentCount)
    return {
      path: "body.html",
      message: t("shows too many pictures: with {field} it {problem}", {
        field: "`images`",
        problem: problem.message,
      }),
    };
  const [, index, field] = /^images\[(\d+)\]\.(\w+)/.exec(problem.path) ?? [];
  if (index === undefined || Number(index) < sentCount) return problem;
  const values = { src: images[Number(index)]?.src ?? "", field: field ?? "", problem: problem.message };
  return {
    path: "body.html",
    message:
      field === "src"
        ? t("shows {src}, which {problem}", values)
        : t("shows {src}, whose {field} {problem}", values),
  };
}

/**
 * Addresses of images that are stored here become paths, so that nothing stored depends on the site's
 * address.
 */
function withOwnPaths<T extends Pick<ArticleInput, "images" | "bylines">>(input: T, siteUrl: string): T {
  const path = (address: string) =>
    address.startsWith(`${siteUrl}/media/`) ? address.slice(siteUrl.length) : address;
  return {
    ...input,
    images: input.images.map((image) => ({ ...image, src: path(image.src) })),
    bylines: input.bylines.map((byline) =>
      typeof byline === "object" && "avatar" in byline && byline.avatar !== undefined
        ? { ...byline, avatar: path(byline.avatar) }
        : byline,
    ),
  };
}

function duplicatesOf(images: readonly ImageInput[]): Problem[] {
  return images.flatMap(({ src }, index) => {
    const first = images.findIndex((image) => image.src === src);
    return first === index
      ? []
      : [
          {
            path: `images[${index}].src`,
            message: t("is the same image as {other}", { other: `images[${first}]` }),
          },
        ];
  });
}
