// Pictures from a server that is polite, and from one that isn't. Nothing leaves this machine.

import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { type FetchOptions, fetchImages } from "../../../src/cli/import/fetch-images.ts";
import { GIF, PIXEL } from "../folder.ts";
import { find, pictureServer } from "./pictures.ts";

/** What became of each picture: its problem, or its type and size. */
async function told(urls: readonly string[], options: FetchOptions = {}): Promise<readonly string[]> {
  const fetched = await fetchImages(urls, async (image) => image, { find, ...options });
  return urls.map((url) => {
    const result = fetched.get(url);
    if (!result?.ok) return result?.problems.map(({ message }) => message).join("; ") ?? "";
    const { type, width, height } = result.value.facts;
    return `${type} ${width}x${height}`;
  });
}

/** `/to/3` leads to `/to/2`, and so on to `/to/0`, a picture. */
function redirecting({ url = "" }: IncomingMessage, response: ServerResponse): void {
  const left = Number(url.slice("/to/".length));
  if (left === 0) response.end(PIXEL);
  else response.writeHead(302, { Location: `/to/${left - 1}` }).end();
}

const leadingTo = (location: string) =>
  pictureServer((_request, response) => void response.writeHead(301, { Location: location }).end());

it("brings what is asked for, each once, and says how far it is", async () => {
  const server = await pictureServer(({ url }, response) => void response.end(url === "/b" ? GIF : PIXEL));
  const progress: string[] = [];
  const [a, b] = [server.at("/a"), server.at("/b")];
  const fetched = await fetchImages([a, b, a], async (image) => image, {
    find,
    onProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  const facts = { type: "image/png", width: 1, height: 1, length: PIXEL.length };
  expect(fetched.get(a)).toEqual({ ok: true, value: { bytes: PIXEL, facts } });
  expect(fetched.get(b)).toMatchObject({ ok: true, value: { bytes: GIF, facts: { type: "image/gif" } } });
  expect(fetched.size).toBe(2);
  expect([...server.seen].sort()).toEqual(["pictures.test /a", "pictures.test /b"]);
  expect(progress).toEqual(["1/2", "2/2"]);
});

it("goes by the bytes, whatever their type is said to be, and asks for no compression", async () => {
  let asked: IncomingMessage["headers"] = {};
  const server = await pictureServer(({ headers }, response) => {
    asked = headers;
    response.writeHead(200, { "Content-Type": "text/html" }).end(PIXEL);
  });
  expect(await told([server.at("/")])).toEqual(["image/png 1x1"]);
  expect(asked).toMatchObject({ accept: "image/*", "accept-encoding": "identity" });
});

it("follows five redirects, and no sixth", async () => {
  const server = await pictureServer(redirecting);
  const [five, six] = [server.at("/to/5"), server.at("/to/6")];
  expect(await told([five])).toEqual(["image/png 1x1"]);
  expect(await told([six])).toEqual([`${six} redirects more than 5 times`]);
});

const PRIVATE = [
  ["https://127.0.0.1/a.png", "https://127.0.0.1/a.png"],
  ["https://169.254.169.254/latest/meta-data/", "https://169.254.169.254/latest/meta-data/"],
  ["https://[::1]/", "https://[::1]/"],
  ["https://[::ffff:10.0.0.1]/", "https://[::ffff:a00:1]/"],
  ["https://2130706433/", "https://127.0.0.1/"],
  ["https://0177.0.0.1/", "https://127.0.0.1/"],
  ["https://0x7f.1/", "https://127.0.0.1/"],
  ["https://１２７.0.0.1/", "https://127.0.0.1/"],
  ["https://127.0.0.1./", "https://127.0.0.1/"],
  ["https://93.184.215.14/", "https://93.184.215.14/"],
] as const;

it.each(PRIVATE)("refuses %s, an IP address", async (url) => {
  expect(await told([url])).toEqual([`${url} has an IP address for its host`]);
});

it.each(PRIVATE)("refuses to be led to %s", async (url, spelt) => {
  // A header is Latin-1: what isn't in it is sent escaped.
  const server = await leadingTo(
    url === spelt ? url : encodeURI(url).replace(/%5B/g, "[").replace(/%5D/g, "]"),
  );
  const start = server.at("/");
  expect(await told([start])).toEqual([
    `${start} redirects to ${spelt}, which has an IP address for its host`,
  ]);
});

it.each([
  ["http://pictures.test/a.png", "is not https"],
  ["ftp://pictures.test/a.png", "is not https"],
  ["https://somebody:secret@pictures.test/", "carries a user name or password"],
  ["https://localhost/a.png", /^has a host in a private network \((?:127\.0\.0\.1|::1)\)$/],
])("refuses %s, and to be led there", async (url, why) => {
  const server = await leadingTo(url);
  const start = server.at("/");
  const [direct = "", led = ""] = await told([url, start]);
  expect(direct.slice(`${url} `.length)).toMatch(why);
  expect(led.slice(`${start} redirects to ${url}, which `.length)).toMatch(why);
  expect(server.seen).toHaveLength(1);
});

it("goes to another host's address only after looking at it", async () => {
  const asked: string[] = [];
  const server = await pictureServer(({ headers }, response) => {
    if (headers.host?.startsWith("other.test")) response.end(PIXEL);
    else response.writeHead(307, { Location: server.at("/b", "other.test") }).end();
  });
  const finding = (host: string) => {
    asked.push(host);
    return find(host);
  };
  expect(await told([server.at("/a")], { find: finding })).toEqual(["image/png 1x1"]);
  expect(asked).toEqual(["pictures.test", "other.test"]);
  expect(server.seen).toEqual(["pictures.test /a", "other.test /b"]);
});

it.each([
  ["not found", 404, "answered 404"],
  ["a range", 206, "answered 206"],
  ["a redirect to nowhere", 302, "redirects to what is no web address"],
])("refuses %s", async (_what, status, why) => {
  const server = await pictureServer((_request, response) => void response.writeHead(status).end(PIXEL));
  expect(await told([server.at("/")])).toEqual([`${server.at("/")} ${why}`]);
});

it("refuses what is no address, and to be led to what is none", async () => {
  const server = await leadingTo("https://");
  expect(await told(["https://", server.at("/")])).toEqual([
    "https:// is no web address",
    `${server.at("/")} redirects to what is no web address`,
  ]);
});

it.each([
  ["a page", "<!doctype html>", "is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken"],
  ["nothing", "", "is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken"],
])("refuses %s", async (_what, body, why) => {
  const server = await pictureServer((_request, response) => void response.end(body));
  expect(await told([server.at("/")])).toEqual([`${server.at("/")} ${why}`]);
});

it("refuses what says that it is too large without reading it", async () => {
  const server = await pictureServer(
    (_request, response) => void response.writeHead(200, { "Content-Length": 20_000_001 }).write(PIXEL),
  );
  expect(await told([server.at("/")])).toEqual([`${server.at("/")} is larger than 20 MB`]);
});

it("stops reading what has no end", async () => {
  let sent = 0;
  const server = await pictureServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(100_000))) sent += 100_000;
    };
    response.on("drain", more);
    more();
  });
  expect(await told([server.at("/")])).toEqual([`${server.at("/")} is larger than 20 MB`]);
  // What lies in buffers between the two is sent, and not read.
  expect(sent).toBeLessThan(40_000_000);
});

it.each([
  ["never answers", () => undefined],
  ["sends a byte and no more", (response: ServerResponse) => void response.write("G")],
])("doesn't wait for a server that %s", async (_what, answer) => {
  const server = await pictureServer((_request, response) => answer(response));
  expect(await told([server.at("/")], { limitMs: 100 })).toEqual([
    `${server.at("/")} took longer than 0.1 seconds`,
  ]);
});

it("doesn't wait for a host that isn't found", async () => {
  const never = () => new Promise<never>(() => undefined);
  expect(await told(["https://other.test/"], { find: never, limitMs: 100 })).toEqual([
    "https://other.test/ took longer than 0.1 seconds",
  ]);
});

it("says what a server did that hangs up, or whose certificate is for others", async () => {
  const server = await pictureServer(({ url }, response) => {
    if (url === "/half")
      response.writeHead(200, { "Content-Length": PIXEL.length }).write(PIXEL.subarray(0, 9));
    setImmediate(() => response.destroy());
  });
  const stranger = server.at("/", "stranger.test");
  const [hungUp, half, strange] = await told([server.at("/"), server.at("/half"), stranger], {
    find: () => find("pictures.test"),
  });
  expect(hungUp).toBe(`${server.at("/")} can't be fetched (socket hang up)`);
  expect(half).toBe(`${server.at("/half")} can't be fetched (aborted)`);
  expect(strange).toContain(`${stranger} can't be fetched (Hostname/IP does not match`);
});

it("asks for four at a time, and one host for two", async () => {
  const held: ServerResponse[] = [];
  const open = new Map<string, number>();
  const most = new Map<string, number>();
  const count = (name: string, step: number) => {
    open.set(name, (open.get(name) ?? 0) + step);
    most.set(name, Math.max(most.get(name) ?? 0, open.get(name) ?? 0));
  };
  let released = false;
  const server = await pictureServer(({ headers }, response) => {
    const names = ["all", headers.host?.split(":")[0] ?? ""];
    for (const name of names) count(name, 1);
    response.on("close", () => names.map((name) => count(name, -1)));
    held.push(response);
    // The first four wait for each other; all the rest come one by one.
    released ||= held.length === 4;
    if (released) for (const waiting of held.splice(0)) waiting.end(PIXEL);
  });
  const paths = Array.from({ length: 6 }, (_, index) => `/${index}`);
  const urls = ["pictures.test", "other.test"].flatMap((host) => paths.map((path) => server.at(path, host)));
  expect(await told(urls)).toEqual(urls.map(() => "image/png 1x1"));
  expect(Object.fromEntries(most)).toEqual({ all: 4, "pictures.test": 2, "other.test": 2 });
});
