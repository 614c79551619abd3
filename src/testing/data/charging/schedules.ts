import type { Resource } from '../../resources/resource.js';
import { INTERVAL_SECONDS } from '../energy/tariffs.js';
import type { SubSession } from './session.js';

const INTERVAL = INTERVAL_SECONDS * 1000;
const VOLTS = 230;
const BOOST_MILLIAMPS = 32_000;

/** What a sub-session was told to charge with: each half hour of a smart one, a boost as a whole. */
export function schedulesOf(sub: SubSession): Resource {
  return { url: sub.schedules, charging_sub_session: sub.url, schedules: periodsOf(sub) };
}

function periodsOf(sub: SubSession): Resource[] {
  const start = Date.parse(sub.start);
  const minutes = Number(sub.duration_minutes);
  const period = (from: number, seconds: number | null, milliamps: number): Resource => ({
    started_at: new Date(from).toISOString(),
    interval_seconds: seconds,
    current_milliamps: milliamps,
    schedule_type: sub.mode,
    dispatched_at: sub.start,
    created_at: sub.start,
  });
  const first = Math.floor(start / INTERVAL) * INTERVAL;
  if (sub.mode === 'BOOST') return [period(first, null, BOOST_MILLIAMPS)];
  // Unmanaged charging has no plan.
  if (sub.mode !== 'SMART') return [];
  const watts = minutes === 0 ? 0 : (Number(sub.energy_delivered_watt_hours) * 60) / minutes;
  const count = Math.ceil((start + minutes * 60_000 - first) / INTERVAL);
  const milliamps = Math.round((watts * 1000) / VOLTS);
  return Array.from({ length: count }, (_, index) =>
    period(first + index * INTERVAL, INTERVAL_SECONDS, milliamps),
  );
}
