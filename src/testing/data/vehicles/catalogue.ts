import { Random } from '../../made/random.js';
import { withUser } from '../../made/with-user.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';

const MAKES = ['Aurora', 'Bellweather', 'Corvane', 'Duneline', 'Everly', 'Fjordan', 'Gallant', 'Halden'];
const MODELS = ['City', 'Tourer', 'Cross'];
const TRIMS = ['Standard', 'Long Range'];

/** Ids of the document's examples. */
const EXAMPLE_MAKE = 'vmak01HT8JB595ZARF2HDY4EWC00V2';
/** Of the models, the second is the one that the published document shows. */
const EXAMPLE_MODELS = ['vmod01HR0SRF00EZE2Z3TWK5EHPY52', 'vmod01HN2P436099PEQ20B7TKPGTEJ'];
const EXAMPLE_TRIM = 'trim01HT8SPTWM182MQS1N16WEJF92';

/** The vehicles to choose from: makes, their models, and the models' trims. */
export interface Catalogue {
  models: Resource[];
  trims: Resource[];
  tables: Table[];
}

export function makeCatalogue(base: string, seed: string): Catalogue {
  const random = new Random(`${seed} vehicle makes`);
  const makes = MAKES.map((name, index) => make(base, name, index, random));
  const models = makes.flatMap((parent, index) =>
    MODELS.map((name, number) => model(base, parent, name, index * MODELS.length + number, random)),
  );
  const trims = models.flatMap((parent, index) =>
    TRIMS.map((name, number) => trim(base, parent, name, index * TRIMS.length + number, random)),
  );
  const personal = { onboarding_url: withUser };
  return {
    models,
    trims,
    tables: [
      { path: '/vehicle_makes', key: 'id', items: () => makes, personal },
      { path: '/vehicle_models', key: 'id', items: () => models, personal },
      { path: '/vehicle_trims', key: 'id', items: () => trims, personal },
    ],
  };
}

function make(base: string, name: string, index: number, random: Random): Resource {
  const key = index === 0 ? EXAMPLE_MAKE : id('vmak', Date.UTC(2024, 3, 8 + index), random);
  const named = random.chance(0.3);
  return {
    id: key,
    url: `${base}/vehicle_makes/${key}`,
    name,
    icon: random.chance(0.8) ? `https://cdn.example.com/vehicles/${name.toLowerCase()}.png` : null,
    onboarding_url: random.chance(0.8) ? `${base}/vehicle_onboarding?make_id=${key}` : null,
    models: `${base}/vehicle_models?make_id=${key}`,
    subscription_name: named ? `${name} Connected` : null,
    subscription_package: named ? `${name} Plus` : null,
  };
}

function model(base: string, make: Resource, name: string, index: number, random: Random): Resource {
  const key = EXAMPLE_MODELS[index] ?? id('vmod', Date.UTC(2024, 2, 2 + index, 9), random);
  return {
    id: key,
    url: `${base}/vehicle_models/${key}`,
    name,
    make: make.url,
    onboarding_url: random.chance(0.9) ? `${base}/vehicle_onboarding?model_id=${key}` : null,
    vehicle_trims: `${base}/vehicle_trims?model_id=${key}`,
    default_battery_size_watt_hours: random.pick([42_000, 58_000, 64_000, 77_000]),
    default_connector_type: random.pick(['CCS', 'NACS', 'CHADEMO', null]),
  };
}

function trim(base: string, model: Resource, name: string, index: number, random: Random): Resource {
  const key = index === 0 ? EXAMPLE_TRIM : id('trim', Date.UTC(2024, 3, 10 + index), random);
  const size = Number(model.default_battery_size_watt_hours) + (index % TRIMS.length) * 15_000;
  return {
    id: key,
    url: `${base}/vehicle_trims/${key}`,
    name,
    model: model.url,
    battery_size_watt_hours: random.chance(0.9) ? size : null,
    onboarding_url: random.chance(0.9) ? `${base}/vehicle_onboarding?trim_id=${key}` : null,
  };
}
