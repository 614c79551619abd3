import { describe, expect, it, onTestFinished } from 'vitest';
import { SEED_PAGE } from '../../contract-tests/fixtures/seed-page.js';
import { run } from '../../contract-tests/terminal.js';
import { startFake } from '../../src/testing/index.js';
import { type Received, type Reply, serve } from '../test/http-server.js';

/** Requests that a run may send, tokens and repeated ones included. */
const BUDGET = 15;

/** What a server does to make a run send more, or something else, than it may. */
const SERVERS: readonly (readonly [
  name: string,
  answer: (request: Received, count: number) => Reply | undefined,
])[] = [
  ['is well', () => undefined],
  [
    'is overloaded',
    ({ path }) => (isToken(path) ? undefined : { status: 503, headers: { 'retry-after': '0' } }),
  ],
  [
    'says to try again at once',
    ({ path }) => (isToken(path) ? undefined : { status: 429, headers: { 'retry-after': '0' } }),
  ],
  ['refuses each token', ({ path }) => (isToken(path) ? undefined : { status: 401 })],
  ['refuses each second token', (_, count) => (count % 2 === 1 ? { status: 401 } : undefined)],
  [
    'redirects with another method',
    ({ path }) => (isToken(path) ? undefined : { status: 307, headers: { location: '/v2/users' } }),
  ],
  ['cuts its answers', ({ path }) => (isToken(path) ? undefined : { cut: 'within', body: [] })],
  [
    'gives tokens that end at once',
    ({ path }) =>
      isToken(path)
        ? { body: { access_token: 'short-0123456789', token_type: 'Bearer', expires_in: 0 } }
        : undefined,
  ],
  [
    'says that everything is allowed',
    ({ method }) => (method === 'OPTIONS' ? { headers: { allow: 'DELETE, PATCH, POST, PUT' } } : undefined),
  ],
];

const isToken = (path: string) => path.includes('token');

/** A server like staging's, behind a proxy that records each request. */
async function behindProxy(answer: (request: Received, count: number) => Reply | undefined) {
  const fake = await startFake();
  onTestFinished(fake.close);
  const { origin } = new URL(fake.url);
  const proxy = await serve(async (request, count) => {
    const own = answer(request, count);
    if (own) return own;
    const { method, path, query, headers, body } = request;
    const { host: _, connection: _c, 'content-length': _l, ...sent } = headers;
    const response = await fetch(`${origin}${path}${query.size > 0 ? `?${query}` : ''}`, {
      method,
      headers: sent as Record<string, string>,
      redirect: 'manual',
      ...(body === '' ? {} : { body }),
    });
    const { 'content-encoding': _e, 'content-length': _n, ...told } = Object.fromEntries(response.headers);
    const text = await response.text();
    return { status: response.status, headers: told, ...(text === '' ? {} : { body: JSON.parse(text) }) };
  });
  return { fake, proxy, base: fake.url.replace(origin, proxy.url) };
}

describe.each([
  ['staging', SERVERS],
  ['live', SERVERS.slice(0, 1)],
] as const)('a run against %s', (target, servers) => {
  it.each(servers)(
    'sends safe methods only, and no more than its budget, to a server that %s',
    async (_, answer) => {
      const { fake, proxy, base } = await behindProxy(answer);
      const few = SEED_PAGE.flatMap((id) => ['--operation', id]);
      const args = ['--target', target, '--base-url', base, '--max-requests', String(BUDGET), ...few];
      const { code } = await run(args, {
        EV_ENERGY_CLIENT_ID: fake.clientId,
        EV_ENERGY_CLIENT_SECRET: fake.clientSecret,
      });
      // Not all could be asked.
      expect(code).not.toBe(0);
      expect(proxy.requests.length).toBeGreaterThan(0);
      expect(proxy.requests.length).toBeLessThanOrEqual(BUDGET);
      for (const { method, path } of proxy.requests)
        expect(isToken(path) ? ['POST'] : ['GET', 'HEAD', 'OPTIONS'], `${method} ${path}`).toContain(method);
      // Nothing went past the proxy.
      expect(fake.requests.length).toBeLessThanOrEqual(proxy.requests.length);
    },
  );
});
