// One picture from the web: https alone, at an address that was checked, each redirect followed by hand and checked
// likewise, and an end to its bytes and its time. Servers are a stranger's, and so is every address.

import type { LookupAddress } from "node:dns";
import type { IncomingMessage } from "node:http";
import { type Agent, request } from "node:https";
import { tooManyPixels } from "../../article/image.ts";
import { MAX_IMAGE_BYTES } from "../../content/local-image.ts";
import { type ImageFacts, probeImage } from "../../lib/image-file.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";
import type { FindAddresses } from "./public-address.ts";

const REDIRECT_LIMIT = 5;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

// Servers that offer newer types to those who name them have the picture itself for those who don't.
const HEADERS = { Accept: "image/*", "Accept-Encoding": "identity", "User-Agent": "Wireroom (import)" };

/** A picture, and what its bytes say of it. */
export interface FetchedImage {
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
}

/** How to get there. */
export interface Line {
  readonly agent: Agent;
  readonly find: FindAddresses;
  /** For one picture, from looking up its host to its last byte. */
  readonly limitMs: number;
}

/** Brings the picture at a web address. Problems have an empty path, and begin with the address. */
export function fetchImage(address: string, line: Line): Promise<Result<FetchedImage>> {
  const signal = AbortSignal.timeout(line.limitMs);
  const refuse = (why: string) => fail({ path: "", message: `${address} ${why}` });
  const late = new Promise<Result<never>>((resolve) => {
    const tell = () => resolve(refuse(`took longer than ${line.limitMs / 1000} seconds`));
    signal.addEventListener("abort", tell);
  });
  // Looking up a host can't be called off, so time is up for whatever goes on.
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
      // Whatever a server or the way to it does has a code; several addresses that all failed have no message.
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
