// The dialog of a session that is over while somebody writes. What they typed stays on the screen and in the browser's
// storage; once they are signed in again, it is saved.

import { t } from "../../lib/translate.ts";
import { button, element } from "./dom.ts";

/** Made of `passkey.ts`, which is loaded only here and on pages that sign in. */
const PASSKEY_MODULE = "/desk/passkey.js";

interface PasskeyModule {
  readonly canDoPasskeys: () => boolean;
  readonly signIn: () => Promise<string | undefined>;
}

/** Opens the dialog. `name` is who was signed in; `goOn` is called once they are again. */
export function openSessionDialog(name: string, goOn: () => void): void {
  if (document.querySelector("#session-over")) return;
  // The heading has the focus: keys of somebody who types on press no button.
  const heading = element("h2", { tabindex: "-1", autofocus: "" }, t("Sign in again"));
  const said = element("p", { role: "status" });
  const passkey = button(t("Sign in with a passkey"), () => void byPasskey());
  passkey.className = "first";
  passkey.hidden = typeof PublicKeyCredential !== "function";
  const dialog = element(
    "dialog",
    { id: "session-over", "aria-label": t("Sign in again") },
    heading,
    element(
      "p",
      {},
      t(
        "Your session is over. Nothing is lost: what you typed is kept in this browser, and is saved when you are signed in again.",
      ),
    ),
    element("p", {}, passkey),
    element(
      "p",
      {},
      element("a", { href: "/desk", target: "_blank" }, t("Or sign in in another tab.")),
      " ",
      t("A link that an admin sends you works there too. Then continue here."),
    ),
    said,
    element(
      "p",
      { class: "buttons" },
      button(t("Continue"), () => void check(true)),
      button(t("Not now"), () => dialog.close()),
    ),
  );
  let isAgreed = false;
  const whenBack = () => void check(false);
  addEventListener("focus", whenBack);
  dialog.addEventListener("close", () => {
    removeEventListener("focus", whenBack);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();

  async function byPasskey(): Promise<void> {
    passkey.disabled = true;
    try {
      const { signIn } = (await import(PASSKEY_MODULE)) as PasskeyModule;
      const reason = await signIn();
      if (reason === undefined) await check(true);
      else said.textContent = reason;
    } catch {
      said.textContent = t("The server can't be reached. Try again.");
    }
    passkey.disabled = false;
  }

  /** Goes on if somebody is signed in. Another person than before is asked first. */
  async function check(says: boolean): Promise<void> {
    const who = await whoIsSignedIn();
    if (who === name || (who !== undefined && isAgreed && says)) {
      dialog.close();
      goOn();
    } else if (who !== undefined) {
      isAgreed = true;
      said.textContent = t(
        "You are signed in as {person}, and {writer} wrote this. “Continue” saves it under the name of {person}.",
        { person: who, writer: name },
      );
    } else if (says) said.textContent = t("You are not signed in yet.");
  }
}

/** The name of who is signed in; undefined for nobody, and where the server can't be reached. */
async function whoIsSignedIn(): Promise<string | undefined> {
  try {
    const response = await fetch("/api/sessions");
    return response.ok ? ((await response.json()) as { readonly name: string }).name : undefined;
  } catch {
    return undefined;
  }
}
