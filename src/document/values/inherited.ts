const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Whether a document speaks of something by a name that each object has: a field `constructor`, a required `toString`.
 * There, only an object's own members count; to look for them costs time and code, which other documents are spared.
 */
export function hasInheritedName(source: unknown, seen = new Set<object>()): boolean {
  if (typeof source === 'string') return INHERITED.has(source);
  if (typeof source !== 'object' || source === null || seen.has(source)) return false;
  seen.add(source);
  return Object.entries(source).some(([key, value]) => INHERITED.has(key) || hasInheritedName(value, seen));
}
