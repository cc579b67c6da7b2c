// What is checked of a passkey's answer (Web Authentication Level 3, §7.1 and §7.2), by Web Crypto. No attestation is
// asked for: who makes the passkey doesn't matter.

import { fromBase64url, sha256Bytes, toBase64url } from "../../lib/digest.ts";

/** What an answer must be for. */
export interface Expected {
  /** The challenge that was sent, as text. */
  readonly challenge: string;
  /** The origin of the desk's pages. */
  readonly origin: string;
  /** The host that passkeys belong to. */
  readonly rpId: string;
}

/** A new passkey, as a browser sends it. Bytes are base64url. */
export interface NewCredential {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** COSE's number. */
  readonly algorithm: number;
}

/** A passkey's signature, as a browser sends it. Bytes are base64url. */
export interface Assertion {
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** A stored passkey. */
export interface StoredKey {
  readonly publicKey: string;
  readonly algorithm: number;
  readonly counter: number;
}

/** COSE's algorithms that passkeys are made with, and Web Crypto's names of them: ES256, EdDSA, RS256. */
const ALGORITHMS: ReadonlyMap<number, { readonly name: string; readonly [key: string]: string }> = new Map([
  [-7, { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }],
  [-8, { name: "Ed25519" }],
  [-257, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }],
]);

/** The algorithms, the preferred one first. */
export const ALGORITHM_NUMBERS: readonly number[] = [...ALGORITHMS.keys()];

// The parts of authenticator data (§6.1), in bytes.
const HASH_BYTES = 32;
const HEAD_BYTES = 37;
const AAGUID_BYTES = 16;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** True if a new passkey was made for what is expected, by a person that it has verified. */
export async function isNewCredential(sent: NewCredential, expected: Expected): Promise<boolean> {
  const head = await readHead(sent, "webauthn.create", expected);
  if (!head || (head.flags & HAS_CREDENTIAL) === 0) return false;
  const { data } = head;
  const idLength = new DataView(data.buffer).getUint16(HEAD_BYTES + AAGUID_BYTES);
  const idStart = HEAD_BYTES + AAGUID_BYTES + 2;
  const id = data.subarray(idStart, idStart + idLength);
  return id.length === idLength && toBase64url(id) === sent.id && (await importKey(sent)) !== undefined;
}

/**
 * The count of signatures that a passkey tells in its answer, if the answer is for what is expected, its person was
 * verified, and its signature is right. Undefined if anything is wrong, or it has counted backwards, as a copy does.
 */
export async function signatureCount(
  sent: Assertion,
  stored: StoredKey,
  expected: Expected,
): Promise<number | undefined> {
  const head = await readHead(sent, "webauthn.get", expected);
  const key = await importKey(stored);
  const signature = fromBase64url(sent.signature);
  if (!head || !key || !signature) return undefined;
  const signed = Uint8Array.from([...head.data, ...(await sha256Bytes(head.clientData))]);
  const raw = stored.algorithm === -7 ? rawSignature(signature) : signature;
  const algorithm = ALGORITHMS.get(stored.algorithm);
  if (!raw || !algorithm || !(await crypto.subtle.verify(algorithm, key, raw, signed))) return undefined;
  const isCopy = (stored.counter > 0 || head.counter > 0) && head.counter <= stored.counter;
  return isCopy ? undefined : head.counter;
}

/** The head of authenticator data, if that and the client's data are for what is expected. */
async function readHead(
  sent: Pick<Assertion, "clientDataJSON" | "authenticatorData">,
  type: string,
  { challenge, origin, rpId }: Expected,
) {
  const clientData = fromBase64url(sent.clientDataJSON);
  const data = fromBase64url(sent.authenticatorData);
  if (!clientData || !data || data.length < HEAD_BYTES) return undefined;
  const client = parse(clientData);
  const isExpected =
    client.type === type &&
    client.challenge === toBase64url(new TextEncoder().encode(challenge)) &&
    client.origin === origin &&
    (client.crossOrigin === undefined || client.crossOrigin === false);
  const rpHash = toBase64url(await sha256Bytes(new TextEncoder().encode(rpId)));
  const flags = data[HASH_BYTES] ?? 0;
  const isVerified = (flags & USER_PRESENT) !== 0 && (flags & USER_VERIFIED) !== 0;
  if (!isExpected || toBase64url(data.subarray(0, HASH_BYTES)) !== rpHash || !isVerified) return undefined;
  return { clientData, data, flags, counter: new DataView(data.buffer).getUint32(HASH_BYTES + 1) };
}

function parse(clientData: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(clientData));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

async function importKey({
  publicKey,
  algorithm,
}: Pick<StoredKey, "publicKey" | "algorithm">): Promise<CryptoKey | undefined> {
  const bytes = fromBase64url(publicKey);
  const named = ALGORITHMS.get(algorithm);
  if (!bytes || !named) return undefined;
  return crypto.subtle.importKey("spki", bytes, named, false, ["verify"]).catch(() => undefined);
}

/**
 * An ES256 signature as Web Crypto takes it: r and s, 32 bytes each. Passkeys send them in DER, as two integers
 * without leading zeros, but with one where the first bit is set.
 */
function rawSignature(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const raw = new Uint8Array(2 * HASH_BYTES);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  let at = 2;
  for (const end of [HASH_BYTES, 2 * HASH_BYTES]) {
    const start = at + 2;
    at = start + (der[at + 1] ?? 0);
    if (der[start - 2] !== 0x02 || at === start || at > der.length) return undefined;
    const digits = der.subarray(der[start] === 0 ? start + 1 : start, at);
    if (digits.length > HASH_BYTES) return undefined;
    raw.set(digits, end - digits.length);
  }
  return at === der.length ? raw : undefined;
}
