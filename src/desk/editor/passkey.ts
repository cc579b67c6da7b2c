// Passkeys in the browser: on the page that signs in, on one's own page, and for the editor when a session is over.
// Buttons with `data-passkey` are hidden until this module has found that the browser can do passkeys.

import { t } from "../../lib/translate.ts";

interface Challenge {
  readonly challenge: string;
  readonly rpId: string;
  readonly rpName: string;
  readonly userId: string;
  readonly userName: string;
  readonly algorithms: readonly number[];
  readonly exclude: readonly string[];
}

/** True if this browser can do passkeys. */
export const canDoPasskeys = (): boolean => typeof PublicKeyCredential === "function";

/** Signs in with a passkey that the person chooses. Returns why it failed, in a sentence; undefined if it succeeded. */
export function signIn(): Promise<string | undefined> {
  return attempt(async () => {
    const { challenge, rpId } = await ask<Challenge>("GET", "/desk/passkey");
    const credential = (await navigator.credentials.get({
      publicKey: { challenge: bytesOf(challenge), rpId, userVerification: "required" },
    })) as PublicKeyCredential;
    const response = credential.response as AuthenticatorAssertionResponse;
    await ask("POST", "/desk/passkey", {
      challenge,
      id: credential.id,
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      userHandle: base64url(response.userHandle ?? new ArrayBuffer(0)),
    });
  });
}

/** Makes a passkey for who is signed in. Returns why it failed, in a sentence; undefined if it succeeded. */
function addPasskey(): Promise<string | undefined> {
  return attempt(async () => {
    const asked = await ask<Challenge>("POST", "/api/passkeys/challenge");
    const credential = (await navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(asked.challenge),
        rp: { id: asked.rpId, name: asked.rpName },
        user: { id: bytesOf(asked.userId), name: asked.userName, displayName: asked.userName },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: asked.exclude.map((id) => ({ type: "public-key", id: fromBase64url(id) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    })) as PublicKeyCredential;
    const response = credential.response as AuthenticatorAttestationResponse;
    await ask("POST", "/api/passkeys", {
      challenge: asked.challenge,
      id: credential.id,
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.getAuthenticatorData()),
      publicKey: base64url(response.getPublicKey() ?? new ArrayBuffer(0)),
      algorithm: response.getPublicKeyAlgorithm(),
    });
  });
}

/** The reasons why a browser makes or uses no passkey, by the names of its errors. */
const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError: t("It was cancelled, or took too long. Try again."),
  InvalidStateError: t("This device has a passkey of yours already."),
  SecurityError: t("This address can't have passkeys: they need https and a name, or localhost."),
};

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    return REASONS[name] ?? (name === "TypeError" ? t("The server can't be reached. Try again.") : message);
  }
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await fetch(path, { method, ...sent });
  const answer = (await response.json().catch(() => ({}))) as { readonly detail?: string };
  if (!response.ok)
    throw new Error(answer.detail ?? t("The server answered {status}.", { status: String(response.status) }));
  return answer as T;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

for (const place of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
  if (!canDoPasskeys()) break;
  place.hidden = false;
  const button = place.querySelector<HTMLButtonElement>('button[type="button"]');
  const said = place.querySelector('[role="status"]');
  button?.addEventListener("click", async () => {
    button.disabled = true;
    const reason = await (place.dataset.passkey === "add" ? addPasskey() : signIn());
    button.disabled = false;
    if (reason === undefined) location.reload();
    else if (said) said.textContent = reason;
  });
}
