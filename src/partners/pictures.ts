// Which pictures a partner takes: as they are, made over, or not at all. Nothing is enlarged or cropped, so what is too
// small or of another shape stays so; and only what this Wireroom holds can be made over.

import type { Image } from "../article/image.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Wanted } from "../pictures/renditions.ts";
import type { Policy } from "./policy.ts";
import type { PictureRules } from "./profile.ts";

/** Whether a picture fits, and if not, whether one made out of it would. `why` is the message of a problem. */
export type Verdict =
  | { readonly kind: "fits" }
  | { readonly kind: "wanted"; readonly why: string; readonly wanted: Wanted }
  | { readonly kind: "unfit"; readonly why: string };

/** SHA-256 of an image, from its absolute `src`; undefined for an image elsewhere. */
export const ownHash = (src: string, siteUrl: string): string | undefined =>
  src.startsWith(`${siteUrl}/`) ? MEDIA_PATH.exec(src.slice(siteUrl.length))?.[1] : undefined;

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
