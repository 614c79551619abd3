/** Tasks for this client only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EvEnergy } from '../../../src/index.js';
import { dataOf } from '../subjects/ev-energy-client.js';
import { EVSE } from '../subjects/request.js';
import type { Task } from './task.js';
import { BACKFILL, countItems, measured, READ_AHEAD } from './work.js';

export const backfill: Task = (origin, concurrency) => {
  const { logs, latency } = BACKFILL;
  const ev = new EvEnergy({ baseUrl: `${origin}/${latency}/${logs}`, accessToken: 'x' });
  const options = { concurrency: Number(concurrency) };
  return () =>
    measured(() => countItems(dataOf(ev.evses.statusLogs.list(EVSE, {}, options).pages()), logs), 1);
};

/** A walk whose reader does some work on each page. */
export const readAhead: Task = (origin, subject) => {
  const { latency, pages, work } = READ_AHEAD;
  const ev = new EvEnergy({ baseUrl: `${origin}/${latency}/${pages * 100}`, accessToken: 'x' });
  return () =>
    measured(async () => {
      const list = ev.evses.statusLogs.list(EVSE, {}, { readAhead: subject === 'on' });
      for await (const _ of list.pages()) await sleep(work);
    }, 1);
};

/** Counts the requests needed to read 10,000 items. */
export const requests: Task = (origin) => async () => {
  let sent = 0;
  const onRequest = () => {
    sent += 1;
  };
  const ev = new EvEnergy({ baseUrl: `${origin}/0/10000`, accessToken: 'x', onRequest });
  await countItems(dataOf(ev.evses.statusLogs.list(EVSE).pages()), 10_000);
  return { sent };
};
