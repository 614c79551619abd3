import fc from 'fast-check';
import { patternOf } from '../../../../src/document/index.js';
import { textMatching } from '../../../../src/testing/made/pattern.js';
import type { Random } from '../../../../src/testing/made/random.js';
import type { Shape } from '../normalise/types.js';
import { LARGEST } from './largest.js';

/** Values of JSON Schema's formats (2020-12, Validation, section 7.3), and near misses. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-08-01T12:00:00Z', '2026-02-28T23:59:59.5+01:00'],
  date: ['2026-08-01', '2024-02-29'],
  time: ['12:00:00Z', '23:59:59+01:00'],
  duration: ['P1D', 'PT15M'],
  email: ['ann@example.com', 'a@b.co', 'Ann.Lee+1@Example.org'],
  'idn-email': ['ann@example.com', 'a@b.co'],
  hostname: ['example.com', 'a', 'A-1.Example.org'],
  'idn-hostname': ['example.com', 'a'],
  ipv4: ['192.0.2.1', '0.0.0.0'],
  ipv6: ['2001:db8::1', '::'],
  uri: ['https://example.com/a', 'urn:a:b', 'a:'],
  'uri-reference': ['/a', '', 'https://example.com/a'],
  iri: ['https://example.com/a', 'a:'],
  'iri-reference': ['/a'],
  'uri-template': ['https://example.com/{a}', ''],
  url: ['https://example.com/a', 'a:b'],
  uuid: [
    '6f1c1a52-3c39-4e47-8a3a-9d0a3f1d9b10',
    '6F1C1A52-3C39-4E47-8A3A-9D0A3F1D9B10',
    '3f1d9b10-3c39-11ee-8a3a-9d0a6f1c1a52',
    '00000000-0000-0000-0000-000000000000',
  ],
  'json-pointer': ['/a/b', ''],
  'relative-json-pointer': ['1/a', '0'],
  regex: ['^a$'],
  byte: ['YQ==', ''],
  binary: ['a'],
  password: ['a'],
};

const PLAIN = ['a', 'text', '', 'A1', 'Zoë', '0', 'x y'];
/** Texts of which a pattern that means something refuses some. */
const ODD = [...PLAIN, ' ', '('];

/** A text that the shape may allow. */
export function sampleString(shape: Shape, random: Random): string {
  const [pattern] = shape.patterns;
  // The pool is small: it may hold nothing that another pattern refuses.
  const other =
    pattern !== undefined && random.chance(0.3)
      ? textMatching(pattern, random, fitsLength(shape))
      : undefined;
  if (other !== undefined) return other;
  const format = random.pick(shape.formats.filter((name) => name in FORMATS));
  const ofFormat = (FORMATS[format ?? ''] ?? []).filter((text) =>
    shape.patterns.every((own) => patternOf(own).test(text)),
  );
  const samples = ofFormat.length > 0 || pattern === undefined ? ofFormat : matching(pattern);
  const fitting = samples.filter(fitsLength(shape));
  const text = random.pick(fitting.length > 0 ? fitting : samples) ?? random.pick(PLAIN) ?? '';
  if (pattern === undefined && format === undefined) return fitLength(text, shape, random);
  return longEnough(text, shape, random);
}

/** Makes a text longer if need be: as long as is needed, or at times as long as is allowed. */
function longEnough(text: string, { bounds, patterns: [pattern] }: Shape, random: Random): string {
  const { minLength = 0, maxLength = minLength } = bounds;
  const length = random.chance(0.2) ? maxLength : minLength;
  const missing = Math.min(length, LARGEST.length) - text.length;
  if (missing <= 0) return text;
  const other = pattern === undefined ? undefined : random.pick(matchingOfLength(pattern, length));
  if (other !== undefined) return other;
  // Letters before or behind it are what many formats allow.
  const more = 'a'.repeat(missing);
  return random.chance(0.5) ? `${more}${text}` : `${text}${more}`;
}

/** A text with more in it than its pattern asks for. */
export function longerString(shape: Shape, random: Random): string {
  const text = sampleString(shape, random);
  const [pattern] = shape.patterns;
  if (pattern === undefined) return text;
  return random.pick(matchingOfLength(pattern, text.length + random.integer(1, 3))) ?? text;
}

/**
 * A text that the shape may allow, and that is as long as another one's bounds allow, or just too long or too short.
 */
export function sampleOfLength(shape: Shape, { bounds }: Shape, random: Random): string {
  const text = sampleString(shape, random);
  const bound = random.pick([bounds.minLength, bounds.maxLength].filter((length) => length !== undefined));
  if (bound === undefined) return text;
  const length = bound + random.integer(-1, 1);
  const [pattern] = shape.patterns;
  if (pattern === undefined) return resize(text, length);
  return random.pick(matchingOfLength(pattern, length)) ?? text;
}

/** A text that the shape only just allows, or only just refuses. */
export function strayString(shape: Shape, random: Random): string {
  const text = sampleString(shape, random);
  const { minLength, maxLength } = shape.bounds;
  const length = random.pick([minLength, maxLength].filter((bound) => bound !== undefined));
  const ways = [
    () => `x${text}`,
    () => `${text}x`,
    () => text.slice(0, -1),
    () => text.toLowerCase(),
    () =>
      random.pick(ODD.filter((odd) => !shape.patterns.some((pattern) => patternOf(pattern).test(odd)))) ?? '',
    () => random.pick(Object.values(FORMATS).flat()) ?? '',
    ...(length === undefined ? [] : [() => resize(text, length + random.integer(-1, 1))]),
  ];
  return random.pick(ways)?.() ?? text;
}

function fitsLength({ bounds }: Shape): (text: string) => boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = bounds;
  return (text) => [...text].length >= minLength && [...text].length <= maxLength;
}

function fitLength(text: string, { bounds }: Shape, random: Random): string {
  const min = bounds.minLength ?? 0;
  const max = bounds.maxLength ?? Math.max(min, 12);
  const length = [...text].length;
  if (length >= min && length <= max) return text;
  return resize(text, random.chance(0.5) ? min : max);
}

function resize(text: string, length: number): string {
  const size = Math.min(Math.max(length, 0), LARGEST.length);
  return [...text].slice(0, size).join('').padEnd(size, 'a');
}

/** Characters of a text that only a pattern without an end of its own allows. */
const LONG = 5000;

/** Whether a text of a pattern may go on for long. */
export function allowsLong(pattern: string): boolean {
  return matchingOfLength(pattern, LONG).length > 0;
}

/** Enough texts of one length, which differ in what they repeat. */
const SEVERAL = 6;
const ofLengths = new Map<string, readonly string[]>();

/** Some texts of this length that match: others of the pattern, with a part of them repeated or cut out. */
function matchingOfLength(pattern: string, length: number): readonly string[] {
  const size = Math.min(Math.max(length, 0), LARGEST.length);
  const key = `${size} ${pattern}`;
  const known = ofLengths.get(key);
  if (known) return known;
  const expression = patternOf(pattern);
  const found = new Set<string>();
  for (const text of ['', ...matching(pattern)]) {
    for (const resized of resizedAnywhere([...text], size)) {
      if (found.size === SEVERAL) break;
      if (expression.test(resized)) found.add(resized);
    }
  }
  ofLengths.set(key, [...found]);
  return [...found];
}

/** The text at a length, in all ways: at each place what is missing is a repetition, or what is too much goes. */
function* resizedAnywhere(text: readonly string[], length: number): Generator<string> {
  const missing = length - text.length;
  for (let at = 0; at <= text.length; at++) {
    const [before, after] = [text.slice(0, at).join(''), text.slice(at).join('')];
    if (missing <= 0) yield before + text.slice(at - missing).join('');
    // Of a group that may be repeated, such as the bytes of a colour, most have one to three characters.
    else
      for (const part of [text.slice(at - 1, at), text.slice(at - 2, at), text.slice(at - 3, at), ['a']]) {
        if (part.length === 0) continue;
        yield before + part.join('').repeat(Math.ceil(missing / part.length)) + after;
      }
  }
}

const SAMPLES = 12;
const pools = new Map<string, readonly string[]>();

/** Some texts that match; none if we can't generate any for the pattern. */
export function matching(pattern: string): readonly string[] {
  const known = pools.get(pattern);
  if (known) return known;
  const expression = patternOf(pattern);
  const sample = (source: string) => {
    try {
      const plain = withoutAssertions(source);
      // Without its assertions, a pattern also makes texts that they refuse.
      const numRuns = plain === source ? SAMPLES : 20 * SAMPLES;
      const texts = fc.sample(fc.stringMatching(new RegExp(plain)), { seed: 7, numRuns });
      return [...new Set(texts)].filter((text) => expression.test(text)).slice(0, SAMPLES);
    } catch {
      return [];
    }
  };
  // Prefer texts of the pattern alone to those with something around the match.
  const plain = sample(anchored(pattern));
  const pool = plain.length > 0 ? plain : sample(pattern);
  pools.set(pattern, pool);
  return pool;
}

/** Anchors the pattern, so that nothing can be around the match. */
function anchored(pattern: string): string {
  const body = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  return `^(?:${body})$`;
}

/** The pattern without what it only looks at, ahead or behind: fast-check makes no texts of a pattern that has it. */
function withoutAssertions(pattern: string): string {
  let plain = '';
  // How many groups are open within the assertion that is being left out.
  let depth = 0;
  for (const [part] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|[\s\S]/g)) {
    const opens = part.startsWith('(') && (depth > 0 || part.length > 1);
    if (opens) depth += 1;
    if (depth === 0) plain += part;
    else if (part === ')') depth -= 1;
  }
  return plain;
}
