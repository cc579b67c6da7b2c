// What a terminal gets.

import { expect, it } from "vitest";
import { output } from "../../src/cli/terminal.ts";

it("is no command to it, whatever strangers call their files and articles", () => {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  const out = output(stream, stream);
  out.say("a\u001b[2Jb\u0007 \u009b31mc\td\ne");
  out.warn("\u001b]0;x\u0007");
  out.say("page\u202egnp.exe");
  expect(written).toEqual(["a[2Jb 31mc\td\ne\n", "]0;x\n", "pagegnp.exe\n"]);
});
