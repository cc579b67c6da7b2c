// `feed` writes XML with xml-js, whose other half reads it. Nothing calls that half.

// @ts-expect-error: a file of the package has no types of its own.
import js2xml from "../../../node_modules/xml-js/lib/js2xml.js";

export { js2xml };
