// What `npm start` says again, and what it doesn't.

import { expect, it } from "vitest";
import { withoutRepeatedWarnings } from "../../../src/cli/start/session.ts";
import { listen } from "../output.ts";

const ALT = (line: number) => `content/articles/a/index.md:${line}  warning:  images[0].alt  is empty`;
const B = "content/articles/b/index.md:3  warning:  dek  is long";
const ERROR = "content/articles/a/index.md:2  published  is missing";

it("says a warning once as long as it stands, on whichever line, and an error each time", async () => {
  const out = listen();
  const tell = withoutRepeatedWarnings(out);
  const save = (names: readonly string[] | undefined, ...lines: readonly string[]) =>
    tell(names && new Set(names), async ({ warn }) => lines.forEach(warn));
  await save(undefined, ALT(7), B, ERROR);
  await save(["a"], ALT(9), ERROR);
  await save(undefined, ALT(9), B);
  expect(out.text().match(/images\[0\].alt/g)).toHaveLength(1);
  expect(out.text().match(/dek/g)).toHaveLength(1);
  expect(out.text().match(/published/g)).toHaveLength(2);
  // Mended, and then there again.
  await save(["a"]);
  await save(["a"], ALT(9));
  expect(out.text().match(/images\[0\].alt/g)).toHaveLength(2);
  expect(out.text().match(/dek/g)).toHaveLength(1);
});
