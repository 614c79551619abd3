import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redactor } from '../../client/exit/redactor.js';
import { ManySecrets } from './redactor.js';

const MANY = 3_000;

/** Tokens that begin alike, as those of one server do; some are short, with capitals, or have one more within. */
const tokens = Array.from({ length: MANY }, (_, number) => {
  if (number % 10 === 1) return `Tok${number}`;
  if (number % 10 === 2) return `token-of-user-${number - 1}-and-more`;
  return `token-of-user-${number}${'x'.repeat(number % 7)}`;
});

function taught<Kind extends Redactor>(redactor: Kind): Kind {
  for (const token of tokens) redactor.learn(token);
  return redactor;
}

const [many, one] = [taught(new ManySecrets(MANY)), taught(new Redactor(MANY))];

test('what is hidden of many secrets is what is hidden of each', () => {
  const piece = fc.oneof(
    fc.constantFrom(...tokens),
    fc.constantFrom(
      '…',
      '%2…',
      '&#…',
      '\\\\…',
      '"',
      ' ',
      'token-of-',
      'tok12',
      'TOKEN-OF-USER-7',
      'é',
      '%2D',
    ),
    fc.tuple(fc.constantFrom(...tokens), fc.nat(24)).map(([token, length]) => `${token.slice(0, length)}…`),
    fc.tuple(fc.constantFrom(...tokens), fc.nat(24)).map(([token, length]) => token.slice(0, length)),
  );
  const texts = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      expect(many.hide(text)).toBe(one.hide(text));
    }),
    { numRuns: 400 },
  );
});

test('a secret that is learned later is hidden, too', () => {
  const known = taught(new ManySecrets(MANY + 1));
  const late = 'token-of-user-that-came-late';
  expect(known.hide(`by ${late}`)).not.toBe('by [redacted]');
  known.learn(late);
  expect(known.hide(`by ${late}`)).toBe('by [redacted]');
});

test('a text that has one of many secrets is compared with a few of them', () => {
  let compared = 0;
  class Counting extends ManySecrets {
    protected override near(...where: Parameters<ManySecrets['near']>): readonly string[] {
      const near = super.near(...where);
      compared += near.length;
      return near;
    }
  }
  const counting = taught(new Counting(MANY));
  for (let number = 0; number < MANY; number += 10) counting.hide(`Bearer token-of-user-${number}`);
  expect(compared).toBeLessThan(MANY * 10);
});
