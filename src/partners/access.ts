// Partners' addresses, and the credentials in a request for one: Bearer by RFC 6750 §2.1, Basic by RFC 7617
// with the partner's id as the user, or a token in the path. Pure.

import type { Site } from "../article/site.ts";
import type { PartnerAccess, PartnerCredentials } from "../env.ts";
import { equal } from "../http/auth.ts";
import type { Policy } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";
import { TOKEN_LIMIT } from "./sql.ts";

/** Compared where the partner has fewer tokens. No known text has this hash. */
const NO_HASH = "0".repeat(64);

/** The start of every token, by which people and scanners for leaked secrets recognise one. */
export const TOKEN_PREFIX = "wr_";

/** Addresses of a partner's feed, and of the page for the partner's engineers. */
export interface PartnerAddresses {
  readonly url: string;
  readonly page: string;
}

/** The credentials in a request for a partner's address. */
export interface Credentials {
  /** Empty if there is none, or if it came in another way than the policy names. */
  readonly token: string;
  /** The path after the id, and after the token if that is part of the address: `/rss.xml`, `/`, or "". */
  readonly rest: string;
}

/** A partner's addresses. `token` is used only where it is part of them. */
export function addressesOf(
  { id, access, profile }: Pick<Policy, "id" | "access" | "profile">,
  { url }: Pick<Site, "url">,
  token = "{token}",
): PartnerAddresses {
  const page = `${url}/partners/${id}/${access === "path" ? `${token}/` : ""}`;
  return { url: page + PROFILES[profile].file, page };
}

/** The id in a path under /partners/, whether or not there is such a partner, and what follows it. */
export function partnerPath(pathname: string): { readonly id: string; readonly tail: string } {
  const [, id = "", tail = ""] = /^\/partners\/([^/]+)(.*)$/.exec(pathname) ?? [];
  return { id, tail };
}

/**
 * Reads a request's credentials in the one way that the policy names. A token that comes in another way is
 * ignored.
 */
export function readCredentials(
  access: Policy["access"],
  { id, tail }: { readonly id: string; readonly tail: string },
  authorization: string,
): Credentials {
  switch (access) {
    case "public":
      return { token: "", rest: tail };
    case "bearer":
      return { token: /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "", rest: tail };
    case "basic": {
      const login = /^Basic +(\S+) *$/i.exec(authorization)?.[1] ?? "";
      const user = `${id}:`;
      const plain = decode(login);
      return { token: plain.startsWith(user) ? plain.slice(user.length) : "", rest: tail };
    }
    case "path": {
      const [, token = "", rest = ""] = /^\/([^/]+)(.*)$/.exec(tail) ?? [];
      return { token, rest };
    }
  }
}

/**
 * True if these credentials open a partner's document. It always takes the same time, also where there is no such
 * partner.
 */
export async function admits(
  access: PartnerAccess | undefined,
  credentials: PartnerCredentials,
): Promise<boolean> {
  const matches = await Promise.all(
    Array.from({ length: TOKEN_LIMIT }, (_, index) =>
      equal(credentials.hash, access?.hashes[index] ?? NO_HASH),
    ),
  );
  if (!access?.enabled || credentials.access !== access.access) return false;
  return access.access === "public" || matches.includes(true);
}

/** The header that carries a token; null if the address carries it, or none is needed. */
export function credentialsHeader(
  { id, access }: Pick<Policy, "id" | "access">,
  token: string,
): string | null {
  if (access === "bearer") return `Authorization: Bearer ${token}`;
  return access === "basic" ? `Authorization: Basic ${btoa(`${id}:${token}`)}` : null;
}

// Ids and tokens are ASCII, so the bytes need no decoding from UTF-8.
function decode(base64: string): string {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64) ? atob(base64) : "";
}
