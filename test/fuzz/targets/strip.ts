// Files of pictures that were edited, cut off or spliced: metadata is stripped completely, or the file is refused; and it
// always ends.

import fc from "fast-check";
import { probeImage } from "../../../src/lib/image-file.ts";
import { stripPicture } from "../../../src/lib/strip/strip.ts";
import { withRights } from "../../../src/pictures/rights.ts";
import { PHOTOGRAPHS, SMALL } from "../../photograph.ts";
import { must, type Outcome, target } from "../target.ts";

const pictures = [...Object.values(PHOTOGRAPHS), ...Object.values(SMALL)];
// An edit: its place, the number of bytes removed, the bytes inserted. Wrong lengths and offsets break a parser most often.
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof({ weight: 4, arbitrary: fc.nat(8) }, fc.nat(400)),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom(...["ffff", "00000000", "ffffffff", "7fffffff", "ffe1", "ffda", "ffd9", "00000001"])
      .map((hex) => Uint8Array.from(Buffer.from(hex, "hex"))),
  ),
});
const edited = fc
  .tuple(fc.constantFrom(...pictures), fc.array(edit, { maxLength: 3 }))
  .map(([picture, edits]) => {
    let bytes: Buffer = picture;
    for (const { at, cut, put } of edits) {
      const place = Math.floor(at * bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
    }
    return Uint8Array.from(bytes);
  });

/** Files of pictures. */
export const photographs = target({
  name: "Pictures",
  inputs: 40_000,
  arbitrary: edited,
  check: checkPicture,
});

function checkPicture(bytes: Uint8Array): Outcome {
  const before = bytes.slice();
  const stripped = stripPicture(bytes);
  must(Buffer.compare(before, bytes) === 0, () => "the input was changed");
  if (!stripped) return "refused";
  const again = stripPicture(stripped.bytes);
  must(again !== undefined, () => "the stripped file is no longer a picture");
  must(again.removed.length === 0, () => `stripping again removed ${again.removed.join(", ")}`);
  const [facts, after] = [probeImage(bytes), probeImage(stripped.bytes)];
  must(!facts || !after || facts.type === after.type, () => `was ${facts?.type}, is ${after?.type}`);
  const copy = stripPicture(withRights(SMALL.webp, bytes));
  must(
    copy?.removed.length === 0,
    () => "a picture with the rights of this one has metadata to strip, or is no picture",
  );
  return "taken";
}
