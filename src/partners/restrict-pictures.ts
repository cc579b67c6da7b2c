// A story's pictures as its partner takes them: what doesn't fit is made over where that is possible, and else taken out.

import type { Article } from "../article/article.ts";
import { type Image, mediaPath } from "../article/image.ts";
import type { Runtime } from "../env.ts";
import { type Made, renditions } from "../pictures/renditions.ts";
import { findMedia } from "../pictures/sql.ts";
import { remarked, withoutLooseImages, withoutPictures } from "./image-rights.ts";
import { judgePicture, ownHash } from "./pictures.ts";
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
