import { expect, test, vi } from 'vitest';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { EvEnergy } from '../../index.js';
import { warnOfDeprecation } from './deprecation.js';
import type { ApiResponse } from './request.js';

/** What a client warns of whose server answers so, after two calls of one operation and one of another. */
async function warnings(reply: Reply): Promise<string[]> {
  const server = await serve(() => ({ body: {}, ...reply }));
  const log = vi.fn();
  const logger = { debug: log, info: log, warn: log, error: log };
  const ev = new EvEnergy({ baseUrl: server.url, logger });
  await ev.evseMakes.retrieve('a');
  await ev.withOptions({ timeout: 9_000 }).evseMakes.retrieve('b');
  await ev.evseModels.retrieve('c');
  return log.mock.calls.map(([message]) => String(message));
}

const names = ['get-evse_makes-evse_make_id', 'get-evse_models-evse_model_id'];

test.each([
  ['an answer without the headers', {}, undefined],
  [
    'the headers of both standards',
    { deprecation: '@1767225600', sunset: 'Thu, 31 Dec 2026 23:59:59 GMT' },
    ', as of 2026-01-01, and may be gone from 2026-12-31 on',
  ],
  [
    'a day alone from which it may be gone',
    { sunset: 'Thu, 31 Dec 2026 23:59:59 GMT' },
    ', and may be gone from 2026-12-31 on',
  ],
  ['the word of older drafts', { deprecation: 'true' }, ''],
  ['dates that are none', { deprecation: '@soon', sunset: 'never' }, ''],
  ['a date that no calendar has', { deprecation: '@99999999999999' }, ''],
])('%s: each operation is warned of once, whichever client calls it', async (_, headers, why) => {
  expect(await warnings({ headers })).toEqual(
    why === undefined ? [] : names.map((name) => `${name} is deprecated${why}`),
  );
});

test('an operation that the document calls deprecated is warned of whatever the headers say', async () => {
  const warn = vi.fn();
  const logger = { debug: warn, info: warn, warn, error: warn };
  const layer = warnOfDeprecation({ warned: new Set(), logger });
  const send = layer(async () => new Response('{}') as ApiResponse);
  const operation = { id: 'old', method: 'GET', path: '/old', deprecated: true };
  for (let count = 0; count < 2; count += 1) await send({ operation } as Parameters<typeof send>[0]);
  expect(warn.mock.calls).toEqual([['old is deprecated']]);
});
