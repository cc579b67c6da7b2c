// CPU time of single invocations, to compare with the Free plan's 10 ms: workerd's CPU time for a request, minus that of a
// request to a bare Worker. D1 and KV run in the same process here, so their time is included; on Cloudflare it isn't.

import { benchArticle } from "./prose.ts";
import { median, type Row } from "./table.ts";
import { type BareAnswer, cpuMilliseconds, put, startWorkers, type Workers } from "./workers.ts";

const STORED = 50;
const ARTICLE_WORDS = 2000;
const IMAGES = 5;
const STARTS = 7;
const PUBLISHED = 40;
const SERVED = 2000;
const FORMATS = ["rss.xml", "atom.xml", "feed.json"];
const BARE: BareAnswer = { status: 200, headers: [], body: Buffer.from("{}") };

/** Rows: publishing an isolate's first article, publishing later ones, building a feed, serving a built feed. */
export async function benchCpu(folder: string): Promise<readonly Row[]> {
  const first: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    await withWorkers(folder, async (workers, base) => {
      const bare = await workers.url("bare");
      const idle = await cpuOf(workers, 1, () => publish(bare, start));
      first.push((await cpuOf(workers, 1, () => publish(base, start))) - idle);
    });
  }
  return withWorkers(folder, async (workers, base) => {
    const bare = await workers.url("bare");
    for (let index = 0; index < STORED; index++) await publish(base, index);
    for (const path of FORMATS) await get(base, path);
    const bareCall = await cpuOf(workers, PUBLISHED, (index) => publish(bare, index));
    const putting = await cpuOf(workers, PUBLISHED, (index) => publish(base, STORED + index));
    // Queue messages aren't consumed here, so a dirty document is built when it is requested.
    const building: number[] = [];
    for (let round = 0; round < PUBLISHED / 2; round++) {
      await publish(base, STORED + PUBLISHED + round);
      building.push(await cpuOf(workers, FORMATS.length, (index) => get(base, FORMATS[index] ?? "")));
    }
    const built = building.reduce((sum, one) => sum + one, 0) / building.length;
    const bareHit = await cpuOf(workers, SERVED, () => get(bare, "rss.xml"));
    const served = await cpuOf(workers, SERVED, () => get(base, "rss.xml"));
    const article = `publishing ${ARTICLE_WORDS} words and ${IMAGES} images`;
    return [
      row(`${article}, an isolate's first`, median(first)),
      row(article, putting - bareCall),
      row(`building a feed of ${STORED} such articles on a request`, built - bareHit),
      row("serving it from memory", served - bareHit),
    ];
  });
}

const row = (what: string, milliseconds: number): Row => ({
  what: `CPU of ${what} (Free plan: 10 ms)`,
  figure: `${milliseconds.toFixed(milliseconds < 1 ? 2 : 1)} ms`,
  goal: "—",
});

async function withWorkers<T>(
  folder: string,
  work: (workers: Workers, base: string) => Promise<T>,
): Promise<T> {
  const workers = await startWorkers(folder, { bare: BARE }, { rebuilds: false });
  try {
    return await work(workers, await workers.url("wireroom"));
  } finally {
    await workers.stop();
  }
}

/** Milliseconds of workerd's CPU time for each of some calls, made one after the other. */
async function cpuOf(
  { pid }: Workers,
  count: number,
  call: (index: number) => Promise<void>,
): Promise<number> {
  const before = cpuMilliseconds(pid);
  for (let index = 0; index < count; index++) await call(index);
  return (cpuMilliseconds(pid) - before) / count;
}

/** Publishes an article with images in its list and in its body. */
async function publish(base: string, index: number): Promise<void> {
  const article = benchArticle(index, ARTICLE_WORDS);
  const images = Array.from({ length: IMAGES }, (_, image) => ({
    src: `https://images.example.com/${index}-${image}.jpg`,
    alt: "A ferry at dusk",
    caption: `The ferry leaves, ${image} hours late.`,
    credit: "Theo Ash",
    width: 1600,
    height: 900,
    type: "image/jpeg",
    length: 234_567,
  }));
  const figures = images.map(({ src, alt }) => `<figure><img src="${src}" alt="${alt}"></figure>`);
  const html = `${figures.join("\n")}\n${article.body.html}`;
  await put(base, `articles/report-${index}`, { ...article, images, body: { html } });
}

async function get(base: string, path: string): Promise<void> {
  const response = await fetch(`${base}/${path}`, { headers: { "Accept-Encoding": "gzip" } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  await response.arrayBuffer();
}
