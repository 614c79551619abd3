import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import type { Tariffs } from '../energy/tariffs.js';
import type { Evses } from '../evses.js';
import { id } from '../ids.js';
import { once } from '../once.js';
import type { People } from '../people.js';
import type { Vehicle, Vehicles } from '../vehicles/vehicles.js';
import { costOf } from './energy-usage.js';
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
/** The first vehicles have sessions of two months; the others of a large fleet have fewer. */
const DETAILED = 20;
const SESSIONS = 40;
const SESSIONS_OF_OTHERS = 6;

export interface Charging {
  tables: Table[];
  /** Makes an open sub-session that follows `before`, beginning at `now`. */
  begin(before: SubSession, mode: Mode, now: number): SubSession;
  /** Ends a session or sub-session at `now`. */
  finish(item: Session | SubSession, now: number): void;
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
  const { vehicles } = sources;
  const all = once(() => {
    const plugged = vehicles.all.flatMap((vehicle, index) => sessionsOf(base, seed, vehicle, index, sources));
    return {
      sessions: plugged.map(({ session }) => session),
      subSessions: plugged.flatMap(({ subSessions }) => subSessions),
    };
  });
  const users = once(() => new Map(vehicles.all.map(({ url, user }) => [url, user])));
  const owner = ({ vehicle }: Resource) => users().get(String(vehicle));
  let begun = 0;
  return {
    tables: [
      { path: '/charging_sessions', key: 'id', owner, items: () => all().sessions },
      {
        path: '/charging_sub_sessions',
        key: 'id',
        owner,
        items: () => all().subSessions,
        filters: {
          user_id: (userId) => (item) => owner(item)?.endsWith(`/${userId}`) ?? false,
          is_finished: (value) => (item) => (item.end !== null) === (value === 'true'),
        },
      },
    ],
    begin: (before, mode, now) => {
      begun += 1;
      const key = id('csub', now, new Random(`${seed} begun ${begun}`));
      const start = new Date(now).toISOString();
      return {
        ...before,
        ...pagesOf(base, key),
        ...figures({ watts: 0, start: now, end: now }, before.tariff, sources),
        start,
        end: null,
        mode,
      };
    },
    finish: (item, now) => {
      item.end = new Date(now).toISOString();
      if ('duration_minutes' in item) item.duration_minutes = minutes(Date.parse(item.start), now);
    },
  };
}

/** A time span in which a vehicle drew constant power. */
interface Span {
  start: number;
  end: number;
  watts: number;
}

function sessionsOf(base: string, seed: string, vehicle: Vehicle, index: number, sources: ChargingSources) {
  if (vehicle.integrated === 'UNINTEGRATED') return [];
  const random = new Random(`${seed} sessions of ${vehicle.id}`);
  const count = index < DETAILED ? SESSIONS : SESSIONS_OF_OTHERS;
  // Every fourth vehicle is charging at the moment.
  let start = sources.latest - (index % 4 === 0 ? 2 : 14) * HOUR - random.integer(0, HOUR);
  return Array.from({ length: count }, (_, number) => {
    const isOpen = number === 0 && index % 4 === 0 && vehicle.integrated === 'ACTIVE';
    const example = index === 0 && number === 0;
    const made = sessionOf(base, vehicle, { start, isOpen, example, random, index, sources });
    start -= Math.round((1 + random.next()) * DAY);
    return made;
  });
}

function sessionOf(
  base: string,
  vehicle: Vehicle,
  {
    start,
    isOpen,
    example,
    random,
    index,
    sources,
  }: {
    start: number;
    isOpen: boolean;
    example: boolean;
    random: Random;
    index: number;
    sources: ChargingSources;
  },
): { session: Session; subSessions: SubSession[] } {
  const { people, evses, latest } = sources;
  const key = example ? EXAMPLE_SESSION : id('cses', start, random);
  const user = people.all[index % people.all.length];
  // One in twelve sessions is away from home, without an EVSE that the API knows.
  const away = !isOpen && random.chance(1 / 12);
  const evse = away ? undefined : evses.all[index % people.all.length];
  const end = isOpen ? latest : start + random.integer(3, 9) * HOUR + random.integer(0, 59) * 60_000;
  const url = `${base}/charging_sessions/${key}`;
  const common = {
    vehicle: vehicle.url,
    evse: evse?.url ?? null,
    location: placeOf(user?.default_location, away),
    tariff: away ? null : (user?.default_location.tariff ?? null),
  };
  const boosted = (!away && !isOpen && random.chance(0.2)) || example;
  const middle = boosted ? start + HOUR : start;
  const spans: { mode: Mode; span: Span }[] = [
    ...(boosted ? [{ mode: 'BOOST' as const, span: { start, end: middle, watts: 7200 } }] : []),
    {
      mode: away ? 'UNMANAGED_OTG' : 'SMART',
      span: { start: middle, end, watts: random.integer(1500, 3600) },
    },
  ];
  const subSessions = spans.map(({ mode, span }, number): SubSession => {
    const subKey = example && number === 0 ? EXAMPLE_SUB_SESSION : id('csub', span.start, random);
    const isUnderWay = isOpen && number === spans.length - 1;
    const ended = isUnderWay ? null : new Date(span.end).toISOString();
    const started = new Date(span.start).toISOString();
    return {
      ...pagesOf(base, subKey),
      ...common,
      ...figures(span, common.tariff, sources),
      percentage_added: Math.round(
        ((span.watts * (span.end - span.start)) / HOUR / vehicle.battery_size_watt_hours) * 100,
      ),
      labels: away ? ['AWAY'] : ['PRIMARY'],
      start: started,
      end: ended,
      mode,
    };
  });
  const ended = isOpen ? null : new Date(end).toISOString();
  const session: Session = {
    id: key,
    url,
    start: new Date(start).toISOString(),
    end: ended,
    vehicle: common.vehicle,
    evse: common.evse,
    sub_sessions: subSessions.map((sub) => sub.url),
  };
  return { session, subSessions };
}

/** The id of a sub-session, and the addresses below it. */
function pagesOf(base: string, key: string) {
  const url = `${base}/charging_sub_sessions/${key}`;
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
function figures({ watts, start, end }: Span, tariff: unknown, { tariffs }: ChargingSources): Resource {
  const energy = Math.round((watts * (end - start)) / HOUR);
  const cost = costOf({ start, end, energy }, (time) => tariffs.priceAt(tariff, time));
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
