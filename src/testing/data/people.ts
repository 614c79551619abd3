import { isObject } from '../../document/index.js';
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

const STREETS = ['Mill Lane', 'Station Road', 'Orchard Way'];
const DAY = 86_400_000;
const FIRST_JOINED = Date.UTC(2024, 0, 26, 14, 2, 37, 816);
/** Most milliseconds over which the users joined. */
const SPAN = 800 * DAY;

interface User extends Resource {
  id: string;
  url: string;
  evses: string[];
  vehicles: string[];
  default_location: Home;
}

interface Home extends Resource {
  address_1: string;
  address_2: null;
  postal_code: string;
  city: string;
  state: null;
  country_code: string;
  coordinates: { latitude: number; longitude: number };
  /** Set later, when tariffs are made. */
  tariff: string | null;
  evse_site: null;
}

export interface People {
  all: User[];
  /** Where each user lives; the API doesn't show it. */
  regions: ReadonlyMap<string, string>;
  table: Table;
}

/**
 * @param count number of users.
 * @param latest when the data ends, in milliseconds since 1970: users who are added join then.
 */
export function makePeople(base: string, seed: string, count: number, latest: number): People {
  const random = new Random(`${seed} users`);
  const regions = new Map<string, string>();
  const all = Array.from({ length: count }, (_, index): User => {
    const joined = FIRST_JOINED + Math.floor(index * Math.min(11 * DAY, SPAN / count));
    const key = index === 0 ? EXAMPLE_USER : id('user', joined, random);
    const first = FIRST[index % FIRST.length] ?? 'Kim';
    const last = LAST[index % LAST.length] ?? 'Lee';
    const region = REGIONS[index % REGIONS.length] ?? 'GB';
    const numbered = index < FIRST.length ? last : `${last}${index}`;
    regions.set(key, region);
    return {
      id: key,
      url: `${base}/users/${key}`,
      email: `${first}.${numbered}@example.com`.toLowerCase(),
      full_name: `${first} ${last}`,
      joined_at: new Date(joined).toISOString(),
      evses: [],
      vehicles: [],
      default_location: {
        address_1: `${index + 1} ${STREETS[index % STREETS.length]}`,
        address_2: null,
        postal_code: `EV${(index % 90) + 1} 1GY`,
        city: 'Ampton',
        state: null,
        country_code: region,
        coordinates: {
          latitude: 51 + random.integer(0, 30_000) / 10_000,
          longitude: random.integer(-30_000, 10_000) / 10_000,
        },
        tariff: null,
        evse_site: null,
      },
    };
  });
  let added = 0;
  const create = (body: Resource): Resource => {
    added += 1;
    const key = id('user', latest + added, new Random(`${seed} added user ${added}`));
    const home = isObject(body.default_location) ? body.default_location : {};
    regions.set(key, String(home.country_code ?? REGIONS[0]));
    return {
      id: key,
      url: `${base}/users/${key}`,
      ...body,
      joined_at: new Date(latest + added).toISOString(),
      terms_consent_datetime: null,
      vehicles: [],
      evses: [],
    };
  };
  const filters = {
    email: (wanted: string) => (user: Resource) => String(user.email).toLowerCase() === wanted.toLowerCase(),
  };
  // A user is their own.
  const owner = ({ url }: Resource) => url;
  return { all, regions, table: { path: '/users', key: 'id', owner, items: () => all, filters, create } };
}
