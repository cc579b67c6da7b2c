// Films and sounds beside the article, which stay behind: pictures alone are sent.

import { isLocalFile } from "../front-matter.ts";
import type { Rule } from "./material.ts";

const ATTRIBUTES = ["src", "poster"] as const;
const MEDIA: ReadonlySet<string> = new Set(["audio", "video", "source"]);

/** Players whose file nobody else can open. */
export const media: Rule = ({ body }) =>
  body.elements.flatMap(({ element: { tagName, properties }, line }) =>
    ATTRIBUTES.flatMap((name) => {
      const address = String(properties[name] ?? "").trim();
      if (!MEDIA.has(tagName) || address === "" || !isLocalFile(address)) return [];
      const message = `holds ${name}="${address.slice(0, 40)}" on <${tagName}>, and only pictures are sent: use a web address`;
      return [{ path: "body", line, message }];
    }),
  );
