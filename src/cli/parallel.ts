// Does a few things at a time.

/** How many requests are sent to a Worker at once. */
export const REQUESTS_AT_ONCE = 4;

/**
 * Runs `work` on each item, at most `limit` at once. Results are in the items' order. After the first error
 * nothing more is started; the error is thrown when everything that was started has ended.
 */
export async function parallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const errors: unknown[] = [];
  const worker = async () => {
    for (const [index, item] of waiting) {
      try {
        results.set(index, await work(item));
      } catch (error) {
        errors.push(error);
      }
      if (errors.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
