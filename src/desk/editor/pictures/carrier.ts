// The way of pictures to the server: the API's routes, with the session of who writes.

import { t } from "../../../lib/translate.ts";
import type { Carrier, Outcome } from "./uploads.ts";

/** A connection over which nothing has moved for so long is given up, and tried again. */
const STALLED_MILLISECONDS = 60_000;

const pathOf = (sha256: string): string => `/api/media/${sha256}`;

/** The API of this site. */
export const api: Carrier = {
  async find(sha256) {
    try {
      const response = await fetch(pathOf(sha256));
      return response.status === 404
        ? { kind: "missing" }
        : outcomeOf(response.status, await response.text());
    } catch {
      return { kind: "unreachable" };
    }
  },
  put: (sha256, file, tell, signal) =>
    new Promise((resolve) => {
      // Unlike fetch, it says how much was sent.
      const request = new XMLHttpRequest();
      let stalled: ReturnType<typeof setTimeout> | undefined;
      const moved = () => {
        clearTimeout(stalled);
        stalled = setTimeout(() => request.abort(), STALLED_MILLISECONDS);
      };
      const end = (outcome: Outcome) => {
        clearTimeout(stalled);
        resolve(outcome);
      };
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        moved();
        if (total > 0) tell(loaded / total);
      });
      request.addEventListener("load", () => end(outcomeOf(request.status, request.responseText)));
      for (const name of ["error", "abort", "timeout"])
        request.addEventListener(name, () => end({ kind: "unreachable" }));
      signal.addEventListener("abort", () => request.abort());
      request.open("PUT", pathOf(sha256));
      request.setRequestHeader("Content-Type", "application/octet-stream");
      moved();
      request.send(file);
    }),
  after: (milliseconds, work) => void setTimeout(work, milliseconds),
};

function outcomeOf(status: number, body: string): Outcome {
  if (status === 200 || status === 201) return { kind: "sent" };
  if (status === 401) return { kind: "signed-out" };
  // A firewall or the platform may answer these without having looked.
  if (status === 0 || status === 408 || status === 429 || status >= 500) return { kind: "unreachable" };
  return {
    kind: "refused",
    reason: detailOf(body) ?? t("The server answered {status}.", { status: String(status) }),
  };
}

function detailOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { readonly detail?: string }).detail;
  } catch {
    return undefined;
  }
}
