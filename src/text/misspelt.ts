import { nearest } from './nearest.js';

/**
 * The names that an object has, and those within them: null where any name may stand, false for what is read alone,
 * which nobody means to write.
 */
export interface KnownNames {
  readonly [name: string]: KnownNames | null | false;
}

/** Characters of a name, and unknown names of an object, that are compared: who sends more hasn't mistyped one. */
const MOST = 100;

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
  if (Array.isArray(value))
    return first(value, (item) => (Array.isArray(item) ? undefined : misspelt(item, names, within)));
  const members = Object.entries(value);
  const absent = Object.keys(names).filter((name) => names[name] !== false && !Object.hasOwn(value, name));
  const unknown = members.filter(([name]) => !Object.hasOwn(names, name) && name.length <= MOST);
  return (
    first(unknown.slice(0, MOST), ([name]) => {
      const meant = absent.find((one) => letters(one) === letters(name)) ?? nearest(name, absent);
      return meant && `${within}${name}: is not a member of the body; did you mean ${meant}?`;
    }) ??
    first(members, ([name, member]) =>
      Object.hasOwn(names, name) ? misspelt(member, names[name], `${within}${name}.`) : undefined,
    )
  );
}

/**
 * Of several words in one, without what each language puts between them: `lastUsedAt`, `last_used_at`, `Last-Used-At`.
 */
function letters(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** What the first item gives that gives something. */
function first<Item>(items: readonly Item[], give: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const given = give(item);
    if (given) return given;
  }
  return undefined;
}
