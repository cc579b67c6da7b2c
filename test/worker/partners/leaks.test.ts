// No article leaks. Every route is asked by everybody (nobody, a wrong token, another partner, the partner,
// the publisher) while there are articles of every kind, each with its own words in every field. An article
// that isn't for somebody changes no byte, header or tag of what they get, nor of KV's copy for them.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { issue, partner, type Wire, wire } from "./partners.ts";

const NOW = toInstant(new Date());
const ago = (hours: number) => addSeconds(NOW, -3600 * hours);
const FREE = png(1300, 800);
const OWN = png(1301, 800);

/** An article whose every text has `word` in it. */
const about = (word: string, changes: Readonly<Record<string, unknown>> = {}) =>
  article({
    headline: `${word} headline that is long enough`,
    shortHeadline: `${word} short`,
    dek: `${word} dek.`,
    section: "about",
    tags: [`${word} tag`],
    dateline: word.toUpperCase(),
    published: ago(3),
    bylines: [{ name: `${word} Writer`, bio: `${word} bio` }],
    images: [{ src: FREE.src, alt: `${word} alt`, caption: `${word} caption`, credit: `${word} credit` }],
    body: { html: `<p>${`${word} text. `.repeat(160)}</p>` },
    rights: { copyright: `${word} copyright`, terms: `${word} terms` },
    ...changes,
  });

/** Every kind of article by the word that is in it. */
const ARTICLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  everybodys: {},
  fresh: { published: ago(0.5) },
  elsewhere: { section: "asia-pacific" },
  unsyndicated: { syndicate: false },
  paid: { sponsored: true },
  embargoed: { published: addSeconds(NOW, 86_400) },
  ended: { published: ago(3), expires: ago(1) },
};

type Access = "bearer" | "basic" | "path" | "public";
interface Partner {
  readonly access: Access;
  readonly profile: string;
  readonly policy?: Readonly<Record<string, unknown>>;
  /** The words that may be in their feed. */
  readonly may: readonly string[];
}

const SECTION = { select: { sections: ["about"] } };
const PARTNERS: Readonly<Record<string, Partner>> = {
  "p-rss": { access: "bearer", profile: "rss", policy: SECTION, may: ["everybodys", "fresh"] },
  "p-late": { access: "bearer", profile: "atom", policy: { ...SECTION, delay: "1h" }, may: ["everybodys"] },
  "p-basic": { access: "basic", profile: "json", may: ["everybodys", "fresh", "elsewhere"] },
  "p-path": { access: "path", profile: "msn", policy: SECTION, may: ["everybodys", "fresh"] },
  "p-paid": {
    access: "bearer",
    profile: "smartnews",
    policy: { select: { sections: ["about"], sponsored: true } },
    may: ["everybodys", "fresh", "paid"],
  },
  "p-wire": {
    access: "basic",
    profile: "ninjs",
    policy: { ...SECTION, embargoed: true },
    may: ["everybodys", "fresh", "embargoed"],
  },
  "p-open": { access: "public", profile: "flipboard", policy: SECTION, may: ["everybodys", "fresh"] },
  "p-maps": {
    access: "bearer",
    profile: "google-news-sitemap",
    policy: SECTION,
    may: ["everybodys", "fresh"],
  },
  "p-yahoo": { access: "bearer", profile: "yahoo", policy: SECTION, may: ["everybodys", "fresh"] },
  "p-break": { access: "path", profile: "newsbreak", policy: SECTION, may: ["everybodys", "fresh"] },
};
const FILES: Readonly<Record<string, string>> = {
  ...{ rss: "rss.xml", atom: "atom.xml", json: "feed.json", ninjs: "ninjs.json" },
  "google-news-sitemap": "news-sitemap.xml",
};
const fileOf = ({ profile }: Partner) => FILES[profile] ?? "rss.xml";

let worker: RunningWorker;
const tokens = new Map<string, string>();
const tokenOf = (id: string) => tokens.get(id) ?? "wr_none";

beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "a test's secret" } });
  for (const { sha256, bytes } of [FREE, OWN]) {
    const response = await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    expect(response.ok).toBe(true);
  }
  for (const [id, { access, profile, policy }] of Object.entries(PARTNERS)) {
    await partner(worker, id, { access, profile, ...policy });
    if (access !== "public") tokens.set(id, (await issue(worker, id)).token);
  }
  for (const [word, changes] of Object.entries(ARTICLES)) {
    const response = await worker.put(`${word}-slug`, about(word, changes));
    expect(response.status, await response.text()).toBe(201);
  }
  await put("withdrawn-before", about("withdrawn"));
  await worker.del("withdrawn-before", "silent=true");
  await worker.settled();
});
afterAll(() => worker?.close());

async function put(slug: string, body: unknown): Promise<void> {
  const response = await worker.put(slug, body);
  expect(response.ok, await response.text()).toBe(true);
}

/** How a partner asks for its own address, with a token. */
function asking(id: string, tail: string, token: string): { path: string; headers: Record<string, string> } {
  const access = PARTNERS[id]?.access;
  if (access === "path") return { path: `/partners/${id}/${token}${tail}`, headers: {} };
  const path = `/partners/${id}${tail}`;
  if (access === "bearer") return { path, headers: { Authorization: `Bearer ${token}` } };
  return { path, headers: access === "basic" ? { Authorization: `Basic ${btoa(`${id}:${token}`)}` } : {} };
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  wire(worker.url + path, "GET", headers);
const feedOf = (id: string) => {
  const { path, headers } = asking(id, `/${fileOf(PARTNERS[id] as Partner)}`, tokenOf(id));
  return get(path, headers);
};
const pageOf = (id: string) => {
  const { path, headers } = asking(id, "/", tokenOf(id));
  return get(path, headers);
};
const textOf = ({ status, headers, body }: Wire): string =>
  [status, ...headers, Buffer.from(body, "latin1").toString()].join("\n").toLowerCase();

const SLUGS = [...Object.keys(ARTICLES).map((word) => `${word}-slug`), "withdrawn-before"];
const PUBLIC = [
  ...["/", "/rss.xml", "/atom.xml", "/feed.json", "/archive/1/rss.xml", "/feeds.opml", "/.well-known/feeds"],
  ...[
    "/sitemap.xml",
    "/sitemaps/1.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/hub",
    "/license.xml",
  ],
  ...[
    "/sections/about",
    "/sections/about/rss.xml",
    "/sections/asia-pacific/feed.json",
    "/?page=2",
    "/nothing",
  ],
  ...["/partners", "/partners/", "/api/partners", "/api/deliveries", "/api/feeds", "/api/openapi.json"],
  ...SLUGS.map((slug) => `/articles/${slug}`),
  ...Object.keys(ARTICLES).flatMap((word) => [`/tags/${word}-tag`, `/tags/${word}-tag/rss.xml`]),
];

describe("what the public sees", () => {
  it("has no partner's id, no token and nothing of a scheduled or withdrawn article in it, in no header either", async () => {
    for (const path of PUBLIC) {
      const text = textOf(await get(path));
      for (const id of Object.keys(PARTNERS)) expect(text, `${id} in ${path}`).not.toContain(`${id}/`);
      for (const token of tokens.values()) expect(text, path).not.toContain(token.toLowerCase());
      // A page that isn't there may name the path that was asked for; nothing else of the article.
      for (const word of ["embargoed", "withdrawn"]) {
        expect(text.replaceAll(path.toLowerCase(), ""), `${word} in ${path}`).not.toMatch(
          new RegExp(`${word} (?:headline|short|dek|tag|writer|text|alt|caption|terms|copyright|bio)`),
        );
      }
    }
  });
});

describe("each partner", () => {
  it.each(Object.entries(PARTNERS))(
    "%s has all that is theirs and nothing that isn't",
    async (id, { may }) => {
      for (const [what, response] of [
        ["feed", await feedOf(id)],
        ["page", await pageOf(id)],
      ] as const) {
        const text = textOf(response);
        expect(response.status, text).toBe(200);
        for (const word of [...Object.keys(ARTICLES), "withdrawn"]) {
          // An article that ended was theirs: their page may say that it is over.
          if (what === "page" && word === "ended") continue;
          const found =
            text.includes(`${word} headline`) ||
            text.includes(`${word} text`) ||
            text.includes(`${word} caption`);
          expect(found, `${word} in the ${what} of ${id}`).toBe(may.includes(word));
        }
        for (const other of Object.keys(PARTNERS)) if (other !== id) expect(text, what).not.toContain(other);
      }
    },
  );

  it("opens to nobody else: no token, a wrong one, and every other partner's, on every path, are one answer", async () => {
    const { date: _, ...refusal } = { ...(await get("/partners/nobody/rss.xml")), date: "" };
    expect(refusal.status).toBe(401);
    for (const [id, own] of Object.entries(PARTNERS)) {
      if (own.access === "public") continue;
      const others = [...tokens].filter(([other]) => other !== id).map(([, token]) => token);
      for (const token of ["", "wr_wrong", TOKEN, ...others]) {
        for (const tail of [`/${fileOf(own)}`, "/", "/other.xml"]) {
          const { path, headers } = asking(id, tail, token);
          expect(await get(path, headers), `${path} with ${token}`).toEqual(refusal);
        }
      }
    }
  });

  it("keeps every answer out of shared caches, names no hub, and isn't told to anybody", async () => {
    for (const [id, { access }] of Object.entries(PARTNERS)) {
      for (const { headers, body } of [await feedOf(id), await pageOf(id)]) {
        const lines = headers.map((line) => line.toLowerCase());
        const control = lines.find((line) => line.startsWith("cache-control:")) ?? "";
        if (access !== "public") expect(control, id).toMatch(/private|no-store/);
        expect(lines.filter((line) => line.startsWith("link:")).join(), id).not.toContain("hub");
        expect(body, id).not.toMatch(/rel="hub"|"hubs"/);
      }
    }
  });
});

describe("an article that isn't meant for somebody", () => {
  /**
   * All that anybody gets who isn't meant: answers of the public and of partners, and what KV holds for them.
   */
  async function seen(
    ids: readonly string[],
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, unknown>> {
    await worker.settled();
    const { CACHE, DB } = await worker.env();
    // Of two changes within a second the later one is dated ahead, and headers say so only when that second
    // has come.
    await until("every document's date has come", async () => {
      const latest = await DB.prepare("SELECT max(changed_at) AS at FROM feeds").first<string>("at");
      return (latest ?? "") <= toInstant(new Date());
    });
    const all = new Map<string, unknown>();
    for (const path of paths) all.set(path, await get(path));
    for (const id of ids) {
      all.set(`${id} feed`, await feedOf(id));
      // A new minute is a row more of the fetches, and so another length.
      const page = textOf(await pageOf(id)).replace(
        /content-length: \d+\n|<h2>your last fetches[\s\S]*/g,
        "",
      );
      all.set(`${id} page`, page);
      // When KV's copy becomes outdated is told to nobody.
      const copy = await CACHE.getWithMetadata<object>(`feed:partner/${id}:partner`, "text");
      all.set(`${id} KV`, { ...copy.metadata, nextChange: undefined });
    }
    return all;
  }
  const everyone = Object.keys(PARTNERS);

  it("under an embargo changes nothing but for those who may have it", async () => {
    const others = everyone.filter((id) => id !== "p-wire");
    const paths = PUBLIC.filter((path) => path !== "/healthz" && !path.startsWith("/api"));
    const before = await seen(others, paths);
    const wireBefore = await feedOf("p-wire");
    await put("second-secret", about("embargoed second", { published: addSeconds(NOW, 7200) }));
    const after = await seen(others, paths);
    for (const [what, value] of before) expect(after.get(what), what).toEqual(value);
    expect(await feedOf("p-wire")).not.toEqual(wireBefore);
  });

  it("that may not be syndicated, is delayed, or is of another section changes nothing for partners", async () => {
    for (const [changes, ids] of [
      [{ syndicate: false }, everyone],
      [{ sponsored: true }, everyone.filter((id) => id !== "p-paid")],
      [{ published: ago(0.2) }, ["p-late"]],
      [{ section: "asia-pacific" }, everyone.filter((id) => id !== "p-basic")],
    ] as const) {
      const word = `second ${JSON.stringify(changes).replaceAll(/\W+/g, " ")}`;
      const before = await seen(ids, []);
      await put(
        `second-${word.replaceAll(/\W+/g, "-").toLowerCase().replaceAll(/^-|-$/g, "")}`,
        about(word, changes),
      );
      const after = await seen(ids, []);
      for (const [what, value] of before) expect(after.get(what), `${what} after ${word}`).toEqual(value);
    }
  });
});

describe("a picture that may not be syndicated", () => {
  it("is in no partner's body, media or list, while readers have it", async () => {
    const images = [
      { src: FREE.src, alt: "Free", caption: "free caption" },
      { src: OWN.src, alt: "Ours", caption: "own caption", syndicate: false },
    ];
    const html = `<p>${"Pictures in a text. ".repeat(60)}</p><img src="${OWN.src}" alt=""><p>See <a href="${OWN.src}">it</a>.</p>`;
    await put("with-pictures", about("pictured", { images, body: { html } }));
    await worker.settled();
    const reader = textOf(await get("/rss.xml"));
    expect(reader).toContain(OWN.sha256);
    for (const id of Object.keys(PARTNERS)) {
      const text = textOf(await feedOf(id));
      expect(text, id).toContain("pictured headline");
      expect(text, id).not.toContain(OWN.sha256);
      expect(text, id).not.toContain("own caption");
    }
  });
});
