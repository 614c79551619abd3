import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EvEnergy, QuotaReserveError, RateLimitError } from 'ev-energy-client';

const HELP = `Keep the status logs of all EVSEs in DIR/<EVSE>.ndjson, oldest first.
Run again, it adds what is new, and goes on (exit code 75: short of requests).

Usage: npx tsx backfill-fleet.ts DIR [--since TIME] [--parallel N] [--reserve N]
  --since TIME  for EVSEs not fetched yet, as 2026-11-01 (default: 7 days ago)
  --parallel N  EVSEs at a time (default: 4)
  --reserve N   requests of the rolling hour to leave to others (default: 100)
Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scope evse:read); EV_ENERGY_BASE_URL for another server.`;

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Interrupted.')));

async function main({ signal }: AbortController): Promise<void> {
  const str = { type: 'string' } as const;
  const options = { since: str, parallel: str, reserve: str, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(HELP);
  const [dir, parallel] = [positionals[0], Number(values.parallel ?? 4)];
  assert(dir, HELP);
  const since = values.since ? Date.parse(values.since) : Date.now() - 7 * 86_400_000;
  assert(since < Date.now(), `--since: '${values.since}' is not a time in the past; see --help`);
  assert(parallel >= 1, `--parallel: '${values.parallel}' is not a number of EVSEs; see --help`);
  mkdirSync(dir, { recursive: true });
  const checkpoint = `${dir}/checkpoint.json`;
  // How far each EVSE is: its newest log, and the bytes of its file up to that one.
  const saved = existsSync(checkpoint) ? readFileSync(checkpoint, 'utf8') : '{}';
  const marks: Record<string, { newest: string | undefined; bytes: number }> = JSON.parse(saved);
  const ev = new EvEnergy({ quota: { reserve: Number(values.reserve ?? 100) } });
  const evses = ev.evses.list({}, { signal })[Symbol.asyncIterator]();
  const work = async () => {
    for await (const { id } of evses) {
      const file = `${dir}/${id}.ndjson`;
      const { newest, bytes } = (existsSync(file) && marks[id]) || { newest: undefined, bytes: 0 };
      const range = { sampled_at__gte: newest ?? new Date(since).toISOString() };
      const logs = await ev.evses.statusLogs.list(id, range, { signal }).toArray();
      const fresh = logs.reverse().filter((log) => log.sampled_at !== newest); // The bound is inclusive.
      const lines = fresh.map((log) => `${JSON.stringify(log)}\n`).join('');
      if (bytes > 0) truncateSync(file, bytes); // A run that was killed may have written more.
      writeFileSync(file, lines, { flag: bytes > 0 ? 'a' : 'w' });
      marks[id] = { newest: fresh.at(-1)?.sampled_at ?? newest, bytes: bytes + Buffer.byteLength(lines) };
      writeFileSync(`${checkpoint}.new`, JSON.stringify(marks));
      renameSync(`${checkpoint}.new`, checkpoint);
      console.log(`${id}: ${fresh.length} new logs`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

main(stop).catch((error: Error) => {
  console.error(`\n${error instanceof SyntaxError ? 'checkpoint.json is broken: ' : ''}${error.message}`);
  const short = error instanceof QuotaReserveError || error instanceof RateLimitError;
  process.exit(stop.signal.aborted ? 130 : short ? 75 : 1);
});
