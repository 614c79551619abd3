import { isObject, join } from '../../document/index.js';
import { parseInstant } from '../../document/values/instant.js';
import { show } from '../../text/words.js';
import type { Finding } from '../model/violation.js';
import { type Item, lastSegment } from './items.js';

/** The first place where two JSON values differ; the order of members doesn't matter. */
export function difference(
  a: unknown,
  b: unknown,
  path = '',
): { path: string; a: unknown; b: unknown } | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
      const found = difference(a[index], b[index], `${path}/${index}`);
      if (found) return found;
    }
    return undefined;
  }
  if (isObject(a) && isObject(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(a[name], b[name], join(path, name));
      if (found) return found;
    }
    return undefined;
  }
  return Object.is(a, b) || sameUrl(a, b) || sameMoment(a, b) ? undefined : { path, a, b };
}

/** The first of these fields whose value in the object isn't the wanted one. */
export function unequal(
  wanted: Record<string, unknown>,
  shown: Record<string, unknown>,
  fields: readonly string[],
  as: string,
): Pick<Finding, 'where' | 'expected' | 'found'>[] {
  for (const field of fields) {
    const other = Object.hasOwn(shown, field)
      ? difference(wanted[field], shown[field], `/${field}`)
      : undefined;
    if (other)
      return [{ where: `body ${other.path}`, expected: `${show(other.a)}, ${as}`, found: show(other.b) }];
  }
  return [];
}

/**
 * What an object should show after a PATCH: what was sent. Nothing defines whether a nested object replaces the former
 * one or adds to it (plain JSON; RFC 5789, section 2); if all other members are still there, it was added.
 */
export function patched(before: Item, sent: Item, shown: Item): Item {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const [old, now] = [before[name], shown[name]];
      if (!isObject(old) || !isObject(value) || !isObject(now)) return [name, value];
      const others = Object.entries(old).filter(([member]) => !Object.hasOwn(value, member));
      const adds = others.every(([member]) => Object.hasOwn(now, member));
      return [name, { ...(adds ? Object.fromEntries(others) : {}), ...patched(old, value, now) }];
    }),
  );
}

/** A time has several spellings: `Z` or `+00:00`, with or without trailing zeros in the fraction. */
function sameMoment(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const moment = parseInstant(a);
  return moment !== undefined && moment === parseInstant(b);
}

/**
 * The API writes a URL in several ways: with or without a slash at the end, with the collection in singular or plural.
 */
function sameUrl(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string' || !URL.canParse(a) || !URL.canParse(b)) return false;
  const [x, y] = [new URL(a), new URL(b)];
  return (
    x.protocol.startsWith('http') &&
    lastSegment(a) === lastSegment(b) &&
    x.search === y.search &&
    x.host === y.host
  );
}
