// A request's form: what it means, and every reason against it.

import { expect, it } from "vitest";
import { readSubscriptionRequest } from "../../src/hub/subscription-request.ts";
import { siteWith } from "../pipeline.ts";

const SITE = siteWith({ url: "https://wire.example" });
const DAY = 86_400;

const form = (changes: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.topic": "https://wire.example/atom.xml",
    "hub.callback": "https://reader.example/callback",
    ...changes,
  });
const read = (changes: Readonly<Record<string, string>> = {}) => readSubscriptionRequest(form(changes), SITE);

it("is read; what the hub doesn't know is ignored", () => {
  expect(read({ "hub.secret": "s", "hub.lease_seconds": String(2 * DAY), "hub.foreign": "x" })).toEqual({
    ok: true,
    value: {
      mode: "subscribe",
      topic: { feed: "site", format: "atom" },
      callback: "https://reader.example/callback",
      host: "reader.example",
      leaseSeconds: 2 * DAY,
      secret: "s",
    },
  });
});

it.each([
  ["1", DAY],
  [String(DAY), DAY],
  [String(DAY + 1), DAY + 1],
  [String(30 * DAY), 30 * DAY],
  [String(30 * DAY + 1), 30 * DAY],
  ["9".repeat(400), 30 * DAY],
  ["", 10 * DAY],
])("a lease of %s seconds", (asked, seconds) => {
  expect(read({ "hub.lease_seconds": asked })).toMatchObject({ value: { leaseSeconds: seconds } });
});

it("a secret is counted in bytes", () => {
  expect(read({ "hub.secret": "x".repeat(199) }).ok).toBe(true);
  expect(read({ "hub.secret": "x".repeat(200) }).ok).toBe(false);
  expect(read({ "hub.secret": "€".repeat(67) }).ok).toBe(false);
});

it("the end of a subscription needs neither lease nor secret, and minds none", () => {
  const end = { "hub.mode": "unsubscribe", "hub.lease_seconds": "soon", "hub.secret": "x".repeat(300) };
  expect(read(end)).toMatchObject({ ok: true, value: { mode: "unsubscribe" } });
});

it.each([
  "https://wire.example/rss.xml?",
  "https://wire.example/rss.xml#top",
  "http://wire.example/rss.xml",
  "https://wire.example:443/rss.xml",
  "https://WIRE.example/rss.xml",
  "https://wire.example.evil.example/rss.xml",
  "https://wire.example/",
  "https://wire.example/archive/1/atom.xml",
  "https://wire.example/tags/%66erries/rss.xml",
  "https://wire.example/tags/Ferries/rss.xml",
  "/rss.xml",
])("%s is no topic", (topic) => {
  expect(read({ "hub.topic": topic })).toMatchObject({ ok: false, problems: [{ path: "hub.topic" }] });
});
