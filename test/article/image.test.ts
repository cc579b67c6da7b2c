// Which pictures lists may cut to a shape.

import { expect, it } from "vitest";
import { isCropped } from "../../src/article/image.ts";
import type { ImageType } from "../../src/lib/image-file.ts";

it.each<[ImageType | undefined, boolean]>([
  ["image/jpeg", true],
  ["image/webp", true],
  ["image/avif", true],
  [undefined, true],
  ["image/png", false],
  ["image/gif", false],
])("a picture of type %s is cut: %s, unless crop says otherwise", (type, expected) => {
  const image = type === undefined ? {} : { type };
  expect(isCropped(image)).toBe(expected);
  for (const crop of [true, false]) expect(isCropped({ ...image, crop })).toBe(crop);
});
