// `wireroom pull`: writes articles that are edited at the desk into the content folder, and gives them back to
// git if asked. A file that was changed since a publish or a pull is left as it is.

import { lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { type ArticleInput, articleInputSchema } from "../article/article.ts";
import { formatFinding } from "../content/finding.ts";
import { type ArticleFolder, type Content, isMissing, readContent } from "../content/folder.ts";
import { hexSha256 } from "../content/images.ts";
import { type ArticleState, type ReadyArticle, readArticle } from "../content/read-article.ts";
import {
  type Known,
  type PulledArticle,
  pictureFile,
  pulledArticle,
  readsAs,
} from "../content/write-article.ts";
import type { StoryAnswer } from "../desk/answers.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { check } from "../lib/problem.ts";
import { plural, slugField, slugify } from "../lib/text.ts";
import { parallel, REQUESTS_AT_ONCE } from "./api-request.ts";
import type { Client } from "./client.ts";
import { place, unfinished } from "./import/article-file.ts";
import type { Output } from "./terminal.ts";

/**
 * Pulls articles. Returns the exit code: 1 if one that was named isn't there, or one was refused. The rest is
 * written all the same.
 */
export async function runPull(options: PullOptions, client: Client, out: Output): Promise<number> {
  const { slugs, giveBack = false } = options;
  const content = await readContent(options.dir);
  const stored = await client.articles();
  const named = new Set(slugs);
  const isOut = ({ home, status }: ArticleSummary) => home === "desk" && status !== "withdrawn";
  const wanted = stored.filter((each) => isOut(each) && (slugs.length === 0 || named.has(each.slug)));
  const rest = slugs.filter((slug) => !wanted.some((each) => each.slug === slug));
  const tally = new Map<string, number>();
  const tell = (slug: string, outcome: Outcome): void => {
    tally.set(outcome.kind, (tally.get(outcome.kind) ?? 0) + 1);
    if (outcome.kind === "refused") {
      out.warn(`${slug}  ${outcome.why}`);
      return;
    }
    if (outcome.kind === "written") out.say(`written   ${slug}  ${relative(process.cwd(), outcome.file)}`);
    for (const line of outcome.warnings) out.warn(line);
  };

  await parallel(wanted, REQUESTS_AT_ONCE, async (summary) =>
    tell(summary.slug, await pullArticle(summary, content, options, client)),
  );
  for (const slug of rest) {
    const held = stored.find((each) => each.slug === slug);
    if (held) tell(slug, { kind: "refused", why: whyNot(held) });
    else tell(slug, await pullDraft(slug, options, content, client));
  }

  const counts = [...tally].map(([what, count]) => `${count} ${what}`);
  const given = giveBack ? (tally.get("written") ?? 0) + (tally.get("as before") ?? 0) : 0;
  if (given > 0) counts.push(`${plural(given, "article")} edited in git from now on`);
  out.say(`${counts.length === 0 ? "The desk has no article that is out" : counts.join(", ")}.`);
  return tally.has("refused") ? 1 : 0;
}

const whyNot = ({ home, status }: ArticleSummary): string =>
  home !== "desk"
    ? `isn't edited at the desk: its home is ${home ?? "not known"}`
    : `is ${status}, so it isn't pulled`;

/** Writes an article, and notes that on the Worker, so that `publish` knows the file. */
async function pullArticle(
  summary: ArticleSummary,
  content: Content,
  { dir, force = false, giveBack = false }: PullOptions,
  client: Client,
): Promise<Outcome> {
  const { slug, version } = summary;
  const reply = await client.article(slug);
  if (!reply.ok) return refused(reply.problem.detail ?? reply.problem.title);
  const input = withoutMintedId(slug, reply.value, content);
  const folder = content.folders.find((each) => each.slug === slug);
  if (!folder && content.slugs.has(slug)) return refused(UNREADABLE);
  const before = folder && readArticle(folder, content);
  if (before?.kind === "article" && holds(before, input, content))
    return noted(before, [], { kind: "as before", file: before.folder.file });
  if (before && !force && !isKnown(before, summary)) return refused(CHANGED);

  const known = knownOf(before);
  const made = pulledArticle(slug, input, content.site, known);
  const missing = made.pictures.filter((address) => !known.pictures?.has(address));
  const pictures = await download(missing, client);
  if (!pictures.ok) return refused(pictures.why);
  const file = await writeArticleFolder(join(dir, "articles", slug), made, pictures.files, force);
  if ("why" in file) return refused(file.why);
  const written: ArticleFolder = { slug, dir: join(dir, "articles", slug), file: file.path };
  const after = readArticle(written, { ...content, slugs: new Set([...content.slugs, slug]) });
  const problems = after.findings.filter(({ level }) => level === "error").map(formatFinding);
  if (after.kind !== "article") return { kind: "refused", why: [WRITTEN_BUT, ...problems].join("\n") };
  return noted(after, problems, { kind: "written", file: file.path });

  async function noted(
    { digest }: ReadyArticle,
    warnings: readonly string[],
    outcome: { readonly kind: "written" | "as before"; readonly file: string },
  ): Promise<Outcome> {
    const done =
      !giveBack && summary.digest === digest && summary.folderDigest === digest
        ? undefined
        : await client.notePulled(slug, { version, digest, giveBack });
    if (!done || done.ok) return { ...outcome, warnings };
    return refused(done.problem.detail ?? done.problem.title);
  }
}

/** Leaves out an id that any Wireroom of this site would make of the slug. */
function withoutMintedId(slug: string, article: ArticleInput, { site }: Content): ArticleInput {
  const { id, ...rest } = article;
  return site && id === `tag:${site.tag.authority},${site.tag.date}:${slug}` ? rest : article;
}

const CHANGED =
  "has a file that was changed since it was last published or pulled, so it isn't overwritten. Keep what you need of it elsewhere, and pull with --force";
const UNREADABLE = "has a folder that can't be read as an article's: npx wireroom check says why";
const WRITTEN_BUT = "was written, but publish would refuse the file:";

/** True if a file has what the desk has. */
function holds({ input, folder }: ReadyArticle, article: ArticleInput, { site }: Content): boolean {
  if (!site || (input.id !== undefined && article.id !== undefined && input.id !== article.id)) return false;
  const isSame = JSON.stringify(written(input)) === JSON.stringify(written(article));
  return isSame && readsAs(folder.slug, article, site, () => input.body.html);
}

/** What a file says of an article beside its body: without what the Worker measures. */
const written = ({ body: _, id: __, images, ...fields }: ArticleInput) => ({
  ...fields,
  images: images.map(({ src, width, height, type, length, ...image }) =>
    MEDIA_PATH.test(src) ? { src, ...image } : { src, width, height, type, length, ...image },
  ),
});

/** True for a file that the Worker knows: nobody has changed it since it was sent or pulled. */
const isKnown = (state: ArticleState, { folderDigest, digest, home }: ArticleSummary): boolean =>
  state.kind === "article" && state.digest === (folderDigest ?? (home === "git" ? digest : undefined));

function knownOf(state: ArticleState | undefined): Known {
  if (state?.kind !== "article") return {};
  const { images, movedFrom, folder } = state;
  return {
    pictures: new Map(
      images.map(({ address, file }) => [address, relative(folder.dir, file).replaceAll("\\", "/")]),
    ),
    movedFrom,
    isHtml: folder.file.endsWith(".html"),
  };
}

// What `wireroom pull` is asked for, and how it ends for one article.

/** What to pull, and how. */
export interface PullOptions {
  readonly dir: string;
  /** Slugs; empty for all articles that are out. Drafts are pulled only by name. */
  readonly slugs: readonly string[];
  /** They are edited in git from now on. */
  readonly giveBack?: boolean;
  /** Overwrite files that were changed since. */
  readonly force?: boolean;
}

/** How pulling one article ended. */
type Outcome =
  | { readonly kind: "written" | "as before"; readonly file: string; readonly warnings: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

/** Nothing was written, for this reason. */
const refused = (why: string): Outcome => ({ kind: "refused", why });

// Drafts of the desk as drafts in the content folder. Only those that are named are pulled.

/** Writes the draft whose address would be `slug`. The desk's draft stays as it is. */
async function pullDraft(
  slug: string,
  { dir, force = false }: PullOptions,
  content: Content,
  client: Client,
): Promise<Outcome> {
  if (!check(slugField, slug).ok) return refused("is not a slug");
  const drafts = (await client.stories()).filter(
    (story) => story.live === null && (story.slug ?? slugify(story.headline)) === slug,
  );
  const [draft, other] = drafts;
  if (!draft) return refused("is neither an article nor a draft of the desk");
  if (other) return refused("is the address of several drafts: give all but one another address at the desk");
  if (content.slugs.has(slug) && !force)
    return refused(
      "has a folder already, so the draft isn't written: pull with --force to overwrite its file",
    );
  const reply = await client.story(draft.id);
  if (!reply.ok) return refused(reply.problem.detail ?? reply.problem.title);
  const { article, left } = draftInput(reply.value);
  const known = { draft: true, isHtml: false };
  const made = pulledArticle(slug, article, content.site, known);
  const pictures = await download(made.pictures, client);
  if (!pictures.ok) return refused(pictures.why);
  const written = await writeArticleFolder(join(dir, "articles", slug), made, pictures.files, force);
  if ("why" in written) return refused(written.why);
  const warnings = left.length === 0 ? [] : [`${slug}  left out, as it can't be read: ${left.join(", ")}`];
  return { kind: "written", file: written.path, warnings };
}

/** The draft's fields that an article may have; the others by name. */
function draftInput({ article }: StoryAnswer): {
  readonly article: ArticleInput;
  readonly left: readonly string[];
} {
  const whole = { ...FILLED, ...article };
  const checked = check(articleInputSchema, whole);
  const wrong = new Set(checked.ok ? [] : checked.problems.map(({ path }) => path.split(/[.[]/)[0] ?? ""));
  const kept = Object.fromEntries(Object.entries(article).filter(([name]) => !wrong.has(name)));
  const again = check(articleInputSchema, { ...FILLED, ...kept });
  const { headline, published, ...rest } = again.ok ? again.value : FILLED;
  // What was filled in to have it checked isn't the draft's.
  const own = {
    ...("headline" in kept ? { headline } : {}),
    ...("published" in kept ? { published } : {}),
    ...rest,
  } as ArticleInput;
  return { article: own, left: Object.keys(article).filter((name) => wrong.has(name)) };
}

const FILLED = {
  ...{
    headline: "x",
    published: "2000-01-01T00:00:00Z",
    body: { html: "" },
    tags: [],
    bylines: [],
    images: [],
  },
  ...{ corrections: [], syndicate: true, sponsored: false, restore: false },
} as unknown as ArticleInput;

// Writes a pulled article with its pictures into its folder. Each file is there as a whole or not at all.

/** Pictures by the names of their files. */
type Pictures = ReadonlyMap<string, Uint8Array>;

/** Downloads pictures by their addresses (`/media/…`), named as `articleFile` names them. */
export async function download(
  addresses: readonly string[],
  client: Client,
): Promise<{ readonly ok: true; readonly files: Pictures } | { readonly ok: false; readonly why: string }> {
  const files = new Map<string, Uint8Array>();
  for (const address of addresses) {
    const name = pictureFile(address);
    if (name === undefined) continue;
    const reply = await client.image(address);
    if (!reply.ok) return { ok: false, why: `${address} ${reply.problem.detail ?? reply.problem.title}` };
    const { bytes, sha256 } = reply.value;
    const hash = hexSha256(bytes);
    if (hash !== sha256 && hash !== MEDIA_PATH.exec(address)?.[1])
      return { ok: false, why: `${address} arrived damaged: not written` };
    files.set(name, bytes);
  }
  return { ok: true, files };
}

/** Writes a folder. Without `force`, no other file is overwritten than `index.md` or `index.html`. */
async function writeArticleFolder(
  folder: string,
  { file, name }: Pick<PulledArticle, "file" | "name">,
  pictures: Pictures,
  force: boolean,
): Promise<{ readonly path: string } | { readonly why: string }> {
  const path = join(folder, name);
  try {
    for (const [picture, bytes] of pictures) {
      if (force || (await isFree(join(folder, picture), bytes))) continue;
      return {
        why: `has another file ${picture}, which would be overwritten: rename it, or pull with --force`,
      };
    }
    if (await isThere(folder)) {
      await fill(folder, path, file, pictures);
      await rm(join(folder, name === "index.md" ? "index.html" : "index.md"), { force: true });
      return { path };
    }
    // A new folder gets its name when all is in it.
    const made = join(dirname(folder), unfinished(basename(folder)));
    try {
      await mkdir(made, { recursive: true });
      await fill(made, join(made, name), file, pictures);
      await rename(made, folder);
    } finally {
      await rm(made, { recursive: true, force: true });
    }
    return { path };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { why: `can't be written (${error.code})` };
  }
}

async function fill(folder: string, path: string, file: string, pictures: Pictures): Promise<void> {
  for (const [name, bytes] of pictures) {
    const picture = join(folder, name);
    await mkdir(dirname(picture), { recursive: true });
    if (!(await isThere(picture)) || hexSha256(await readFile(picture)) !== hexSha256(bytes))
      await place(picture, (temporary) => writeFile(temporary, bytes));
  }
  await place(path, (temporary) => writeFile(temporary, file));
}

/** True where nothing but these bytes would be overwritten. */
async function isFree(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await lstat(path)).isFile() && hexSha256(await readFile(path)) === hexSha256(bytes);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
