import { isObject } from '../../document/index.js';
import { Random } from '../made/random.js';
import type { Resource, Table } from '../resources/resource.js';
import { id } from './ids.js';

/** Roughly where each region lies, in degrees. */
const BOUNDS = {
  GB: { south: 50, north: 59, west: -6, east: 1.8 },
  US: { south: 25, north: 49, west: -125, east: -67 },
  IE: { south: 51.4, north: 55.4, west: -10.5, east: -6 },
  DE: { south: 47.3, north: 55, west: 6, east: 15 },
} as const;
type Region = keyof typeof BOUNDS;
export const REGIONS = Object.keys(BOUNDS) as Region[];

/** The region of a place. */
export function regionAt(latitude: number, longitude: number): Region | undefined {
  return REGIONS.find((region) => {
    const { south, north, west, east } = BOUNDS[region];
    return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
  });
}

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
  /** Whether there has been a user with this id. */
  has(userId: string): boolean;
  /** The country where a user lives now; undefined if unknown. */
  regionOf(userId: string): string | undefined;
  table: Table;
}

/**
 * @param count number of users.
 * @param latest when the data ends, in milliseconds since 1970: users who are added join then.
 */
export function makePeople(base: string, seed: string, count: number, latest: number): People {
  const random = new Random(`${seed} users`);
  const known = new Map<string, Resource>();
  const all = Array.from({ length: count }, (_, index): User => {
    const joined = FIRST_JOINED + Math.floor(index * Math.min(11 * DAY, SPAN / count));
    const key = index === 0 ? EXAMPLE_USER : id('user', joined, random);
    const first = FIRST[index % FIRST.length] ?? 'Kim';
    const last = LAST[index % LAST.length] ?? 'Lee';
    const region = REGIONS[index % REGIONS.length] ?? 'GB';
    const numbered = index < FIRST.length ? last : `${last}${index}`;
    const user: User = {
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
        coordinates: placeIn(region, random),
        tariff: null,
        evse_site: null,
      },
    };
    known.set(key, user);
    return user;
  });
  let added = 0;
  const create = (body: Resource): Resource => {
    added += 1;
    const key = id('user', latest + added, new Random(`${seed} added user ${added}`));
    const user: Resource = {
      id: key,
      url: `${base}/users/${key}`,
      ...body,
      joined_at: new Date(latest + added).toISOString(),
      terms_consent_datetime: null,
      vehicles: [],
      evses: [],
    };
    known.set(key, user);
    return user;
  };
  const regionOf = (userId: string) => {
    const home = known.get(userId)?.default_location;
    return isObject(home) && typeof home.country_code === 'string' ? home.country_code : undefined;
  };
  const filters = {
    email: (wanted: string) => (user: Resource) => String(user.email).toLowerCase() === wanted.toLowerCase(),
  };
  // A user is their own.
  const owner = ({ url }: Resource) => url;
  const table: Table = { path: '/users', key: 'id', owner, items: () => all, filters, create };
  return { all, has: (userId) => known.has(userId), regionOf, table };
}

function placeIn(region: Region, random: Random): Home['coordinates'] {
  const { south, north, west, east } = BOUNDS[region];
  const between = (from: number, to: number) => random.integer(from * 10_000, to * 10_000) / 10_000;
  return { latitude: between(south, north), longitude: between(west, east) };
}
