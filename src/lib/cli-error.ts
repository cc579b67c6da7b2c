// The one error that ends a command with a plain message instead of a stack.

/** The command can't go on. The message says why, and what would help. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/**
 * The message for an error that isn't this program's fault, to be shown without a stack: a `CliError`, or an
 * error of the file system. Undefined for every other error.
 */
export function plainMessage(error: unknown): string | undefined {
  if (error instanceof CliError) return error.message;
  if (!(error instanceof Error && "syscall" in error && "path" in error && "code" in error)) return undefined;
  const { code, path } = error;
  if (code === "EACCES" || code === "EPERM")
    return `You may not read or write ${path} (${code}): it belongs to somebody else, or its permissions say so. Change its owner or its permissions.`;
  if (code === "EROFS")
    return `${path} can't be written: it lies on a file system that is read-only (EROFS).`;
  return error.message;
}
