import { EvEnergy } from '../../../src/index.js';
import type { Suite } from '../row.js';
import { EVSE } from '../subjects.js';

/** Requests that it takes to read 10,000 items. */
export async function requests(origin: string): Promise<Suite> {
  let sent = 0;
  const onRequest = () => {
    sent += 1;
  };
  const ev = new EvEnergy({ baseUrl: `${origin}/0/10000`, accessToken: 'x', onRequest });
  const items = await ev.evses.statusLogs.list(EVSE).toArray();
  return {
    title: 'Requests for 10,000 items',
    rows: [
      {
        what: 'ev-energy-client',
        measured: `${sent}`,
        target: '100',
        ok: items.length === 10_000 && sent === 100,
      },
    ],
  };
}
