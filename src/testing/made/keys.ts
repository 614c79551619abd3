import type { Schemas } from '../world.js';
import type { DescribedCollection } from './collections.js';
import type { Maker } from './maker.js';

/** Number of items in a paged list: more than a page of the usual size. */
const PAGED = 30;
const UNPAGED = 3;
/** How often to draw again if a key already exists. */
const TRIES = 60;

/** Draws the keys of made items. */
export class MadeKeys {
  readonly #maker: Maker;
  readonly #schemas: Pick<Schemas, 'check'>;
  readonly #seed: string;
  readonly #known = new Map<string, unknown[]>();

  constructor(maker: Maker, schemas: Pick<Schemas, 'check'>, seed: string) {
    this.#maker = maker;
    this.#schemas = schemas;
    this.#seed = seed;
  }

  /** The keys of a collection below some items, the document's example first. The same each time. */
  of(collection: DescribedCollection, parents: readonly string[]): unknown[] {
    const seed = [this.#seed, collection.path, ...parents].join(' ');
    const known = this.#known.get(seed);
    if (known) return known;
    const found = new Map<string, unknown>();
    const { exampleKeys, keyPointers, paged } = collection;
    const isKey = (value: unknown) => keyPointers.every((pointer) => !this.#schemas.check(pointer, value));
    const example = exampleKeys.find(isKey);
    if (example !== undefined) found.set(String(example), example);
    const count = paged ? PAGED : UNPAGED;
    for (let tries = 0; found.size < count && tries < count + TRIES; tries += 1) {
      const key = this.draw(collection, `${seed} ${tries}`);
      if (key !== undefined) found.set(String(key), key);
    }
    this.#known.set(seed, [...found.values()]);
    return [...found.values()];
  }

  /** A key that the document allows; the same seed gives the same key. */
  draw({ keyPointers, cursorPointer }: DescribedCollection, seed: string): unknown {
    const make = (pointers: readonly string[]) =>
      this.#maker.makeForAll(pointers, { seed, plain: true, vary: true });
    // If no key fits the cursor's schema, the document is wrong; then only the key's own schemas count.
    const key =
      (cursorPointer === undefined ? undefined : make([...keyPointers, cursorPointer])) ?? make(keyPointers);
    if (typeof key !== 'string') return key ?? undefined;
    // Without a pattern, text may contain spaces, which look ugly in addresses.
    const dashed = key.replaceAll(' ', '-');
    return keyPointers.some((pointer) => this.#schemas.check(pointer, dashed)) ? key : dashed;
  }
}
