// Remarks on an article that could be published as it is, such as a headline that lists will cut off.
// `wireroom check` makes them, and `npm start` on an article that was just saved; `publish` makes none.
// Rules on text and fields come first, then those on pictures, films and sounds.

import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, relative, resolve } from "node:path";
import { isEmptyArticle } from "../article/body.ts";
import {
  isUndecidedDrawing,
  narrowRemark,
  priorityRemarks,
  redirectedTo,
  wordingRemarks,
} from "../article/remarks.ts";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import { cleanBody, cleanOptionsFor } from "../html/clean.ts";
import { type BodyWarning, EMPTY_ARTICLE } from "../html/warnings.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { IMAGE_TYPES, type ImageType } from "../lib/image-file.ts";
import { keysFor, oldAddressOf } from "../lib/old-address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";
import type { Trace } from "../lib/strip/strip.ts";
import type { Instant } from "../lib/time.ts";
import { pathInFile } from "./finding.ts";
import { type ArticleFolder, isMissing } from "./folder.ts";
import { type ArticleText, isLocalFile, type ValidFields, YAML_LINE } from "./front-matter.ts";
import { type ArticleImages, addressIn, fileOf, type UsedPicture } from "./images.ts";
import type { Redirects } from "./redirects.ts";
import { type Body, lineOf } from "./references.ts";

/** An article as it was read. The elements of its body still hold the addresses of the file. */
export interface LintInput {
  readonly folder: ArticleFolder;
  readonly file: ArticleText & { readonly fields: ValidFields; readonly problems?: readonly Problem[] };
  readonly body: Body;
  readonly images: ArticleImages;
  /** Names of all folders of articles. */
  readonly slugs: ReadonlySet<string>;
  readonly site?: Site | undefined;
  /** The lines of redirects.txt. */
  readonly redirects?: Redirects | undefined;
  readonly now: Instant;
}

/** One concern of a sub-editor. Its problems are warnings: the article can be published all the same. */
type Rule = (input: LintInput) => readonly Problem<string>[];

/** Everything that all rules find. */
export const lint = (input: LintInput): readonly Problem<string>[] => {
  const rules: readonly Rule[] = [
    openNeeds,
    wording,
    sponsoredPriority,
    scheduled,
    pictures,
    charts,
    media,
    losses,
    redirected,
    articlePaths,
    oldLinks,
    unusedFiles,
  ];
  return rules.flatMap((rule) => rule(input));
};

/** Fields that an import left open: comments like `# needs: published (--published)` in front matter. */
const openNeeds: Rule = ({ file }): readonly Problem[] => {
  const lines = file.yaml.split(/\r?\n/);
  const filled = new Set(lines.flatMap((line) => /^([^\s:#]+):[ \t]*\S/.exec(line)?.[1] ?? []));
  return lines.flatMap((text, index) => {
    const [, path, more = ""] = /^[ \t]*#[ \t]*needs:[ \t]*([^\s,:;]+)[,:;]?(.*)/.exec(text) ?? [];
    if (path === undefined) return [];
    const what = more
      .trim()
      .replace(/^(?=[^(])/, ": ")
      .replace(/^(?=\()/, " ");
    // An invalid value has an error of its own.
    const isWrong = file.problems?.some((problem) => problem.path.split(/[.[]/)[0] === path);
    if (filled.has(path) && isWrong) return [];
    const message = filled.has(path)
      ? "is there: take this comment out"
      : `is still needed${what}; fill it in, and take this comment out`;
    return [{ path, line: YAML_LINE + index, message }];
  });
};

const wording: Rule = ({ file: { fields } }) => wordingRemarks(fields);

const sponsoredPriority: Rule = ({ file: { fields } }) => priorityRemarks(fields);

/** An article whose publication is scheduled, in case the date is a typing error. */
const scheduled: Rule = ({ file: { fields }, now }) =>
  fields.published !== undefined && fields.published > now
    ? [
        {
          path: "published",
          message: "is in the future: the article is scheduled, and readers don't see it before",
        },
      ]
    : [];

/**
 * Everything that the Worker's clean-up takes out of a body, with the lines of its file. It runs the same
 * clean-up, so that both say the same. Empty if `site.yaml` can't be read.
 */
export function lossesOf({
  folder,
  file,
  body,
  images,
  site,
}: Omit<LintInput, "now">): readonly BodyWarning[] {
  if (!site) return [];
  const html = body.html(addressIn(images.destinations), "with lines");
  const listed = images.placed.map(({ image }) => image);
  // Front matter with errors may have no usable `url`.
  const url = "url" in file.fields && typeof file.fields.url === "string" ? file.fields.url : undefined;
  const cleaning = cleanOptionsFor(folder.slug, { url, images: listed }, site);
  const cleaned = cleanBody(html, { ...cleaning, lineOf });
  if (!cleaned.ok) return [];
  const { body: kept, unlisted, warnings: lost } = cleaned.value;
  const isEmpty = isEmptyArticle({ body: kept, images: [...listed, ...unlisted], dek: file.fields.dek });
  return isEmpty ? [...lost, EMPTY_ARTICLE] : lost;
}

/** What the clean-up takes out of the body. */
const losses: Rule = (input) => lossesOf(input).map((loss) => ({ ...loss, path: pathInFile(loss.path) }));

/** An article whose page readers can't reach, because `redirects` in site.yaml come first. */
const redirected: Rule = ({ folder, site }) => {
  const target = site && redirectedTo(folder.slug, site);
  return target === undefined
    ? []
    : [
        {
          path: "",
          line: 1,
          message: `has a page that readers can't reach: redirects in site.yaml sends ${articlePath(folder.slug)} to ${target}; take that line out, or rename the folder`,
        },
      ];
};

/** The address of an article in HTML or Markdown, with the character before it. */
const LINK = /(?:["'(<\s]|^)(https?:\/\/[^/\s"'()<>]+)?\/articles\/([a-z0-9-]+)\/?(?=$|["')>\s#?])/gm;

/**
 * A misspelled link to one of the site's own articles. A link that resembles no folder is left alone: the
 * article may have come from a CMS through the API.
 */
const articlePaths: Rule = ({ file, slugs, site }) =>
  [...file.body.matchAll(LINK)].flatMap((match) => {
    const [, origin, slug = ""] = match;
    const path = articlePath(slug);
    const elsewhere = origin !== undefined && origin !== site?.url;
    if (elsewhere || slugs.has(slug) || (site && Object.hasOwn(site.redirects, path))) return [];
    const near = didYouMean(slug, slugs);
    if (near === "") return [];
    const line = file.bodyLine + file.body.slice(0, match.index).split("\n").length - 1;
    return [{ path: "body", line, message: `links to ${path}, but there is no such article here${near}` }];
  });

/** Files beside an article that it neither shows nor links to. */
const unusedFiles: Rule = ({ folder, file, body }): readonly Problem[] => {
  const names = [
    ...file.fields.images.flatMap((image) => (image && isLocalFile(image.src) ? [image.src] : [])),
    ...body.references.flatMap((reference) => fileOf(reference) ?? []),
  ];
  // `ü` is one character as most people type it, and two as macOS stores it.
  const used = new Set([folder.file, ...names.map((name) => resolve(folder.dir, name))].map(composed));
  return filesIn(folder.dir)
    .filter((path) => !used.has(composed(path)))
    .sort()
    .map((path) => {
      const name = JSON.stringify(relative(folder.dir, path));
      return {
        path: "",
        line: 1,
        message: `has ${name} beside it, which nothing names: use it, or take it out`,
      };
    });
};

const composed = (path: string): string => path.normalize("NFC");

function filesIn(dir: string): readonly string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? filesIn(join(dir, entry.name)) : [join(dir, entry.name)];
  });
}

/** Links to old addresses of this site: readers and search engines take a way round. */
const oldLinks: Rule = ({ body, site, redirects }): readonly Problem<string>[] =>
  body.elements.flatMap(({ element, line }) => {
    const { href } = element.properties;
    if (element.tagName !== "a" || typeof href !== "string") return [];
    const path = site && href.startsWith(`${site.url}/`) ? href.slice(site.url.length) : href;
    if (!path.startsWith("/")) return [];
    const to = targetOf(path.replace(/#.*$/s, ""), site, redirects);
    if (to === undefined) return [];
    return [{ path: "body", line, message: `links to ${href}, which redirects: link to ${to}` }];
  });

function targetOf(
  path: string,
  site: LintInput["site"],
  redirects: LintInput["redirects"],
): string | undefined {
  if (site && Object.hasOwn(site.redirects, path)) return site.redirects[path];
  const key = keysFor(oldAddressOf(path)).find((one) => redirects?.has(one));
  return key === undefined ? undefined : redirects?.get(key)?.to;
}

// Pictures, films and sounds: what can be published, but won't look good, or holds private metadata.

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
const pictures: Rule = (input) => [
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
const charts: Rule = ({ images }) => {
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
const media: Rule = ({ body }) =>
  body.elements.flatMap(({ element: { tagName, properties }, line }) =>
    MEDIA_ATTRIBUTES.flatMap((name) => {
      const address = String(properties[name] ?? "").trim();
      if (!MEDIA_ELEMENTS.has(tagName) || address === "" || !isLocalFile(address)) return [];
      const message = `holds ${name}="${address.slice(0, 40)}" on <${tagName}>, but only pictures are sent: use a web address`;
      return [{ path: "body", line, message }];
    }),
  );
