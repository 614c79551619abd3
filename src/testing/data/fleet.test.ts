/** The sample data is consistent: what belongs together refers to one another, in any size of fleet. */
import { describe, expect, it } from 'vitest';
import type { Stored } from '../resources/resource.js';
import { MemoryStore } from '../resources/store.js';
import { type SampleOptions, sampleData } from './index.js';

function storeOf(options: SampleOptions = {}) {
  const { tables } = sampleData(options)('https://api.example.com/v2');
  const store = new MemoryStore(tables, []);
  const items = (path: string, ...keys: string[]) => store.collection(path, keys)?.items ?? [];
  return { store, items };
}

const sum = (values: unknown[]) => values.reduce<number>((total, value) => total + Number(value), 0);

describe('vehicles', () => {
  const { store, items } = storeOf();

  it('lead to a user, a trim, its model and its make, and are in the list of their user', () => {
    for (const vehicle of items('/vehicles')) {
      const trim = store.resolve(String(vehicle.trim))?.item;
      const model = store.resolve(String(trim?.model))?.item;
      expect(store.resolve(String(model?.make))?.item.name).toEqual(expect.any(String));
      expect(store.resolve(String(vehicle.user))?.item.vehicles).toContain(vehicle.url);
    }
  });

  it('name the newest of their status logs', () => {
    let reporting = 0;
    for (const vehicle of items('/vehicles')) {
      const logs = items('/vehicles/{vehicle_id}/status_logs', String(vehicle.id));
      const newest = logs
        .map(({ sampled_at: at }) => String(at))
        .sort()
        .at(-1);
      const named = store.resolve(String(vehicle.latest_status_log))?.item;
      expect(named?.sampled_at).toBe(newest);
      expect(logs.every((log) => log.vehicle === vehicle.url)).toBe(true);
      if (named) reporting += 1;
    }
    expect(reporting).toBeGreaterThan(5);
  });
});

describe('charging sessions', () => {
  const { store, items } = storeOf();

  it('hold their sub-sessions, which follow one another from beginning to end', () => {
    for (const session of items('/charging_sessions')) {
      const subs = (session.sub_sessions as string[]).map((url) => store.resolve(url)?.item);
      expect(subs[0]?.start).toBe(session.start);
      expect(subs.at(-1)?.end).toBe(session.end);
      subs.slice(1).forEach((sub, index) => {
        expect(sub?.start).toBe(subs[index]?.end);
      });
      for (const sub of subs) expect(sub?.vehicle).toBe(session.vehicle);
    }
  });

  it('are under way for some vehicles, were boosted for some, and cost what the tariff asks', () => {
    const subs = items('/charging_sub_sessions');
    expect(new Set(subs.map(({ mode }) => mode))).toEqual(new Set(['SMART', 'BOOST', 'UNMANAGED_OTG']));
    expect(subs.filter(({ end }) => end === null).length).toBeGreaterThan(1);
    for (const { tariff } of subs) if (tariff !== null) expect(store.resolve(String(tariff))).toBeDefined();
    const flat = items('/tariffs').find(({ type }) => type === 'FLAT_RATE');
    const [atFlatRate] = subs.filter(({ tariff, end }) => tariff === flat?.url && end !== null);
    const kilowattHours = Number(atFlatRate?.energy_delivered_watt_hours) / 1000;
    expect(atFlatRate?.cost).toBe(Math.round(kilowattHours * Number(flat?.current_price)));
  });

  it('follow one another at each EVSE, which is one of the same user', () => {
    const { store, items } = storeOf({ vehicles: 9, users: 2, evses: 6 });
    const ends = new Map<unknown, string>();
    const inTime = items('/charging_sessions').toSorted((a, b) =>
      String(a.start).localeCompare(String(b.start)),
    );
    for (const { evse, vehicle, start, end } of inTime) {
      if (evse === null) continue;
      expect(String(start) >= (ends.get(evse) ?? '')).toBe(true);
      ends.set(evse, String(end ?? '9'));
      expect(store.resolve(String(evse))?.item.user).toBe(store.resolve(String(vehicle))?.item.user);
    }
    expect(ends.size).toBeGreaterThan(3);
  });

  it('come to the same energy as their grid and solar parts', () => {
    for (const sub of items('/charging_sub_sessions')) {
      const parts = [sub.grid_energy_delivered_watt_hours, sub.solar_energy_delivered_watt_hours];
      expect(sum(parts)).toBe(sub.energy_delivered_watt_hours);
    }
  });
});

describe('the newest status logs', () => {
  const { items } = storeOf({ evses: 60, vehicles: 40, seed: 5 });
  const newestOf = (kind: string, id: unknown) =>
    items(`/${kind}/{}/status_logs`, String(id))
      .toSorted((a, b) => String(a.sampled_at).localeCompare(String(b.sampled_at)))
      .at(-1);
  const sessions = items('/charging_sessions').filter(({ end }) => end === null);

  it('of a vehicle say that it is charging just where a session is under way', () => {
    const told = items('/vehicles').flatMap((vehicle) => {
      const log = newestOf('vehicles', vehicle.id);
      const isUnderWay = sessions.some((session) => session.vehicle === vehicle.url);
      return log ? [[log.is_charging, log.is_plugged_in, isUnderWay]] : [];
    });
    expect(new Set(told.map(String))).toEqual(new Set(['true,true,true', 'false,false,false']));
  });

  it('of an EVSE agree with the session at it, from its beginning', () => {
    for (const { evse, start } of sessions) {
      const id = String(evse).split('/').at(-1);
      const since = items('/evses/{}/status_logs', String(id)).filter(
        ({ sampled_at: at }) => String(at) >= String(start),
      );
      for (const log of since) expect([true, null]).toContain(log.is_plugged_in);
      if (since.length > 0) expect(newestOf('evses', id)?.is_charging).toBe(true);
    }
    const users = new Set(items('/charging_sessions').map(({ evse }) => evse));
    const busy = new Set(sessions.map(({ evse }) => evse));
    const idle = items('/evses').filter(({ url }) => users.has(url) && !busy.has(url));
    for (const { id } of idle)
      expect([false, null, undefined]).toContain(newestOf('evses', id)?.is_plugged_in);
    expect([sessions.length, idle.length].every((count) => count > 5)).toBe(true);
  });
});

describe('tariffs', () => {
  const { items } = storeOf();
  const pricesOf = (type: string) => {
    const tariff = items('/tariffs').find((one) => one.type === type);
    return items('/tariffs/{tariff_id}/prices', String(tariff?.id));
  };

  it('have the prices of each half hour, without a gap', () => {
    const starts = pricesOf('DUAL_RATE').map(({ started_at: at }) => Date.parse(String(at)));
    starts.slice(1).forEach((start, index) => {
      expect(start - (starts[index] ?? 0)).toBe(1_800_000);
    });
  });

  it('follow their kind: one price, two by the clock, or another each half hour', () => {
    const different = (type: string) =>
      new Set(pricesOf(type).map(({ price_minor_units: price }) => price)).size;
    expect([different('FLAT_RATE'), different('DUAL_RATE'), different('THREE_RATE')]).toEqual([1, 2, 3]);
    expect(different('DYNAMIC')).toBeGreaterThan(10);
    const nights = pricesOf('DUAL_RATE').filter(({ started_at: at }) => /T0[0-4]:/.test(String(at)));
    expect(new Set(nights.map(({ price_minor_units: price }) => price)).size).toBe(1);
  });
});

describe('a fleet', () => {
  it('is as large as was asked for, with more users to share it', () => {
    const { items } = storeOf({ evses: 500, vehicles: 2000, statusLogs: 5 });
    expect(items('/evses')).toHaveLength(500);
    expect(items('/vehicles')).toHaveLength(2000);
    expect(items('/users')).toHaveLength(1000);
    expect(new Set(items('/vehicles').map(({ id }) => id)).size).toBe(2000);
    expect(items('/evses/{}/status_logs', String(items('/evses')[0]?.id))).toHaveLength(5);
  });

  it('has fewer sessions for each vehicle, so that they can be listed at once', () => {
    const { items } = storeOf({ vehicles: 10_000 });
    const sessions = items('/charging_sessions');
    expect(sessions.length).toBeLessThan(12_000);
    expect(new Set(sessions.map(({ vehicle }) => vehicle)).size).toBeGreaterThan(8000);
  });

  it('makes nothing for a removal, and knows of it later', () => {
    const { tables } = sampleData({ vehicles: 4 })('https://api.example.com/v2');
    const made: string[] = [];
    const watched = tables.map((table) => ({
      ...table,
      items: (...place: Parameters<typeof table.items>) => {
        made.push(table.path);
        return table.items(...place);
      },
    }));
    const store = new MemoryStore(watched, []);
    const [vehicle, other] = store.collection('/vehicles', [])?.items ?? [];
    store.remove(store.resolve(String(vehicle?.url)) as Stored);
    expect(made).toEqual(['/vehicles']);
    const vehicles = store.collection('/users', [])?.items.flatMap((user) => user.vehicles);
    expect(vehicles).not.toContain(vehicle?.url);
    expect(vehicles).toContain(other?.url);
    // What the removed one has done stays, and so does what the others have.
    const users = new Set(
      store.collection('/charging_sessions', [])?.items.map((session) => session.vehicle),
    );
    expect([vehicle, other].map((one) => users.has(one?.url))).toEqual([true, true]);
  });

  it('is the same with the same seed, and another with another', () => {
    const vehicles = (seed: number) => storeOf({ vehicles: 50, seed }).items('/vehicles');
    expect(vehicles(7)).toEqual(vehicles(7));
    expect(vehicles(7)).not.toEqual(vehicles(8));
  });

  it('makes its sessions once', () => {
    const { tables } = sampleData({ vehicles: 3 })('https://api.example.com/v2');
    const sessions = tables.find(({ path }) => path === '/charging_sessions');
    expect(sessions?.items(undefined, [])).toBe(sessions?.items(undefined, []));
  });

  it.each(['evses', 'vehicles', 'users'] as const)('refuses %s that are no number of them', (name) => {
    for (const wrong of [0, 1.5, Number.NaN]) {
      expect(() => sampleData({ [name]: wrong })).toThrow(`${name} must be a whole number from 1`);
    }
  });
});
