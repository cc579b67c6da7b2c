// `property-information` says how attributes are written, in HTML and in SVG. The table of SVG's own is left out: no
// article holds SVG, and the clean-up reads nothing of it but attributes that HTML has too.

import { aria } from "../../../node_modules/property-information/lib/aria.js";
import { html as ownOfHtml } from "../../../node_modules/property-information/lib/html.js";
import { merge } from "../../../node_modules/property-information/lib/util/merge.js";
import { xlink } from "../../../node_modules/property-information/lib/xlink.js";
import { xml } from "../../../node_modules/property-information/lib/xml.js";
import { xmlns } from "../../../node_modules/property-information/lib/xmlns.js";

export { find } from "../../../node_modules/property-information/lib/find.js";
export { normalize } from "../../../node_modules/property-information/lib/normalize.js";
export const html = merge([aria, ownOfHtml, xlink, xmlns, xml], "html");
export const svg = merge([aria, xlink, xmlns, xml], "svg");
