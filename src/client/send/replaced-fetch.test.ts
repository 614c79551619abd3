import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EvEnergy } from '../../index.js';

const BASE = 'https://api.example.com/v2';

/** The client is there before its `fetch` is replaced, as in a program whose tests begin. */
const ev = new EvEnergy({ baseUrl: BASE, accessToken: 'a-token', maxRetries: 0 });
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

test.each([
  {
    what: 'a redirect',
    answer: () =>
      new HttpResponse(null, { status: 302, headers: { Location: 'https://elsewhere.example/' } }),
    error: { name: 'ApiError', status: 302 },
  },
  {
    what: 'a refused token',
    answer: () => HttpResponse.json({ title: 'Unauthorized' }, { status: 401 }),
    error: { name: 'AuthenticationError', status: 401, problem: { title: 'Unauthorized' } },
  },
  { what: 'a network error', answer: () => HttpResponse.error(), error: { name: 'ConnectionError' } },
])('$what of msw is the same error at the first call and at the hundredth, each sent once', async (given) => {
  let sent = 0;
  server.resetHandlers(
    http.get(`${BASE}/evse_makes`, () => {
      sent += 1;
      return given.answer();
    }),
  );
  const errors: unknown[] = [];
  for (let call = 1; call <= 100; call += 1) {
    errors.push(await ev.evseMakes.list().then(null, (error: unknown) => error));
    expect(sent).toBe(call);
  }
  expect(errors[0]).toMatchObject(given.error);
  const shown = errors.map((error) => JSON.stringify([String(error), error]));
  expect(new Set(shown).size, shown.at(-1)).toBe(1);
});

test('what msw answers when its handler has changed is what the next call gets', async () => {
  server.resetHandlers(http.get(`${BASE}/evse_makes`, () => HttpResponse.json([{ id: 'emak1' }])));
  expect((await ev.evseMakes.list()).data).toEqual([{ id: 'emak1' }]);
  server.resetHandlers(http.get(`${BASE}/evse_makes`, () => HttpResponse.json([])));
  expect((await ev.evseMakes.list()).data).toEqual([]);
});
