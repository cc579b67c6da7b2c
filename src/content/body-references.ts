// What a body's relative addresses mean: a picture beside the file, or the article in a folder next to it.

import { posix } from "node:path";
import { articlePath } from "../article/resolve.ts";
import { percentDecoded } from "../lib/address.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";
import type { ArticleFolder } from "./folder.ts";
import { isLocalFile } from "./front-matter.ts";
import { type LocalImage, localImage, type Reading } from "./local-image.ts";
import type { Reference } from "./references.ts";

/** What stands in a reference's place, and the picture that it shows or opens. */
export interface Destination {
  readonly address: string;
  readonly image?: LocalImage;
}

/** Finds out what a reference of the article in `folder` leads to. `slugs` are all folders of articles. */
export function resolveReference(
  reference: Reference,
  folder: ArticleFolder,
  slugs: ReadonlySet<string>,
  reading: Reading,
): Result<Destination> {
  const wrong = (message: string) => fail({ ...place(reference), message });
  if (!isLocalFile(reference.address)) {
    return wrong(
      `holds ${JSON.stringify(reference.address.slice(0, 40))}, which nobody else can open: use a file beside the article`,
    );
  }
  const name = fileOf(reference);
  const suffix = reference.address.replace(/^[^?#]*/, "");
  if (name === undefined)
    return wrong(`holds ${JSON.stringify(reference.address)}, which is not a valid address`);

  const sibling = /^\.\.\/([^/]+)\/?(?:index\.(?:md|html))?$/.exec(posix.normalize(name));
  if (reference.kind === "link" && sibling?.[1]) {
    if (!slugs.has(sibling[1]))
      return wrong(
        `links to ${JSON.stringify(name)}, and there is no such article${didYouMean(sibling[1], slugs)}`,
      );
    return ok({ address: articlePath(sibling[1]) + suffix });
  }
  const image = localImage(folder.dir, name, reading);
  if (image.ok) return ok({ address: image.value.address, image: image.value });
  if (reference.kind === "link" && !/\.(jpe?g|png|gif|webp|avif)$/i.test(name)) {
    return wrong(
      `links to ${JSON.stringify(name)}, which is no article and no picture; a web address starts with https://`,
    );
  }
  return fail(...image.problems.map((problem) => ({ ...problem, ...place(reference) })));
}

const place = ({ line }: Reference): Omit<Problem, "message"> => ({ path: "body", line });

/** The name of the file or folder that a reference means; undefined for one that is no valid address. */
export const fileOf = ({ address }: Reference): string | undefined =>
  percentDecoded(address.replace(/[?#].*$/s, ""));
