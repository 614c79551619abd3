import { parseArgs } from 'node:util';
import { EvEnergy } from 'ev-energy-client';

const HELP = `The prices of a tariff on one day, as a chart.

Usage: npx tsx tariff-prices.ts TARIFF [--day YYYY-MM-DD]

  TARIFF            id of the tariff
  --day YYYY-MM-DD  by UTC (default: today)

Environment: EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN (scopes tariff:read, tariff:prices:read);
EV_ENERGY_BASE_URL for another server.`;

const WIDTH = 40;
const DAY = 86_400_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { day: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) return console.log(HELP);
  const [id] = positionals;
  if (id === undefined) throw new Error('Which tariff? Give its id; see --help');
  const day = values.day ?? new Date().toISOString().slice(0, 10);
  const start = Date.parse(`${day}T00:00:00Z`);
  // A thirtieth of February would be taken for a day in March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day)
    throw new Error(`--day must be a day such as 2026-06-30, not '${values.day}'`);

  const ev = new EvEnergy();
  const tariff = await ev.tariffs.retrieve(id, { expand: ['supplier'] });
  const prices = await ev.tariffs.prices
    // Both bounds are inclusive: the first half hour of the next day is left out.
    .list(id, { started_at__gte: new Date(start), started_at__lte: new Date(start + DAY - 1) })
    .toArray();
  // The API has the latest first.
  prices.sort((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at));
  console.log(`${tariff.name} of ${tariff.supplier.name} on ${day} (UTC)\n`);
  if (prices.length === 0) throw new Error('There are no prices of that day.');

  const highest = Math.max(1, ...prices.map((price) => price.price_minor_units));
  const lowest = Math.min(...prices.map((price) => price.price_minor_units));
  for (const { started_at, price_minor_units: price } of prices) {
    // A price may be negative: then there is no bar.
    const bar = '█'.repeat(Math.max(0, Math.round((price / highest) * WIDTH)));
    const amount = `${(price / 100).toFixed(2)} ${tariff.currency}`;
    console.log(started_at.slice(11, 16), bar.padEnd(WIDTH), amount, price === lowest ? '◀ cheapest' : '');
  }
  const average = prices.reduce((sum, price) => sum + price.price_minor_units, 0) / prices.length;
  console.log(`\n${(average / 100).toFixed(2)} ${tariff.currency} a kWh on average`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
