// Partners' policies in the content folder: `partners/<id>.yaml`, one file a partner.

import type { Dirent } from "node:fs";
import { join } from "node:path";
import type { Site } from "../article/site.ts";
import { check, type Problem } from "../lib/problem.ts";
import { slugField } from "../lib/text.ts";
import { checkYaml } from "../lib/yaml.ts";
import { type Policy, policyProblems, policySchema } from "../partners/policy.ts";
import { type Finding, findingIn } from "./finding.ts";
import { list } from "./folder.ts";
import { readText } from "./text-file.ts";

/** What ends a policy's file name. */
export const POLICY_ENDING = ".yaml";

/** A policy ready to be sent. */
export interface ReadyPolicy {
  readonly kind: "policy";
  readonly id: string;
  readonly file: string;
  readonly policy: Policy;
  /** The line in the file that a path of `policy` comes from. */
  readonly lineOf: (path: string) => number;
}

/** A policy that can't be sent; its findings hold at least one error. */
interface BrokenPolicy {
  readonly kind: "broken";
  readonly id: string;
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** What became of a policy's file. */
type PolicyState = ReadyPolicy | BrokenPolicy;

/** The folder of policies. */
export interface PolicyFolder {
  readonly dir: string;
  /** False where the content folder has no folder `partners`. */
  readonly exists: boolean;
  /** By the files' names. */
  readonly policies: readonly PolicyState[];
  /** What lies there and is no policy. */
  readonly findings: readonly Finding[];
}

/**
 * Reads and checks every policy in the content folder `dir`, or those whose file is in `only`.
 * Without a `site`, sections and the webhook's address can't be checked.
 */
export async function readPolicies(
  dir: string,
  site: Pick<Site, "url" | "sections"> | undefined,
  only?: ReadonlySet<string>,
): Promise<PolicyFolder> {
  const policiesDir = join(dir, "partners");
  const entries = await list(policiesDir);
  const names = new Set(entries?.map((entry) => entry.name));
  const policies: PolicyState[] = [];
  const findings: Finding[] = [];
  for (const entry of (entries ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || (only && !only.has(entry.name))) continue;
    const file = join(policiesDir, entry.name);
    const id = entry.name.replace(/\.ya?ml$/i, "");
    const problem = problemOfEntry(entry, id, names);
    if (problem) policies.push({ kind: "broken", id, file, findings: [findingIn(file)("error")(problem)] });
    else if (entry.name.endsWith(POLICY_ENDING)) policies.push(readPolicy(file, id, site));
    else findings.push(findingIn(file)("warning")(whole("is no policy, and isn't published")));
  }
  return { dir: policiesDir, exists: entries !== undefined, policies, findings };
}

const whole = (message: string): Problem => ({ path: "", message });

function problemOfEntry(entry: Dirent, id: string, names: ReadonlySet<string>): Problem | undefined {
  if (entry.isSymbolicLink()) return whole("is a symbolic link: policies must lie in the content folder");
  if (id === entry.name) return undefined;
  if (!entry.isFile()) return whole("is no file");
  if (!entry.name.endsWith(POLICY_ENDING)) {
    const proper = id + POLICY_ENDING;
    return whole(
      names.has(proper)
        ? `stands beside ${proper}: keep that one, and delete this`
        : `must be named ${proper}`,
    );
  }
  const slug = check(slugField, id);
  return slug.ok
    ? undefined
    : whole(`has a name that can't be an id: ${slug.problems.map(({ message }) => message).join("; ")}`);
}

function readPolicy(file: string, id: string, site: Pick<Site, "url" | "sections"> | undefined): PolicyState {
  const source = readText(file);
  const read = source.ok ? checkYaml(policySchema, source.value) : source;
  const broken = (problems: readonly Problem[], lineOf?: (path: string) => number): PolicyState => ({
    kind: "broken",
    id,
    file,
    findings: problems.map(findingIn(file, lineOf)("error")),
  });
  if (!read.ok) return broken(read.problems);
  const { value: policy, lineOf } = read.value;
  const problems = [
    ...(policy.id === id ? [] : [{ path: "id", message: `must be "${id}", as the file is named` }]),
    ...(site ? policyProblems(policy, site) : []),
  ];
  return problems.length > 0 ? broken(problems, lineOf) : { kind: "policy", id, file, policy, lineOf };
}
