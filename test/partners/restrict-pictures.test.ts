// Which pictures fit: every bound just inside and just outside, and the stricter of two sets of rules.

import { describe, expect, it } from "vitest";
import type { Image } from "../../src/article/image.ts";
import { mediaHash } from "../../src/lib/address.ts";
import type { PictureRules } from "../../src/partners/profile.ts";
import { judgePicture, strictestRules } from "../../src/partners/restrict-pictures.ts";

const SITE_URL = "https://wire.test";
const HASH = "a1".repeat(32);
const OWN = `${SITE_URL}/media/${HASH}.jpg`;

const held = (changes: Partial<Image> = {}): Image => ({
  ...{ src: OWN, alt: "", syndicate: true },
  ...{ type: "image/jpeg", width: 2000, height: 1000, length: 500_000 },
  ...changes,
});
const elsewhere = (changes: Partial<Image> = {}): Image => ({
  ...{ src: "https://cdn.example/a.jpg", alt: "", syndicate: true },
  ...changes,
});
const judge = (image: Image, rules: PictureRules) => judgePicture(image, rules, SITE_URL);
const request = (changes: object) => ({
  source: HASH,
  width: 2000,
  leastWidth: 2,
  type: "image/jpeg",
  ...changes,
});

describe("a picture fits as it is", () => {
  it.each<[string, Image, PictureRules]>([
    ["without rules", held(), {}],
    ["elsewhere, unknown, without rules", elsewhere(), {}],
    ["elsewhere, unknown, where one is required", elsewhere(), { required: true }],
    ["as wide as it must be", held({ width: 720 }), { minWidth: 720 }],
    ["as wide as it may be", held({ width: 1280 }), { maxWidth: 1280 }],
    ["as high as it must be", held({ height: 720 }), { minHeight: 720 }],
    ["as flat as it may be", held({ width: 1890, height: 1000 }), { maxRatio: 1.89 }],
    ["as high for its width as it may be", held({ width: 500, height: 1000 }), { minRatio: 0.5 }],
    ["of a type that is taken", held(), { types: ["image/png", "image/jpeg"] }],
    ["of as many bytes as it may have", held({ length: 14_000_000 }), { maxBytes: 14_000_000 }],
    ["elsewhere, with the facts that are asked for", elsewhere({ width: 720 }), { minWidth: 720 }],
  ])("%s", (_, image, rules) => {
    expect(judge(image, rules)).toEqual({ kind: "fits" });
  });
});

describe("a picture fits once it is made over", () => {
  it.each<[string, Image, PictureRules, object, string]>([
    [
      "a pixel too wide",
      held({ width: 1281 }),
      { maxWidth: 1280 },
      { width: 1280 },
      "is 1,281 pixels wide; it must be at most 1,280",
    ],
    [
      "of another type: it becomes the first that is taken, no narrower",
      held({ type: "image/avif" }),
      { types: ["image/png", "image/jpeg"] },
      { type: "image/png" },
      "is image/avif; it must be image/png or image/jpeg",
    ],
    [
      "a byte too large: it keeps its type, and may shrink to what it must be wide",
      held({ type: "image/png", length: 5_000_001 }),
      { maxBytes: 5_000_000, minWidth: 1280, types: ["image/jpeg", "image/png"] },
      { type: "image/png", maxBytes: 5_000_000, leastWidth: 1280 },
      "has 5,000,001 bytes; it must have at most 5,000,000",
    ],
    [
      "too large: it may shrink to the width at which it is as high as it must be",
      held({ length: 5_000_001 }),
      { maxBytes: 5_000_000, minHeight: 333 },
      { maxBytes: 5_000_000, leastWidth: 666 },
      "has 5,000,001 bytes; it must have at most 5,000,000",
    ],
    [
      "too wide, and as high as it must be once it is narrower",
      held(),
      { maxWidth: 1000, minHeight: 500 },
      { width: 1000, leastWidth: 1000 },
      "is 2,000 pixels wide; it must be at most 1,000",
    ],
    [
      "all of it at once",
      held({ type: "image/webp", length: 200 }),
      { maxWidth: 1000, types: ["image/jpeg"], maxBytes: 100 },
      { width: 1000, maxBytes: 100 },
      "is 2,000 pixels wide; it must be at most 1,000; is image/webp; it must be image/jpeg; has 200 bytes; it must have at most 100",
    ],
  ])("%s", (_, image, rules, expected, why) => {
    expect(judge(image, rules)).toEqual({ kind: "convertible", why, request: request(expected) });
  });
});

describe("a picture can't fit", () => {
  it.each<[string, Image, PictureRules, string]>([
    [
      "a pixel too narrow",
      held({ width: 719 }),
      { minWidth: 720 },
      "is 719 pixels wide; it must be at least 720",
    ],
    [
      "a pixel too low",
      held({ height: 719 }),
      { minHeight: 720 },
      "is 719 pixels high; it must be at least 720",
    ],
    [
      "too flat by a hair",
      held({ width: 1891, height: 1000 }),
      { maxRatio: 1.89 },
      "is 1.891 times as wide as high; it must be at most 1.89",
    ],
    [
      "too high for its width by a hair",
      held({ width: 499, height: 1000 }),
      { minRatio: 0.5 },
      "is 0.499 times as wide as high; it must be at least 0.5",
    ],
    [
      "too low, and too wide besides",
      held({ width: 4000, height: 100 }),
      { maxWidth: 2000, minHeight: 200 },
      "is 100 pixels high; it must be at least 200",
    ],
    [
      "a pixel too low once it is narrow enough",
      held(),
      { maxWidth: 1000, minHeight: 501 },
      "is 2,000 pixels wide; it must be at most 1,000; it would be too small after resizing",
    ],
    [
      "where nothing is both wide and narrow enough",
      held(),
      { maxWidth: 1000, minWidth: 1001 },
      "is 2,000 pixels wide; it must be at most 1,000; it would be too small after resizing",
    ],
    [
      "elsewhere and too wide",
      elsewhere({ width: 1281 }),
      { maxWidth: 1280 },
      "is 1,281 pixels wide; it must be at most 1,280; only a picture that is stored here can be converted",
    ],
    [
      "elsewhere, under an address that looks like ours",
      elsewhere({ src: `${SITE_URL}.example/media/${HASH}.jpg`, width: 1281, height: 5 }),
      { maxWidth: 1280 },
      "is 1,281 pixels wide; it must be at most 1,280; only a picture that is stored here can be converted",
    ],
    [
      "elsewhere, of no type that both take",
      elsewhere({ type: "image/png" }),
      { types: [] },
      "can't be of a type that profile and policy both allow",
    ],
    [
      "of no type that both take",
      held(),
      { types: [] },
      "can't be of a type that profile and policy both allow",
    ],
  ])("%s", (_, image, rules, why) => {
    expect(judge(image, rules)).toEqual({ kind: "unfit", why });
  });

  it.each<[PictureRules, string]>([
    [{ minWidth: 1 }, "width"],
    [{ maxWidth: 1 }, "width"],
    [{ minHeight: 1 }, "height"],
    [{ minRatio: 1 }, "width, height"],
    [{ maxRatio: 1 }, "width, height"],
    [{ types: ["image/jpeg"] }, "type"],
    [{ maxBytes: 1 }, "length"],
  ])("elsewhere, while nobody knows what %j asks for", (rules, names) => {
    expect(judge(elsewhere(), rules)).toEqual({
      kind: "unfit",
      why: `must be uploaded, or come with its ${names}: the partner has rules for that`,
    });
  });
});

it("a picture is ours by its whole address", () => {
  expect(mediaHash(OWN, SITE_URL)).toBe(HASH);
  for (const src of [`${OWN}?w=1`, `/media/${HASH}.jpg`, OWN.replace("wire", "other"), `${SITE_URL}/a.jpg`]) {
    expect(mediaHash(src, SITE_URL)).toBeUndefined();
  }
});

describe("of a profile and a policy the stricter holds", () => {
  const policy = { required: false, rights: "syndicate" } as const;
  const profile: PictureRules = { minWidth: 720, maxRatio: 1.89, types: ["image/jpeg", "image/png"] };

  it.each<[string, PictureRules, Parameters<typeof strictestRules>[1], PictureRules]>([
    ["neither says anything", {}, policy, { required: false }],
    ["the policy says nothing", profile, policy, { ...profile, required: false }],
    ["the policy asks for less", profile, { ...policy, minWidth: 719 }, { ...profile, required: false }],
    [
      "the policy asks for more",
      profile,
      { ...policy, minWidth: 721 },
      { ...profile, minWidth: 721, required: false },
    ],
    [
      "the profile says nothing",
      {},
      { ...policy, minWidth: 5, types: ["image/gif"] },
      { required: false, minWidth: 5, types: ["image/gif"] },
    ],
    ["one requires", { required: true }, policy, { required: true }],
    ["the other requires", {}, { ...policy, required: true }, { required: true }],
    [
      "both name types, the profile first",
      profile,
      { ...policy, types: ["image/webp", "image/png", "image/jpeg"] },
      { ...profile, required: false },
    ],
    [
      "both name types",
      profile,
      { ...policy, types: ["image/webp", "image/png"] },
      { ...profile, types: ["image/png"], required: false },
    ],
    [
      "no type is in both",
      profile,
      { ...policy, types: ["image/webp"] },
      { ...profile, types: [], required: false },
    ],
  ])("%s", (_, rules, images, expected) => {
    expect(strictestRules(rules, images)).toEqual(expected);
  });
});
