import { expect, test } from 'vitest';
import { declaredMedia, essence, isJson } from './declared.js';

test.each([
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/problem+json',
  'application/hal+json ;profile="a"',
  'text/json',
])('%s is JSON', (mediaType) => {
  expect(isJson(mediaType)).toBe(true);
});

test.each([
  'application/json-seq',
  'application/jsonl',
  'text/plain; note=application/json',
  'application/xml',
  '',
  null,
])('%j is no JSON', (mediaType) => {
  expect(isJson(mediaType)).toBe(false);
});

test('a media type is compared without its parameters and in small letters', () => {
  expect(essence('Application/JSON ; charset=utf-8')).toBe('application/json');
  expect(essence(' ; charset=utf-8')).toBeUndefined();
});

test.each([
  ['image/png; q=1', 'image/png'],
  ['image/jpeg', 'image/*'],
  ['text/plain', '*/*'],
  ['', undefined],
])('of several declared media types, %j is of the closest', (contentType, expected) => {
  const content = ['*/*', 'image/*', 'image/png'].map((mediaType) => ({
    mediaType,
    examples: [],
    pointer: '#',
  }));
  expect(declaredMedia(content, contentType)?.mediaType).toBe(expected);
});
