import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import type { Tariffs } from '../energy/tariffs.js';
import type { Evse, Evses } from '../evses.js';
import { id } from '../ids.js';
import { once } from '../once.js';
import type { People } from '../people.js';
import type { Vehicle, Vehicles } from '../vehicles/vehicles.js';
import { costOf, type PriceAt, type Taken } from './energy-usage.js';
import type { Mode, Session, SubSession } from './session.js';

/**
 * The session and the sub-session of the document's examples. The session is under way, so that its operations can be
 * tried.
 */
const EXAMPLE_SESSION = 'cses01HT8BC6VQ61JW4K388HN276CR';
const EXAMPLE_SUB_SESSION = 'csub01HT8WKNTWB86MTRHWJVJ8XP7M';

/** The feeds of the document's examples; their content is made from the document. */
const EXAMPLE_CARBON_FEED = 'cabf01HT82S1EGBJB5NM2P476DYM71';
const EXAMPLE_GRID_FEED = 'grfd01HT8FR4WM0AAN93HA3C70PJ81';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The first vehicles have sessions of two months; the others of a large fleet share the rest. */
const DETAILED = 20;
const SESSIONS = 40;
const MOST_OF_OTHERS = 6;
/** Sessions of all others together: a list is sorted, so its first page needs them all. */
const SHARED = 12_000;

export interface Charging {
  tables: Table[];
  /** Makes an open sub-session that follows `before`, beginning at `now`. */
  begin(before: SubSession, mode: Mode, now: number): SubSession;
  /** Ends a session or sub-session at `now`; the energy stays the same, since no more was measured. */
  finish(item: Session | SubSession, now: number): void;
  /**
   * Since when this vehicle, or a vehicle at this EVSE, has been plugged in, in microseconds since 1970; Infinity if
   * none is. Undefined if there are no sessions to tell.
   */
  pluggedInSince(at: Vehicle | Evse): number | undefined;
  /** Ends what is under way with a vehicle, at `now`. */
  unplug(vehicle: unknown, now: number): void;
}

export interface ChargingSources {
  people: People;
  vehicles: Vehicles;
  evses: Evses;
  tariffs: Tariffs;
  /** When the data ends, in milliseconds since 1970. */
  latest: number;
}

/** Makes the sessions of each time that a vehicle was plugged in, when they are first asked for. */
export function makeCharging(base: string, seed: string, sources: ChargingSources): Charging {
  const { vehicles, evses, tariffs } = sources;
  const stays = once(() => vehicles.all.flatMap((vehicle, index) => staysOf(seed, vehicle, index, sources)));
  const open = new Map<unknown, (Session | SubSession)[]>();
  const unplugged = new Map<unknown, number>();
  const finish = (item: Session | SubSession, now: number) => {
    item.end = new Date(now).toISOString();
    if (!('energy_delivered_watt_hours' in item)) return;
    const taken = {
      start: Date.parse(item.start),
      end: now,
      energy: Number(item.energy_delivered_watt_hours),
    };
    Object.assign(item, figures(taken, tariffs.pricesOf(item.tariff)));
  };
  /** Keeps track of sessions under way, unless the vehicle was unplugged before anybody asked. */
  const keep = <T extends Session | SubSession>(item: T): T => {
    const end = unplugged.get(item.vehicle);
    if (item.end === null && end !== undefined) finish(item, end);
    if (item.end === null) open.set(item.vehicle, [...(open.get(item.vehicle) ?? []), item]);
    return item;
  };
  const sessions = once(() => stays().map((stay) => keep(sessionOf(base, stay))));
  const subSessions = once(() => stays().flatMap((stay) => subSessionsOf(base, stay, sources).map(keep)));
  const users = once(() => new Map(vehicles.all.map(({ url, user }) => [url, user])));
  const owner = ({ vehicle }: Resource) => users().get(String(vehicle));
  let begun = 0;
  return {
    tables: [
      { path: '/charging_sessions', key: 'id', owner, items: sessions },
      {
        path: '/charging_sub_sessions',
        key: 'id',
        owner,
        items: subSessions,
        filters: {
          user_id: (userId) => (item) => owner(item)?.endsWith(`/${userId}`) ?? false,
          is_finished: (value) => (item) => (item.end !== null) === (value === 'true'),
        },
      },
    ],
    begin: (before, mode, now) => {
      begun += 1;
      const key = id('csub', now, new Random(`${seed} begun ${begun}`));
      return keep({
        ...before,
        ...pagesOf(base, key),
        ...figures({ start: now, end: now, energy: 0 }, tariffs.pricesOf(before.tariff)),
        percentage_added: 0,
        start: new Date(now).toISOString(),
        end: null,
        mode,
      });
    },
    finish,
    pluggedInSince: (at) => {
      const index = Math.max(vehicles.all.indexOf(at as Vehicle), evses.all.indexOf(at));
      const vehicle = vehicles.all[index];
      const [newest] = vehicle ? staysOf(seed, vehicle, index, sources) : [];
      return newest && (newest.isOpen ? newest.start * 1000 : Number.POSITIVE_INFINITY);
    },
    unplug: (vehicle, now) => {
      for (const item of open.get(vehicle) ?? []) if (item.end === null) finish(item, now);
      unplugged.set(vehicle, now);
    },
  };
}

/** A time for which a vehicle is plugged in. In a large fleet there are many, so the resources are made of it later. */
interface Stay {
  key: string;
  vehicle: Vehicle;
  evse: string | null;
  tariff: string | null;
  location: Resource;
  away: boolean;
  start: number;
  end: number;
  isOpen: boolean;
  spans: Span[];
}

/** A part of it in which the vehicle draws constant power. */
interface Span {
  key: string;
  mode: Mode;
  start: number;
  end: number;
  watts: number;
}

function staysOf(seed: string, vehicle: Vehicle, index: number, sources: ChargingSources): Stay[] {
  if (vehicle.integrated === 'UNINTEGRATED') return [];
  const { people, evses, latest } = sources;
  const random = new Random(`${seed} sessions of ${vehicle.id}`);
  const home = people.all[index % people.all.length]?.default_location;
  const locations = { home: placeOf(home, false), away: placeOf(home, true) };
  // EVSEs and vehicles are assigned to the users in turn, so this one belongs to the same user.
  const evse = evses.all[index]?.url ?? null;
  const share = Math.floor(SHARED / sources.vehicles.all.length);
  const count = index < DETAILED ? SESSIONS : Math.max(1, Math.min(MOST_OF_OTHERS, share));
  // Every fourth vehicle is charging at the moment.
  let start = latest - (index % 4 === 0 ? 2 : 14) * HOUR - random.integer(0, HOUR);
  return Array.from({ length: count }, (_, number): Stay => {
    const isOpen = number === 0 && index % 4 === 0 && vehicle.integrated === 'ACTIVE';
    const example = index === 0 && number === 0;
    const key = example ? EXAMPLE_SESSION : id('cses', start, random);
    // One in twelve sessions is away from home, without an EVSE that the API knows.
    const away = !isOpen && random.chance(1 / 12);
    const end = isOpen ? latest : start + random.integer(3, 9) * HOUR + random.integer(0, 59) * 60_000;
    const spans = spansOf(random, { start, end, away, isOpen, example });
    const stay = {
      key,
      vehicle,
      evse: away ? null : evse,
      tariff: away ? null : (home?.tariff ?? null),
      location: away ? locations.away : locations.home,
      away,
      start,
      end,
      isOpen,
      spans,
    };
    start -= Math.round((1 + random.next()) * DAY);
    return stay;
  });
}

function spansOf(
  random: Random,
  {
    start,
    end,
    away,
    isOpen,
    example,
  }: Pick<Stay, 'start' | 'end' | 'away' | 'isOpen'> & { example: boolean },
): Span[] {
  const boosted = (!away && !isOpen && random.chance(0.2)) || example;
  const middle = boosted ? start + HOUR : start;
  const watts = random.integer(1500, 3600);
  const boost = boosted ? [{ mode: 'BOOST' as const, start, end: middle, watts: 7200 }] : [];
  const rest = { mode: away ? ('UNMANAGED_OTG' as const) : ('SMART' as const), start: middle, end, watts };
  return [...boost, rest].map((span, number) => ({
    ...span,
    key: example && number === 0 ? EXAMPLE_SUB_SESSION : id('csub', span.start, random),
  }));
}

function sessionOf(base: string, { key, vehicle, evse, start, end, isOpen, spans }: Stay): Session {
  return {
    id: key,
    url: `${base}/charging_sessions/${key}`,
    start: new Date(start).toISOString(),
    end: isOpen ? null : new Date(end).toISOString(),
    vehicle: vehicle.url,
    evse,
    sub_sessions: spans.map((span) => urlOf(base, span.key)),
  };
}

function subSessionsOf(base: string, stay: Stay, { tariffs }: ChargingSources): SubSession[] {
  const { vehicle, spans } = stay;
  const priceAt = tariffs.pricesOf(stay.tariff);
  return spans.map((span, number): SubSession => {
    const energy = Math.round((span.watts * (span.end - span.start)) / HOUR);
    const isUnderWay = stay.isOpen && number === spans.length - 1;
    return Object.assign(
      pagesOf(base, span.key),
      { vehicle: vehicle.url, evse: stay.evse, location: stay.location, tariff: stay.tariff },
      figures({ start: span.start, end: span.end, energy }, priceAt),
      {
        percentage_added: Math.round((energy / vehicle.battery_size_watt_hours) * 100),
        labels: stay.away ? ['AWAY'] : ['PRIMARY'],
        start: new Date(span.start).toISOString(),
        end: isUnderWay ? null : new Date(span.end).toISOString(),
        mode: span.mode,
      },
    );
  });
}

function urlOf(base: string, key: string): string {
  return `${base}/charging_sub_sessions/${key}`;
}

/** The id of a sub-session, and the addresses below it. */
function pagesOf(base: string, key: string) {
  const url = urlOf(base, key);
  return {
    id: key,
    url,
    energy_usage: `${url}/energy_usage`,
    schedules: `${url}/schedules`,
    assessment: `${url}/assessment`,
    flags: `${url}/flags`,
    debug_metadata: `${url}/debug_metadata`,
    carbon_feed: `${base}/carbon_feeds/${EXAMPLE_CARBON_FEED}`,
    grid_feeds: [`${base}/grid_feeds/${EXAMPLE_GRID_FEED}`],
    solar_mode_type: null,
  };
}

/** Energy, cost and emissions of a sub-session. */
function figures({ start, end, energy }: Taken, priceAt: PriceAt) {
  const cost = costOf({ start, end, energy }, priceAt);
  // There is more wind power at night.
  const intensity = new Date(start).getUTCHours() < 6 ? 95 : 210;
  const co2 = Math.round((energy / 1000) * intensity);
  const solar = new Date(start).getUTCHours() >= 10 ? Math.round(energy / 5) : 0;
  return {
    energy_delivered_watt_hours: energy,
    cost,
    currency: 'GBP',
    savings_cost: Math.round(cost / 8),
    savings_co2_grams: Math.round(co2 / 8),
    incentive_earned: null,
    total_co2_grams: co2,
    co2_intensity_grams_per_kilowatt_hour: intensity,
    co2_intensity_classification: intensity < 150 ? 'low' : 'moderate',
    cost_per_kilowatt_hour: energy === 0 ? null : Math.round((cost * 1000) / energy),
    total_points: Math.round(energy / 100),
    total_points_missed: null,
    duration_minutes: minutes(start, end),
    grid_energy_delivered_watt_hours: energy - solar,
    solar_energy_delivered_watt_hours: solar,
    grid_energy_delivered: ((energy - solar) / 1000).toFixed(3),
    solar_energy_delivered: (solar / 1000).toFixed(3),
  };
}

function placeOf(home: People['all'][number]['default_location'] | undefined, away: boolean): Resource {
  if (away || !home) {
    return { name: 'On the way', postal_code: null, address_1: null, timezone: 'Europe/London' };
  }
  const { coordinates, postal_code, address_1 } = home;
  return { name: 'Home', coordinates: { ...coordinates }, postal_code, address_1, timezone: 'Europe/London' };
}

function minutes(start: number, end: number): number {
  return Math.max(0, Math.round((end - start) / 60_000));
}
