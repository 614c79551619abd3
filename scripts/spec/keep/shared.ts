import { isObject, type JsonObject, type OpenApiDocument } from '../../../src/document/index.js';
import { followed, isReference } from './facts.js';

type Same = (ours: unknown, theirs: unknown) => boolean;
type Merge = (ours: unknown, theirs: unknown) => unknown;
type Components = Record<string, Record<string, unknown>>;

/** Marks a component merged from two, until we know whether our name for it is free. */
const MERGED = '~merged';

/** The components of the resulting document: ours, merged ones, and those that only the pulled document has. */
export class Shared {
  readonly #ours: OpenApiDocument;
  readonly #theirs: OpenApiDocument;
  readonly #same: Same;
  readonly #made = new Map<string, unknown>();
  readonly #adopted = new Map<string, string>();

  constructor(ours: OpenApiDocument, theirs: OpenApiDocument, same: Same) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.#same = same;
  }

  /** The reference to the merger of our component and the one that replaces it. */
  merged(our: JsonObject & { $ref: string }, their: JsonObject & { $ref: string }, merge: Merge): JsonObject {
    // Schemas have the API's own names, so the same name means the same schema, which is merged where it is defined.
    if (isSchema(our.$ref)) return our.$ref === their.$ref ? our : (this.adopted(their) as JsonObject);
    const ref = `${our.$ref}${MERGED}${their.$ref.split('/').at(-1)}`;
    if (!this.#made.has(ref)) {
      this.#made.set(ref, undefined);
      this.#made.set(ref, merge(followed(this.#ours, our), followed(this.#theirs, their)));
    }
    return { $ref: ref };
  }

  /** A part that only the pulled document has, with references to our components if they say the same. */
  adopted(part: unknown): unknown {
    if (Array.isArray(part)) return part.map((item) => this.adopted(item));
    if (!isObject(part)) return part;
    const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, this.adopted(value)]));
    return isReference(part) ? { ...copy, $ref: this.#adoptedName(part.$ref) } : copy;
  }

  #adoptedName(ref: string): string {
    if (isSchema(ref)) return ref;
    const before = this.#adopted.get(ref);
    if (before !== undefined) return before;
    const [kind = '', name = ''] = ref.split('/').slice(2);
    const ours = part(this.#ours, kind);
    const known = Object.keys(ours).find((other) =>
      this.#same({ $ref: address(kind, other) }, { $ref: ref }),
    );
    const free = (candidate: string): string =>
      Object.hasOwn(ours, candidate) ? free(`${candidate}2`) : candidate;
    const chosen = address(kind, known ?? free(name));
    this.#adopted.set(ref, chosen);
    if (known === undefined) this.#made.set(chosen, this.adopted(followed(this.#theirs, { $ref: ref })));
    return chosen;
  }

  /** The document with the components that it refers to, in our order. */
  complete(rest: OpenApiDocument, schemes: JsonObject, merge: Merge): OpenApiDocument {
    const components: Components = {};
    const take = (value: unknown): void => {
      for (const ref of references(value)) {
        const [kind = '', name = ''] = ref.split('/').slice(2);
        // A component may be called `__proto__`.
        const list: Record<string, unknown> = components[kind] ?? Object.create(null);
        components[kind] = list;
        if (Object.hasOwn(list, name)) continue;
        list[name] = undefined;
        list[name] = this.#define(kind, name, merge);
        take(list[name]);
      }
    };
    take(rest);
    const all = { ...components, ...schemes } as Components;
    const kinds = [...Object.keys(part(this.#ours)), ...Object.keys(all)];
    const ordered = Object.fromEntries(
      unique(kinds)
        .filter((kind) => Object.keys(all[kind] ?? {}).length > 0)
        .map((kind) => [kind, this.#ordered(kind, all[kind] ?? {})]),
    );
    return settled(reordered({ ...rest, components: ordered }, this.#ours)) as OpenApiDocument;
  }

  #define(kind: string, name: string, merge: Merge): unknown {
    const ref = address(kind, name);
    if (this.#made.has(ref)) return this.#made.get(ref);
    const our = part(this.#ours, kind)[name];
    const their = part(this.#theirs, kind)[name];
    if (kind !== 'schemas' || their === undefined) return our;
    if (our === undefined) return this.adopted(their);
    return this.#same({ $ref: ref }, { $ref: ref }) ? our : merge(our, their);
  }

  #ordered(kind: string, list: Record<string, unknown>): JsonObject {
    const names = unique([...Object.keys(part(this.#ours, kind)), ...Object.keys(list)]);
    return Object.fromEntries(
      names.filter((name) => Object.hasOwn(list, name)).map((name) => [name, list[name]]),
    );
  }
}

/** Gives merged components our name if no unchanged one has it any more, else the name with a number. */
function settled(document: JsonObject): unknown {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const components = isObject(document.components) ? document.components : {};
  const all = Object.entries(components).flatMap(([kind, list]) =>
    Object.keys(isObject(list) ? list : {}).map((name) => address(kind, name)),
  );
  for (const ref of all.filter((other) => !other.includes(MERGED))) taken.add(ref);
  for (const ref of all.filter((other) => other.includes(MERGED))) {
    const base = ref.slice(0, ref.indexOf(MERGED));
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
    taken.add(name);
    names.set(ref, name);
  }
  if (names.size === 0) return document;
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        key === '$ref' && typeof member === 'string' ? (names.get(member) ?? member) : rename(member),
      ]),
    );
  };
  const renamed = rename(document) as JsonObject & { components: Record<string, JsonObject> };
  for (const [ref, name] of names) {
    const [kind = '', from = ''] = ref.split('/').slice(2);
    const list = renamed.components[kind];
    if (!list) continue;
    renamed.components[kind] = Object.fromEntries(
      Object.entries(list).map(([key, value]) => [
        key === from ? (name.split('/').at(-1) ?? key) : key,
        value,
      ]),
    );
  }
  return renamed;
}

/** The document's members in the order of ours. */
function reordered(document: JsonObject, ours: OpenApiDocument): JsonObject {
  const keys = unique([...Object.keys(ours), ...Object.keys(document)]);
  return Object.fromEntries(keys.filter((key) => key in document).map((key) => [key, document[key]]));
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const own = isReference(value) && value.$ref.startsWith('#/components/') ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

function part(document: OpenApiDocument, kind?: string): JsonObject {
  const components = isObject(document.components) ? document.components : {};
  if (kind === undefined) return components;
  const list = components[kind];
  return isObject(list) ? list : {};
}

function address(kind: string, name: string): string {
  return `#/components/${kind}/${name}`;
}

function isSchema(ref: string): boolean {
  return ref.startsWith('#/components/schemas/');
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
