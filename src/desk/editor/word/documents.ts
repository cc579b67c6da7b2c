// Word documents that are dropped into the text, pasted or chosen: their text comes to that place, their pictures are sent,
// and what can't be kept is said.

import type { EditorView } from "prosemirror-view";
import { plural, t } from "../../../lib/translate.ts";
import { element, parsed } from "../dom.ts";
import { toDocument } from "../html.ts";
import { cleanPasted } from "../paste.ts";
import { blockPlace, markPlace, takePlace } from "../pictures/text.ts";
import type { DocxQuestion, DocxReply, WordDocument } from "./docx.ts";

const READER = "/desk/docx.js";
const BYTES_LIMIT = 50_000_000;

/** What the documents ask of the story's editor. */
interface Host {
  readonly view: () => EditorView;
  /** Sends pictures. Returns their addresses here; undefined for what is no picture. */
  readonly addPictures: (
    files: readonly File[],
    alts: readonly string[],
  ) => Promise<readonly (string | undefined)[]>;
  /** The pictures of these addresses are in the text, if it has a place for them. */
  readonly placed: (sources: readonly string[]) => void;
  /** Makes a text the headline. False if there is one already. */
  readonly offerHeadline: (text: string) => boolean;
  readonly say: (text: string) => void;
}

/** True for a file of a word processor, by its name. */
export const isDocument = ({ name }: File): boolean => /\.(?:docx?|docm|dotx|odt|rtf|pages)$/i.test(name);

/** Makes what reads documents. */
export function wordDocuments(host: Host) {
  const choose = element("input", { type: "file", accept: ".docx" });
  choose.addEventListener("change", () => {
    void add([...(choose.files ?? [])]);
    // The same file can be chosen again.
    choose.value = "";
  });
  return {
    add,
    /** For the toolbar. */
    tool: {
      name: t("Word document"),
      command: () => {
        choose.click();
        return true;
      },
      isOn: () => false,
    },
  };

  /** Puts documents into the text at a place, else where the cursor is. */
  async function add(files: readonly File[], at = host.view().state.selection.to): Promise<void> {
    const said: string[] = [];
    let place = at;
    for (const file of files) {
      const added = await addOne(file, place);
      said.push(added.said);
      place = added.end;
      host.say(said.join(" "));
    }
  }

  async function addOne(file: File, at: number): Promise<{ readonly said: string; readonly end: number }> {
    const { name } = file;
    const refused = (said: string) => ({ said, end: at });
    if (!/\.doc[xm]$/i.test(name))
      return refused(t("“{name}” can't be read here: save it as a Word document (.docx) first.", { name }));
    if (file.size > BYTES_LIMIT)
      return refused(
        t("“{name}” has {megabytes} MB, more than {most} MB: save it smaller.", {
          name,
          megabytes: Math.ceil(file.size / 1_000_000),
          most: BYTES_LIMIT / 1_000_000,
        }),
      );
    const begun = host.view();
    const mark = {};
    markPlace(begun, mark, at, name);
    const reply = await read(file);
    const [page, sources] =
      reply === undefined || reply.document === undefined
        ? [undefined, []]
        : await withPictures(reply.document);
    const view = host.view();
    const here = view === begun ? takePlace(view, mark) : undefined;
    if (reply === undefined)
      return refused(
        t(
          "“{name}” can't be read, because a part of the editor didn't load. Try again when you are online.",
          {
            name,
          },
        ),
      );
    if (reply.isTooLarge)
      return refused(
        t("“{name}” is too large once it is unpacked: split it into smaller documents.", { name }),
      );
    if (page === undefined || reply.document === undefined)
      return refused(
        t("“{name}” can't be read: it is no Word document, is damaged, or has a password.", { name }),
      );
    const hasTitle = takeTitle(page);
    const { content } = toDocument(cleanPasted(page.innerHTML));
    const { from, to } = blockPlace(view.state.doc, here ?? view.state.doc.content.size);
    view.dispatch(view.state.tr.replaceWith(from, to, content).scrollIntoView());
    host.placed(sources);
    return { said: saidOf(name, reply.document, hasTitle), end: from + content.size };
  }

  /** The document's page, with the addresses that its pictures have here. */
  async function withPictures({ html, pictures }: WordDocument): Promise<readonly [HTMLElement, string[]]> {
    const page = parsed(html);
    const images = [...page.querySelectorAll("img")];
    const numberOf = (image: Element): number => Number(image.getAttribute("src"));
    const alts = pictures.map((_, number) => images.find((image) => numberOf(image) === number)?.alt ?? "");
    const sources = await host.addPictures(pictures, alts);
    for (const image of images) {
      const src = sources[numberOf(image)];
      if (src === undefined) image.remove();
      else image.setAttribute("src", src);
    }
    return [page, sources.filter((src) => src !== undefined)];
  }

  /** Makes the title the headline, and takes it out of the text, unless the story has a headline. */
  function takeTitle(page: HTMLElement): boolean {
    const first = [...page.children].find(({ textContent }) => textContent?.trim());
    const title =
      page.querySelector("h1.title") ??
      page.querySelector("h1") ??
      (first && /^h\d$/.test(first.localName) ? first : undefined);
    const text = title?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    if (!title || text === "" || !host.offerHeadline(text)) return false;
    title.remove();
    return true;
  }
}

function saidOf(
  name: string,
  { notes, comments, formulas, lostPictures, isTracked }: WordDocument,
  hasTitle: boolean,
): string {
  return [
    hasTitle
      ? t("“{name}” is in the text now, and its title is the headline.", { name })
      : t("“{name}” is in the text now.", { name }),
    ...(notes === 0
      ? []
      : [
          plural(notes, {
            one: "{count} footnote stands at its end.",
            other: "{count} footnotes stand at its end.",
          }),
        ]),
    ...(comments === 0
      ? []
      : [
          plural(comments, {
            one: "{count} comment was left out.",
            other: "{count} comments were left out.",
          }),
        ]),
    ...(formulas === 0
      ? []
      : [
          plural(formulas, {
            one: "{count} formula was left out.",
            other: "{count} formulas were left out.",
          }),
        ]),
    ...(lostPictures === 0
      ? []
      : [
          plural(lostPictures, {
            one: "{count} picture was left out, because it isn't in the file.",
            other: "{count} pictures were left out, because they aren't in the file.",
          }),
        ]),
    ...(isTracked
      ? [t("It has tracked changes: the text is as if all were accepted, and what was deleted is left out.")]
      : []),
  ].join(" ");
}

let count = 0;

/** Reads a document in a worker of its own. Undefined if that can't be loaded. */
function read(file: File): Promise<DocxReply | undefined> {
  const worker = new Worker(READER, { type: "module" });
  return new Promise<DocxReply | undefined>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<DocxReply>) => resolve(data);
    worker.onerror = () => resolve(undefined);
    const question: DocxQuestion = { id: count++, file };
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}
