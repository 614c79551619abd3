import { nearest } from './nearest.js';

/**
 * The names that an object has, and those within them: null where any name is allowed, false for a read-only field,
 * which nobody means to write.
 */
export interface KnownNames {
  readonly [name: string]: KnownNames | null | false;
}

/**
 * The most characters of a name, and the most unknown names of an object, that we compare. Whoever sends more hasn't
 * mistyped one.
 */
const MOST = 100;

/**
 * Says which member of a value is likely misspelt: an unknown one that resembles a known one that is missing. It
 * ignores other unknown members, since they may be newer than the names. It looks into lists too.
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
 * The words of a name joined, without what languages put between them: `lastUsedAt`, `last_used_at`, `Last-Used-At`.
 */
function letters(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The first result, if there is any. */
function first<Item>(items: readonly Item[], give: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const given = give(item);
    if (given) return given;
  }
  return undefined;
}
