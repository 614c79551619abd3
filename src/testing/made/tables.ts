import {
  componentName,
  goesOneWay,
  type OpenApiDocument,
  type Operation,
  pathShape,
  properties,
  referencesOf,
  type Schema,
} from '../../document/index.js';
import type { Resource, Table } from '../resources/resource.js';
import type { Schemas } from '../world.js';
import { collectionsOf, type DescribedCollection } from './collections.js';
import { flatten } from './flatten.js';
import { Maker } from './maker.js';
import type { Random } from './random.js';
import { withUser } from './with-user.js';

/** Items of a list that comes in pages: more than a page of the usual size. */
const PAGED = 30;
const UNPAGED = 3;
/** How often another key is drawn where one was there already. */
const TRIES = 60;
/** Items of given data that are held against their schema: those of one table are of a kind. */
const SAMPLE = 40;

/** What made data is made of. */
export interface Material {
  document: OpenApiDocument;
  operations: readonly Operation[];
  schemas: Pick<Schemas, 'check'>;
  /** Base of the URLs in resources. */
  base: string;
  seed: string;
}

/** The collections of a document as tables: with the data that there is, else with items made from the document. */
export class MadeTables {
  readonly maker: Maker;
  readonly #material: Material;
  readonly #collections: ReadonlyMap<string, DescribedCollection>;
  readonly #given = new Map<string, Table>();
  readonly #keys = new Map<string, unknown[]>();

  /** @param given tables of the dataset. */
  constructor(material: Material, given: readonly Table[]) {
    this.#material = material;
    const { document, operations, schemas } = material;
    this.#collections = new Map(collectionsOf(document, operations).map((one) => [pathShape(one.path), one]));
    for (const table of given) this.#given.set(pathShape(table.path), table);
    this.maker = new Maker(document, schemas, (component, random) => this.#urlOfAny(component, random));
  }

  /** Tables for the collections that the dataset has none for. */
  made(): Table[] {
    return [...this.#collections]
      .filter(([shape]) => !this.#given.has(shape))
      .map(([, one]) => this.#table(one));
  }

  /** A given table whose items have all that this document asks for: what is missing or wrong is made. */
  completed(table: Table): Table {
    const collection = this.#collections.get(pathShape(table.path));
    if (!collection) return table;
    const { pointer } = collection;
    const isFit = (item: Resource) => !this.#material.schemas.check(pointer, item);
    const complete = (item: Resource) => {
      const made = this.maker.fit(pointer, item, this.#seed(table.path, String(item[table.key]))) as Resource;
      return { ...made, [table.key]: item[table.key] };
    };
    // Data is shown as it is, also where a test has made a mistake in it.
    const { shown: _, ...whole } = this.#table(collection);
    return {
      ...whole,
      ...table,
      items: (parent, keys) => {
        const items = table.items(parent, keys);
        return items.slice(0, SAMPLE).every(isFit) ? items : items.map(complete);
      },
    };
  }

  /** A given table to which items can be added that are made from a body, where the data doesn't say how. */
  creatable(table: Table): Table {
    const collection = this.#collections.get(pathShape(table.path));
    const create = table.create ?? (collection && this.#table(collection).create);
    return create ? { ...table, create } : table;
  }

  #table(collection: DescribedCollection): Table {
    const { path, key, pointer } = collection;
    let added = 0;
    const make = (wanted: unknown, keys: readonly string[], fields: Resource, vary: boolean) => {
      const own = { ...fields, ...this.#ownFields(collection, [...keys, String(wanted)]), [key]: wanted };
      const item = this.maker.make(pointer, {
        seed: this.#seed(path, ...keys, String(wanted)),
        fields: own,
        vary,
      });
      return item as Resource | undefined;
    };
    return {
      path,
      key,
      items: (parent, keys) => {
        const fields = this.#parentFields(collection, parent);
        const items = this.#keysOf(collection, keys).map((wanted, index) =>
          make(wanted, keys, fields, index > 0),
        );
        return items.filter((item) => item?.[key] !== undefined) as Resource[];
      },
      create: (body, parent, keys) => {
        added += 1;
        const wanted = this.#newKey(collection, this.#seed(path, ...keys, `added ${added}`));
        const fields = { ...this.#writable(collection, body), ...this.#parentFields(collection, parent) };
        return make(wanted, keys, fields, true) ?? { ...fields, [key]: wanted };
      },
      shown: (item, at) => this.#shown(collection, item, at),
      personal: this.#personal(collection),
    };
  }

  /** The addresses that depend on the user in whose context a call is made, as the document says: they name that user. */
  #personal({ path }: DescribedCollection): NonNullable<Table['personal']> {
    const about = this.#material.operations.filter((one) => pathShape(one.path) === pathShape(path));
    const fields = about.flatMap(({ headerEffects }) => Object.values(headerEffects).flat());
    return Object.fromEntries(fields.map((field) => [field, withUser]));
  }

  /** An item as an operation describes it: by itself, in a field of another object, or with other fields. */
  #shown({ path, key, component }: DescribedCollection, item: Resource, at: string): Resource {
    const { document, schemas } = this.#material;
    if (!schemas.check(at, item)) return item;
    const isItem = (value: Schema) => component !== undefined && componentName(value) === component;
    const around = [...properties(document, { $ref: at })].filter(([, { value }]) => isItem(value));
    const fields = { ...item, ...Object.fromEntries(around.map(([name]) => [name, item])) };
    const made = this.maker.make(at, { seed: this.#seed(path, String(item[key])), fields });
    return (made ?? item) as Resource;
  }

  /** The fields of a body that a caller may set. */
  #writable({ pointer }: DescribedCollection, body: Resource): Resource {
    const { document } = this.#material;
    const fields = properties(document, { $ref: pointer });
    return Object.fromEntries(
      Object.entries(body).filter(([name]) => {
        const field = fields.get(name);
        return !field || !goesOneWay(document, field.value, 'readOnly', field.pointer);
      }),
    );
  }

  /** The fields of an item that say where it is: its URL, and the keys of what it belongs to. */
  #ownFields({ path, pointer }: DescribedCollection, keys: readonly string[]): Resource {
    const fields = properties(this.#material.document, { $ref: pointer });
    const parents = [...path.matchAll(/\{([^{}]+)\}/g)].map(
      (match, index) => [match[1] ?? '', keys[index]] as const,
    );
    const own: Resource = Object.fromEntries(parents.filter(([name]) => fields.has(name)));
    parents.forEach(([name], index) => {
      const field = name.replace(/_id$/, '');
      const schema = field === name ? undefined : flatten(this.#material.document, fields.get(field)?.value);
      if (schema?.format !== 'uri') return;
      own[field] = this.#urlOf(path.slice(0, path.indexOf(`/{${name}}`)), keys.slice(0, index + 1));
    });
    if (fields.has('url')) own.url = this.#urlOf(path, keys);
    return own;
  }

  /** References to the item that a nested collection belongs to. */
  #parentFields({ path, pointer }: DescribedCollection, parent: Resource | undefined): Resource {
    const shape = pathShape(path);
    const above = this.#collections.get(shape.slice(0, Math.max(0, shape.lastIndexOf('/{}'))));
    if (typeof parent?.url !== 'string' || above?.component === undefined) return {};
    const references = referencesOf(this.#material.document, { $ref: pointer });
    const toParent = [...references].filter(([, { component }]) => component === above.component);
    return Object.fromEntries(toParent.map(([name]) => [name, parent.url]));
  }

  /** URL of a resource of a component, for a field that refers to one. */
  #urlOfAny(component: string, random: Random): string | undefined {
    for (const [shape, collection] of this.#collections) {
      if (collection.component !== component || shape.includes('{}')) continue;
      const given = random.pick(this.#given.get(shape)?.items(undefined, []) ?? []);
      if (given) return String(given.url);
      const keys = this.#keysOf(collection, []);
      if (keys.length > 0) return this.#urlOf(collection.path, [String(random.pick(keys))]);
    }
    return undefined;
  }

  #urlOf(path: string, keys: readonly string[]): string {
    const steps = [...keys];
    const filled = `${path}/{}`.replace(/\{[^{}]*\}/g, () => encodeURIComponent(steps.shift() ?? ''));
    return `${this.#material.base}${filled}`;
  }

  /** The keys of a collection, the document's example first; the same each time. */
  #keysOf(collection: DescribedCollection, keys: readonly string[]): unknown[] {
    const seed = this.#seed(collection.path, ...keys);
    const known = this.#keys.get(seed);
    if (known) return known;
    const found = new Map<string, unknown>();
    const { exampleKeys, keyPointers, paged } = collection;
    const isKey = (value: unknown) =>
      keyPointers.every((pointer) => !this.#material.schemas.check(pointer, value));
    const example = exampleKeys.find(isKey);
    if (example !== undefined) found.set(String(example), example);
    const count = paged ? PAGED : UNPAGED;
    for (let tries = 0; found.size < count && tries < count + TRIES; tries += 1) {
      const key = this.#newKey(collection, `${seed} ${tries}`);
      if (key !== undefined) found.set(String(key), key);
    }
    this.#keys.set(seed, [...found.values()]);
    return [...found.values()];
  }

  #newKey({ keyPointers, cursorPointer }: DescribedCollection, seed: string): unknown {
    const make = (pointers: readonly string[]) =>
      this.maker.makeForAll(pointers, { seed, plain: true, vary: true });
    // A cursor that no key fits is a mistake of the document: the key counts.
    const key =
      (cursorPointer === undefined ? undefined : make([...keyPointers, cursorPointer])) ?? make(keyPointers);
    if (typeof key !== 'string') return key ?? undefined;
    // Without a pattern a text may have spaces, which make ugly addresses.
    const dashed = key.replaceAll(' ', '-');
    return keyPointers.some((pointer) => this.#material.schemas.check(pointer, dashed)) ? key : dashed;
  }

  #seed(...parts: string[]): string {
    return [this.#material.seed, ...parts].join(' ');
  }
}
