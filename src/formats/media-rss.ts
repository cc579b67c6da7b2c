// Images in RSS and Atom by Media RSS 1.5.1, each with its own title, description and credit. There is no
// `media:group`: a group needs two members, and some readers skip groups.

import type { Image } from "../article/image.ts";
import { element, escapeXml } from "./xml.ts";

/** The roles of the EBU's list (`urn:ebu`) that credits of pictures use, in lower case. */
const EBU_ROLES = new Set([
  "author",
  "editor",
  "graphic designer",
  "illustrator",
  "photographer",
  "producer",
]);

/**
 * `media:content` for each image, with the XML that `more` adds, and `media:thumbnail` for the lead. Empty
 * without images.
 */
export function mediaElements(images: readonly Image[], more: (image: Image) => string = () => ""): string {
  const lead = images[0];
  if (!lead) return "";
  return [...images.map((image) => mediaContent(image, more(image))), thumbnail(lead)].join("\n");
}

/** `media:thumbnail` for an image. */
export const thumbnail = ({ src, width, height }: Image): string =>
  element("media:thumbnail", { url: src, width, height });

/** The title of an enclosure or attachment: the caption, else the alternative text. */
export const imageTitle = (image: Image): string | undefined => image.caption ?? (image.alt || undefined);

/** True where type and length are known, which `enclosure` requires. */
export const isMeasured = (image: Image): image is Image & Required<Pick<Image, "type" | "length">> =>
  image.type !== undefined && image.length !== undefined;

function mediaContent(image: Image, more: string): string {
  const { src, type, length, width, height, alt, caption, credit, copyright } = image;
  const role = credit?.role?.toLowerCase();
  const known = role !== undefined && EBU_ROLES.has(role);
  const children = [
    alt === "" ? "" : element("media:title", { type: "plain" }, escapeXml(alt)),
    caption === undefined ? "" : element("media:description", { type: "plain" }, escapeXml(caption)),
    credit === undefined
      ? ""
      : element("media:credit", known ? { role, scheme: "urn:ebu" } : {}, escapeXml(credit.name)),
    copyright === undefined ? "" : element("media:copyright", {}, escapeXml(copyright)),
    more,
  ];
  return element(
    "media:content",
    { url: src, medium: "image", type, fileSize: length, width, height },
    children.join(""),
  );
}
