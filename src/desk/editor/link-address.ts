// The address of a link, as somebody types it.

/** What was typed as an address that an article may link to; undefined if it is none. */
export function addressOf(typed: string): string | undefined {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return undefined;
  if (/^[/#?]/.test(text)) return text;
  if (/^[^/@:]+@[^/@:]+\.[a-z]{2,}$/i.test(text)) return `mailto:${text}`;
  // A host alone, as people write it, with a port or a path.
  const full = /^[a-z][a-z0-9+.-]*:(?!\d+(?:\/|$))/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, hostname } = new URL(full);
  if (protocol === "mailto:" || protocol === "tel:") return full;
  return (protocol === "https:" || protocol === "http:") && (hostname.includes(".") || full === text)
    ? full
    : undefined;
}
