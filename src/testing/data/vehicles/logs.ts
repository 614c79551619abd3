import { formatInstant } from '../../../document/values/instant.js';
import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import type { Charging } from '../charging/sessions.js';
import { uuid } from '../ids.js';
import type { Vehicle, Vehicles } from './vehicles.js';

/** What a vehicle does, in order: how its battery's charge changes per hour, and the name of its state. */
const SCENES = [
  { state: 'DRIVING', plugged: false, hourly: -14 },
  { state: 'STATIONARY', plugged: false, hourly: 0 },
  { state: 'PLUGGED_IN_NOT_CHARGING', plugged: true, hourly: 0 },
  { state: 'PLUGGED_IN_CHARGING', plugged: true, hourly: 11 },
  { state: 'PLUGGED_IN_COMPLETE', plugged: true, hourly: 0 },
] as const;

const CHARGING = SCENES[3];
/** The scenes before this one are those of a vehicle that isn't plugged in. */
const PLUGGED = 2;

const INTERVAL = 1800e6;
const OTHERS = 40;
const DEBUG_LOGS = 30;

/**
 * @param charging the newest status logs agree with the sessions under way.
 * @param count number of status logs of the first vehicle; the others have fewer.
 */
export function vehicleLogs(
  seed: string,
  { vehicles, charging, count }: { vehicles: Vehicles; charging: Charging; count: number },
): Table[] {
  const nested = (name: string, key: string, items: (vehicle: Vehicle) => Resource[]): Table => ({
    path: `/vehicles/{vehicle_id}/${name}`,
    key,
    items: (parent) => items(parent as Vehicle),
  });
  const logs = (vehicle: Vehicle) => {
    const random = new Random(`${seed} logs of ${vehicle.id}`);
    const length = vehicle === vehicles.all[0] ? count : OTHERS;
    return statusLogs(vehicle, vehicles, charging.pluggedInSince(vehicle) ?? 0, random, length);
  };
  return [
    nested('status_logs', 'sampled_at', logs),
    nested('location_logs', 'sampled_at', (vehicle) => logs(vehicle).map((log) => locationLog(vehicle, log))),
    nested('command_logs', 'logged_at', (vehicle) =>
      moments(seed, 'command_logs', vehicle, vehicles).map((moment) => ({
        ...moment.log,
        command: moment.random.pick(['START_CHARGE', 'STOP_CHARGE', 'WAKE_UP', 'SEND_SCHEDULE']),
        external_command_id: moment.random.chance(0.7) ? `ext-${moment.random.integer(1000, 9999)}` : null,
        current_milliamps: moment.random.pick([32_000, 16_000, null]),
        internal_command_id: moment.random.chance(0.8) ? uuid(moment.random) : null,
      })),
    ),
    nested('error_logs', 'logged_at', (vehicle) =>
      moments(seed, 'error_logs', vehicle, vehicles).map((moment) => ({
        ...moment.log,
        status_code: moment.random.pick([401, 404, 429, 503]),
        controller: 'MAKER_API',
        error_code: moment.random.pick(['NO_CONSENT', 'ASLEEP', 'TRY_LATER']),
        error_type: moment.random.pick(['VehicleUnauthorized', 'VehicleUnavailable']),
        request_id: `req-${moment.random.integer(100_000, 999_999)}`,
        command: moment.random.pick(['START_CHARGE', 'STOP_CHARGE']),
        error_detail: 'The vehicle could not be reached.',
        internal_command_id: moment.random.chance(0.5) ? uuid(moment.random) : null,
      })),
    ),
  ];
}

/**
 * From the newest back; each scene lasts some logs.
 *
 * @param since when a session began that is under way.
 */
function statusLogs(
  vehicle: Vehicle,
  { newest }: Vehicles,
  since: number,
  random: Random,
  count: number,
): Resource[] {
  let time = newest.get(vehicle.id);
  if (time === undefined) return [];
  let scene = random.integer(0, PLUGGED - 1);
  let left = random.integer(2, 8);
  let charge = random.integer(35, 85);
  const logs: Resource[] = [];
  for (let index = 0; index < count; index += 1) {
    const isUnderWay = time >= since;
    const shown = isUnderWay ? CHARGING : (SCENES[scene] as (typeof SCENES)[number]);
    logs.push(statusLog(vehicle, shown, charge, time, random));
    charge = Math.min(97, Math.max(6, charge - Math.round(shown.hourly / 2)));
    if (!isUnderWay) left -= 1;
    if (left === 0) {
      scene = (scene + SCENES.length - 1) % SCENES.length;
      left = random.integer(2, 8);
    }
    time -= INTERVAL + random.integer(-9e6, 9e6);
  }
  return logs;
}

function statusLog(
  vehicle: Vehicle,
  { state, plugged, hourly }: (typeof SCENES)[number],
  charge: number,
  time: number,
  random: Random,
): Resource {
  const size = vehicle.battery_size_watt_hours;
  const charging = plugged && hourly > 0;
  const rate = charging ? 7200 + random.integer(-90, 90) : 0;
  // Not every maker reports everything.
  const told = random.chance(0.9);
  return {
    url: `${vehicle.url}/status_logs/${formatInstant(time)}`,
    sampled_at: formatInstant(time),
    logged_at: formatInstant(time + random.integer(400_000, 9_000_000)),
    vehicle: vehicle.url,
    state_of_charge_percentage: charge,
    is_charging: charging,
    is_plugged_in: plugged,
    charge_rate_watts: rate,
    estimated_charge_rate_watts: told ? rate : null,
    charge_level_watt_hours: Math.round((size * charge) / 100),
    target_charge_level_percentage: told ? 80 : null,
    target_charge_level_watt_hours: told ? Math.round(size * 0.8) : null,
    charge_energy_added_watt_hours: charging ? random.integer(200, 9000) : null,
    minutes_to_full_charge: charging ? Math.round(((100 - charge) / 11) * 60) : null,
    current_type: charging ? 'AC - Typically home chargers' : null,
    is_complete: told ? state === 'PLUGGED_IN_COMPLETE' : null,
    odometer_meters: told ? 20_000_000 + Math.floor(time / 3600e8) : null,
    data_source: told ? 'MAKER_API' : null,
    state,
  };
}

function locationLog(vehicle: Vehicle, log: Resource): Resource {
  return {
    url: `${vehicle.url}/location_logs/${String(log.sampled_at)}`,
    sampled_at: log.sampled_at,
    logged_at: log.logged_at,
    vehicle: vehicle.url,
    at_home: log.state === 'DRIVING' ? false : log.is_plugged_in || null,
  };
}

/** Times from the newest back, with the fields that all debug logs have. */
function moments(seed: string, name: string, vehicle: Vehicle, { newest }: Vehicles) {
  let time = newest.get(vehicle.id);
  if (time === undefined) return [];
  const random = new Random(`${seed} ${name} of ${vehicle.id}`);
  const found: { log: Resource; random: Random }[] = [];
  for (let index = 0; index < DEBUG_LOGS; index += 1) {
    time -= random.integer(1800e6, 9000e6);
    const at = formatInstant(time);
    const url = `${vehicle.url}/${name}/${at}`;
    found.push({ log: { url, logged_at: at, vehicle: vehicle.url }, random });
  }
  return found;
}
