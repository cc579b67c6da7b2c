// What is still the demonstration's in a content folder. A site that went out with it would have minted its articles' ids in
// the name of example.com, for ever.

import { join } from "node:path";
import * as z from "zod/mini";
import { readYaml } from "../model/yaml.ts";
import { list } from "./content.ts";
import { type Finding, findingIn, formatFinding } from "./report.ts";
import { Stop } from "./stop.ts";
import { isLocal } from "./target.ts";
import { readText } from "./text-file.ts";

const TITLE = "Wireroom Daily";
const ARTICLES = ["how-to-read-this-wire", "north-korean-troops-in-russia"];
// Reserved for examples (RFC 2606 §3): nobody's site is there.
const EXAMPLE_HOST = /(?:^|\.)example\.(?:com|net|org)$/i;

const siteSchema = z.object({
  title: z.optional(z.unknown()),
  url: z.optional(z.unknown()),
  tag: z.catch(z.optional(z.object({ authority: z.optional(z.unknown()) })), undefined),
});

/** Everything in the folder `dir` that is still the demonstration's, as warnings with their lines. */
export async function demonstrationIn(dir: string): Promise<readonly Finding[]> {
  const articles = await list(join(dir, "articles"));
  return [
    ...settingsIn(join(dir, "site.yaml")),
    ...(articles ?? [])
      .filter(({ name }) => ARTICLES.includes(name))
      .map(({ name }) => {
        const message = "is an article of the demonstration: take its folder out";
        return findingIn(join(dir, "articles", name))("warning")({ path: "", message });
      }),
  ];
}

/** Throws `Stop`, naming files and lines, where the demonstration in `dir` would go out to `url`, which isn't this machine. */
export async function refuseDemonstration(dir: string, url: string): Promise<void> {
  if (isLocal(url)) return;
  const found = await demonstrationIn(dir);
  if (found.length === 0) return;
  const lines = found.map((finding) => formatFinding({ ...finding, level: "error" }));
  throw new Stop(
    `This is still the demonstration, so nothing was sent to ${url}. Articles' ids are made of \`tag\`, and can't be changed later.\n${lines.join("\n")}`,
  );
}

function settingsIn(file: string): readonly Finding[] {
  const source = readText(file);
  const yaml = source.ok ? readYaml(source.value) : source;
  const read = yaml.ok ? z.safeParse(siteSchema, yaml.value.value) : undefined;
  if (!yaml.ok || !read?.success) return [];
  const { title, url, tag } = read.data;
  const authority = tag?.authority;
  const wrong = [
    ...(title === TITLE ? [["title", "your publication's name"]] : []),
    ...(typeof url === "string" && EXAMPLE_HOST.test(hostOf(url)) ? [["url", "your own address"]] : []),
    ...(typeof authority === "string" && EXAMPLE_HOST.test(authority)
      ? [["tag.authority", "a name that you hold, before the first article goes out: ids are made of it"]]
      : []),
  ];
  return wrong.map(([path = "", way]) =>
    findingIn(file, yaml.value.lineOf)("warning")({ path, message: `is the demonstration's: put in ${way}` }),
  );
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).hostname : "");
