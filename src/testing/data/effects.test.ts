/** What is written through the API can be read afterwards, and expansions reach existing objects. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFake, type Fake } from '../index.js';

const NOW = Date.UTC(2026, 5, 30, 21);

let fake: Fake;
beforeAll(async () => {
  fake = await createFake({ now: () => NOW, rateLimit: 1_000_000 });
});
afterAll(() => fake.close());

// biome-ignore lint/suspicious/noExplicitAny: answers of any operation
async function send(method: string, path: string, body?: unknown, token = fake.token): Promise<any> {
  const response = await fake.fetch(path.startsWith('http') ? path : `${fake.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
const get = async (path: string) => (await send('GET', path)).body;
const fetchWith = (url: string, headers: Record<string, string>) =>
  fake.fetch(url, { headers: { authorization: `Bearer ${fake.token}`, ...headers } });

/** A session whose current sub-session is a smart one. */
async function openSession() {
  const open = await get('/charging_sub_sessions?is_finished=false&mode=SMART&expand=vehicle&page_size=100');
  const [sub] = open.filter(
    (one: { vehicle: { smart_charging_enabled: boolean } }) => one.vehicle.smart_charging_enabled,
  );
  const session = fake.world.store
    .collection('/charging_sessions', [])
    ?.items.find(({ sub_sessions: subs }) => (subs as string[]).includes(sub.url));
  return { sub, session: String(session?.url) };
}

describe('expansions', () => {
  it('show what was deleted since as it was, where something still refers to it', async () => {
    const session = (await get('/charging_sessions?page_size=100')).at(-1);
    const vehicle = await get(session.vehicle);
    expect((await send('DELETE', session.vehicle)).status).toBe(204);
    expect((await send('GET', session.vehicle)).status).toBe(404);
    expect((await get(`${session.url}?expand=vehicle`)).vehicle).toEqual(vehicle);
    expect(
      (await get('/users?page_size=100')).flatMap((user: { vehicles: string[] }) => user.vehicles),
    ).not.toContain(session.vehicle);
  });

  it('reach vehicles down to their make, and the sub-sessions in the list of a session', async () => {
    const [sub] = await get(
      '/charging_sub_sessions?page_size=1&expand=vehicle.trim.model.make&expand=tariff.supplier',
    );
    expect(sub.vehicle.trim.model.make.name).toEqual(expect.any(String));
    const [session] = await get('/charging_sessions?page_size=1&expand=sub_sessions');
    for (const one of session.sub_sessions) expect(one.mode).toEqual(expect.any(String));
  });

  it('look into objects, and follow addresses of what stands below an item', async () => {
    const users = await get('/users?expand=default_location.tariff.supplier');
    const withTariff = users.find(
      (user: { default_location: { tariff: unknown } }) => user.default_location.tariff,
    );
    expect(withTariff.default_location.tariff.supplier.name).toEqual(expect.any(String));
    const [sub] = await get('/charging_sub_sessions?is_finished=true&page_size=1&expand=energy_usage');
    const intervals: { total_energy_delivered_watt_hours: number }[] = sub.energy_usage.intervals;
    const energy = intervals.reduce((sum, part) => sum + part.total_energy_delivered_watt_hours, 0);
    expect(energy).toBe(sub.energy_delivered_watt_hours);
  });

  it('begin at the root, which names the collections of the fake', async () => {
    const collections = Object.values<string>(await get('/'));
    expect(collections.length).toBeGreaterThan(10);
    for (const url of collections) expect((await send('GET', url)).status, url).toBe(200);
  });

  it('give the prices of the last 24 hours, the latest first, of tariffs by name', async () => {
    const tariffs = await get('/tariffs?page_size=100');
    const names = tariffs.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...names].sort());
    const [tariff] = tariffs;
    const starts = (await get(tariff.prices)).map((price: { started_at: string }) => price.started_at);
    expect(starts).toEqual([...starts].sort().reverse());
    const beyond = await send('GET', '/tariffs?page=99');
    expect([beyond.status, beyond.body.detail]).toEqual([404, 'There is no page 99: the last one is 1.']);
    const { prices } = await get(`/tariffs/${tariff.id}?expand=prices`);
    expect(prices.length).toBe(48);
    expect([prices[0].started_at, prices[47].started_at]).toEqual([
      '2026-06-30T21:00:00Z',
      '2026-06-29T21:30:00Z',
    ]);
  });
});

describe('filters', () => {
  it('select by moments that lie above and below, by vehicle, and by user', async () => {
    const all = await get(
      '/charging_sub_sessions?page_size=100&start__gt=2026-06-20T00:00:00Z&start__lt=2026-06-25T00:00:00Z',
    );
    expect(all.length).toBeGreaterThan(10);
    for (const { start } of all) expect(start > '2026-06-20' && start < '2026-06-25').toBe(true);
    const vehicle = await get('/vehicles/vhcl01HT8E8EB2MDARHGY1PSETMK88');
    const own = await get(`/charging_sub_sessions?page_size=100&vehicle_id=${vehicle.id}`);
    expect(new Set(own.map((sub: { vehicle: string }) => sub.vehicle))).toEqual(new Set([vehicle.url]));
    const logs = `${(await get('/evses?page_size=1'))[0].url}/ocpp_logs?page_size=100`;
    for (const [query, wanted] of [
      ['direction=SENT', { direction: 'Sent' }],
      ['error_code=NoError', { response: expect.objectContaining({ error_code: 'NoError' }) }],
      ['action=Heartbeat', { action: 'Heartbeat' }],
    ] as const) {
      const some = await get(`${logs}&${query}`);
      expect(some.length).toBeGreaterThan(0);
      expect(some).toEqual(some.map(() => expect.objectContaining(wanted)));
    }
    const users = await get(`/charging_sub_sessions?page_size=100&user_id=${vehicle.user.split('/').at(-1)}`);
    expect(users.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([own[0].id]));
  });
});

describe('a user', () => {
  it('sees what is their own, and no other user', async () => {
    const [me, other] = await get('/users');
    const token = fake.issueToken({ userId: me.id });
    const mine = async (path: string) => (await send('GET', path, undefined, token)).body;
    expect(await mine('/users')).toEqual([me]);
    expect((await send('GET', other.url, undefined, token)).status).toBe(404);
    expect((await send('GET', `${other.url}/saved_routes`, undefined, token)).status).toBe(404);
    const clamps = await mine('/ct_clamps?page_size=100');
    expect(clamps.length).toBeGreaterThan(0);
    for (const { evse } of clamps) expect(me.evses).toContain(evse);
  });
});

describe('what is written', () => {
  it('starts and ends a boost: the sub-session under way ends, another begins, and the session goes on', async () => {
    const { session, sub } = await openSession();
    const boosted = await send('POST', `${session}/boost_start`);
    expect(boosted.status).toBe(200);
    expect(boosted.body.end).toBeNull();
    const ended = await get(sub.url);
    const boost = await get(boosted.body.sub_sessions.at(-1));
    expect([ended.end, boost.start, boost.end]).toEqual([
      new Date(NOW).toISOString(),
      new Date(NOW).toISOString(),
      null,
    ]);
    expect([boost.mode, boost.energy_delivered_watt_hours]).toEqual(['BOOST', 0]);
    expect((await send('POST', `${session}/boost_start`)).status).toBe(409);
    const smart = await send('POST', `${session}/boost_end`);
    expect((await get(smart.body.sub_sessions.at(-1))).mode).toBe('SMART');
    const listed = await get(`/charging_sub_sessions?page_size=100&is_finished=false`);
    expect(listed.map(({ url }: { url: string }) => url)).toContain(smart.body.sub_sessions.at(-1));
  });

  it('measures a sub-session for as long as it says, while it is under way and once it has ended', async () => {
    const { session, sub } = await openSession();
    const agree = async () => {
      const one = await get(sub.url);
      const { intervals } = await get(one.energy_usage);
      const total = (field: string) =>
        intervals.reduce((sum: number, part: Record<string, unknown>) => sum + Number(part[field]), 0);
      expect(total('interval_seconds') / 60).toBeCloseTo(one.duration_minutes, 0);
      expect(total('total_energy_delivered_watt_hours')).toBe(one.energy_delivered_watt_hours);
      expect(Math.abs(total('electricity_cost_sub_unit') - one.cost)).toBeLessThan(2);
      const { schedules } = await get(one.schedules);
      expect(schedules.length * 30 - one.duration_minutes).toBeGreaterThanOrEqual(0);
      expect(Date.parse(one.start) - Date.parse(schedules[0].started_at)).toBeLessThan(1_800_000);
    };
    await agree();
    const { body } = await send('POST', `${session}/boost_start`);
    await agree();
    const boost = await get(body.sub_sessions.at(-1));
    expect([boost.percentage_added, (await get(boost.energy_usage)).intervals]).toEqual([0, []]);
    await send('POST', `${session}/boost_end`);
  });

  it('boosts nothing that is over, or not charged smartly', async () => {
    const sessions = await get('/charging_sessions?page_size=100');
    const over = sessions.find(({ end }: { end: unknown }) => end !== null);
    expect((await send('POST', `${over.url}/boost_start`)).status).toBe(409);
    const { session, sub } = await openSession();
    await send('PATCH', `/vehicles/${sub.vehicle.id}`, { smart_charging_enabled: false });
    expect((await send('POST', `${session}/boost_start`)).body.detail).toContain('switched off');
    await send('PATCH', `/vehicles/${sub.vehicle.id}`, { smart_charging_enabled: true });
  });

  it('disconnects a vehicle, and ends what it was doing', async () => {
    const { sub, session } = await openSession();
    const { body } = await send('POST', `/vehicles/${sub.vehicle.id}/disconnect`);
    expect(body).toMatchObject({ id: sub.vehicle.id, integrated: 'INACTIVE' });
    expect((await get(`/vehicles/${sub.vehicle.id}`)).integrated).toBe('INACTIVE');
    expect((await get(sub.url)).end).toBe(new Date(NOW).toISOString());
    expect((await get(session)).end).toBe(new Date(NOW).toISOString());
  });

  it('ends what a vehicle was doing that is deleted', async () => {
    const { sub, session } = await openSession();
    expect((await send('DELETE', `/vehicles/${sub.vehicle.id}`)).status).toBe(204);
    expect([(await get(session)).end, (await get(sub.url)).end]).toEqual(
      Array(2).fill(new Date(NOW).toISOString()),
    );
    expect((await send('POST', `${session}/boost_start`)).status).toBe(409);
  });

  it('leaves the clamp of an EVSE that is deleted without one, and its sessions as they were', async () => {
    const [, evse] = (await get('/evses?page_size=100')).filter((one: { ct_clamp: unknown }) => one.ct_clamp);
    const sessionsAt = async () =>
      (await get('/charging_sessions?page_size=100')).filter(
        (one: { evse: string }) => one.evse === evse.url,
      );
    const before = await sessionsAt();
    expect((await send('DELETE', evse.url)).status).toBe(204);
    expect((await get(evse.ct_clamp)).evse).toBeNull();
    expect((await get(`${evse.ct_clamp}?expand=evse`)).evse).toBeNull();
    expect(await sessionsAt()).toEqual(before);
    for (const clamp of await get('/ct_clamps?page_size=100'))
      if (clamp.evse !== null) expect((await send('GET', clamp.evse)).status).toBe(200);
  });

  it('gives a vehicle to the user who adds it, and to no one else', async () => {
    const [model] = await get('/vehicle_models?page_size=1');
    const [, me, other] = await get('/users?page_size=3');
    const token = fake.issueToken({ userId: me.id });
    const add = (user?: string) =>
      send('POST', '/vehicles', { model: model.url, ...(user && { user }) }, token);
    const { body } = await add();
    expect(body.user).toBe(me.url);
    expect((await send('GET', body.url, undefined, token)).status).toBe(200);
    const before = await get(other.url);
    expect((await add(other.url)).status).toBe(403);
    expect(await get(other.url)).toEqual(before);
    expect((await send('POST', '/vehicles', { model: model.url, user: `${me.url}0` })).status).toBe(400);
  });

  it('changes the battery that is left with the battery', async () => {
    const path = '/vehicles/vhcl01HT8E8EB2MDARHGY1PSETMK88';
    const { body } = await send('PATCH', path, { battery_size_watt_hours: 41_000 });
    expect([body, await get(path)]).toEqual(
      Array(2).fill(expect.objectContaining({ effective_battery_size_watt_hours: 41_000 })),
    );
  });

  it('adds a user, who has nothing yet and is found however the address is written', async () => {
    const home = { address_1: '1 Mill Lane', city: 'Ampton', postal_code: 'EV1 1GY', country_code: 'GB' };
    const { status, body } = await send('POST', '/users', {
      email: 'New@example.com',
      default_location: home,
    });
    expect([status, body.vehicles, body.evses, body.default_location]).toEqual([201, [], [], home]);
    expect(await get('/users?email=nEW@example.com')).toEqual([body]);
    expect(await get(body.url)).toEqual(body);
  });

  it.each([
    ['a form', (fields: Record<string, string>) => new URLSearchParams(fields)],
    [
      'a form in parts',
      (fields: Record<string, string>) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append('picture', new Blob(['x']), 'me.png');
        return form;
      },
    ],
  ])('is taken from %s too, as far as the schema allows it', async (kind, formOf) => {
    const [user] = await get('/users?page_size=1');
    const email = `${kind.length}@example.com`;
    const home = { address_1: 'Größe 1 & 2', city: 'Ampton', postal_code: 'EV1 1GY', country_code: 'GB' };
    for (const fields of [{ email, default_location: JSON.stringify(home) }, { email: 'none' }]) {
      const response = await fake.fetch(user.url, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${fake.token}` },
        body: formOf(fields),
      });
      expect(response.status).toBe(200);
      expect(await get(user.url)).toMatchObject({ email, default_location: home });
    }
  });

  it('keeps the members of a map that a change leaves out, and replaces what is whole', async () => {
    const path = '/users/user01HN2NJ9NMRZBXT1H6FT9N7735/notification_preferences';
    const { groups } = await get(path);
    await send('PATCH', path, { groups: { charging_flow: false } });
    await send('PATCH', path, { groups: { deals_and_offers: true } });
    await send('PATCH', path, { groups: {} });
    expect((await get(path)).groups).toEqual({ ...groups, charging_flow: false, deals_and_offers: true });
    const evse = '/evses/evse01HSH04KDEWF6Z4DB2J77J74K5';
    await send('PATCH', evse, { location: { latitude: 1, longitude: 2 } });
    expect((await get(evse)).location).toEqual({ latitude: 1, longitude: 2 });
  });

  it('says what the driver has said of the battery, until that is taken back', async () => {
    const path = '/vehicles/vhcl01HT8E8EB2MDARHGY1PSETMK88/state_of_charge';
    const before = await get(path);
    expect(before.source).toBe('CONNECTED');
    await send('PATCH', path, {});
    expect(await get(path)).toEqual(before);
    await send('PATCH', path, { state_of_charge_percentage: 42 });
    expect(await get(path)).toMatchObject({ state_of_charge_percentage: 42, source: 'MANUAL' });
    await send('PATCH', path, { state_of_charge_percentage: null });
    expect(await get(path)).toMatchObject({
      state_of_charge_percentage: null,
      source: null,
      updated_at: null,
    });
  });

  it('adds a vehicle of a model, which its user then has', async () => {
    const [model] = await get('/vehicle_models?page_size=1');
    const [user] = await get('/users?page_size=1');
    const token = fake.issueToken({ userId: user.id });
    const { status, body } = await send('POST', '/vehicles', { model: model.url, user: user.url }, token);
    expect(status).toBe(201);
    expect(body.battery_size_watt_hours).toBe(model.default_battery_size_watt_hours);
    expect((await get(user.url)).vehicles).toContain(body.url);
    expect((await send('DELETE', body.url)).status).toBeLessThan(300);
    expect((await send('GET', body.url)).status).toBe(404);
    expect((await get(user.url)).vehicles).not.toContain(body.url);
    expect((await send('POST', '/vehicles', { model: `${model.url}x` }, token)).body.field_errors).toEqual({
      model: ['names no vehicle model'],
    });
  });

  it('enrols a user in one program at a time, who may then take part in its tiers', async () => {
    const token = fake.issueToken({ userId: 'user01HN2NJ9NMRZBXT1H6FT9N7735' });
    const programs = await get('/programs');
    const [abroad, other] = programs.filter(({ id }: { id: string }) => !id.endsWith('FSPC')).slice(-2);
    const eligible = async (program: { id: string }) => {
      const { body } = await send('GET', `/programs/${program.id}/tiers`, undefined, token);
      return body.map((tier: { eligible: boolean }) => tier.eligible);
    };
    expect(await eligible(abroad)).toEqual([false, false]);
    const isListed = async () => {
      const { body } = await send('GET', '/programs', undefined, token);
      return body.some(({ id }: { id: string }) => id === abroad.id);
    };
    expect(await isListed()).toBe(false);
    const { status, body } = await send('POST', `/programs/${abroad.id}/join`, undefined, token);
    expect([status, body.id]).toEqual([201, abroad.id]);
    expect([await eligible(abroad), await isListed()]).toEqual([[true, true], true]);
    await send('POST', `/programs/${other.id}/join`, undefined, token);
    expect([await eligible(abroad), await eligible(other)]).toEqual([
      [false, false],
      [true, true],
    ]);
    const header = { 'EvEnergy-User': 'user01HN2NJ9NMRZBXT1H6FT9N7735' };
    expect(await (await fetchWith(`${other.url}/tiers`, header)).json()).toMatchObject([
      { eligible: true },
      { eligible: true },
    ]);
    const current = await get(`/programs/${abroad.id}/participation_agreement_versions/current`);
    expect(current.version_number).toBe(3);
  });

  it.each([
    ['coordinates=51.4545,-2.5879', ['Evening Ease', 'Charge When Windy']],
    ['coordinates=40.7,-74', ['Peak Hours Off']],
    ['coordinates=-33.9,18.4', []],
    ['postal_code=D02&country_code=IE', ['Green Nights']],
  ])('lists the programs of a place: %s', async (query, names) => {
    expect((await get(`/programs?${query}`)).map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('lists programs for a user by where they live now, and all as long as nobody knows', async () => {
    const { body: user } = await send('POST', '/users', { email: 'moving@example.com' });
    const token = fake.issueToken({ userId: user.id });
    const listed = async () => (await send('GET', '/programs', undefined, token)).body.length;
    expect(await listed()).toBe(4);
    const home = { ...(await get('/users'))[0].default_location, country_code: 'IE', tariff: undefined };
    await send('PATCH', user.url, { default_location: home }, token);
    expect(await listed()).toBe(1);
    expect((await send('GET', '/programs/prog01HT8A8FJXHJ65DJNTZJK2W93R', undefined, token)).status).toBe(
      200,
    );
  });

  it.each([
    ['POST', '/programs/prog01HT8A8FJXHJ65DJNTZJK2W93R/join', 201],
    ['GET', '/incentive_schemes', 200],
    ['GET', '/notifications', 200],
  ])('is about the user who asks: %s %s wants one', async (method, path, success) => {
    const { status, body } = await send(method, path);
    expect([status, Object.keys(body.field_errors)]).toEqual([400, ['EvEnergy-User']]);
    const token = fake.issueToken({ userId: 'user01HN2NJ9NMRZBXT1H6FT9N7735' });
    expect((await send(method, path, undefined, token)).status).toBe(success);
  });

  it('has the EVSEs at sites, until they are decommissioned, and knows whose they are', async () => {
    const other = await createFake();
    onTestFinished(() => other.close());
    const ask = async (path: string, user?: string, method = 'GET') => {
      const headers = { authorization: `Bearer ${other.token}`, ...(user ? { 'EvEnergy-User': user } : {}) };
      return other.fetch(new URL(path, `${other.url}/`), { method, headers });
    };
    const read = async (path: string, user?: string) => (await ask(path, user)).json();
    const sites = await read('evse_sites');
    for (const { url } of await Promise.all(
      sites.flatMap((site: { evses: string[] }) => site.evses.map((at) => read(at))),
    ))
      expect(sites.filter((site: { evses: string[] }) => site.evses.includes(url))).toHaveLength(1);
    const [{ evses, url, user_connected }] = sites;
    const evse = await read(evses[0]);
    const me = evse.user.split('/').at(-1);
    const connected = (await read('evse_sites', me)).map(
      (site: { user_connected: unknown }) => site.user_connected,
    );
    expect([user_connected, ...connected]).toEqual([null, true, false, null]);
    await ask(evse.url, undefined, 'DELETE');
    expect((await read(url)).evses).toEqual(evses.slice(1));
  });

  it('logs what a clamp measures until the data ends, each stored after it was taken', async () => {
    const [clamp] = await get('/ct_clamps?page_size=1');
    const logs = await get(`${clamp.url}/logs?page_size=100`);
    expect(logs.length).toBeGreaterThan(25);
    for (const { sampled_at, logged_at, ct_clamp } of logs) {
      expect(Date.parse(logged_at)).toBeGreaterThanOrEqual(Date.parse(sampled_at));
      expect([sampled_at < '2026-06-30T21', ct_clamp]).toEqual([true, clamp.url]);
    }
    expect(await get(logs[3].url)).toEqual(logs[3]);
  });

  it('submits an application for a rebate', async () => {
    const rebate = fake.world.store
      .collection('/user_rebates', [])
      ?.items.find(({ status }) => status !== 'COMPLETE');
    expect((await send('POST', `${rebate?.url}:submit`)).status).toBe(200);
    expect((await get(String(rebate?.url))).status).toBe('COMPLETE');
  });

  it('ends a dispatch event that is cancelled', async () => {
    const [coordinator] = await get('/dispatch_coordinators');
    const times = { start_time: '2026-06-30T20:00:00Z', end_time: '2026-06-30T23:00:00Z' };
    const { status, body } = await send('POST', `${coordinator.url}/dispatch_events`, {
      ...times,
      import_limit_watts: 5000,
    });
    expect([status, body.import_limit_watts, body.dispatch_coordinator]).toEqual([
      201,
      5000,
      coordinator.url,
    ]);
    expect((await send('POST', `${body.url}/cancel`)).body).toEqual({ status: 'CANCELLED' });
    expect(fake.world.store.resolve(body.url)?.item.end_time).toBe(new Date(NOW).toISOString());
    expect((await send('POST', `${coordinator.url}/dispatch_events/devt00/cancel`)).status).toBe(404);
    const [, other] = await get('/dispatch_coordinators');
    const elsewhere = `${other.url}/dispatch_events/devt01HT8918E43K0SFKF07NH4XREA/cancel`;
    expect((await send('POST', elsewhere)).status).toBe(404);
  });
});

describe('webhooks', () => {
  it('are about sub-sessions of the fake, as they are read', async () => {
    const { event } = await fake.webhooks.send('charging_sub_session.ended', () => new Response());
    expect(await get((event.data as { url: string }).url)).toEqual(event.data);
    expect((event.data as { end: unknown }).end).not.toBeNull();
  });
});
