// Secrets of partners' webhooks, and what is signed with them (Standard Webhooks 1.0, "Signature scheme"). None is stored:
// each is derived (HKDF, RFC 5869, with SHA-256) from the Worker's secret, the partner's id and a generation.

import { addSeconds, type Instant } from "../lib/time.ts";
import type { PartnerRecord } from "./sql.ts";

const PREFIX = "whsec_";
const SECRET_BITS = 256;
const ROTATION_DAYS = 7;

/** What a partner's secrets follow from. */
type Owner = Pick<PartnerRecord, "generation" | "rotatedAt"> & { readonly policy: { readonly id: string } };

/**
 * The secrets that sign at `now`, as `whsec_` and base64 of 32 bytes, the newest first: for a week after a rotation the
 * one before signs too, so that the partner can change over in between.
 */
export function webhookSecrets(
  root: string,
  { policy, generation, rotatedAt }: Owner,
  now: Instant,
): Promise<readonly string[]> {
  const rotates = rotatedAt !== undefined && now < addSeconds(rotatedAt, ROTATION_DAYS * 86_400);
  const generations = rotates ? [generation, generation - 1] : [generation];
  return Promise.all(generations.map((one) => derive(root, `wireroom webhook ${policy.id} ${one}`)));
}

/** The value of `webhook-signature`: one signature a secret, over id, timestamp (seconds) and body. */
export async function signatures(
  secrets: readonly string[],
  id: string,
  timestamp: number,
  body: string,
): Promise<string> {
  const content = utf8(`${id}.${timestamp}.${body}`);
  const all = secrets.map(async (secret) => {
    const raw = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return `v1,${base64(await crypto.subtle.sign("HMAC", key, content))}`;
  });
  return (await Promise.all(all)).join(" ");
}

async function derive(root: string, info: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", utf8(root), "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(info) };
  return PREFIX + base64(await crypto.subtle.deriveBits(algorithm, key, SECRET_BITS));
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));
