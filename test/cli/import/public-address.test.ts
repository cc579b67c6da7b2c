// Which addresses are anybody's on the internet, at their edges, and what that means for a host.

import { expect, it } from "vitest";
import { isPublicAddress, publicAddresses } from "../../../src/cli/import/fetch-images.ts";

it.each([
  ...["9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"],
  ...["169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"],
  ...[
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "1.1.1.1",
    "2606:4700::1111",
    "2a00::1",
    "2001:200::1",
  ],
])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ...[
    "0.0.0.0",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.255",
  ],
  ...[
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
  ],
  ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16"],
  ...[
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "100::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
  ],
  ...["ff02::1", "2001::1", "2001:db8::1", "2002:a00:1::", "3fff::1", "4000::1", "5f00::1"],
])("%s is not", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

const leadingTo =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

it("gives all addresses of a public host", async () => {
  expect(await publicAddresses("wire.test", leadingTo("1.1.1.1", "2606:4700::1111"))).toEqual({
    ok: true,
    value: [
      { address: "1.1.1.1", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ],
  });
});

it("refuses a host of which one address is private, or that has none", async () => {
  expect(await publicAddresses("wire.test", leadingTo("1.1.1.1", "fe80::1"))).toEqual({
    ok: false,
    problems: [{ path: "", message: "has a host in a private network (fe80::1)" }],
  });
  expect(await publicAddresses("wire.test", leadingTo())).toMatchObject({ ok: false });
});

it("says why a host can't be found", async () => {
  const unknown = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
  expect(await publicAddresses("wire.test", unknown)).toEqual({
    ok: false,
    problems: [{ path: "", message: "has a host that can't be found (ENOTFOUND)" }],
  });
});
