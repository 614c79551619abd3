import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clientCredentials, EvEnergy, EvEnergyError } from '../../src/index.js';
import { undiciTransport } from '../../src/undici/index.js';
import { serve } from '../test/http-server.js';
import { selfSigned } from '../test/servers/self-signed.js';

const BASE = 'https://api.example.com/v2';
const JSON_TYPE = { 'content-type': 'application/json' };

/** A client that records its requests; nothing is sent. */
function recording(answer: (url: URL) => Response) {
  const urls: URL[] = [];
  const sent: Headers[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    urls.push(new URL(url));
    sent.push(new Headers(init.headers));
    expect(init.redirect).toBe('manual');
    return answer(new URL(url));
  };
  const ev = new EvEnergy({ baseUrl: BASE, accessToken: 'token-0123456789', maxRetries: 0, fetch });
  return { ev, fetch, urls, sent };
}

const STATUSES = [301, 302, 303, 307, 308];
const LOCATIONS = [
  'https://evil.example/',
  'http://api.example.com/v2/x',
  '//evil.example/x',
  'https://api.example.com.evil.example/',
  'https://api.example.com@evil.example/',
  'https://evil.example\\@api.example.com/',
  'javascript:alert(1)',
  'data:text/plain,x',
  'file:///etc/passwd',
  '/../../x',
  'https://api.example.com:8443/v2',
  'http://[::1]/',
  'http://169.254.169.254/latest/meta-data',
  '?x=1',
  'https://%61pi.evil.example/',
];

describe('a redirect', () => {
  const cases = STATUSES.flatMap((status) => LOCATIONS.map((location) => [status, location] as const));

  it.each(cases)('%i to %s is not followed', async (status, location) => {
    const { ev, urls } = recording(() => new Response(null, { status, headers: { location } }));
    await expect(ev.evseMakes.list()).rejects.toThrow(EvEnergyError);
    expect(urls).toHaveLength(1);
  });

  it.each(LOCATIONS)('of the token endpoint to %s takes no secret along', async (location) => {
    const { fetch, urls } = recording(() => new Response(null, { status: 307, headers: { location } }));
    const source = clientCredentials({ baseUrl: BASE, clientId: 'id', clientSecret: 'secret-0123', fetch });
    await expect(source.token()).rejects.toThrow(EvEnergyError);
    expect(urls.map(({ origin }) => origin)).toEqual(['https://api.example.com']);
  });
});

describe('a redirect from https to http, over TLS', () => {
  let tls: Awaited<ReturnType<typeof selfSigned>>;
  beforeAll(async () => {
    tls = await selfSigned();
  });

  it.each(STATUSES)('%i takes no token along, nor the secret of the token endpoint', async (status) => {
    const plain = await serve(() => ({ body: { access_token: 'issued-0123456789', token_type: 'bearer' } }));
    const asked: string[] = [];
    const secure = createServer(tls, ({ url = '' }, answer) => {
      asked.push(url);
      answer.writeHead(status, { location: `${plain.url}${url}` }).end();
    });
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void secure.close());
    const baseUrl = `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
    const fetch = undiciTransport({ tls: { ca: tls.cert } });
    onTestFinished(() => fetch.close());
    const ev = new EvEnergy({ baseUrl, accessToken: 'token-0123456789', maxRetries: 0, fetch });
    await expect(ev.evseMakes.list()).rejects.toThrow(/Redirects .* aren't followed/);
    const source = clientCredentials({ baseUrl, clientId: 'id', clientSecret: 'secret-0123', fetch });
    await expect(source.token()).rejects.toThrow(EvEnergyError);
    expect(asked).toHaveLength(2);
    expect(plain.requests).toEqual([]);
  });
});

const LINKS = [
  ...LOCATIONS.map((location) => `<${location}?page_after=2>; rel="next"`),
  '<https://evil.example/v2/evse_makes?page_after=2>; rel=next',
  '<https://api.example.com/v2/evse_makes?page_after=2>; rel="prev", <https://evil.example/?page_after=3>; rel="next"',
  '<https://api.example.com/other?page_after=2&admin=true>; rel="next"',
  '<>; rel="next"',
  '<?page_after=2>; rel="next next"',
  '<about:blank>; rel="next"',
  'rel="next"',
  '<https://api.example.com/',
  '<https://api.example.com/?page_after=2>; rel="next'.padEnd(5_000, 'x'),
  `${'<a>;'.repeat(2_000)}`,
  ','.repeat(15_000),
  `<?page_after=1>; rel="next"${' ;a'.repeat(3_000)}`,
];

describe('a link', () => {
  it.each(LINKS.map((link) => [link.slice(0, 90), link] as const))(
    '%s leads to no other origin or path',
    async (_, link) => {
      let answers = 0;
      const { ev, urls } = recording(() => {
        answers++;
        return new Response('[]', { headers: answers === 1 ? { ...JSON_TYPE, link } : JSON_TYPE });
      });
      await ev.evseMakes
        .list()
        .toArray()
        .catch((error: unknown) => expect(error).toBeInstanceOf(EvEnergyError));
      expect(urls.length).toBeLessThan(3);
      for (const { origin, pathname } of urls)
        expect([origin, pathname]).toEqual(['https://api.example.com', '/v2/evse_makes']);
    },
  );
});

const IDS = [
  '..',
  '.',
  '../..',
  '../../oauth/token',
  '%2e%2e',
  '%2E%2e%2fx',
  '..%2f..',
  'a/../../b',
  'a/b',
  'a%2fb',
  'a\\b',
  '/',
  '//evil.example',
  'https://evil.example/v2/evse_makes/x',
  'https://api.example.com@evil.example/v2/evse_makes/x',
  'https://api.example.com/v2/evses/x',
  'https://api.example.com/v2/evse_makes/../evses/x',
  'a?admin=1',
  'a#b',
  'a;b',
  'a\r\nHost: evil',
  'a\0b',
  'a b',
  'ä',
  '\u202ea',
  ' ',
  '',
  '?',
  '#',
  'a'.repeat(10_000),
  '{id}',
  '%',
  '%zz',
  '%00',
  'javascript:alert(1)',
  '@',
  ':',
  '..;/x',
  '\ud800',
  '．．／',
];

describe('an id', () => {
  it.each(IDS.map((id) => [JSON.stringify(id).slice(0, 60), id] as const))(
    '%s reaches no other resource',
    async (_, id) => {
      const { ev, urls } = recording(() => new Response('{}', { headers: JSON_TYPE }));
      await Promise.resolve()
        .then(() => ev.evseMakes.retrieve(id))
        .catch((error: unknown) => expect(error).toBeInstanceOf(EvEnergyError));
      for (const { origin, pathname, search, hash } of urls) {
        expect([origin, search, hash]).toEqual(['https://api.example.com', '', '']);
        expect(pathname).toMatch(/^\/v2\/evse_makes\/[^/]+$/);
      }
    },
  );
});

const PATHS = [
  '//evil.example/x',
  'https://evil.example/x',
  '/\\evil.example',
  '/..//evil.example',
  '/x/../../../y',
  '\\\\evil.example',
  '/x\r\nHost: evil',
];

describe("a path of one's own", () => {
  it.each(PATHS)('%j stays on the server', async (path) => {
    const { ev, urls } = recording(() => new Response('{}', { headers: JSON_TYPE }));
    await Promise.resolve()
      .then(() => (ev.api as unknown as { GET(path: string): Promise<unknown> }).GET(path))
      .catch((error: unknown) => expect(error).toBeInstanceOf(EvEnergyError));
    for (const { origin } of urls) expect(origin).toBe('https://api.example.com');
  });
});
