// The Worker that `wireroom preview` runs: the real one, at another time. It is never deployed.

import "./surroundings.ts";
import worker from "../index.ts";

export default {
  ...worker,
  async fetch(...request) {
    const response = await worker.fetch(...request);
    // The next preview has the same address and another time.
    response.headers.set("Cache-Control", "no-store");
    return response;
  },
} satisfies typeof worker;
