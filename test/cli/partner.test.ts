// `partner list`, `show`, `token`, `secret` and `remove`: what they print, what they send, and how they end.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";
import { addPartnerCommands, partnerTable } from "../../src/cli/partner.ts";
import { readPolicies } from "../../src/content/partner-file.ts";
import { check } from "../../src/lib/problem.ts";
import type { PartnerSummary } from "../../src/partners/answers.ts";
import { describePolicy } from "../../src/partners/partner-words.ts";
import { policySchema } from "../../src/partners/policy.ts";
import { contentFolder, PLAIN, write } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, TOKEN } from "./server.ts";

function policyOf(fields: object = {}) {
  const policy = check(policySchema, { id: "a", name: "Portal", profile: "rss", ...fields });
  if (!policy.ok) throw new Error(JSON.stringify(policy.problems));
  return policy.value;
}

/** A server with one partner, and its commands. */
async function portal(fields: object = {}) {
  const server = await apiServer();
  const policy = policyOf(fields);
  server.partners.set("a", { policy, tokens: [], generation: 1 });
  const contentDir = contentFolder({ "articles/plain/index.md": PLAIN, "partners/a.yaml": "id: a\n" });
  const wireroom = async (...words: readonly string[]): Promise<string> => {
    const out = listen();
    const program = new Command().exitOverride();
    addPartnerCommands(program.command("partner"), {
      ...{ contentDir, out, withTarget: (command: Command) => command },
      connect: async () => new Client({ url: server.url, token: TOKEN }, 1),
    });
    await program.parseAsync(["partner", ...words], { from: "user" });
    return out.text();
  };
  return { server, wireroom, contentDir };
}

describe("list", () => {
  const NOW = new Date("2024-10-24T12:00:00Z");
  const ROW: PartnerSummary = {
    ...{ id: "portal", name: "Portal", enabled: true, profile: "msn", access: "bearer", home: "git" },
    ...{ url: "https://x.org/partners/portal/msn.xml", page: "https://x.org/partners/portal/" },
    ...{ items: 12, bytes: 1, version: 1, builtAt: null, staleSince: null, lastError: null, push: null },
    lastFetch: { minute: "2024-10-24T11:55:00Z", status: 304 },
    tokens: [{ name: "0a1b2c3d", madeAt: "2024-10-01T00:00:00Z", usedAt: null }],
  };

  it("shows each partner, and whatever keeps it from its feed", () => {
    const rows: readonly PartnerSummary[] = [
      ROW,
      { ...ROW, id: "off", enabled: false, tokens: [], lastFetch: null },
      { ...ROW, id: "new", tokens: [], items: 0, lastFetch: { minute: "2024-10-22T12:00:00Z", status: 401 } },
      {
        ...ROW,
        id: "open",
        access: "public",
        tokens: [],
        staleSince: "2024-10-24T11:49:59Z",
        push: "410\nGone",
      },
      { ...ROW, id: "late", staleSince: "2024-10-24T11:51:00Z", lastError: "no room", push: "on" },
      { ...ROW, id: "few", profile: "flipboard", items: 19 },
      { ...ROW, id: "enough", profile: "flipboard", items: 20 },
    ];
    expect(partnerTable(rows, NOW)).toBe(
      `ID      PROFILE    ACCESS  ITEMS  LAST FETCH        PROBLEMS
portal  msn        bearer  12     5 min ago (304)
off     msn        bearer  12     never             disabled
new     msn        bearer  0      2 days ago (401)  no token
open    msn        public  12     5 min ago (304)   stale since 10 min ago; webhook off: 410 Gone
late    msn        bearer  12     5 min ago (304)   no room
few     flipboard  bearer  19     5 min ago (304)   19 articles, but flipboard requires 20
enough  flipboard  bearer  20     5 min ago (304)`,
    );
  });

  it("asks the Worker", async () => {
    const { wireroom } = await portal();
    expect(await wireroom("list")).toMatch(/^ID .*\na {3}rss {6}bearer {2}1 .*\(304\) {2}no token$/);
  });
});

describe("show", () => {
  it("tells address, rules, what is in the feed, what isn't, and who came when", async () => {
    const { server, wireroom } = await portal({ select: { sections: ["world"] }, delay: "15m" });
    await wireroom("token", "a");
    const text = (await wireroom("show", "a")).replace(/\d+ days ago/g, "AGO");
    expect(text).toBe(`Portal (a)
feed        ${server.url}/partners/a/rss.xml
page        ${server.url}/partners/a/
profile     rss
access      bearer; token 00000000, made AGO
holds       1 article, 1234 bytes, version 7, built AGO
last fetch  AGO (304)

Rules
  select      section world; nothing sponsored
  content     the whole text
  delay       15 minutes after publication
  limits      50 articles
  images      all that may be syndicated
  retraction  a withdrawn article's sign stays 30 days

In the feed: 1
  in  “In”

Left out: 1
  out  “Out”
      headline  is longer than 150 characters

Fetches
  DAY         FETCHES  BYTES
  2024-10-24  96       5678`);
  });

  it("explains an article rule by rule, and what the ledger has", async () => {
    const { wireroom } = await portal();
    expect(await wireroom("show", "a", "--article", "out")).toBe(`out  “Out”
✓  select.sections  it is in world
✗  profile          its headline is longer than 150 characters
It is not in the feed.
The last that the feed had of it is version 2, retracted.
It was first served on 24 October 2024, 10:00 UTC.
The partner last fetched version 1.
The partner has not fetched the feed since that version was published.`);
  });

  it("says that there is no such partner, or article", async () => {
    const { wireroom } = await portal();
    await expect(wireroom("show", "b")).rejects.toThrow("There is no partner b.");
    await expect(wireroom("show", "a", "--article", "gone")).rejects.toThrow("There is no such article.");
  });

  it("never asks for another address, whatever the id is", async () => {
    const { server, wireroom } = await portal();
    await expect(wireroom("show", "a/tokens?x")).rejects.toThrow();
    expect(server.seen).toEqual(["GET /api/partners/a%2Ftokens%3Fx"]);
  });
});

it("says every rule in words", () => {
  const words = describePolicy(
    policyOf({
      profile: "ninjs",
      select: { tags: ["x", "y"], languages: ["de"], maxAge: "1d", sponsored: true },
      ...{ content: { paragraphs: 1 }, expire: "48h", embargoed: true, attribution: "From us" },
      limits: { items: 1, bytes: 20_000 },
      images: { required: true, minWidth: 720, types: ["image/png"], rights: "credited" },
      html: { tags: ["p", "a"], embeds: ["www.youtube.com"] },
      link: { parameters: { utm_source: "a b" } },
      ...{ retraction: "0", push: { url: "https://portal.example/hook", events: ["article.retracted"] } },
    }),
  );
  expect(words.map((line) => line.join(": "))).toEqual([
    "select: every section; tagged x or y; in de; at most 1 day old; sponsored too",
    "content: the first 1 paragraph, then a link to the rest",
    "expire: 48 hours after publication",
    "embargoed: scheduled articles too, marked as such",
    "limits: 1 article; 20,000 bytes",
    "images: those with a credit or copyright; no article without one; at least 720 pixels wide; image/png",
    "html: elements p, a; players of www.youtube.com",
    "link: with ?utm_source=a+b",
    "attribution: From us",
    "retraction: a withdrawn article leaves no sign",
    "push: article.retracted to https://portal.example/hook",
  ]);
});

describe("try", () => {
  it("sends the file as it is, and tells what would change", async () => {
    const { server, wireroom, contentDir } = await portal();
    write(contentDir, { "partners/a.yaml": "id: a\nname: Portal\nprofile: rss\ndelay: 15m\n" });
    expect(
      await wireroom("try", "a", "--article", "out"),
    ).toBe(`In the feed: 2 now, 2 with this policy. Nothing is changed yet.
The partner has fetched 1 of the articles that leave, and keeps them: that is no withdrawal.

Rules
  delay  –  →  15 minutes after publication

Would leave: 1
  out  “Out”
      headline  is longer than 150 characters

Would come: 1
  in  “In”

The newest 2
  ✓  in
  ✗  out  headline  is longer than 150 characters

out  “Out”
✓  select.sections  it is in world
✗  profile          its headline is longer than 150 characters
It is not in the feed.
The last that the feed had of it is version 2, retracted.
It was first served on 24 October 2024, 10:00 UTC.
The partner last fetched version 1.
The partner has not fetched the feed since that version was published.`);
    expect(server.seen).toEqual(["POST /api/partners/a/trial?article=out"]);
  });

  it("asks nothing of the Worker for a file that is broken or missing", async () => {
    const { server, wireroom } = await portal();
    await expect(wireroom("try", "a")).rejects.toThrow(/a\.yaml.* name {2}is missing/);
    await expect(wireroom("try", "b")).rejects.toThrow(/There is no file .*partners\/b\.yaml\./);
    expect(server.seen).toEqual([]);
  });
});

it("pull writes the stored policy into its file, which checks out, and makes git its home", async () => {
  const { server, wireroom, contentDir } = await portal({ delay: "15m", select: { tags: ["yes"] } });
  expect(await wireroom("pull", "a")).toContain("partners/a.yaml\nAt the desk the policy is read-only");
  const [pulled] = (await readPolicies(contentDir, undefined)).policies;
  expect(pulled).toMatchObject({ kind: "policy", policy: server.partners.get("a")?.policy });
  expect(server.partners.get("a")?.home).toBe("git");
  await expect(wireroom("pull", "b")).rejects.toThrow("There is no partner b.");
});

describe("token", () => {
  it("shows the token with the line that fetches the feed", async () => {
    const { server, wireroom } = await portal();
    const text = await wireroom("token", "a");
    expect(text).toMatch(/^Token {2}wire-secret\nName {3}00000000\n/);
    expect(text).toContain(
      "  curl --compressed -H 'Authorization: Bearer wire-secret' 'https://news.example.com/partners/a/rss.xml'\n",
    );
    expect(text).toContain("wireroom partner token a --revoke 00000000");
    expect(server.seen).toEqual(["POST /api/partners/a/tokens"]);
  });

  it("is a password where access is basic", async () => {
    const { wireroom } = await portal({ access: "basic" });
    const text = await wireroom("token", "a");
    expect(text).toContain("the id is the user name, and the token the password:");
    expect(text).toContain(
      "  curl --compressed -u 'a:wire-secret' 'https://news.example.com/partners/a/rss.xml'\n",
    );
  });

  it("is asked for by nobody where access is public", async () => {
    const { wireroom } = await portal({ access: "public" });
    expect(await wireroom("token", "a")).toContain(
      "needs no token while access is public:\n\n  curl --compressed 'https://news.example.com/partners/a/rss.xml'\n",
    );
  });

  it("stands in the address alone, where access is by path", async () => {
    const { wireroom } = await portal({ access: "path" });
    expect(await wireroom("token", "a")).toContain(
      "  curl --compressed 'https://news.example.com/partners/a/wire-secret/rss.xml'\n",
    );
  });

  it("is refused as a third one, and the two are named", async () => {
    const { wireroom } = await portal();
    await wireroom("token", "a");
    await wireroom("token", "a");
    await expect(wireroom("token", "a")).rejects.toThrow(
      /^a has two valid tokens\. Revoke one first:\n {2}npx wireroom partner token a --revoke 00000000 .*\n.*00000001/,
    );
    expect(await wireroom("token", "a", "--revoke", "00000000")).toBe("revoked   00000000");
    await expect(wireroom("token", "a", "--revoke", "00000000")).rejects.toThrow("a has no token 00000000.");
  });

  it("is never asked for twice: a lost answer may have made one", async () => {
    const { server, wireroom } = await portal();
    server.trouble = (call) => (call.startsWith("POST") ? "hang up" : undefined);
    await expect(wireroom("token", "a")).rejects.toThrow(/can't be reached/);
    expect(server.seen).toEqual(["POST /api/partners/a/tokens"]);
  });
});

it("shows the webhook's secret, and the one before it once it was rotated", async () => {
  const { wireroom } = await portal({ push: { url: "https://portal.example/hook" } });
  expect(await wireroom("secret", "a")).toBe("Webhook   https://portal.example/hook\nSecret    whsec_1");
  expect(await wireroom("secret", "a", "--rotate")).toBe(
    "Webhook   https://portal.example/hook\nSecret    whsec_2\nPrevious  whsec_1 (signs too, for a while)",
  );
});

it("switches a webhook on that an answer of 410 switched off, and says how before", async () => {
  const { server, wireroom } = await portal({ push: { url: "https://portal.example/hook" } });
  const held = server.partners.get("a");
  if (held) held.off = "2024-10-24T12:00:00Z answered 410";
  expect(await wireroom("secret", "a")).toMatch(
    /\nOff {7}2024-10-24T12:00:00Z answered 410; on again with npx wireroom partner secret a --on$/,
  );
  expect(await wireroom("secret", "a", "--on")).not.toContain("Off");
});

it("removes a partner with --yes alone, and says that its file would bring it back", async () => {
  const { server, wireroom } = await portal();
  await expect(wireroom("remove", "a")).rejects.toThrow(/permanently. Add --yes/);
  expect(server.seen).toEqual([]);
  expect(await wireroom("remove", "a", "--yes")).toMatch(
    /^removed {3}partners\/a\n.*partners\/a\.yaml would bring it back with the next publish: delete it too\.$/,
  );
  expect(server.partners.size).toBe(0);
  await expect(wireroom("remove", "a", "--yes")).rejects.toThrow("There is no partner a.");
});

it("ends with 1 where the Worker refuses, and with 0 where it doesn't", async () => {
  const { server } = await portal();
  const main = join(import.meta.dirname, "../../src/cli/main.ts");
  const wireroom = (...words: readonly string[]) =>
    promisify(execFile)(process.execPath, [main, "partner", ...words, "--to", server.url, "--token", TOKEN]);
  expect((await wireroom("list")).stdout).toMatch(/^ID /);
  await expect(wireroom("show", "b")).rejects.toMatchObject({ code: 1, stderr: "There is no partner b.\n" });
});
