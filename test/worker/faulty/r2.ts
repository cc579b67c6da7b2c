// An R2 bucket and an Images binding that are slow or fail.

import type { ImagesBinding, R2Bucket } from "@cloudflare/workers-types";
import { delayed, type Now } from "./faults.ts";

/** The bucket with its faults. */
export function faultyR2(real: R2Bucket, now: Now): R2Bucket {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return async (...values: unknown[]) => {
        const { delayMilliseconds, r2Get, r2Head, r2Put } = now();
        await delayed(delayMilliseconds?.r2);
        if (name === "get" ? r2Get : name === "head" ? r2Head : r2Put)
          throw new Error(`R2 ${String(name)} made to fail by a test`);
        return Reflect.apply(value, target, values) as unknown;
      };
    },
  });
}

/** Images with its fault. */
export function faultyImages(real: ImagesBinding, now: Now): ImagesBinding {
  return new Proxy(real, {
    get(target, name) {
      if (now().images) throw new Error("IMAGES made to fail by a test");
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
