// src/api/openapi.json is written from the schemas: `npm run openapi`. This fails when that was forgotten.

import { expect, it } from "vitest";
import { openApiDocument } from "../../src/api/openapi.ts";

it("is what the schemas say today", async () => {
  const written = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  await expect(written).toMatchFileSnapshot("../../src/api/openapi.json");
});
