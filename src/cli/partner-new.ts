// `wireroom partner new`: writes content/partners/<id>.yaml. It asks what the flags leave open.

import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import * as z from "zod/mini";
import type { Site } from "../article/site.ts";
import { CliError } from "../content/finding.ts";
import { list, readSite } from "../content/folder.ts";
import { POLICY_EXTENSION } from "../content/partner-file.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check, fail, ok, type Result } from "../lib/problem.ts";
import { slugField, slugify } from "../lib/text.ts";
import { PROFILE_WORDS } from "../partners/partner-words.ts";
import { type Policy, PROFILE_NAMES, type ProfileName, policySchema } from "../partners/policy.ts";
import type { Ask, Output } from "./terminal.ts";

/** Answers by flags. */
export interface NewFlags {
  readonly name?: string;
  readonly profile?: string;
  readonly access?: string;
  readonly sections?: string;
  readonly content?: string;
}

/**
 * Where to write, and how to ask. Nothing is asked if `ask` is missing, or if name, profile and access are
 * given.
 */
export interface NewOptions {
  /** The content folder. */
  readonly dir: string;
  readonly id?: string | undefined;
  readonly flags: NewFlags;
  readonly ask?: Ask | undefined;
}

/**
 * Writes a new policy, and says what comes next. Throws `CliError` for an invalid answer, or if the file
 * exists already.
 */
export async function newPartner({ dir, id: givenId, flags, ask }: NewOptions, out: Output): Promise<void> {
  const names = await list(dir);
  if (!names) throw new CliError(`There is no folder ${dir}.`);
  const { site } = await readSite(dir);
  const complete = flags.name !== undefined && flags.profile !== undefined && flags.access !== undefined;
  const answer = answerer(complete ? undefined : ask, out);

  const name = await answer("--name", nameQuestion, flags.name);
  const id = await answer("ID", idQuestion(slugify(name)), givenId);
  const file = join(dir, "partners", id + POLICY_EXTENSION);
  const there = (await list(join(dir, "partners")))?.some((entry) => entry.name === id + POLICY_EXTENSION);
  if (there) throw new CliError(`${relative(process.cwd(), file)} exists already, and isn't changed.`);
  const profile = await answer("--profile", profileQuestion, flags.profile);
  const access = await answer("--access", accessQuestion, flags.access);
  const sections = await answer("--sections", sectionsQuestion(site), flags.sections);
  const content = await answer("--content", contentQuestion, flags.content);

  await mkdir(join(dir, "partners"), { recursive: true });
  const text = policyFile({ id, name, profile, access, content }, sections);
  await writeFile(file, text, { flag: "wx" });
  out.say(`Written: ${relative(process.cwd(), file)}. docs/partners.md lists what else it may contain. Next:

  npx wireroom check
  npx wireroom publish${access === "public" ? "" : `\n  npx wireroom partner token ${id}`}
  npx wireroom partner show ${id}`);
}

function answerer(ask: Ask | undefined, out: Output) {
  return async <T>(flag: string, { text, defaultAnswer, read }: Question<T>, given?: string): Promise<T> => {
    for (let answer = given; ; answer = undefined) {
      if (answer === undefined && ask)
        answer = await ask(`${text}${defaultAnswer ? ` [${defaultAnswer}]` : ""}: `);
      answer = answer?.trim() || defaultAnswer;
      if (answer === undefined && !ask)
        throw new CliError(
          `Without a terminal, nobody can be asked: give ${flag}.${flag === "--name" ? DEFAULT_FLAGS : ""}`,
        );
      const result = read(answer ?? "");
      if (result.ok) return result.value;
      const why = result.problems.map(({ message }) => message).join("; ");
      if (!ask || given !== undefined) throw new CliError(`${flag}  ${why}`);
      out.warn(`  That ${why}.`);
    }
  };
}

function policyFile(
  {
    id,
    name,
    profile,
    access,
    content,
  }: Pick<Policy, "profile" | "access" | "content"> & { readonly id: string; readonly name: string },
  sections: readonly string[],
): string {
  const scalar = (value: string) => stringify(value, { lineWidth: 0 }).trimEnd();
  const select = `select:\n  sections: [${sections.length > 0 ? sections.map(scalar).join(", ") : "world"}]`;
  return `# What ${name} gets. docs/partners.md lists all keys; npx wireroom check finds mistakes.
id: ${scalar(id)}
name: ${scalar(name)}
profile: ${profile}

# How the partner identifies itself: bearer or basic (a token in a header), path (a token in the address), public (anybody).
access: ${access}

# Only articles of these sections${sections.length > 0 ? "" : ". Remove the # to choose; until then it gets every section"}.
${sections.length > 0 ? select : select.replace(/^/gm, "# ")}

# How much of each article: full, excerpt, or { paragraphs: 3 }.
content: ${typeof content === "string" ? content : `{ paragraphs: ${content.paragraphs} }`}
`;
}

/** A question, its default answer, and the check of an answer. */
interface Question<T> {
  readonly text: string;
  /** What an empty answer means. Without it, there must be an answer. */
  readonly defaultAnswer?: string;
  readonly read: (answer: string) => Result<T>;
}

const { name, profile, access } = policySchema.shape;

/** The partner's name in addresses and commands. */
const idQuestion = (defaultAnswer: string): Question<string> => ({
  text: "Id, a part of the feed's address",
  ...omitUndefined({ defaultAnswer: check(slugField, defaultAnswer).ok ? defaultAnswer : undefined }),
  read: (answer) => check(slugField, answer),
});

/** The partner's name for people. */
const nameQuestion: Question<string> = {
  text: "Name of the partner",
  read: (answer) => check(name, answer),
};

/** The partner's format, by name or by number in the list. */
const profileQuestion: Question<ProfileName> = {
  text: `${PROFILE_NAMES.map((each, index) => `  ${String(index + 1).padStart(2)}  ${each.padEnd(19)}  ${PROFILE_WORDS[each]}`).join("\n")}\nFormat, a name or number of these`,
  defaultAnswer: "rss",
  read: (answer) => check(profile, PROFILE_NAMES[Number(answer) - 1] ?? answer),
};

/** How the partner identifies itself. */
const accessQuestion: Question<z.infer<typeof access>> = {
  text: "Access: bearer or basic (a token in a header), path (a token in the address), public (anybody)",
  defaultAnswer: "bearer",
  read: (answer) => check(access, answer),
};

/** Which sections the partner gets; an empty list means all. */
const sectionsQuestion = (site: Site | undefined): Question<readonly string[]> => ({
  text: `Sections, with commas between them${site ? ` (${Object.keys(site.sections).join(", ")})` : ""}`,
  defaultAnswer: "all",
  read(answer) {
    if (answer === "all") return ok([]);
    const sections = check(
      z.array(slugField),
      answer.split(",").map((section) => section.trim()),
    );
    if (!sections.ok || !site) return sections;
    const unknown = sections.value.filter((section) => !(section in site.sections));
    return unknown.length === 0
      ? sections
      : fail({ path: "", message: `must name sections of site.yaml, not ${unknown.join(", ")}` });
  },
});

/** How much of each article the partner gets. */
const contentQuestion: Question<"full" | "excerpt" | { readonly paragraphs: number }> = {
  text: "How much of each article: full, excerpt, or a number of paragraphs",
  defaultAnswer: "full",
  read(answer) {
    const content = check(
      policySchema.shape.content,
      /^\d+$/.test(answer) ? { paragraphs: Number(answer) } : answer,
    );
    return content.ok
      ? content
      : fail({ path: "", message: "must be full, excerpt, or a number from 1 to 50" });
  },
};

/** The flags that may be left out, with their defaults. */
const DEFAULT_FLAGS = ` The other flags have defaults: ${[
  `--profile ${profileQuestion.defaultAnswer}`,
  `--access ${accessQuestion.defaultAnswer}`,
  `--sections ${sectionsQuestion(undefined).defaultAnswer}`,
  `--content ${contentQuestion.defaultAnswer}`,
].join(", ")}.`;
