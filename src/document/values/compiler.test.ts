import { describe, expect, it } from 'vitest';
import { schemaCompiler } from './compiler.js';

/** Parsed, so that it has the member itself. */
const PROTO = JSON.parse('{ "__proto__": 1 }');

const accepts = (schema: object, value: unknown): boolean => schemaCompiler([schema]).compile(schema)(value);

it.each([
  ['6F1C1A52-3c39-4e47-8a3a-9d0a3f1d9b10', true],
  ['urn:uuid:6f1c1a52-3c39-4e47-8a3a-9d0a3f1d9b10', false],
  ['{6f1c1a52-3c39-4e47-8a3a-9d0a3f1d9b10}', false],
])('a uuid is its text alone: %s', (text, isOne) => {
  expect(accepts({ format: 'uuid' }, text)).toBe(isOne);
});

describe('date-time is what RFC 3339 says', () => {
  it.each([
    '2026-01-05T06:30:00Z',
    '2026-01-05t06:30:00.123456z',
    '2026-01-05 06:30:00+05:30',
    '2024-02-29T00:00:00Z',
    '2000-02-29T23:59:59-00:00',
    '2016-12-31T23:59:60Z',
    '2015-07-01T01:59:60.5+02:00',
    '1998-12-31T15:59:60.123-08:00',
  ])('accepts %s', (text) => {
    expect(accepts({ format: 'date-time' }, text)).toBe(true);
  });

  it.each([
    ['a tab in the place of T', '2026-01-05\t06:30:00Z'],
    ['two spaces', '2026-01-05  06:30:00Z'],
    ['a day of one digit', '2026-01-5 06:30:00Z'],
    ['no offset', '2026-01-05T06:30:00'],
    ['an offset without its colon', '2026-01-05T06:30:00+0530'],
    ['an offset that no clock has', '2026-01-05T06:30:00+24:00'],
    ['no seconds', '2026-01-05T06:30Z'],
    ['a fraction without digits', '2026-01-05T06:30:00.Z'],
    ['the hour 24', '2026-01-05T24:00:00Z'],
    ['a month that has no 31st', '2026-04-31T06:30:00Z'],
    ['29 February of no leap year', '2026-02-29T06:30:00Z'],
    ['29 February of a century', '1900-02-29T06:30:00Z'],
    ['a leap second in the middle of a day', '2016-12-31T12:00:60Z'],
    ['a leap second in the middle of a year', '2016-03-31T23:59:60Z'],
    ['a leap second of local time', '2016-12-31T23:59:60+01:00'],
    ['other digits', '２０26-01-05T06:30:00Z'],
  ])('%s is not a date-time', (_, text) => {
    expect(accepts({ format: 'date-time' }, text)).toBe(false);
  });
});

it.each([
  ['date', '2024-02-29', true],
  ['date', '2023-02-29', false],
  ['time', '23:59:60Z', true],
  ['time', '12:59:60Z', false],
  ['uri', 'https://bakery.example/a?b=c#d', true],
  ['uri', '/a', false],
  ['uri', 'https://bakery.example/a b', false],
  ['int64', 'any text', true],
  ['email', 'a@b', true],
  ['email', 'ann.o-neil+bread@bakery.example', true],
  ['email', '"ann baker"@bakery.example', true],
  ['email', 'ann@[192.0.2.1]', true],
  ['email', 'ann@[IPv6:2001:db8::1]', true],
  ['email', 'ann@[192.0.2.256]', false],
  ['email', 'ann.@bakery.example', false],
  ['email', 'ann baker@bakery.example', false],
  ['email', 'ann@bakery.example.', false],
  ['email', 'ann@-bakery', false],
  ['email', 'ann', false],
  ['a-format-of-theirs', 'any text', true],
])('the format %s of %s is %s', (format, text, valid) => {
  expect(accepts({ format }, text)).toBe(valid);
});

it.each([
  [0.01, 19.99, true],
  [0.01, 0.07, true],
  [0.01, 123_456_789.01, true],
  [0.1, 1.1, true],
  [1e-8, 0.12345678, true],
  [0.01, 19.995, false],
  [0.01, 0.010000001, false],
  [3, 10, false],
  [3, -9, true],
])('of %d, %d is a multiple: %s', (multipleOf, value, valid) => {
  const validate = schemaCompiler([]).compile({ multipleOf });
  expect(validate(value)).toBe(valid);
  if (!valid) expect(validate.errors).toMatchObject([{ keyword: 'multipleOf', params: { multipleOf } }]);
});

describe('the u flag is chosen for each pattern', () => {
  // The first pattern is only valid with the flag, the second only without it.
  const schema = {
    properties: { name: { pattern: '^\\p{L}+$' }, mail: { pattern: '^[\\w\\-\\.]+\\@[\\w-]+$' } },
    patternProperties: { '^\\p{Lu}': { type: 'number' } },
  };

  it.each([
    [{ name: 'Zoë' }, true],
    [{ name: 'pL' }, true],
    [{ name: 'p{L}' }, false],
    [{ mail: 'a-b@bakery' }, true],
    [{ mail: 'bakery' }, false],
    [{ Ähre: 1 }, true],
    [{ Ähre: 'one' }, false],
  ])('%j: %s', (value, valid) => {
    expect(accepts(schema, value)).toBe(valid);
  });

  it('a text that is no expression either way is refused', () => {
    expect(() => accepts({ pattern: '(' }, 'a')).toThrow(/Invalid regular expression/);
  });
});

it.each([
  [{}, false],
  [{ minContains: 0 }, true],
  [{ minContains: 2 }, false],
])('an empty list contains nothing, beside items by position too: %j', (more, valid) => {
  const schema = { prefixItems: [{ type: 'string' }], contains: { type: 'integer' }, ...more };
  expect(accepts(schema, [])).toBe(valid);
});

describe('fields named as what each object has are fields like any other', () => {
  it.each([
    [{ properties: { constructor: { type: 'string' } } }, {}, true],
    [{ properties: { constructor: { type: 'string' } } }, { constructor: 5 }, false],
    [{ required: ['hasOwnProperty'] }, {}, false],
    [{ required: ['hasOwnProperty'] }, { hasOwnProperty: 1 }, true],
    [{ dependentRequired: { valueOf: ['unit'] } }, {}, true],
    [{ dependentRequired: { unit: ['valueOf'] } }, { unit: 'kWh' }, false],
    [{ properties: { toString: true }, unevaluatedProperties: false }, { toString: 'a' }, true],
    [{ required: ['__proto__'] }, {}, false],
    [{ required: ['__proto__'] }, JSON.parse('{ "__proto__": 1 }'), true],
    [JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }'), {}, true],
    [JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }'), PROTO, false],
    [JSON.parse('{ "properties": { "__proto__": { "type": "integer" }, "a": {} } }'), PROTO, true],
  ])('%j, %j: %s', (schema, value, valid) => {
    expect(accepts(schema, value)).toBe(valid);
  });
});
