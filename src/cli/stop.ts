// The one error that ends a command with a plain message instead of a stack.

/** Nothing more can be done, and the message says why and what would help. */
export class Stop extends Error {
  override readonly name = "Stop";
}
