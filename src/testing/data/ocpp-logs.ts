import { formatInstant } from '../../document/values/instant.js';
import type { Resource, Table } from '../resources/resource.js';
import { moments } from './debug-logs.js';
import type { Evse, Evses } from './evses.js';
import { uuid } from './ids.js';

const LOGS = 60;
const INTERVAL = 300e6;

/** What chargers and ev.energy say to each other, and how it may be answered. */
type Call = { direction: string; action: string; payload: Resource; answer: Resource };

const CALLS: readonly [Call, ...Call[]] = [
  { direction: 'Received', action: 'Heartbeat', payload: {}, answer: {} },
  {
    direction: 'Received',
    action: 'StatusNotification',
    payload: { connectorId: 1, status: 'Charging', errorCode: 'NoError' },
    answer: {},
  },
  { direction: 'Received', action: 'MeterValues', payload: { connectorId: 1, meterValue: [] }, answer: {} },
  {
    direction: 'Sent',
    action: 'SetChargingProfile',
    payload: { connectorId: 1 },
    answer: { status: 'Accepted' },
  },
  {
    direction: 'Sent',
    action: 'TriggerMessage',
    payload: { requestedMessage: 'MeterValues' },
    answer: { status: 'Accepted' },
  },
];

/** The OCPP messages to and from each EVSE: about one every five minutes. */
export function ocppLogs(seed: string, evses: Evses): Table {
  const codeOf = ({ response }: Resource) => (response as { error_code: string } | null)?.error_code;
  return {
    path: '/evses/{evse_id}/ocpp_logs',
    key: 'sampled_at',
    filters: {
      // The parameter has the directions in capitals.
      direction: (wanted) => (log) => String(log.direction).toUpperCase() === wanted,
      error_code: (wanted) => (log) => codeOf(log) === wanted,
      error_code__in: (wanted) => (log) => wanted.split(',').includes(codeOf(log) ?? ''),
    },
    items: (parent) =>
      moments(`${seed} ocpp`, parent as Evse, evses, LOGS, INTERVAL).map(({ evse, time, random }) => {
        const { direction, action, payload, answer } = random.pick(CALLS);
        const sampledAt = formatInstant(time);
        const failed = random.chance(0.1);
        const response = {
          sampled_at: formatInstant(time + random.integer(40_000, 900_000)),
          payload: failed ? {} : answer,
          error_code: failed ? random.pick(['InternalError', 'NotSupported', 'GenericError']) : 'NoError',
          error_description: failed ? 'The call could not be carried out.' : null,
        };
        return {
          url: `${evse.url}/ocpp_logs/${sampledAt}`,
          sampled_at: sampledAt,
          evse: evse.url,
          direction,
          action,
          payload,
          message_id: uuid(random),
          // A charger may go offline before it answers.
          response: random.chance(0.1) ? null : response,
        };
      }),
  };
}
