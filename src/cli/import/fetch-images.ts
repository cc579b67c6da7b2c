// Downloads the pictures that imported articles name by web address. Only HTTPS; each host and each redirect
// is checked first (`publicAddresses`), and size and time are limited, since the addresses aren't trusted.

import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { BlockList, isIP, isIPv6 } from "node:net";
import { tooManyPixels } from "../../article/image.ts";
import { MAX_IMAGE_BYTES } from "../../content/images.ts";
import { type ImageFacts, probeImage } from "../../lib/image-file.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";
import { parallel } from "../api-request.ts";

const AT_ONCE = 4;
const AT_ONCE_A_HOST = 2;
const LIMIT_MS = 30_000;

/** How pictures are fetched; the defaults are for all but tests. */
export interface FetchOptions extends Partial<Omit<Line, "agent">> {
  /** Told after each picture, fetched or not. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Brings pictures, each once. Each of `urls` has a result: what `keep` makes of the picture, or a sentence
 * with the address that says why the picture is missing. Nothing else is kept in memory.
 */
export async function fetchImages<T>(
  urls: readonly string[],
  keep: (image: FetchedImage) => Promise<T>,
  { onProgress, find = publicAddresses, limitMs = LIMIT_MS }: FetchOptions = {},
): Promise<ReadonlyMap<string, Result<T>>> {
  const wanted = [...new Set(urls)];
  const fetched = new Map<string, Result<T>>();
  // Redirects to other hosts are limited in the same way.
  const agent = new Agent({ maxSockets: AT_ONCE_A_HOST, autoSelectFamily: true });
  await parallel(lanesOf(wanted), AT_ONCE, async (lane) => {
    for (const url of lane) {
      const image = await fetchImage(url, { agent, find, limitMs });
      fetched.set(url, image.ok ? ok(await keep(image.value)) : image);
      onProgress?.(fetched.size, wanted.length);
    }
  });
  return fetched;
}

/**
 * Lanes of addresses, as many for each host as it may have connections; lanes of one host share its
 * addresses.
 */
function lanesOf(urls: readonly string[]): readonly Iterable<string>[] {
  const hosts = Map.groupBy(urls, (url) => (URL.canParse(url) ? new URL(url).host : ""));
  return [...hosts.values()].flatMap((ofHost) => {
    const waiting = ofHost.values();
    return Array.from({ length: AT_ONCE_A_HOST }, () => waiting);
  });
}

const REDIRECT_LIMIT = 5;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

// Without newer types in Accept, servers send the original picture.
const HEADERS = { Accept: "image/*", "Accept-Encoding": "identity", "User-Agent": "Wireroom (import)" };

/** A picture, and the facts in its bytes. */
export interface FetchedImage {
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
}

/** How to get there. */
interface Line {
  readonly agent: Agent;
  readonly find: FindAddresses;
  /** For one picture, from looking up its host to its last byte. */
  readonly limitMs: number;
}

/** Brings the picture at a web address. Problems have an empty path, and begin with the address. */
function fetchImage(address: string, line: Line): Promise<Result<FetchedImage>> {
  const signal = AbortSignal.timeout(line.limitMs);
  const refuse = (why: string) => fail({ path: "", message: `${address} ${why}` });
  const late = new Promise<Result<never>>((resolve) => {
    const tell = () => resolve(refuse(`took longer than ${line.limitMs / 1000} seconds`));
    signal.addEventListener("abort", tell);
  });
  // A DNS lookup can't be aborted, so the whole download races against the time limit.
  return Promise.race([follow(address, line, signal, refuse), late]);
}

async function follow(
  address: string,
  { agent, find }: Line,
  signal: AbortSignal,
  refuse: (why: string) => Result<never>,
): Promise<Result<FetchedImage>> {
  let next = address;
  for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects++) {
    const refuseNext = (why: string) => refuse(redirects === 0 ? why : `redirects to ${next}, which ${why}`);
    if (!URL.canParse(next)) return refuseNext("is no web address");
    const url = new URL(next);
    if (url.protocol !== "https:") return refuseNext("is not https");
    if (url.username !== "" || url.password !== "") return refuseNext("carries a user name or password");
    try {
      const found = await find(url.hostname);
      if (!found.ok) return refuseNext(found.problems.map(({ message }) => message).join(", "));
      const response = await get(url, found.value, agent, signal);
      const { statusCode: status, headers } = response;
      if (status === 200) {
        const image = await imageIn(response);
        return typeof image === "string" ? refuseNext(image) : ok(image);
      }
      response.destroy();
      if (!REDIRECTS.has(status)) return refuseNext(`answered ${status}`);
      const { location = "" } = headers;
      if (location === "" || !URL.canParse(location, next))
        return refuseNext("redirects to what is no web address");
      next = new URL(location, next).href;
    } catch (error) {
      // Network errors have a code. If several addresses failed, there is no message.
      if (!(error instanceof Error && "code" in error)) throw error;
      return refuseNext(`can't be fetched (${error.message || error.code})`);
    }
  }
  return refuse(`redirects more than ${REDIRECT_LIMIT} times`);
}

const get = (url: URL, addresses: readonly LookupAddress[], agent: Agent, signal: AbortSignal) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    request(url.href, {
      agent,
      signal,
      headers: HEADERS,
      lookup: (_host, _options, done) => done(null, [...addresses]),
    })
      .on("response", resolve)
      .on("error", reject)
      .end();
  });

/** The picture, or what is wrong with it. */
async function imageIn(response: IncomingMessage): Promise<FetchedImage | string> {
  const tooLarge = `is larger than ${MAX_IMAGE_BYTES / 1_000_000} MB`;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (Number(response.headers["content-length"]) > MAX_IMAGE_BYTES) {
    response.destroy();
    return tooLarge;
  }
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (length > MAX_IMAGE_BYTES) return tooLarge;
  }
  const bytes = Buffer.concat(chunks);
  const facts = probeImage(bytes);
  if (!facts) return "is no JPEG, PNG, GIF, WebP or AVIF picture, or is broken";
  return tooManyPixels(facts) ?? { bytes, facts };
}

// Which hosts a picture may be fetched from: public addresses only, never the network that the command runs
// in.

/**
 * Finds the addresses that a host may be called at. Problems have an empty path, and a message about the
 * host.
 */
export type FindAddresses = (host: string) => Promise<Result<readonly LookupAddress[]>>;

// IANA's registries of special-purpose addresses: private, loopback, link-local (clouds' metadata too),
// shared, documentation, benchmarks, multicast, reserved. 168.63.129.16 is Azure's, and means the host of a
// virtual machine.
const NOT_PUBLIC_4 = listOf("ipv4", [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"],
]);
// All but 2000::/3, and the ranges in it that are special or embed an IPv4 address, which isn't checked.
const NOT_PUBLIC_6 = listOf("ipv6", [
  ...["::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
]);

/** True for an address of the public internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address) ? !NOT_PUBLIC_6.check(address, "ipv6") : !NOT_PUBLIC_4.check(address, "ipv4");

/**
 * The addresses of a host by its name, as the URL parser spells it. Refused if one of them isn't public, or
 * if the host is an IP address. The connection must use one of these, since the next DNS answer may differ.
 */
export async function publicAddresses(
  host: string,
  resolve = (name: string): Promise<readonly LookupAddress[]> => lookup(name, { all: true }),
): Promise<Result<readonly LookupAddress[]>> {
  const refuse = (message: string) => fail({ path: "", message });
  if (host.startsWith("[") || isIP(host)) return refuse("has an IP address for its host");
  try {
    const addresses = await resolve(host);
    if (addresses.length === 0) return refuse("has a host without an address");
    const wrong = addresses.find(({ address }) => !isPublicAddress(address));
    return wrong ? refuse(`has a host in a private network (${wrong.address})`) : ok(addresses);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return refuse(`has a host that can't be found (${error.code})`);
  }
}

function listOf(family: "ipv4" | "ipv6", subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
