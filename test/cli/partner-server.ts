// The partners' part of the small Worker in server.ts: it keeps policies and tokens, and is as strict as the real one.

import { isDeepStrictEqual } from "node:util";
import { type Home, isHome } from "../../src/article/article.ts";
import { check } from "../../src/lib/problem.ts";
import type {
  PartnerExplanation,
  PartnerReport,
  PartnerSummary,
  PolicyTrial,
} from "../../src/partners/answers.ts";
import { type Policy, policySchema } from "../../src/partners/policy.ts";
import { json, problem, type Trouble } from "./server.ts";

/** A partner as the server holds it. */
export interface HeldPartner {
  policy: Policy;
  tokens: { name: string; madeAt: string; usedAt: string | null }[];
  generation: number;
  home?: Home;
  /** When and why its webhook was switched off. */
  off?: string;
}

const MADE_AT = "2024-10-24T00:00:00Z";

/** An article that every partner gets, and one that none does. */
const INCLUDED = { slug: "in", headline: "In", published: MADE_AT, problems: [] };
const LEFT_OUT = {
  ...{ slug: "out", headline: "Out", published: MADE_AT },
  problems: [{ path: "headline", message: "is longer than 150 characters" }],
};

const EXPLANATION: PartnerExplanation = {
  ...{ slug: "out", headline: "Out", included: false },
  rules: [
    { rule: "select.sections", passed: true, says: "it is in world" },
    { rule: "profile", passed: false, says: "its headline is longer than 150 characters" },
  ],
  ledger: {
    ...{ firstServed: "2024-10-24T10:00:00Z", lastFetched: 1, current: 2 },
    ...{ event: "article.retracted", fetchedSince: false },
  },
};

/** Answers `/api/partners` and what is under it. */
export function partnerAnswer(
  partners: Map<string, HeldPartner>,
  origin: string,
  request: string,
  body: Buffer,
): Trouble {
  const [method, target = ""] = request.split(" ");
  const [path = "", query] = target.split("?");
  const home = new URLSearchParams(query).get("home") ?? "api";
  const [id = "", part = "", name = ""] = path.replace(/^\/api\/partners\/?/, "").split("/");
  const held = partners.get(id);
  const call = `${method} ${part}`;
  if (id === "") {
    return json([...partners.values()].map((partner) => summary(partner, origin)));
  }
  if (call === "PUT ") return put(partners, id, origin, body, isHome(home) ? home : "api");
  if (call === "POST trial") return json(TRIAL);
  if (!held) return problem(404);
  switch (call) {
    case "GET ":
      return json(report(held, origin));
    case "DELETE ":
      partners.delete(id);
      return json({});
    case "GET articles":
      return name === EXPLANATION.slug ? json(EXPLANATION) : problem(404, "There is no such article.");
    case "POST tokens":
      if (held.tokens.length === 2) return problem(409, "Two tokens are valid");
      held.tokens.push({ name: `0000000${held.tokens.length}`, madeAt: MADE_AT, usedAt: null });
      return json({ ...issued(held), ...held.tokens.at(-1) });
    case "DELETE tokens": {
      const before = held.tokens.length;
      held.tokens = held.tokens.filter((token) => token.name !== name);
      return held.tokens.length < before ? json({}) : problem(404);
    }
    case "POST webhook":
      if (name === "on") delete held.off;
      else held.generation++;
      return json(webhook(held));
    case "GET webhook":
      return json(webhook(held));
    default:
      return problem(404);
  }
}

function put(
  partners: Map<string, HeldPartner>,
  id: string,
  origin: string,
  body: Buffer,
  home: Home,
): Trouble {
  const policy = check(policySchema, JSON.parse(body.toString()));
  if (!policy.ok || policy.value.id !== id) return problem(422);
  const before = partners.get(id);
  const isSame = isDeepStrictEqual(before?.policy, policy.value);
  if (before?.home === "desk" && home === "git" && !isSame)
    return problem(409, "This policy was changed at the desk, so git's was not stored.");
  const after = { tokens: [], generation: 1, ...before, policy: policy.value, home };
  partners.set(id, after);
  return json({ ...summary(after, origin), change: before ? (isSame ? "unchanged" : "updated") : "created" });
}

function summary({ policy, tokens, off, home }: HeldPartner, origin: string): PartnerSummary {
  const { id, name, enabled, profile, access, push } = policy;
  return {
    ...{ id, name, enabled, profile, access, tokens, home: home ?? null },
    url: `${origin}/partners/${id}/rss.xml`,
    page: `${origin}/partners/${id}/`,
    ...{ items: 1, bytes: 1234, version: 7, builtAt: MADE_AT, staleSince: null, lastError: null },
    lastFetch: { minute: MADE_AT, status: 304 },
    push: push ? (off ?? "on") : null,
  };
}

const TRIAL: PolicyTrial = {
  change: "updated",
  rules: [{ key: "delay", before: null, after: "15 minutes after publication" }],
  ...{ before: 2, after: 2, signs: 0, rewritten: 0 },
  joins: [INCLUDED],
  leaves: [{ ...LEFT_OUT, fetched: 3 }],
  newest: [
    { ...INCLUDED, included: true, was: false },
    { ...LEFT_OUT, included: false, was: true },
  ],
  chosen: EXPLANATION,
};

const report = (partner: HeldPartner, origin: string): PartnerReport => ({
  ...summary(partner, origin),
  policy: partner.policy,
  included: [{ ...INCLUDED, version: 1, held: null }],
  leftOut: [LEFT_OUT],
  days: [{ day: "2024-10-24", fetches: 96, bytes: 5678 }],
});

const HEADERS: Readonly<Record<Policy["access"], string | null>> = {
  bearer: "Authorization: Bearer wire-secret",
  basic: "Authorization: Basic YTp3aXJlLXNlY3JldA==",
  path: null,
  public: null,
};

const issued = ({ policy: { id, access } }: HeldPartner) => ({
  token: "wire-secret",
  url: `https://news.example.com/partners/${id}/${access === "path" ? "wire-secret/" : ""}rss.xml`,
  header: HEADERS[access],
});

const webhook = ({ policy, generation, off }: HeldPartner) => ({
  url: policy.push?.url ?? "",
  secret: `whsec_${generation}`,
  previous: generation === 1 ? null : `whsec_${generation - 1}`,
  off: off ?? null,
});
