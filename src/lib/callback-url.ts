// Which addresses of subscribers and of partners' servers may be called (no server-side request forgery). A
// stranger names the address and we call it, so an address that could be in a private network is refused, in
// every spelling: the URL parser first makes `0x7f.1`, `2130706433`, `017700000001` and full-width digits the
// same. IP addresses are all refused, since Workers can't call them. Ports are 443, or 1024 and up, since
// lower ones belong to other protocols. A public name that resolves to a private address isn't noticed here,
// but Cloudflare's network doesn't reach such addresses.

import { plural, t } from "./translate.ts";

const LENGTH_LIMIT = 2000;
const FIRST_FREE_PORT = 1024;

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
/**
 * Last labels of names that are for one machine or one network: RFC 6761, 6762, 7686, 8375, ICANN's
 * `internal`, habit.
 */
const PRIVATE_NAMES: ReadonlySet<string> = new Set([
  ...["localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan"],
  ...["arpa", "onion"],
]);
// The parser leaves a host whose last label starts with a digit only if it is an IPv4 address.
const IP_ADDRESS = /^\[|(?:^|\.)[0-9][^.]*$/;

/** An address that may be called, or one sentence on why not. */
export type CallbackCheck =
  | { readonly ok: true; readonly url: string; readonly host: string }
  | { readonly ok: false; readonly reason: string };

const refused = (reason: string): CallbackCheck => ({ ok: false, reason });

/**
 * Checks a callback's address. A site whose own address is loopback may also call loopback over plain http.
 */
export function checkCallback(value: string, site: { readonly url: string }): CallbackCheck {
  if (!URL.canParse(value))
    return refused(
      t("must be a full web address, like {example}", { example: "https://reader.example/callback" }),
    );
  const url = new URL(value);
  const own = new URL(site.url);
  if (url.href.length > LENGTH_LIMIT)
    return refused(
      plural(LENGTH_LIMIT, {
        one: "must be at most {count} character long",
        other: "must be at most {count} characters long",
      }),
    );
  if (url.username !== "" || url.password !== "") return refused(t("must not carry a user name or password"));
  if (url.href.includes("#")) return refused(t("must not have a fragment"));
  const accepted: CallbackCheck = { ok: true, url: url.href, host: url.hostname };
  if (LOOPBACK.has(own.hostname) && LOOPBACK.has(url.hostname) && url.protocol === "http:") {
    return url.port === own.port ? refused(t("must not be this site")) : accepted;
  }
  if (url.protocol !== "https:") return refused(t("must be an https address"));
  if (IP_ADDRESS.test(url.hostname)) return refused(t("must have a name for its host, not an IP address"));
  const labels = url.hostname.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || last === "" || PRIVATE_NAMES.has(last)) {
    return refused(t("must have a host with a public name, without a dot at its end"));
  }
  if (url.port !== "" && Number(url.port) < FIRST_FREE_PORT) {
    return refused(t("must be on port 443, or one from {first} up", { first: String(FIRST_FREE_PORT) }));
  }
  return url.hostname === own.hostname ? refused(t("must not be this site")) : accepted;
}
