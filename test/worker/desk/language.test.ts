// The desk in another language: an invented one, in which each text stands in brackets. All pages that a browser reaches from
// the first one are read: no text on them is in English, unless it is the newsroom's own.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Element, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { ACCESS_KINDS, PROFILE_NAMES } from "../../../src/partners/policy.ts";
import { inventedLanguage, notTranslated } from "../../words/invented.ts";
import { article } from "../articles.ts";
import { readSite } from "../bundle-files.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { issue, partner } from "../partners/partners.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

// What the newsroom writes has no Latin letter here.
const NAME = "Λήδα";
const ARTICLE = { headline: "Σήμερα", dek: "Αύριο", body: { html: "<p>Χθες.</p>" }, tags: ["θάλασσα"] };
/** The newsroom's names, the codes of a policy, and this browser's name. */
const OWN = [
  ...Object.values(readSite().sections).map(({ title }) => title),
  ...PROFILE_NAMES,
  ...ACCESS_KINDS,
  ...["syndicate", "credited", "node"],
];
const MOST_PAGES = 150;
/** Elements whose text is the newsroom's, a machine's, or in the language that they name. */
const OTHERS = new Set(["bdi", "code", "pre", "script", "style", "iframe"]);
const SHOWN_ATTRIBUTES = ["ariaLabel", "title", "placeholder", "alt", "label"] as const;

let worker: RunningWorker;
let admin: Colleague;
let pages: ReadonlyMap<string, Root>;
beforeAll(async () => {
  const site = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8");
  worker = await startWorker({
    secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "0", WEBHOOK_SECRET: "w".repeat(40) },
    siteYaml: site.replace(/^title: .*$/m, "title: Εφημερίδα").replace(/^language: .*$/m, "language: ja"),
    translations: inventedLanguage(),
  });
  admin = await colleague(worker, NAME, "admin");
  await colleague(worker, "Τάσος", "reporter");
  await partner(worker, "p1", { name: "Φίλος" });
  await issue(worker, "p1");
  await worker.put("a1", article({ ...ARTICLE, bylines: [{ name: NAME }] }));
  await create({});
  await publish(await create(ARTICLE), {});
  await publish(await create({ ...ARTICLE, headline: "Αργότερα" }), { local: "2999-01-01T08:30" });
  const gone = await publish(await create({ ...ARTICLE, headline: "Πέρα" }), {});
  await admin.ask("POST", `/stories/${gone}/withdraw`, { reason: "Λάθος" });
  const broken = await create({ ...ARTICLE, expires: "2020-01-01T00:00:00Z" });
  await admin.ask("PUT", `/stories/${broken}/review`, { revision: 1, note: "Έτοιμο" });
  pages = await crawl("/desk");
});
afterAll(() => worker?.close());

let made = 0;
async function create(fields: object): Promise<string> {
  made += 1;
  const answer = await admin.ask("POST", "/stories", { slug: `s${made}`, article: fields });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as StoryAnswer).id;
}

async function publish(id: string, when: object): Promise<string> {
  const asked = await admin.ask("POST", `/stories/${id}/publish`, { revision: 1, ...when });
  if (asked.status !== 202) throw new Error(`${asked.status} ${await asked.text()}`);
  await until("it is published", async () => {
    const story = (await (await admin.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
    return story.due === null;
  });
  return id;
}

/** All pages of the desk that links and frames lead to, by their paths. */
async function crawl(start: string): Promise<ReadonlyMap<string, Root>> {
  const found = new Map<string, Root>();
  const waiting = [start, "/desk/sign-in"];
  for (let path = waiting.shift(); path !== undefined && found.size < MOST_PAGES; path = waiting.shift()) {
    if (found.has(path)) continue;
    const answer = await worker.fetch(path, {
      headers: { Cookie: admin.cookie, ...FROM_HERE },
      redirect: "manual",
    });
    if (!(answer.headers.get("Content-Type") ?? "").startsWith("text/html")) continue;
    const tree = fromHtml(await answer.text());
    found.set(path, tree);
    for (const element of elementsOf(tree)) {
      const { href } = element.properties;
      if (element.tagName === "a" && typeof href === "string" && href.startsWith("/desk")) waiting.push(href);
    }
  }
  return found;
}

function* elementsOf(node: Root | RootContent): Generator<Element> {
  if (node.type === "element") yield node;
  if ("children" in node) for (const child of node.children) yield* elementsOf(child as RootContent);
}

/** The texts of a page, and what screen readers say of its elements. */
function* textsIn(node: Root | RootContent): Generator<string> {
  if (node.type === "text") yield node.value;
  if (node.type === "element") {
    if (OTHERS.has(node.tagName) || (node.properties.lang !== undefined && node.tagName !== "html")) return;
    for (const name of SHOWN_ATTRIBUTES) yield String(node.properties[name] ?? "");
  }
  if ("children" in node) for (const child of node.children) yield* textsIn(child as RootContent);
}

describe("a desk in another language", () => {
  it("says which, and has pages of every kind", () => {
    const paths = [...pages.keys()];
    expect(paths.length).toBeLessThan(MOST_PAGES);
    for (const kind of [
      /publish$/,
      /revisions\/1$/,
      /preview/,
      /withdraw$/,
      /correct$/,
      /people/,
      /partners\/p1$/,
      /journal/,
    ])
      expect(paths).toContainEqual(expect.stringMatching(kind));
    for (const tree of pages.values())
      expect([...elementsOf(tree)].find(({ tagName }) => tagName === "html")?.properties).toMatchObject({
        lang: "ja",
        dir: "ltr",
      });
  });

  it("has no text in English", () => {
    const english = Array.from(
      pages,
      ([path, tree]) => [path, notTranslated([...textsIn(tree)], OWN)] as const,
    );
    expect(Object.fromEntries(english.filter(([, texts]) => texts.length > 0))).toEqual({});
  });
});
