// The Worker as one function: each evaluation is an isolate with its own modules. Libraries are evaluated only once, since
// they keep no state and take most of the time.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { experimental_readRawConfig } from "wrangler";
import type { Site } from "../../src/article/site.ts";
import { bundledWords } from "../../src/words/overrides.ts";
import { packagesInstead } from "../worker/bundle-files.ts";
import type { Consumer } from "./bindings/queues.ts";
import { SimulatedDate } from "./world.ts";

const ROOT = join(import.meta.dirname, "../..");

interface Bound {
  readonly binding: string;
}

/** The bindings in wrangler.toml. */
interface WorkerConfig {
  readonly alias?: Readonly<Record<string, string>> | undefined;
  readonly vars?: Readonly<Record<string, unknown>> | undefined;
  readonly d1_databases?: readonly Bound[] | undefined;
  readonly kv_namespaces?: readonly Bound[] | undefined;
  readonly r2_buckets?: readonly Bound[] | undefined;
  readonly queues?:
    | {
        readonly producers?: readonly (Bound & { readonly queue: string })[] | undefined;
        readonly consumers?: readonly (Consumer & { readonly queue: string })[] | undefined;
      }
    | undefined;
  readonly durable_objects?:
    | { readonly bindings?: readonly { readonly name: string; readonly class_name: string }[] | undefined }
    | undefined;
}

/** The exports of an evaluated Worker: handlers, and the classes of Durable Objects. */
export type WorkerModule = Readonly<Record<string, unknown>>;

/** The Worker, ready to be evaluated. */
export interface Code {
  readonly config: WorkerConfig;
  readonly site: Site;
  /** Evaluates all modules with these globals, and with this module as `cloudflare:workers`. */
  readonly evaluate: (
    globals: Readonly<Record<string, unknown>>,
    workers: unknown,
    site: Site,
  ) => WorkerModule;
}

/** The name by which the settings are given to each evaluation. */
const SITE = "simulatedSite";

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  write: false,
  format: "cjs",
  target: "es2024",
  conditions: ["workerd", "worker", "browser"],
  mainFields: ["browser", "module", "main"],
  jsx: "automatic",
  logLevel: "error",
} as const satisfies BuildOptions;

/** A fault put into the source, to see whether the simulation notices it. */
export interface Edit {
  /** Path, relative to the project's folder. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Bundles a Worker; `entry` is relative to the project's folder. @throws Error, if an edit's text isn't in its file */
export async function bundleWorker(entry: string, site: Site, edits: readonly Edit[] = []): Promise<Code> {
  const config: WorkerConfig = experimental_readRawConfig({ config: join(ROOT, "wrangler.toml") }).rawConfig;
  const libraries = new Set<string>();
  const words = bundledWords(site.language, site.words);
  const worker = await build({
    ...COMMON,
    entryPoints: [entry],
    plugins: [
      {
        name: "settings as JSON, libraries apart",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /\/content\/site\.yaml$/ }, () => ({ path: "site", namespace: "settings" }));
          onResolve({ filter: /^\.\/all\.ts$/ }, () => ({ path: "words", namespace: "settings" }));
          onLoad({ filter: /.*/, namespace: "settings" }, ({ path }) => ({
            loader: "js",
            contents: `export default ${path === "site" ? SITE : JSON.stringify(words)};`,
          }));
          for (const { file, find, replace } of edits) {
            const path = join(ROOT, file);
            onLoad({ filter: /\.tsx?$/ }, (loaded) => {
              if (loaded.path !== path) return undefined;
              const text = readFileSync(path, "utf8");
              if (!text.includes(find)) throw new Error(`${file} doesn't hold ${find}`);
              return { contents: text.replace(find, () => replace), loader: "tsx" };
            });
          }
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
            if (kind === "entry-point") return undefined;
            if (!path.startsWith("cloudflare:")) libraries.add(path);
            return { path, external: true };
          });
        },
      },
    ],
  });
  const shared = await evaluateLibraries([...libraries], config);
  // Libraries have their `default` already. Copying them for each isolate would take a third of its start.
  const text = textOf(worker).replaceAll(/__toESM\(require\(("[^"]*")\)(?:, 1)?\)/g, "require($1)");
  const factories = new Map<string, (...given: unknown[]) => void>();
  return {
    config,
    site,
    evaluate: (globals, workers, ofSite) => {
      const names = [SITE, ...Object.keys(globals)];
      const key = names.join();
      // Compiled once: V8 keeps what it compiled for all evaluations.
      const factory = factories.get(key) ?? compile(["module", "require", ...names], text);
      factories.set(key, factory);
      const module = { exports: {} };
      const require = (name: string) => (name === "cloudflare:workers" ? workers : shared.get(name));
      factory(module, require, ofSite, ...Object.values(globals));
      return module.exports;
    },
  };
}

async function evaluateLibraries(
  names: readonly string[],
  config: WorkerConfig,
): Promise<ReadonlyMap<string, unknown>> {
  const imports = names.map((name, index) => `import * as library${index} from ${JSON.stringify(name)};`);
  const list = names.map((name, index) => `[${JSON.stringify(name)}, library${index}]`);
  const contents = `${imports.join("\n")}\nexport const libraries = [${list.join()}];`;
  const built = await build({
    ...COMMON,
    plugins: [packagesInstead(config.alias)],
    stdin: { contents, resolveDir: ROOT },
  });
  const module: { exports: { libraries?: readonly (readonly [string, object])[] } } = { exports: {} };
  compile(["module", "Date"], textOf(built))(module, SimulatedDate);
  // `__esModule`: their `default` is what they export as default.
  return new Map(
    (module.exports.libraries ?? []).map(([name, library]) => [
      name,
      Object.create(null, {
        ...Object.getOwnPropertyDescriptors(library),
        __esModule: { value: true },
      }),
    ]),
  );
}

const textOf = ({ outputFiles }: { outputFiles?: { readonly text: string }[] }): string =>
  outputFiles?.[0]?.text ?? "";

function compile(parameters: readonly string[], body: string): (...given: unknown[]) => void {
  return new Function(...parameters, body) as (...given: unknown[]) => void;
}

/** The SQL of all migrations, in their order. */
export function migrations(folder = join(ROOT, "src/migrations")): string {
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
