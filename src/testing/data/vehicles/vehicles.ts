import { formatInstant } from '../../../document/values/instant.js';
import { Random } from '../../made/random.js';
import { invalidParameters } from '../../problems.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';
import type { People } from '../people.js';
import type { Catalogue } from './catalogue.js';

/** The vehicle of the document's examples. */
const EXAMPLE_VEHICLE = 'vhcl01HT8E8EB2MDARHGY1PSETMK88';
const DAY = 86_400_000;
/** Most milliseconds over which the vehicles were added. */
const SPAN = 700 * DAY;

interface Unowned extends Resource {
  id: string;
  url: string;
  battery_size_watt_hours: number;
}

export interface Vehicle extends Unowned {
  user: string;
}

export interface Vehicles {
  /** In the order of their ids. */
  all: Vehicle[];
  /** Microseconds since 1970 of the newest status log, by id; a vehicle that isn't here has never reported. */
  newest: ReadonlyMap<string, number>;
  table: Table;
}

/**
 * @param count number of vehicles; a vehicle's data doesn't depend on the number.
 * @param latest the newest logs are older than this time, in microseconds since 1970.
 */
export function makeVehicles(
  base: string,
  seed: string,
  count: number,
  { people, catalogue, latest }: { people: People; catalogue: Catalogue; latest: number },
): Vehicles {
  const newest = new Map<string, number>();
  const all = Array.from({ length: count }, (_, index): Vehicle => {
    const random = new Random(`${seed} vehicle ${index}`);
    const added = Date.UTC(2024, 3, 17) + index * Math.min(9 * DAY, SPAN / count);
    const key = index === 0 ? EXAMPLE_VEHICLE : id('vhcl', Math.floor(added), random);
    const user = people.all[index % people.all.length];
    const trim = random.pick(catalogue.trims) ?? {};
    // Some aren't connected to their maker and have never reported.
    const integrated = index % 7 === 3 ? 'UNINTEGRATED' : index % 11 === 5 ? 'INACTIVE' : 'ACTIVE';
    const time = latest - random.integer(1e6, 1700e6) - (integrated === 'INACTIVE' ? 20 * 86_400e6 : 0);
    if (integrated !== 'UNINTEGRATED') newest.set(key, time);
    const vehicle = vehicleOf(base, key, trim, catalogue);
    const url = vehicle.url;
    user?.vehicles.push(url);
    return withEffectiveSize({
      ...vehicle,
      user: String(user?.url),
      latest_status_log: newest.has(key) ? `${url}/status_logs/${formatInstant(time)}` : null,
      integrated,
      maximum_charge_limit_percentage: random.pick([80, 90, 100]),
      smart_charging_enabled: index % 5 !== 2,
      vehicle_class: random.pick(['PASSENGER', 'PASSENGER', 'COMMERCIAL', null]),
    });
  });
  let added = 0;
  return {
    all,
    newest,
    table: {
      path: '/vehicles',
      key: 'id',
      owner: 'user',
      items: () => [...all],
      create: (body) => {
        added += 1;
        const random = new Random(`${seed} added vehicle ${added}`);
        const trim = catalogue.trims.find(({ model }) => sameResource(model, body.model));
        if (!trim) throw invalidParameters({ model: ['names no vehicle model'] }, 'body');
        const vehicle = vehicleOf(base, id('vhcl', Date.UTC(2026, 6, 1) + added, random), trim, catalogue);
        const size = body.battery_size_watt_hours ?? vehicle.battery_size_watt_hours;
        const named = people.all.find(({ url }) => sameResource(url, body.user));
        if (body.user !== undefined && !named) throw invalidParameters({ user: ['names no user'] }, 'body');
        const user = named ?? people.all[0];
        user?.vehicles.push(vehicle.url);
        return withEffectiveSize({
          ...vehicle,
          user: user?.url,
          battery_size_watt_hours: size,
          description: body.description ?? vehicle.description,
          vehicle_class: body.vehicle_class ?? null,
        });
      },
    },
  };
}

/** A new vehicle of a trim. */
function vehicleOf(base: string, key: string, trim: Resource, catalogue: Catalogue): Unowned {
  const url = `${base}/vehicles/${key}`;
  const model = catalogue.models.find((one) => one.url === trim.model);
  const size = Number(trim.battery_size_watt_hours ?? model?.default_battery_size_watt_hours);
  return {
    id: key,
    url,
    trim: trim.url,
    latest_status_log: null,
    charging_sub_sessions: `${base}/charging_sub_sessions/?vehicle_id=${key}`,
    integrated: 'UNINTEGRATED',
    battery_size_watt_hours: size,
    maximum_charge_limit_percentage: 100,
    description: `${String(model?.name)} ${String(trim.name)}`,
    disabled: false,
    smart_charging_enabled: true,
    vehicle_class: null,
  };
}

/** The vehicle with its battery's remaining capacity, which follows the capacity. No battery has aged yet. */
function withEffectiveSize<T extends Resource>(vehicle: T): T {
  return Object.defineProperty(vehicle, 'effective_battery_size_watt_hours', {
    enumerable: true,
    get: () => vehicle.battery_size_watt_hours,
  });
}

/** Whether two URLs name the same resource, whatever their host. */
function sameResource(a: unknown, b: unknown): boolean {
  const last = (url: unknown) => String(url).replace(/\/$/, '').split('/').at(-1);
  return typeof b === 'string' && last(a) === last(b);
}
