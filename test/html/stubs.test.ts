// The Worker is built without some parts of packages (src/lib/stubs): its clean-up does what the one in Node does.

import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { expect, it } from "vitest";
import { experimental_readRawConfig } from "wrangler";
import { cleanBody } from "../../src/html/clean.ts";
import { anyHtml } from "../fuzz/html.ts";
import { packagesInstead } from "../worker/bundle-files.ts";

const ROOT = join(import.meta.dirname, "../..");
const OPTIONS = {
  base: "/articles/story/",
  siteUrl: "https://news.example.com",
  images: ["https://example.org/a.png"],
  iframeHosts: ["player.example.com"],
};
const SVG =
  '<svg aria-label="A chart" class="c" viewBox="0 0 1 1" tabindex="1"><image xlink:href="https://example.org/a.png"/><title>t</title><text style="fill:red">x</text></svg>';

it("HTML is cleaned in the Worker as elsewhere, SVG too", async () => {
  const { alias } = experimental_readRawConfig({ config: join(ROOT, "wrangler.toml") }).rawConfig;
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/html/clean.ts"],
    bundle: true,
    write: false,
    format: "esm",
    plugins: [packagesInstead(alias)],
  });
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`;
  const inWorker = ((await import(url)) as { cleanBody: typeof cleanBody }).cleanBody;
  fc.assert(
    fc.property(anyHtml, (source) => {
      expect(inWorker(source, OPTIONS)).toEqual(cleanBody(source, OPTIONS));
    }),
    {
      numRuns: 200,
      examples: [
        [SVG],
        [SVG.replace(/ aria-label="[^"]*"|<title>.*/g, "")],
        [
          `<figure>${SVG.replace("<title>t</title>", "").replace(/<text.*<\/text>/, "")}<figcaption>c</figcaption></figure>`,
        ],
        [
          '<svg><image href="https://example.org/a.png" alt="b"></svg><p>a &nbsp;&copy;<svg aria-hidden="true"/></p>',
        ],
        [
          '<p><math><mi mathvariant="bold" xlink:href="/x">x</mi></math></p><pre><code class="language-c">x</code></pre>',
        ],
      ],
    },
  );
});
