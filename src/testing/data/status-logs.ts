import { formatInstant } from '../../document/values/instant.js';
import { Random } from '../made/random.js';
import type { Resource, Table } from '../resources/resource.js';
import type { Charging } from './charging/sessions.js';
import type { Evse, Evses, Reporting } from './evses.js';

/** What an EVSE may be doing; together the scenes use every value in the schema at least once. */
const SCENES = [
  { mode: 'Idle', pilot: 'A', plugged: false, watts: 0 },
  { mode: 'Delay', pilot: 'B', plugged: true, watts: 0 },
  { mode: 'Charge', pilot: 'C', plugged: true, watts: 7240 },
  { mode: 'Load match', pilot: 'C', plugged: true, watts: 3680 },
  { mode: 'FFR', pilot: 'D', plugged: true, watts: 6900 },
  { mode: 'Discharge', pilot: 'C', plugged: true, watts: 0, exported: 5750 },
  { mode: 'Export match', pilot: 'C', plugged: true, watts: 1400 },
  { mode: 'Peak time', pilot: 'B', plugged: true, watts: 0, disabled: true },
  { mode: 'Deep sleep', pilot: 'A', plugged: false, watts: 0 },
  { mode: 'Unknown', pilot: 'E', plugged: true, watts: 0 },
  { mode: 'Unknown', pilot: 'F', plugged: false, watts: 0, disabled: true },
] as const;

/** What follows one another while a vehicle charges, from the newest back: smart charging waits in between. */
const SESSION = [2, 1, 3] as const;
const PHASE = 4;
/** The scenes without a vehicle. */
const ALONE = [0, 8, 10] as const;

const INTERVAL = 600e6;
const OTHERS = 40;

/**
 * @param charging the newest logs agree with the sessions under way.
 * @param count number of logs of the first EVSE; the others have fewer.
 */
export function statusLogs(
  base: string,
  seed: string,
  { evses, charging, count }: { evses: Evses; charging: Charging; count: number },
): Table {
  return {
    path: '/evses/{evse_id}/status_logs',
    // The API uses a different path in the URLs of status logs.
    url: '/evse/{evse_id}/status_logs/{sampled_at}/',
    key: 'sampled_at',
    items: (parent) => {
      const evse = parent as Evse;
      const reporting = evses.reporting.get(evse.id);
      if (!reporting) return [];
      const random = new Random(`${seed} ${evse.id}`);
      const length = evse === evses.all[0] ? count : OTHERS;
      return generate(base, evse, { ...reporting, since: charging.pluggedInSince(evse) }, random, length);
    },
  };
}

/** From the newest back, about one every ten minutes; each phase of charging or pausing lasts some logs. */
function generate(
  base: string,
  evse: Evse,
  { newest, terse, since }: Reporting & { since: number | undefined },
  random: Random,
  count: number,
): Resource[] {
  const logs: Resource[] = [];
  let time = newest;
  let meter = 1_500_000 + count * 900;
  let charge = random.integer(30, 90);
  // If sessions tell whether a vehicle is plugged in now, no vehicle was there before the sessions under way.
  let scene = since === undefined ? random.integer(0, SCENES.length - 1) : random.pick(ALONE);
  let left = random.integer(1, 9);
  for (let index = 0; index < count; index += 1) {
    const isUnderWay = time >= (since ?? Number.POSITIVE_INFINITY);
    const during = SESSION[Math.floor(index / PHASE) % SESSION.length] ?? 0;
    const shown = SCENES[isUnderWay ? during : scene] as (typeof SCENES)[number];
    const { mode, pilot, plugged, watts, ...rest } = shown;
    const silent = index % 50 === 49;
    const unknown = silent || terse;
    const rate = watts === 0 ? 0 : watts + random.integer(-40, 40);
    const exported = 'exported' in rest ? rest.exported : 0;
    const sampledAt = formatInstant(time);
    logs.push({
      url: `${base}/evse/${evse.id}/status_logs/${sampledAt}/`,
      sampled_at: sampledAt,
      logged_at: formatInstant(time + random.integer(400_000, 3_900_000)),
      evse: evse.url,
      is_plugged_in: silent ? null : plugged,
      is_charging: silent ? null : watts > 0,
      charge_rate_watts: unknown ? null : rate,
      export_power_watts: unknown ? null : exported,
      meter_reading_watt_hours: unknown ? null : meter,
      max_current_rating_milliamps: unknown ? null : 32_000,
      cable_current_rating_milliamps: unknown || !plugged ? null : 32_000,
      signal_strength_rssi_dbm: unknown ? null : -random.integer(48, 84),
      inlet_power_watts: unknown ? null : rate,
      voltage_millivolts: unknown ? null : random.integer(231_000, 246_000),
      state_of_charge_percentage: unknown || !plugged ? null : charge,
      is_enabled: unknown ? null : !('disabled' in rest),
      control_pilot_status: unknown ? null : pilot,
      mode: unknown ? null : mode,
    });
    meter -= Math.round(rate / 6);
    charge = watts > 0 && charge > 6 ? charge - 3 : charge;
    if (!isUnderWay) left -= 1;
    if (left === 0) {
      scene = (scene + SCENES.length - 1) % SCENES.length;
      left = random.integer(1, 9);
      if (SCENES[scene]?.plugged !== plugged) charge = random.integer(40, 95);
    }
    // Some chargers report twice within a millisecond; only the microseconds differ. Pages of 9 and 25 end between two.
    time -= index % 60 === 8 || index % 60 === 24 ? 7 : INTERVAL + random.integer(-3e6, 3e6);
  }
  return logs;
}
