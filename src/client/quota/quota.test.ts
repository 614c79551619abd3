import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeApi } from '../../../scripts/test/fake.js';
import { serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, type Logger, type QuotaOptions, QuotaReserveError } from '../../index.js';
import { QuotaGate } from './quota-gate.js';

async function client(rateLimit: number | { limit: number; anonymous: number }, quota?: QuotaOptions) {
  const fake = await fakeApi({ rateLimit });
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, quota, maxRetries: 0 });
  return { fake, ev };
}

describe('ev.quota', () => {
  test('shows what the last response said, and when', async () => {
    const { ev } = await client(1000);
    expect(ev.quota).toMatchObject({ limit: undefined, remaining: undefined, seenAt: undefined });
    const before = Date.now();
    await ev.evseMakes.list();
    expect(ev.quota).toMatchObject({ limit: 1000, remaining: 999 });
    await ev.evseMakes.list();
    expect(ev.quota.remaining).toBe(998);
    expect(ev.quota.seenAt?.getTime()).toBeGreaterThanOrEqual(before);
  });

  test('counts calls without a token apart', async () => {
    const { ev } = await client({ limit: 1000, anonymous: 50 });
    await ev.evseMakes.list();
    await ev.evseMakes.list({}, { headers: { authorization: null } });
    expect(ev.quota).toMatchObject({ limit: 1000, remaining: 999, anonymous: { limit: 50, remaining: 49 } });
  });

  test('of a client without credentials is the anonymous count', async () => {
    const fake = await fakeApi({ rateLimit: { limit: 1000, anonymous: 50 } });
    const ev = new EvEnergy({ baseUrl: fake.url });
    await ev.evseMakes.list();
    expect(ev.quota).toMatchObject({ limit: 50, remaining: 49 });
  });

  test('of a client whose own headers authorize it is the count of these', async () => {
    const { fake } = await client(1000);
    const headers = { authorization: `Bearer ${fake.token}` };
    const ev = new EvEnergy({ baseUrl: fake.url, headers });
    await ev.evseMakes.list();
    expect(ev.quota).toMatchObject({ limit: 1000, remaining: 999, anonymous: { limit: undefined } });
  });

  test('of a client without credentials is that of calls which bring theirs', async () => {
    const { fake } = await client(1000);
    const ev = new EvEnergy({ baseUrl: fake.url });
    await ev.evseMakes.list({}, { headers: { authorization: `Bearer ${fake.token}` } });
    expect(ev.quota).toMatchObject({ limit: 1000, remaining: 999, anonymous: { limit: undefined } });
  });

  test('learns from errors too', async () => {
    const { ev } = await client(2);
    await ev.evseMakes.list();
    await ev.evseMakes.list();
    await expect(ev.evseMakes.list()).rejects.toMatchObject({ status: 429 });
    expect(ev.quota.remaining).toBe(0);
  });
});

describe('a reserve', () => {
  test('gives back the place of a call whose token source fails after its wait, in whatever way', async () => {
    const ways = [
      () => Promise.reject(new Error('vault down')),
      () => {
        throw new Error('vault down');
      },
      // No token that can be sent.
      () => 'vault down\n',
    ];
    const headers = { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '11' };
    const placeIsGivenBack = async (fail: () => string | Promise<string>) => {
      let given = 0;
      const token = () => {
        given += 1;
        return given === 3 ? fail() : 'token';
      };
      const server = await serve(async () => {
        await sleep(1_100);
        return { body: [], headers };
      });
      const ev = new EvEnergy({ baseUrl: server.url, auth: { token }, quota: { reserve: 10 } });
      const first = ev.evseMakes.list();
      const list = ev.evseMakes.list();
      await expect(Promise.all([first, list])).rejects.toThrow(/vault down|^accessToken: /);
      await ev.evseMakes.list({}, { signal: AbortSignal.timeout(5_000) });
      expect(server.requests).toHaveLength(2);
    };
    await Promise.all(ways.map(placeIsGivenBack));
  });

  test('stays unspent: the call fails before its request', async () => {
    const { fake, ev } = await client(5, { reserve: 2 });
    for (let call = 0; call < 3; call += 1) await ev.evseMakes.list();
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QuotaReserveError);
    expect(error).toMatchObject({ reserve: 2, remaining: 2 });
    expect((error as QuotaReserveError).retryAt.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(fake.requests).toHaveLength(3);
  });

  test('stays unspent by calls side by side, which get all the rest', async () => {
    const { fake, ev } = await client(30, { reserve: 10 });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => ev.evseMakes.list()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(fake.requests).toHaveLength(20);
  });

  test('of the calls with a token does not stop those without', async () => {
    const { ev } = await client({ limit: 1, anonymous: 50 }, { reserve: 1 });
    await ev.evseMakes.list();
    await expect(ev.evseMakes.list()).rejects.toThrow(QuotaReserveError);
    await ev.evseMakes.list({}, { headers: { authorization: null } });
  });

  test('outlives a token that ends, although the 401 has the counts of those without one', async () => {
    const fake = await fakeApi({ rateLimit: { limit: 1000, anonymous: 50 } });
    const { url: baseUrl, clientId, clientSecret } = fake;
    const ev = new EvEnergy({ baseUrl, clientId, clientSecret, quota: { reserve: 100 } });
    await ev.evseMakes.list();
    fake.world.tokens.expireAll();
    await ev.evseMakes.list();
    await ev.evseMakes.list();
    expect(ev.quota).toMatchObject({ limit: 1000, remaining: 997 });
  });

  test('that is not below the limit says so, since no wait helps', async () => {
    const fake = await fakeApi({ rateLimit: { limit: 1000, anonymous: 50 } });
    for (const reserve of [50, 100]) {
      const ev = new EvEnergy({ baseUrl: fake.url, quota: { reserve } });
      await ev.evseMakes.list();
      const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(QuotaReserveError);
      expect(String(error)).toMatch(
        new RegExp(`quota\\.reserve: ${reserve} is not below the limit of 50 .*; lower it, or use a token`),
      );
      expect(String(error)).not.toContain('Wait');
    }
  });

  test('holds nothing up where the server counts nothing', async () => {
    let open = 0;
    let most = 0;
    const server = await serve(async () => {
      open += 1;
      most = Math.max(most, open);
      await sleep(50);
      open -= 1;
      return { body: [] };
    });
    const ev = new EvEnergy({ baseUrl: server.url, quota: { reserve: 5 } });
    await ev.evseMakes.list();
    expect(most).toBe(1);
    await Promise.all([1, 2, 3, 4].map(() => ev.evseMakes.list()));
    expect(most).toBe(4);
  });

  test('is asked for by one request at a time as long as none is answered', async () => {
    let open = 0;
    let most = 0;
    const server = await serve(async () => {
      open += 1;
      most = Math.max(most, open);
      await sleep(20);
      open -= 1;
      return { cut: 'before' };
    });
    const ev = new EvEnergy({ baseUrl: server.url, quota: { reserve: 5 }, maxRetries: 0 });
    await Promise.allSettled([1, 2, 3, 4].map(() => ev.evseMakes.list()));
    expect(most).toBe(1);
  });

  test('lets the wait for a first answer be aborted', async () => {
    const fake = await fakeApi({ latency: 300 });
    const ev = new EvEnergy({ baseUrl: fake.url, quota: { reserve: 1 } });
    const first = ev.evseMakes.list().then();
    const second = ev.evseMakes.list({}, { signal: AbortSignal.timeout(20) }).then();
    await expect(second).rejects.toMatchObject({ name: 'TimeoutError' });
    await first;
    expect(fake.requests).toHaveLength(1);
  });
});

describe('a pace', () => {
  /** An hour's last requests, so that each has to wait for longer than a second. */
  async function slow(token: () => string | Promise<string>) {
    const headers = { 'x-ratelimit-limit': '3000', 'x-ratelimit-remaining': '2500' };
    const server = await serve(() => ({ body: [], headers }));
    const ev = new EvEnergy({ baseUrl: server.url, auth: { token }, quota: { pace: true } });
    await ev.evseMakes.list();
    await ev.evseMakes.list();
    return { ev, sent: () => server.requests.map((request) => request.headers.authorization) };
  }

  test('asks for the token again after the wait, which may have outlasted it', async () => {
    let given = 0;
    const { ev, sent } = await slow(() => `token${++given}`);
    await ev.evseMakes.list();
    expect(sent()).toEqual(['Bearer token1', 'Bearer token2', 'Bearer token4']);
  });

  async function logged(left: number, logLevel: 'info' | 'debug' | 'warn') {
    const headers = { 'x-ratelimit-limit': '100000', 'x-ratelimit-remaining': `${left}` };
    const server = await serve(() => ({ body: [], headers }));
    const lines: string[] = [];
    const logger = Object.fromEntries(
      ['debug', 'info', 'warn', 'error'].map((level) => [
        level,
        (text: string) => lines.push(`${level}: ${text}`),
      ]),
    ) as unknown as Logger;
    const ev = new EvEnergy({ baseUrl: server.url, quota: { pace: true }, logger, logLevel });
    await ev.evseMakes.list();
    await ev.evseMakes.list();
    const held = ev.evseMakes.list({}, { signal: AbortSignal.timeout(200) }).then();
    await held.catch(() => {});
    return lines.filter((line) => line.includes('quota.pace'));
  }

  test('that holds a call up for long says so in the log', async () => {
    const [line, ...more] = await logged(10, 'info');
    expect(line).toMatch(/^info: quota\.pace: a request waits 3\d\d s for its turn$/);
    expect(more).toEqual([]);
    expect(await logged(10, 'warn')).toEqual([]);
  });

  test('that holds a call up for a moment is only logged for debugging', async () => {
    expect(await logged(20_000, 'info')).toEqual([]);
    expect(await logged(20_000, 'debug')).toEqual([expect.stringMatching(/^debug: quota\.pace: /)]);
  });
});

describe('the gate', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const HOUR = 3_600_000;

  /** The gate's refusal as a rejection. */
  const admitted = async (gate: QuotaGate) => gate.admit(undefined);

  /** One request after the other through the gate, each answered with what is left. */
  async function send(gate: QuotaGate, limit: number, left: number): Promise<void> {
    gate.settle(await gate.admit(undefined), limit, left);
  }

  test('opens again when own requests leave the rolling hour', async () => {
    const gate = new QuotaGate({ reserve: 1 });
    await send(gate, 3, 2);
    vi.advanceTimersByTime(HOUR / 2);
    await send(gate, 3, 1);
    await expect(admitted(gate)).rejects.toThrow(QuotaReserveError);
    vi.advanceTimersByTime(HOUR / 2 + 60_000);
    await send(gate, 3, 1);
  });

  test('knows nothing an hour after the last answer, and asks', async () => {
    const gate = new QuotaGate({ reserve: 5 });
    await send(gate, 100, 5);
    await expect(admitted(gate)).rejects.toThrow(QuotaReserveError);
    vi.advanceTimersByTime(HOUR);
    await send(gate, 100, 99);
  });

  test('does not take an overtaken answer for news', async () => {
    const gate = new QuotaGate({ reserve: 1 });
    await send(gate, 10, 5);
    const [early, late] = [await gate.admit(undefined), await gate.admit(undefined)];
    gate.settle(late, 10, 3);
    gate.settle(early, 10, 4);
    await send(gate, 10, 2);
    await send(gate, 10, 1);
    await expect(admitted(gate)).rejects.toMatchObject({ remaining: 1 });
  });

  test('takes it for news when the count has really risen', async () => {
    const gate = new QuotaGate({ reserve: 1 });
    await send(gate, 10, 1);
    vi.advanceTimersByTime(HOUR);
    await send(gate, 10, 9);
    await send(gate, 10, 8);
  });

  test('counts a request that got no answer as over', async () => {
    const gate = new QuotaGate({ reserve: 1 });
    gate.settle(await gate.admit(undefined), undefined, undefined, false);
    await send(gate, 10, 9);
  });

  test('paces: what is left lasts for the rest of the hour', async () => {
    const gate = new QuotaGate({ pace: true });
    await send(gate, 101, 100);
    const start = Date.now();
    const times: number[] = [];
    for (let left = 99; left >= 90; left -= 1) {
      const sent = send(gate, 101, left).then(() => times.push(Date.now() - start));
      await vi.advanceTimersByTimeAsync(40_000);
      await sent;
    }
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(35_000);
  });

  test('paces calls side by side in turn', async () => {
    const gate = new QuotaGate({ pace: true });
    await send(gate, 3601, 3600);
    const start = Date.now();
    const times: number[] = [];
    const all = [0, 1, 2, 3].map(() => admitted(gate).then(() => times.push(Date.now() - start)));
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(all);
    expect(times.map((time) => Math.round(time / 1000))).toEqual([0, 1, 2, 3]);
  });

  test('does not hold a place for a paced call that is aborted', async () => {
    const gate = new QuotaGate({ pace: true });
    await send(gate, 61, 60);
    await gate.admit(undefined);
    const controller = new AbortController();
    const waiting = gate.admit(controller.signal);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    const start = Date.now();
    const next = admitted(gate).then(() => Date.now() - start);
    await vi.advanceTimersByTimeAsync(200_000);
    // The time of the one that was aborted, and not the time after that.
    expect(await next).toBeLessThan(62_000);
  });
});
