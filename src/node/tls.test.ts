import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { evEnergy } from '../../scripts/test/cli/ev-energy.js';
import { selfSigned } from '../../scripts/test/servers/self-signed.js';
import { exchange } from '../contract/exchange/transport.js';
import { EvEnergy } from '../index.js';
import { seemsToWantTls, tlsReason } from './tls.js';

async function port(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('A connection that fails for its certificate or its protocol is told in plain words, with what to do', async () => {
  const [tls, plain] = [await port(createTlsServer(await selfSigned())), await port(createServer())];
  const failures = [
    [`https://127.0.0.1:${tls}`, /not signed by anybody whom this machine trusts.* NODE_EXTRA_CA_CERTS$/i],
    [
      `https://127.0.0.1:${plain}`,
      /the server does not speak TLS there: write http:\/\/, or correct the port$/i,
    ],
    [`http://127.0.0.1:${tls}`, /\. If the server speaks https there, write https:\/\/$/],
  ] as const;
  // Side by side: each is tried again a few times.
  await Promise.all(failures.map(([baseUrl, words]) => told(baseUrl, words)));
});

/** Both commands tell the failure at that address so. */
async function told(baseUrl: string, words: RegExp): Promise<void> {
  const environment = { EV_ENERGY_BASE_URL: baseUrl, EV_ENERGY_ACCESS_TOKEN: 'not-a-secret' };
  const { code, stderr } = await evEnergy(undefined, ['evse-makes', 'list'], { environment });
  expect(code).toBe(1);
  expect(stderr.trimEnd().replaceAll('\n', ' ')).toMatch(words);
  if (baseUrl.startsWith('http:')) return;
  const request = { method: 'GET', url: baseUrl, headers: {} } as unknown as Parameters<typeof exchange>[0];
  await expect(exchange(request, 5_000)).rejects.toThrow(words);
}

test('An error of OpenSSL shows what is wrong, and neither its error codes nor its files', async () => {
  const baseUrl = `https://127.0.0.1:${await port(createServer())}`;
  const ev = new EvEnergy({ baseUrl, accessToken: 'x', maxRetries: 0 });
  await expect(ev.evses.list()).rejects.toThrow(/: fetch failed \(wrong version number\)$/);
});

test.each([
  ['CERT_HAS_EXPIRED', /has expired: whoever runs it/],
  ['CERT_NOT_YET_VALID', /clock is right/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /for another host/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /versions of TLS/],
  ['HPE_INVALID_CONSTANT', /does not speak HTTP/],
])('%s is told in plain words', (code, words) => {
  expect(tlsReason(new Error('fetch failed', { cause: Object.assign(new Error('x'), { code }) }))).toMatch(
    words,
  );
});

test('An error that is not about TLS gets no advice about it', () => {
  expect(tlsReason(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBeUndefined();
  expect(tlsReason(undefined)).toBeUndefined();
});

test.each([
  ['fetch failed', true],
  ['terminated', false],
])('A server that hangs up wants https only if it hangs up before it answers: %s', (message, expected) => {
  const error = new Error(message, { cause: new Error('other side closed') });
  expect(seemsToWantTls(error, 'http://127.0.0.1:80')).toBe(expected);
});
