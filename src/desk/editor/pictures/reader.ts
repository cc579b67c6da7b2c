// Reads pictures' files in a worker, one at a time, in the order in which they came.

import { t } from "../../../lib/translate.ts";
import type { Photo, Question, Reply } from "./photo.ts";

const WORKER = "/desk/photo.js";

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();
let count = 0;

/** Reads a picture's file. Never throws. */
export function readPhoto(file: File): Promise<Photo> {
  const photo = last.then(() => ask(file));
  last = photo;
  return photo;
}

function ask(file: File): Promise<Photo> {
  const id = count++;
  worker ??= new Worker(WORKER, { type: "module" });
  const asked = worker;
  return new Promise((resolve) => {
    asked.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id === id) resolve(data.photo);
    };
    asked.onerror = () => {
      // The next file tries again with a new one.
      worker = undefined;
      asked.terminate();
      resolve({
        ok: false,
        reason: t(
          "“{name}” can't be read, because a part of the editor didn't load. Try again when you are online.",
          { name: file.name },
        ),
      });
    };
    const question: Question = { id, file };
    asked.postMessage(question);
  });
}
