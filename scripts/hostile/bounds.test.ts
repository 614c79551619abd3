import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkExchange } from '../../src/contract/recorded/check-exchange.js';
import { expectBounded } from './bounded.js';
import { GROWING } from './sizes.js';
import { countSteps } from './steps.js';

const SMALL = 12_000;

describe('work grows no faster than an answer, and what is shown of it is bounded', () => {
  let steps: Awaited<ReturnType<typeof countSteps>>;
  beforeAll(async () => {
    steps = await countSteps();
  });
  afterAll(() => steps.end());

  it.each(GROWING)('%s', async (_, act) => {
    // The first run doesn't count, since it includes one-time work such as reading the document.
    await act(SMALL / 10);
    let outcome: unknown;
    // The engine may lose counts of code that it compiles meanwhile, but never adds any, so the largest count is right.
    // Quadratic work would be four times too much, each time.
    let small = 0;
    let large = Number.POSITIVE_INFINITY;
    for (let attempt = 1; attempt <= 5 && large >= 4.6 * small + 2_000; attempt += 1) {
      small = Math.max(small, await steps.of(() => act(SMALL)));
      large = await steps.of(async () => {
        outcome = await act(4 * SMALL);
      });
    }
    expect(large).toBeLessThan(4.6 * small + 2_000);
    expectBounded(outcome);
  });
});

describe('each limit is told', () => {
  const json = { 'content-type': 'application/json' };
  const check = (body: string) => checkExchange({ url: '/evse_makes', status: 200, headers: json, body });

  it('JSON that is nested too deep', async () => {
    const found = await check('['.repeat(5_000) + ']'.repeat(5_000));
    expect(found).toContainEqual(
      expect.objectContaining({ rule: 'body-json', found: 'more than 200 levels of it' }),
    );
  });

  it('more errors than are looked at', async () => {
    const found = await check(JSON.stringify(Array.from({ length: 5_000 }, () => 7)));
    expect(found.length).toBeLessThan(400);
    expect(found.map((one) => one.found)).toContainEqual(expect.stringMatching(/^\d{4} more errors$/));
  });

  it('brackets in texts are no levels', async () => {
    const found = await check(JSON.stringify([{ icon: '['.repeat(5_000), [`\\"${'{'.repeat(400)}`]: 1 }]));
    expect(found.map(({ rule }) => rule)).not.toContain('body-json');
  });
});
