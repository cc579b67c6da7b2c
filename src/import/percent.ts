// Percent-encoding in addresses (RFC 3986 §2.1).

/** Text that was percent-encoded; as it stands where a `%` encodes nothing. */
export function percentDecoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch (error) {
    if (error instanceof URIError) return written;
    throw error;
  }
}
