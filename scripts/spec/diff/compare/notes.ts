import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../../src/document/index.js';
import type { Direction } from '../types.js';
import type { Difference, Place, Plan } from './difference.js';
import { show } from './place.js';

/** Members that describe but don't constrain. */
const EDITORIAL = (
  'title description summary example examples externalDocs $comment xml tags readOnly writeOnly ' +
  'contact license termsOfService'
).split(' ');

/** Extensions that the generator and the contract use; the others are remarks. */
const KNOWN_EXTENSIONS = [
  'x-collection',
  'x-excludes',
  'x-header-effects',
  'x-max-body-bytes',
  'x-method-name',
  'x-needs-user',
  'x-requires-one-of',
  'x-revocation-url',
  'x-sorted-by',
  'x-upload',
];

/** Keywords for tools, which don't allow or refuse anything. */
const FOR_TOOLS = ['deprecated', 'discriminator', 'contentEncoding', 'contentMediaType', 'operationId'];

/** Compares what two documents say about an object without allowing or refusing anything. */
export function compareNotes(
  place: Place,
  before: JsonObject,
  after: JsonObject,
  direction?: Direction,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const plan = planOf(name, before[name], after[name], direction);
    if (!plan || isDeepStrictEqual(before[name], after[name])) return [];
    const message = `${place.text}: ${changed(name, before[name], after[name])}`;
    return [{ message, pointer: place.pointer, pointers: [place.pointer], plan }];
  });
}

function planOf(
  name: string,
  before: unknown,
  after: unknown,
  direction: Direction | undefined,
): Plan | undefined {
  const rule = (impact: 'breaking' | 'compatible' | 'editorial', why: string): Plan => ({
    by: 'rule',
    impact,
    rule: why,
  });
  if (EDITORIAL.includes(name)) return rule('editorial', 'it describes');
  if (FOR_TOOLS.includes(name)) return rule('compatible', 'what is sent and answered stays');
  if (name.startsWith('x-')) {
    return KNOWN_EXTENSIONS.includes(name)
      ? rule('compatible', 'the client and the contract follow it by themselves')
      : rule('editorial', 'a remark');
  }
  if (name !== 'default') return undefined;
  return before !== undefined && after !== undefined && direction === 'sent'
    ? rule('breaking', 'what is left out means something else')
    : rule('compatible', 'nothing that was said of what is left out changes');
}

function changed(name: string, before: unknown, after: unknown): string {
  if (before === undefined) return `${name} ${show(after)} added`;
  if (after === undefined) return `${name} ${show(before)} removed`;
  return `${name} ${show(before)} → ${show(after)}`;
}
