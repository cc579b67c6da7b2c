// What the editor says of a picture in a few words.

import { listed } from "../../../lib/listed.ts";
import { t } from "../../../lib/translate.ts";
import { type FilledField, lacksAlt, type Picture } from "../../pictures/picture.ts";
import { lineFor } from "./node.ts";
import type { Sending } from "./uploads.ts";

/** How far sending is, in a sentence; "" for a picture that is there. */
export function sendingWords(state: Sending | undefined): string {
  switch (state?.kind) {
    case undefined:
    case "sent":
      return "";
    case "waiting":
      return t("Waiting to be sent.");
    case "sending":
      return t("Sending: {percent} %.", { percent: Math.floor(state.share * 100) });
    case "unreachable":
      return t("Not sent yet: the server can't be reached. Sending is tried again by itself.");
    case "signed-out":
      return t(
        "Not sent yet: your session has ended. Sign in in another tab; sending is tried again by itself.",
      );
    case "refused":
      return t("Not sent. {reason}", { reason: state.reason });
    case "cancelled":
      return t("Not sent: you stopped it.");
  }
}

/** What is missing of a picture, in a sentence; "" for nothing. */
export const missingWords = (picture: Picture): string =>
  lacksAlt(picture) ? t("Alternative text is missing.") : "";

/** A name for a picture: its alternative text, else its caption, else what it is. */
export function nameOf(picture: Picture | undefined): string {
  const name = picture?.alt || (picture ? lineFor(picture) : "");
  return name === "" ? t("a picture without words") : shortened(name);
}

const NAME_CHARACTERS = 80;
const shortened = (name: string): string =>
  name.length <= NAME_CHARACTERS ? name : `${name.slice(0, NAME_CHARACTERS).trimEnd()}…`;

const FIELDS: Readonly<Record<FilledField, string>> = {
  alt: t("alternative text"),
  caption: t("caption"),
  credit: t("credit"),
  copyright: t("copyright"),
};

/** Which fields the file has filled in, in a sentence; "" for none. */
export const filledWords = (filled: readonly FilledField[]): string =>
  filled.length === 0
    ? ""
    : t("From its file: {fields}. Check them.", { fields: listed(filled.map((name) => FIELDS[name])) });
