// What a person is told of an error in one line, and what is left to a stack.

import { expect, it } from "vitest";
import { CliError, plainMessage } from "../../src/content/finding.ts";

const refusal = (code: string, message: string) =>
  Object.assign(new Error(message), { code, syscall: "open", path: "/wire/.dev.vars" });

it.each([
  [new CliError("There is no token."), "There is no token."],
  [
    refusal("EACCES", "EACCES: permission denied, open '/wire/.dev.vars'"),
    "You may not read or write /wire/.dev.vars (EACCES): it belongs to somebody else, or its permissions say so. Change its owner or its permissions.",
  ],
  [
    refusal("EROFS", "EROFS: read-only file system"),
    "/wire/.dev.vars can't be written: it lies on a file system that is read-only (EROFS).",
  ],
  [refusal("ENOSPC", "ENOSPC: no space left"), "ENOSPC: no space left"],
  [new TypeError("a is undefined"), undefined],
  ["thrown", undefined],
] as const)("%s", (error, message) => {
  expect(plainMessage(error)).toBe(message);
});
