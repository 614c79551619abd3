import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ConfigurationError, EvEnergy, NotFoundError } from '../index.js';
import { type Fake, type FakeOptions, startFake } from '../testing/index.js';
import { validators } from '../validators.js';

const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
const USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';
const MAKE = 'emak01HS8FRXKJD5JZZ7ZN6W8H21P8';

let fake: Fake;
let ev: EvEnergy;

async function start(options: FakeOptions = {}): Promise<void> {
  fake = await startFake(options);
  ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, maxRetries: 0 });
}

beforeEach(() => start());
afterEach(() => fake.close());

const lastPath = () => fake.requests.at(-1)?.path.replace('/v2', '');

describe('a redirect of the onboarding', () => {
  const params = { user_id: USER, client_id: 'app', make_id: MAKE };

  async function redirectTo(location: (visited: string) => string): Promise<{ visits: () => number }> {
    let visits = 0;
    const server = createServer((_, response) => {
      visits += 1;
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const target = location(`http://127.0.0.1:${(server.address() as AddressInfo).port}/start`);
    await fake.close();
    await start({
      tamper: (response) => {
        response.headers.Location = target;
      },
    });
    return { visits: () => visits };
  }

  test('is handed to the caller and not followed, and its target never sees the token', async () => {
    const { visits } = await redirectTo((visited) => visited);
    const answer = await ev.evseOnboarding.retrieve(params);
    expect(answer).toEqual({
      status: 302,
      location: expect.stringMatching(/^http:\/\/127.0.0.1:\d+\/start$/),
    });
    expect(visits()).toBe(0);
    expect(fake.requests).toHaveLength(1);
  });

  test('is made absolute', async () => {
    await redirectTo(() => '/pages/start?make=1');
    const answer = await ev.evseOnboarding.retrieve(params);
    expect(answer).toEqual({ status: 302, location: `${new URL(fake.url).origin}/pages/start?make=1` });
  });

  test('does not come where the address is asked for as JSON', async () => {
    const answer = await ev.evseOnboarding.retrieve({ ...params, response_type: 'json' });
    const url = 'url' in answer ? new URL(answer.url) : undefined;
    expect(url?.searchParams.get('user_id')).toBe(USER);
    expect(answer).not.toHaveProperty('location');
  });

  test('is no departure from the document', async () => {
    const warn = vi.fn();
    const logger = { debug: vi.fn(), info: vi.fn(), warn, error: vi.fn() };
    const strict = new EvEnergy({
      baseUrl: fake.url,
      accessToken: fake.token,
      validators,
      validate: 'error',
      logger,
    });
    expect(await strict.evseOnboarding.retrieve(params)).toHaveProperty('status', 302);
    await strict.evseOnboarding.retrieve({ ...params, response_type: 'json' });
    await strict.evses.reconnect(EVSE);
    await strict.evses.delete(EVSE);
    expect(warn).not.toHaveBeenCalled();
  });

  test('is no success of the raw response either', async () => {
    const { response } = await ev.evseOnboarding.retrieve(params).withResponse();
    expect([response.status, response.redirected]).toEqual([302, false]);
  });
});

describe('writing', () => {
  test('DELETE answers nothing, and the EVSE is gone', async () => {
    expect(await ev.evses.delete(EVSE)).toBeUndefined();
    await expect(ev.evses.retrieve(EVSE)).rejects.toThrow(NotFoundError);
    await expect(ev.evses.delete(EVSE)).rejects.toThrow(NotFoundError);
  });

  test('POST without a body makes a link', async () => {
    const { url } = await ev.evses.reconnect(EVSE);
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', body: '', status: 201 });
    expect(url).toContain(EVSE);
  });

  test('PATCH sets the location, and null clears it', async () => {
    const location = { latitude: 51.5, longitude: -0.1 };
    expect((await ev.evses.update(EVSE, { location })).location).toEqual(location);
    expect((await ev.evses.retrieve(EVSE)).location).toEqual(location);
    expect((await ev.evses.update(EVSE, { location: null })).location).toBeNull();
    expect(fake.requests.at(-1)?.body).toBe('{"location":null}');
    expect((await ev.evses.retrieve(EVSE)).location).toBeNull();
  });

  test('PATCH leaves alone what its body does not name', async () => {
    const { location } = await ev.evses.update(EVSE, { location: { latitude: 1, longitude: 2 } });
    expect((await ev.evses.update(EVSE, {})).location).toEqual(location);
  });

  test('PATCH expands its answer', async () => {
    const evse = await ev.evses.update(EVSE, { location: null }, { expand: ['model.make'] });
    expect(evse.model.make.id).toBe(MAKE);
  });
});

describe('a moment in a path', () => {
  test('is percent-encoded and keeps its microseconds', async () => {
    const [log] = await ev.evses.statusLogs.list(EVSE).toArray({ limit: 1 });
    const sampledAt = log?.sampled_at ?? '';
    expect(sampledAt).toMatch(/\.\d{6}Z$/);
    expect(await ev.evses.statusLogs.retrieve(EVSE, sampledAt)).toEqual(log);
    expect(lastPath()).toBe(`/evses/${EVSE}/status_logs/${sampledAt.replaceAll(':', '%3A')}`);
    await ev.evses.statusLogs.retrieve(EVSE, sampledAt.replace('Z', '+00:00'));
    expect(lastPath()).toMatch(/%2B00%3A00$/);
  });

  test('tells apart logs of the same millisecond', async () => {
    const logs = await ev.evses.statusLogs.list(EVSE).toArray();
    const millisecond = (index: number) => logs[index]?.sampled_at?.slice(0, 23);
    const twin = logs.findIndex((_, index) => millisecond(index) === millisecond(index + 1));
    const [one, other] = logs.slice(twin, twin + 2);
    expect(one?.sampled_at).not.toBe(other?.sampled_at);
    expect(await ev.evses.statusLogs.retrieve(EVSE, one?.sampled_at ?? '')).toEqual(one);
    expect(await ev.evses.statusLogs.retrieve(EVSE, other?.sampled_at ?? '')).toEqual(other);
  });

  test('must be text: a Date would cut the microseconds off', async () => {
    const date = new Date() as unknown as string;
    const error = await ev.evses.statusLogs.retrieve(EVSE, date).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty('message', expect.stringMatching(/^sampled_at: /));
    expect(fake.requests).toEqual([]);
  });

  test('may stand in the URL of the log, as the API spells it', async () => {
    const evse = await ev.evses.retrieve(EVSE);
    expect(evse.latest_status_log).toMatch(/\/evse\/evse[^/]*\/status_logs\/[^/]*\/$/);
    const log = await ev.evses.statusLogs.retrieve(EVSE, evse.latest_status_log ?? '');
    expect(log.url).toBe(evse.latest_status_log);
  });
});

describe('onboarding URLs', () => {
  const users = (items: { onboarding_url?: string | null }[]) =>
    new Set(
      items.map(({ onboarding_url: url }) => (url ? new URL(url).searchParams.get('user_id') : undefined)),
    );

  test.each(['evseMakes', 'evseModels'] as const)('of %s carry the user of EvEnergy-User', async (name) => {
    expect(users(await ev[name].list().toArray())).toEqual(new Set([undefined, null]));
    expect(users(await ev[name].list({ 'EvEnergy-User': USER }).toArray())).toEqual(
      new Set([undefined, USER]),
    );
    const acting = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, user: USER });
    expect(users(await acting[name].list().toArray())).toEqual(new Set([undefined, USER]));
  });
});

describe('retrieving by reference', () => {
  test('takes the id, and the URL in any of its spellings', async () => {
    const [log] = await ev.evses.statusLogs.list(EVSE).toArray({ limit: 1 });
    const references = [
      EVSE,
      log?.evse ?? '',
      `${fake.url}/evse/${EVSE}/`,
      `https://api.ev.energy/v2/evses/${EVSE}`,
    ];
    for (const reference of references) {
      expect((await ev.evses.retrieve(reference)).id).toBe(EVSE);
      expect(lastPath()).toBe(`/evses/${EVSE}`);
    }
    expect(fake.requests).toHaveLength(references.length + 1);
  });

  test('climbs from a log to its make', async () => {
    const [log] = await ev.evses.statusLogs.list(EVSE).toArray({ limit: 1 });
    const evse = await ev.evses.retrieve(log?.evse ?? '');
    const model = await ev.evseModels.retrieve(evse.model);
    const make = await ev.evseMakes.retrieve(model.make);
    expect([evse.id, make.id]).toEqual([EVSE, MAKE]);
  });

  test.each([
    ['of another host', `https://example.com/v2/evses/${EVSE}`],
    ['of the host in plain http', `http://api.ev.energy/v2/evses/${EVSE}`],
    ['of another base path', `https://api.ev.energy/v3/evses/${EVSE}`],
    ['with a user name', `https://api.ev.energy@example.com/v2/evses/${EVSE}`],
    ['of a make', `https://api.ev.energy/v2/evse_makes/${MAKE}`],
    ['of something below the EVSE', `https://api.ev.energy/v2/evses/${EVSE}/connectivity`],
    ['of the collection', 'https://api.ev.energy/v2/evses/'],
  ])('refuses a URL %s before any request', async (_, url) => {
    const error = await ev.evses.retrieve(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^evse_id: .* is not (a URL of this API|the URL of)/),
    );
    await expect(ev.evses.delete(url)).rejects.toThrow(ConfigurationError);
    expect(fake.requests).toEqual([]);
  });
});
