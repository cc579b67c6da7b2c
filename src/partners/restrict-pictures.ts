// Which pictures of an article a partner gets. First those that it has no right to are taken out: of the article's
// list, its body, and every attribute that holds their address. The others go as they are, converted, or not at
// all. Nothing is enlarged or cropped, and only pictures that are stored here can be converted.

import type { Article } from "../article/article.ts";
import { attributesOf, imageMark, replaceImages, replaceTags, withoutAttributes } from "../article/body.ts";
import { type Image, mediaPath } from "../article/image.ts";
import type { Runtime } from "../env.ts";
import { mediaHash } from "../lib/address.ts";
import { either } from "../lib/listed.ts";
import { omitUndefined, present } from "../lib/omit-undefined.ts";
import type { Html } from "../lib/text.ts";
import { t } from "../lib/translate.ts";
import { type Made, type RenditionRequest, renditions } from "../pictures/renditions.ts";
import { findMedia } from "../pictures/sql.ts";
import type { Policy } from "./policy.ts";
import type { Finding, PictureRules } from "./profile.ts";

/** An article whose pictures all fit. */
export interface RestrictedPictures {
  readonly article: Article;
  /**
   * A refusal if the lead picture can't fit. For any other picture, an advice that says why it is left out.
   */
  readonly findings: readonly Finding[];
  /** Why pictures are left out for now. If there is a reason, the item is to be rendered again soon. */
  readonly transient: readonly string[];
}

/** Whether a picture fits, or would if it were converted. `why` is the message of a problem. */
export type PictureVerdict =
  | { readonly kind: "fits" }
  | { readonly kind: "convertible"; readonly why: string; readonly request: RenditionRequest }
  | { readonly kind: "unfit"; readonly why: string };

/**
 * Converts the pictures of an article, or leaves out those that can't fit, and those that were removed.
 * Pictures that the partner has no right to must be out already (`withPermittedPictures`). At most two
 * queries, and what `renditions` asks for each picture that is converted now.
 */
export async function restrictPictures(
  { env, site }: Pick<Runtime, "env" | "site">,
  whole: Article,
  rules: PictureRules,
): Promise<RestrictedPictures> {
  const hashOf = ({ src }: Image) => mediaHash(src, site.url) ?? "";
  const media = await findMedia(env.DB, whole.images.map(hashOf).filter(Boolean));
  const article = withoutPictures(
    whole,
    (image) => media.get(hashOf(image))?.removedAt !== undefined,
    site.url,
  );
  const judged = article.images.map((image) => ({ image, verdict: judgePicture(image, rules, site.url) }));
  const requests = judged.flatMap(({ verdict }) => (verdict.kind === "convertible" ? [verdict.request] : []));
  const results = await renditions(env, requests);

  const findings: Finding[] = [];
  const transient: string[] = [];
  /** By the `src` before; undefined for a picture that is left out. */
  const changed = new Map<string, Image | undefined>();
  for (const [index, { image, verdict }] of judged.entries()) {
    const result = verdict.kind === "convertible" ? results.get(verdict.request) : undefined;
    const next = result?.kind === "made" ? converted(image, result, site.url) : image;
    // Judged again, as rounding to whole pixels can push a ratio that just fits out of bounds.
    const last = next === image ? verdict : judgePicture(next, rules, site.url);
    changed.set(image.src, last.kind === "fits" ? next : undefined);
    if (last.kind === "fits") continue;
    const message = result?.kind === "unmade" ? `${last.why}; ${result.reason}` : last.why;
    findings.push({ path: `images[${index}]`, message, level: index === 0 ? "refusal" : "advice" });
    if (result?.kind === "unmade" && result.passes) transient.push(`${image.src} ${message}`);
  }
  if (rules.required && article.images.length === 0) {
    findings.push({
      path: "images",
      message: t("has no picture that fits, and the partner requires one"),
      level: "refusal",
    });
  }

  const body = withoutUnlistedImages(withImageMarks(article.body, changed), (image) => {
    const verdict = judgePicture(image, rules, site.url);
    if (verdict.kind === "fits") return true;
    findings.push({ path: "body.html", message: `${image.src} ${verdict.why}`, level: "advice" });
    return false;
  });
  const images = [...changed.values()].filter((image) => image !== undefined);
  return { article: { ...article, images, body }, findings, transient };
}

function converted(image: Image, { picture }: Extract<Made, { kind: "made" }>, siteUrl: string): Image {
  const { sha256, type, width, height, length } = picture;
  return { ...image, src: siteUrl + mediaPath(sha256, type), type, width, height, length };
}

/** The rules of a profile and a policy as one: the stricter of both. */
export function strictestRules(
  profile: PictureRules,
  { required, minWidth, types }: Policy["images"],
): PictureRules {
  const strictestWidth = Math.max(profile.minWidth ?? 0, minWidth ?? 0);
  const both = profile.types?.filter((type) => types?.includes(type) ?? true) ?? types;
  return {
    ...profile,
    required: required || (profile.required ?? false),
    ...(strictestWidth === 0 ? {} : { minWidth: strictestWidth }),
    ...omitUndefined({ types: both }),
  };
}

/** Judges one picture by the rules. */
export function judgePicture(image: Image, rules: PictureRules, siteUrl: string): PictureVerdict {
  const unfit = (...why: readonly string[]): PictureVerdict => ({ kind: "unfit", why: why.join("; ") });
  const missing = missingFacts(image, rules);
  if (missing.length > 0) {
    return unfit(
      t("must be uploaded, or come with its {facts}: the partner has rules for that", {
        facts: missing.join(", "),
      }),
    );
  }
  const lasting = lastingProblems(image, rules);
  if (lasting.length > 0) return unfit(...lasting);
  const fixable = fixableProblems(image, rules);
  if (fixable.length === 0) return { kind: "fits" };

  const { minWidth = 1, minHeight = 1, maxWidth, types, maxBytes } = rules;
  const { src, width, height, type: own } = image;
  const source = mediaHash(src, siteUrl);
  const type = types && own && !types.includes(own) ? types[0] : own;
  if (source === undefined || !width || !height || !type) {
    return unfit(...fixable, t("only a picture that is stored here can be converted"));
  }
  const narrowed = Math.min(width, maxWidth ?? width);
  const leastWidth = Math.max(minWidth, Math.ceil((minHeight * width) / height));
  if (narrowed < leastWidth) return unfit(...fixable, t("it would be too small after resizing"));
  const request = { source, width: narrowed, leastWidth, type, ...omitUndefined({ maxBytes }) };
  return { kind: "convertible", why: fixable.join("; "), request };
}

/** Names of facts that the rules ask for and the image lacks. */
function missingFacts(
  { width, height, type, length }: Image,
  { minWidth, maxWidth, minHeight, minRatio, maxRatio, types, maxBytes }: PictureRules,
): readonly string[] {
  const isRuled = (...rules: readonly unknown[]) => rules.some((rule) => rule !== undefined);
  return present(
    width === undefined && isRuled(minWidth, maxWidth, minRatio, maxRatio) && "width",
    height === undefined && isRuled(minHeight, minRatio, maxRatio) && "height",
    type === undefined && isRuled(types) && "type",
    length === undefined && isRuled(maxBytes) && "length",
  );
}

/**
 * What no conversion can change. A fact that is missing has no rule (`missingFacts`), so any value does for
 * it.
 */
function lastingProblems({ width = 1, height = 1 }: Image, rules: PictureRules): readonly string[] {
  const { minWidth = 0, minHeight = 0, minRatio = 0, maxRatio = Number.POSITIVE_INFINITY } = rules;
  const ratio = width / height;
  const shape = String(Number(ratio.toFixed(4)));
  return present(
    rules.types?.length === 0 && t("can't be of a type that profile and policy both allow"),
    width < minWidth && t("is {width} pixels wide; it must be at least {least}", { width, least: minWidth }),
    height < minHeight &&
      t("is {height} pixels high; it must be at least {least}", { height, least: minHeight }),
    ratio < minRatio &&
      t("is {ratio} times as wide as high; it must be at least {least}", {
        ratio: shape,
        least: String(minRatio),
      }),
    ratio > maxRatio &&
      t("is {ratio} times as wide as high; it must be at most {most}", {
        ratio: shape,
        most: String(maxRatio),
      }),
  );
}

function fixableProblems(
  { width = 0, type, length = 0 }: Image,
  { maxWidth, types, maxBytes }: PictureRules,
): readonly string[] {
  return present(
    maxWidth !== undefined &&
      width > maxWidth &&
      t("is {width} pixels wide; it must be at most {most}", { width, most: maxWidth }),
    types &&
      type &&
      !types.includes(type) &&
      t("is {type}; it must be {types}", { type, types: either(types) }),
    maxBytes !== undefined &&
      length > maxBytes &&
      t("has {length} bytes; it must have at most {most}", { length, most: maxBytes }),
  );
}

/**
 * The article without the pictures that its newsroom marked `syndicate: false`, or that the policy's
 * `images.rights` excludes.
 */
export function withPermittedPictures(
  article: Article,
  { rights }: Pick<Policy["images"], "rights">,
  siteUrl: string,
): Article {
  const credited = rights === "credited";
  const isKept = ({ syndicate, credit, copyright }: Image) =>
    syndicate && !(credited && credit === undefined && copyright === undefined);
  const rest = withoutPictures(article, (image) => !isKept(image), siteUrl);
  // Images that stand in the body alone, and posters of videos, can't have a credit.
  return credited ? { ...rest, body: withoutPosters(withoutUnlistedImages(rest.body, () => false)) } : rest;
}

/**
 * The article without the pictures that `isGone` names, and without any attribute that holds their address.
 */
function withoutPictures(article: Article, isGone: (image: Image) => boolean, siteUrl: string): Article {
  const gone = article.images.filter(isGone);
  if (gone.length === 0) return article;
  const isNamed = (address: string) => gone.some((image) => isAddressOf(image, address, siteUrl));
  const unmarked = withImageMarks(article.body, new Map(gone.map(({ src }) => [src, undefined])));
  const body = replaceTags(unmarked, (tag) => {
    const rest = withoutAttributes(tag, ({ value }) => isNamed(value));
    return tag.name === "img" && rest !== tag.html ? "" : rest;
  });
  return {
    ...article,
    images: article.images.filter(({ src }) => !isNamed(src)),
    bylines: article.bylines.map(({ avatar, ...byline }) =>
      avatar === undefined || isNamed(avatar) ? byline : { ...byline, avatar },
    ),
    body,
  };
}

/**
 * The body with some images' marks replaced by others', or removed where the map has undefined. Keys are
 * `src`.
 */
export const withImageMarks = (body: Html, changed: ReadonlyMap<string, Image | undefined>): Html =>
  replaceImages(body, (src) => {
    const image = changed.get(src);
    return image ? imageMark(image.src) : changed.has(src) ? "" : imageMark(src);
  });

/** The body without images that aren't in the article's list and that `isKept` rejects. */
export const withoutUnlistedImages = (body: Html, isKept: (image: Image) => boolean): Html =>
  replaceTags(body, (tag) => {
    if (tag.name !== "img") return tag.html;
    const found = new Map(attributesOf(tag).map(({ name, value }) => [name, value]));
    const [width, height] = ["width", "height"].map((name) => Number(found.get(name)) || undefined);
    const image: Image = {
      src: found.get("src") ?? "",
      alt: "",
      syndicate: true,
      ...omitUndefined({ width, height }),
    };
    return isKept(image) ? tag.html : "";
  });

const withoutPosters = (body: Html): Html =>
  replaceTags(body, (tag) =>
    tag.name === "video" ? withoutAttributes(tag, ({ name }) => name === "poster") : tag.html,
  );

/**
 * Whether an address leads to an image. For one that is stored here it does if it contains the hash, as
 * addresses of resizing services do. For any other it must be the same, apart from the fragment.
 */
function isAddressOf({ src }: Image, address: string, siteUrl: string): boolean {
  const hash = mediaHash(src, siteUrl);
  return hash === undefined ? withoutFragment(address) === withoutFragment(src) : address.includes(hash);
}

const withoutFragment = (address: string): string => address.replace(/#.*/s, "");
