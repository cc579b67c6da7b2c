// A Word document (.docx) of our own making: its parts, as ECMA-376 names them, in a zip.

import JSZip from "jszip";

const XMLNS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ' +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS_XMLNS = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES_XMLNS = "http://schemas.openxmlformats.org/package/2006/content-types";

/** Words of a paragraph. */
export const run = (text: string, properties = ""): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;

/** A paragraph of runs, with the id of its style. */
export const paragraph = (runs: string, style = "", properties = ""): string =>
  `<w:p><w:pPr>${style && `<w:pStyle w:val="${style}"/>`}${properties}</w:pPr>${runs}</w:p>`;

/** The document's picture, with its alternative text; or one that stands elsewhere. */
export const picture = (alt: string, relation: "r:embed" | "r:link" = "r:embed"): string =>
  `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" descr="${alt}"/><a:graphic><a:graphicData><pic:pic>` +
  `<pic:blipFill><a:blip ${relation}="${relation === "r:link" ? "rElsewhere" : "rPicture"}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;

const style = (id: string, name: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;

/** The file of a document with this body, and with this PNG as its picture. */
export function wordFile(body: string, png: Uint8Array): Promise<Buffer> {
  const zip = new JSZip();
  const add = (path: string, xml: string): void =>
    void zip.file(path, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);
  const relations = (...all: readonly (readonly [id: string, type: string, target: string])[]): string =>
    `<Relationships xmlns="${RELATIONS_XMLNS}"><Relationship Id="rElsewhere" Type="${RELATIONS}/image" ` +
    `Target="https://pictures.example/1.png" TargetMode="External"/>${all
      .map(
        ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
      )
      .join("")}</Relationships>`;
  add(
    "[Content_Types].xml",
    `<Types xmlns="${TYPES_XMLNS}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>',
  );
  add("_rels/.rels", relations(["r1", "officeDocument", "word/document.xml"]));
  add(
    "word/_rels/document.xml.rels",
    relations(
      ["rPicture", "image", "media/image1.png"],
      ["rStyles", "styles", "styles.xml"],
      ["rNumbers", "numbering", "numbering.xml"],
      ["rNotes", "footnotes", "footnotes.xml"],
      ["rComments", "comments", "comments.xml"],
    ),
  );
  add("word/document.xml", `<w:document ${XMLNS}><w:body>${body}</w:body></w:document>`);
  add(
    "word/styles.xml",
    `<w:styles ${XMLNS}>${style("Titel", "Title")}${style("berschrift1", "heading 1")}</w:styles>`,
  );
  add(
    "word/numbering.xml",
    `<w:numbering ${XMLNS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>` +
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
  );
  add(
    "word/footnotes.xml",
    `<w:footnotes ${XMLNS}><w:footnote w:id="2">${paragraph(run("By the harbour's log."))}</w:footnote></w:footnotes>`,
  );
  add(
    "word/comments.xml",
    `<w:comments ${XMLNS}><w:comment w:id="0" w:author="Tomas">${paragraph(run("Is that so?"))}</w:comment></w:comments>`,
  );
  zip.file("word/media/image1.png", png);
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}
