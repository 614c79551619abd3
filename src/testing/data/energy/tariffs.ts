import { Random } from '../../made/random.js';
import type { Resource, Table } from '../../resources/resource.js';
import { id } from '../ids.js';
import type { People } from '../people.js';

/** Length of a price interval: half an hour. */
export const INTERVAL_SECONDS = 1800;
const INTERVAL = INTERVAL_SECONDS * 1000;
const DAY = 86_400_000;
/** Days of prices before and after the end of the data: tomorrow's prices are known in the afternoon. */
const DAYS_BEFORE = 6;
const DAYS_AFTER = 2;

/** The supplier and the tariff of the document's examples. */
const EXAMPLE_SUPPLIER = 'supl01HT8RHJ79QTXBJFCFDF4WTY17';
const EXAMPLE_TARIFF = 'tari01HT84JHVH31W879MXBS2192HY';

const SUPPLIERS = ['Fernhill Energy', 'Northlight Power', 'Copper Coast Electric'];

/** Hours of the day (UTC) and prices in minor units of the currency; all other hours have the peak price. */
const KINDS = [
  { name: 'Night Saver', type: 'DUAL_RATE', peak: 29, offPeak: 9, from: 0, to: 5 },
  { name: 'Steady', type: 'FLAT_RATE', peak: 26, offPeak: 26, from: 0, to: 0 },
  { name: 'Three Part', type: 'THREE_RATE', peak: 38, midPeak: 27, offPeak: 12, from: 1, to: 6 },
  { name: 'Half Hourly', type: 'DYNAMIC', peak: 34, offPeak: 6, from: 0, to: 0 },
] as const;

type Kind = (typeof KINDS)[number];

export interface Tariffs {
  all: Resource[];
  tables: Table[];
  /** The price of a kilowatt-hour of this tariff at a given time, in minor units of the currency. */
  pricesOf(tariff: unknown): (milliseconds: number) => number;
}

/** @param latest when the data ends, in milliseconds since 1970. */
export function makeTariffs(base: string, seed: string, people: People, latest: number): Tariffs {
  const random = new Random(`${seed} tariffs`);
  const suppliers = SUPPLIERS.map((name, index): Resource => {
    const key = index === 0 ? EXAMPLE_SUPPLIER : id('supl', Date.UTC(2024, 1, 3 + index), random);
    const icon = random.chance(0.7) ? `https://cdn.example.com/suppliers/${index}.png` : null;
    return { id: key, url: `${base}/suppliers/${key}`, name, icon, highlighted: index === 0 };
  });
  const kinds = new Map<string, Kind>();
  const all = suppliers.flatMap((supplier, number) =>
    KINDS.map((kind, index): Resource => {
      const example = number === 0 && index === 0;
      const key = example ? EXAMPLE_TARIFF : id('tari', Date.UTC(2024, 2, 1 + index, number), random);
      const url = `${base}/tariffs/${key}`;
      kinds.set(url, kind);
      return {
        id: key,
        url,
        supplier: supplier.url,
        name: `${kind.name}${number === 0 ? '' : ` ${number + 1}`}`,
        currency: 'GBP',
        highlighted: index === 0,
        type: kind.type,
        daily_prices: dailyPrices(kind),
        timezone_name: 'UTC',
        price_chart_url: null,
        gsp_group: number === 0 ? '_C' : null,
        valid_from: '2026-01-01',
        valid_until: null,
        scheduler_tariff: null,
        current_price: priceOf(kind, url, latest),
        prices: `${url}/prices`,
      };
    }),
  );
  const pricesOf = (tariff: unknown) => {
    const kind = kinds.get(String(tariff));
    return (milliseconds: number) => (kind ? priceOf(kind, String(tariff), milliseconds) : KINDS[1].peak);
  };
  const inRegion = (userId: string) => (people.has(userId) ? () => true : undefined);
  return {
    all,
    pricesOf,
    tables: [
      { path: '/suppliers', key: 'id', items: () => suppliers, filters: { available_for_user_id: inRegion } },
      { path: '/tariffs', key: 'id', items: () => all, filters: { available_for_user_id: inRegion } },
      {
        path: '/tariffs/{tariff_id}/prices',
        key: 'started_at',
        items: (tariff) => {
          const priceAt = pricesOf(tariff?.url);
          return prices(latest).map((start) => price(priceAt(start), start));
        },
        // Those of the last 24 hours.
        expanded: (items) =>
          items.filter(({ started_at: at }) => {
            const age = latest - Date.parse(String(at));
            return age >= 0 && age < DAY;
          }),
      },
    ],
  };
}

/** The starts of all half hours with a known price. */
function prices(latest: number): number[] {
  const today = Math.floor(latest / DAY) * DAY;
  const count = ((DAYS_BEFORE + DAYS_AFTER) * DAY) / INTERVAL;
  return Array.from({ length: count }, (_, index) => today - DAYS_BEFORE * DAY + index * INTERVAL);
}

function price(minorUnits: number, start: number): Resource {
  return {
    started_at: new Date(start).toISOString().replace('.000Z', 'Z'),
    interval_seconds: INTERVAL_SECONDS,
    price_minor_units: minorUnits,
  };
}

/** A tariff's price for a kilowatt-hour; one that follows the market has a different price each half hour. */
function priceOf(kind: Kind, url: string, milliseconds: number): number {
  const hour = new Date(milliseconds).getUTCHours();
  if (kind.type === 'DYNAMIC') {
    const slot = Math.floor(milliseconds / INTERVAL);
    const wave = (1 + Math.sin(((hour - 10) / 24) * 2 * Math.PI)) / 2;
    const noise = new Random(`${url} ${slot}`).integer(-2, 2);
    return Math.round(kind.offPeak + 2 + (kind.peak - kind.offPeak - 4) * wave) + noise;
  }
  if (hour >= kind.from && hour < kind.to) return kind.offPeak;
  if ('midPeak' in kind && (hour < 16 || hour >= 19)) return kind.midPeak;
  return kind.peak;
}

function dailyPrices(kind: Kind): Resource {
  const summary = (minorUnits: number, ...times: [number, number][]) => ({
    price: (minorUnits / 100).toFixed(2),
    times: times.map(([start, end]) => ({ start: clock(start), end: clock(end) })),
  });
  if ('midPeak' in kind) {
    return {
      peak: summary(kind.peak, [16, 19]),
      mid_peak: summary(kind.midPeak, [6, 16], [19, 24], [0, 1]),
      off_peak: summary(kind.offPeak, [kind.from, kind.to]),
    };
  }
  if (kind.type !== 'DUAL_RATE') return { peak: summary(kind.peak, [0, 24]) };
  return { peak: summary(kind.peak, [5, 24]), off_peak: summary(kind.offPeak, [kind.from, kind.to]) };
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00:00`;
}
