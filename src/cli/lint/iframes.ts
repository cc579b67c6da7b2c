// Players that won't play.

import { iframeAddress, isAllowedPlayer } from "../../ingest/allowed-html.ts";
import type { Rule } from "./material.ts";

/** Iframes that become links, or nothing. */
export const iframes: Rule = ({ body, site }) =>
  body.elements.flatMap(({ element, line }) => {
    if (!site || element.tagName !== "iframe") return [];
    const address = iframeAddress(element, site.url);
    if (address === undefined)
      return [{ path: "body", line, message: "holds an iframe without a web address, which is taken out" }];
    if (isAllowedPlayer(address, site.iframeHosts)) return [];
    const { host, protocol } = new URL(address);
    const way =
      protocol === "https:"
        ? `add ${host} to iframeHosts in site.yaml`
        : "its address must start with https://";
    return [
      {
        path: "body",
        line,
        message: `holds an iframe from ${host}, which becomes a link; to keep it, ${way}`,
      },
    ];
  });
