// `wireroom pull`: writes articles that are edited at the desk into the content folder, and gives them back to
// git if asked. A file that was changed since a publish or a pull is left as it is.

import { join, relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import type { ArticleInput } from "../article/article.ts";
import { formatFinding } from "../content/finding.ts";
import { type ArticleFolder, type Content, readContent } from "../content/folder.ts";
import { type Known, pulledArticle, readsAs } from "../content/pulled-article.ts";
import { type ArticleState, type ReadyArticle, readArticle } from "../content/read-article.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { plural } from "../lib/text.ts";
import type { Client } from "./client.ts";
import { parallel, REQUESTS_AT_ONCE } from "./parallel.ts";
import { pullDraft } from "./pull/drafts.ts";
import { type Outcome, type PullOptions, refused } from "./pull/outcome.ts";
import { download, writeArticleFolder } from "./pull/write-folder.ts";
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
