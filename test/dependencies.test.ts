// What is installed: exact versions, licences that may be shipped, and no install script but those that are named. Known
// holes are asked for over the network, so not here: `npm audit --omit=dev`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const manifest: Manifest = read("package.json");
const lock: { readonly packages: Readonly<Record<string, Locked>> } = read("package-lock.json");

/** Every package of the lock file by its folder, those of other platforms too. */
const PACKAGES = Object.entries(lock.packages).filter(([folder]) => folder !== "");
const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf("node_modules/") + 13);
const isShipped = ({ dev, devOptional }: Locked): boolean => !dev && !devOptional;

/** Of what the Worker or the CLI needs: they ask for no more than to be named. */
const SHIPPED = new Set([
  ...["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"],
  // What reads Word documents: jszip, taken by its MIT; pako, of which a part is under zlib's; duck, whose BSD is the
  // one with two clauses.
  ...["(MIT OR GPL-3.0-or-later)", "(MIT AND Zlib)", "BSD"],
]);
/** Of what only builds and tests. */
const ALSO_FOR_TOOLS = new Set([...SHIPPED, "MIT OR Apache-2.0", "0BSD", "CC0-1.0", "Unlicense"]);
/** Tools that are used as they are, and never handed on: MPL-2.0 and LGPL-3.0 ask for more of those who do. */
const TOOLS_BY_NAME =
  /^(?:axe-core|lightningcss(?:-[\w-]+)?|@img\/sharp-(?:libvips-[\w-]+|wasm32|win32-\w+))$/;

it.each(["dependencies", "devDependencies"] as const)(
  "%s have exact versions, which are installed",
  (kind) => {
    for (const [name, version] of Object.entries(manifest[kind])) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
      expect(read(`node_modules/${name}/package.json`).version, name).toBe(version);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  },
);

describe("licences", () => {
  it("of what is shipped are on the list, in the lock file and in the package itself", () => {
    const shipped = PACKAGES.filter(([, one]) => isShipped(one));
    expect(shipped.length).toBeGreaterThan(100);
    for (const [folder, { license }] of shipped) {
      expect(SHIPPED, folder).toContain(license);
      expect(read(`${folder}/package.json`).license, folder).toBe(license);
    }
    expect(new Set(shipped.map(([, { license }]) => license)), "and none is listed in vain").toEqual(SHIPPED);
  });

  it("of tools are on theirs, or they are named", () => {
    const others = PACKAGES.filter(([, { license = "none" }]) => !ALSO_FOR_TOOLS.has(license));
    expect(others.filter(([folder]) => !TOOLS_BY_NAME.test(nameOf(folder)))).toEqual([]);
  });
});

it("packages that run something when they are installed are those that package.json allows", () => {
  const running = PACKAGES.filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(running.map(([folder]) => nameOf(folder)).sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  expect(running.filter(([, one]) => isShipped(one))).toEqual([]);
});
