import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../src/client/exit/redactor.js';
import { EXITS } from './exits.js';
import { FEW, givenOf, SPELLINGS, shows } from './spellings.js';

const SECRET = 'nT0p/S3cret&"token"~x-9';

/** Secrets of the characters that RFC 6749, appendix A allows, or any other text. */
const anySecret = fc.oneof(
  fc.string({
    minLength: 8,
    maxLength: 60,
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  }),
  fc.base64String({ minLength: 12, maxLength: 80 }),
  fc.uuid(),
);

/**
 * Encodings put white space, plus and backslash in between, and write `\f` for what nobody sees, so a secret of little
 * else can't be found.
 */
const counted = (secret: string) => secret.replace(/[\s+]|\\+[bfnrt]?|%[\da-f]{2}|&[#\w]+;?/gi, '').length;

describe.each(Object.entries(EXITS))('%s', (_, exit) => {
  it.each(FEW)('shows no secret that is written %s', async (_name, write) => {
    const written = write(SECRET);
    const text = await exit(`you sent ${written} there`, SECRET);
    expect(text.length).toBeGreaterThan(0);
    expect(shows(text, givenOf(written, SECRET)), text).toBe(false);
  });
});

describe('any secret', () => {
  it.each(SPELLINGS)(
    'is taken out where it is written %s, and what stands around it stays',
    (name, write) => {
      // A backslash of its own looks like an escape there.
      const splits = /split by (?:spaces of|escapes)/.test(name);
      fc.assert(
        fc.property(anySecret, fc.constantFrom('', 'you sent ', '{"a":"', 'id='), (secret, before) => {
          fc.pre(counted(secret) >= 8 && !(splits && secret.includes('\\')));
          const redactor = new Redactor();
          redactor.learn(secret);
          const written = write(secret);
          const safe = redactor.hide(`${before}${written}" ok`);
          expect(shows(safe, givenOf(written, secret)), safe).toBe(false);
          expect(safe.endsWith(' ok')).toBe(true);
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each(
    SPELLINGS.filter(([name]) => /split by (?:spaces$|lines|what)|as it is|capitals|JSON|percent/.test(name)),
  )('with backslashes of its own is taken out where it is written %s', (_, write) => {
    for (const secret of ['!!!!\\B!!!!!!!!', 'a\\nb\\tc-0123456', 'C:\\new\\u0041\\x-0123456']) {
      const redactor = new Redactor();
      redactor.learn(secret);
      const written = write(secret);
      const safe = redactor.hide(`sent ${written} ok`);
      expect(shows(safe, givenOf(written, secret)), safe).toBe(false);
    }
  });

  it('of five characters is taken out as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{5,7}$/), (secret) => {
        const redactor = new Redactor();
        redactor.learn(secret);
        expect(redactor.hide(`sent ${secret}!`)).not.toContain(secret);
      }),
    );
  });

  it('that is not there changes no text', () => {
    const redactor = new Redactor();
    redactor.learn('a-secret-that-nobody-says', 'another-one-0123456789');
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(redactor.hide(text)).toBe(text);
      }),
    );
  });
});
