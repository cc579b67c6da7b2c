// The pictures of the story that is open: brings together the album, the text, the list below it, the form,
// and what is being sent.

import type { EditorView } from "prosemirror-view";
import { listed } from "../../../lib/listed.ts";
import { plural, t } from "../../../lib/translate.ts";
import {
  fieldsFrom,
  filledIn,
  lacksAlt,
  type Picture,
  toldByFile,
  toldOfSource,
} from "../../pictures/picture.ts";
import { element, parsed } from "../dom.ts";
import { isDocument } from "../word/documents.ts";
import { Album } from "./album.ts";
import { api } from "./carrier.ts";
import { openForm } from "./form.ts";
import { openLibrary } from "./library.ts";
import { hashIn, lineFor, markPictures, picturesOf, writePictures } from "./node.ts";
import { picturePanel } from "./panel.ts";
import type { Photo } from "./photo.ts";
import { filledWords, missingWords, nameOf } from "./picture-texts.ts";
import { readPhoto } from "./reader.ts";
import {
  blockAt,
  insertPicture,
  markPlace,
  pictureText,
  placeBehind,
  removePicture,
  showPicture,
  takePlace,
} from "./text.ts";
import { showFile, thumbnail } from "./thumbnail.ts";
import { type Sending, Uploads } from "./uploads.ts";
import { forgetFile, keepFile, keepWaiting, readFile, readWaiting, type WaitingPicture } from "./waiting.ts";

const KEEP_MILLISECONDS = 500;

/** What the pictures ask of the story's editor. */
interface Host {
  /** The story's id. */
  readonly story: string;
  /** Whether the site keeps what pictures' files tell. */
  readonly keepsMetadata: boolean;
  /** The story is another than before, and is to be saved. */
  readonly changed: () => void;
  /** Files that are documents, for a place of the text if they have one. */
  readonly addDocuments: (files: readonly File[], at?: number) => void;
}

/** What is known of a picture that was added in this page. */
interface Known {
  readonly name: string;
  /** Sentences for its form. */
  readonly notes: readonly string[];
}

/** Makes the pictures of a story. */
export function storyPictures({ story, keepsMetadata, changed, addDocuments }: Host) {
  const album = new Album();
  const uploads = new Uploads(api, sendingChanged);
  const known = new Map<string, Known>();
  const sources = new Map<string, string>();
  let view: EditorView | undefined;
  /** Pictures that aren't sent yet, while no text is open. */
  let between: readonly WaitingPicture[] = [];
  let reading = 0;
  let isKeeping = false;
  /** The pictures that were in the text when the list was drawn. */
  let drawn = "";

  const text = pictureText({
    draw: drawFigure,
    sending: sendingOf,
    edit: (src) => edit(src, () => view?.focus()),
    remove,
    addFiles: (files, at) => void addFiles(files, at),
    pasted: (pictures) => {
      for (const one of pictures) if (!album.get(one.src)) album.set(one);
    },
    changed() {
      const now = inText().join();
      if (now === drawn) return;
      draw();
      keepSoon();
    },
    selected: (src) => {
      spoken.textContent = t("Picture: {name}. Enter edits it, Delete removes it.", {
        name: nameOf(album.get(src)),
      });
    },
  });
  const spoken = element("p", { role: "status", class: "hidden" });
  const panel = picturePanel({
    addFiles: (files) => void addFiles(files),
    openLibrary: () =>
      openLibrary((picture) => {
        if (!album.get(picture.src)) album.set(picture);
        if (shown().some(({ src }) => src === picture.src))
          return panel.say(t("This picture is in the story already."));
        album.list(picture.src);
        draw();
        changed();
        panel.focus(picture.src);
      }),
    edit: (src) => edit(src, () => panel.focus(src)),
    remove,
    move(src, by) {
      album.move(src, by, inText());
      draw();
      changed();
    },
    putIntoText(src) {
      if (!view) return;
      album.unlist(src);
      insertPicture(view, src, view.state.selection.to);
      showInText(src);
    },
    showInText,
    retry: (src) => uploads.retry(hashIn(src) ?? ""),
    cancel: (src) => uploads.cancel(hashIn(src) ?? ""),
  });
  panel.element.append(spoken);
  addEventListener("online", () => uploads.retryAll());
  // A file that misses its place must not take the place of this page.
  for (const name of ["dragover", "drop"] as const)
    addEventListener(name, (event) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop") void addFiles([...event.dataTransfer.files]);
    });

  return {
    element: panel.element,
    /** For the text's editor. */
    inText: {
      plugins: text.plugins,
      tools: [{ name: t("Picture"), command: chooseForText, isOn: () => false }],
      finish: (html: string) =>
        writePictures(
          html,
          (src) => album.get(src),
          (src) => !isPending(src),
        ),
    },
    /** Starts anew with a draft. Its text is opened next, and then given to `attach`. */
    open(images: unknown, html: string): void {
      between = waitingNow();
      view = undefined;
      album.load(images, markPictures(parsed(html)));
    },
    /** The text is open. Pictures that aren't sent yet come into it again. */
    attach(opened: EditorView): void {
      view = opened;
      for (const one of between) place(one);
      between = [];
      text.draw();
      draw();
    },
    /** The draft's `images`: without those that the server may not have yet. */
    read: (): readonly Picture[] => shown().filter(({ src }) => !isPending(src)),
    addAll,
    listRest,
    /** Why the story isn't complete; undefined if it is. */
    unsent(): string | undefined {
      const waiting = shown().filter(({ src }) => isPending(src)).length + reading;
      if (waiting === 0) return undefined;
      return plural(waiting, {
        one: "{count} picture of this story isn't sent yet. Wait, or remove what can't be sent.",
        other: "{count} pictures of this story aren't sent yet. Wait, or remove what can't be sent.",
      });
    },
    /** True while closing the page would interrupt something. */
    get isBusy(): boolean {
      return reading > 0 || uploads.isBusy;
    },
    resume,
  };

  function inText(): readonly string[] {
    return view ? [...picturesOf(view.state.doc).keys()] : [];
  }

  function shown(): readonly Picture[] {
    return album.shown(inText());
  }

  function sendingOf(src: string): Sending | undefined {
    return uploads.stateOf(hashIn(src) ?? "");
  }

  function isPending(src: string): boolean {
    return uploads.isPending(hashIn(src) ?? "");
  }

  function draw(): void {
    const text = new Set(inText());
    drawn = [...text].join();
    const rows = album.shown([...text]).map((picture) => ({
      picture,
      isInText: text.has(picture.src),
      sending: sendingOf(picture.src),
    }));
    panel.draw(rows, reading);
  }

  function drawFigure(src: string): readonly HTMLElement[] {
    const picture = album.get(src) ?? { src };
    const missing = missingWords(picture);
    const line = lineFor(picture);
    return [
      thumbnail(picture),
      ...(line === "" ? [] : [element("figcaption", { dir: "auto" }, line)]),
      ...(missing === "" ? [] : [element("p", { class: "missing" }, missing)]),
    ];
  }

  /** Adds files: to the text behind `at`, else to the list. */
  async function addFiles(all: readonly File[], at?: number): Promise<void> {
    const documents = all.filter(isDocument);
    const files = all.filter((file) => !isDocument(file));
    if (documents.length > 0) addDocuments(documents, at);
    if (files.length === 0) return;
    const mark = {};
    const begun = view;
    let placed = 0;
    reading += files.length;
    draw();
    if (at !== undefined && begun && files[0]) markPlace(begun, mark, at, files[0].name);
    const told = new Set<string>();
    for (const [index, file] of files.entries()) {
      const photo = await readPhoto(file);
      reading--;
      const here = view && view === begun && at !== undefined ? takePlace(view, mark) : undefined;
      let end = here;
      if (!photo.ok) panel.say(photo.reason);
      else if (shown().some(({ src }) => src === photo.src))
        panel.say(t("“{name}” is in this story already.", { name: file.name }));
      else {
        take(file, photo);
        placed++;
        if (photo.removed.includes("position")) told.add(file.name);
        if (at !== undefined && view)
          end = insertPicture(view, photo.src, here ?? view.state.doc.content.size);
        else album.list(photo.src);
      }
      const next = files[index + 1];
      if (end !== undefined && next && view) markPlace(view, mark, end, next.name);
      draw();
    }
    if (told.size > 0 && !keepsMetadata)
      panel.say(
        plural(told.size, {
          one: "Where it was taken is in {count} picture: that is removed, and never kept.",
          other: "Where they were taken is in {count} pictures: that is removed, and never kept.",
        }),
      );
    if (placed === 0) return;
    changed();
    keepSoon();
  }

  /** Sends a document's pictures. Returns their addresses here; undefined for what is no picture, which is said. */
  async function addAll(
    files: readonly File[],
    alts: readonly string[],
  ): Promise<readonly (string | undefined)[]> {
    const sources: (string | undefined)[] = [];
    for (const [index, file] of files.entries()) {
      const photo = await readPhoto(file);
      sources.push(photo.ok ? photo.src : undefined);
      if (!photo.ok) panel.say(photo.reason);
      else if (!shown().some(({ src }) => src === photo.src)) take(file, photo);
      const picture = photo.ok && album.get(photo.src);
      if (picture && lacksAlt(picture) && alts[index]) album.set({ ...picture, alt: alts[index] });
    }
    return sources;
  }

  /** Lists pictures that the text has no place for. */
  function listRest(sources: readonly string[]): void {
    const text = new Set(inText());
    for (const src of sources) if (!text.has(src)) album.list(src);
    draw();
    changed();
    keepSoon();
  }

  function take(
    file: File,
    { sha256, src, facts, said, removed }: Extract<Photo, { readonly ok: true }>,
  ): void {
    const { type, width, height } = facts;
    const before = album.get(src) ?? { src, type, width, height };
    const { picture, filled } = filledIn(before, fieldsFrom(said));
    const notes = [filledWords(filled), toldByFile(removed, keepsMetadata), toldOfSource(said.sourceType)];
    known.set(src, { name: file.name, notes: notes.flatMap((one) => one || []) });
    send(sha256, picture, file);
    void keepFile(story, sha256, file);
  }

  function send(sha256: string, picture: Picture, file: Blob): void {
    album.set(picture);
    sources.set(sha256, picture.src);
    showFile(picture.src, file);
    uploads.add(sha256, file);
  }

  function sendingChanged(sha256: string): void {
    const src = sources.get(sha256) ?? "";
    const state = uploads.stateOf(sha256);
    text.progress(src);
    panel.progress(src, state);
    if (state?.kind === "sending") return;
    draw();
    keepSoon();
    if (state?.kind !== "sent") return;
    void forgetFile(story, sha256);
    changed();
  }

  function edit(src: string, goBack: () => void): void {
    openForm(album.get(src) ?? { src }, {
      change(picture) {
        album.set(picture);
        text.draw(picture.src);
        draw();
        changed();
        keepSoon();
      },
      remove,
      next(current) {
        const all = shown();
        return all[all.findIndex((one) => one.src === current) + 1];
      },
      notes: (one) => known.get(one)?.notes ?? [],
      closed: goBack,
    });
  }

  function remove(src: string): void {
    const at = view && removePicture(view, src);
    const wasListed = album.isListed(src);
    const wasSending = isPending(src);
    album.unlist(src);
    if (wasSending) uploads.cancel(hashIn(src) ?? "");
    draw();
    changed();
    keepSoon();
    panel.say(t("Removed: {name}.", { name: known.get(src)?.name ?? nameOf(album.get(src)) }), {
      label: t("Undo"),
      work() {
        if (wasListed) album.list(src);
        if (wasSending) uploads.retry(hashIn(src) ?? "");
        if (view && at !== undefined && !picturesOf(view.state.doc).has(src)) insertPicture(view, src, at);
        draw();
        changed();
        keepSoon();
      },
    });
  }

  function showInText(src: string): void {
    const at = view && picturesOf(view.state.doc).get(src);
    if (view && at !== undefined) showPicture(view, at);
  }

  function chooseForText(): boolean {
    panel.choose((files) => void addFiles(files, view?.state.selection.to));
    return true;
  }

  function waitingNow(): readonly WaitingPicture[] {
    if (!view) return between;
    const { doc } = view.state;
    const places = picturesOf(doc);
    return shown()
      .filter(({ src }) => isPending(src))
      .map((picture) => {
        const at = places.get(picture.src);
        const block = at === undefined ? {} : { block: blockAt(doc, at) };
        return {
          sha256: hashIn(picture.src) ?? "",
          name: known.get(picture.src)?.name ?? "",
          picture,
          ...block,
        };
      })
      .toSorted((a, b) => (a.block ?? Infinity) - (b.block ?? Infinity) || 0);
  }

  function keepSoon(): void {
    if (isKeeping) return;
    isKeeping = true;
    setTimeout(() => {
      isKeeping = false;
      void keepWaiting(story, waitingNow());
    }, KEEP_MILLISECONDS);
  }

  function place({ picture, block }: WaitingPicture): void {
    album.set(picture);
    if (shown().some(({ src }) => src === picture.src)) return;
    if (block === undefined || !view) album.list(picture.src);
    else insertPicture(view, picture.src, placeBehind(view.state.doc, block));
  }

  /** Goes on with what was being sent when this story's page was closed, and says so. */
  async function resume(): Promise<void> {
    const names: { readonly again: string[]; readonly lost: string[] } = { again: [], lost: [] };
    for (const one of await readWaiting(story)) {
      const file = await readFile(story, one.sha256);
      known.set(one.picture.src, { name: one.name, notes: [] });
      if (file) {
        send(one.sha256, one.picture, file);
        place(one);
        names.again.push(one.name);
      } else if ((await api.find(one.sha256)).kind === "sent") {
        place(one);
        changed();
      } else names.lost.push(one.name);
    }
    draw();
    keepSoon();
    const list = (all: readonly string[]) => listed(all.map((name) => t("“{name}”", { name })));
    if (names.again.length > 0)
      panel.say(
        t("This page was closed before all pictures were sent. Sending goes on: {names}.", {
          names: list(names.again),
        }),
      );
    if (names.lost.length > 0)
      panel.say(
        t(
          "This page was closed before these pictures were sent, and this browser couldn't keep them: {names}. Add them again.",
          { names: list(names.lost) },
        ),
      );
  }
}
