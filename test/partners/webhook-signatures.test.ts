// Secrets of webhooks, and their signatures, verified by the published standardwebhooks package.

import { hkdfSync } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../src/lib/time.ts";
import { signatures, webhookSecrets } from "../../src/partners/webhooks.ts";

const NOW = toInstant(new Date());
const WEEK = 7 * 86_400;
const ROOT = "root secret";
const owner = (id: string, generation: number) => ({ policy: { id }, generation });

describe("a secret", () => {
  it("is 32 bytes of HKDF-SHA-256 over the Worker's secret, the partner and the generation", async () => {
    const info = "wireroom webhook example 3";
    const expected = Buffer.from(hkdfSync("sha256", ROOT, "", info, 32)).toString("base64");
    expect(await webhookSecrets(ROOT, owner("example", 3), NOW)).toEqual([`whsec_${expected}`]);
  });

  it("is another one for every root, partner and generation, and always the same", async () => {
    const secret = async (root: string, id: string, generation: number) =>
      (await webhookSecrets(root, owner(id, generation), NOW))[0];
    const all = [
      await secret(ROOT, "a", 1),
      await secret(ROOT, "a", 11),
      await secret(ROOT, "a-1", 1),
      await secret("other", "a", 1),
    ];
    expect(new Set(all).size).toBe(4);
    expect(await secret(ROOT, "a", 1)).toBe(all[0]);
  });

  it("has the one before it beside it for a week", async () => {
    const [before] = await webhookSecrets(ROOT, owner("a", 1), NOW);
    const rotated = { ...owner("a", 2), rotatedAt: NOW };
    const [after, ...others] = await webhookSecrets(ROOT, rotated, addSeconds(NOW, WEEK - 1));
    expect(others).toEqual([before]);
    expect(after).not.toBe(before);
    expect(await webhookSecrets(ROOT, rotated, addSeconds(NOW, WEEK))).toEqual([after]);
  });
});

describe("signatures", async () => {
  const body = JSON.stringify({ type: "article.published", data: { headline: "Fähre, 渡し船" } });
  const timestamp = Date.parse(NOW) / 1000;
  const secrets = await webhookSecrets(ROOT, { ...owner("a", 2), rotatedAt: NOW }, NOW);
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await signatures(secrets, "msg_1", timestamp, body),
  };

  it("verify with the secret and with the one before it", () => {
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it.each([
    ["another body", body.replace("published", "retracted"), headers],
    ["another id", body, { ...headers, "webhook-id": "msg_2" }],
    ["another time", body, { ...headers, "webhook-timestamp": String(timestamp + 1) }],
  ])("fail for %s", (_, content, sent) => {
    for (const secret of secrets)
      expect(() => new Webhook(secret).verify(content, sent)).toThrow(/signature/);
  });

  it("fail with another partner's secret", async () => {
    const [other = ""] = await webhookSecrets(ROOT, owner("b", 2), NOW);
    expect(() => new Webhook(other).verify(body, headers)).toThrow(/signature/);
  });
});
