import { Random } from '../made/random.js';
import type { Resource, Table } from '../resources/resource.js';
import { id } from './ids.js';

export const REGIONS = ['GB', 'US', 'IE', 'DE'] as const;

/** The user of the document's examples. */
export const EXAMPLE_USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';

const FIRST = [
  'Alex',
  'Sam',
  'Priya',
  'Jonas',
  'Maeve',
  'Ade',
  'Lucia',
  'Tom',
  'Yuki',
  'Noor',
  'Eve',
  'Ravi',
];
const LAST = [
  'Morgan',
  'Okafor',
  'Patel',
  'Lindqvist',
  'Doyle',
  'Hughes',
  'Romero',
  'Baker',
  'Tanaka',
  'Rahman',
];

interface User extends Resource {
  id: string;
  url: string;
  evses: string[];
  default_location: { latitude: number; longitude: number };
}

export interface People {
  all: User[];
  /** Where each user lives, which the API doesn't show. */
  regions: ReadonlyMap<string, string>;
  table: Table;
}

export function makePeople(base: string, seed: string): People {
  const random = new Random(`${seed} users`);
  const regions = new Map<string, string>();
  const all = Array.from({ length: 12 }, (_, index): User => {
    const joined = Date.UTC(2024, 0, 26 + 11 * index, 14, 2, 37, 816);
    const key = index === 0 ? EXAMPLE_USER : id('user', joined, random);
    const first = FIRST[index] ?? 'Kim';
    const last = LAST[index % LAST.length] ?? 'Lee';
    regions.set(key, REGIONS[index % REGIONS.length] ?? 'GB');
    return {
      id: key,
      url: `${base}/users/${key}`,
      email: `${first}.${last}@example.com`.toLowerCase(),
      full_name: `${first} ${last}`,
      joined_at: new Date(joined).toISOString(),
      evses: [],
      vehicles: [`${base}/vehicles/${id('vehi', joined, random)}`],
      default_location: {
        latitude: 51 + random.integer(0, 30_000) / 10_000,
        longitude: random.integer(-30_000, 10_000) / 10_000,
      },
    };
  });
  return { all, regions, table: { path: '/users', key: 'id', items: () => all } };
}
