import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';
import { type People, regionAt } from '../people.js';

/** The program of the document's examples, with its tier and its agreement. */
const EXAMPLE_PROGRAM = 'prog01HT8A8FJXHJ65DJNTZJK2W93R';
const EXAMPLE_TIER = 'tier01HT803D2Z86BF11RCX3034C7V';
const EXAMPLE_AGREEMENT = 'pagv01JCDYP6Z8MX9XWVAV0A7G3KPN';

const PROGRAMS = [
  { name: 'Evening Ease', sponsor: 'Fernhill Energy', country: 'GB' },
  { name: 'Charge When Windy', sponsor: 'Northlight Power', country: 'GB' },
  { name: 'Peak Hours Off', sponsor: 'Copper Coast Electric', country: 'US' },
  { name: 'Green Nights', sponsor: 'Liffey Grid', country: 'IE' },
];
const TIERS = ['standard', 'plus'];

export interface Programs {
  tables: Table[];
  /** Enrols a user, who leaves their previous program. */
  join(program: Resource, userId: string): void;
  /** The version of a program's agreement that users have to accept now. */
  currentAgreement(program: Resource): Resource | undefined;
}

export function makePrograms(base: string, seed: string, people: People): Programs {
  const random = new Random(`${seed} programs`);
  const joined = new Map<string, string>();
  const countries = new Map<string, string>();
  const tiers = new Map<string, Resource[]>();
  const agreements = new Map<string, Resource[]>();
  const all = PROGRAMS.map(({ name, sponsor, country }, index): Resource => {
    const key = index === 0 ? EXAMPLE_PROGRAM : id('prog', Date.UTC(2024, 10, 13 + index), random);
    const url = `${base}/programs/${key}`;
    const slug = name.toLowerCase().replaceAll(' ', '-');
    countries.set(key, country);
    tiers.set(
      key,
      TIERS.map((tier, number) => tierOf(url, tier, index === 0 && number === 0, number, random)),
    );
    agreements.set(
      key,
      [1, 2, 3].map((number) => agreementOf(url, number, index === 0 && number === 3, random)),
    );
    return {
      id: key,
      url,
      name,
      description: `${sponsor} pays for charging at the hours that suit the grid.`,
      logo: random.chance(0.7) ? `https://cdn.example.com/programs/${slug}.png` : null,
      sponsor_name: sponsor,
      external_url: `https://www.example.com/${slug}`,
    };
  });
  /** Users may join programs of their own region. */
  const isEligible = (programId: string, userId: string) => {
    return joined.get(userId) === programId || people.regionOf(userId) === countries.get(programId);
  };
  const inCountry = (code: string | undefined) => (item: Resource) => countries.get(String(item.id)) === code;
  const currentAgreement = (program: Resource) =>
    agreements.get(String(program.id))?.findLast(({ published }) => published);
  return {
    currentAgreement,
    join: (program, userId) => joined.set(userId, String(program.id)),
    tables: [
      {
        path: '/programs',
        key: 'id',
        items: () => all,
        filters: {
          country_code: inCountry,
          coordinates: (place) => inCountry(countryAt(place)),
        },
        listedFor: ({ id }, userId) =>
          people.regionOf(userId) === undefined || isEligible(String(id), userId),
      },
      {
        path: '/programs/{program_id}/tiers',
        key: 'id',
        items: (program) => tiers.get(String(program?.id)) ?? [],
        personal: {
          eligible: (_, userId, tier) =>
            isEligible(/\/programs\/([^/]+)/.exec(String(tier.url))?.[1] ?? '', userId),
        },
      },
      {
        path: '/programs/{program_id}/participation_agreement_versions',
        key: 'id',
        items: (program) => agreements.get(String(program?.id)) ?? [],
      },
    ],
  };
}

/** The country of a place that is written `latitude,longitude`. */
function countryAt(place: string): string | undefined {
  const [latitude = Number.NaN, longitude = Number.NaN] = place.split(',').map(Number);
  return regionAt(latitude, longitude);
}

function tierOf(program: string, name: string, example: boolean, number: number, random: Random): Resource {
  const key = example ? EXAMPLE_TIER : id('tier', Date.UTC(2024, 10, 14, number), random);
  return {
    id: key,
    url: `${program}/tiers/${key}`,
    short_name: name,
    name: number === 0 ? 'Standard' : 'Plus',
    logo_svg: null,
    description_short: number === 0 ? 'For everybody.' : null,
    description_long: null,
    smart_charging_enabled: true,
    disable_changing_tariff: number === 1,
    visible: true,
    // It depends on the user; without one it is unknown.
    eligible: null,
  };
}

function agreementOf(program: string, number: number, example: boolean, random: Random): Resource {
  const created = Date.UTC(2024, 10, 1 + number, 9);
  const key = example ? EXAMPLE_AGREEMENT : id('pagv', created, random);
  return {
    id: key,
    url: `${program}/participation_agreement_versions/${key}`,
    version_number: number,
    published: true,
    content: `Version ${number}: charging is moved to other hours, and the car is ready when it is needed.`,
    created_at: new Date(created).toISOString(),
  };
}
