// XMP (ISO 16684-1, RDF in XML): read as a tree, and written anew with the properties that say who made a
// picture, who owns it, on which terms, and what it shows. No other property, name or packet wrapper is
// copied.

import { SaxesParser } from "saxes";
import { isCameraCaption, type Traces, traceOf } from "./traces.ts";

const BYTES_LIMIT = 2_000_000;
const ELEMENT_LIMIT = 20_000;
const DEPTH_LIMIT = 40;

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML = "http://www.w3.org/XML/1998/namespace";

const KEPT: Readonly<Record<string, { readonly prefix: string; readonly names: ReadonlySet<string> }>> = {
  "http://purl.org/dc/elements/1.1/": {
    prefix: "dc",
    names: new Set(["creator", "rights", "description", "title"]),
  },
  "http://ns.adobe.com/photoshop/1.0/": {
    prefix: "photoshop",
    names: new Set(["Credit", "Source", "Headline", "AuthorsPosition", "CaptionWriter"]),
  },
  "http://ns.adobe.com/xap/1.0/rights/": {
    prefix: "xmpRights",
    names: new Set(["Marked", "Owner", "UsageTerms", "WebStatement", "Certificate"]),
  },
  "http://ns.adobe.com/tiff/1.0/": {
    prefix: "tiff",
    names: new Set(["Orientation", "Artist", "Copyright", "ImageDescription"]),
  },
  "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": {
    prefix: "Iptc4xmpCore",
    names: new Set(["AltTextAccessibility", "ExtDescrAccessibility"]),
  },
  // Whether a picture is a photograph or was made by a program.
  "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": {
    prefix: "Iptc4xmpExt",
    names: new Set(["DigitalSourceType"]),
  },
  "http://ns.useplus.org/ldf/xmp/1.0/": {
    prefix: "plus",
    names: new Set([
      ...["CopyrightOwner", "CopyrightOwnerName", "CreditLineRequired", "ImageCreator", "ImageCreatorName"],
      ...["Licensor", "LicensorName", "LicensorURL"],
    ]),
  },
  "http://creativecommons.org/ns#": {
    prefix: "cc",
    names: new Set(["license", "attributionName", "attributionURL"]),
  },
};
const CAPTIONS: ReadonlySet<string> = new Set(["description", "ImageDescription"]);
const LISTS: ReadonlySet<string> = new Set(["Alt", "Bag", "Seq"]);

interface Name {
  readonly uri: string;
  readonly local: string;
}

interface Element extends Name {
  readonly attributes: readonly (Name & { readonly value: string })[];
  readonly children: Element[];
  text: string;
}

/** Reads a packet of XMP and writes what may stay; undefined for nothing. Adds to `traces` what may not. */
export const cleanXmp = (packet: Uint8Array, traces: Traces): Uint8Array | undefined =>
  written(propertiesIn(packet, traces));

/** Who made a picture, who owns it and what it shows, as fields other than XMP say it. */
export interface Rights {
  readonly creator?: string | undefined;
  readonly copyright?: string | undefined;
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
  readonly headline?: string | undefined;
}

/**
 * The packet for a copy of a picture: what may stay of the picture's own, but for how it is turned, and what
 * it lacks of `rights`.
 */
export function xmpForCopy(packet: Uint8Array | undefined, rights: Rights): Uint8Array | undefined {
  const own = packet && propertiesIn(packet, new Set());
  const properties = (own?.properties ?? []).filter((one) => !one.startsWith("<tiff:Orientation"));
  const prefixes = new Set(own?.prefixes);
  const add = (name: string, value: string | undefined, list?: "Seq" | "Alt") => {
    if (value === undefined || properties.some((one) => one.startsWith(`<${name}>`))) return;
    const language = list === "Alt" ? ' xml:lang="x-default"' : "";
    const inner = escaped(value);
    const content = list ? `<rdf:${list}><rdf:li${language}>${inner}</rdf:li></rdf:${list}>` : inner;
    properties.push(`<${name}>${content}</${name}>`);
    prefixes.add(name.slice(0, name.indexOf(":")));
  };
  add("dc:creator", rights.creator, "Seq");
  add("dc:rights", rights.copyright, "Alt");
  add("dc:description", rights.caption, "Alt");
  add("photoshop:Credit", rights.credit);
  add("photoshop:Headline", rights.headline);
  return written({ properties, prefixes });
}

/**
 * The texts of a packet, by the names under which they may stay, such as `dc:description`. Of a text in
 * several languages the default one; the items of another list with commas between. Empty for unreadable XMP.
 */
export function xmpTexts(packet: Uint8Array): ReadonlyMap<string, string> {
  const root = packet.length > BYTES_LIMIT ? undefined : treeOf(packet);
  const rdf = root && (isRdf(root, "RDF") ? root : root.children.find((child) => isRdf(child, "RDF")));
  const texts = new Map<string, string>();
  for (const description of rdf?.children ?? []) {
    const short = description.attributes.map((one) => ({
      ...one,
      attributes: [],
      children: [],
      text: one.value,
    }));
    for (const one of [...short, ...description.children]) {
      const name = nameOf(one);
      const said = name === undefined ? "" : wordsOf(one).replace(/\s+/g, " ").trim();
      if (name !== undefined && said !== "" && !texts.has(name)) texts.set(name, said);
    }
  }
  return texts;
}

/** The text of a property: its own, that of a list, or the address that it names. */
function wordsOf({ attributes, children, text }: Element): string {
  const find = (from: Element["attributes"], uri: string, local: string) =>
    from.find((one) => one.uri === uri && one.local === local)?.value;
  const list = children.find((child) => child.uri === RDF && LISTS.has(child.local));
  if (!list) return find(attributes, RDF, "resource") ?? text;
  if (list.local !== "Alt") return list.children.map(wordsOf).filter(Boolean).join(", ");
  const isDefault = (one: Element) => find(one.attributes, XML, "lang")?.toLowerCase() === "x-default";
  const [first] = list.children;
  return first ? wordsOf(list.children.find(isDefault) ?? first) : "";
}

interface Properties {
  readonly properties: readonly string[];
  readonly prefixes: ReadonlySet<string>;
}

/** The properties that may stay, as they are written. */
function propertiesIn(packet: Uint8Array, traces: Traces): Properties {
  const root = packet.length > BYTES_LIMIT ? undefined : treeOf(packet);
  const rdf = root && (isRdf(root, "RDF") ? root : root.children.find((child) => isRdf(child, "RDF")));
  if (!rdf) {
    // Unreadable XMP isn't kept, but a position in it is reported.
    const sign = traceOf(new TextDecoder().decode(packet.subarray(0, BYTES_LIMIT)));
    traces.add(sign === "position" ? sign : "other");
    return { properties: [], prefixes: new Set() };
  }
  const prefixes = new Set<string>();
  const context = { traces, prefixes };
  const properties = rdf.children.flatMap((description) => {
    if (!isRdf(description, "Description")) {
      tellAll(description, traces);
      return [];
    }
    const short = description.attributes.flatMap(({ uri, local, value }) =>
      uri === RDF ? [] : property({ uri, local, attributes: [], children: [], text: value }, context),
    );
    return [...short, ...description.children.flatMap((child) => property(child, context))];
  });
  return { properties, prefixes };
}

function written({ properties, prefixes }: Properties): Uint8Array | undefined {
  if (properties.length === 0) return undefined;
  const namespaces = Object.entries(KEPT)
    .filter(([, { prefix }]) => prefixes.has(prefix))
    .map(([uri, { prefix }]) => ` xmlns:${prefix}="${uri}"`);
  return new TextEncoder().encode(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${RDF}"><rdf:Description rdf:about=""${namespaces.join("")}>${properties.join("")}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`,
  );
}

interface Context {
  readonly traces: Traces;
  readonly prefixes: Set<string>;
}

/** A property as it is written; nothing for one that may not stay, or is empty. */
function property(element: Element, context: Context): readonly string[] {
  const name = nameOf(element);
  if (name === undefined) {
    tellAll(element, context.traces);
    return [];
  }
  const inner = contentOf(element, context);
  if (inner === undefined) return [];
  if (CAPTIONS.has(element.local) && isCameraCaption(textIn(element))) {
    context.traces.add("device");
    return [];
  }
  context.prefixes.add(name.slice(0, name.indexOf(":")));
  return [`<${name}${inner.attributes}>${inner.content}</${name}>`];
}

/**
 * The value of a property or of an item of a list: text, an address, a list, or a structure of properties.
 */
function contentOf(
  element: Element,
  context: Context,
): { readonly attributes: string; readonly content: string } | undefined {
  const { attributes, children, text } = element;
  const find = (uri: string, local: string) =>
    attributes.find((attribute) => attribute.uri === uri && attribute.local === local)?.value;
  const resource = find(RDF, "resource");
  if (resource !== undefined) return { attributes: ` rdf:resource="${escaped(resource)}"`, content: "" };
  const language = find(XML, "lang");
  const spoken = language === undefined ? "" : ` xml:lang="${escaped(language)}"`;

  const list = children.find((child) => child.uri === RDF && LISTS.has(child.local));
  if (list) {
    const items = list.children.flatMap((item) => {
      const value = isRdf(item, "li") ? contentOf(item, context) : undefined;
      return value ? [`<rdf:li${value.attributes}>${value.content}</rdf:li>`] : [];
    });
    if (items.length === 0) return undefined;
    return { attributes: "", content: `<rdf:${list.local}>${items.join("")}</rdf:${list.local}>` };
  }
  // A structure: its fields are in it, in a Description, or attributes of either.
  const holders = [element, ...children.filter((child) => isRdf(child, "Description"))];
  const fields = holders.flatMap((holder) => [
    ...holder.attributes.flatMap(({ uri, local, value }) =>
      uri === RDF || uri === XML || uri === ""
        ? []
        : property({ uri, local, attributes: [], children: [], text: value }, context),
    ),
    ...holder.children.filter((child) => child.uri !== RDF).flatMap((child) => property(child, context)),
  ]);
  if (fields.length > 0) return { attributes: ' rdf:parseType="Resource"', content: fields.join("") };
  if (children.length > 0 || text.trim() === "") return undefined;
  return { attributes: spoken, content: escaped(text) };
}

function nameOf({ uri, local }: Name): string | undefined {
  const kept = Object.hasOwn(KEPT, uri) ? KEPT[uri] : undefined;
  return kept?.names.has(local) ? `${kept.prefix}:${local}` : undefined;
}

/** Adds the traces of an element that is removed, and of all in it. */
function tellAll(element: Element, traces: Traces): void {
  for (const { uri, local } of [element, ...element.attributes])
    if (uri !== RDF && uri !== XML) traces.add(traceOf(local));
  for (const child of element.children) tellAll(child, traces);
}

const isRdf = ({ uri, local }: Name, name: string): boolean => uri === RDF && local === name;

const textIn = ({ text, children }: Element): string => text.trim() + children.map(textIn).join("");

/** The packet as a tree; undefined if it is no well-formed XML in UTF-8, or far too large. */
function treeOf(packet: Uint8Array): Element | undefined {
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(packet);
  } catch {
    return undefined;
  }
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  let elements = 0;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    if (++elements > ELEMENT_LIMIT || open.length >= DEPTH_LIMIT) throw new Error("too much XMP");
    const named = Object.values(attributes).filter(
      ({ prefix, name }) => prefix !== "xmlns" && name !== "xmlns",
    );
    const element: Element = { uri, local, attributes: named, children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const add = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => void open.pop());
  try {
    // Some writers pad with NUL.
    parser.write(source.replace(/\0+$/, "")).close();
    return root;
  } catch {
    return undefined;
  }
}

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
