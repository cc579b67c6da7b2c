// Whoever has us call an address (a subscriber, a partner, a page that is imported) meets one list of hosts that are refused.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fetchImages, publicAddresses } from "../src/cli/import/fetch-images.ts";
import { parseSite } from "../src/content/folder.ts";
import { readSubscriptionRequest } from "../src/hub/subscription-request.ts";
import { checkPolicy } from "../src/partners/policy.ts";
import { REFUSED_HOSTS } from "./refused-hosts.ts";

const parsed = parseSite(readFileSync(join(import.meta.dirname, "../content/site.yaml"), "utf8"));
if (!parsed.ok) throw new Error("the test's site.yaml is broken");
const SITE = { ...parsed.value, url: "https://wire.example" };

/** The problems of a subscriber's request with this callback. */
const ofHub = (callback: string) => {
  const form = { "hub.mode": "subscribe", "hub.topic": `${SITE.url}/rss.xml`, "hub.callback": callback };
  return readSubscriptionRequest(new URLSearchParams(form), SITE);
};
/** The problems of a policy whose webhook is there. */
const ofPartner = (url: string) =>
  checkPolicy({ id: "p", name: "P", profile: "rss", push: { url } }, { url: SITE.url, sections: {} });
/** What becomes of a picture there, where every name leads into a private network. */
const ofPicture = async (url: string) => {
  const inside = async () => [{ address: "10.0.0.1", family: 4 }];
  const fetched = await fetchImages([url], async () => "fetched", {
    find: (host) => publicAddresses(host, inside),
  });
  return fetched.get(url);
};

describe("a public host is called", () => {
  it("by the hub and by webhooks", () => {
    expect(ofHub("https://reader.example/").ok).toBe(true);
    expect(ofPartner("https://reader.example/").ok).toBe(true);
  });
});

describe("nothing is called at", () => {
  it.each(
    REFUSED_HOSTS.flatMap((host) => [`https://${host}/`, `https://${host}:8443/`, `https://a:b@${host}/`]),
  )("%s", async (url) => {
    expect(ofHub(url)).toMatchObject({ ok: false, problems: [{ path: "hub.callback" }] });
    expect(ofPartner(url)).toMatchObject({ ok: false, problems: [{ path: "push.url" }] });
    const picture = await ofPicture(url);
    expect(picture).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringMatching(/IP address|private network|user name/) }],
    });
  });
});
