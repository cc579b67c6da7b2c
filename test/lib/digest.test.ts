// Signatures, against Node's own.

import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { hmacSha256 } from "../../src/lib/digest.ts";

it.each([
  ["a short secret", "s", "payload"],
  ["a secret longer than a block", "x".repeat(199), "payload"],
  ["a secret in another script", "秘密", "payload"],
  ["nothing to sign", "s", ""],
])("%s", async (_, secret, text) => {
  const content = new TextEncoder().encode(text);
  expect(await hmacSha256(secret, content.buffer as ArrayBuffer)).toBe(
    createHmac("sha256", secret).update(content).digest("hex"),
  );
});
