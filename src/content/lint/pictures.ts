// Pictures that can be served, but not well.

import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { IMAGE_TYPES, type ImageType } from "../../lib/image-type.ts";
import type { Problem } from "../../lib/problem.ts";
import type { Trace } from "../../lib/strip/strip.ts";
import { plural } from "../../lib/text.ts";
import { type ArticleFolder, isMissing } from "../folder.ts";
import type { UsedPicture } from "../images.ts";
import type { Material, Rule } from "./material.ts";

// What Google News, Apple and most partners ask of a picture.
const WIDTH_PIXELS = 1200;

const LARGEST_PIXELS = 4000;
const LARGEST_BYTES = 3_000_000;

const ENDINGS: Readonly<Record<ImageType, readonly string[]>> = {
  "image/jpeg": [".jpg", ".jpeg", ".jpe", ".jfif"],
  "image/png": [".png"],
  "image/gif": [".gif"],
  "image/webp": [".webp"],
  "image/avif": [".avif"],
};

// `other` isn't said: every program leaves some of it.
const TOLD: Readonly<Partial<Record<Trace, string>>> = {
  position: "where it was taken",
  device: "with which camera",
  serial: "a serial number or the camera's owner",
  preview: "a small copy of the picture, maybe from before it was cut",
};

/** Pictures that tell more than they show, are narrow, are called what they aren't, or stand in the text without a word of what they show. */
export const pictures: Rule = (material) => [
  ...material.images.pictures.flatMap((picture) => [
    ...narrow(picture),
    ...large(picture, material.folder),
    ...misnamed(picture),
    ...telling(picture, material.site?.pictures.keepMetadata ?? false),
  ]),
  ...withoutWords(material),
];

const narrow = ({ file, facts, place }: UsedPicture): readonly Problem[] =>
  facts.width < WIDTH_PIXELS
    ? [
        {
          ...place,
          message: `shows "${basename(file)}", which is ${plural(facts.width, "pixel")} wide: use one of at least ${WIDTH_PIXELS}`,
        },
      ]
    : [];

function telling({ file, tells, place }: UsedPicture, isKept: boolean): readonly Problem[] {
  const told = tells.flatMap((trace) => TOLD[trace] ?? []);
  if (told.length === 0) return [];
  const then = isKept
    ? "readers get it too, for site.yaml says keepMetadata"
    : "that is taken out before it is sent, and stays in this file";
  return [{ ...place, message: `shows "${basename(file)}", whose file tells ${told.join(", ")}: ${then}` }];
}

/** True where the Worker is deployed with Cloudflare Images, which makes pictures narrower for readers. */
function hasImages(contentDir: string): boolean {
  try {
    return /^\s*\[images\]/m.test(readFileSync(join(contentDir, "../wrangler.toml"), "utf8"));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const large = ({ file, facts, place }: UsedPicture, folder: ArticleFolder): readonly Problem[] => {
  const isWide = facts.width > LARGEST_PIXELS || facts.height > LARGEST_PIXELS;
  if ((!isWide && facts.length <= LARGEST_BYTES) || hasImages(join(folder.dir, "../.."))) return [];
  const what = isWide
    ? `is ${facts.width} × ${facts.height} pixels`
    : `has ${(facts.length / 1_000_000).toFixed(1)} MB`;
  const most = `at most ${LARGEST_PIXELS} pixels a side and ${LARGEST_BYTES / 1_000_000} MB`;
  return [
    {
      ...place,
      message: `shows "${basename(file)}", which ${what}, and readers get it like that: save it with ${most}, or switch on Cloudflare Images in wrangler.toml`,
    },
  ];
};

function misnamed({ file, facts, place }: UsedPicture): readonly Problem[] {
  const ending = extname(file);
  if (ENDINGS[facts.type].includes(ending.toLowerCase())) return [];
  const proper = `${basename(file, ending)}.${IMAGE_TYPES[facts.type]}`;
  const type = facts.type.replace("image/", "").toUpperCase();
  return [
    { ...place, message: `shows "${basename(file)}", whose bytes are ${type}: call the file "${proper}"` },
  ];
}

/** Pictures that are none of the article's images: from elsewhere on the web, or in index.html alone. */
function withoutWords({ body, folder, images }: Material): readonly Problem[] {
  const local = new Map(body.references.map((reference) => [reference.address, reference]));
  const listed = new Set(images.placed.map(({ image }) => image.src));
  return body.elements.flatMap(({ element, line }) => {
    if (element.tagName !== "img" || String(element.properties.alt ?? "").trim() !== "") return [];
    const address = String(element.properties.src ?? "").trim();
    const reference = local.get(address);
    const src = (reference && images.targets.get(reference)?.address) ?? address;
    const said = listed.has(src) || (reference !== undefined && folder.file.endsWith(".md"));
    return said || src === ""
      ? []
      : [{ path: "body", line, message: `shows "${address.slice(0, 80)}" without alt: say what it shows` }];
  });
}
