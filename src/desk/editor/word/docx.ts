// A worker of the editor: reads a Word document (.docx, ECMA-376), so that typing never waits for it, and so that
// only pages that need it load the library.

import JSZip from "jszip";
import mammoth from "mammoth";

/** A document as HTML. A picture's `src` is its number in `pictures`. The title's element is `h1.title`. */
export interface WordDocument {
  readonly html: string;
  readonly pictures: readonly File[];
  /** Footnotes and endnotes, which stand as a list at the end of `html`. */
  readonly notes: number;
  /** What `html` has not. */
  readonly comments: number;
  readonly formulas: number;
  /** Pictures that aren't in the file: it only links to them, or has lost them. */
  readonly lostPictures: number;
  /** Whether changes are tracked in it. `html` is as if all were accepted. */
  readonly isTracked: boolean;
}

/** A document to be read. */
export interface DocxQuestion {
  readonly id: number;
  readonly file: File;
}

/** The file as a document; undefined if it isn't a Word document, or is too large once it is unpacked. */
export interface DocxReply {
  readonly id: number;
  readonly document?: WordDocument;
  readonly isTooLarge?: boolean;
}

/**
 * The most bytes of XML in a document. The library's trees take 150 times as much memory: much larger ones would end
 * the whole tab. An article may have a twentieth of that.
 */
const XML_BYTES_LIMIT = 10_000_000;
/** The most bytes of all parts of a document. A zip of some kB can hold gigabytes. */
const UNPACKED_BYTES_LIMIT = 250_000_000;

/** Word writes the English names of its styles in all languages. */
const STYLES = ["p[style-name='Title'] => h1.title:fresh", "p.Title => h1.title:fresh"];

addEventListener("message", ({ data }: MessageEvent<DocxQuestion>) => {
  void read(data.file).then((read) => {
    const reply: DocxReply = { id: data.id, ...read };
    // In a worker; the types are those of a page.
    (postMessage as (message: DocxReply) => void)(reply);
  });
});

async function read(file: File): Promise<Omit<DocxReply, "id">> {
  try {
    const arrayBuffer = await file.arrayBuffer();
    const zip = await JSZip.loadAsync(arrayBuffer);
    if (await isTooLarge(zip)) return { isTooLarge: true };
    const pictures: File[] = [];
    let lostPictures = 0;
    const convertImage = mammoth.images.imgElement(async (image) => {
      const { contentType: type } = image;
      const bytes = await image.readAsArrayBuffer().catch((error: unknown) => {
        lostPictures++;
        // The library leaves the picture out.
        throw error;
      });
      const ending = /^image\/(\w+)/.exec(type)?.[1] ?? "";
      pictures.push(new File([bytes], `${pictures.length + 1}.${ending}`, { type }));
      return { src: String(pictures.length - 1) };
    });
    const { value: html } = await mammoth.convertToHtml({ arrayBuffer }, { styleMap: STYLES, convertImage });
    return { document: { html, pictures, lostPictures, ...(await countsIn(zip)) } };
  } catch {
    return {};
  }
}

/** True if a document unpacks to more than we read. A zip's own sizes may lie, so what comes out is counted. */
async function isTooLarge(zip: JSZip): Promise<boolean> {
  let [xml, all] = [0, 0];
  for (const part of Object.values(zip.files)) {
    const isXml = /\.(?:xml|rels)$/i.test(part.name);
    const isOver = (bytes: number): boolean => {
      all += bytes;
      if (isXml) xml += bytes;
      return xml > XML_BYTES_LIMIT || all > UNPACKED_BYTES_LIMIT;
    };
    if (!part.dir && (await goesOver(part, isOver))) return true;
  }
  return false;
}

/** What the library's types lack: a part's bytes, a piece at a time. */
interface Streamed {
  readonly internalStream: (type: "uint8array") => JSZip.JSZipStreamHelper<Uint8Array>;
}

/** Unpacks a part, a piece at a time, until `isOver` is true of the bytes of a piece. */
const goesOver = (part: JSZip.JSZipObject, isOver: (bytes: number) => boolean): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const stream = (part as JSZip.JSZipObject & Streamed).internalStream("uint8array");
    stream
      .on("data", ({ length }) => {
        if (!isOver(length)) return;
        stream.pause();
        resolve(true);
      })
      .on("error", reject)
      .on("end", () => resolve(false))
      .resume();
  });

/** Counts what the library says nothing of. */
async function countsIn(
  zip: JSZip,
): Promise<Pick<WordDocument, "notes" | "comments" | "formulas" | "isTracked">> {
  const [main] = zip.file(/^word\/document\d*\.xml$/);
  const xml = (await main?.async("string")) ?? "";
  const count = (element: RegExp): number => xml.match(element)?.length ?? 0;
  return {
    notes: count(/<w:(?:footnote|endnote)Reference[\s/>]/g),
    comments: count(/<w:commentReference[\s/>]/g),
    formulas: count(/<m:oMath[\s>]/g),
    isTracked: count(/<w:(?:ins|del|moveFrom|moveTo)[\s>]/g) > 0,
  };
}
