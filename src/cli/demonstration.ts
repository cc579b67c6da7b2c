// Finds demonstration content in a content folder. A site that is deployed with it would make its articles'
// ids in the name of example.com, and ids can't be changed later.

import { join } from "node:path";
import { CliError, type Finding, findingIn, formatFinding } from "../content/finding.ts";
import { list } from "../content/folder.ts";
import { POLICY_EXTENSION } from "../content/partner-file.ts";
import { readText } from "../content/text-file.ts";
import { readYaml } from "../lib/yaml.ts";
import { isLocal } from "./target.ts";

const ARTICLES = [
  "a-film-anybody-may-show",
  "how-a-small-lamp-reaches-the-horizon",
  "how-to-read-this-wire",
  "north-korean-troops-in-russia",
  "six-hours-of-tide",
  "the-night-boat-to-larkholm",
  "the-press-that-waited",
  "venus-crosses-the-sun",
];
// Phrases of the demonstration's settings that no other site would have.
const WORDS = [
  "Wireroom Daily",
  "Wireroom Desk",
  "A demonstration wire.",
  "Security, politics and people between the Indian Ocean and the Pacific.",
  "The sea, the sky, and how both are measured.",
  "Old machines and new films, and who keeps them going.",
  "Boats, mostly.",
  "David Choi covers U.S. forces and foreign policy from South Korea.",
  "Edda Farrow is invented",
  "Oona Pell is invented",
];
// A name that is reserved for examples (RFC 2606 §3), in a web address, an e-mail address, or alone.
const EXAMPLE_HOST = /^\S*(?:^|[/@.])example\.(?:com|net|org)(?![\w.-])/i;
const REDIRECTS = ["redirects./category/asia/feed/", "redirects./?cat=7"];

const REMEDIES: Readonly<Record<string, string>> = {
  title: "put in your publication's name",
  url: "put in your own address",
  "tag.authority": "put in a name that you own, before the first article is published: ids are made of it",
};

/** Warnings, with their lines, for everything in the folder `dir` that belongs to the demonstration. */
export async function demonstrationIn(dir: string): Promise<readonly Finding[]> {
  const articles = (await list(join(dir, "articles"))) ?? [];
  const partners = (await list(join(dir, "partners"))) ?? [];
  const policies = partners.filter(({ name }) => name.endsWith(POLICY_EXTENSION));
  return [
    ...linesIn(join(dir, "site.yaml")),
    ...articles
      .filter(({ name }) => ARTICLES.includes(name))
      .map(({ name }) => {
        const message = "is an article of the demonstration: delete its folder";
        return findingIn(join(dir, "articles", name))("warning")({ path: "", message });
      }),
    ...policies.flatMap(({ name }) => linesIn(join(dir, "partners", name))),
  ];
}

/**
 * Throws `CliError` with files and lines if the demonstration in `dir` would be sent to a `url` that isn't on
 * this machine.
 */
export async function refuseDemonstration(dir: string, url: string): Promise<void> {
  if (isLocal(url)) return;
  const found = await demonstrationIn(dir);
  if (found.length === 0) return;
  const lines = found.map((finding) => formatFinding({ ...finding, level: "error" }));
  throw new CliError(
    `This is still the demonstration, so nothing was sent to ${url}. Articles' ids are made of \`tag\`, and can't be changed later.\n${lines.join("\n")}`,
  );
}

/**
 * Warnings for the demonstration's values in a YAML file, in the order of its lines; none if it can't be
 * read.
 */
function linesIn(file: string): readonly Finding[] {
  const source = readText(file);
  const yaml = source.ok ? readYaml(source.value) : source;
  if (!yaml.ok) return [];
  const { value, lineOf } = yaml.value;
  return textsIn(value)
    .filter(([path, text]) => isDemonstrations(path, text))
    .map(([path]) => {
      const remedy = REMEDIES[path] ?? "put in yours, or delete it";
      return findingIn(file, lineOf)("warning")({ path, message: `is the demonstration's: ${remedy}` });
    });
}

const isDemonstrations = (path: string, text: string): boolean =>
  WORDS.some((words) => text.includes(words)) || EXAMPLE_HOST.test(text) || REDIRECTS.includes(path);

/** Every text in a YAML value, with its path, up to a depth of `levels`: an alias may contain itself. */
function textsIn(value: unknown, path = "", levels = 10): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null || levels === 0) return [];
  const within = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(([key, item]) => [path === "" ? key : `${path}.${key}`, item] as const);
  return within.flatMap(([at, item]) => textsIn(item, at, levels - 1));
}
