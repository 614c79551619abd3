import { expect, test } from 'vitest';
import type { Operation } from '../types.js';
import { pathAbove, pathTemplates } from './route.js';

const operations = [
  '/x/{id}',
  '/x/{id}:submit',
  '/x/newest',
  '/x/{id}/y',
  '/x/{id}/y/{at}',
  '/{any}/newest',
  '/spare parts/für/{id}',
  '/',
].map((path) => ({ path, method: 'GET' }) as Operation);
const templates = pathTemplates(operations);

test('the paths of a list of operations are made into patterns once', () => {
  expect(pathTemplates(operations)).toBe(templates);
  expect(pathTemplates(operations.slice(1))).toHaveLength(operations.length - 1);
});

test.each([
  ['/x/1', '/x/{id}', ['1']],
  ['/x/1/', '/x/{id}', ['1']],
  ['/x/1:submit', '/x/{id}:submit', ['1']],
  ['/x/2026-01-01T10:00:00Z', '/x/{id}', ['2026-01-01T10:00:00Z']],
  ['/x/newest', '/x/newest', []],
  ['/z/newest', '/{any}/newest', ['z']],
  ['/x/a%2Fb/y', '/x/{id}/y', ['a%2Fb']],
  ['/x/1/y/2:submit', '/x/{id}/y/{at}', ['1', '2:submit']],
  ['/spare%20parts/f%C3%BCr/1', '/spare parts/für/{id}', ['1']],
  ['/', '/', []],
])('%s is for the path %s', (path, wanted, values) => {
  const found = templates.find(({ pattern }) => pattern.test(path));
  expect(found?.path).toBe(wanted);
  expect(found?.pattern.exec(path)?.slice(1)).toEqual(values);
});

test('a path with a slash at the end is its own where the document has it without one, too', () => {
  const paths = ['/{any}/{id}', '/x/{id}/', '/x/{id}', '/y/'];
  const both = pathTemplates(paths.map((path) => ({ path, method: 'GET' }) as Operation));
  const of = (path: string) => both.find(({ pattern }) => pattern.test(path))?.path;
  expect(['/x/1', '/x/1/', '/y', '/y/'].map(of)).toEqual(['/x/{id}', '/x/{id}/', '/y/', '/y/']);
});

test('a path that the document lacks has no template', () => {
  expect(templates.find(({ pattern }) => pattern.test('/x/1/z'))).toBeUndefined();
});

test('the concrete path comes before the templated one, whatever other paths stand between them', () => {
  const paths = ['/x/{id}', '/x', '/x/{id}/y', '/z', '/x/search'];
  for (const [turn] of paths.entries()) {
    const turned = [...paths.slice(turn), ...paths.slice(0, turn)];
    const sorted = pathTemplates(turned.map((path) => ({ path, method: 'GET' }) as Operation));
    expect(sorted.find(({ pattern }) => pattern.test('/x/search'))?.path).toBe('/x/search');
  }
});

test.each([
  ['/evses/{id}', 'id', '/evses'],
  ['/evses/{id}/logs/{at}', 'at', '/evses/{id}/logs'],
  ['/evses/{id}:reset', 'id', '/evses'],
  ['/near/{lat},{lon}', 'lon', undefined],
  ['/near/{lat},{lon}', 'lat', undefined],
  ['/tiles/{x}.png', 'x', undefined],
])('in %s, what %s names is listed at %s', (path, parameter, above) => {
  expect(pathAbove(path, parameter)).toBe(above);
});
