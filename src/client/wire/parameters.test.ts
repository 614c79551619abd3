import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../errors/configuration-error.js';
import { fillPath, writeQuery } from './parameters.js';

const SERVERS = ['http://127.0.0.1:4010', 'https://api.example.com/v2'];
const fill = (template: string, ...values: unknown[]) => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return fillPath(template, Object.fromEntries(names.map((name, index) => [name, values[index]])), SERVERS);
};

describe('ids', () => {
  test.each([
    ['a1', '/things/a1'],
    [7, '/things/7'],
    ['a/b?c#d', '/things/a%2Fb%3Fc%23d'],
    ['2024-04-18T08:53:52.225655Z', '/things/2024-04-18T08%3A53%3A52.225655Z'],
    ['%2e%2e', '/things/%252e%252e'],
    ['...', '/things/...'],
    ['$&', '/things/%24%26'],
  ])('%s is percent-encoded', (id, path) => {
    expect(fill('/things/{thing_id}', id)).toBe(path);
  });

  test('are filled in by name', () => {
    expect(fill('/things/{thing_id}/parts/{part_id}:go', 'a', 'b')).toBe('/things/a/parts/b:go');
  });

  test.each(['', '.', '..', Number.NaN, undefined as never])('%s is refused by name', (id) => {
    expect(() => fill('/things/{thing_id}', id)).toThrow(ConfigurationError);
    expect(() => fill('/things/{thing_id}', id)).toThrow(/^thing_id: /);
  });

  test('an object is refused without being printed', () => {
    for (const value of [new Date(), { id: 'a1', url: 'https://api.example.com/v2/things/a1' }])
      expect(() => fill('/things/{thing_id}', value as never)).toThrow(/^thing_id: an object is not an id; /);
  });
});

describe('URLs of the API', () => {
  test.each([
    'https://api.example.com/v2/things/a1',
    'https://api.example.com/v2/things/a1/',
    'https://API.example.com/v2/thing/a1',
    'http://127.0.0.1:4010/things/a1?expand=x',
  ])('%s stands for the id in it', (url) => {
    expect(fill('/things/{thing_id}/parts', url)).toBe('/things/a1/parts');
  });

  test('a nested resource is recognised behind its parent', () => {
    const url = 'https://api.example.com/v2/thing/a1/parts/2024-04-18T08:53:52Z/';
    expect(fill('/things/{thing_id}/parts/{at}', 'a1', url)).toBe(
      '/things/a1/parts/2024-04-18T08%3A53%3A52Z',
    );
  });

  test.each([
    ['another origin', 'https://evil.example.com/v2/things/a1'],
    ['another base path', 'https://api.example.com/v1/things/a1'],
    ['credentials', 'https://user:pass@api.example.com/v2/things/a1'],
    ['another collection', 'https://api.example.com/v2/users/a1'],
    ['a sub-collection', 'https://api.example.com/v2/things/a1/parts'],
    ['the collection itself', 'https://api.example.com/v2/things/'],
    ['a dot segment', 'https://api.example.com/v2/things/%2e%2e/users'],
    ['broken encoding', 'https://api.example.com/v2/things/%ff'],
  ])('%s is refused', (_, url) => {
    expect(() => fill('/things/{thing_id}', url)).toThrow(ConfigurationError);
  });

  test('no password of a foreign URL is shown', () => {
    const url = 'https://user:hunter2@api.example.com/v2/things/a1';
    expect(() => fill('/things/{thing_id}', url)).toThrow(
      /^thing_id: https:\/\/api.example.com\/v2\/things\/a1 is/,
    );
  });

  test("another resource's nested URL is refused", () => {
    const url = 'https://api.example.com/v2/things/OTHER/parts/p1';
    expect(() => fill('/things/{thing_id}/parts/{part_id}', 'a1', url)).toThrow(/part_id: .*a1/);
  });
});

describe('a query parameter that is written as JSON', () => {
  const write = (filter: unknown) => writeQuery({ filter }, { filter: 'json' });

  test('is one value, dates in ISO 8601', () => {
    expect(write({ since: new Date(0), ids: [1] })).toBe(
      `filter=${encodeURIComponent('{"since":"1970-01-01T00:00:00.000Z","ids":[1]}')}`,
    );
  });

  test.each([
    ['since is an invalid date', { since: new Date('soon') }],
    ['it is a Map', new Map([['a', 1]])],
    ['it is a function', () => 1],
    ['Do not know how to serialize a BigInt', { count: 1n }],
  ])('is refused by name where JSON would lose something: %s', (why, filter) => {
    const message = `query: filter: can't be written as JSON: ${why}`;
    expect(() => write(filter)).toThrow(new ConfigurationError(message));
  });
});
