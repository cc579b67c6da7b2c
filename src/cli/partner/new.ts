// `wireroom partner new`: asks what no flag says, and writes content/partners/<id>.yaml.

import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import { list, readSite } from "../../content/folder.ts";
import { POLICY_EXTENSION } from "../../content/partner-file.ts";
import { CliError } from "../../lib/cli-error.ts";
import { slugify } from "../../lib/text.ts";
import type { Policy } from "../../partners/policy.ts";
import type { Output } from "../progress.ts";
import {
  accessQuestion,
  contentQuestion,
  idQuestion,
  nameQuestion,
  profileQuestion,
  type Question,
  sectionsQuestion,
} from "./questions.ts";
import type { Ask } from "./terminal.ts";

/** Answers given beforehand. */
export interface NewFlags {
  readonly name?: string;
  readonly profile?: string;
  readonly access?: string;
  readonly sections?: string;
  readonly content?: string;
}

/** Where to write, and whom to ask: nobody where `ask` is missing or name, profile and access are all given. */
export interface NewOptions {
  /** The content folder. */
  readonly dir: string;
  readonly id?: string | undefined;
  readonly flags: NewFlags;
  readonly ask?: Ask | undefined;
}

/** Writes a new policy, and says what comes next. Throws `CliError` for an answer that is none, or where there is a file already. */
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
  if (there) throw new CliError(`${relative(process.cwd(), file)} is there already, and stays as it is.`);
  const profile = await answer("--profile", profileQuestion, flags.profile);
  const access = await answer("--access", accessQuestion, flags.access);
  const sections = await answer("--sections", sectionsQuestion(site), flags.sections);
  const content = await answer("--content", contentQuestion, flags.content);

  await mkdir(join(dir, "partners"), { recursive: true });
  const text = policyFile({ id, name, profile, access, content }, sections);
  await writeFile(file, text, { flag: "wx" });
  out.say(`Written: ${relative(process.cwd(), file)}. What else it may say is in docs/partners.md. Next:

  npx wireroom check
  npx wireroom publish${access === "public" ? "" : `\n  npx wireroom partner token ${id}`}
  npx wireroom partner show ${id}`);
}

const USUAL = ` The rest may be given too; else they are ${[
  `--profile ${profileQuestion.usual}`,
  `--access ${accessQuestion.usual}`,
  `--sections ${sectionsQuestion(undefined).usual}`,
  `--content ${contentQuestion.usual}`,
].join(", ")}.`;

function answerer(ask: Ask | undefined, out: Output) {
  return async <T>(flag: string, { text, usual, read }: Question<T>, given?: string): Promise<T> => {
    for (let said = given; ; said = undefined) {
      if (said === undefined && ask) said = await ask(`${text}${usual ? ` [${usual}]` : ""}: `);
      said = said?.trim() || usual;
      if (said === undefined && !ask)
        throw new CliError(
          `This is no terminal, so nobody can be asked: give ${flag}.${flag === "--name" ? USUAL : ""}`,
        );
      const result = read(said ?? "");
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
  return `# What ${name} gets. docs/partners.md says what else may stand here; npx wireroom check says what is wrong.
id: ${scalar(id)}
name: ${scalar(name)}
profile: ${profile}

# How they come in: bearer or basic (a token in a header), path (a token in the address), public (anybody).
access: ${access}

# Articles of these sections alone${sections.length > 0 ? "" : ". While the lines below are comments: of every section"}.
${sections.length > 0 ? select : select.replace(/^/gm, "# ")}

# How much of each article: full, excerpt, or { paragraphs: 3 }.
content: ${typeof content === "string" ? content : `{ paragraphs: ${content.paragraphs} }`}
`;
}
