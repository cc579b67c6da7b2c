// `publish` and `export` of partners' policies against a real server.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkContent } from "../../src/cli/check.ts";
import { Client } from "../../src/cli/client.ts";
import { runExport } from "../../src/cli/export.ts";
import { type PublishOptions, runPublish } from "../../src/cli/publish.ts";
import { contentFolder, PLAIN, write } from "./folder.ts";
import { listen } from "./output.ts";
import { apiServer, type Server, TOKEN } from "./server.ts";

const policy = (id: string) => `id: ${id}\nname: Portal ${id}\nprofile: rss\n`;
const clientOf = (server: Server) => new Client({ url: server.url, token: TOKEN }, 1);

async function publish(server: Server, dir: string, options: Omit<PublishOptions, "dir"> = {}) {
  const out = listen();
  server.seen.length = 0;
  const code = await runPublish({ ...options, dir }, clientOf(server), out);
  const writes = server.seen.filter((call) => !call.startsWith("GET"));
  return { code, writes, text: out.text().replaceAll(relative(process.cwd(), dir), "content") };
}

async function published() {
  const server = await apiServer();
  const dir = contentFolder({
    "articles/plain/index.md": PLAIN,
    "partners/a.yaml": policy("a"),
    "partners/b.yaml": policy("b"),
  });
  return { server, dir, first: await publish(server, dir) };
}

describe("publish", () => {
  it("sends policies after the articles, and names those that changed", async () => {
    const { server, dir, first } = await published();
    expect(first.code).toBe(0);
    expect(first.writes[0]).toBe("PUT /api/articles/plain?home=git");
    expect(first.writes.slice(1).toSorted()).toEqual([
      "PUT /api/partners/a?home=git",
      "PUT /api/partners/b?home=git",
    ]);
    expect(first.text).toContain(`created   partners/a  ${server.url}/partners/a/rss.xml`);
    expect(first.text).toMatch(/\n1 created, 2 partners created\.$/);
    expect(server.partners.get("a")?.policy).toMatchObject({ name: "Portal a", access: "bearer" });

    write(dir, { "partners/a.yaml": `${policy("a")}content: excerpt\n` });
    const second = await publish(server, dir);
    expect(second.text).toBe(
      `updated   partners/a  ${server.url}/partners/a/rss.xml\n1 as before, 1 partner updated, 1 partner as before.`,
    );
    expect((await publish(server, dir)).text).toBe("1 as before, 2 partners as before.");
  });

  it("gives no address of one that is switched off", async () => {
    const { server, dir } = await published();
    write(dir, { "partners/a.yaml": `${policy("a")}enabled: false\n` });
    expect((await publish(server, dir)).text).toMatch(/^updated {3}partners\/a {2}\(switched off\)\n/);
  });

  it("says in a dry run what it would send, and sends nothing", async () => {
    const { server, dir } = await published();
    write(dir, { "partners/a.yaml": `${policy("a")}content: excerpt\n`, "partners/c.yaml": policy("c") });
    const { code, writes, text } = await publish(server, dir, { dryRun: true });
    expect([code, writes]).toEqual([0, []]);
    expect(text.split("\n").toSorted()).toEqual([
      "1 as before, 2 partners to send, 1 partner as before.",
      "to send   partners/a",
      "to send   partners/c",
    ]);
  });

  it("sends the others when one is broken or refused, and ends with 1", async () => {
    const { server, dir } = await published();
    server.trouble = (call) =>
      call === "PUT /api/partners/a?home=git"
        ? {
            status: 422,
            body: JSON.stringify({
              ...{ title: "The policy has problems", status: 422 },
              errors: [{ path: "select.sections[0]", message: "is not a section here" }],
            }),
          }
        : undefined;
    write(dir, {
      "partners/a.yaml": `${policy("a")}select:\n  sections:\n    - world\n`,
      "partners/b.yaml": policy("b").replace("rss", "gopher"),
      "partners/c.yaml": policy("c"),
    });
    const { code, writes, text } = await publish(server, dir, { prune: true });
    expect([code, writes.includes("PUT /api/partners/c?home=git")]).toEqual([1, true]);
    expect(text).toContain("content/partners/a.yaml:6  select.sections[0]  is not a section here");
    expect(text).toContain("content/partners/b.yaml:3  profile  must be one of");
    expect(text).toContain("1 partner refused");
    expect(text).toContain("1 partner created");
    expect(text).toContain("1 partner broken");
    expect([...server.partners.keys()]).toEqual(["a", "b", "c"]);
  });

  it("takes a webhook on this machine where the Worker is on it too, which check, meaning the site, doesn't", async () => {
    const { server, dir } = await published();
    write(dir, { "partners/a.yaml": `${policy("a")}push:\n  url: http://127.0.0.1:3000/\n` });
    const { code, text } = await publish(server, dir);
    expect([code, text]).toEqual([0, expect.stringContaining("1 partner updated")]);
    expect((await checkContent(dir)).findings.map(({ message }) => message)).toEqual([
      "must be an https address",
    ]);
  });

  it("names a partner without a file, and removes it with --prune alone", async () => {
    const { server, dir } = await published();
    rmSync(join(dir, "partners/b.yaml"));
    const told = await publish(server, dir);
    expect(told.code).toBe(0);
    expect(told.text).toContain(
      "partners/b  is a partner, but has no file; --prune would remove it (“Portal b”)",
    );
    expect((await publish(server, dir, { prune: true, dryRun: true })).text).toContain(
      "to remove partners/b",
    );
    expect(server.partners.size).toBe(2);
    const pruned = await publish(server, dir, { prune: true, yes: true });
    expect(pruned.writes).toContain("DELETE /api/partners/b");
    expect(pruned.text).toBe(
      "to remove partners/b  “Portal b”\nremoved   partners/b\n1 as before, 1 partner as before, 1 partner removed.",
    );
  });

  it("neither tells of a partner that something else sent to the API, nor removes it", async () => {
    const { server, dir } = await published();
    const [a, b] = [server.partners.get("a"), server.partners.get("b")];
    if (!a || !b) throw new Error("No partners");
    for (const [id, home] of [
      ["cms", "api"],
      ["old", undefined],
    ] as const) {
      const { home: _home, ...held } = structuredClone(a);
      server.partners.set(id, { ...held, ...(home ? { home } : {}), policy: { ...a.policy, id } });
    }
    b.home = "api";
    rmSync(join(dir, "partners/b.yaml"));
    const { code, writes, text } = await publish(server, dir, { prune: true, yes: true });
    expect([code, writes.filter((call) => call.startsWith("DELETE"))]).toEqual([0, []]);
    expect(text).toBe(
      "partners/old  is a partner, but has no file; npx wireroom partner remove old removes it (“Portal a”)\n1 as before, 1 partner as before.",
    );
  });

  it("overwrites none that was changed at the desk, says so in a dry run, and removes none that is kept there", async () => {
    const { server, dir } = await published();
    const [a, b] = [server.partners.get("a"), server.partners.get("b")];
    if (!a || !b) throw new Error("No partners");
    server.partners.set("a", { ...a, home: "desk", policy: { ...a.policy, delay: "1h" } });
    b.home = "desk";
    rmSync(join(dir, "partners/b.yaml"));
    const tried = await publish(server, dir, { dryRun: true });
    expect([tried.code, tried.text]).toEqual([1, expect.stringContaining("npx wireroom partner pull a")]);
    const { code, text } = await publish(server, dir, { prune: true, yes: true });
    expect([code, text]).toEqual([1, expect.stringContaining("was changed at the desk")]);
    expect(text).not.toContain("partners/b");
    expect([...server.partners.keys()]).toEqual(["a", "b"]);
    expect(server.partners.get("a")?.policy.delay).toBe("1h");
  });

  it("removes none while anything is wrong: a renamed file with a mistake looks the same", async () => {
    const { server, dir } = await published();
    rmSync(join(dir, "partners/b.yaml"));
    write(dir, { "partners/c.yaml": "id: c\nname: Portal b\n" });
    const { code, text } = await publish(server, dir, { prune: true });
    expect([code, server.partners.size]).toEqual([1, 2]);
    expect(text).toContain("Nothing was removed: 1 problem must be solved first.");
  });

  it("removes none where there is no folder of policies at all", async () => {
    const { server, dir } = await published();
    rmSync(join(dir, "partners"), { recursive: true });
    const { code, text } = await publish(server, dir, { prune: true });
    expect([code, server.partners.size]).toEqual([0, 2]);
    expect(text).toContain(
      "partners/a  is a partner, but has no file; npx wireroom partner remove a removes it (“Portal a”)",
    );
  });

  it("looks at the files that changed alone, while somebody works on them", async () => {
    const { server, dir } = await published();
    write(dir, { "partners/a.yaml": "id: a\n", "partners/b.yaml": `${policy("b")}content: excerpt\n` });
    const { writes, text } = await publish(server, dir, { only: new Set(["b.yaml"]), quiet: true });
    expect(writes).toEqual(["PUT /api/partners/b?home=git"]);
    expect(text).toBe(`updated   partners/b  ${server.url}/partners/b/rss.xml`);
    expect((await publish(server, dir, { only: new Set(["plain"]), quiet: true })).text).toBe("");
    rmSync(join(dir, "partners/b.yaml"));
    expect((await publish(server, dir, { only: new Set(["b.yaml"]), quiet: true })).text).toMatch(
      /^partners\/b {2}is a partner, but has no file/,
    );
  });
});

describe("export", () => {
  it("writes policies that publish takes back unchanged", async () => {
    const { server, dir: source } = await published();
    write(source, {
      "partners/a.yaml": `${policy("a")}select: { tags: ["true"] }\ndelay: "0"\nexpire: 48h\n`,
    });
    await publish(server, source);
    const dir = join(contentFolder({}), "new");
    const out = listen();
    expect(await runExport({ dir, siteFile: join(source, "site.yaml") }, clientOf(server), out)).toBe(0);
    expect(out.text()).toMatch(/\n2 partners in .*partners, without tokens and secrets\.\n/);
    expect(readFileSync(join(dir, "partners/b.yaml"), "utf8")).toBe(policy("b"));
    expect((await publish(server, dir)).text).toBe("1 as before, 2 partners as before.");
  });

  it("writes nothing outside its folder, whatever the ids are, and ends with 1", async () => {
    const { server } = await published();
    const held = server.partners.get("a");
    if (held) held.policy = { ...held.policy, id: "../../b" };
    const dir = join(contentFolder({}), "new");
    const out = listen();
    expect(await runExport({ dir, siteFile: "/nowhere/site.yaml" }, clientOf(server), out)).toBe(1);
    expect(out.text()).toContain("partners/../../b  is not an id: not written");
    expect(readdirSync(join(dir, "partners"))).toEqual(["b.yaml"]);
  });
});
