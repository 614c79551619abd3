import { Random } from '../made/random.js';
import { invalidParameters } from '../problems.js';
import type { Resource } from '../resources/resource.js';
import type { Call, Dataset } from '../world.js';
import type { Evses } from './evses.js';
import { VERSIONS } from './firmware-versions.js';
import type { Makes } from './makes.js';
import type { Models } from './models.js';
import type { People } from './people.js';

export interface Sources {
  seed: string;
  people: People;
  makes: Makes;
  models: Models;
  evses: Evses;
}

/** Handlers of the operations that neither read nor write items of a collection. */
export function sampleAnswers(sources: Sources): NonNullable<Dataset['answers']> {
  return {
    'GET /evses/{evse_id}/connectivity': (_, evse) => ({
      status: 200,
      body: connectivity(evse as Resource, sources),
    }),
    'POST /evses/{evse_id}/reconnect': (_, evse) => ({
      status: 201,
      body: { url: `https://onboarding.example.com/reconnect/${String(evse?.id)}` },
    }),
    'GET /evse_onboarding': (call) => {
      const url = onboardingUrl(call, sources);
      return call.query.response_type === 'json'
        ? { status: 200, body: { url } }
        : { status: 302, headers: { Location: url } };
    },
  };
}

function connectivity(evse: Resource, { seed, evses }: Sources): Resource {
  const random = new Random(`${seed} connectivity ${String(evse.id)}`);
  const reporting = evses.reporting.get(String(evse.id));
  const known = reporting !== undefined && !reporting.terse;
  const signal = -random.integer(52, 78);
  return {
    signal_strength_rssi_dbm: known ? signal : null,
    lowest_signal_strength_rssi_dbm_7d: known ? signal - random.integer(1, 12) : null,
    highest_signal_strength_rssi_dbm_7d: known ? signal + random.integer(1, 9) : null,
    ip_address: known ? `192.0.2.${random.integer(1, 254)}` : null,
    iccid: known && random.chance(0.5) ? `894420${random.integer(1e12, 9e12)}` : null,
    firmware_version: known ? random.pick(VERSIONS) : null,
    latest_status_log: evse.latest_status_log,
    connection_reliability_30d: reporting ? random.integer(40, 100) : 0,
  };
}

function onboardingUrl({ query }: Call, { people, makes, models }: Sources): string {
  const find = (name: string, all: readonly Resource[]) => {
    const value = query[name];
    const found = all.find(({ id }) => id === value);
    if (value !== undefined && !found)
      throw invalidParameters({ [name]: [`'${String(value)}' doesn't exist`] });
    return found;
  };
  find('user_id', people.all);
  const model = find('model_id', models.all);
  const make = find('make_id', makes.all) ?? makes.all.find(({ url }) => url === model?.make);
  const url = new URL('https://onboarding.example.com/evse');
  if (make) url.pathname += `/${String(make.name).toLowerCase().replaceAll(' ', '-')}`;
  for (const name of ['user_id', 'client_id', 'model_id', 'redirect_uri']) {
    if (query[name] !== undefined) url.searchParams.set(name, String(query[name]));
  }
  return url.href;
}
