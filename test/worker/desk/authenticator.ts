// A passkey in software, as authenticators and browsers make and use them; a test can make it lie.

import { createHash, randomBytes } from "node:crypto";
import { SITE_URL } from "../harness.ts";

const PARAMETERS = {
  [-7]: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  [-8]: { name: "Ed25519" },
  [-257]: {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const;

/** COSE's number of an algorithm. */
export type Algorithm = keyof typeof PARAMETERS;

/** False values that a test makes a passkey send. */
export interface Lie {
  readonly type?: string;
  readonly origin?: string;
  readonly rpId?: string;
  /** User present: 1, user verified: 4, with a credential: 64. */
  readonly flags?: number;
  readonly counter?: number;
  readonly crossOrigin?: boolean;
  /** The challenge in what is signed; that which is sent beside it stays. */
  readonly signedChallenge?: string;
}

const base64url = (bytes: Uint8Array | ArrayBuffer): string =>
  Buffer.from(bytes as Uint8Array).toString("base64url");
const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest();

/** Makes a passkey. */
export async function newPasskey(algorithm: Algorithm = -7) {
  const keys = (await crypto.subtle.generateKey(PARAMETERS[algorithm], true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const id = randomBytes(16);
  let count = 0;

  const clientData = (type: string, challenge: string, lie: Lie) =>
    Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: base64url(Buffer.from(lie.signedChallenge ?? challenge)),
        origin: lie.origin ?? SITE_URL,
        crossOrigin: lie.crossOrigin ?? false,
      }),
    );
  const head = (flags: number, counter: number, lie: Lie) => {
    const tail = Buffer.alloc(5);
    tail[0] = lie.flags ?? flags;
    tail.writeUInt32BE(lie.counter ?? counter, 1);
    return Buffer.concat([sha256(lie.rpId ?? new URL(SITE_URL).hostname), tail]);
  };

  return {
    id: base64url(id),
    /** The body that adds it. */
    async registration(challenge: string, lie: Lie = {}) {
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id]);
      return {
        challenge,
        id: base64url(id),
        clientDataJSON: base64url(clientData("webauthn.create", challenge, lie)),
        authenticatorData: base64url(Buffer.concat([head(0x45, 0, lie), credential])),
        publicKey: base64url((await crypto.subtle.exportKey("spki", keys.publicKey)) as ArrayBuffer),
        algorithm,
      };
    },
    /** The body that signs in. */
    async assertion(challenge: string, person: string, lie: Lie = {}) {
      count += 1;
      const client = clientData("webauthn.get", challenge, lie);
      const data = head(0x05, count, lie);
      const signed = Buffer.concat([data, sha256(client)]);
      const raw = Buffer.from(await crypto.subtle.sign(PARAMETERS[algorithm], keys.privateKey, signed));
      return {
        challenge,
        id: base64url(id),
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(algorithm === -7 ? inDer(raw) : raw),
        userHandle: base64url(Buffer.from(person)),
      };
    },
  };
}

/** An ES256 signature as passkeys send it. */
function inDer(raw: Buffer): Buffer {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((number) => {
    let digits = number;
    while (digits.length > 1 && digits[0] === 0) digits = digits.subarray(1);
    const value = (digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
    return Buffer.concat([Buffer.from([2, value.length]), value]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
