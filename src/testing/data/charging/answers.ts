import { Problem } from '../../problems.js';
import type { Resource } from '../../resources/resource.js';
import type { Answer, Call, Dataset } from '../../world.js';
import type { Tariffs } from '../energy/tariffs.js';
import { energyUsage } from './energy-usage.js';
import { schedulesOf } from './schedules.js';
import type { Mode, Session, SubSession } from './session.js';
import type { Charging } from './sessions.js';

/** Actions on sessions, and what is below them. */
export function chargingAnswers(charging: Charging, tariffs: Tariffs): NonNullable<Dataset['answers']> {
  const swap = (from: Mode, to: Mode) => (call: Call, parent: Resource | undefined) =>
    replaceCurrent(charging, call, parent as Session, from, to);
  return {
    'POST /charging_sessions/{charging_session_id}/boost_start': swap('SMART', 'BOOST'),
    'POST /charging_sessions/{charging_session_id}/boost_end': swap('BOOST', 'SMART'),
    'GET /charging_sub_sessions/{charging_sub_session_id}/energy_usage': (_, sub) => ({
      status: 200,
      body: energyUsage(sub as SubSession, tariffs.pricesOf(sub?.tariff)),
    }),
    'GET /charging_sub_sessions/{charging_sub_session_id}/schedules': (_, sub) => ({
      status: 200,
      body: schedulesOf(sub as SubSession),
    }),
  };
}

/**
 * Ends the current sub-session, which must be in the mode `from`, and begins one in the mode `to`. The session goes on.
 *
 * @throws Problem 409 if there is none in that mode, or smart charging is switched off for the vehicle.
 */
function replaceCurrent(charging: Charging, { world }: Call, session: Session, from: Mode, to: Mode): Answer {
  const { store } = world;
  const vehicle = store.resolve(String(session.vehicle))?.item;
  if (vehicle?.smart_charging_enabled === false) {
    throw new Problem(409, 'Conflict', 'Smart charging is switched off for this vehicle.');
  }
  const current = store.resolve(session.sub_sessions.at(-1) ?? '')?.item as SubSession | undefined;
  if (!current || current.end !== null || current.mode !== from) {
    throw new Problem(409, 'Conflict', `This session has no sub-session under way in the mode ${from}.`);
  }
  const now = world.now();
  const next = charging.begin(current, to, now);
  charging.finish(current, now);
  session.sub_sessions.push(next.url);
  store.collection('/charging_sub_sessions', [])?.insert(next);
  const table = store.collection('/charging_sessions', [])?.table;
  return { status: 200, body: session, ...(table ? { table } : {}) };
}
