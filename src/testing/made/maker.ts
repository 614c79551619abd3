import { componentName, isObject, type JsonObject, type OpenApiDocument } from '../../document/index.js';
import type { Schemas } from '../world.js';
import { combine, flatten, list, typesOf } from './flatten.js';
import { Random } from './random.js';
import { type Referral, referralOf } from './references.js';
import { makeNumber, makeText } from './scalars.js';

/** Objects nest no deeper than this unless the schema requires it. */
const DEPTH = 3;
const DEEPEST = 12;
const TRIES = 24;
/** Number of addresses in a list of references. */
const REFERENCES = 2;

/** What the made value should be like. */
export interface Wishes {
  /** The same seed gives the same value. */
  seed: string;
  /** Fields that an object should have, if the schema allows them. */
  fields?: JsonObject;
  /** Whether values may differ from the schema's examples, say for further items. */
  vary?: boolean;
  /** Whether to ignore examples altogether. */
  plain?: boolean;
  /** Where the value will be: its references may lead to what is below it. */
  at?: Place;
  /** Whether it is for a request: without `readOnly` fields, and only with required ones. */
  sent?: boolean;
}

/** An address of the API: its path template, and the keys in it. */
export interface Place {
  path: string;
  keys: readonly string[];
}

/** Returns addresses of existing things that a field can refer to: at most as many as asked for. */
export type Refer = (
  referral: Referral,
  wanted: { name: string; count: number; random: Random; at: Place | undefined },
) => string[];

/** How one attempt proceeds: the first follows the examples, later ones rely more and more on the bare schema. */
interface Attempt {
  random: Random;
  vary: boolean;
  examples: boolean;
  optional: boolean;
  sent: boolean;
  at: Place | undefined;
  /** Whether numbers should have fractions, since too few whole ones differ. */
  fractional?: boolean;
}

/** Makes values for the document's schemas, from their examples if they have any. */
export class Maker {
  readonly #document: OpenApiDocument;
  readonly #schemas: Pick<Schemas, 'check'>;
  readonly #refer: Refer;

  constructor(document: OpenApiDocument, schemas: Pick<Schemas, 'check'>, refer: Refer = () => []) {
    this.#document = document;
    this.#schemas = schemas;
    this.#refer = refer;
  }

  /**
   * Makes a value that the schema at `pointer` allows, checked against that schema. Undefined if none was found, as for
   * a schema that contains itself endlessly.
   */
  make(pointer: string, wishes: Wishes): unknown {
    return this.makeForAll([pointer], wishes);
  }

  /** Makes a value that all these schemas allow. */
  makeForAll(
    pointers: readonly string[],
    { seed, fields = {}, vary = false, plain = false, at, sent = false }: Wishes,
  ): unknown {
    const source = { allOf: pointers.map((pointer) => ({ $ref: pointer })) };
    const wished = { ...fields };
    for (let count = 0; count < TRIES; count += 1) {
      const attempt: Attempt = {
        random: new Random(`${seed} ${count}`),
        vary: vary || count > 2,
        examples: !plain && count < TRIES / 3,
        optional: !sent && count < (TRIES * 2) / 3,
        sent,
        at,
      };
      const value = this.#value(source, attempt, 'value', 0, wished);
      if (value === undefined) continue;
      const places = pointers.flatMap((pointer) =>
        Object.keys(this.#schemas.check(pointer, value, sent ? 'request' : 'answer') ?? {}),
      );
      if (places.length === 0) return value;
      // Drop wishes that the schema doesn't allow.
      for (const place of places) delete wished[place.split('.')[0] ?? ''];
    }
    return undefined;
  }

  /** The value itself if the schema allows it, else an allowed value that is as similar as possible. */
  fit(pointer: string, value: unknown, seed: string): unknown {
    if (!this.#schemas.check(pointer, value)) return value;
    const made = this.make(pointer, { seed, fields: isObject(value) ? value : {} });
    return made === undefined ? value : made;
  }

  #value(source: unknown, attempt: Attempt, name: string, depth: number, fields?: JsonObject): unknown {
    const whole = flatten(this.#document, source);
    if (!whole || depth > DEEPEST) return undefined;
    const reference = this.#reference(whole, attempt, name);
    if (reference !== undefined) return reference;
    const schema = this.#branch(whole, attempt, depth, Object.keys(fields ?? {}).length > 0);
    if (!schema) return undefined;
    if (schema.const !== undefined) return schema.const;
    const example = attempt.examples ? this.#example(schema, attempt) : undefined;
    const types = typesOf(schema);
    if (types.includes('object') && !(example !== undefined && !isObject(example))) {
      return this.#object(schema, attempt, depth, { ...(example as JsonObject | undefined), ...fields });
    }
    if (example !== undefined) return structuredClone(example);
    const choices = list(schema.enum).filter((value) => value !== null);
    if (choices.length > 0) return attempt.vary ? attempt.random.pick(choices) : choices[0];
    if (types.includes('array')) return this.#array(schema, attempt, name, depth);
    if (types.includes('integer')) return makeNumber(schema, true, attempt.random, name);
    if (types.includes('number')) return makeNumber(schema, false, attempt.random, name, attempt.fractional);
    if (types.includes('boolean')) return attempt.vary ? attempt.random.chance(0.5) : true;
    if (types.includes('string')) return makeText(schema, attempt.random, name);
    return types.includes('null') ? null : {};
  }

  /** For a field that holds an address or the object: the address of something that exists, else any address. */
  #reference(schema: JsonObject, { random, optional, at }: Attempt, name: string): unknown {
    const referral = optional ? referralOf(this.#document, schema) : undefined;
    if (!referral) return undefined;
    const count = referral.holds === 'address' ? 1 : REFERENCES;
    const found = this.#refer(referral, { name, count, random, at });
    if (referral.holds === 'addresses') return found;
    return found[0] ?? makeText({ ...referral.address, format: 'uri' }, random, name);
  }

  /**
   * Picks one of a schema's alternatives, text before objects: a field should refer rather than contain. If fields are
   * wished for, only an object can have them.
   */
  #branch(schema: JsonObject, attempt: Attempt, depth: number, hasFields = false): JsonObject | undefined {
    const { oneOf, anyOf, discriminator, ...own } = schema;
    let result: JsonObject = own;
    for (const branches of [list(oneOf), list(anyOf)]) {
      if (branches.length === 0) continue;
      const flat = branches.map((branch) => ({ branch, schema: flatten(this.#document, branch) }));
      const isNull = (schema: JsonObject | undefined) =>
        schema !== undefined && typesOf(schema)[0] === 'null';
      // A schema that contains itself has to end somewhere.
      const end = depth >= DEPTH ? flat.filter(({ schema }) => isNull(schema)) : [];
      const all =
        end.length > 0 ? end : flat.filter(({ schema }) => schema && !(isNull(schema) && flat.length > 1));
      const objects = hasFields ? all.filter(({ schema }) => typesOf(schema ?? {})[0] === 'object') : [];
      const possible = objects.length > 0 ? objects : all;
      const text = possible.find(({ schema }) => typesOf(schema ?? {})[0] === 'string');
      const first = text ?? possible[0];
      const chosen =
        attempt.vary && !(text && attempt.examples) && possible.length > 0
          ? attempt.random.pick(possible)
          : first;
      if (!chosen?.schema) return undefined;
      // An alternative may have alternatives of its own.
      const inner = this.#branch(chosen.schema, attempt, depth, hasFields);
      if (!inner) return undefined;
      result = discriminated(combine(result, inner), discriminator, chosen.branch);
    }
    if (isObject(result.then) && attempt.random.chance(0.5)) {
      const held = [result.if, result.then].map((part) => flatten(this.#document, part) ?? {});
      result = held.reduce(combine, result);
    } else if (isObject(result.else)) {
      result = combine(result, flatten(this.#document, result.else) ?? {});
    }
    return result;
  }

  #example(schema: JsonObject, { vary, random }: Attempt): unknown {
    const choices = list(schema.enum);
    if (vary && choices.length > 0) return undefined;
    const given = [
      schema.example,
      ...(Array.isArray(schema.examples) ? schema.examples : []),
      schema.default,
    ];
    const usable = given.filter((value) => value !== undefined && value !== null);
    return vary && usable.length > 1 ? random.pick(usable) : usable[0];
  }

  #object(schema: JsonObject, attempt: Attempt, depth: number, fields: JsonObject): JsonObject | undefined {
    const properties = new Map(isObject(schema.properties) ? Object.entries(schema.properties) : []);
    const required = new Set(list(schema.required).map(String));
    // A map, since a property may have the name of a member that every object has.
    const result = new Map<string, unknown>();
    const add = (name: string) => {
      const value = this.#value(properties.get(name) ?? {}, attempt, name, depth + 1);
      if (value !== undefined) result.set(name, value);
      return value !== undefined;
    };
    const open: string[] = [];
    for (const name of new Set([...properties.keys(), ...required])) {
      const property = flatten(this.#document, properties.get(name) ?? {});
      if (property?.[attempt.sent ? 'readOnly' : 'writeOnly'] === true) continue;
      if (Object.hasOwn(fields, name)) result.set(name, fields[name]);
      else if (!required.has(name) && !(attempt.optional && depth < DEPTH)) open.push(name);
      else if (!add(name) && required.has(name)) {
        if (!property || !typesOf(property).includes('null')) return undefined;
        result.set(name, null);
      }
    }
    for (const name of open) if (result.size < Number(schema.minProperties ?? 0)) add(name);
    for (const name of neededBy(schema, result)) if (open.includes(name) && !result.has(name)) add(name);
    return this.#filledUp(Object.fromEntries(result), schema, attempt, depth);
  }

  /** Adds unnamed members if there must be more than the schema names. */
  #filledUp(result: JsonObject, schema: JsonObject, attempt: Attempt, depth: number): JsonObject | undefined {
    const least = Number(schema.minProperties ?? 0);
    const isMap = !isObject(schema.properties) && isObject(schema.additionalProperties) && depth < DEPTH;
    const wanted = Math.max(least, isMap && attempt.optional ? 1 : 0);
    const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    for (let number = 1; Object.keys(result).length < wanted && number <= wanted * 2; number += 1) {
      const [pattern, patterned] = attempt.random.pick(patterns) ?? [];
      const name = this.#memberName(pattern ? { pattern } : schema.propertyNames, number, attempt);
      if (name === undefined || Object.hasOwn(result, name)) continue;
      const value = this.#value(patterned ?? schema.additionalProperties ?? {}, attempt, name, depth + 1);
      if (value !== undefined) result[name] = value;
    }
    return result;
  }

  /** A name for a member that the schema doesn't name itself. */
  #memberName(names: unknown, number: number, { random }: Attempt): string | undefined {
    const schema = names === undefined ? undefined : flatten(this.#document, names);
    if (!schema) return `member${number}`;
    const [given] = list(schema.enum).slice(number - 1);
    return given === undefined ? makeText(schema, random, `member${number}`) : String(given);
  }

  #array(schema: JsonObject, attempt: Attempt, name: string, depth: number): unknown[] | undefined {
    const first = list(schema.prefixItems);
    const held = schema.contains === undefined ? 0 : Number(schema.minContains ?? 1);
    const least = Math.max(Number(schema.minItems ?? 0), held);
    const most = Number(schema.maxItems ?? Number.POSITIVE_INFINITY);
    const count = Math.min(most, Math.max(least, attempt.optional && depth < DEPTH ? 2 : 0, first.length));
    const items: unknown[] = [];
    // Try more than once, since items may have to differ.
    for (let tries = 0; items.length < count && tries < count * 8; tries += 1) {
      const source =
        first[items.length] ?? (items.length < held ? schema.contains : undefined) ?? schema.items;
      const fractional = schema.uniqueItems === true && tries > count;
      const varied = { ...attempt, vary: attempt.vary || items.length > 0, fractional };
      const item = this.#value(source ?? {}, varied, name, depth + 1);
      if (item === undefined) break;
      if (
        schema.uniqueItems !== true ||
        !items.some((other) => JSON.stringify(other) === JSON.stringify(item))
      ) {
        items.push(item);
      }
    }
    return items.length < least ? undefined : items;
  }
}

/** Sets the discriminator field to the object's own kind, if the document has a discriminator. */
function discriminated(schema: JsonObject, discriminator: unknown, branch: unknown): JsonObject {
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return schema;
  const mapping = isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const ref = isObject(branch) ? branch.$ref : undefined;
  const kind = mapping.find(([, target]) => target === ref)?.[0] ?? componentName(branch);
  if (kind === undefined) return schema;
  return combine(schema, { properties: { [discriminator.propertyName]: { enum: [kind] } } });
}

/** The members that an object's members require (`dependentRequired`), and those that these require in turn. */
function neededBy({ dependentRequired }: JsonObject, members: ReadonlyMap<string, unknown>): Set<string> {
  const needed = new Set(members.keys());
  if (!isObject(dependentRequired)) return needed;
  for (const name of needed)
    if (Object.hasOwn(dependentRequired, name))
      for (const other of list(dependentRequired[name])) needed.add(String(other));
  return needed;
}
