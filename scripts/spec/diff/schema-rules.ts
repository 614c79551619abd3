import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../src/document/index.js';
import type { Direction, Impact, RawChange } from './types.js';

/** What became of the values that a schema allows. */
type Extent = 'wider' | 'narrower' | 'different' | 'same';

/** Larger is wider; no bound is widest. */
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'];
/** The wider one of two can't be told: an addition narrows, a removal widens. */
const CONSTRAINTS = (
  'pattern format multipleOf uniqueItems not if then else contains propertyNames allOf items prefixItems ' +
  'patternProperties dependentRequired dependentSchemas unevaluatedProperties unevaluatedItems discriminator ' +
  'contentEncoding contentMediaType contentSchema oneOf anyOf $ref'
).split(' ');

/** Members that describe and don't constrain. */
export const EDITORIAL = (
  'description title summary example examples externalDocs $comment tags contact license termsOfService xml $id ' +
  '$schema $anchor'
).split(' ');

/** Rates a change within a schema; undefined for what doesn't concern the values it allows. */
export function rateSchemaChange(change: RawChange, directions: ReadonlySet<Direction>): Impact | undefined {
  const { property } = change;
  if (property !== undefined && EDITORIAL.includes(property)) return 'editorial';
  if (property === 'deprecated') return 'compatible';
  if (property === 'default') return rateDefault(change, directions);
  if (property === 'readOnly' || property === 'writeOnly') return rateMarker(change, property, directions);
  // Unknown fields may come, so one more is no surprise; that a new one must be sent, `required` tells.
  if (property === undefined && memberOf(change) === 'properties') {
    return change.kind === 'removed' ? 'breaking' : 'compatible';
  }
  // Callers never rely on the absence of fields that they don't know.
  if (
    property === 'additionalProperties' &&
    !isObject(change.base?.value) &&
    !isObject(change.revision?.value)
  ) {
    const closed = change.revision?.value === false;
    return closed && directions.has('sent') ? 'breaking' : 'compatible';
  }
  return rateExtent(extentOf(change), directions);
}

function rateExtent(extent: Extent, directions: ReadonlySet<Direction>): Impact {
  if (extent === 'same') return 'editorial';
  if (extent === 'different') return 'breaking';
  return directions.has(extent === 'wider' ? 'received' : 'sent') ? 'breaking' : 'compatible';
}

function rateDefault(change: RawChange, directions: ReadonlySet<Direction>): Impact {
  const changed = change.base?.value !== undefined && change.revision?.value !== undefined;
  return changed && directions.has('sent') ? 'breaking' : 'compatible';
}

/** The types leave a read-only field out of what is sent, a write-only one out of what is received. */
function rateMarker(change: RawChange, marker: string, directions: ReadonlySet<Direction>): Impact {
  const gone = change.revision?.value === true && directions.has(marker === 'readOnly' ? 'sent' : 'received');
  return gone ? 'breaking' : 'compatible';
}

function extentOf(change: RawChange): Extent {
  const base = change.base?.value;
  const revision = change.revision?.value;
  const { property, kind, typeName } = change;
  if (typeName === 'AnyOf' || typeName === 'OneOf') return kind === 'added' ? 'narrower' : 'wider';
  if (property === undefined) return extentOfBranch(kind, memberOf(change));
  if (isDeepStrictEqual(base, revision)) return 'same';
  // What is tested by a negation or a condition turns round or depends: nothing can be said of it.
  if (/\/(not|if)(\/|$)/.test(change.path)) return 'different';
  if (property === 'type') return extentOfSets(typesOf(base), typesOf(revision));
  if (property === 'enum' || property === 'const') return extentOfValues(base, revision);
  if (property === 'required') return flip(extentOfSets(strings(base), strings(revision)));
  if (UPPER.includes(property)) return extentOfBound(base, revision, Number.POSITIVE_INFINITY);
  if (LOWER.includes(property)) return flip(extentOfBound(base, revision, Number.NEGATIVE_INFINITY));
  if (base === undefined) return 'narrower';
  return revision === undefined ? 'wider' : 'different';
}

/** A schema that came or went as a whole, as a branch of another. */
function extentOfBranch(kind: RawChange['kind'], member: string | undefined): Extent {
  const alternative = member === 'anyOf' || member === 'oneOf';
  if (!alternative && member !== undefined && !CONSTRAINTS.includes(member)) return 'different';
  return (kind === 'added') === alternative ? 'wider' : 'narrower';
}

/** The keyword under which an added or removed schema stands: `…/anyOf/1` → `anyOf`. */
function memberOf(change: RawChange): string | undefined {
  const parts = change.path.split('/');
  const last = parts.at(-1);
  return last !== undefined && CONSTRAINTS.includes(last) && parts.at(-2) !== 'properties'
    ? last
    : parts.at(-2);
}

function extentOfSets(base: ReadonlySet<unknown>, revision: ReadonlySet<unknown>): Extent {
  const lost = [...base].some((value) => !revision.has(value));
  const gained = [...revision].some((value) => !base.has(value));
  if (lost && gained) return 'different';
  return gained ? 'wider' : lost ? 'narrower' : 'same';
}

function extentOfValues(base: unknown, revision: unknown): Extent {
  if (base === undefined) return 'narrower';
  if (revision === undefined) return 'wider';
  return extentOfSets(valuesOf(base), valuesOf(revision));
}

function extentOfBound(base: unknown, revision: unknown, none: number): Extent {
  const [before, after] = [base, revision].map((bound) => (typeof bound === 'number' ? bound : none));
  return (before as number) < (after as number) ? 'wider' : before === after ? 'same' : 'narrower';
}

function flip(extent: Extent): Extent {
  return extent === 'wider' ? 'narrower' : extent === 'narrower' ? 'wider' : extent;
}

const ALL_TYPES = ['array', 'boolean', 'integer', 'fraction', 'null', 'object', 'string'];

/** Every integer is a number (JSON Schema, section 6.1.1); no `type` allows all. */
function typesOf(type: unknown): Set<string> {
  const named = type === undefined ? ALL_TYPES : [type].flat().map(String);
  return new Set(named.flatMap((name) => (name === 'number' ? ['integer', 'fraction'] : [name])));
}

function valuesOf(values: unknown): Set<string> {
  return new Set([values].flat().map((value) => JSON.stringify(value)));
}

function strings(value: unknown): Set<unknown> {
  return new Set(Array.isArray(value) ? value : []);
}
