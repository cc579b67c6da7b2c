// A newsroom in a Worker for the browser tests: the content folder as the CLI publishes it, and articles that show what
// those don't: long, from right to left, sponsored, many, withdrawn, not out yet.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { run } from "../tools.ts";
import { article, type TestImage } from "../worker/articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../worker/harness.ts";
import { partner } from "../worker/partners/partners.ts";
import { draw, type Scene } from "./pictures.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The address of the long article, and of the Arabic one. */
export const LONG = "/articles/second-ferry";
export const ARABIC = "/articles/arabic";
/** The address of an article of one sentence, and of one with a table of eight columns under a headline of 300 characters. */
export const NOTE = "/articles/note";
export const WIDE_TABLE = "/articles/wide-table";

const SECTIONS = `
  world: {title: World, description: What happens elsewhere and matters here.}
  empty: {title: Nothing here yet}
`;
const people = (avatar: string) => `
  mara-quill:
    name: Mara Quill
    role: reporter
    affiliation: Harbour Courier
    url: https://quill.test/about
    avatar: ${avatar}
    bio: Mara Quill has written about ports, ferries and the people on them for eleven years. She lives by the water.
  nobody-yet: {name: Nora Newcomer}
`;

/** Headline, dek, section, tags, picture, author: short articles, the newest first. */
const SHORT: readonly (readonly [string, string, string, string, Scene | "", string])[] = [
  [
    "A glacier’s last summer, measured by hand",
    "For forty years the same family has walked the ice with poles and a notebook. This year there was little left to walk on.",
    "science",
    "Climate, Glaciers",
    "mountains",
    "Ines Okafor",
  ],
  [
    "The night the city switched itself off",
    "An hour without light was meant to save power. It gave back the stars, and an argument.",
    "world",
    "Energy, Cities",
    "city",
    "Tomas Lind",
  ],
  [
    "What the wheat remembers",
    "Seeds from a cupboard in a village school may hold an answer to the drought.",
    "science",
    "Climate, Farming",
    "field",
    "Ines Okafor",
  ],
  [
    "Parliament sends back the fisheries bill",
    "Two votes decided it, and both came from the coast.",
    "world",
    "Fisheries, Parliament",
    "",
    "Tomas Lind",
  ],
  [
    "A library that lends its chairs",
    "You may take one home for a week. Most come back mended.",
    "culture",
    "Libraries",
    "portrait",
    "Ada Brandt and Lukas Weil",
  ],
  [
    "The bridge that nobody wanted is full",
    "Three years after it opened, engineers count twice the traffic they had promised.",
    "world",
    "Cities, Ferries",
    "harbour",
    "Mei Tanaka",
  ],
  [
    "Rice, smoke and a long argument about salt",
    "The cook who will not write anything down has opened a school.",
    "culture",
    "Food",
    "field",
    "Ada Brandt",
  ],
  [
    "Old satellites learn a new trade",
    "They listen for whales now.",
    "science",
    "Oceans, Space",
    "",
    "Ines Okafor",
  ],
  ["Rail strike called off at midnight", "", "world", "Railways", "", "Tomas Lind"],
  ["The museum of small mistakes reopens", "", "culture", "Museums", "", "Ada Brandt"],
  ["Fog closes the strait for a third day", "", "world", "Ferries", "", "Mei Tanaka"],
  ["A vaccine that needs no refrigerator", "", "science", "Medicine", "", "Ines Okafor"],
  ["Islanders vote to keep their time zone", "", "world", "Islands", "", "Mei Tanaka"],
  ["The tuba player who became a judge", "", "culture", "Music", "", "Lukas Weil"],
  ["Tide gauges disagree, and both are right", "", "science", "Oceans", "", "Ines Okafor"],
  ["Market day moves to the old airfield", "", "world", "Cities", "", "Tomas Lind"],
  ["Twelve words for rain, and one is new", "", "culture", "Language", "", "Lukas Weil"],
  ["River dredging starts in spring", "", "world", "Rivers", "", "Mei Tanaka"],
];

const longArticle = (images: readonly TestImage[]) =>
  article({
    headline: "Harbour council votes for a second ferry, nine years after the first was sold",
    dek: "The night boat returns in March. What it will cost, who will steer it, and why the vote was closer than it looked.",
    section: "world",
    tags: ["Ferries", "Budget", "Cities"],
    dateline: "HARBOUR TOWN",
    published: "2024-10-25T06:00:00Z",
    updated: "2024-10-25T15:20:00Z",
    bylines: [
      "mara-quill",
      { name: "Jonas Adeyemi", role: "reporter", affiliation: "Island Radio" },
      { name: "Petra Novak", role: "photographer", url: "https://novak.test/" },
      { name: "Sam Ellery", role: "editor" },
    ],
    images: [
      {
        src: images[0]?.src,
        alt: "A white ferry lies in a harbour at dusk, the sun on the water behind it",
        caption: "The old boat on its last night run, in 2015. The new one will be longer by a lorry.",
        credit: { name: "Petra Novak", role: "photographer" },
      },
      {
        src: images[1]?.src,
        alt: "A woman with dark hair against a pale wall",
        caption: "Captain Ruth Amsel came out of retirement to train the crew.",
        credit: "Petra Novak",
      },
      {
        src: images[2]?.src,
        alt: "Green fields below a low sun",
        caption: "The far shore, where the road ends.",
      },
    ],
    corrections: [
      {
        at: "2024-10-25T12:00:00Z",
        kind: "correction",
        text: "An earlier version of this article gave the price of a crossing as 14 crowns. It is 12.",
      },
      { at: "2024-10-25T15:20:00Z", kind: "clarification", text: "The vote was of the full council." },
    ],
    rights: {
      copyright: "© 2024 Harbour Courier and Island Radio",
      license: "https://creativecommons.org/licenses/by/4.0/",
      terms: "Pictures may not be reused without asking Petra Novak.",
    },
    body: {
      html: `<p>The council chamber was full on Monday for the first time since anybody could remember, and it stayed full until the lights were put out. Eleven members voted for the ferry, nine against; <a href="https://example.test/minutes">the minutes</a> run to forty pages.</p>
<p>“We sold a boat and bought a queue,” said the mayor, who had voted for the sale nine years ago. Since then whoever misses the bus at six drives around the bay, an hour and ten minutes, or stays.</p>
<h2>What it costs</h2>
<p>The boat is second-hand and comes from a fjord further north. It needs a new engine, a ramp that fits our pier, and a name.</p>
<table><thead><tr><th>Item</th><th>Crowns</th><th>Paid by</th></tr></thead><tbody><tr><td>Boat and engine</td><td>18,400,000</td><td>State and town</td></tr><tr><td>Ramp</td><td>2,150,000</td><td>Town</td></tr><tr><td>Crew, a year</td><td>3,900,000</td><td>Fares, mostly</td></tr></tbody></table>
<figure><img src="${images[1]?.src}"></figure>
<blockquote><p>A timetable is a promise. We are out of practice with promises.</p></blockquote>
<p>The crew will be of seven. Four have sailed the strait before; the others will learn it by night, which is when it has to be known.</p>
<h3>Who may bring what</h3>
<h4>On the car deck</h4><ul><li>Bicycles are free.</li><li>Dogs pay half.</li><li>Lorries book ahead, <code>by five</code> on the day before.</li></ul>
<h2>Why it was close</h2>
<p>Those against did not say that no ferry was needed. They asked who pays when the fog comes: on forty-one nights of last winter no boat could have gone. The answer that carried the vote was short. On the other hundred and forty, it could.</p>
<figure><img src="${images[2]?.src}"></figure>
<p>The first boat is to leave on the second of March, at a quarter past eleven in the evening. There is a list for it already.</p>`,
    },
  });

const arabicArticle = (image: TestImage | undefined) =>
  article({
    headline: "مدينة على الماء تختار ليلها من جديد",
    dek: "بعد تسعة أعوام من بيع العبّارة القديمة، يصوّت المجلس على قارب ثانٍ ويختلف على ثمنه.",
    language: "ar",
    section: "world",
    tags: ["موانئ", "Ferries"],
    dateline: "الميناء",
    published: "2024-10-25T05:00:00Z",
    updated: "2024-10-25T09:30:00Z",
    bylines: [
      { name: "ليلى حداد", role: "reporter", affiliation: "إذاعة الجزيرة", bio: "تكتب عن البحر ومدنه." },
    ],
    images: [
      {
        src: image?.src,
        alt: "عبّارة بيضاء في ميناء ليلاً",
        caption: "العبّارة في آخر رحلة ليلية لها.",
        credit: "بترا نوفاك",
      },
    ],
    corrections: [{ at: "2024-10-25T09:30:00Z", kind: "correction", text: "ثمن العبور 12 كرونة." }],
    body: {
      html: `<p>امتلأت قاعة المجلس يوم الاثنين للمرة الأولى منذ زمن طويل، وبقيت ممتلئة حتى أُطفئت الأنوار. صوّت أحد عشر عضواً مع العبّارة وتسعة ضدها.</p>
<h2>ما الذي تكلّفه</h2><p>القارب مستعمل، يحتاج إلى محرك جديد وإلى رصيف يناسبه، وإلى اسم. قال رئيس البلدية: «بعنا قارباً واشترينا طابوراً».</p>
<blockquote><p>الجدول الزمني وعد، ونحن نسينا الوعود.</p></blockquote><ul><li>الدراجات مجاناً.</li><li>للكلاب نصف الثمن.</li></ul>
<p>تنطلق الرحلة الأولى في الثاني من آذار عند الحادية عشرة والربع مساءً.</p>`,
    },
  });

const COLUMNS = [
  "Harbour",
  "Passengers",
  "Lorries",
  "Bicycles",
  "Fog days",
  "Revenue",
  "Costs",
  "On the year",
];
const CELLS = ["Northhaven", "1,234,500", "67,800", "91,000", "41", "18,400,000", "17,950,000", "+3.4 %"];
const wideTable = article({
  headline: `${"What the accounts of eight harbours say of ferries, lorries and the fog, ".repeat(5)}`.slice(
    0,
    299,
  ),
  section: "world",
  published: "2024-10-24T10:00:00Z",
  body: {
    html: `<table><thead><tr>${COLUMNS.map((name) => `<th>${name}</th>`).join("")}</tr></thead>
<tbody><tr>${CELLS.map((cell) => `<td>${cell}</td>`).join("")}</tr></tbody></table><p>Source: the harbours.</p>`,
  },
});

/** Starts the Worker and publishes everything. Close it in the end. */
export async function startNewsroom(browser: Browser): Promise<RunningWorker> {
  const scenes: readonly Scene[] = ["harbour", "portrait", "field", "mountains", "city", "strait"];
  const drawn = await Promise.all(scenes.map(async (scene) => [scene, await draw(browser, scene)] as const));
  const pictures = new Map<Scene, TestImage>(drawn);
  const tall = await draw(browser, "portrait", 1500);
  const settings = readFileSync(join(ROOT, "content/site.yaml"), "utf8")
    .replace("\nsections:", `\nsections:${SECTIONS}`)
    .replace("\npeople:", `\npeople:${people(tall.src)}`);
  const worker = await startWorker({ siteYaml: settings });
  for (const { bytes, sha256 } of [...pictures.values(), tall]) {
    await ok(worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) }));
  }
  await run(process.execPath, ["src/cli/main.ts", "publish", "--to", worker.url], {
    env: { ...process.env, WIREROOM_TOKEN: TOKEN },
  });
  const images = [pictures.get("harbour"), tall, pictures.get("field")];
  await ok(worker.put("second-ferry", longArticle(images.filter((image) => image !== undefined))));
  await ok(worker.put("note", article({ headline: "Fog", published: "2024-10-24T09:00:00Z" })));
  await ok(worker.put("wide-table", wideTable));
  await ok(worker.put("arabic", arabicArticle(pictures.get("strait"))));
  for (const [index, [headline, dek, section, tags, scene, author]] of SHORT.entries()) {
    const image = scene === "" ? undefined : pictures.get(scene);
    await ok(
      worker.put(
        `short-${index}`,
        article({
          headline,
          section,
          tags: tags.split(", "),
          published: `2024-10-${String(24 - index).padStart(2, "0")}T04:00:00Z`,
          bylines: author.split(" and ").map((name) => ({ name })),
          ...(dek === "" ? {} : { dek }),
          ...(image ? { images: [{ src: image.src, alt: `A picture of ${scene}` }] } : {}),
          sponsored: index === 6,
          body: { html: `<p>${dek === "" ? `${headline}: what is known so far.` : dek}</p>` },
        }),
      ),
    );
  }
  await ok(worker.put("gone", article({ headline: "Withdrawn", tags: ["Withdrawn alone"] })));
  await ok(worker.del("gone", "reason=The%20figures%20were%20not%20ours%20to%20publish."));
  await ok(
    worker.put(
      "secret",
      article({ headline: "Embargoed", tags: ["Secret"], published: "2099-01-01T00:00:00Z" }),
    ),
  );
  // The first with its token in the address, as a browser opens it: not all articles have a picture, as this format asks.
  await partner(worker, "portal", {
    profile: "newsbreak",
    access: "path",
    push: { url: "https://portal.test/hook" },
  });
  await partner(worker, "basic", { access: "basic" });
  await worker.settled();
  return worker;
}

async function ok(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
