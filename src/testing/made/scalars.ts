import type { JsonObject } from '../../document/index.js';
import { list } from './flatten.js';
import { matches, textMatching } from './pattern.js';
import type { Random } from './random.js';

/** Made times lie in the year that begins here. */
const BEGINNING = Date.UTC(2026, 0, 1);
const MINUTES = 365 * 24 * 60;
const TRIES = 10;
/** An id is drawn from so many that it is hardly drawn twice in a list; other numbers are nicer small. */
const IDS = 1_000_000_000;
const isId = (name: string) => /(?:^|_)id$|[a-z]I[dD]$/.test(name);

type Write = (random: Random, name: string) => string;

const time = (random: Random) => new Date(BEGINNING + random.integer(0, MINUTES - 1) * 60_000).toISOString();
const hex = (random: Random, length: number) =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');

/** Makes text in each format (JSON Schema validation, section 7.3; OpenAPI's format registry). */
const FORMATS: Readonly<Record<string, Write>> = {
  'date-time': time,
  date: (random) => time(random).slice(0, 10),
  time: (random) => time(random).slice(11),
  duration: (random) => `PT${random.integer(1, 59)}M`,
  email: (random) => `someone${random.integer(1, 999)}@example.com`,
  hostname: (random) => `host${random.integer(1, 999)}.example.com`,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${hex(random, 4)}`,
  uri: (random, name) => `https://example.com/${encodeURIComponent(name)}/${random.integer(1, 9999)}`,
  'uri-reference': (random, name) => `/${encodeURIComponent(name)}/${random.integer(1, 9999)}`,
  uuid: (random) => {
    return [hex(random, 8), hex(random, 4), `4${hex(random, 3)}`, `a${hex(random, 3)}`, hex(random, 12)].join(
      '-',
    );
  },
  'uri-template': (random, name) =>
    `https://example.com/${encodeURIComponent(name)}/${random.integer(1, 9999)}{?page}`,
  decimal: (random) => `${random.integer(0, 99)}.${random.integer(10, 99)}`,
  byte: (random) => btoa(hex(random, 8)),
  'json-pointer': (_, name) => `/${name}`,
  'relative-json-pointer': () => '0',
  regex: () => '.*',
};
const ALIASES: Readonly<Record<string, string>> = {
  ...{ url: 'uri', iri: 'uri', 'iri-reference': 'uri-reference', 'idn-email': 'email' },
  'idn-hostname': 'hostname',
};

/** Makes text for a string schema: by its pattern if it has one, else by its format, else by its length. */
export function makeText(schema: JsonObject, random: Random, name: string): string | undefined {
  const least = Number(schema.minLength ?? 0);
  const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY);
  const fits = (text: string) => [...text].length >= least && [...text].length <= most;
  const patterns = list(schema.pattern).map(String);
  const fitsAll = (text: string) => fits(text) && patterns.every((pattern) => matches(pattern, text));
  for (const pattern of patterns) {
    const text = textMatching(pattern, random, fitsAll) ?? longer(pattern, random, least, fitsAll);
    if (text !== undefined) return text;
  }
  // One pattern may describe the beginning, another the end.
  for (let count = 0; patterns.length > 1 && count < TRIES; count += 1) {
    const text = patterns.map((pattern) => textMatching(pattern, random, () => true)).join('');
    if (fitsAll(text)) return text;
  }
  if (patterns.length > 0) return undefined;
  const format = String(schema.format);
  const formatted = FORMATS[ALIASES[format] ?? format]?.(random, name);
  if (formatted !== undefined) return fits(formatted) ? formatted : undefined;
  const words = `${name.replaceAll('_', ' ')} ${random.integer(1, isId(name) ? IDS : 999)}`;
  const long = words.length < least ? words.padEnd(least, '.') : words;
  return long.slice(0, Math.min(most, long.length));
}

/** A text longer than its pattern requires, which is possible if the pattern isn't anchored at both ends. */
function longer(
  pattern: string,
  random: Random,
  least: number,
  fits: (text: string) => boolean,
): string | undefined {
  const text = textMatching(pattern, random, () => true) ?? '';
  return [text.padEnd(least, '0'), text.padStart(least, '0'), text.padEnd(least, text.at(-1))].find(fits);
}

/** Makes a number for a schema, a whole one if possible, unless it should be `fractional`. */
export function makeNumber(
  schema: JsonObject,
  isInteger: boolean,
  random: Random,
  name = '',
  fractional = false,
): number | undefined {
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : isInteger ? 1 : undefined;
  const least = bound(schema.minimum, schema.exclusiveMinimum, Math.max, Number.NEGATIVE_INFINITY);
  const most = bound(schema.maximum, schema.exclusiveMaximum, Math.min, Number.POSITIVE_INFINITY);
  const unit = step ?? 1;
  const low = Number.isFinite(least.value) ? least.value : Math.min(most.value - 100 * unit, 0);
  const first = Math.ceil(low / unit) + (least.excluded && Number.isInteger(low / unit) ? 1 : 0);
  const many = isId(name) ? IDS : 100;
  const high = Number.isFinite(most.value) ? most.value : low + many * unit;
  const last = Math.floor(high / unit) - (most.excluded && Number.isInteger(high / unit) ? 1 : 0);
  if (fractional && step === undefined && low < high)
    return rounded(low + ((high - low) * random.integer(1, 999)) / 1000);
  if (first <= last)
    return rounded(random.integer(first, Math.min(last, first + Math.max(many, 1000))) * unit);
  // There is no whole number between the bounds.
  return step === undefined && low < high ? low + (high - low) / 2 : undefined;
}

function bound(
  inclusive: unknown,
  exclusive: unknown,
  stricter: (a: number, b: number) => number,
  none: number,
): { value: number; excluded: boolean } {
  const including = typeof inclusive === 'number' ? inclusive : none;
  const excluding = typeof exclusive === 'number' ? exclusive : none;
  const value = stricter(including, excluding);
  return { value, excluded: value === excluding && value !== none };
}

/** Removes rounding errors: 0.30000000000000004 becomes 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
