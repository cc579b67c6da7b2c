// How partners show who they are: what of a request is their token, by the way that their policy names, and
// where their feed is. Bearer after RFC 6750 §2.1, Basic after RFC 7617 with the partner's id as the user.
// Pure: whether a token is theirs, `http/` finds out.

import type { Site } from "../article/site.ts";
import type { Policy } from "./policy.ts";
import { PROFILES } from "./profiles/index.ts";

/** What a token starts with, so that people and scanners for leaked secrets know one. */
export const TOKEN_PREFIX = "wr_";

/** Where a partner's feed is, and the page for their engineers. */
export interface PartnerAddresses {
  readonly url: string;
  readonly page: string;
}

/** What a request under a partner's address holds. */
export interface Attempt {
  /** Empty where none came in the way that the policy names. */
  readonly token: string;
  /**
   * The path behind the id, and behind the token where it is part of the address: `/rss.xml`, `/`, or
   * nothing.
   */
  readonly rest: string;
}

/** A partner's addresses; `token` where it is part of them. */
export function addressesOf(
  { id, access, profile }: Pick<Policy, "id" | "access" | "profile">,
  { url }: Pick<Site, "url">,
  token = "{token}",
): PartnerAddresses {
  const page = `${url}/partners/${id}/${access === "path" ? `${token}/` : ""}`;
  return { url: page + PROFILES[profile].file, page };
}

/** A path as the partner that it names, whether or not there is one, and what follows. */
export function partnerPath(pathname: string): { readonly id: string; readonly tail: string } {
  const [, id = "", tail = ""] = /^\/partners\/([^/]+)(.*)$/.exec(pathname) ?? [];
  return { id, tail };
}

/** What a request shows, read in the one way that a policy names; every other way is as good as nothing. */
export function readAttempt(
  access: Policy["access"],
  { id, tail }: { readonly id: string; readonly tail: string },
  authorization: string,
): Attempt {
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

/** The header that brings a token; null where the address does, or nothing need. */
export function headerOf({ id, access }: Pick<Policy, "id" | "access">, token: string): string | null {
  if (access === "bearer") return `Authorization: Bearer ${token}`;
  return access === "basic" ? `Authorization: Basic ${btoa(`${id}:${token}`)}` : null;
}

// Ids and tokens are ASCII, so that what these bytes are in UTF-8 makes no difference.
function decode(base64: string): string {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64) ? atob(base64) : "";
}
