import { Random } from '../made/random.js';
import { withUser } from '../made/with-user.js';
import type { Resource, Table } from '../resources/resource.js';
import { id } from './ids.js';
import { type People, REGIONS } from './people.js';

const NAMES =
  'Ampfield Northwatt Voltaris Cartwright Greenline Oakridge Harbour Zephyr Alderway Brightcell Copperlane ' +
  'Dovetail Eastgrid Fernwood Gridstone Hawthorn Inverlea Joulecraft Kestrel Larkfield Meridian Newbolt Orchard ' +
  'Pennine Quayside Ridgeway Solstice Thornbury Upland Verdance Westmere Xenith Yarrow Amberline Beaconsfield ' +
  'Chargewell Driftwood Elmtree Foxglove Glenmore Highwater Ironbridge Juniper Kingfisher Lumen Marlow Nightjar ' +
  'Ohmstead Plover Quillon Rowan Stourbridge Tidewater Ullswater Vantage Willowbank Yewtree Zenobia Summerhill Tamarack';

/** Ids in the document's examples, so that copied examples work. */
const KNOWN = [
  ['emak01HN2NJQRGDQP0GBE1F7R6PB3D', 'Cartwright'],
  ['emak01HN2NK4C8M9S346Q3D25VT4F5', 'Greenline'],
  ['emak01HNFZM7Q8V37E3S3E28JT97KB', 'Oakridge'],
  ['emak01HP6T3W5D6CQ643DZVMXXQKFB', 'Ampfield'],
  ['emak01HPXB9E2MF5KZNWJ47TAN9ZT2', 'Northwatt'],
  ['emak01HR1V8GZ44MNPZX45HY43KWJR', 'Voltaris'],
  ['emak01HS8FRXKJD5JZZ7ZN6W8H21P8', 'BG SyncEV'],
  ['emak01HSB50J37V3Q5BKXSXTM64K7K', 'Harbour'],
  ['emak01HTC6Y0QJP1XPA7Z3DJ8FSSZ5', 'Zephyr'],
] as const;

interface Make extends Resource {
  id: string;
  url: string;
  name: string;
}

export interface Makes {
  all: Make[];
  table: Table;
}

export function makeMakes(base: string, seed: string, people: People): Makes {
  const random = new Random(`${seed} makes`);
  const known = new Map<string, string>(KNOWN.map(([key, name]) => [name, key]));
  const names = [...new Set([...known.keys(), ...NAMES.split(' ')])];
  const regions = new Map<string, readonly string[]>();
  const all = names.map((name, index) => {
    const key = known.get(name) ?? id('emak', Date.UTC(2024, 3, 10 + 9 * index), random);
    regions.set(
      key,
      REGIONS.filter(() => random.chance(0.6)),
    );
    return make(base, key, name, random);
  });
  const table: Table = {
    path: '/evse_makes',
    key: 'id',
    items: () => all,
    filters: {
      available_for_user_id: (userId) => {
        if (!people.has(userId)) return undefined;
        const region = people.regionOf(userId);
        return ({ id }) => region === undefined || (regions.get(String(id))?.includes(region) ?? false);
      },
    },
    personal: { onboarding_url: withUser },
  };
  return { all, table };
}

function make(base: string, key: string, name: string, random: Random): Make {
  const models = `${base}/evse_models/?make_id=${key}`;
  const slug = name.toLowerCase().replaceAll(' ', '-');
  return {
    id: key,
    url: `${base}/evse_makes/${key}`,
    name,
    display_name: random.chance(0.7) ? `${name} Charging` : null,
    icon: random.chance(0.8) ? `https://cdn.example.com/makes/${slug}.png` : null,
    onboarding_url: random.chance(0.75) ? `${base}/evse_onboarding?make_id=${key}` : null,
    models,
    evse_models: models,
    is_beta: random.chance(0.15),
  };
}
