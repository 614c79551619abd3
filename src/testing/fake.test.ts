import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkTo, request } from '../../scripts/test/http.js';
import { type Fake, startFake } from './index.js';

let fake: Fake;
beforeAll(async () => {
  fake = await startFake({ rateLimit: 100_000 });
});
afterAll(() => fake.close());

const MAKES = '/evse_makes';
const LOGS = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5/status_logs';
const USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';

const get = (path: string, headers: Record<string, string> = {}) =>
  request(path.startsWith('http') ? path : `${fake.url}${path}`, { token: fake.token, headers });

/** Follows the links of a relation to the end. */
async function walk(path: string, relation: 'next' | 'previous') {
  const pages = [];
  for (let url = path; url !== 'about:blank'; ) {
    const { headers, body } = await get(url);
    pages.push(body);
    url = linkTo(relation, headers) ?? '';
  }
  return pages;
}

describe('pages', () => {
  test.each([
    [MAKES, 7, 'id', 61],
    [LOGS, 40, 'sampled_at', 300],
  ])('%s is walked forward and back, complete and in order', async (path, size, key, count) => {
    const forward = await walk(`${path}?page_size=${size}`, 'next');
    const keys = forward.flat().map((item) => item[key]);
    expect(keys).toHaveLength(count);
    const sorted = [...new Set(keys)].sort();
    expect(keys).toEqual(key === 'id' ? sorted : sorted.reverse());

    const last = forward.at(-1);
    const back = await walk(`${path}?page_size=${size}&page_before=${last[0][key]}`, 'previous');
    expect(back.reverse().flat()).toEqual(forward.slice(0, -1).flat());
  });

  test('the size is 25 by default and 100 at most', async () => {
    expect((await get(MAKES)).body).toHaveLength(25);
    expect((await get(`${LOGS}?page_size=100`)).body).toHaveLength(100);
    for (const size of ['0', '101', '-1', 'ten', '1.5', '']) {
      const { status, body } = await get(`${LOGS}?page_size=${size}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({
        type: 'https://api.ev.energy/v2/problems/pagination-parameters/',
        field_errors: { page_size: [expect.any(String)] },
      });
    }
  });

  test('page_after wins over page_before', async () => {
    const { body } = await get(`${MAKES}?page_size=50`);
    const [after, before] = [body[9].id, body[40].id];
    const both = await get(`${MAKES}?page_size=3&page_before=${before}&page_after=${after}`);
    expect(both.body).toEqual(body.slice(10, 13));
  });

  test('a cursor stands between items, also where no item is', async () => {
    const { body } = await get(`${LOGS}?page_size=3`);
    const between = body[0].sampled_at.replace(/\d{6}Z$/, '000000Z');
    expect((await get(`${LOGS}?page_size=3&page_after=${between}`)).body[0]).toEqual(body[1]);
  });

  test('an id is a cursor of the logs too, as the reference page has it, and leads to the first page', async () => {
    const id = 'xmpl01HNFZM7Q8FXASZXYZ6XM3TQRR';
    const first = await get(`${LOGS}?page_size=3`);
    const { status, body } = await get(`${LOGS}?page_size=3&page_before=${id}&page_after=${id}`);
    expect(status).toBe(200);
    expect(body).toEqual(first.body);
  });

  test.each([
    [MAKES, 'nonsense'],
    [MAKES, '2024-04-18T08:53:52.225655Z'],
    [LOGS, 'nonsense'],
  ])('%s refuses the cursor %s', async (path, cursor) => {
    for (const name of ['page_after', 'page_before']) {
      const { status, body } = await get(`${path}?${name}=${cursor}`);
      expect(status).toBe(400);
      expect(body.type).toMatch(/\/pagination-parameters\/$/);
      expect(Object.keys(body.field_errors)).toEqual([name]);
    }
  });

  test('links keep the other parameters and name the base that was asked for', async () => {
    const live = await startFake({ linkBase: 'https://api.ev.energy/v2' });
    const { headers, body } = await request(`${live.url}${MAKES}?page_size=2&available_for_user_id=${USER}`);
    const id = body[1].id;
    expect(linkTo('previous', headers)).toBe('about:blank');
    expect(linkTo('next', headers)).toBe(
      `https://api.ev.energy/v2/evse_makes?page_size=2&available_for_user_id=${USER}&page_after=${id}`,
    );
    expect(body[0].url).toMatch(/^https:\/\/api\.ev\.energy\/v2\/evse_makes\/emak/);
    await live.close();
  });
});

describe('filters', () => {
  test('bounds are inclusive to the microsecond, in any zone', async () => {
    const { body: logs } = await get(`${LOGS}?page_size=100`);
    // Two logs within a millisecond, which only differ in their microseconds.
    const twin = logs.findIndex((log: { sampled_at: string }, index: number) => {
      return log.sampled_at.slice(0, 20) === logs[index + 1]?.sampled_at.slice(0, 20);
    });
    expect(twin).toBeGreaterThan(0);
    const [from, to] = [logs[twin + 5].sampled_at, logs[twin + 1].sampled_at];
    const inside = logs.slice(twin + 1, twin + 6);
    const bounded = await get(`${LOGS}?sampled_at__gte=${from}&sampled_at__lte=${to}`);
    expect(bounded.body).toEqual(inside);
    const zoned = `${new Date(Date.parse(to) + 3_600_000).toISOString().slice(0, 20)}${to.slice(20, 26)}+01:00`;
    const query = new URLSearchParams({ sampled_at__gte: from, sampled_at__lte: zoned });
    expect((await get(`${LOGS}?${query}`)).body).toEqual(inside);
    const none = await get(`${LOGS}?sampled_at__gte=2030-01-01T00:00:00Z`);
    expect([none.status, none.body]).toEqual([200, []]);
    expect(none.headers.get('link')).toBe('<about:blank>; rel="previous", <about:blank>; rel="next"');
  });

  test('a walk stays within the bounds', async () => {
    const { body: logs } = await get(`${LOGS}?page_size=100`);
    const [from, to] = [logs[70].sampled_at, logs[10].sampled_at];
    const pages = await walk(`${LOGS}?page_size=9&sampled_at__gte=${from}&sampled_at__lte=${to}`, 'next');
    expect(pages.flat()).toEqual(logs.slice(10, 71));
  });

  test('an end before the beginning, and what is no date, is refused', async () => {
    const swapped = `sampled_at__gte=2026-02-01T00:00:00Z&sampled_at__lte=2026-01-01T00:00:00Z`;
    for (const query of [
      swapped,
      'sampled_at__lte=2026-02-30T00:00:00Z',
      'sampled_at__lte=2026-01-01T00:00:00',
    ]) {
      const { status, body } = await get(`${LOGS}?${query}`);
      expect(status).toBe(400);
      expect(body.type).toMatch(/\/validation-failed-parameters\/$/);
      expect(Object.keys(body.field_errors)).toEqual(['sampled_at__lte']);
    }
  });

  test('the data decides what is available for a user', async () => {
    const all = (await get(`${MAKES}?page_size=100`)).body;
    const available = (await get(`${MAKES}?page_size=100&available_for_user_id=${USER}`)).body;
    expect(available.length).toBeGreaterThan(10);
    expect(available.length).toBeLessThan(all.length);
    expect(all).toEqual(expect.arrayContaining(available));
    const nobody = await get(`${MAKES}?available_for_user_id=user${'0'.repeat(26)}`);
    expect([nobody.status, Object.keys(nobody.body.field_errors)]).toEqual([400, ['available_for_user_id']]);
  });

  test('unknown parameters mean nothing', async () => {
    expect((await get(`${MAKES}?page_size=2&colour=red`)).body).toHaveLength(2);
  });
});

describe('expansion', () => {
  test('inlines the object that the URL names, and no more than asked for', async () => {
    const plain = (await get(`${LOGS}?page_size=1`)).body[0];
    const [log] = (await get(`${LOGS}?page_size=1&expand=evse.model&expand=evse.user`)).body;
    expect(log.evse.url).toBe(plain.evse);
    expect(log.evse.user).toMatchObject({ id: USER, url: expect.stringContaining(USER) });
    expect(log.evse.model.make).toEqual(expect.any(String));
    expect(log.evse.latest_status_log).toEqual(expect.any(String));
    expect({ ...log, evse: plain.evse }).toEqual(plain);
  });

  test('an unknown path is refused', async () => {
    const { status, body } = await get(`${LOGS}?expand=evse&expand=evse.colour`);
    expect([status, Object.keys(body.field_errors)]).toEqual([400, ['expand']]);
  });
});

describe('the user of a call', () => {
  const personal = (body: { onboarding_url: string | null }[]) =>
    body.map(({ onboarding_url: url }) => url && new URL(url).searchParams.get('user_id'));

  test('comes from the header, as id or URL, and appears where the document says', async () => {
    expect(new Set(personal((await get(MAKES)).body))).toEqual(new Set([null]));
    for (const value of [USER, `https://api.ev.energy/v2/users/${USER}`, `${fake.url}/users/${USER}/`]) {
      const { body } = await get(MAKES, { 'EvEnergy-User': value });
      expect(new Set(personal(body))).toEqual(new Set([null, USER]));
    }
  });

  test('comes from the header, and appears in what is expanded', async () => {
    type Linked = { onboarding_url: string | null };
    const asUser = { 'EvEnergy-User': USER };
    const evses: { model: Linked & { make: Linked } }[] = (await get('/evses?expand=model.make', asUser))
      .body;
    const models: { make: Linked }[] = (await get('/evse_models?expand=make', asUser)).body;
    const shown = [
      evses.map(({ model }) => model),
      evses.map(({ model }) => model.make),
      models.map(({ make }) => make),
    ];
    // Not every make has a link.
    for (const items of shown) {
      const linked = items.filter(({ onboarding_url: url }) => url !== null);
      expect(new Set(personal(linked))).toEqual(new Set([USER]));
    }
  });

  test('comes from the token of a user', async () => {
    const token = fake.issueToken({ userId: USER });
    const { body } = await request(`${fake.url}${MAKES}`, { token });
    expect(new Set(personal(body))).toEqual(new Set([null, USER]));
    const { body: logs } = await request(`${fake.url}${LOGS}?expand=evse.model&page_size=1`, { token });
    expect(personal([logs[0].evse.model])).toEqual([USER]);
  });

  test('must be one that the caller may act for', async () => {
    const other = (await get(`${LOGS}?page_size=1&expand=evse.user`)).body[0].evse.user.id;
    expect(other).toBe(USER);
    const unknown = await get(MAKES, { 'EvEnergy-User': `user${'0'.repeat(26)}` });
    expect(unknown.status).toBe(403);
    expect((await get(MAKES, { 'EvEnergy-User': 'me' })).status).toBe(400);
    const users = fake.world.store.collection('/users', [])?.items ?? [];
    const token = fake.issueToken({ userId: String(users.at(-1)?.id) });
    const foreign = await request(`${fake.url}${MAKES}`, { token, headers: { 'EvEnergy-User': USER } });
    expect(foreign.status).toBe(403);
    // What belongs to another user isn't visible at all.
    expect((await request(`${fake.url}${LOGS}`, { token })).status).toBe(404);
  });

  test('is nobody without a token', async () => {
    const { status, body } = await request(`${fake.url}${MAKES}`, { headers: { 'EvEnergy-User': USER } });
    expect(status).toBe(200);
    expect(new Set(personal(body))).toEqual(new Set([null]));
  });
});

describe('single resources', () => {
  test('are what the list shows', async () => {
    const { body } = await get(MAKES);
    for (const make of body.slice(0, 3)) expect((await get(`${MAKES}/${make.id}`)).body).toEqual(make);
    expect((await get(`${MAKES}/${body[0].id}/`)).body).toEqual(body[0]);
  });

  test('are not found when unknown and refused when malformed', async () => {
    const unknown = await get(`${MAKES}/emak${'0'.repeat(26)}`);
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({ title: 'Not found', status: 404 });
    const malformed = await get(`${MAKES}/emak1`);
    expect([malformed.status, Object.keys(malformed.body.field_errors)]).toEqual([400, ['evse_make_id']]);
    expect((await get(`${MAKES}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('the sample data', () => {
  test('is the same for the same seed and another for another', async () => {
    const read = async (seed: number) => {
      const other = await startFake({ seed, linkBase: 'http://localhost' });
      const answer = await request(`${other.url}${LOGS}?expand=evse.model.make`, { token: other.token });
      await other.close();
      return answer.body;
    };
    expect(await read(1)).toEqual(await read(1));
    expect(await read(1)).not.toEqual(await read(2));
  });

  test('has as many logs as asked for, up to the moment asked for', async () => {
    const latest = new Date('2026-11-22T12:00:00Z');
    const large = await startFake({ statusLogs: 100_000, latest });
    const first = await request(`${large.url}${LOGS}?page_size=100`, { token: large.token });
    expect(latest.getTime() - Date.parse(first.body[0].sampled_at)).toBeLessThan(900_000);
    const [evse] = LOGS.split('/').slice(2, 3);
    expect(large.world.store.collection('/evses/{}/status_logs', [evse ?? ''])?.items).toHaveLength(100_000);
    await large.close();
  });
});

test('what was received can be looked at', async () => {
  const own = await startFake();
  await request(`${own.url}${MAKES}?page_size=3`, { token: own.token });
  await request(`${own.url}/nowhere`, { method: 'POST', body: 'text' });
  expect(own.requests).toMatchObject([
    { method: 'GET', path: '/v2/evse_makes?page_size=3', operationId: 'get-evse_makes', status: 200 },
    { method: 'POST', path: '/v2/nowhere', body: 'text', endpoint: 'api', status: 404 },
  ]);
  expect(own.requests[0]?.query.get('page_size')).toBe('3');
  await own.close();
});

test('may be closed twice', async () => {
  const own = await startFake();
  await Promise.all([own.close(), own.close()]);
  await own.close();
});

test('a port that is taken, and a document that cannot be served, fail at the start', async () => {
  await expect(startFake({ port: Number(new URL(fake.url).port) })).rejects.toThrow('EADDRINUSE');
  await expect(startFake({ document: 'nowhere.yaml' })).rejects.toThrow('no such file');
});
