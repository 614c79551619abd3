import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `The state of charge of all vehicles, the emptiest first.

Usage: npx tsx state-of-charge.ts [--below PERCENT] [--user USER]

  --below PERCENT  only vehicles with less than this
  --user USER      id of a user: only the vehicles of this one

Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scopes vehicle:read, user:read); EV_ENERGY_BASE_URL for
another server.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { below: { type: 'string' }, user: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const below = Number(values.below ?? Infinity);
  if (!(below > 0)) throw new Error(`--below must be a percentage, not '${values.below}'`);

  const ev = new EvEnergy({ user: values.user });
  // One request for a hundred vehicles: each comes with its newest log.
  const vehicles = await ev.vehicles.list({ expand: ['latest_status_log', 'user'] }).toArray();
  const rows = vehicles.map(({ id, description, user, latest_status_log: log }) => ({
    id,
    description,
    who: user?.full_name ?? 'nobody',
    // Null: the vehicle isn't connected to its maker, or doesn't tell.
    percentage: log?.state_of_charge_percentage ?? null,
    doing: log?.is_charging ? 'charging' : log?.is_plugged_in ? 'plugged in' : '',
    at: log?.sampled_at ?? '',
  }));
  const known = rows.flatMap((row) =>
    row.percentage === null ? [] : [{ ...row, percentage: row.percentage }],
  );
  known.sort((a, b) => a.percentage - b.percentage);

  for (const { id, who, description, percentage, doing, at } of known) {
    if (percentage >= below) continue;
    const bar = '█'.repeat(Math.round(percentage / 10)).padEnd(10, '░');
    const name = `${who}: ${description}`.slice(0, 34).padEnd(34);
    console.log(id, name, bar, `${percentage} %`.padStart(5), doing.padEnd(10), at.slice(0, 16));
  }
  console.log(`\n${known.length} of ${rows.length} vehicles tell their state of charge`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
