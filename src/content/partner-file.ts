// Partners' policies in the content folder, `partners/<id>.yaml`: read, checked and written.

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

/** The extension of a policy's file. */
export const POLICY_EXTENSION = ".yaml";

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

/** A policy's file, read. */
type PolicyState = ReadyPolicy | BrokenPolicy;

/** The folder of policies. */
export interface PolicyFolder {
  readonly dir: string;
  /** False where the content folder has no folder `partners`. */
  readonly exists: boolean;
  /** Sorted by their files' names. */
  readonly policies: readonly PolicyState[];
  /** Files that aren't policies. */
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
    else if (entry.name.endsWith(POLICY_EXTENSION)) policies.push(readPolicy(file, id, site));
    else findings.push(findingIn(file)("warning")(whole("is not a policy, and isn't published")));
  }
  return { dir: policiesDir, exists: entries !== undefined, policies, findings };
}

/** A problem of the file as a whole. */
const whole = (message: string): Problem => ({ path: "", message });

function problemOfEntry(entry: Dirent, id: string, names: ReadonlySet<string>): Problem | undefined {
  if (entry.isSymbolicLink()) return whole("is a symbolic link: policies must lie in the content folder");
  if (id === entry.name) return undefined;
  if (!entry.isFile()) return whole("is not a file");
  if (!entry.name.endsWith(POLICY_EXTENSION)) {
    const proper = id + POLICY_EXTENSION;
    return whole(
      names.has(proper) ? `lies beside ${proper}: keep that one, and delete this` : `must be named ${proper}`,
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
    ...(policy.id === id ? [] : [{ path: "id", message: `must be "${id}", like the file's name` }]),
    ...(site ? policyProblems(policy, site) : []),
  ];
  return problems.length > 0 ? broken(problems, lineOf) : { kind: "policy", id, file, policy, lineOf };
}
