// Lint rules on pictures, films and sounds: what can be published, but won't look good, or holds private
// metadata.

import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { isUndecidedDrawing, narrowRemark } from "../article/remarks.ts";
import { IMAGE_TYPES, type ImageType } from "../lib/image-file.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";
import type { Trace } from "../lib/strip/strip.ts";
import { type ArticleFolder, isMissing } from "./folder.ts";
import { isLocalFile } from "./front-matter.ts";
import type { UsedPicture } from "./images.ts";
import type { LintInput, Rule } from "./lint-rule.ts";

const MAX_SIDE_PIXELS = 4000;
const MAX_PICTURE_BYTES = 3_000_000;

const EXTENSIONS: Readonly<Record<ImageType, readonly string[]>> = {
  "image/jpeg": [".jpg", ".jpeg", ".jpe", ".jfif"],
  "image/png": [".png"],
  "image/gif": [".gif"],
  "image/webp": [".webp"],
  "image/avif": [".avif"],
};

/** Metadata that is worth a warning, in words. `other` isn't: every program writes some. */
const METADATA_WORDS: Readonly<Partial<Record<Trace, string>>> = {
  position: "where it was taken",
  device: "with which camera",
  serial: "a serial number or the camera's owner",
  preview: "a small copy of the picture, maybe from before it was cropped",
};

/**
 * Pictures that are too narrow or too large, have the wrong file extension, hold private metadata, or lack
 * alt text.
 */
export const pictures: Rule = (input) => [
  ...input.images.pictures.flatMap((picture) => [
    ...tooNarrow(picture),
    ...tooLarge(picture, input.folder),
    ...misnamed(picture),
    ...withMetadata(picture, input.site?.pictures.keepMetadata ?? false),
  ]),
  ...withoutAlt(input),
];

function tooNarrow({ file, facts, namedAt }: UsedPicture): readonly Problem[] {
  const message = narrowRemark(facts.width);
  return message === undefined
    ? []
    : [{ ...namedAt, message: `shows "${basename(file)}", which ${message}` }];
}

function tooLarge({ file, facts, namedAt }: UsedPicture, folder: ArticleFolder): readonly Problem[] {
  const isLong = facts.width > MAX_SIDE_PIXELS || facts.height > MAX_SIDE_PIXELS;
  if ((!isLong && facts.length <= MAX_PICTURE_BYTES) || hasImages(join(folder.dir, "../.."))) return [];
  const size = isLong
    ? `is ${facts.width} × ${facts.height} pixels`
    : `has ${(facts.length / 1_000_000).toFixed(1)} MB`;
  const most = `at most ${MAX_SIDE_PIXELS} pixels a side and ${MAX_PICTURE_BYTES / 1_000_000} MB`;
  return [
    {
      ...namedAt,
      message: `shows "${basename(file)}", which ${size}, and readers download all of it: save it with ${most}, or switch on Cloudflare Images in wrangler.toml`,
    },
  ];
}

/** True if the Worker is deployed with Cloudflare Images, which scales pictures down for readers. */
function hasImages(contentDir: string): boolean {
  try {
    return /^\s*\[images\]/m.test(readFileSync(join(contentDir, "../wrangler.toml"), "utf8"));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function misnamed({ file, facts, namedAt }: UsedPicture): readonly Problem[] {
  const extension = extname(file);
  if (EXTENSIONS[facts.type].includes(extension.toLowerCase())) return [];
  const proper = `${basename(file, extension)}.${IMAGE_TYPES[facts.type]}`;
  const type = facts.type.replace("image/", "").toUpperCase();
  return [{ ...namedAt, message: `shows "${basename(file)}", which is a ${type} file: name it "${proper}"` }];
}

function withMetadata({ file, metadata, namedAt }: UsedPicture, isKept: boolean): readonly Problem[] {
  const words = metadata.flatMap((trace) => METADATA_WORDS[trace] ?? []);
  if (words.length === 0) return [];
  const fate = isKept
    ? "readers get that too, because site.yaml has keepMetadata"
    : "that is removed from what is sent, and stays in this file";
  return [{ ...namedAt, message: `shows "${basename(file)}", whose file says ${words.join(", ")}: ${fate}` }];
}

/** Pictures that aren't among the article's images: from elsewhere on the web, or in index.html alone. */
function withoutAlt({ body, folder, images }: LintInput): readonly Problem[] {
  const local = new Map(body.references.map((reference) => [reference.address, reference]));
  const listed = new Set(images.placed.map(({ image }) => image.src));
  return body.elements.flatMap(({ element, line }) => {
    if (element.tagName !== "img" || String(element.properties.alt ?? "").trim() !== "") return [];
    const address = String(element.properties.src ?? "").trim();
    const reference = local.get(address);
    const src = (reference && images.destinations.get(reference)?.address) ?? address;
    const isReported = listed.has(src) || (reference !== undefined && folder.file.endsWith(".md"));
    return isReported || src === ""
      ? []
      : [{ path: "body", line, message: `shows "${address.slice(0, 80)}" without alt: say what it shows` }];
  });
}

/** A first picture that seems to be a chart or map, and that lists crop. */
export const charts: Rule = ({ images }) => {
  const [first] = images.placed;
  if (!first) return [];
  const { image, line } = first;
  const local = images.pictures.find(({ address }) => address === image.src);
  const type = image.type ?? local?.facts.type;
  const name = (local?.file ?? image.src).split(/[/\\]/).at(-1) ?? "";
  if (!isUndecidedDrawing({ ...image, ...omitUndefined({ type }) }, name)) return [];
  const message = `is missing for "${name.slice(0, 80)}", which seems to be a chart, map or screenshot: lists crop its edges. Under images in the front matter write crop: false, or crop: true if they may`;
  return [{ path: "images[0].crop", line: line(".src"), message }];
};

const MEDIA_ATTRIBUTES = ["src", "poster"] as const;
const MEDIA_ELEMENTS: ReadonlySet<string> = new Set(["audio", "video", "source"]);

/** Players whose file lies beside the article. Only pictures are sent, so readers couldn't open it. */
export const media: Rule = ({ body }) =>
  body.elements.flatMap(({ element: { tagName, properties }, line }) =>
    MEDIA_ATTRIBUTES.flatMap((name) => {
      const address = String(properties[name] ?? "").trim();
      if (!MEDIA_ELEMENTS.has(tagName) || address === "" || !isLocalFile(address)) return [];
      const message = `holds ${name}="${address.slice(0, 40)}" on <${tagName}>, but only pictures are sent: use a web address`;
      return [{ path: "body", line, message }];
    }),
  );
