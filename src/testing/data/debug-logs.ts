import { formatInstant } from '../../document/values/instant.js';
import { Random } from '../made/random.js';
import type { Table } from '../resources/resource.js';
import type { Evse, Evses } from './evses.js';
import { uuid } from './ids.js';

const REASONS = [
  'SCHEDULED_CHARGING',
  'STOP_CHARGE',
  'START_CHARGE',
  'FREE_VEND',
  'REFRESH_SCHEDULES',
  'CHARGING_SESSION',
  'MAINTAIN_EVSE_STATE',
  'LOCKED_MODE',
];

const ERRORS = [
  {
    status_code: 503,
    error_code: 'UPSTREAM_DOWN',
    error_type: 'ServiceUnavailable',
    error_detail: 'Try later.',
  },
  {
    status_code: 404,
    error_code: 'NO_SUCH_CHARGER',
    error_type: 'NotFound',
    error_detail: 'Unknown serial.',
  },
  { status_code: 409, error_code: null, error_type: 'Conflict', error_detail: 'A command is still running.' },
  { status_code: null, error_code: null, error_type: 'Timeout', error_detail: null },
  { status_code: 500, error_code: null, error_type: null, error_detail: null },
];

/** Commands from ev.energy to each EVSE: about every half hour, with the EVSE idle at night. */
export function commandLogs(seed: string, evses: Evses): Table {
  return {
    path: '/evses/{evse_id}/command_logs',
    key: 'logged_at',
    items: (parent) =>
      moments(`${seed} commands`, parent as Evse, evses, 45, 1800e6).map(({ evse, time, random }) => {
        const loggedAt = formatInstant(time);
        const enabled = random.pick([true, false, null]);
        return {
          url: `${evse.url}/command_logs/${loggedAt}`,
          logged_at: loggedAt,
          evse: evse.url,
          max_load_target_milliamps: random.pick([32_000, 16_000, 10_000, null]),
          is_enabled_target: enabled,
          always_enabled: enabled === null ? null : random.chance(0.2),
          reason: random.pick(REASONS),
          internal_command_id: random.chance(0.8) ? uuid(random) : null,
        };
      }),
  };
}

/** Errors of the makers' APIs when ev.energy accessed each EVSE: a few a day. */
export function errorLogs(seed: string, evses: Evses): Table {
  return {
    path: '/evses/{evse_id}/error_logs',
    key: 'sampled_at',
    items: (parent) =>
      moments(`${seed} errors`, parent as Evse, evses, 30, 20_000e6).map(({ evse, time, random }) => {
        const sampledAt = formatInstant(time);
        return {
          url: `${evse.url}/error_logs/${sampledAt}`,
          sampled_at: sampledAt,
          evse: evse.url,
          controller: random.pick(['ChargeController', 'StatusPoller', 'ScheduleWriter']),
          ...random.pick(ERRORS),
          external_request_id: random.chance(0.6) ? `req-${random.integer(100_000, 999_999)}` : null,
          internal_command_id: random.chance(0.5) ? uuid(random) : null,
        };
      }),
  };
}

/** Times from the newest back; none for an EVSE that has never reported. */
export function moments(
  seed: string,
  evse: Evse,
  evses: Evses,
  count: number,
  interval: number,
): { evse: Evse; time: number; random: Random }[] {
  const reporting = evses.reporting.get(evse.id);
  if (!reporting) return [];
  const random = new Random(`${seed} ${evse.id}`);
  let time = reporting.newest;
  return Array.from({ length: count }, () => {
    time -= random.integer(interval / 2, interval * 1.5);
    return { evse, time, random };
  });
}
