// Who else has the story open, and when they last saved it. It is asked for once a minute, and locks nothing.

import type { PresenceAnswer } from "../answers.ts";
import { element } from "./dom.ts";
import { othersText } from "./others.ts";

const ASK_MILLISECONDS = 60_000;
const SHOW_MILLISECONDS = 10_000;

/** A line that says who else has the story at `path` open; empty where nobody has. */
export function presenceLine(path: string): HTMLElement {
  const line = element("p", { class: "others" });
  let answer: PresenceAnswer | undefined;
  let asked = 0;

  const show = (): void => {
    line.textContent = answer ? othersText(answer, performance.now() - asked) : "";
  };
  const ask = async (): Promise<void> => {
    if (document.visibilityState === "hidden") return;
    try {
      const response = await fetch(`${path}/presence`, { method: "PUT" });
      if (!response.ok) return;
      answer = (await response.json()) as PresenceAnswer;
      asked = performance.now();
      show();
    } catch {
      // The status line says that the server can't be reached.
    }
  };
  void ask();
  setInterval(() => void ask(), ASK_MILLISECONDS);
  setInterval(show, SHOW_MILLISECONDS);
  document.addEventListener("visibilitychange", () => void ask());
  addEventListener("pagehide", () => void fetch(`${path}/presence`, { method: "DELETE", keepalive: true }));
  return line;
}
