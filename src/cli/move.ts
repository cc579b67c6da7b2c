// `wireroom mv OLD NEW`: gives an article another slug. It keeps its id, and its old address redirects. Its
// file records that as `movedFrom`, so that a later `publish`, such as that of CI, does the same. If a
// renaming has made two articles of one, this makes them one again.

import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { CliError, findingIn, formatFinding } from "../content/finding.ts";
import { type ArticleFolder, readContent } from "../content/folder.ts";
import { readText } from "../content/text-file.ts";
import { withMovedFrom } from "../content/write-article.ts";
import { Unreachable } from "./api-request.ts";
import type { Client } from "./client.ts";
import { runPublish } from "./publish.ts";
import { noArticle, reasonOf, slugIn } from "./take-down.ts";
import { NoToken } from "./target.ts";
import type { Output } from "./terminal.ts";

/** Which article to move, and where its folder is. */
export interface MoveOptions {
  readonly dir: string;
  /** `from` and `to` are slugs, or articles' folders. */
  readonly from: string;
  readonly to: string;
  /** Move it even if somebody else has changed it since git sent it. */
  readonly force?: boolean;
  /**
   * True if the user named a Worker, which must then be reached. Else the next `publish` may move the article
   * there.
   */
  readonly named: boolean;
}

/**
 * Moves an article: its folder, and the article on the Worker. Returns the exit code. Throws `CliError` if
 * the article doesn't exist, or if both folders do.
 */
export async function runMove(
  options: MoveOptions,
  connect: () => Promise<Client>,
  out: Output,
): Promise<number> {
  const { dir, force = false, named } = options;
  const [from, to] = [slugIn(options.from), slugIn(options.to)];
  if (from === to) throw new CliError(`${from} has that name already.`);
  const [old, wanted] = [join(dir, "articles", from), join(dir, "articles", to)];
  if (existsSync(old) && existsSync(wanted)) {
    throw new CliError(
      `Both ${relativePath(old)} and ${relativePath(wanted)} exist. If they are one article, delete the folder that isn't up to date, then run this again.`,
    );
  }
  if (!existsSync(old) && !existsSync(wanted)) return moveOnWorker(from, to, await connect(), out);

  const moved = existsSync(old);
  await noteMove(dir, moved ? from : to, from);
  if (moved) renameSync(old, wanted);
  out.say(
    moved
      ? `moved     ${relativePath(old)} to ${relativePath(wanted)}`
      : `noted     movedFrom: ${from} in ${relativePath(wanted)}`,
  );
  for (const file of linkingTo(dir, from))
    out.warn(`${relativePath(file)}  links to ../${from}/: change that to ../${to}/`);
  try {
    return await runPublish({ dir, only: new Set([to]), quiet: true, force }, await connect(), out);
  } catch (error) {
    if (named || !(error instanceof Unreachable || error instanceof NoToken)) throw error;
    out.say(`The article was not moved on the Worker (${error.message}) The next publish does that.`);
    return 0;
  }
}

/** Adds the slug `from` to `movedFrom` in the article's file. */
async function noteMove(dir: string, slug: string, from: string): Promise<void> {
  const content = await readContent(dir);
  const folder: ArticleFolder | undefined = content.folders.find((each) => each.slug === slug);
  if (!folder) {
    const problems = content.findings.filter(({ file }) => file === join(dir, "articles", slug));
    throw new CliError(problems.map(formatFinding).join("\n") || `${slug} holds no article.`);
  }
  const source = readText(folder.file);
  const noted = source.ok ? withMovedFrom(source.value, from) : source;
  if (!noted.ok)
    throw new CliError(noted.problems.map(findingIn(folder.file)("error")).map(formatFinding).join("\n"));
  writeFileSync(folder.file, noted.value);
}

/** Moves an article that has no folder here. If both slugs are articles, the text of `to` is kept. */
async function moveOnWorker(from: string, to: string, client: Client, out: Output): Promise<number> {
  const source = await client.article(from);
  if (!source.ok) throw await noArticle(from, source, client);
  const there = await client.article(to);
  const { id: _id, ...article } = there.ok ? there.value : source.value;
  const reply = await client.putArticle(to, Buffer.from(JSON.stringify(article)), { from });
  if (!reply.ok) throw new CliError(`${from} could not be moved: ${reasonOf(reply)}`);
  out.say(`moved     ${from} to ${to}  ${reply.value.url}`);
  return 0;
}

/** Other articles' files that link to the folder with the old slug. */
function linkingTo(dir: string, slug: string): readonly string[] {
  const articles = join(dir, "articles");
  const link = new RegExp(`\\.\\./${slug}(?![a-z0-9-])`);
  return readdirSync(articles)
    .flatMap((name) => ["index.md", "index.html"].map((file) => join(articles, name, file)))
    .filter((file) => existsSync(file) && link.test(readFileSync(file, "utf8")));
}

const relativePath = (path: string): string => relative(process.cwd(), path);
