import { formatInstant } from '../../../document/values/instant.js';
import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';

/** The coordinator and the event of the document's examples. */
const EXAMPLE_COORDINATOR = 'disp01HT8YSBS76WTC2F7KAWWJNA4Z';
const EXAMPLE_EVENT = 'devt01HT8918E43K0SFKF07NH4XREA';

const NAMES = ['Fernhill Balancing', 'Northlight Flex', 'Copper Coast Demand'];
const LOGS = 120;
const INTERVAL = 300e6;

/** @param latest the newest logs are older than this time, in microseconds since 1970. */
export function dispatchTables(base: string, seed: string, latest: number): Table[] {
  const random = new Random(`${seed} dispatch`);
  const coordinators = NAMES.map((name, index): Resource => {
    const key = index === 0 ? EXAMPLE_COORDINATOR : id('disp', Date.UTC(2024, 1, 1 + index), random);
    const url = `${base}/dispatch_coordinators/${key}`;
    return {
      id: key,
      url,
      name,
      reference_code: `REF-${String(index + 1).padStart(3, '0')}`,
      contract_start: '2026-01-01T00:00:00Z',
      contract_end: index === 0 ? '2027-01-01T00:00:00Z' : null,
      timezone: index === 2 ? 'America/New_York' : 'Europe/London',
      dispatch_logs: `${url}/dispatch_logs`,
    };
  });
  const event = (coordinator: Resource | undefined, key: string, fields: Resource): Resource => ({
    import_limit_watts: null,
    export_limit_watts: null,
    target_power_watts: null,
    ...fields,
    id: key,
    url: `${String(coordinator?.url)}/dispatch_events/${key}`,
    dispatch_coordinator: coordinator?.url,
  });
  let events = 0;
  const eventId = () => {
    events += 1;
    return id('devt', Date.UTC(2026, 6, 1) + events, random);
  };
  const evening = Math.floor(latest / 86_400e6) * 86_400_000 + 17 * 3_600_000;
  return [
    { path: '/dispatch_coordinators', key: 'id', items: () => coordinators },
    {
      path: '/dispatch_coordinators/{dispatch_coordinator_id}/dispatch_logs',
      key: 'logged_at',
      items: (coordinator) => dispatchLogs(coordinator, seed, latest),
    },
    {
      path: '/dispatch_coordinators/{dispatch_coordinator_id}/dispatch_events',
      key: 'id',
      items: (coordinator) => [
        event(coordinator, coordinator === coordinators[0] ? EXAMPLE_EVENT : eventId(), {
          start_time: new Date(evening).toISOString(),
          end_time: new Date(evening + 7_200_000).toISOString(),
          import_limit_watts: 5000,
        }),
      ],
      create: (body, coordinator) => event(coordinator, eventId(), body),
    },
  ];
}

function dispatchLogs(coordinator: Resource | undefined, seed: string, latest: number): Resource[] {
  const random = new Random(`${seed} ${String(coordinator?.id)}`);
  let time = latest - random.integer(1e6, 200e6);
  return Array.from({ length: LOGS }, () => {
    time -= INTERVAL + random.integer(-2e6, 2e6);
    return {
      url: `${String(coordinator?.url)}/dispatch_logs/${formatInstant(time)}`,
      logged_at: formatInstant(time),
      total_charge_rate_watts: random.integer(0, 40) * 700,
      dispatch_coordinator: coordinator?.url,
    };
  });
}
