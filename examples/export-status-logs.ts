import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type EVSEStatusLog, EvEnergy, QuotaReserveError } from 'ev-energy-client';

const HELP = `Export the status logs of an EVSE, newest first, to <EVSE>.ndjson and .csv.
Interrupted, or short of requests (exit code 75)? The same command goes on.

Usage: npx tsx export-status-logs.ts EVSE [--since TIME] [--reserve N]

  --since TIME  how far back, as 2026-11-01T08:00:00Z (default: 30 days)
  --reserve N   requests of the rolling hour to leave to others (default: 100)

Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scope evse:read); EV_ENERGY_BASE_URL for another server.`;

const COLUMNS = ['sampled_at', 'is_plugged_in', 'is_charging', 'charge_rate_watts', 'mode'] as const;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Interrupted.')));

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const options = { since: text, reserve: text, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(HELP);
  const [id, now] = [positionals.join(' '), Date.now()];
  assert(/^evse[A-Z\d]{26}$/.test(id), `'${id}' is not the id of an EVSE; see --help`);
  const since = values.since ? Date.parse(values.since) : now - 30 * 86_400_000;
  assert(since < now, `--since: '${values.since}' is not a time in the past; see --help`);

  appendFileSync(`${id}.ndjson`, '');
  const lines = readFileSync(`${id}.ndjson`, 'utf8').split('\n');
  // A run that was killed may have left half a line.
  truncateSync(`${id}.ndjson`, Buffer.byteLength(lines.with(-1, '').join('\n')));
  const logs = lines.slice(0, -1).map((line): EVSEStatusLog => JSON.parse(line));
  const seam = logs.at(-1)?.sampled_at;
  const from = new Date(Math.min(since, Date.parse(seam ?? '9999')));

  const ev = new EvEnergy({ quota: { reserve: Number(values.reserve ?? 100) } });
  const range = { sampled_at__gte: from.toISOString(), sampled_at__lte: seam };
  for await (const { data } of ev.evses.statusLogs.list(id, range, { signal: stop.signal }).pages()) {
    const fresh = data.filter(({ sampled_at }) => sampled_at !== seam); // Bounds are inclusive.
    appendFileSync(`${id}.ndjson`, fresh.map((log) => `${JSON.stringify(log)}\n`).join(''));
    logs.push(...fresh);
    const part = (now - Date.parse(logs.at(-1)?.sampled_at ?? '')) / (now - since);
    const bar = '█'.repeat(Math.min(1, part) * 30).padEnd(30, '░');
    process.stderr.write(
      `${process.stderr.isTTY ? '\r' : '\n'}${bar} ${logs.length} logs, ${ev.quota.remaining} requests left `,
    );
  }
  const rows = logs.map((log) => COLUMNS.map((name) => log[name] ?? '').join(','));
  writeFileSync(`${id}.csv`, `${[COLUMNS.join(','), ...rows].join('\n')}\n`);
  console.log(`\n${logs.length} logs are in ${id}.ndjson and .csv`);
}

main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = stop.signal.aborted ? 130 : error instanceof QuotaReserveError ? 75 : 1;
});
