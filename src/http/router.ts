// The router of everything that is not a feed document, and what the API's routes read: bodies of limited
// size, in JSON.

import { bodyLimit } from "hono/body-limit";
import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import type { Env } from "../env.ts";
import { t } from "../lib/translate.ts";
import { problemResponse } from "./problem.ts";

/** An empty router: hono with one of its two usual routers, which makes the Worker 2 kB smaller. */
export const newRouter = () => new HonoBase<{ Bindings: Env }>({ router: new TrieRouter() });

/** Refuses bodies of more than `maxSize` bytes. */
export const limit = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => problemResponse(413, t("The body may have at most {count} bytes.", { count: maxSize })),
  });

const NOT_CODED = t("Send the body uncompressed, without Content-Encoding.");

/** A request body that is JSON. */
export interface JsonBody {
  readonly bytes: ArrayBuffer;
  readonly value: unknown;
}

/** A request's JSON body, or the error response if it has none. */
export async function readJson(request: Request): Promise<JsonBody | Response> {
  const type = request.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return problemResponse(415, t("Send application/json."));
  const coding = request.headers.get("Content-Encoding")?.trim().toLowerCase() || "identity";
  // The header says that the coding is the reason, and not the type.
  if (coding !== "identity")
    return problemResponse(415, NOT_CODED, { headers: { "Accept-Encoding": "identity" } });
  const bytes = await request.arrayBuffer();
  try {
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes),
    );
    return { bytes, value };
  } catch (error) {
    const reason =
      error instanceof TypeError ? t("it is not UTF-8") : String(error instanceof Error && error.message);
    return problemResponse(400, t("The body is not JSON: {reason}", { reason }));
  }
}
