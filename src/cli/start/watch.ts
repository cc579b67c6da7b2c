// Watches the content folder, and reports changes together that come shortly after each other.

import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { join, relative, sep } from "node:path";
import { isMissing } from "../../content/folder.ts";

const QUIET_MS = 150;
const WATCHED: ReadonlySet<string> = new Set(["articles", "partners"]);

/** What has changed since the last report. */
export interface Changes {
  /** Names of folders in `articles`, and of files in `partners`. */
  readonly names: ReadonlySet<string>;
  /** True if site.yaml has changed. */
  readonly site: boolean;
}

/**
 * Calls `publish` after changes in `dir`, even if an earlier call hasn't ended. Returns a function that ends
 * the watching. `onError` gets the error if something can't be watched, or if `publish` fails.
 */
export function watchContent(
  dir: string,
  publish: (changes: Changes) => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let names = new Set<string>();
  let site = false;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    const changes = { names, site };
    names = new Set();
    site = false;
    publish(changes).catch(onError);
  };
  const onChange = (file: string) => {
    const [top = "", name] = relative(dir, file).split(sep);
    const changed = WATCHED.has(top) ? visibleNames(join(dir, top), name) : [];
    for (const each of changed) names.add(each);
    if (top === "site.yaml") site = true;
    else if (changed.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(flush, QUIET_MS);
  };
  const close = watchTree(dir, onChange, onError);
  return () => {
    clearTimeout(timer);
    close();
  };
}

/**
 * Watches each folder by itself. On Linux, Node's recursive watching loses a file when an editor replaces it
 * by renaming; a folder's own watcher sees that.
 */
function watchTree(
  root: string,
  onChange: (file: string) => void,
  onError: (error: unknown) => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const forget = (path: string) => {
    for (const [dir, watcher] of watchers) {
      if (dir !== path && !dir.startsWith(path + sep)) continue;
      watcher.close();
      watchers.delete(dir);
    }
  };
  const add = (dir: string) => {
    try {
      const names = subfolders(dir);
      if (names && !watchers.has(dir)) watchers.set(dir, watchFolder(dir));
      for (const name of names ?? []) if (!watchers.has(join(dir, name))) add(join(dir, name));
    } catch (error) {
      onError(error);
    }
  };
  const watchFolder = (dir: string) => {
    const watcher = watch(dir, (event, name) => {
      // This name may be another folder now, which the old watcher doesn't see.
      if (event === "rename" && name !== null) forget(join(dir, name));
      add(dir);
      if (name !== null) onChange(join(dir, name));
    });
    return watcher.on("error", (error) => {
      forget(dir);
      // If the folder was deleted, the error is expected.
      if (subfolders(dir)) onError(error);
    });
  };
  add(root);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** `name`; for a new folder all names in it, since they may be older than its watcher. Without dotfiles. */
const visibleNames = (dir: string, name: string | undefined): readonly string[] =>
  (name === undefined ? (namesIn(dir) ?? []) : [name]).filter((each) => !each.startsWith("."));

const subfolders = (dir: string): readonly string[] | undefined =>
  namesIn(dir, (entry) => entry.isDirectory() && !entry.name.startsWith("."));

function namesIn(dir: string, wanted = (_entry: Dirent) => true): readonly string[] | undefined {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries.filter(wanted).map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
