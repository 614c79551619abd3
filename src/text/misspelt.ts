import { nearest } from './nearest.js';

/**
 * The names that an object has, and those within them: null where any name may stand, false for what is read alone, which
 * nobody means to write.
 */
export interface KnownNames {
  readonly [name: string]: KnownNames | null | false;
}

/**
 * Says which member of a value is likely misspelt: an unknown one that is similar to a known one that isn't there.
 * Other unknown members are left alone, since they may be newer than the names. Lists are looked into.
 */
export function misspelt(
  value: unknown,
  names: KnownNames[string] | undefined,
  within = '',
): string | undefined {
  if (!names || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return first(value, (item) => misspelt(item, names, within));
  const absent = Object.keys(names).filter((name) => names[name] !== false && !Object.hasOwn(value, name));
  return first(Object.entries(value), ([name, member]) => {
    if (Object.hasOwn(names, name)) return misspelt(member, names[name], `${within}${name}.`);
    const meant = nearest(name, absent);
    return meant && `${within}${name}: is no member of the body; did you mean ${meant}?`;
  });
}

/** What the first item gives that gives something. */
function first<Item>(items: readonly Item[], give: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const given = give(item);
    if (given) return given;
  }
  return undefined;
}
