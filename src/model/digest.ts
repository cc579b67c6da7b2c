// SHA-256, as everything here that is named or compared by its content uses it.

/** Lower-case hex SHA-256 of bytes, or of a string's UTF-8. */
export async function sha256(content: ArrayBuffer | Uint8Array | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as ArrayBuffer));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
