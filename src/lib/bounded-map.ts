// A Map of limited size: what was set longest ago goes first.

/** Like a Map. An entry that is set again becomes the newest; the newest stays, whatever its weight. */
export class BoundedMap<K, V> {
  // A Map keeps its keys in the order in which they were set: the oldest come first.
  readonly #entries = new Map<K, V>();
  readonly #limit: number;
  readonly #weigh: (value: V) => number;
  #weight = 0;

  /** Holds values of at most `limit` in total, as `weigh` says; without `weigh`, so many entries. */
  constructor(limit: number, weigh: (value: V) => number = () => 1) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  /** The value must not change its weight afterwards. */
  set(key: K, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#weight += this.#weigh(value);
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#limit || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const value = this.#entries.get(key);
    if (this.#entries.delete(key)) this.#weight -= this.#weigh(value as V);
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}
