import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `What each vehicle charged in a month, as CSV: energy, cost and CO2. Not all
is known of each: the last two columns count for how many sub-sessions cost or
CO2 are missing in the sums, which are empty where nothing is known.

Usage: npx tsx sessions-by-vehicle.ts [--month YYYY-MM] > charged.csv

  --month YYYY-MM  month by UTC (default: the last one that is over)

Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scopes charging_session:read, vehicle:read);
EV_ENERGY_BASE_URL for another server.`;

const COLUMNS = 'vehicle,description,sub_sessions,kwh,cost,currency,co2_kg,without_cost,without_co2'.split(
  ',',
);

/** What one vehicle has charged in one currency. */
interface Total {
  vehicle: string;
  description: string;
  currency: string;
  count: number;
  wattHours: number;
  minorUnits: Sum;
  grams: Sum;
}

/** A sum of what is known. */
interface Sum {
  known: number;
  /** How many values are missing in it. */
  missing: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { month: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const { from, to } = bounds(values.month);

  const totals = new Map<string, Total>();
  const ev = new EvEnergy();
  const subSessions = ev.chargingSubSessions.list({
    // Both bounds are exclusive, and times may have microseconds.
    start__gt: new Date(from - 1).toISOString().replace('Z', '999Z'),
    start__lt: new Date(to),
    is_finished: true,
    expand: ['vehicle'],
  });
  for await (const { vehicle, currency, ...sub } of subSessions) {
    // A charge point that belongs to nobody's vehicle has sub-sessions too.
    const key = `${vehicle?.id} ${currency}`;
    const none = (): Sum => ({ known: 0, missing: 0 });
    const named = { vehicle: vehicle?.id ?? 'unknown', description: vehicle?.description ?? '', currency };
    const total = totals.get(key) ?? { ...named, count: 0, wattHours: 0, minorUnits: none(), grams: none() };
    total.count += 1;
    total.wattHours += sub.energy_delivered_watt_hours;
    // Null where it isn't known: without a tariff, or without a carbon feed.
    add(total.minorUnits, sub.cost);
    add(total.grams, sub.total_co2_grams);
    totals.set(key, total);
  }

  console.log(COLUMNS.join(','));
  const rows = [...totals.values()].sort((a, b) => b.wattHours - a.wattHours);
  for (const { vehicle, description, count, wattHours, minorUnits, currency, grams } of rows) {
    const show = ({ known, missing }: Sum, unit: number, digits: number) =>
      missing === count ? '' : (known / unit).toFixed(digits);
    const energy = (wattHours / 1000).toFixed(1);
    const sums = [show(minorUnits, 100, 2), currency, show(grams, 1000, 1)];
    const missing = [minorUnits.missing, grams.missing];
    console.log([vehicle, quoted(description), count, energy, ...sums, ...missing].join(','));
  }
}

function add(sum: Sum, value: number | null): void {
  if (value === null) sum.missing += 1;
  else sum.known += value;
}

/** The first moment of a month, and that of the next, in milliseconds since 1970. */
function bounds(month: string | undefined): { from: number; to: number } {
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new Error(`--month must be a month such as 2026-05, not '${month}'`);
  const now = new Date();
  const [year = 0, number = 0] = month?.split('-').map(Number) ?? [now.getUTCFullYear(), now.getUTCMonth()];
  return { from: Date.UTC(year, number - 1), to: Date.UTC(year, number) };
}

/** A text as one field of CSV (RFC 4180). */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
