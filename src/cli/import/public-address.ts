// Which hosts a picture may be fetched from: public addresses only, never the network that the command runs
// in.

import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { fail, ok, type Result } from "../../lib/problem.ts";

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
// All but 2000::/3, and of that what is special, or holds an IPv4 address that nobody looks at.
const NOT_PUBLIC_6 = listOf("ipv6", [
  ...["::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
]);

/** True for an address of the public internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv6(address) ? !NOT_PUBLIC_6.check(address, "ipv6") : !NOT_PUBLIC_4.check(address, "ipv4");

/**
 * The addresses of a host by its name, as the URL parser spells it. Refused where one of them isn't public,
 * and where the host is an IP address. What is then called must be one of these, for the next answer of DNS
 * may be another.
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
