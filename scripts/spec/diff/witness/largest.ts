/** How large the values get that are tried: larger ones take too long to make and to check. */
export const LARGEST = { length: 100_000, items: 2000, members: 50 };

/** What a bound of each kind counts, and up to how many. */
const COUNTED: Readonly<Record<string, { most: number; what: string; units: string }>> = {
  maxLength: { most: LARGEST.length, what: 'texts', units: 'characters' },
  maxItems: { most: LARGEST.items, what: 'lists', units: 'items' },
  maxProperties: { most: LARGEST.members, what: 'objects', units: 'members' },
};

/** Says that values beyond a bound aren't tried; undefined if they are. */
export function untriedBeyond(keyword: string, values: readonly (number | undefined)[]): string | undefined {
  const counted = COUNTED[keyword];
  if (!counted || !values.some((value) => value !== undefined && value >= counted.most)) return undefined;
  return `${counted.what} of more than ${counted.most.toLocaleString('en')} ${counted.units} were not tried`;
}
