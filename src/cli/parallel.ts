// A few things at a time.

/**
 * Runs `work` on each item, at most `limit` at once. Results keep the items' order. After the first error nothing more is
 * started; it is thrown once all that was under way has ended.
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
