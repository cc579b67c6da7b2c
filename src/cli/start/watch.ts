// Watches the content folder, and says which articles changed, once a flurry of saves is over.

import { watch } from "node:fs";
import { sep } from "node:path";

const QUIET_MS = 150;

/** What changed since the last time. */
export interface Changes {
  /** Folder names in `articles`. */
  readonly slugs: ReadonlySet<string>;
  readonly site: boolean;
}

/**
 * Calls `publish` after each change in `dir`, never twice at a time. Returns a function that ends the watching.
 * `onError` is told if the folder can't be watched any longer, or if `publish` fails.
 */
export function watchContent(
  dir: string,
  publish: (changes: Changes) => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let slugs = new Set<string>();
  let site = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const flush = () => {
    const changes = { slugs, site };
    slugs = new Set();
    site = false;
    running = running.then(() => publish(changes)).catch(onError);
  };
  const watcher = watch(dir, { recursive: true }, (_event, name) => {
    const [top, slug] = (name ?? "").split(sep);
    if (top === "site.yaml") site = true;
    else if (top === "articles" && slug && !slug.startsWith(".")) slugs.add(slug);
    else return;
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MS);
  });
  watcher.on("error", onError);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
