// An imported article as the model's JSON, for programs: what its file would say, with the body as HTML.

import type { BylineFields } from "../../import/byline-fields.ts";
import type { ModelFields } from "../../import/to-model.ts";
import { escapeHtml, legal } from "../../lib/text.ts";
import { imageFields } from "./article-text.ts";
import type { Placed } from "./pictures.ts";

/** The model's fields, with `slug`, and with `draft` where something is missing. Bylines are written out, with their roles. */
export function modelJson(
  slug: string,
  { fields }: ModelFields,
  { images, body }: Placed,
  draft: boolean,
): Readonly<Record<string, unknown>> {
  return {
    slug,
    ...fields,
    ...("bylines" in fields ? {} : { bylines: [] satisfies BylineFields[] }),
    images: images.map(imageFields),
    body: {
      html:
        body.kind === "html"
          ? body.html
          : body.paragraphs.map((paragraph) => `<p>${escapeHtml(legal(paragraph))}</p>`).join("\n"),
    },
    ...(draft ? { draft } : {}),
  };
}
