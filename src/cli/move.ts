// `wireroom mv OLD NEW`: an article gets another slug and keeps its id; its old address redirects. Its folder says so from
// then on (`movedFrom`), so that every later `publish`, of CI too, does the same. Of two articles that a renaming has made
// one again.

import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { withMovedFrom } from "../content/article-file.ts";
import { findingIn, formatFinding } from "../content/finding.ts";
import { type ArticleFolder, readContent } from "../content/folder.ts";
import { readText } from "../content/text-file.ts";
import { CliError } from "../lib/cli-error.ts";
import type { Client } from "./client.ts";
import type { Output } from "./progress.ts";
import { runPublish } from "./publish.ts";
import { Unreachable } from "./request.ts";
import { noArticle, reasonOf, slugIn } from "./take-down.ts";
import { NoToken } from "./target.ts";

/** What is moved, and where the folders are. */
export interface MoveOptions {
  readonly dir: string;
  /** Slugs, or articles' folders. */
  readonly from: string;
  readonly to: string;
  /** Move it though somebody else has changed it since git sent it. */
  readonly force?: boolean;
  /** A Worker was named: without it, the next `publish` moves the article there. */
  readonly named: boolean;
}

/**
 * Moves an article: its folder, and what `connect` leads to. Returns the exit code. Throws `CliError` where the one or the
 * other isn't there, or where both folders are.
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
      `Both ${shown(old)} and ${shown(wanted)} are there. If they are one article, take out the folder that isn't up to date, then say this again.`,
    );
  }
  if (!existsSync(old) && !existsSync(wanted)) return moveThere(from, to, await connect(), out);

  const moved = existsSync(old);
  await noteMove(dir, moved ? from : to, from);
  if (moved) renameSync(old, wanted);
  out.say(
    moved
      ? `moved     ${shown(old)} to ${shown(wanted)}`
      : `noted     movedFrom: ${from} in ${shown(wanted)}`,
  );
  for (const file of linkingTo(dir, from)) out.warn(`${shown(file)}  links to ../${from}/: write ../${to}/`);
  try {
    return await runPublish({ dir, only: new Set([to]), quiet: true, force }, await connect(), out);
  } catch (error) {
    if (named || !(error instanceof Unreachable || error instanceof NoToken)) throw error;
    out.say(`The Worker was not told (${error.message}) The next publish moves the article there.`);
    return 0;
  }
}

/** Writes into the article's file that it had the slug `from`. */
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

/** Moves an article that no folder here has. Of two the text of the newer name is kept. */
async function moveThere(from: string, to: string, client: Client, out: Output): Promise<number> {
  const source = await client.article(from);
  if (!source.ok) throw await noArticle(from, source, client);
  const there = await client.article(to);
  const { id: _id, ...article } = there.ok ? there.value : source.value;
  const reply = await client.putArticle(to, Buffer.from(JSON.stringify(article)), { from });
  if (!reply.ok) throw new CliError(`${from} could not be moved: ${reasonOf(reply)}`);
  out.say(`moved     ${from} to ${to}  ${reply.value.url}`);
  return 0;
}

/** Files of other articles that link to a folder that was renamed. */
function linkingTo(dir: string, slug: string): readonly string[] {
  const articles = join(dir, "articles");
  const link = new RegExp(`\\.\\./${slug}(?![a-z0-9-])`);
  return readdirSync(articles)
    .flatMap((name) => ["index.md", "index.html"].map((file) => join(articles, name, file)))
    .filter((file) => existsSync(file) && link.test(readFileSync(file, "utf8")));
}

const shown = (path: string): string => relative(process.cwd(), path);
