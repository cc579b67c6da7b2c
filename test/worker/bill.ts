// Budgets of operations, in the units that Cloudflare bills. `budgets.test.ts` checks them, and docs/scale.md is computed from
// them.

/** Written, read, deleted. */
export const OPERATIONS_A_MESSAGE = 3;

/** The cost of an operation, as Cloudflare bills it. */
export interface Bill {
  readonly kvReads: number;
  readonly kvWrites: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly r2Writes: number;
  readonly r2Reads: number;
  readonly queueOperations: number;
  /** Calls of feeds' objects, and their alarms. */
  readonly objectRequests: number;
}

/** Nothing at all. */
export const NOTHING: Bill = {
  kvReads: 0,
  kvWrites: 0,
  rowsRead: 0,
  rowsWritten: 0,
  r2Writes: 0,
  r2Reads: 0,
  queueOperations: 0,
  objectRequests: 0,
};
/**
 * Publishing or editing an article that is in nine documents: RSS, Atom and JSON of the site and of its section, the RSS of
 * two tags with readers, and a partner's.
 */
export const PUBLISHED: Bill = {
  ...NOTHING,
  kvReads: 2,
  kvWrites: 9,
  rowsRead: 3000,
  rowsWritten: 125,
  // One message, to the subscriber.
  queueOperations: OPERATIONS_A_MESSAGE,
  // A touch and an alarm for each of four feeds and a partner's feed, two calls for the subscriber, and one for a feed that
  // was touched during its build.
  objectRequests: 13,
};
