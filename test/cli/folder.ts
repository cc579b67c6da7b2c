// A content folder for one test, made from names and texts, gone when the test is over.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** The smallest PNG: one pixel. */
export const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Another picture: one pixel, as a GIF. */
export const GIF = Buffer.from("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=", "base64");

const SITE = `title: Test
description: A test.
url: https://harbour.test
tag: { authority: harbour.test, date: "2024-01-01" }
language: en
timezone: UTC
sections: { world: { title: World } }
people: { ada: { name: Ada } }
`;

/** Front matter that is right, and nothing more. */
export const PLAIN = "---\nheadline: Plain\npublished: 2024-10-24T00:00:00Z\n---\n";

/** Writes `files` into a new folder, with a small site.yaml beside them, and returns its path. */
export function contentFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = mkdtempSync(join(tmpdir(), "content-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  write(dir, { "site.yaml": SITE, ...files });
  return dir;
}

/** Writes `files` into a folder that is there. */
export function write(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
}
