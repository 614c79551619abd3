import type { Resource } from '../../resources/resource.js';
import { INTERVAL_SECONDS } from '../energy/tariffs.js';
import type { SubSession } from './session.js';

/** Energy drawn at a constant rate between two times. */
export interface Taken {
  start: number;
  end: number;
  /** Watt-hours. */
  energy: number;
}

/** The price of a kilowatt-hour at a given time, in minor units of the currency. */
export type PriceAt = (milliseconds: number) => number;

/** Cost of the energy, with each half hour at its own price. */
export function costOf(taken: Taken, priceAt: PriceAt): number {
  let sum = 0;
  for (const { start, energy } of parts(taken)) sum += (energy / 1000) * priceAt(start);
  return Math.round(sum);
}

/** The energy of a sub-session per half hour; the parts add up to the sub-session's energy and duration. */
export function energyUsage(sub: SubSession, priceAt: PriceAt): Resource {
  const start = Date.parse(sub.start);
  // A sub-session under way has been measured for as long as its duration says.
  const end = sub.end === null ? start + Number(sub.duration_minutes) * 60_000 : Date.parse(sub.end);
  const energy = Number(sub.energy_delivered_watt_hours);
  return {
    url: sub.energy_usage,
    currency: sub.currency,
    charging_sub_session: sub.url,
    intervals: [...parts({ start, end, energy })].map((part) => interval(part, priceAt(part.start))),
    last_updated_at: new Date(end).toISOString(),
  };
}

function interval({ start, end, energy }: Taken, price: number): Resource {
  const cost = (energy / 1000) * price;
  return {
    interval_seconds: Math.round((end - start) / 1000),
    started_at: new Date(start).toISOString(),
    total_energy_delivered_watt_hours: energy,
    meter_usage_watt_hours: energy,
    alt_usage_watt_hours: 0,
    percentage_import: 100,
    electricity_cost_sub_unit: cost.toFixed(2),
    energy_delivered_by_price: { price: price.toFixed(1), energy_delivered_watt_hours: energy },
  };
}

/** Cuts where prices change, into whole watt-hours that add up to the total. */
function* parts({ start, end, energy }: Taken): Generator<Taken> {
  const step = INTERVAL_SECONDS * 1000;
  let given = 0;
  for (let from = start; from < end; ) {
    const to = Math.min(end, (Math.floor(from / step) + 1) * step);
    const upTo = Math.round((energy * (to - start)) / (end - start));
    yield { start: from, end: to, energy: upTo - given };
    given = upTo;
    from = to;
  }
}
