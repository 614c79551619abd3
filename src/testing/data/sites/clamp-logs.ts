import { formatInstant } from '../../../document/values/instant.js';
import { Random } from '../../made/random.js';
import type { Table } from '../../resources/resource.js';

const LOGS = 40;
const INTERVAL = 300e6;

/**
 * What each clamp has measured: about once in five minutes, below zero where the sun gives more than is used.
 *
 * @param latest the newest logs are older than this time, in microseconds since 1970.
 */
export function clampLogs(seed: string, latest: number): Table {
  return {
    path: '/ct_clamps/{ct_clamp_id}/logs',
    key: 'sampled_at',
    items: (clamp) => {
      const random = new Random(`${seed} clamp ${String(clamp?.id)}`);
      let time = latest;
      return Array.from({ length: LOGS }, () => {
        time -= random.integer(INTERVAL / 2, INTERVAL * 1.5);
        const sampledAt = formatInstant(time);
        return {
          url: `${String(clamp?.url)}/logs/${sampledAt}`,
          sampled_at: sampledAt,
          logged_at: formatInstant(time + random.integer(200_000, 3_000_000)),
          ct_clamp: clamp?.url,
          current_milliamps: random.integer(-8_000, 32_000),
        };
      });
    },
  };
}
