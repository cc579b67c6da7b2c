// Articles as tests send them.

import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** An article of which nothing but what a test is about needs to be said. */
export const article = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  headline: "Harbour reopens",
  published: "2024-10-24T11:30:00Z",
  bylines: [{ name: "Ana Alvarez" }],
  body: { html: "<p>The harbour reopened on Thursday.</p>" },
  ...changes,
});

/** An image as its bytes, and the name that they have. */
export interface TestImage {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Its path on any Wireroom. */
  readonly src: string;
}

/** A PNG of one colour: every size has a name of its own. */
export function png(width: number, height: number): TestImage {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const bytes = Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, src: `/media/${sha256}.png` };
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
