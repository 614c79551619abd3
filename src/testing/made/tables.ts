import {
  componentName,
  itemsOf,
  type OpenApiDocument,
  type Operation,
  pathParameters,
  pathShape,
  properties,
  referencesOf,
  type Schema,
  userHeader,
} from '../../document/index.js';
import type { Resource, Table } from '../resources/resource.js';
import type { Schemas } from '../world.js';
import {
  collectionPath,
  collectionsOf,
  componentAt,
  type DescribedCollection,
  jsonOf,
  successOf,
} from './collections.js';
import { flatten } from './flatten.js';
import { MadeKeys } from './keys.js';
import { Maker, type Place, type Refer } from './maker.js';
import { placeFields, urlAt } from './place.js';
import { Random } from './random.js';
import { holdsAddress, type Referral, referralOf } from './references.js';
import { withUser } from './with-user.js';

/** Number of given items per table to check against the schema; the others are of the same kind. */
const SAMPLE = 40;

/** Number of objects that share the items of a list which is requested by an object's id. */
const FIRST = 3;

/** What the data is made from. */
export interface Material {
  document: OpenApiDocument;
  operations: readonly Operation[];
  schemas: Pick<Schemas, 'check'>;
  /** Base of the URLs in resources. */
  base: string;
  seed: string;
}

/**
 * The document's collections as tables: with the given data if there is any, else with items made from the document.
 */
export class MadeTables {
  readonly maker: Maker;
  readonly #material: Material;
  readonly #collections: ReadonlyMap<string, DescribedCollection>;
  readonly #given = new Map<string, Table>();
  readonly #keys: MadeKeys;

  /** @param given the dataset's tables. */
  constructor(material: Material, given: readonly Table[]) {
    this.#material = material;
    const { document, operations, schemas } = material;
    this.#collections = new Map(collectionsOf(document, operations).map((one) => [pathShape(one.path), one]));
    for (const table of given) this.#given.set(pathShape(table.path), table);
    this.maker = new Maker(document, schemas, (referral, wanted) => {
      const found = this.#refer(referral, wanted);
      return found.length > 0 || referral.holds === 'addresses' ? found : [this.#ownAddress(wanted)];
    });
    this.#keys = new MadeKeys(this.maker, schemas, material.seed);
  }

  /** Tables for the collections that the dataset lacks. */
  made(): Table[] {
    return [...this.#collections]
      .filter(([shape]) => !this.#given.has(shape))
      .map(([, one]) => this.#table(one));
  }

  /** A given table whose items have everything that this document requires: missing or wrong fields are made. */
  completed(table: Table): Table {
    const collection = this.#collections.get(pathShape(table.path));
    if (!collection) return table;
    const { pointer } = collection;
    const isFit = (item: Resource) => !this.#material.schemas.check(pointer, item);
    const complete = (item: Resource) => {
      const made = this.maker.fit(pointer, item, this.#seed(table.path, String(item[table.key]))) as Resource;
      return { ...made, [table.key]: item[table.key] };
    };
    // Show data as it is, even if a test has made a mistake in it.
    const { shown: _, ...whole } = this.#table(collection);
    return {
      ...whole,
      ...table,
      items: (parent, keys) => {
        const items = table.items(parent, keys);
        const refer = this.#pointing(pointer);
        for (const item of items) refer(item);
        return items.slice(0, SAMPLE).every(isFit) ? items : items.map(complete);
      },
    };
  }

  /** Makes references in given items lead to items that exist in what was made from another document. */
  #pointing(pointer: string): (item: Resource) => void {
    const { document, base } = this.#material;
    const made = [...this.#collections].flatMap(([shape, collection]) => {
      if (this.#given.has(shape) || shape.includes('{}')) return [];
      return [{ collection, start: `${base}${collection.path}/` }];
    });
    const fields = [...properties(document, { $ref: pointer })]
      .filter(([, { value }]) => referralOf(document, flatten(document, value) ?? {}))
      .map(([name]) => name);
    const lead = (url: unknown) => {
      const target = made.find(({ start }) => typeof url === 'string' && url.startsWith(start));
      if (!target) return url;
      const keys = this.#keys.of(target.collection, []).map(String);
      const key = String(url).slice(target.start.length).replace(/\/$/, '');
      const other = new Random(String(url)).pick(keys);
      return key.includes('/') || keys.includes(key) || other === undefined ? url : target.start + other;
    };
    return (item) => {
      for (const field of fields) {
        const value = item[field];
        item[field] = Array.isArray(value) ? value.map(lead) : lead(value);
      }
    };
  }

  /** A given table to which items can be added; if the data doesn't say how, they are made from the body. */
  creatable(table: Table): Table {
    const collection = this.#collections.get(pathShape(table.path));
    const create = table.create ?? (collection && this.#table(collection).create);
    const schemas = collection ? { pointer: collection.pointer, keySchemas: collection.keyPointers } : {};
    return { ...table, ...schemas, ...(create ? { create } : {}) };
  }

  #table(collection: DescribedCollection): Table {
    const { path, key, pointer } = collection;
    const { document, base } = this.#material;
    let added = 0;
    const make = (wanted: unknown, keys: readonly string[], fields: Resource, vary: boolean) => {
      const at = itemPlace(path, [...keys, String(wanted)]);
      const own = { ...fields, ...placeFields(document, pointer, at, base), [key]: wanted };
      const seed = this.#seed(path, ...keys, String(wanted));
      const item = this.maker.make(pointer, { seed, fields: own, vary, at }) as Resource | undefined;
      return item && { ...item, ...this.#addresses(collection, item, at) };
    };
    return {
      path,
      key,
      pointer,
      keySchemas: collection.keyPointers,
      items: (parent, keys) => {
        const fields = this.#parentFields(collection, parent);
        const items = this.#keys
          .of(collection, keys)
          .map((wanted, index) => make(wanted, keys, fields, index > 0));
        const made = items.filter((item) => item?.[key] !== undefined) as Resource[];
        this.#shareOut(made, path);
        return made;
      },
      create: (body, parent, keys) => {
        added += 1;
        const wanted = this.#keys.draw(collection, this.#seed(path, ...keys, `added ${added}`));
        const fields = { ...body, ...this.#parentFields(collection, parent) };
        return make(wanted, keys, fields, true) ?? { ...fields, [key]: wanted };
      },
      shown: (item, at) => this.#shown(collection, item, at),
      personal: this.#personal(collection),
      ...this.#owner(collection),
    };
  }

  /**
   * If a query must name the object whose items it lists, assigns the items to the first few objects, so that each has
   * several.
   */
  #shareOut(items: readonly Resource[], path: string): void {
    const { operations, seed } = this.#material;
    const list = operations.find((one) => one.method === 'GET' && pathShape(one.path) === pathShape(path));
    for (const { in: place, name, required } of list?.parameters ?? []) {
      const field = name.replace(/_id$/, '');
      const shown = items.filter((item) => typeof item[field] === 'string');
      if (place !== 'query' || !required || field === name || shown.length === 0) continue;
      const above = [...this.#collections.values()].find((one) =>
        operations.some((operation) => operation.path === `${one.path}/{${name}}`),
      );
      const urls = above ? this.#urlsIn(above, [], FIRST, field, new Random(seed)) : [];
      for (const [index, item] of shown.entries())
        item[field] = urls[Math.floor((index * urls.length) / shown.length)] ?? item[field];
    }
  }

  /** The field that names the user whom an item belongs to, where the list can be asked for on behalf of a user. */
  #owner({ path, pointer }: DescribedCollection): Pick<Table, 'owner'> {
    const { document, operations } = this.#material;
    const list = operations.find((one) => one.method === 'GET' && pathShape(one.path) === pathShape(path));
    const { field } = (list && userHeader(list)) ?? {};
    if (field === undefined) return {};
    const shown = properties(document, { $ref: pointer }).get(field);
    return shown && holdsAddress(document, shown.value) ? { owner: field } : {};
  }

  /** The address fields that, according to the document, depend on the user of a call: they contain that user's id. */
  #personal({ path }: DescribedCollection): NonNullable<Table['personal']> {
    const about = this.#material.operations.filter((one) => pathShape(one.path) === pathShape(path));
    const fields = about.flatMap(({ headerEffects }) => Object.values(headerEffects).flat());
    return Object.fromEntries(fields.map((field) => [field, withUser]));
  }

  /**
   * An item in the form that an operation describes: as it is, inside a field of another object, or with other fields.
   */
  #shown({ path, key, component }: DescribedCollection, item: Resource, at: string): Resource {
    const { document, schemas } = this.#material;
    if (!schemas.check(at, item)) return item;
    const isItem = (value: Schema) => component !== undefined && componentName(value) === component;
    const around = [...properties(document, { $ref: at })].filter(([, { value }]) => isItem(value));
    const fields = { ...item, ...Object.fromEntries(around.map(([name]) => [name, item])) };
    const made = this.maker.make(at, { seed: this.#seed(path, String(item[key])), fields });
    return (made ?? item) as Resource;
  }

  /** The collection whose item is above a path. */
  #above(path: string): DescribedCollection | undefined {
    const shape = pathShape(path);
    return this.#collections.get(shape.slice(0, Math.max(0, shape.lastIndexOf('/{}'))));
  }

  /** Fields that refer to the item that a nested collection belongs to. */
  #parentFields(
    { path, pointer }: Pick<DescribedCollection, 'path' | 'pointer'>,
    parent: Resource | undefined,
  ): Resource {
    const above = this.#above(path);
    if (typeof parent?.url !== 'string' || above?.component === undefined) return {};
    const references = referencesOf(this.#material.document, { $ref: pointer });
    const toParent = [...references].filter(([, { component }]) => component === above.component);
    return Object.fromEntries(toParent.map(([name]) => [name, parent.url]));
  }

  /** A field that depends on the user is made an address, even if its schema only says text. */
  #addresses(collection: DescribedCollection, item: Resource, at: Place): Resource {
    const { schemas, base } = this.#material;
    const changed = Object.keys(this.#personal(collection)).filter((field) => {
      return typeof item[field] === 'string' && !URL.canParse(item[field]);
    });
    const fields = Object.fromEntries(changed.map((field) => [field, `${urlAt(at, base)}/${field}`]));
    return schemas.check(collection.pointer, { ...item, ...fields }) ? {} : fields;
  }

  /**
   * Fields for an answer that isn't an item of a collection: its own place, its parent, and what it has in common with
   * the parent. An answer of the parent's own kind is the parent itself.
   */
  fieldsAt(operation: Operation, keys: readonly string[], parent: Resource | undefined): Resource {
    const { document, operations, base } = this.#material;
    const { path } = operation;
    const pointer = jsonOf(successOf(operation))?.schemaPointer;
    if (pointer === undefined) return { ...parent };
    const above = this.#above(path);
    if (above?.component !== undefined && componentAt(document, pointer) === above.component)
      return { ...parent };
    const { id: _, url: __, ...shared } = parent ?? {};
    const { url, ...place } = placeFields(document, pointer, { path, keys }, base);
    const isRead = operations.some((one) => one.method === 'GET' && one.path === path);
    return {
      ...shared,
      ...place,
      ...(isRead && url !== undefined ? { url } : {}),
      ...this.#parentFields({ path, pointer }, parent),
    };
  }

  /** Addresses that a field can refer to: of what is below the object that has the field, else of anything suitable. */
  #refer({ component, toList }: Referral, { name, count, random, at }: Parameters<Refer>[1]): string[] {
    if (component === undefined) return [];
    const { operations, document, base } = this.#material;
    const isBelow = (path: string) =>
      at !== undefined && pathShape(path).startsWith(`${pathShape(at.path)}/`);
    const isOnly = (path: string) => pathParameters(path).length === at?.keys.length;
    const single = operations.find((operation) => {
      if (operation.method !== 'GET' || !isBelow(operation.path) || !isOnly(operation.path)) return false;
      return answered(document, operation, toList) === component;
    });
    if (single && at) return [urlAt({ ...at, path: single.path }, base)];
    if (toList) return [];
    const all = [...this.#collections.values()].filter((collection) => collection.component === component);
    const below = all.find(({ path }) => isBelow(path) && isOnly(path));
    if (below && at) return this.#urlsIn(below, at.keys, count, name, random);
    const [first] = all.sort((a, b) => pathParameters(a.path).length - pathParameters(b.path).length);
    const keys = first && this.#anyParent(first.path, random);
    return keys ? this.#urlsIn(first, keys, count, name, random) : [];
  }

  /**
   * An address at the fake for something that no operation returns: whoever follows it doesn't take the token to
   * another server.
   */
  #ownAddress({ name, random, at }: Parameters<Refer>[1]): string {
    const { base } = this.#material;
    const last = encodeURIComponent(name);
    return at ? `${urlAt(at, base)}/${last}` : `${base}/${last}/${random.integer(1, 9999)}`;
  }

  /** Addresses of as many items of a collection as wanted; the last in order for a field such as `latest_log`. */
  #urlsIn(
    { path, ...collection }: DescribedCollection,
    keys: readonly string[],
    count: number,
    name: string,
    random: Random,
  ): string[] {
    const { base } = this.#material;
    const given = this.#given.get(pathShape(path));
    if (given && keys.length === 0) {
      const items = given.items(undefined, []);
      return count === 1
        ? [random.pick(items)].flatMap((item) => (item ? String(item.url) : []))
        : items.slice(0, count).map(({ url }) => String(url));
    }
    const known = this.#keys.of({ path, ...collection }, keys).map(String);
    const latest = /^(latest|last|newest|current)_/.test(name) ? known.sort().at(-1) : random.pick(known);
    const chosen = count === 1 ? [latest].filter((key) => key !== undefined) : known.slice(0, count);
    return chosen.map((key) => urlAt(itemPlace(path, [...keys, key]), base));
  }

  /** The keys of some item above a nested collection. */
  #anyParent(path: string, random: Random): string[] | undefined {
    const end = path.lastIndexOf('/{');
    if (end < 0) return [];
    const above = this.#collections.get(pathShape(path.slice(0, end)));
    const keys = above && this.#anyParent(above.path, random);
    if (!above || !keys) return undefined;
    const given = this.#given.get(pathShape(above.path));
    const key = given
      ? keys.length === 0 && random.pick(given.items(undefined, []))?.[given.key]
      : random.pick(this.#keys.of(above, keys));
    return key === undefined || key === false ? undefined : [...keys, String(key)];
  }

  #seed(...parts: string[]): string {
    return [this.#material.seed, ...parts].join(' ');
  }
}

/**
 * The sample data's tables that fit the collections of another document: items are addressed by the same field, and the
 * keys fit, including those of the items above.
 */
export function fittingTables(
  document: OpenApiDocument,
  operations: readonly Operation[],
  schemas: Pick<Schemas, 'check'>,
  tables: readonly Table[],
): Table[] {
  const collections = new Map(collectionsOf(document, operations).map((one) => [pathShape(one.path), one]));
  const ofItems = new Set(
    operations.flatMap(({ path }) => {
      const list = collectionPath(path);
      return list === undefined ? [] : [pathShape(list)];
    }),
  );
  /** Whether an address below an item doesn't accept the item's key. */
  const isRefused = (shape: string, key: unknown) =>
    operations.some(({ path, parameters }) => {
      if (!pathShape(path).startsWith(`${shape}/{}`)) return false;
      const [name] = pathParameters(path);
      const pointer = parameters.find((one) => one.in === 'path' && one.name === name)?.schemaPointer;
      return pointer !== undefined && schemas.check(pointer, key);
    });
  const unfit = tables
    .map(({ path, key, items }) => ({ shape: pathShape(path), key, items }))
    .filter(({ shape, key, items }) => {
      const collection = collections.get(shape);
      if (shape.includes('{}')) return false;
      const [first] = items(undefined, []);
      if (!collection) return ofItems.has(shape) || (first !== undefined && isRefused(shape, first[key]));
      if (collection.key !== key) return true;
      return collection.keyPointers.some((pointer) => first && schemas.check(pointer, first[key]));
    });
  return tables.filter(
    ({ path }) => !unfit.some(({ shape }) => `${pathShape(path)}/`.startsWith(`${shape}/`)),
  );
}

function itemPlace(path: string, keys: readonly string[]): Place {
  return { path: `${path}/{}`, keys };
}

/** Name of the schema of an operation's answer, or of the items if it answers with a list. */
function answered(document: OpenApiDocument, operation: Operation, list: boolean): string | undefined {
  const content = jsonOf(successOf(operation, 200));
  if (content?.schema === undefined) return undefined;
  if (!list) return componentName(content.schema);
  return componentName(itemsOf(document, content.schema, content.schemaPointer)?.value);
}
