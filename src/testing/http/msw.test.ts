import { http } from 'msw';
import { setupServer } from 'msw/node';
import { expect, it, onTestFinished } from 'vitest';
import { EvEnergy } from '../../index.js';
import { createFake } from '../index.js';

it('answers what msw takes off the network, streams and refusals included', async () => {
  const fake = await createFake();
  const server = setupServer(http.all('*', ({ request }) => fake.fetch(request)));
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());

  const ev = new EvEnergy({
    baseUrl: fake.url,
    clientId: fake.clientId,
    clientSecret: fake.clientSecret,
    tokenUrl: fake.tokenUrl,
  });
  expect(await ev.evseMakes.list().toArray()).toHaveLength(61);
  await expect(ev.evses.retrieve('evse00000000000000000000000000')).rejects.toMatchObject({ status: 404 });
  expect(fake.requests.map(({ endpoint }) => endpoint)).toContain('token');
});
