import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type EVSEStatusLog, EvEnergy, QuotaReserveError, RateLimitError } from 'ev-energy-client';

const HELP = `Export the status logs of an EVSE, newest first, to <EVSE>.ndjson and .csv.
Run again, it goes on (exit code 75: short of requests) and adds what is new.

Usage: npx tsx export-status-logs.ts EVSE [--since TIME] [--reserve N]
  --since TIME  how far back, as 2026-11-01T08:00:00Z (default: 30 days)
  --reserve N   requests of the rolling hour to leave to others (default: 100)
Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scope evse:read); EV_ENERGY_BASE_URL for another server.`;

const COLUMNS = ['sampled_at', 'is_plugged_in', 'is_charging', 'charge_rate_watts', 'mode'] as const;
const ndjson = (logs: EVSEStatusLog[]) => logs.map((log) => `${JSON.stringify(log)}\n`).join('');
const flags = { since: { type: 'string' }, reserve: { type: 'string' }, help: { type: 'boolean' } } as const;
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Interrupted.')));

async function main({ signal }: AbortController): Promise<void> {
  const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
  if (values.help) return console.log(HELP);
  const [id, now] = [positionals.join(' '), Date.now()];
  assert(/^evse[A-Z\d]{26}$/.test(id), `'${id}' is not the id of an EVSE; see --help`);
  const since = values.since ? Date.parse(values.since) : now - 30 * 86_400_000;
  assert(since < now, `--since: '${values.since}' is not a time in the past; see --help`);
  const file = `${id}.ndjson`;
  // Behind the last line break stands nothing, or half a line of a run that was killed.
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  const old = lines.map((line): EVSEStatusLog => JSON.parse(line));
  const [newest, oldest] = [old[0]?.sampled_at, old.at(-1)?.sampled_at];
  const ev = new EvEnergy({ quota: { reserve: Number(values.reserve ?? 100) } });
  const list = (sampled_at__gte: string, sampled_at__lte?: string) =>
    ev.evses.statusLogs.list(id, { sampled_at__gte, sampled_at__lte }, { signal });
  const newer = newest ? await list(newest).toArray() : [];
  const logs = [...newer.filter(({ sampled_at }) => sampled_at !== newest), ...old]; // Bounds are inclusive.
  if (existsSync(file)) writeFileSync(`${file}.new`, ndjson(logs));
  if (existsSync(file)) renameSync(`${file}.new`, file);
  const from = new Date(Math.min(since, Date.parse(oldest ?? '9999'))).toISOString();
  for await (const page of list(from, oldest).pages()) {
    const fresh = page.data.filter(({ sampled_at }) => sampled_at !== oldest);
    appendFileSync(file, ndjson(fresh));
    logs.push(...fresh);
    const back = Math.max(0, now - Date.parse(logs.at(-1)?.sampled_at ?? ''));
    const bar = '█'.repeat(page.hasNext ? 30 * Math.min(1, back / (now - since)) : 30).padEnd(30, '░');
    const start = process.stderr.isTTY ? '\r' : '\n';
    process.stderr.write(`${start}${bar} ${logs.length} logs, ${ev.quota.remaining} requests left `);
  }
  const rows = logs.map((log) => COLUMNS.map((name) => log[name] ?? '').join(','));
  writeFileSync(`${id}.csv`, `${[COLUMNS.join(','), ...rows].join('\n')}\n`);
  console.log(`\n${logs.length} logs up to ${logs[0]?.sampled_at ?? 'now'} are in ${file} and .csv`);
}

main(stop).catch((error: Error) => {
  console.error(`\n${error instanceof SyntaxError ? 'The .ndjson file is broken: ' : ''}${error.message}`);
  const short = error instanceof QuotaReserveError || error instanceof RateLimitError;
  process.exitCode = stop.signal.aborted ? 130 : short ? 75 : 1;
});
