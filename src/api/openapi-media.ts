// The calls for images in the OpenAPI document.

import * as z from "zod/mini";
import { text } from "../lib/answer-fields.ts";
import { imageRemovedSchema, librarySchema, mediaSchema, usesSchema } from "./answers.ts";
import { DESK, IMAGE_BODY, inPath, type Json, json, problem, query } from "./openapi-parts.ts";

const SHA256 = inPath("sha256", z.string().check(z.regex(/^[0-9a-f]{64}$/)));

/** The paths under /api/media. */
export function mediaPaths(): Json {
  const { security, problems } = DESK;
  return {
    "/api/media": {
      get: {
        summary: "List pictures that aren't removed, the newest first, 48 a page",
        security,
        parameters: [
          query(
            "search",
            text,
            "words that its caption, credit, copyright or alternative text must all have",
          ),
          query("cursor", text, "`next` of the page before"),
        ],
        responses: { 200: json("A page.", librarySchema), ...problems },
      },
    },
    "/api/media/{sha256}/uses": {
      parameters: [SHA256],
      get: {
        summary: "List the articles and stories that have an image",
        security,
        responses: {
          200: json("The newest 100 of each.", usesSchema),
          404: problem("Not found, or removed."),
          ...problems,
        },
      },
    },
    "/api/media/{sha256}": {
      parameters: [SHA256],
      put: {
        summary:
          "Store an image under the SHA-256 of its bytes as sent; position, device and serial numbers are removed",
        security,
        requestBody: IMAGE_BODY,
        responses: {
          200: json("The image was stored before.", mediaSchema),
          201: json("Stored.", mediaSchema),
          409: problem("It was removed for good."),
          413: problem("Over 20 MB."),
          415: problem("Not a JPEG, PNG, GIF, WebP or AVIF, or a broken one."),
          422: problem("The hash is not that of the bytes, or the picture has more than 100 megapixels."),
          ...problems,
        },
      },
      get: {
        summary: "Read the type and size of an image",
        security,
        responses: {
          200: json("Its type and size.", mediaSchema),
          404: problem("Not found."),
          ...problems,
        },
      },
      delete: {
        summary: "Remove an image for good, from every article and feed; its address answers 410",
        security,
        responses: {
          200: json("Removed.", imageRemovedSchema),
          404: problem("Not found."),
          ...problems,
        },
      },
    },
  };
}
