// Compile-time tests: `npm run check:types` fails where a line doesn't type-check as said.
import type { EvEnergy } from '../../index.js';

export async function documentedRequests(ev: EvEnergy): Promise<void> {
  const makes = await ev.request('GET', '/evse_makes');
  makes[0]?.name satisfies string | undefined;

  const path = { evse_id: 'evse01HN2NJ9NMRZBXT1H6FT9N7735' };
  const logs = await ev.request('get', '/evses/{evse_id}/status_logs', { path, query: { page_size: 3 } });
  logs[0]?.charge_rate_watts satisfies number | null | undefined;

  // @ts-expect-error a misspelt parameter
  await ev.request('GET', '/evses/{evse_id}/status_logs', { path, query: { page_sze: 3 } });
  // @ts-expect-error a missing path parameter
  await ev.request('GET', '/evses/{evse_id}/status_logs');
  // @ts-expect-error a body where the operation has none
  await ev.request('GET', '/evse_makes', { body: {} });
}

export async function openRequests(ev: EvEnergy): Promise<void> {
  const other = await ev.request('GET', '/elsewhere', { query: { any: 1 } });
  // @ts-expect-error nothing is known of the answer
  other.name;
  (await ev.request('PUT', '/evse_makes', { body: 'x' })) satisfies unknown;
  (await ev.request('GET', '/evse_makes', { anyStatus: true, query: 'page_size=%' })) satisfies unknown;
}
