// The counted Worker (faulty.ts) by another clock, which a test sets: /__clock takes the milliseconds that it is ahead.

import { movedDate } from "../../src/preview/clock.ts";
import worker from "./faulty.ts";

const RealDate = Date;

export default {
  ...worker,
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== "/__clock") return worker.fetch(request, env, context);
    globalThis.Date = movedDate(RealDate, Number(await request.text()));
    return new Response(null, { status: 204 });
  },
} satisfies typeof worker;
