// Which Worker and which token: flags, environment, `.dev.vars`.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ensureSecret, findTarget, readDevVar } from "../../src/cli/target.ts";
import { contentFolder } from "./folder.ts";

const devVars = (text: string): string => join(contentFolder({ ".dev.vars": text }), ".dev.vars");
const LOCAL = "# local\nOTHER=1\nPUBLISH_TOKEN=abc\n";

describe("findTarget", () => {
  it("takes flags before the environment before the local Worker", async () => {
    const env = { WIREROOM_URL: "https://env.example.com", WIREROOM_TOKEN: "env" };
    const file = devVars(LOCAL);
    expect(await findTarget({ to: "https://flag.example.com/", token: "flag" }, env, file)).toEqual({
      url: "https://flag.example.com",
      token: "flag",
    });
    expect(await findTarget({}, env, file)).toEqual({ url: "https://env.example.com", token: "env" });
    expect(await findTarget({}, {}, file)).toEqual({ url: "http://localhost:8787", token: "abc" });
  });

  it("never sends the local token elsewhere, nor any token unencrypted", async () => {
    const file = devVars(LOCAL);
    await expect(findTarget({ to: "https://news.example.com" }, {}, file)).rejects.toThrow(
      /There is no token/,
    );
    await expect(findTarget({ to: "http://news.example.com", token: "t" }, {}, file)).rejects.toThrow(
      /would get the token unencrypted: use https/,
    );
  });

  it("says what to do where there is no token or no address", async () => {
    await expect(findTarget({}, {}, "/nowhere/.dev.vars")).rejects.toThrow(/run npm start, which makes one/);
    await expect(findTarget({ to: "news" }, {}, "/nowhere")).rejects.toThrow(/news is not a web address/);
  });
});

describe(".dev.vars", () => {
  it("is read with and without quotes, and may hold an empty token", async () => {
    const read = [
      'PUBLISH_TOKEN="a b"',
      "PUBLISH_TOKEN = 'x'\r\n",
      "PUBLISH_TOKEN=\n",
      "NOT_PUBLISH_TOKEN=z",
    ].map((text) => readDevVar("PUBLISH_TOKEN", devVars(text)));
    expect(await Promise.all(read)).toEqual(["a b", "x", undefined, undefined]);
  });

  it("gets a token once, for its owner's eyes, and keeps what else it holds", async () => {
    const file = join(contentFolder({}), ".dev.vars");
    const token = await ensureSecret("PUBLISH_TOKEN", file);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(await ensureSecret("PUBLISH_TOKEN", file)).toBe(token);
    expect(statSync(file).mode & 0o077).toBe(0);
    writeFileSync(file, "OTHER=1");
    await ensureSecret("PUBLISH_TOKEN", file);
    expect(readFileSync(file, "utf8")).toMatch(/^OTHER=1\nPUBLISH_TOKEN=[\w-]{32}\n$/);
    const secret = await ensureSecret("WEBHOOK_SECRET", file);
    expect(readFileSync(file, "utf8")).toMatch(new RegExp(`=[\\w-]{32}\\nWEBHOOK_SECRET=${secret}\\n$`));
  });
});
