import { isDeepStrictEqual } from 'node:util';
import { fingerprint, stableText } from '../normalise/fingerprint.js';
import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import { type Closure, EMPTY, type Shape } from '../normalise/types.js';
import { allowsType } from '../normalise/values.js';
import { list, show } from './place.js';

/** A difference between the keywords of two shapes. */
export interface FacetDifference {
  message: string;
  /** The shape, with only this taken from the other one. */
  swap: (shape: Shape, other: Shape) => Shape;
  /** Only what this is about: where to look for a value that shows it. */
  focus: (shape: Shape) => Shape;
  /** The bound that differs. */
  bound?: string;
  /** What the old document allows has another type in code than all that the new one allows. */
  retypes?: boolean;
}

/** Compares the keywords of two shapes; the schemas inside them are compared elsewhere. */
export function compareFacets(before: Shape, after: Shape): FacetDifference[] {
  return [
    ...compareTypes(before, after),
    ...compareValues(before, after),
    ...compareBounds(before, after),
    ...compareRequired(before, after),
    ...compareLists(before, after),
    ...comparePatternProperties(before, after),
    ...compareClosures(before, after),
    ...compareTests(before, after),
  ];
}

function facet<K extends keyof Shape>(message: string, ...keys: K[]): FacetDifference {
  const pick = (shape: Shape) => Object.fromEntries(keys.map((key) => [key, shape[key]])) as Partial<Shape>;
  return {
    message,
    swap: (shape, other) => ({ ...shape, ...pick(other) }),
    focus: (shape) => ({ ...EMPTY, ...pick(shape) }),
  };
}

/** A list of constants determines its types. */
function compareTypes(before: Shape, after: Shape): FacetDifference[] {
  if (before.never !== after.never)
    return [facet(`allows ${after.never ? 'nothing' : 'something'} now`, 'never')];
  if (isDeepStrictEqual(before.types, after.types) || (before.values && after.values)) return [];
  // A list of constants that was added or removed says everything if its types were allowed anyway.
  const [listed, other] = before.values ? [before, after] : [after, before];
  if (listed.values && listed.types?.every((type) => allowsType(other.types, type))) return [];
  const name = (types: Shape['types']) =>
    types === undefined ? 'any' : types.length === 1 ? show(types[0]) : show(types);
  const retypes = needsOtherCode(before.types, after.types);
  return [{ ...facet(`type ${name(before.types)} → ${name(after.types)}`, 'types'), retypes }];
}

/** Whether code that sends a value of the first types doesn't compile with the others. */
export function needsOtherCode(before: Shape['types'], after: Shape['types']): boolean {
  if (after === undefined) return false;
  const inCode = (types: readonly string[]) => types.map((type) => (type === 'integer' ? 'number' : type));
  const known = inCode(after);
  return before === undefined || inCode(before).some((type) => !known.includes(type));
}

function compareValues(before: Shape, after: Shape): FacetDifference[] {
  const [one, other] = [before.values, after.values];
  if (!one || !other) {
    if (one === other) return [];
    const { list: values = [], constant } = one ?? other ?? {};
    return [facet(`${constant ? 'const' : 'enum'} ${show(values)} ${one ? 'removed' : 'added'}`, 'values')];
  }
  const has = (values: readonly unknown[], value: unknown) =>
    values.some((candidate) => isDeepStrictEqual(candidate, value));
  const gained = other.list.filter((value) => !has(one.list, value));
  const lost = one.list.filter((value) => !has(other.list, value));
  // A constant that is exchanged for another one is neither an added nor a removed value.
  if ((one.constant || other.constant) && gained.length > 0 && lost.length > 0) {
    return [facet(`${show(one.list)} → ${show(other.list)}`, 'values')];
  }
  const only = (message: string, values: readonly unknown[]): FacetDifference => ({
    message,
    swap: (shape) => {
      const own = shape.values?.list ?? [];
      const held = own.some((value) => has(values, value));
      const swapped = held ? own.filter((value) => !has(values, value)) : [...own, ...values];
      return { ...shape, values: { constant: false, list: swapped } };
    },
    focus: (shape) => ({ ...EMPTY, values: shape.values }),
  });
  const plural = (values: readonly unknown[]) => (values.length === 1 ? 'value' : 'values');
  return [
    ...(gained.length > 0 ? [only(`new ${plural(gained)} ${list(gained)}`, gained)] : []),
    ...(lost.length > 0 ? [only(`${plural(lost)} ${list(lost)} gone`, lost)] : []),
  ];
}

function compareBounds(before: Shape, after: Shape): FacetDifference[] {
  const keywords = new Set([...Object.keys(before.bounds), ...Object.keys(after.bounds)]);
  return [...keywords].flatMap((keyword): FacetDifference[] => {
    const [one, other] = [before.bounds[keyword], after.bounds[keyword]];
    if (one === other) return [];
    return [
      {
        message: changed(keyword, one, other),
        bound: keyword,
        swap: (shape, { bounds }) => {
          const { [keyword]: _, ...others } = shape.bounds;
          const bound = bounds[keyword];
          return { ...shape, bounds: bound === undefined ? others : { ...others, [keyword]: bound } };
        },
        focus: ({ bounds }) => {
          const bound = bounds[keyword];
          return bound === undefined ? EMPTY : { ...EMPTY, bounds: { [keyword]: bound } };
        },
      },
    ];
  });
}

/** If a member was added or removed, its being required isn't a separate difference. */
function compareRequired(before: Shape, after: Shape): FacetDifference[] {
  const inBoth = (name: string) =>
    before.properties.has(name) === after.properties.has(name) &&
    !before.hidden.has(name) &&
    !after.hidden.has(name);
  const gained = after.required.filter((name) => !before.required.includes(name) && inBoth(name));
  const lost = before.required.filter((name) => !after.required.includes(name) && inBoth(name));
  const only = (verb: string, names: readonly string[]): FacetDifference[] =>
    names.length === 0
      ? []
      : [
          {
            message: `required ${verb} ${list(names)}`,
            swap: (shape, other) => {
              const rest = shape.required.filter((name) => !names.includes(name));
              return { ...shape, required: [...rest, ...names.filter((n) => other.required.includes(n))] };
            },
            focus: () => ({ ...EMPTY, required: names }),
          },
        ];
  return [...only('gains', gained), ...only('loses', lost)];
}

function compareLists(before: Shape, after: Shape): FacetDifference[] {
  const found: FacetDifference[] = [];
  for (const [keyword, key] of [
    ['multipleOf', 'multiples'],
    ['pattern', 'patterns'],
    ['format', 'formats'],
  ] as const) {
    if (isDeepStrictEqual(before[key], after[key])) continue;
    const one = (values: readonly unknown[]) =>
      values.length === 0 ? undefined : values.length === 1 ? values[0] : values;
    found.push(facet(changed(keyword, one(before[key]), one(after[key])), key));
  }
  if (before.unique !== after.unique)
    found.push(facet(`uniqueItems ${after.unique ? 'added' : 'removed'}`, 'unique'));
  if (
    Boolean(before.items) !== Boolean(after.items) ||
    before.prefixItems.length !== after.prefixItems.length
  ) {
    found.push(facet(`items ${arrayText(before)} → ${arrayText(after)}`, 'items', 'prefixItems'));
  }
  return found;
}

function arrayText({ items, prefixItems }: Shape): string {
  return [...prefixItems.map(briefly), items ? `${briefly(items)}…` : 'any…'].join(', ');
}

function comparePatternProperties(before: Shape, after: Shape): FacetDifference[] {
  const patterns = new Set([...before.patternProperties.keys(), ...after.patternProperties.keys()]);
  return [...patterns].flatMap((pattern): FacetDifference[] => {
    if (before.patternProperties.has(pattern) === after.patternProperties.has(pattern)) return [];
    const gone = before.patternProperties.has(pattern);
    const only = ({ patternProperties }: Shape) => {
      const schema = patternProperties.get(pattern);
      return new Map(schema ? [[pattern, schema]] : []);
    };
    return [
      {
        message: `patternProperties ${show(pattern)} ${gone ? 'removed' : 'added'}`,
        swap: (shape, other) => {
          const others = [...shape.patternProperties].filter(([name]) => name !== pattern);
          return {
            ...shape,
            patternProperties: new Map([...others, ...only(other)]),
            closures: shape.closures.map((closure) => ({
              ...closure,
              patterns: [...closure.patterns.filter((p) => p !== pattern), ...only(other).keys()],
            })),
          };
        },
        focus: (shape) => ({ ...EMPTY, patternProperties: only(shape) }),
      },
    ];
  });
}

function compareClosures(before: Shape, after: Shape): FacetDifference[] {
  const texts = [before, after].map(({ closures }) =>
    closures
      .map(({ rest }) => fingerprint(rest))
      .sort()
      .join(),
  );
  // The values of two maps are compared as schemas inside them.
  if (texts[0] === texts[1] || (isMap(before) && isMap(after))) return [];
  const name = ({ closures }: Shape) =>
    closures.length === 0 ? 'true' : closures.map(({ rest }) => briefly(rest)).join();
  return [
    {
      message: `additionalProperties ${name(before)} → ${name(after)}`,
      swap: (shape, other) => {
        const names = [...shape.properties.keys(), ...shape.hidden];
        const known = (closure: Closure) => [...new Set([...closure.known, ...names])];
        return {
          ...shape,
          closures: other.closures.map((closure) => ({ ...closure, known: known(closure) })),
        };
      },
      focus: ({ closures }) => ({ ...EMPTY, closures }),
    },
  ];
}

export function isMap({ closures }: Shape): boolean {
  const [closure, ...others] = closures;
  return (
    closure !== undefined && others.length === 0 && closure.rest.pieces.every(({ value }) => value !== false)
  );
}

/** Keywords that test a value as a whole: trying values shows how two of them differ. */
function compareTests(before: Shape, after: Shape): FacetDifference[] {
  const found: FacetDifference[] = [];
  const compare = <K extends keyof Shape>(keyword: string, key: K, text: (value: Shape[K]) => string) => {
    const [one, other] = [text(before[key]), text(after[key])];
    if (one === other) return;
    const isEmpty = (value: Shape[K]) => text(value) === text(EMPTY[key]);
    const how = isEmpty(before[key]) ? 'added' : isEmpty(after[key]) ? 'removed' : 'changed';
    found.push(facet(`${keyword} ${how}`, key));
  };
  const print = (schema: Schema | undefined) => (schema ? fingerprint(schema) : '');
  const map = (schemas: ReadonlyMap<string, Schema>) =>
    stableText(Object.fromEntries([...schemas].map(([name, schema]) => [name, fingerprint(schema)])));
  compare('propertyNames', 'propertyNames', print);
  compare('dependentRequired', 'dependentRequired', (value) => stableText(Object.fromEntries(value)));
  compare('dependentSchemas', 'dependentSchemas', map);
  compare('not', 'not', (value) => value.map(print).sort().join());
  compare('if', 'conditions', (value) =>
    value
      .map((c) => [print(c.if), print(c.then), print(c.else)].join())
      .sort()
      .join(),
  );
  compare('contains', 'contains', (value) =>
    value
      .map(({ schema, min, max }) => [print(schema), min, max].join())
      .sort()
      .join(),
  );
  compare('unevaluatedProperties', 'opaque', (value) =>
    value
      .map(({ unevaluated }) => stableText(unevaluated))
      .sort()
      .join(),
  );
  return found;
}

function changed(keyword: string, before: unknown, after: unknown): string {
  if (before === undefined) return `${keyword} ${show(after)} added`;
  if (after === undefined) return `${keyword} ${show(before)} removed`;
  return `${keyword} ${show(before)} → ${show(after)}`;
}

/** Describes a schema in a word or two. */
export function briefly(schema: Schema): string {
  if (schema.pieces.some(({ value }) => value === false)) return 'false';
  const component = /^#\/components\/schemas\/([^/]+)$/.exec(schema.pointer)?.[1];
  if (component !== undefined) return component;
  const { types, values, formats } = shapeOf(schema);
  if (values) return show(values.list);
  return types === undefined ? 'any' : [types.join(' or '), ...formats.map((name) => `(${name})`)].join(' ');
}
