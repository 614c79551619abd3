import { Random } from '../made/random.js';
import { withUser } from '../made/with-user.js';
import type { Resource, Table } from '../resources/resource.js';
import { id } from './ids.js';
import type { Makes } from './makes.js';
import type { People } from './people.js';

const NAMES = ['Wall Charger', 'Home', 'Home Tethered', 'Pro', 'Compact', 'Solar', 'Duo'];

/** The model of the document's examples. */
export const EXAMPLE_MODEL = {
  id: 'emod01HS8FV2M4AWSH8VHTPRE95B9E',
  make: 'BG SyncEV',
  name: 'Wall Charger 2',
};

interface Model extends Resource {
  id: string;
  url: string;
}

export interface Models {
  all: Model[];
  table: Table;
}

export function makeModels(base: string, seed: string, makes: Makes, people: People): Models {
  const random = new Random(`${seed} models`);
  const makeOf = new Map<string, Resource>();
  const all = makes.all.flatMap((make, index) =>
    Array.from({ length: random.integer(1, 3) }, (_, number): Model => {
      const example = make.name === EXAMPLE_MODEL.make && number === 0;
      const added = Date.UTC(2024, 3, 1 + 3 * index, number);
      const key = example ? EXAMPLE_MODEL.id : id('emod', added, random);
      const name = example ? EXAMPLE_MODEL.name : `${random.pick(NAMES)} ${number + 1}`;
      makeOf.set(key, make);
      return {
        id: key,
        url: `${base}/evse_models/${key}`,
        name,
        display_name: random.chance(0.7) ? `${make.name} ${name}` : null,
        make: make.url,
        onboarding_url: random.chance(0.9) ? `${base}/evse_onboarding?model_id=${key}` : null,
      };
    }),
  );
  const available = makes.table.filters?.available_for_user_id;
  const table: Table = {
    path: '/evse_models',
    key: 'id',
    items: () => all,
    filters: {
      // A model is available where its make is.
      available_for_user_id: (userId) => {
        if (!people.has(userId)) return undefined;
        const matches = available?.(userId);
        return (item) => matches?.(makeOf.get(String(item.id)) ?? {}) ?? false;
      },
    },
    personal: { onboarding_url: withUser },
  };
  return { all, table };
}
