import type { Schemas } from '../world.js';
import type { DescribedCollection } from './collections.js';
import type { Maker } from './maker.js';

/** Items of a list that comes in pages: more than a page of the usual size. */
const PAGED = 30;
const UNPAGED = 3;
/** How often another key is drawn where one was there already. */
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

  /** The keys of a collection below some items, the document's example first; the same each time. */
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

  /** A key that the document allows, the same for the same seed. */
  draw({ keyPointers, cursorPointer }: DescribedCollection, seed: string): unknown {
    const make = (pointers: readonly string[]) =>
      this.#maker.makeForAll(pointers, { seed, plain: true, vary: true });
    // A cursor that no key fits is a mistake of the document: the key counts.
    const key =
      (cursorPointer === undefined ? undefined : make([...keyPointers, cursorPointer])) ?? make(keyPointers);
    if (typeof key !== 'string') return key ?? undefined;
    // Without a pattern a text may have spaces, which make ugly addresses.
    const dashed = key.replaceAll(' ', '-');
    return keyPointers.some((pointer) => this.#schemas.check(pointer, dashed)) ? key : dashed;
  }
}
