// Which pictures of an article a partner takes: as they are, converted, or not at all. Nothing is enlarged or cropped, and
// only pictures that are stored here can be converted.

import type { Article } from "../article/article.ts";
import { type Image, mediaPath } from "../article/image.ts";
import type { Runtime } from "../env.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { type Made, renditions, type Wanted } from "../pictures/renditions.ts";
import { findMedia } from "../pictures/sql.ts";
import { ownHash, remarked, withoutLooseImages, withoutPictures } from "./image-rights.ts";
import type { Policy } from "./policy.ts";
import type { Finding, PictureRules } from "./profile.ts";

/** An article whose pictures fit. */
export interface Fitted {
  readonly article: Article;
  /** A lead picture that can't fit is a refusal; of any other an advice says why it isn't there. */
  readonly findings: readonly Finding[];
  /** Why pictures are not there yet: something to log, and to make the story again for. */
  readonly passing: readonly string[];
}

/**
 * Makes the pictures of an article fit. Those that the partner may not have are out already (`syndicatedPictures`);
 * killed ones go here. At most two queries, and what `renditions` asks for each picture that is made now.
 */
export async function fitPictures(
  { env, site }: Pick<Runtime, "env" | "site">,
  whole: Article,
  rules: PictureRules,
): Promise<Fitted> {
  const hashOf = ({ src }: Image) => ownHash(src, site.url) ?? "";
  const media = await findMedia(env.DB, whole.images.map(hashOf).filter(Boolean));
  const article = withoutPictures(
    whole,
    (image) => media.get(hashOf(image))?.killedAt !== undefined,
    site.url,
  );
  const judged = article.images.map((image) => ({ image, verdict: judgePicture(image, rules, site.url) }));
  const wanted = judged.flatMap(({ verdict }) => (verdict.kind === "wanted" ? [verdict.wanted] : []));
  const made = await renditions(env, wanted);

  const findings: Finding[] = [];
  const passing: string[] = [];
  const changed = new Map<string, Image | undefined>();
  for (const [index, { image, verdict }] of judged.entries()) {
    const done = verdict.kind === "wanted" ? made.get(verdict.wanted) : undefined;
    const next = done?.kind === "made" ? madeOver(image, done, site.url) : image;
    // Looked at once more: whole pixels can push a shape that just fits over the edge.
    const last = next === image ? verdict : judgePicture(next, rules, site.url);
    changed.set(image.src, last.kind === "fits" ? next : undefined);
    if (last.kind === "fits") continue;
    const message = done?.kind === "unmade" ? `${last.why}; ${done.reason}` : last.why;
    findings.push({ path: `images[${index}]`, message, level: index === 0 ? "refusal" : "advice" });
    if (done?.kind === "unmade" && done.passes) passing.push(`${image.src} ${message}`);
  }
  if (rules.required && article.images.length === 0) {
    findings.push({ path: "images", message: "has none that fits, and one is required", level: "refusal" });
  }

  const body = withoutLooseImages(remarked(article.body, changed), (image) => {
    const verdict = judgePicture(image, rules, site.url);
    if (verdict.kind === "fits") return true;
    findings.push({ path: "body.html", message: `${image.src} ${verdict.why}`, level: "advice" });
    return false;
  });
  const images = [...changed.values()].filter((image) => image !== undefined);
  return { article: { ...article, images, body }, findings, passing };
}

function madeOver(image: Image, { picture }: Extract<Made, { kind: "made" }>, siteUrl: string): Image {
  const { sha256, type, width, height, length } = picture;
  return { ...image, src: siteUrl + mediaPath(sha256, type), type, width, height, length };
}

/** Whether a picture fits, and if not, whether one made out of it would. `why` is the message of a problem. */
export type Verdict =
  | { readonly kind: "fits" }
  | { readonly kind: "wanted"; readonly why: string; readonly wanted: Wanted }
  | { readonly kind: "unfit"; readonly why: string };

/** A profile's rules and a policy's as one: the stricter of both. */
export function strictestPictures(
  profile: PictureRules,
  { required, minWidth, types }: Policy["images"],
): PictureRules {
  const widest = Math.max(profile.minWidth ?? 0, minWidth ?? 0);
  const both = profile.types?.filter((type) => types?.includes(type) ?? true) ?? types;
  return {
    ...profile,
    required: required || (profile.required ?? false),
    ...(widest === 0 ? {} : { minWidth: widest }),
    ...omitUndefined({ types: both }),
  };
}

/** Says whether a picture fits. */
export function judgePicture(image: Image, rules: PictureRules, siteUrl: string): Verdict {
  const unfit = (...why: readonly string[]): Verdict => ({ kind: "unfit", why: why.join("; ") });
  const unknown = unknownFacts(image, rules);
  if (unknown.length > 0) {
    return unfit(`must be held here or come with its ${unknown.join(", ")}, which the partner has rules for`);
  }
  const lasting = flawsThatStay(image, rules);
  if (lasting.length > 0) return unfit(...lasting);
  const flaws = flawsThatGo(image, rules);
  if (flaws.length === 0) return { kind: "fits" };

  const { minWidth = 1, minHeight = 1, maxWidth, types, maxBytes } = rules;
  const { src, width, height, type: own } = image;
  const source = ownHash(src, siteUrl);
  const type = types && own && !types.includes(own) ? types[0] : own;
  if (source === undefined || !width || !height || !type) {
    return unfit(...flaws, "only a picture that is held here can be made over");
  }
  const narrowed = Math.min(width, maxWidth ?? width);
  const leastWidth = Math.max(minWidth, Math.ceil((minHeight * width) / height));
  if (narrowed < leastWidth) return unfit(...flaws, "it is too small once it is made narrower");
  const wanted = {
    source,
    width: narrowed,
    leastWidth,
    type,
    ...omitUndefined({ maxBytes }),
  };
  return { kind: "wanted", why: flaws.join("; "), wanted };
}

function unknownFacts(
  { width, height, type, length }: Image,
  { minWidth, maxWidth, minHeight, minRatio, maxRatio, types, maxBytes }: PictureRules,
): readonly string[] {
  const isRuled = (...rules: readonly unknown[]) => rules.some((rule) => rule !== undefined);
  return [
    ...(width === undefined && isRuled(minWidth, maxWidth, minRatio, maxRatio) ? ["width"] : []),
    ...(height === undefined && isRuled(minHeight, minRatio, maxRatio) ? ["height"] : []),
    ...(type === undefined && isRuled(types) ? ["type"] : []),
    ...(length === undefined && isRuled(maxBytes) ? ["length"] : []),
  ];
}

// Of what is missing here no rule speaks.
function flawsThatStay({ width = 1, height = 1 }: Image, rules: PictureRules): readonly string[] {
  const { minWidth = 0, minHeight = 0, minRatio = 0, maxRatio = Number.POSITIVE_INFINITY } = rules;
  const ratio = width / height;
  const shape = `is ${Number(ratio.toFixed(4))} times as wide as high`;
  return [
    ...(rules.types?.length === 0 ? ["can be of no type that partner and policy both take"] : []),
    ...(width < minWidth ? [`is ${width} pixels wide; it must be at least ${minWidth}`] : []),
    ...(height < minHeight ? [`is ${height} pixels high; it must be at least ${minHeight}`] : []),
    ...(ratio < minRatio ? [`${shape}; it must be at least ${minRatio}`] : []),
    ...(ratio > maxRatio ? [`${shape}; it must be at most ${maxRatio}`] : []),
  ];
}

function flawsThatGo({ width, type, length }: Image, rules: PictureRules): readonly string[] {
  const { maxWidth, types, maxBytes } = rules;
  const isOver = (value?: number, most?: number) => most !== undefined && value !== undefined && value > most;
  return [
    ...(isOver(width, maxWidth) ? [`is ${width} pixels wide; it must be at most ${maxWidth}`] : []),
    ...(types && type && !types.includes(type) ? [`is ${type}; it must be ${types.join(" or ")}`] : []),
    ...(isOver(length, maxBytes) ? [`has ${length} bytes; it must have at most ${maxBytes}`] : []),
  ];
}
