import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../errors/configuration-error.js';
import { baseUrl, safeUrl } from './origin.js';

test.each([
  'https://host/v2',
  'http://localhost:4010',
  'http://127.0.0.1',
  'http://127.8.9.10:81/v2',
  'http://[::1]:4010',
])('%s may be sent tokens', (url) => {
  expect(safeUrl('baseUrl', url).href).toContain(url);
});

describe('refused, by the name of the option', () => {
  test.each([
    'http://host/v2',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://0.0.0.0',
    'http://[::ffff:10.0.0.1]',
    'ftp://host',
    'host/v2',
    '',
    'https://user:pass@host',
  ])('%s', (url) => {
    expect(() => safeUrl('baseUrl', url)).toThrow(ConfigurationError);
    expect(() => safeUrl('baseUrl', url)).toThrow(/^baseUrl: /);
  });

  test.each(['localhost:4010', 'api.example:443/v2', '127.0.0.1/v2'])(
    '%s, since it is no address of the web',
    (url) => {
      expect(() => safeUrl('baseUrl', url)).toThrow(
        `baseUrl: '${url}' is not an absolute URL, such as https`,
      );
    },
  );

  test('a password is not repeated', () => {
    for (const url of ['https://user:hunter2@host', 'https://user:hunter2@ x', 'user:hunter2\n2@host'])
      expect(() => safeUrl('baseUrl', url)).toThrow(/^(?!.*(hunter2|\n2))/s);
  });
});

test('a base URL loses the slashes at its end, and may have no query', () => {
  expect(baseUrl('baseUrl', 'https://host/v2//')).toBe('https://host/v2');
  expect(baseUrl('baseUrl', 'https://host')).toBe('https://host');
  expect(() => baseUrl('baseUrl', 'https://host/v2?a=b')).toThrow(ConfigurationError);
});
