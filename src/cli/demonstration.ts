// Finds demonstration content left in a content folder. A site that was deployed with it would mint its articles' ids in
// the name of example.com, for ever.

import { join } from "node:path";
import { type Finding, findingIn, formatFinding } from "../content/finding.ts";
import { list } from "../content/folder.ts";
import { POLICY_EXTENSION } from "../content/partner-file.ts";
import { readText } from "../content/text-file.ts";
import { CliError } from "../lib/cli-error.ts";
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
// Words that stand in the demonstration's settings and in nobody else's, wherever they stand.
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
// Reserved for examples (RFC 2606 §3): nobody's site is there. In an address, an e-mail address, or by itself.
const EXAMPLE_HOST = /^\S*(?:^|[/@.])example\.(?:com|net|org)(?![\w.-])/i;
const REDIRECTS = ["redirects./category/asia/feed/", "redirects./?cat=7"];

const CURE: Readonly<Record<string, string>> = {
  title: "put in your publication's name",
  url: "put in your own address",
  "tag.authority": "put in a name that you hold, before the first article goes out: ids are made of it",
};

/** Everything in the folder `dir` that is still the demonstration's, as warnings with their lines. */
export async function demonstrationIn(dir: string): Promise<readonly Finding[]> {
  const articles = (await list(join(dir, "articles"))) ?? [];
  const partners = (await list(join(dir, "partners"))) ?? [];
  const policies = partners.filter(({ name }) => name.endsWith(POLICY_EXTENSION));
  return [
    ...linesIn(join(dir, "site.yaml")),
    ...articles
      .filter(({ name }) => ARTICLES.includes(name))
      .map(({ name }) => {
        const message = "is an article of the demonstration: take its folder out";
        return findingIn(join(dir, "articles", name))("warning")({ path: "", message });
      }),
    ...policies.flatMap(({ name }) => linesIn(join(dir, "partners", name))),
  ];
}

/** Throws `CliError`, naming files and lines, where the demonstration in `dir` would go out to `url`, which isn't this machine. */
export async function refuseDemonstration(dir: string, url: string): Promise<void> {
  if (isLocal(url)) return;
  const found = await demonstrationIn(dir);
  if (found.length === 0) return;
  const lines = found.map((finding) => formatFinding({ ...finding, level: "error" }));
  throw new CliError(
    `This is still the demonstration, so nothing was sent to ${url}. Articles' ids are made of \`tag\`, and can't be changed later.\n${lines.join("\n")}`,
  );
}

/** The demonstration's values in a YAML file, in the order of its lines; none where it can't be read. */
function linesIn(file: string): readonly Finding[] {
  const source = readText(file);
  const yaml = source.ok ? readYaml(source.value) : source;
  if (!yaml.ok) return [];
  const { value, lineOf } = yaml.value;
  return textsIn(value)
    .filter(([path, text]) => isDemonstrations(path, text))
    .map(([path]) => {
      const cure = CURE[path] ?? "put in yours, or take it out";
      return findingIn(file, lineOf)("warning")({ path, message: `is the demonstration's: ${cure}` });
    });
}

const isDemonstrations = (path: string, text: string): boolean =>
  WORDS.some((words) => text.includes(words)) || EXAMPLE_HOST.test(text) || REDIRECTS.includes(path);

/** Every text in a YAML value, with its path; not what is deeper than any setting, since an alias may stand in itself. */
function textsIn(value: unknown, path = "", deeper = 10): readonly (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null || deeper === 0) return [];
  const within = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(([key, item]) => [path === "" ? key : `${path}.${key}`, item] as const);
  return within.flatMap(([at, item]) => textsIn(item, at, deeper - 1));
}
