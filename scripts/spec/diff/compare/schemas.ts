import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, tokens } from '../../../../src/document/index.js';
import { UPPER } from '../normalise/bounds.js';
import { readAsEnum, shapeOf } from '../normalise/shape.js';
import { bestPairs, nameSimilarity, similarity } from '../normalise/similarity.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import { EMPTY, type Shape } from '../normalise/types.js';
import type { Direction } from '../types.js';
import { untriedBeyond } from '../witness/largest.js';
import { allowsLong } from '../witness/strings.js';
import type { Comparison, Difference, Place, Trial } from './difference.js';
import { briefly, compareFacets, type FacetDifference, isMap, needsOtherCode } from './facets.js';
import { compareNotes } from './notes.js';
import { placeOf, schemaNameOf } from './place.js';
import {
  type Alternative,
  becameExpandable,
  compareUnions,
  keywordOf,
  membersUnknownTo,
  unionOf,
} from './unions.js';

/** Least similarity for a new field to count as a renamed one. */
const RENAMED = 0.75;

/** Compares two documents' schemas side by side; each pair only once, however often it occurs. */
export class SchemaComparisons {
  readonly #known = new Map<string, Comparison>();
  readonly #renamed: ReadonlyMap<string, string>;
  readonly #gone: ReadonlySet<string>;

  /**
   * @param renamed the old names of renamed schemas, with their new ones.
   * @param gone the names of removed schemas.
   */
  constructor(renamed: ReadonlyMap<string, string>, gone: ReadonlySet<string>) {
    this.#renamed = renamed;
    this.#gone = gone;
  }

  /** @param referrer name of the pair if it has no common name. */
  compare(before: Schema, after: Schema, direction: Direction, referrer: Place): Comparison {
    const key = `${direction} ${before.key} → ${after.key}`;
    const known = this.#known.get(key);
    if (known) return known;
    const comparison: Comparison = { old: before, new: after, direction, differences: [], edges: [] };
    this.#known.set(key, comparison);
    new Pair(this, comparison, this.#placeOf(before, after, referrer)).compare();
    return comparison;
  }

  /** Whether an operation uses the pair. */
  met(name: string, now: string): boolean {
    const pointer = (of: string) => `#/components/schemas/${of}`;
    return [...this.#known.values()].some(
      (pair) => pair.old.pointer === pointer(name) && pair.new.pointer === pointer(now),
    );
  }

  /** A component that corresponds in both documents gives its name; otherwise the referring place does. */
  #placeOf(before: Schema, after: Schema, referrer: Place): Place {
    const shared =
      before.pointers.length === after.pointers.length &&
      before.pointers.every((pointer, index) => this.#isSame(pointer, after.pointers[index] ?? ''));
    if (shared) return { text: placeOf(after.pointer), pointer: after.pointer };
    // A schema that is now written out in many places is reported once, under its former name.
    const former = before.pointers.length === 1 ? schemaNameOf(before.pointer) : undefined;
    return former !== undefined && this.#gone.has(former)
      ? { text: placeOf(before.pointer), pointer: before.pointer }
      : referrer;
  }

  #isSame(pointer: string, nowPointer: string): boolean {
    const [root, kind, name = ''] = tokens(pointer);
    const [nowRoot, nowKind, nowName] = tokens(nowPointer);
    const same = kind === 'schemas' ? (this.#renamed.get(name) ?? name) === nowName : name !== '';
    return root === 'components' && nowRoot === 'components' && kind === nowKind && same;
  }
}

/** Two corresponding schemas. */
class Pair {
  readonly #all: SchemaComparisons;
  readonly #comparison: Comparison;
  readonly #place: Place;
  #before: Shape;
  readonly #after: Shape;

  constructor(all: SchemaComparisons, comparison: Comparison, place: Place) {
    this.#all = all;
    this.#comparison = comparison;
    this.#place = place;
    this.#before = shapeOf(comparison.old);
    this.#after = shapeOf(comparison.new);
  }

  compare(): void {
    this.#compareNotes();
    const { old: before, new: after } = this.#comparison;
    const unions = compareUnions(before, after);
    if (unions) {
      this.#compareUnions(unions);
      return;
    }
    if (this.#comparison.direction === 'received') this.#readGrownConstant();
    for (const facet of compareFacets(this.#before, this.#after)) this.#addFacet(facet);
    this.#compareSeveralUnions();
    this.#compareProperties();
    this.#compareWithin();
  }

  /** A constant of answers that is one of several values now has grown, as an enum of one value has. */
  #readGrownConstant(): void {
    const [was, is] = [this.#before.values, this.#after.values];
    if (!was?.constant || !is || is.constant) return;
    const stays = was.list.every((value) => is.list.some((other) => isDeepStrictEqual(value, other)));
    if (stays) this.#before = readAsEnum(this.#comparison.old);
  }

  #compareNotes(): void {
    const noted = (schema: Schema): JsonObject => {
      const names = schema.pieces.flatMap(({ value }) => (isObject(value) ? Object.keys(value) : []));
      return Object.fromEntries(names.map((name) => [name, schema.note(name)]));
    };
    const { old: before, new: after, direction } = this.#comparison;
    this.#comparison.differences.push(...compareNotes(this.#place, noted(before), noted(after), direction));
  }

  #compareUnions(unions: NonNullable<ReturnType<typeof compareUnions>>): void {
    const { old: before, new: after, direction } = this.#comparison;
    for (const [one, other] of unions.pairs) {
      this.#within(one.schema, other.schema, this.#place, one.steps, other.steps);
    }
    if (direction === 'received' && becameExpandable(before, unions)) {
      this.#rule('compatible', 'can be expanded now', 'an answer has the object only for who asks for it');
      return;
    }
    const kept = unions.pairs.map(([one, other]) => (direction === 'sent' ? one : other));
    const [accepting, refusing] = direction === 'sent' ? [before, after] : [after, before];
    // A schema that becomes a union counts as a union of one branch: `oneOf` or `anyOf`, as the new one is.
    const keyword = keywordOf(accepting) ?? keywordOf(refusing) ?? 'anyOf';
    // Added and removed branches are judged separately, next to the branches that stay.
    const mine = direction === 'sent' ? unions.gone : unions.added;
    const all = [...kept, ...mine];
    const union = (alternatives: readonly Alternative[], of = keyword) => unionOf(alternatives, of);
    const focus = [...unions.gone, ...unions.added].map(({ schema }) => shapeOf(schema));
    const trial = (base: Shape, variant: Shape) => this.#trial(base, variant, focus);
    for (const { schema } of unions.gone) {
      const text = `no longer allows ${briefly(schema)}`;
      const retypes = needsOtherCode(shapeOf(schema).types, typesOfAll(unions.pairs.map(([, now]) => now)));
      const variant = direction === 'sent' ? union(kept) : union(all);
      this.#add(text, { ...trial(union(all), variant), retypes });
    }
    for (const { schema } of unions.added) {
      const variant = direction === 'sent' ? [...kept, { schema, steps: [] }] : kept;
      this.#add(
        `allows ${briefly(schema)}, too`,
        trial(union(direction === 'sent' ? kept : all), union(variant)),
      );
    }
    const [was, is] = [keywordOf(before), keywordOf(after)];
    if (was && is && was !== is) {
      const strictest = direction === 'sent' ? is : was;
      this.#add(`${was} → ${is}`, trial(union(all), union(all, strictest)));
    }
  }

  /** With several unions at once we can't tell which branches correspond, so they are tried as a whole. */
  #compareSeveralUnions(): void {
    const [before, after] = [this.#before, this.#after];
    if (before.unions.length + after.unions.length === 0) return;
    before.unions.forEach((union, index) => {
      const other = after.unions[index];
      if (!other) return;
      union.branches.forEach((branch, at) => {
        const now = other.branches[at];
        if (!now) return;
        const step = (keyword: 'anyOf' | 'oneOf'): Step[] => [{ to: 'branch', keyword, index: at }];
        this.#within(branch, now, this.#place, step(union.keyword), step(other.keyword));
      });
    });
    const count = ({ unions }: Shape) => unions.map((u) => `${u.keyword} of ${u.branches.length}`).join(', ');
    if (count(before) === count(after)) return;
    this.#addFacet({
      message: `${count(before) || 'no union'} → ${count(after) || 'no union'}`,
      swap: (shape, { unions }) => ({ ...shape, unions }),
      focus: ({ unions }) => ({ ...EMPTY, unions }),
    });
  }

  #compareProperties(): void {
    const [before, after] = [this.#before, this.#after];
    const hasAfter = (name: string) => after.properties.has(name) || after.hidden.has(name);
    const hasBefore = (name: string) => before.properties.has(name) || before.hidden.has(name);
    const gone = [...before.properties].filter(([name]) => !hasAfter(name));
    const added = [...after.properties].filter(([name]) => !hasBefore(name));
    const renamed = bestPairs(gone, added, alike, RENAMED);
    for (const [[name, was], [nowName, is]] of renamed) this.#addRenamed(name, was, nowName, is);
    const isRenamed = (name: string) => renamed.some(([[was], [is]]) => was === name || is === name);
    for (const [name, schema] of gone) if (!isRenamed(name)) this.#addProperty(name, schema, 'removed');
    for (const [name, schema] of added) if (!isRenamed(name)) this.#addProperty(name, schema, 'added');
    for (const [name, was] of before.properties) {
      const is = after.properties.get(name);
      const step: Step[] = [{ to: 'property', name }];
      if (is) this.#within(was, is, this.#member(name, is.pointer), step, step);
      if (after.hidden.has(name)) this.#addMarked(name, 'added');
    }
    for (const name of before.hidden) if (after.properties.has(name)) this.#addMarked(name, 'removed');
  }

  #addProperty(name: string, schema: Schema, how: 'removed' | 'added'): void {
    const sent = this.#comparison.direction === 'sent';
    const why = sent ? 'code that sends it no longer compiles' : 'code that reads it no longer compiles';
    const swapProperty = (shape: Shape, other: Shape) => withProperty(shape, other, name);
    const focus = (shape: Shape) => withProperty(EMPTY, shape, name);
    this.#addFacet(
      { message: how, swap: swapProperty, focus },
      { place: this.#member(name, schema.pointer), ...(how === 'removed' && { otherwise: why }) },
    );
  }

  #addRenamed(name: string, was: Schema, nowName: string, is: Schema): void {
    const place = this.#member(nowName, is.pointer);
    this.#add(
      `was "${name}": renamed`,
      { by: 'rule', impact: 'breaking', rule: 'code names the field' },
      place,
      '',
    );
    this.#within(was, is, place, [{ to: 'property', name }], [{ to: 'property', name: nowName }]);
  }

  #addMarked(name: string, how: 'added' | 'removed'): void {
    const mark = this.#comparison.direction === 'sent' ? 'readOnly' : 'writeOnly';
    const [impact, rule] =
      how === 'added'
        ? ([
            'breaking',
            `no ${this.#comparison.direction === 'sent' ? 'request' : 'answer'} has it any more`,
          ] as const)
        : (['compatible', 'one field more'] as const);
    const place = this.#member(name);
    this.#add(`${mark} true ${how}`, { by: 'rule', impact, rule }, place);
  }

  /** Compares items, the values of maps, and members by pattern. */
  #compareWithin(): void {
    const [before, after] = [this.#before, this.#after];
    if (before.items && after.items && before.prefixItems.length === after.prefixItems.length) {
      const step: Step[] = [{ to: 'item', index: before.prefixItems.length }];
      this.#within(before.items, after.items, this.#member('items'), step, step);
    }
    before.prefixItems.forEach((was, index) => {
      const is = after.prefixItems[index];
      const step: Step[] = [{ to: 'item', index }];
      if (is) this.#within(was, is, this.#member(`items.${index}`), step, step);
    });
    const [was, is] = [before.closures[0]?.rest, after.closures[0]?.rest];
    if (was && is && isMap(before) && isMap(after)) {
      this.#within(was, is, this.#member('additionalProperties'), [{ to: 'member' }], [{ to: 'member' }]);
    }
    for (const [pattern, own] of before.patternProperties) {
      const other = after.patternProperties.get(pattern);
      const step: Step[] = [{ to: 'member', pattern }];
      if (other) this.#within(own, other, this.#member(pattern), step, step);
    }
  }

  #within(
    before: Schema,
    after: Schema,
    place: Place,
    oldSteps: readonly Step[],
    newSteps: readonly Step[],
  ): void {
    const to = this.#all.compare(before, after, this.#comparison.direction, place);
    this.#comparison.edges.push({ steps: { old: oldSteps, new: newSteps }, to });
  }

  #member(name: string, pointer = this.#place.pointer): Place {
    return { text: `${this.#place.text.replace(/^Schema /, '')}.${name}`, pointer };
  }

  #addFacet(facet: FacetDifference, more: { place?: Place; otherwise?: string } = {}): void {
    const { direction } = this.#comparison;
    const [accepting, refusing] =
      direction === 'sent' ? [this.#before, this.#after] : [this.#after, this.#before];
    const trial = this.#trial(accepting, facet.swap(accepting, refusing), [
      facet.focus(accepting),
      facet.focus(refusing),
    ]);
    const { place = this.#place, otherwise = outOfReach(facet.bound, accepting, refusing) } = more;
    const { bound = '' } = facet;
    const untried = untriedBeyond(bound, [accepting.bounds[bound], refusing.bounds[bound]]);
    this.#add(
      facet.message,
      {
        ...trial,
        retypes: facet.retypes ?? false,
        ...(otherwise !== undefined && { otherwise }),
        ...(untried !== undefined && { untried }),
      },
      place,
      more.place ? '' : ':',
    );
  }

  #trial(base: Shape, variant: Shape, focus: readonly Shape[]): Trial {
    const { old: before, new: after, direction } = this.#comparison;
    const [accepting, refusing] = direction === 'sent' ? [before, after] : [after, before];
    const forbidden = membersUnknownTo(accepting, refusing);
    return { by: 'trial', accepting, base, variant, focus, forbidden };
  }

  #rule(impact: 'compatible' | 'breaking', message: string, rule: string): void {
    this.#add(message, { by: 'rule', impact, rule }, this.#place, '');
  }

  #add(message: string, plan: Difference['plan'], place = this.#place, colon = ':'): void {
    const { old: before, new: after } = this.#comparison;
    const pointers = [before.pointer, after.pointer, place.pointer];
    this.#comparison.differences.push({
      message: `${place.text}${colon} ${message}`,
      pointer: place.pointer,
      pointers,
      plan,
    });
  }
}

/** Similarity of two fields: similar names and schemas, or the same distinctive schema under any name. */
function alike([name, schema]: [string, Schema], [other, now]: [string, Schema]): number {
  const likeness = similarity(schema, now, 3);
  const { properties, items, values, patterns } = shapeOf(schema);
  const telling = properties.size > 2 || items || values || patterns.length > 0;
  const names = nameSimilarity(name, other);
  return names > 0 || (telling && likeness === 1) ? likeness * (0.8 + 0.2 * names) : 0;
}

/** The types of several alternatives; undefined if one of them allows any. */
function typesOfAll(alternatives: readonly Alternative[]): Shape['types'] {
  const types = alternatives.map(({ schema }) => shapeOf(schema).types);
  return types.includes(undefined) ? undefined : types.flatMap((names) => names ?? []);
}

function withProperty(shape: Shape, other: Shape, name: string): Shape {
  const properties = new Map(shape.properties);
  const property = other.properties.get(name);
  if (property) properties.set(name, property);
  else properties.delete(name);
  const without = shape.required.filter((required) => required !== name);
  return {
    ...shape,
    properties,
    required: other.required.includes(name) ? [...without, name] : without,
    closures: shape.closures.map((closure) => ({
      ...closure,
      known: [...closure.known.filter((known) => known !== name), ...(property ? [name] : [])],
    })),
  };
}

/** Formats whose texts are all short: a bound beyond them has no effect. */
const SHORT = /^(date|time|date-time|uuid|ipv4|ipv6)$/;

/** An upper bound may be too far out for the values that are made, yet refuse what was allowed. */
function outOfReach(bound: string | undefined, accepting: Shape, refusing: Shape): string | undefined {
  if (bound === undefined || !UPPER.includes(bound) || accepting.values || refusing.values) return undefined;
  const most = refusing.bounds[bound] ?? Number.POSITIVE_INFINITY;
  if (most >= (accepting.bounds[bound] ?? Number.POSITIVE_INFINITY)) return undefined;
  const isShort =
    accepting.formats.some((format) => SHORT.test(format)) || !accepting.patterns.every(allowsLong);
  if (bound === 'maxLength' && isShort) return undefined;
  return 'what is beyond the bound was allowed';
}
