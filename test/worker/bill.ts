// What operations may cost of what Cloudflare counts: the budgets that `budgets.test.ts` holds them to, and that
// docs/scale.md reckons with.

/** Written, read, deleted. */
export const OPERATIONS_A_MESSAGE = 3;

/** What an operation costs, as Cloudflare bills it. */
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
/** An article published or edited. Nine documents: RSS, Atom and JSON of the site and its section, the RSS of two tags that somebody reads, a partner's. */
export const PUBLISHED: Bill = {
  ...NOTHING,
  kvReads: 2,
  kvWrites: 9,
  rowsRead: 3000,
  rowsWritten: 125,
  // A message for the subscriber.
  queueOperations: OPERATIONS_A_MESSAGE,
  // A touch and an alarm for each of four feeds and a partner's, two calls for the subscriber; one more is for a feed that was
  // touched while it was built.
  objectRequests: 13,
};
