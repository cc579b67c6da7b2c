// Fields that a reporter sets by the API: whoever publishes is shown each of them, with script and without.

import { afterAll, beforeAll, expect, it } from "vitest";
import { articleInputSchema } from "../../../src/article/article.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { type Colleague, colleague } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN } });
  editor = await colleague(worker, "Mara", "editor");
  reporter = await colleague(worker, "Tomas", "reporter");
});
afterAll(() => worker?.close());

it("an editor's pages show every field but those that the preview shows", async () => {
  const names = Object.keys(articleInputSchema.shape).filter(
    (name) => !["headline", "dek", "body", "images", "restore"].includes(name),
  );
  const article = {
    headline: "Seen",
    ...Object.fromEntries(names.map((name) => [name, `<b>value of ${name}`])),
  };
  const made = await reporter.ask("POST", "/stories", { article });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { readonly id: string };
  for (const path of [`/desk/stories/${id}`, `/desk/stories/${id}/publish`]) {
    const html = await (await worker.fetch(path, { headers: { Cookie: editor.cookie } })).text();
    for (const name of names) expect(html, `${path} ${name}`).toContain(`&lt;b&gt;value of ${name}`);
  }
});
