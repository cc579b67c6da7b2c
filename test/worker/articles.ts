// Articles as tests send them.

import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

/** A minimal article, with the fields that a test is about. */
export const article = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  headline: "Harbour reopens",
  published: "2024-10-24T11:30:00Z",
  bylines: [{ name: "Ana Alvarez" }],
  body: { html: "<p>The harbour reopened on Thursday.</p>" },
  ...changes,
});

/** An image: its bytes, and the name made from them. */
export interface TestImage {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Its path on the site. */
  readonly src: string;
}

/** A PNG of one colour, or of noise, which doesn't compress. Each size gives other bytes, and so another name. */
export function png(width: number, height: number, noise = false): TestImage {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  // Each row starts with the byte of its filter: none.
  const line = width + 1;
  const rows = Buffer.alloc(line * height);
  for (let i = 0; noise && i < rows.length; i++)
    rows[i] = i % line === 0 ? 0 : Math.imul(i, i + 40_503) >>> 24;
  const bytes = Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return imageOf(bytes, "png");
}

/** Some bytes as an image of this type. */
export function imageOf(bytes: Buffer, extension: string): TestImage {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, src: `/media/${sha256}.${extension}` };
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
