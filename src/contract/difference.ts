import { isObject, join } from '../document/index.js';

/** The first place in which two JSON values differ; the order of members makes no difference. */
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
  return Object.is(a, b) ? undefined : { path, a, b };
}
