// The flags of `wireroom import`, checked.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import type * as z from "zod/mini";
import { mediaPath } from "../../article/image.ts";
import { timezoneField } from "../../article/site.ts";
import { CliError } from "../../content/finding.ts";
import { hexSha256, type LocalImage, localImage } from "../../content/images.ts";
import { readDate } from "../../import/dates.ts";
import type { Choices } from "../../import/to-model.ts";
import { webUrlField } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check } from "../../lib/problem.ts";
import { languageField, text } from "../../lib/text.ts";
import { inZone } from "../../lib/wall-clock.ts";
import { type ImportOptions, runImport } from "../import.ts";
import type { Output } from "../terminal.ts";
import { type FetchedImage, fetchImages } from "./fetch-images.ts";

interface Flags {
  readonly out: string;
  readonly title?: string;
  readonly published?: string;
  readonly section?: string;
  readonly language?: string;
  readonly timezone?: string;
  readonly acceptUpdated?: boolean;
  readonly base?: string;
  readonly image?: readonly string[];
  readonly fetchImages?: boolean;
  readonly pictures?: "own" | "beside";
  readonly strict?: boolean;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly adoptIds?: boolean;
}

const collect = (value: string, values: readonly string[] = []): readonly string[] => [...values, value];

/** Gives the command `import`, whose arguments are files and folders, its flags and what it does. */
export function addImport(command: Command, contentDir: string, out: Output): void {
  command
    .option("--out <dir>", "the folder of articles", `${contentDir}/articles`)
    .option("--title <text>", "the headline, where there is one article")
    .option("--published <date>", "when it was published, where there is one article")
    .option("--section <key>", "the section of all articles, a key of site.yaml")
    .option("--language <tag>", "the language of all articles, like en or pt-BR")
    .option("--timezone <zone>", "the zone of dates that name none, like Europe/Berlin")
    .option("--accept-updated", "take the time of the last change, where nothing says when it was published")
    .option("--base <url>", "where the source's site was, if the source doesn't say so (Ghost, Markdown)")
    .option("--image <file>", "a picture, where there is one article; may be repeated", collect)
    .addOption(
      new Option(
        "--pictures <which>",
        "which pictures of a saved page to bring: those in its own folder, or those beside the page too",
      )
        .choices(["own", "beside"])
        .default("own"),
    )
    .option("--fetch-images", "bring pictures that are on the web")
    .option("--strict", "write nothing where anything is missing")
    .option("--explain", "print every line of the sources, what it was taken for, and why")
    .option("--json", "print the articles as JSON, and write nothing")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--force", "write over articles that were edited since")
    .option(
      "--adopt-ids",
      "accept ids that are this site's own, and overwrite articles from elsewhere that have the same id",
    )
    .action(async (paths: readonly string[], flags: Flags) => {
      const { explain, json, strict, force, dryRun } = flags;
      const options = {
        paths: paths.map((path) => resolve(path)),
        articlesDir: resolve(flags.out),
        choices: readChoices(flags),
        images: (flags.image ?? []).map(givenImage),
        beside: flags.pictures === "beside",
        ...omitUndefined({ base: flags.base === undefined ? undefined : readBase(flags.base) }),
        ...{ explain, json, strict, force, dryRun },
      };
      process.exitCode = await (flags.fetchImages ? importFetching : runImport)(options, out);
    });
}

/** The import, with a folder for what is fetched that goes when it is done. */
async function importFetching(options: ImportOptions, out: Output): Promise<number> {
  const pictures = await mkdtemp(join(tmpdir(), "wireroom-pictures-"));
  try {
    const fetch = (urls: readonly string[]) =>
      fetchImages(urls, keptIn(pictures), { onProgress: out.progress });
    return await runImport({ ...options, fetchImages: fetch }, out);
  } finally {
    await rm(pictures, { recursive: true });
  }
}

/** Keeps what is fetched in files: an archive has more pictures than memory holds. */
const keptIn =
  (dir: string) =>
  async ({ bytes, facts }: FetchedImage): Promise<LocalImage> => {
    const sha256 = hexSha256(bytes);
    const file = join(dir, sha256);
    await writeFile(file, bytes);
    return { file, sha256, address: mediaPath(sha256, facts.type), facts, metadata: [] };
  };

/** Reads the flags that fill fields. Throws `CliError` for one that can't. */
function readChoices(flags: Flags): Choices {
  const { title, published, section, language, timezone, acceptUpdated, adoptIds } = flags;
  if (timezone !== undefined) checkFlag("--timezone", timezoneField, timezone);
  if (language !== undefined) checkFlag("--language", languageField, language);
  if (title !== undefined && text(title) === "") throw new CliError("--title is empty.");
  return {
    ...omitUndefined({ title }),
    ...(published === undefined ? {} : { published: readPublished(published, timezone) }),
    ...omitUndefined({ section, language, timezone, acceptUpdated, adoptIds }),
  };
}

function readBase(written: string): string {
  checkFlag("--base", webUrlField, written);
  return written;
}

function checkFlag(flag: string, schema: z.ZodMiniType, value: string): void {
  const checked = check(schema, value);
  if (!checked.ok) throw new CliError(`${flag} ${value} ${checked.problems[0]?.message}.`);
}

function readPublished(written: string, timezone: string | undefined): string {
  const date = readDate(written);
  if (date.kind === "instant") return date.value;
  if (date.kind === "local" && timezone !== undefined) return inZone(date.value, timezone);
  throw new CliError(
    date.kind === "local"
      ? `--published ${written} has no zone: write it like ${date.value}+01:00, or add --timezone Europe/Berlin.`
      : `--published ${written} is no date and time with zone; it takes one like 2026-01-31T18:00:00+01:00.`,
  );
}

function givenImage(file: string): LocalImage {
  const path = resolve(file);
  const image = localImage(dirname(path), basename(path), "all");
  if (image.ok) return image.value;
  throw new CliError(`--image: ${image.problems[0]?.message}.`);
}
