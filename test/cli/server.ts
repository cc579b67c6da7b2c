// A small Worker's API on a port of this machine: it keeps what it is sent, and fails on demand.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import type { ArticleSummary } from "../../src/api/answers.ts";
import type { ArticleStatus, Origin } from "../../src/article/article.ts";
import type { Problem } from "../../src/lib/problem.ts";
import { type HeldPartner, partnerAnswer } from "./partner-server.ts";

/** The token that the server takes. */
export const TOKEN = "right";

/** An answer; as trouble, one given in place of the server's own. */
export interface Trouble {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An article as the server holds it; of an origin that a test leaves out nothing is known. */
interface HeldArticle extends Partial<Origin> {
  body: Buffer;
  status: ArticleStatus;
  version?: number;
}

/** What the server holds and has seen. */
export interface Server {
  readonly url: string;
  /** Method and path of each request, in order. */
  readonly seen: string[];
  readonly articles: Map<string, HeldArticle>;
  readonly media: Map<string, Buffer>;
  readonly partners: Map<string, HeldPartner>;
  /** What a PUT of an article is answered with. */
  warnings: readonly Problem<string>[];
  /** Asked first for each request; `undefined` lets the server answer itself. After "hang up after" it has done what was asked; "keep waiting" is never answered. */
  trouble: (request: string) => Trouble | "hang up" | "hang up after" | "keep waiting" | undefined;
}

/** Starts a server that ends with the test. */
export async function apiServer(): Promise<Server> {
  const state: Server = {
    url: "",
    seen: [],
    articles: new Map(),
    media: new Map(),
    partners: new Map(),
    warnings: [],
    trouble: () => undefined,
  };
  const http = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const call = `${request.method} ${request.url}`;
    state.seen.push(call);
    const trouble = state.trouble(call);
    if (trouble === "hang up") {
      request.socket.destroy();
      return;
    }
    if (trouble === "keep waiting") return;
    const known = request.headers.authorization === `Bearer ${TOKEN}`;
    const answer =
      typeof trouble === "object" ? trouble : known ? answerTo(state, request, body) : problem(401);
    if (trouble === "hang up after") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return Object.assign(state, { url: `http://127.0.0.1:${address.port}` });
}

function answerTo(state: Server, request: IncomingMessage, body: Buffer): Trouble {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname.startsWith("/api/partners")) {
    return partnerAnswer(state.partners, state.url, `${request.method} ${request.url}`, body);
  }
  const [, kind, name = ""] = /^\/(?:api\/)?(articles|media|feeds)\/?(.*)$/.exec(url.pathname) ?? [];
  const held = state.articles.get(name);
  switch (`${request.method} ${kind}${name === "" ? "" : "/"}`) {
    case "GET articles":
      return json(list(state, url.searchParams));
    case "GET articles/":
      return held ? { status: 200, body: held.body } : problem(404);
    case "PUT articles/": {
      const from = url.searchParams.get("from");
      const source = from === null ? undefined : state.articles.get(from);
      if (from !== null && !source) return problem(409, `there is no article ${from} to move here`);
      if (from !== null) state.articles.delete(from);
      const held = source ?? state.articles.get(name);
      const { version = held ? 1 : 0 } = held ?? {};
      const match = request.headers["if-match"];
      if (match !== undefined && match !== `"${version}"` && !held?.body.equals(body)) return outdated(held);
      if (request.headers["if-none-match"] === "*" && held) return outdated(held);
      const git = url.searchParams.get("home") === "git";
      state.articles.set(name, {
        ...{ body, status: statusOf(body), version: version + 1, home: git ? "git" : "api" },
        gitVersion: git ? version + 1 : (held?.gitVersion ?? null),
      });
      return json({
        ...summary(state, name),
        feeds: [],
        change: source ? "moved" : held ? "updated" : "created",
        warnings: state.warnings,
      });
    }
    case "DELETE articles/":
      if (!held) return problem(404);
      held.status = "withdrawn";
      return json({ ...summary(state, name), feeds: [] });
    case "GET media/": {
      const bytes = state.media.get(name.slice(0, 64));
      return bytes ? { status: 200, body: bytes } : problem(404);
    }
    case "PUT media/":
      state.media.set(name, body);
      return json({});
    default:
      return problem(404);
  }
}

const outdated = (held: HeldArticle | undefined): Trouble => ({
  status: 412,
  body: JSON.stringify({
    title: "Another version is stored",
    status: 412,
    detail: `The stored version is "${held?.version}", sent by ${held?.sentBy}.`,
    errors: [{ path: "headline", message: "is stored as “Theirs”" }],
  }),
});

/** A value as the answer. */
/** Whether readers could see an article now. */
function statusOf(body: Buffer): ArticleStatus {
  const { published }: { readonly published?: string } = JSON.parse(String(body));
  return published !== undefined && Date.parse(published) > Date.now() ? "scheduled" : "published";
}

export const json = (value: unknown): Trouble => ({ status: 200, body: JSON.stringify(value) });

/** Problem details as the answer. */
export const problem = (status: number, detail?: string): Trouble => ({
  status,
  body: JSON.stringify({ type: "about:blank", title: "No", status, ...(detail ? { detail } : {}) }),
});

const PAGE = 2;

function list(state: Server, query: URLSearchParams): unknown {
  const slugs = [...state.articles.keys()].sort().filter((slug) => slug > (query.get("cursor") ?? ""));
  const page = slugs.slice(0, PAGE).map((slug) => summary(state, slug));
  return { articles: page, ...(slugs.length > PAGE ? { next: slugs[PAGE - 1] } : {}) };
}

function summary(state: Server, slug: string): ArticleSummary {
  const none: HeldArticle = { body: Buffer.alloc(0), status: "published" };
  const { body, status, version = 1, home = null, ...origin } = state.articles.get(slug) ?? none;
  return {
    slug,
    id: `tag:test:${slug}`,
    version,
    status,
    home,
    gitVersion: origin.gitVersion ?? null,
    sentAt: origin.sentAt ?? null,
    sentBy: origin.sentBy ?? null,
    folderDigest: null,
    url: `${state.url}/articles/${slug}`,
    headline: slug,
    published: "2024-10-24T00:00:00Z",
    digest: createHash("sha256").update(body).digest("hex"),
    problem: null,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
