import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `Who is charging now: all EVSEs with their latest status, charging ones first.

Usage: npx tsx charging-now.ts [--stale MINUTES] [--user USER]

  --stale MINUTES  age from which a status tells only what was (default 30)
  --user USER      id of a user: only the EVSEs of this one

Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scope evse:read); EV_ENERGY_BASE_URL for another server.`;

const STATES = ['charging', 'plugged in', 'free', 'unknown', 'stale', 'never seen'];

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Interrupted.')));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { stale: { type: 'string' }, user: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(HELP);
  const limit = Number(values.stale ?? 30);
  if (!(limit > 0)) throw new Error(`--stale must be a number of minutes, not '${values.stale}'`);

  const ev = new EvEnergy({ user: values.user });
  const evses = ev.evses.list({ expand: ['latest_status_log', 'user'] }, { signal: stop.signal });
  const rows = (await evses.toArray()).map(({ id, user, latest_status_log: log }) => {
    const plugged = log?.is_plugged_in ? 'plugged in' : log?.is_plugged_in === false ? 'free' : 'unknown';
    const last = log?.is_charging ? 'charging' : plugged;
    // There is no online flag: an EVSE is judged by how long ago it was last heard of.
    const age = log?.sampled_at ? (Date.now() - Date.parse(log.sampled_at)) / 60_000 : Infinity;
    const state = age === Infinity ? 'never seen' : age > limit ? 'stale' : last;
    const who = user?.full_name ?? user?.id ?? 'nobody'; // The API needn't name one.
    return { who, id, last, state, age, watts: log?.charge_rate_watts ?? 0 };
  });
  rows.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.watts - a.watts);

  for (const { who, id, last, state, age, watts } of rows) {
    const shown = state === 'stale' ? `was ${last}` : state;
    const power = watts > 0 ? `${(watts / 1000).toFixed(1)} kW` : '';
    console.log(who.slice(0, 17).padEnd(17), id, shown.padEnd(14), power.padStart(7), ago(age).padStart(8));
  }
  const counts = STATES.map((name) => `${rows.filter(({ state }) => state === name).length} ${name}`);
  console.log(`\n${counts.join(', ')}`);
}

function ago(minutes: number): string {
  if (minutes < 120) return `${Math.round(minutes)} min`;
  if (minutes < 2880) return `${Math.round(minutes / 60)} h`;
  return minutes < Infinity ? `${Math.round(minutes / 1440)} d` : '';
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = stop.signal.aborted ? 130 : 1;
});
