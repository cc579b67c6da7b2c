// What the clean-up takes out of a body: the Worker's own clean-up is run here, so that both say the same.

import { isEmptyArticle } from "../../article/article.ts";
import { cleanBody, cleaningOf } from "../../html/clean.ts";
import { EMPTY_ARTICLE, type Loss } from "../../html/losses.ts";
import { pathInFile } from "../finding.ts";
import { addressIn } from "../images.ts";
import { lineOf } from "../references.ts";
import type { Material, Rule } from "./material.ts";

/** Everything that readers won't get of a body, with the lines of its file; nothing as long as `site.yaml` can't be read. */
export function lossesOf({ folder, file, body, images, site }: Omit<Material, "now">): readonly Loss[] {
  if (!site) return [];
  const html = body.html(addressIn(images.targets), "with lines");
  const listed = images.placed.map(({ image }) => image);
  // Of front matter that isn't sound the address isn't known.
  const url = "url" in file.fields && typeof file.fields.url === "string" ? file.fields.url : undefined;
  const cleaning = cleaningOf(folder.slug, { url, images: listed }, site);
  const cleaned = cleanBody(html, { ...cleaning, lineOf });
  if (!cleaned.ok) return [];
  const { body: kept, unlisted, losses: lost } = cleaned.value;
  const isEmpty = isEmptyArticle({ body: kept, images: [...listed, ...unlisted], dek: file.fields.dek });
  return isEmpty ? [...lost, EMPTY_ARTICLE] : lost;
}

/** The same as a rule. */
export const losses: Rule = (material) =>
  lossesOf(material).map((loss) => ({ ...loss, path: pathInFile(loss.path) }));
