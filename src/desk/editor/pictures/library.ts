// A dialog in which a picture is chosen that was sent before: the newest first, with a search.

import { omitUndefined } from "../../../lib/omit-undefined.ts";
import { t } from "../../../lib/translate.ts";
import type { Picture } from "../../pictures/picture.ts";
import { button, element } from "../dom.ts";
import { nameOf } from "./picture-texts.ts";
import { thumbnail } from "./thumbnail.ts";

/** What the API answers (`GET /api/media`), as far as it is shown here. */
interface Answer {
  readonly pictures: readonly {
    readonly url: string;
    readonly type: string;
    readonly width: number;
    readonly height: number;
    readonly alt: string;
    readonly caption: string;
    readonly credit: string;
    readonly copyright: string;
  }[];
  readonly next?: string;
}

const PAUSE_MILLISECONDS = 300;

/** Opens the library; `take` gets what is chosen. */
export function openLibrary(take: (picture: Picture) => void): void {
  const search = element("input", { type: "search", id: "library-search", dir: "auto", autocomplete: "off" });
  const told = element("p", { role: "status", class: "hint" });
  const list = element("ul", { class: "library" });
  const more = button(t("Older pictures"), () => void show(next));
  const close = button(t("Close"), () => dialog.close());
  const dialog = element(
    "dialog",
    { class: "picture-form", "aria-labelledby": "library-title" },
    element("h2", { id: "library-title" }, t("Choose a picture")),
    element(
      "div",
      { class: "field" },
      element("label", { for: search.id }, t("Words of the caption, credit, copyright or alternative text")),
      search,
    ),
    told,
    list,
    element("div", { class: "acts" }, more, close),
  );
  let next: string | undefined;
  let asked = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => void show(), PAUSE_MILLISECONDS);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  void show();

  /** Shows what is found, from the start or behind `cursor`. */
  async function show(cursor?: string): Promise<void> {
    const turn = ++asked;
    const answer = await ask(search.value, cursor);
    // Somebody has typed on meanwhile.
    if (turn !== asked) return;
    if (typeof answer === "string") {
      told.textContent = answer;
      return;
    }
    if (cursor === undefined) list.replaceChildren();
    list.append(...answer.pictures.map((one) => element("li", {}, choice(one))));
    next = answer.next;
    more.hidden = next === undefined;
    told.textContent =
      list.children.length > 0
        ? ""
        : search.value.trim()
          ? t("No picture has all of these words.")
          : t("There are no pictures yet.");
  }

  function choice({ url, type, width, height, ...words }: Answer["pictures"][number]): HTMLElement {
    const said = Object.fromEntries(
      (["alt", "caption", "credit", "copyright"] as const).flatMap((name) =>
        words[name] ? [[name, words[name]]] : [],
      ),
    );
    const picture: Picture = { src: new URL(url).pathname, type, width, height, ...said };
    const made = button("", () => {
      dialog.close();
      take(picture);
    });
    made.className = "pick";
    made.append(thumbnail(picture), element("span", { dir: "auto" }, words.caption || nameOf(picture)));
    return made;
  }
}

/** The answer, or why there is none. */
async function ask(search: string, cursor: string | undefined): Promise<Answer | string> {
  try {
    const query = new URLSearchParams({ search, ...omitUndefined({ cursor }) });
    const response = await fetch(`/api/media?${query}`);
    if (response.ok) return (await response.json()) as Answer;
    return response.status === 401
      ? t("Your session has ended. Sign in in another tab, then open the library again.")
      : t("The library can't be read just now. Try again in half a minute.");
  } catch {
    return t("The server can't be reached, so the library can't be shown.");
  }
}
