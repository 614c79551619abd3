import { patternOf } from '../../../../src/document/index.js';
import type { Random } from '../../../../src/testing/made/random.js';
import { isAddress } from '../compare/unions.js';
import { covers, shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Shape } from '../normalise/types.js';
import { allowsType, typesOf } from '../normalise/values.js';
import { companionsOf, itemsOf, membersOf } from './companions.js';
import { LARGEST } from './largest.js';
import { sampleNumber } from './numbers.js';
import { longerString, matching, sampleOfLength, sampleString, strayString } from './strings.js';

/** A value that must be at a place inside the generated value. */
export interface Aim {
  steps: readonly Step[];
  value: unknown;
}

export interface Wish {
  random: Random;
  /** Probability that an optional member is included. */
  optional: number;
  /** Other shapes whose bounds and names are worth trying here, because they may be what is refused. */
  companions?: readonly Shape[];
  /** Members that only the other document knows; users of this one don't send them. */
  forbidden?: ReadonlySet<string>;
  /** Adds members of other branches to values of one branch of a union. */
  mixed?: boolean;
  aim?: Aim;
  depth?: number;
}

/** There is no such value, or none was found in time; the next try may succeed. */
export class CantMake extends Error {}

const DEEPEST = 12;
/** Longer lists have no long lists inside, and repeat their items. */
const LONG = 20;
const TYPES = ['string', 'integer', 'object', 'boolean', 'null', 'array', 'number'];

/**
 * Generates a value that the schema probably allows. Constraints across several members are left to chance, so the
 * caller has to check the value.
 *
 * @throws CantMake
 */
export function generate(schema: Schema, wish: Wish): unknown {
  if (wish.aim?.steps.length === 0) return wish.aim.value;
  const depth = wish.depth ?? 0;
  const shape = shapeOf(schema);
  if (shape.never || depth > DEEPEST) throw new CantMake();
  const [step] = wish.aim?.steps ?? [];
  const [union] = shape.unions;
  if (step?.to === 'branch') {
    const branch = shape.unions.find(({ keyword }) => keyword === step.keyword)?.branches[step.index];
    if (!branch) throw new CantMake();
    const aim = { steps: wish.aim?.steps.slice(1) ?? [], value: wish.aim?.value };
    return generate(schema.source.branch(schema, step.keyword, branch), { ...wish, aim });
  }
  if (union) {
    const branch = wish.random.pick(likely(schema, union.branches, wish));
    if (!branch) throw new CantMake();
    // A value of one branch that nearly fits another may fit both one day.
    const others = wish.mixed ? union.branches.filter((other) => other !== branch).map(shapeOf) : [];
    const companions = [...(wish.companions ?? []), ...others];
    const narrowed = schema.source.branch(schema, union.keyword, branch);
    return generate(narrowed, { ...wish, companions, depth: depth + 0.5 });
  }
  return ofShape(schema, shape, { ...wish, depth, companions: companionsOf(wish.companions ?? []) });
}

/** If a field is a resource's URL unless expanded, an answer has the URL, since nobody asked for more. */
function likely(schema: Schema, branches: readonly Schema[], wish: Wish): readonly Schema[] {
  const texts = branches.filter(isAddress);
  const isObject = (branch: Schema) =>
    shapeOf(branch).types?.includes('object') || shapeOf(branch).properties.size > 0;
  if (schema.source.direction === 'received' && texts.length > 0 && branches.some(isObject)) {
    return branches.filter((branch) => !isObject(branch));
  }
  if ((wish.depth ?? 0) < 4) return branches;
  const flat = branches.filter((branch) => !isObject(branch));
  return flat.length > 0 ? flat : branches;
}

type Placed = Wish & { depth: number; companions: readonly Shape[] };

function ofShape(schema: Schema, shape: Shape, wish: Placed): unknown {
  const { random, companions } = wish;
  const [step] = wish.aim?.steps ?? [];
  if (!step && shape.values && (shape.values.constant || !companions.length || random.chance(0.9))) {
    if (shape.values.list.length === 0) throw new CantMake();
    return random.pick(shape.values.list);
  }
  const type = step ? (step.to === 'item' ? 'array' : 'object') : typeFor(shape, wish);
  if (!step && companions.length > 0 && random.chance(0.2)) {
    const values = companions.flatMap(({ values: own }) => own?.list ?? []);
    const fitting = values.filter((value) => typesOf([value]).includes(type));
    if (fitting.length > 0) return random.pick(fitting);
  }
  switch (type) {
    case 'object':
      return objectOf(schema, shape, wish);
    case 'array':
      return arrayOf(schema, shape, wish);
    case 'string':
      return stringOf(shape, companions, random);
    case 'integer':
    case 'number':
      return sampleNumber(shape, type, companions, random);
    case 'boolean':
      return random.chance(0.5);
    default:
      return null;
  }
}

function stringOf(shape: Shape, companions: readonly Shape[], random: Random): string {
  const other = random.pick(companions);
  if (!other) return sampleString(shape, random);
  if (random.chance(0.4))
    return random.chance(0.2) ? longerString(shape, random) : sampleString(shape, random);
  const measured = random.pick(companions.filter(hasLength));
  if (measured && random.chance(0.4)) return sampleOfLength(shape, measured, random);
  return random.chance(0.5) ? strayString(other, random) : sampleString(other, random);
}

function hasLength({ bounds }: Shape): boolean {
  return bounds.minLength !== undefined || bounds.maxLength !== undefined;
}

function typeFor(shape: Shape, { random, companions }: Placed): string {
  const allowed = TYPES.filter((type) => allowsType(shape.types, type));
  const hinted = companions.length > 0 ? companions.flatMap(({ types }) => types ?? []) : [];
  const pool = hinted.filter((type) => allowed.includes(type));
  // A shape that constrains members or items is most likely meant for an object or an array.
  const meant = [shape, ...companions].flatMap((one) => impliedTypes(one)).filter((t) => allowed.includes(t));
  const from =
    meant.length > 0 && random.chance(0.7) ? meant : pool.length > 0 && random.chance(0.5) ? pool : allowed;
  const type = random.pick(from);
  if (type === undefined) throw new CantMake();
  return type;
}

function impliedTypes(shape: Shape): string[] {
  if (shape.types !== undefined && shape.types.length === 1) return [];
  const about = Object.keys(shape.bounds).join();
  return [
    ...(shape.properties.size + shape.required.length + shape.dependentRequired.size > 0 ? ['object'] : []),
    ...(shape.patternProperties.size + shape.closures.length + shape.dependentSchemas.size > 0
      ? ['object']
      : []),
    ...(shape.items || shape.prefixItems.length > 0 || shape.contains.length > 0 ? ['array'] : []),
    ...(shape.patterns.length + shape.formats.length > 0 || /Length/.test(about) ? ['string'] : []),
    ...(/imum/.test(about) || shape.multiples.length > 0 ? ['number', 'integer'] : []),
    ...(/Items/.test(about) ? ['array'] : []),
    ...(/Properties/.test(about) ? ['object'] : []),
  ];
}

function objectOf(schema: Schema, shape: Shape, wish: Placed): Record<string, unknown> {
  const { random, companions } = wish;
  const [step] = wish.aim?.steps ?? [];
  const aimed =
    step?.to === 'property'
      ? step.name
      : step?.to === 'member'
        ? memberName(shape, step.pattern, random)
        : undefined;
  const chosen = new Set(shape.required);
  if (wish.depth < 6) {
    // Of many optional members, a few at a time are enough.
    const few = Math.min(wish.optional, 4 / shape.properties.size);
    const optional = companions.length > 0 ? Math.max(few, 0.1) : few;
    for (const name of shape.properties.keys())
      if (random.chance(optional / (1 + wish.depth))) chosen.add(name);
    for (const name of companions.flatMap(namesOf)) {
      if (random.chance(0.5)) chosen.add(name);
    }
  }
  if (companions.length > 0) addStrangers(chosen, shape, wish);
  if (aimed !== undefined) chosen.add(aimed);
  for (const name of chosen) {
    if (random.chance(0.8)) for (const needed of shape.dependentRequired.get(name) ?? []) chosen.add(needed);
  }
  for (const name of wish.forbidden ?? []) if (name !== aimed) chosen.delete(name);
  fitCount(chosen, shape, wish, aimed);
  const made: [string, unknown][] = [];
  for (const name of chosen) {
    const within = name === aimed ? { aim: rest(wish.aim) } : {};
    const member = memberSchema(shape, name);
    if (member && shapeOf(member).never && name !== aimed) continue;
    try {
      made.push([name, inner(schema, member, wish, membersOf(companions, name), within)]);
    } catch (cause) {
      // Leave out an optional member that can't be generated.
      if (!(cause instanceof CantMake) || name === aimed || shape.required.includes(name)) throw cause;
    }
  }
  return Object.fromEntries(made);
}

/** Adds members that neither document knows, which a closed object refuses. */
function addStrangers(chosen: Set<string>, shape: Shape, { random, companions }: Placed): void {
  const isClosed = ({ closures, opaque, propertyNames, bounds }: Shape) =>
    closures.length + opaque.length > 0 || propertyNames || bounds.maxProperties !== undefined;
  if ([shape, ...companions].some(isClosed) && random.chance(0.3)) chosen.add('unlisted');
  for (const one of [shape, ...companions]) {
    for (const pattern of one.patternProperties.keys()) {
      const name = random.pick(matching(pattern));
      if (name !== undefined && random.chance(0.4)) chosen.add(name);
    }
    const name = one.propertyNames && random.chance(0.3) && random.pick([0, 1]);
    if (name === 0 && one.propertyNames) chosen.add(sampleString(shapeOf(one.propertyNames), random));
    if (name === 1 && one.propertyNames) chosen.add(strayString(shapeOf(one.propertyNames), random));
    if (one.closures.length > 0 && random.chance(0.3)) chosen.add('other');
  }
}

function namesOf(shape: Shape): string[] {
  return [
    ...shape.properties.keys(),
    ...shape.required,
    ...shape.dependentRequired.keys(),
    ...[...shape.dependentRequired.values()].flat(),
    ...shape.dependentSchemas.keys(),
  ];
}

function fitCount(chosen: Set<string>, shape: Shape, wish: Placed, aimed: string | undefined): void {
  const { random, companions } = wish;
  const bounds = [shape, ...companions].flatMap(({ bounds: own }) => [own.minProperties, own.maxProperties]);
  const own = shape.bounds;
  const wished =
    companions.length > 0 && random.chance(0.5)
      ? random.pick(bounds.filter((b) => b !== undefined))
      : undefined;
  const least = Math.max(own.minProperties ?? 0, wished === undefined ? 0 : wished + random.integer(-1, 1));
  // In any order, and at times without those that it names: the members that are left out may be what counts.
  for (let i = 1; chosen.size < least && i < LARGEST.members; i++) {
    const left = [...shape.properties.keys()].filter((name) => !chosen.has(name));
    chosen.add((random.chance(0.7) && random.pick(left)) || `member${i}`);
  }
  const most = wished === undefined ? own.maxProperties : Math.max(wished + random.integer(-1, 1), 0);
  for (const name of [...chosen]) {
    if (most !== undefined && chosen.size > most && !shape.required.includes(name) && name !== aimed)
      chosen.delete(name);
  }
}

function memberName(shape: Shape, pattern: string | undefined, random: Random): string {
  const name = pattern === undefined ? 'other' : random.pick(matching(pattern));
  if (name === undefined || (pattern === undefined && shape.properties.has(name))) throw new CantMake();
  return name;
}

function memberSchema(shape: Shape, name: string): Schema | undefined {
  return (
    shape.properties.get(name) ??
    [...shape.patternProperties].find(([pattern]) => patternOf(pattern).test(name))?.[1] ??
    shape.closures.find((closure) => !covers(closure, name))?.rest
  );
}

function arrayOf(schema: Schema, shape: Shape, wish: Placed): unknown[] {
  const { random, companions } = wish;
  const [step] = wish.aim?.steps ?? [];
  const bounds = [shape, ...companions].flatMap(({ bounds: own }) => [own.minItems, own.maxItems]);
  const reachable = bounds.filter((bound) => bound !== undefined && bound < LARGEST.items);
  const wished = companions.length > 0 ? random.pick(reachable) : undefined;
  const least = shape.bounds.minItems ?? 0;
  const length = Math.min(
    wished === undefined || random.chance(0.4)
      ? Math.min(Math.max(least, wish.depth > 4 ? 0 : random.integer(0, 3)), shape.bounds.maxItems ?? 100)
      : Math.max(wished + random.integer(-1, 1), 0),
    LARGEST.items,
  );
  // Long lists inside long lists would give millions of items; one long list is enough to test its own bound.
  const within = length > LONG ? [] : companions;
  const at = step?.to === 'item' ? step.index : -1;
  const items: unknown[] = [];
  const seen = new Set<string>();
  const contained = [shape, ...companions].flatMap(({ contains }) => contains);
  for (let index = 0; index < Math.max(length, at + 1); index++) {
    if (index > LONG && index > at && !shape.unique) {
      items.push(items[index - LONG]);
      continue;
    }
    const item = shape.prefixItems[index] ?? shape.items;
    const aim = index === at ? { aim: rest(wish.aim) } : {};
    const found = index !== at && random.chance(0.5) ? random.pick(contained)?.schema : undefined;
    const value = inner(schema, found ?? item, wish, itemsOf(within, index), aim);
    const text = shape.unique ? JSON.stringify(value) : '';
    if (shape.unique && seen.has(text) && index !== at) continue;
    seen.add(text);
    items.push(value);
    if (companions.length > 0 && !shape.unique && random.chance(0.15) && items.length < length)
      items.push(value);
  }
  return items;
}

function inner(
  schema: Schema,
  member: Schema | undefined,
  wish: Placed,
  companions: readonly Shape[],
  { aim }: { aim?: Aim | undefined },
): unknown {
  const { aim: _, companions: __, forbidden: ___, ...others } = wish;
  const deeper: Wish = { ...others, depth: wish.depth + 1, companions, ...(aim && { aim }) };
  return generate(member ?? schema.source.anything, deeper);
}

function rest(aim: Aim | undefined): Aim | undefined {
  return aim && { steps: aim.steps.slice(1), value: aim.value };
}
