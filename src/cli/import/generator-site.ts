// The site of a generator that Markdown files belong to: found by its settings file, with the settings, the
// people and the fields by folder that its files give.

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { markdownBody } from "../../content/markdown.ts";
import { hasFrontMatter, parseFields, readMarkdownFile } from "../../import/markdown/front-matter.ts";
import {
  GENERATORS,
  type Generator,
  NO_GENERATOR,
  OTHER_FOLDERS,
  PROJECT_FILES,
} from "../../import/markdown/generators.ts";
import type { Surroundings } from "../../import/markdown/markdown-site.ts";
import type { MarkdownSite } from "../../import/markdown/site.ts";
import { field, textField } from "../../import/markdown/values.ts";
import { isObject, type JsonObject } from "../../import/parse-json.ts";
import { percentDecoded } from "../../lib/address.ts";

/** A site on this machine. */
export interface GeneratorSite {
  /** Its folder, as a full path. */
  readonly dir: string;
  readonly site: MarkdownSite;
  /** The settings file, for people. */
  readonly settingsFile?: string;
}

const MARKDOWN = /\.(?:md|markdown|mdown|mkd|mdx)$/i;

/** True for the name of a Markdown file. */
export const isMarkdown = (file: string): boolean => MARKDOWN.test(file);

// Settings are at the top of a site; posts are no deeper than this.
const MOST_PARENTS = 8;
const SETTINGS_FOLDERS = ["", "config/_default"];

/** The site that `path`, a file or a folder, is in; without a settings file above it, its folder. */
export function siteOf(path: string): GeneratorSite {
  const start = isFolder(path) ? path : dirname(path);
  let dir = start;
  for (let step = 0; step < MOST_PARENTS && dirname(dir) !== dir; step++, dir = dirname(dir)) {
    const found = generatorIn(dir);
    if (found) return found;
  }
  return { dir: start, site: { generator: NO_GENERATOR, settings: {}, people: {}, defaultsOf: () => ({}) } };
}

/** The generator whose settings file is in this folder; undefined if there is no such file. */
export function generatorIn(dir: string): GeneratorSite | undefined {
  const files = SETTINGS_FOLDERS.flatMap((folder) =>
    namesIn(join(dir, folder)).map((name) => (folder === "" ? name : `${folder}/${name}`)),
  );
  for (const generator of GENERATORS) {
    const file = files.find((name) => generator.settings.test(name) && belongs(generator, dir, name));
    if (file === undefined) continue;
    const settings = settingsIn(join(dir, file), generator);
    const people = peopleIn(dir);
    const site = { generator, settings, people, defaultsOf: defaultsFor(dir, generator, settings) };
    return { dir, site, settingsFile: file };
  }
  return undefined;
}

/** Settings of one name are of several generators: their folders tell. */
function belongs({ name }: Generator, dir: string, file: string): boolean {
  const has = (path: string) => existsSync(join(dir, path));
  if (name === "Hugo")
    return !/^config\.\w+$/.test(file) || has("content") || has("archetypes") || has("themes");
  if (name === "Hexo")
    return has("source/_posts") || has("scaffolds") || /"hexo"/.test(textOf(join(dir, "package.json")));
  return true;
}

const namesIn = (dir: string): readonly string[] => {
  try {
    return readdirSync(dir);
  } catch {
    // There is no such folder, or nobody may read it.
    return [];
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const LARGEST_SETTINGS_BYTES = 1_000_000;

function textOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > LARGEST_SETTINGS_BYTES) return "";
  return readFileSync(file, "utf8");
}

/** Settings as fields; of settings that are a program, the site's address and its folder, as they are written. */
function settingsIn(file: string, { name }: Generator): JsonObject {
  const text = textOf(file);
  const ending = extname(file);
  const kind =
    ending === ".toml" ? "TOML" : ending === ".json" ? "JSON" : /^\.ya?ml$/.test(ending) ? "YAML" : undefined;
  const read = kind && parseFields(kind, text);
  if (read) return read.ok ? read.value : {};
  const one = (key: string) => new RegExp(`\\b${key}\\s*:\\s*["'\`]([^"'\`\\n]+)["'\`]`).exec(text)?.[1];
  const url = one("siteUrl") ?? one("site") ?? one("url");
  const path = one("base") ?? one("pathPrefix");
  return {
    ...(url !== undefined && /^https?:/.test(url) ? { url } : {}),
    ...(path === undefined || (name === "Eleventy" && path === "/") ? {} : { base: path }),
  };
}

const PEOPLE = ["_data/authors", "_data/people", "source/_data/authors", "data/authors", "src/_data/authors"];

function peopleIn(dir: string): JsonObject {
  for (const path of PEOPLE) {
    const found = fieldsIn(join(dir, path));
    if (found) return found;
  }
  return {};
}

const ENDINGS = [
  ["yml", "YAML"],
  ["yaml", "YAML"],
  ["toml", "TOML"],
  ["json", "JSON"],
] as const;

/** Fields of a file whose ending isn't known. */
function fieldsIn(path: string): JsonObject | undefined {
  for (const [ending, kind] of ENDINGS) {
    const text = textOf(`${path}.${ending}`);
    const read = text === "" ? undefined : parseFields(kind, text);
    if (read?.ok) return read.value;
  }
  return undefined;
}

/** Jekyll's `defaults`, and the data files of Eleventy's folders. */
function defaultsFor(dir: string, { name }: Generator, settings: JsonObject): MarkdownSite["defaultsOf"] {
  if (name === "Jekyll") {
    const listed = field(settings, ["defaults"]);
    const defaults = (Array.isArray(listed) ? listed : []).flatMap((one) => {
      if (!isObject(one) || !isObject(one.values)) return [];
      const scope = isObject(one.scope) ? one.scope : {};
      return [
        { values: one.values, path: textField(scope, ["path"]) ?? "", type: textField(scope, ["type"]) },
      ];
    });
    return (path) => {
      const type = /(?:^|\/)_drafts\//.test(path)
        ? "drafts"
        : /(?:^|\/)_posts\//.test(path)
          ? "posts"
          : "pages";
      const mine = defaults.filter(
        (one) =>
          (one.type === undefined || one.type === type) &&
          `${path}/`.startsWith(one.path === "" ? "" : `${one.path.replace(/\/$/, "")}/`),
      );
      return Object.assign({}, ...mine.map(({ values }) => values));
    };
  }
  if (name !== "Eleventy") return () => ({});
  const known = new Map<string, JsonObject>();
  return (path) => {
    const folders = path
      .split("/")
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1).join("/"));
    return Object.assign(
      {},
      ...folders.map((folder) => {
        const data = known.get(folder) ?? dataOf(join(dir, folder));
        known.set(folder, data);
        return data;
      }),
    );
  };
}

const dataOf = (folder: string): JsonObject => {
  const name = join(folder, basename(folder));
  return fieldsIn(name) ?? fieldsIn(`${name}.11tydata`) ?? {};
};

/** The Markdown of a site that may be posts, and how many other files there are. */
export function postsIn({ dir, site: { generator } }: GeneratorSite): {
  readonly files: readonly string[];
  readonly passedOver: number;
} {
  const files: string[] = [];
  let passedOver = 0;
  const visit = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const inSite = relative(dir, path).split(sep).join("/");
      if (entry.isDirectory()) {
        if (!OTHER_FOLDERS.test(entry.name) || isPart(generator, inSite)) visit(path);
      } else if (entry.isFile() && isPost(entry.name, inSite, generator)) files.push(path);
      else passedOver++;
    }
  };
  visit(dir);
  return { files, passedOver };
}

/** Eleventy and Astro may have their posts in folders that are others' output. */
const isPart = ({ name }: Generator, path: string): boolean => name === "Astro" && path === "src/data";

function isPost(name: string, path: string, { posts }: Generator): boolean {
  if (PROJECT_FILES.test(name)) return false;
  const isText = isMarkdown(name) || (/\.html?$/.test(name) && posts?.test(path) === true);
  return isText && posts?.test(path) !== false;
}

/** Markdown as HTML, its addresses as they are. @throws TooMuchMarkup */
export const toHtml = (markdown: string): string => markdownBody(markdown).html(({ address }) => address);

/** What a site's importer asks of this machine. */
export function surroundingsOf({ dir, site: { generator } }: GeneratorSite, now: string): Surroundings {
  const inSite = (file: string): boolean => {
    try {
      return realpathSync.native(file).startsWith(realpathSync.native(dir) + sep);
    } catch {
      return false;
    }
  };
  const isPicture = (file: string) =>
    statSync(file, { throwIfNoEntry: false })?.isFile() === true && inSite(file);
  return {
    now,
    toHtml,
    pictureOf(path, address) {
      const [written = ""] = address.split(/[?#]/, 1);
      const name = percentDecoded(written) ?? written;
      if (name === "" || /^[a-z][\w+.-]*:|^\/\//i.test(name)) return undefined;
      const folder = join(dir, dirname(path));
      const stem = basename(path, extname(path));
      // Hexo has a folder for each post's files, named like the post.
      const own = [folder, ...(generator.name === "Hexo" ? [join(folder, stem)] : [])];
      const bare = name.replace(/^(?:\/+|~\/|@\/)/, "");
      const roots = generator.roots.map((root) => join(dir, root));
      const candidates = [
        ...(/^\//.test(name) ? [] : own.map((one) => join(one, name))),
        ...roots.map((root) => join(root, bare)),
      ];
      const found = candidates.find(isPicture);
      return found === undefined
        ? undefined
        : relative(dir, found).split(sep).map(encodeURIComponent).join("/");
    },
    coverIn(path) {
      if (!/(?:^|\/)index(?:\.[\w-]+)?\.\w+$/.test(path)) return undefined;
      const names = namesIn(join(dir, dirname(path)));
      return names.find((name) =>
        /^(?:.*(?:featured?|cover|thumbnail|hero).*)\.(?:jpe?g|png|gif|webp|avif)$/i.test(name),
      );
    },
  };
}

/** True for a Markdown file of Wireroom itself: its headline is `headline`. */
export function isOurs(content: string): boolean {
  if (!hasFrontMatter(content)) return false;
  const read = readMarkdownFile(content);
  return (
    read.ok &&
    textField(read.value.fields, ["headline"]) !== undefined &&
    read.value.fields.title === undefined
  );
}
