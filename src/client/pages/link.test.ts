import fc from 'fast-check';
// @ts-expect-error: the package comes without types
import LinkHeader from 'http-link-header';
import { describe, expect, test } from 'vitest';
import { PaginationError } from '../errors/pagination-error.js';
import { cursorOf, pageQuery, parseLinks } from './link.js';

describe('parseLinks', () => {
  test.each([
    ['', {}],
    ['<a>; rel="next"', { next: 'a' }],
    ['<a>; rel=next', { next: 'a' }],
    ['<a>;REL="Next"', { next: 'a' }],
    ['<a>; title="x, <b>; rel=\\"no\\"" ; rel="next"', { next: 'a' }],
    ['<a>; rel="prev next"', { prev: 'a', next: 'a' }],
    ['<a>; rel="next", <b>; rel="next"', { next: 'a' }],
    ['<a>; rel="previous" , <about:blank>; rel="next"', { previous: 'a', next: 'about:blank' }],
    [',, <a>; rel="next",', { next: 'a' }],
    ['<a?x=1,2;3>; rel="next"; type=text/html', { next: 'a?x=1,2;3' }],
    ['<a>; title*=UTF-8\'\'x; rel="next"', { next: 'a' }],
    ['<a>; rel="next"; anchor="/other", <b>; anchor="#x"; rel="next", <c>; rel="next"', { next: 'c' }],
    ['<a>', {}],
  ])('%s', (header, links) => {
    expect(Object.fromEntries(parseLinks(header))).toEqual(links);
  });

  test.each([
    'a; rel="next"',
    '<a; rel="next"',
    '<a>; rel="next',
    '<a> rel="next"',
    '<a>; rel="next" <b>; rel="previous"',
    '<a>; rel="next"; , <b>',
    'nonsense',
    '<<a>>; rel="next"',
  ])('%s is refused', (header) => {
    expect(() => parseLinks(header)).toThrow(PaginationError);
  });

  const target = fc.webUrl({ withQueryParameters: true }).filter((url) => !/[<>\s]/.test(url));
  const rel = fc.constantFrom('next', 'previous', 'first', 'last');
  const title = fc.string({ maxLength: 8 }).filter((text) => /^[\x20-\x7e]*$/.test(text));

  test('reads what http-link-header writes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ uri: target, rel, title }), { maxLength: 4 }), (links) => {
        const written = new LinkHeader();
        for (const link of links) written.set(link);
        const first = new Map([...links].reverse().map((link) => [link.rel, link.uri]));
        expect(new Map([...parseLinks(written.toString())].sort())).toEqual(new Map([...first].sort()));
      }),
    );
  });

  test('either reads a header or says at once that it cannot be read', () => {
    const piece = fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', ' ', 'rel', 'next', '<a>; rel="next"');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          parseLinks(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(PaginationError);
        }
      }),
    );
  });
});

describe('pageQuery', () => {
  const own = 'http://127.0.0.1:4010/things';
  const servers = ['http://127.0.0.1:4010', 'https://api.example.com/v2'];

  test.each([
    ['https://api.example.com/v2/things?page_after=a%20b', 'page_after=a%20b'],
    ['http://127.0.0.1:4010/other/path?page=2', 'page=2'],
    ['?page_after=x', 'page_after=x'],
    ['/v2/things?page_after=x#y', 'page_after=x'],
  ])('of %s is taken', (link, query) => {
    expect(pageQuery(link, own, servers)).toBe(query);
  });

  test.each([undefined, 'about:blank'])('%s ends the walk', (link) => {
    expect(pageQuery(link, own, servers)).toBeUndefined();
  });

  test.each([
    'https://evil.example.com/v2/things?page_after=x',
    'http://api.example.com/v2/things?page_after=x',
    'https://api.example.com:444/v2/things?page_after=x',
    'http://127.0.0.1:4011/things?page_after=x',
    '//evil.example.com/things?page_after=x',
    'javascript:alert(1)',
    'https://',
  ])('%s is refused', (link) => {
    expect(() => pageQuery(link, own, servers)).toThrow(PaginationError);
  });
});

test('the cursor of a page is its page_after, or its number', () => {
  expect(cursorOf('page_size=3&page_after=2024-04-18T08%3A53%3A52Z')).toBe('2024-04-18T08:53:52Z');
  expect(cursorOf('page=2')).toBe('2');
  expect(cursorOf('page_size=3')).toBeUndefined();
});
