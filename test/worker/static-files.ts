// What the Worker's binding ASSETS answers in Miniflare, where no static files stand in front of the Worker.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Request, Response } from "miniflare";

const PUBLIC = join(import.meta.dirname, "../../public");
/** Where the build puts the files that the Worker serves itself. */
export const SERVED_FILES = join(PUBLIC, "worker");

/** Static files by their paths; undefined for one that is missing. */
export type StaticFiles = Readonly<Record<string, string | undefined>>;

/** Serves `files`, and besides them what the Worker serves itself, as the build wrote it. */
export const serving =
  (files: StaticFiles = {}) =>
  (request: Request): Response => {
    const { pathname } = new URL(request.url);
    const text = Object.hasOwn(files, pathname) ? files[pathname] : served(pathname);
    return new Response(text ?? null, { status: text === undefined ? 404 : 200 });
  };

function served(pathname: string): string | undefined {
  const file = /^\/worker\/[a-z.]+$/.test(pathname) ? join(PUBLIC, pathname) : undefined;
  return file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
