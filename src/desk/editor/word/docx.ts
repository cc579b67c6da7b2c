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
  /** Whether changes are tracked in it. `html` is as if all were accepted. */
  readonly isTracked: boolean;
}

/** A document to be read. */
export interface DocxQuestion {
  readonly id: number;
  readonly file: File;
}

/** The file as a document; undefined if it isn't a Word document. */
export interface DocxReply {
  readonly id: number;
  readonly document?: WordDocument;
}

/** Word writes the English names of its styles in all languages. */
const STYLES = ["p[style-name='Title'] => h1.title:fresh", "p.Title => h1.title:fresh"];

addEventListener("message", ({ data }: MessageEvent<DocxQuestion>) => {
  void read(data.file).then((document) => {
    const reply: DocxReply = { id: data.id, ...(document ? { document } : {}) };
    // In a worker; the types are those of a page.
    (postMessage as (message: DocxReply) => void)(reply);
  });
});

async function read(file: File): Promise<WordDocument | undefined> {
  try {
    const arrayBuffer = await file.arrayBuffer();
    const pictures: File[] = [];
    const convertImage = mammoth.images.imgElement(async (image) => {
      const { contentType: type } = image;
      const bytes = await image.readAsArrayBuffer();
      const ending = /^image\/(\w+)/.exec(type)?.[1] ?? "";
      pictures.push(new File([bytes], `${pictures.length + 1}.${ending}`, { type }));
      return { src: String(pictures.length - 1) };
    });
    const { value: html } = await mammoth.convertToHtml({ arrayBuffer }, { styleMap: STYLES, convertImage });
    return { html, pictures, ...(await countsIn(arrayBuffer)) };
  } catch {
    return undefined;
  }
}

/** Counts what the library says nothing of. */
async function countsIn(
  arrayBuffer: ArrayBuffer,
): Promise<Pick<WordDocument, "notes" | "comments" | "formulas" | "isTracked">> {
  const zip = await JSZip.loadAsync(arrayBuffer);
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
