import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Budget, type CheckOptions, check, reportOf } from '../src/contract/index.js';
import type { About, Rule } from '../src/contract/model/rule.js';
import { inProcess } from '../src/contract/targets/fake.js';
import {
  createFake,
  type FakeOptions,
  type FakeRequest,
  rateLimited,
  reset,
  startFake,
  tokenFailure,
  unavailable,
} from '../src/testing/index.js';
import { SEED_PAGE } from './fixtures/seed-page.js';
import { contract, few, LOGS, rules } from './kit.js';
import { run } from './terminal.js';

const FEW = SEED_PAGE.flatMap((id) => ['--operation', id]);

/** A fake in process that stands in for a live server. */
async function live(options: FakeOptions = {}) {
  const fake = await createFake({ statusLogs: LOGS, ...options });
  onTestFinished(fake.close);
  const target = { ...inProcess(fake, contract), name: 'live' as const, own: false };
  const checked = (more: Partial<CheckOptions> = {}) =>
    check({ contract, rules, target, operations: few, ...more });
  return { fake, target, checked };
}

/** A fake that listens, as the command is told of it. */
async function listening(options: FakeOptions = {}) {
  const fake = await startFake({ statusLogs: LOGS, ...options });
  onTestFinished(fake.close);
  const client = { EV_ENERGY_CLIENT_ID: fake.clientId, EV_ENERGY_CLIENT_SECRET: fake.clientSecret };
  return { fake, client, at: ['--target', 'live', '--base-url', fake.url, ...FEW] };
}

test('a failure that is gone when the request is sent once more is a note, and counted', async () => {
  const { fake, checked } = await live();
  const plain = await checked();
  fake.faults.randomly({ oneIn: 20, faults: [reset(), unavailable()] });
  const { violations, notes, requests, incomplete } = await checked();
  expect(violations).toEqual([]);
  expect(new Set(notes.map(({ rule }) => rule))).toEqual(new Set(['answers']));
  expect(notes.map(({ found }) => found)).toContain('503; sent once more, it was answered');
  expect(requests).toBeGreaterThan(plain.requests);
  expect(incomplete).toBeUndefined();
});

test('a rule that throws at an answer is a finding of its own, and the others go on', async () => {
  const { checked } = await live();
  const broken: Rule[] = [
    {
      ...about('broken-scenario'),
      on: 'scenario',
      scenario: {
        name: 'broken',
        priority: 1,
        requests: () => 1,
        play: async () => JSON.parse('<html>'),
      },
      check: () => [],
    },
    {
      ...about('broken-probe'),
      on: 'probe',
      priority: 2,
      probes: () => {
        throw new TypeError('of no kind that is known');
      },
    },
  ];
  const succeeds = rules.filter(({ id }) => id === 'succeeds');
  const result = await checked({ rules: [...broken, ...succeeds] });
  expect(new Set(result.violations.map(({ rule }) => rule))).toEqual(
    new Set(['broken-scenario', 'broken-probe']),
  );
  expect(result.violations[0]).toMatchObject({ found: expect.stringContaining('the check fails: ') });
  const kept = result.verdicts.filter(({ rule, state }) => rule === 'succeeds' && state === 'kept');
  expect(kept.map(({ operation }) => operation)).toEqual(expect.arrayContaining(few.map(({ id }) => id)));
  expect(reportOf([result]).conforms).toBe(false);
});

/** What a rule of a test says about itself. */
function about(id: string): About {
  return { id, group: 'answers', title: id, explain: id, source: 'this test' };
}

test('a server that goes down in the middle ends the run at once, as unavailable', async () => {
  const { fake, checked } = await live();
  fake.faults.plan(() =>
    fake.requests.length > 40 ? unavailable({ body: '<html>down</html>' }) : undefined,
  );
  const steps: { done: number; total: number }[] = [];
  const { violations, incomplete, requests } = await checked({ onStep: (step) => steps.push(step) });
  expect(violations).toEqual([]);
  expect(incomplete).toMatchObject({
    sent: requests,
    reason: expect.stringMatching(/is unavailable: 503 .* to GET http/),
  });
  // What is never sent isn't counted as done either.
  expect(steps.length).toBe((steps.at(-1)?.done ?? 0) + 1);
  expect(steps.length).toBeLessThan((steps[0]?.total ?? 0) / 2);
  expect(requests).toBeLessThan(50);
  expect(incomplete?.planned).toBeGreaterThan(80);
});

test('a server that is down from the beginning cannot be checked, and is asked a few times only', async () => {
  const { fake, checked } = await live();
  fake.faults.plan(() => unavailable());
  await expect(checked()).rejects.toThrow(/is unavailable: 503 several times in a row/);
  expect(fake.requests.length).toBeLessThan(5);
});

test.each([
  ['in seconds', '1'],
  ['as a time that has come', 'Sun, 06 Nov 1994 08:49:37 GMT'],
])(
  'a short wait that a 429 asks for %s is waited for, though nothing is left until then',
  async (_, after) => {
    const { fake, target, checked } = await live();
    target.fetch = async (...asked) => {
      const { status, headers, body } = await fake.fetch(...asked);
      if (status === 429) {
        headers.set('X-RateLimit-Remaining', '0');
        headers.set('Retry-After', after);
      }
      return new Response(body, { status, headers });
    };
    fake.faults.plan(() => (fake.requests.length === 30 ? rateLimited(1) : undefined));
    const { violations, incomplete } = await checked({ budget: new Budget(undefined, 100) });
    expect(violations).toEqual([]);
    expect(incomplete).toBeUndefined();
  },
);

test('a long wait that a 429 asks for ends the run, which says how much of it is missing', async () => {
  const { fake, checked } = await live();
  fake.faults.plan(() => (fake.requests.length >= 47 ? rateLimited(1800) : undefined));
  const result = await checked();
  expect(result.violations).toEqual([]);
  expect(result.incomplete?.reason).toContain('is used up (429): try again in 1800 s');
  const { conforms, runs } = reportOf([result]);
  expect(conforms).toBe(false);
  expect(runs[0]?.incomplete).toEqual(result.incomplete);
});

test('a token that expires in the middle of a run is renewed once', async () => {
  const { fake, target, checked } = await live();
  let renewals = 0;
  const tokens = { ...target.tokens };
  const renewing = {
    ...target,
    tokens,
    async renew() {
      renewals += 1;
      const [one, other] = (target.otherScopes ?? []).map((scope) => fake.issueToken({ scopes: [scope] }));
      Object.assign(tokens, { token: fake.issueToken(), 'other-scope': one, 'second-scope': other });
    },
  };
  fake.faults.plan(() => {
    if (fake.requests.length === 40) fake.world.tokens.expireAll();
    return undefined;
  });
  const { violations, incomplete } = await checked({ target: renewing });
  expect(violations).toEqual([]);
  expect(incomplete).toBeUndefined();
  expect(renewals).toBe(1);
  const other = await live();
  other.fake.faults.plan(() => {
    if (other.fake.requests.length === 40) other.fake.world.tokens.expireAll();
    return undefined;
  });
  expect((await other.checked()).incomplete?.reason).toMatch(
    /the access token ended \(401\) after \d+ requests/,
  );
});

test('a token endpoint that is down is no reason to check the secret', async () => {
  const { fake, client, at } = await listening();
  fake.faults.next(tokenFailure(503, 'temporarily_unavailable'), { times: 2 });
  const { code, stderr } = await run(at, client);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(/The token endpoint \S+ is unavailable \(503\): try again/);
  expect(stderr).not.toContain('secret');
  expect(code).toBe(2);
});

test('a token endpoint that goes down during a run ends it as unavailable', async () => {
  const { fake, checked } = await live();
  fake.faults.next(tokenFailure(503, 'temporarily_unavailable'), { times: 4 });
  const { violations, incomplete, verdicts } = await checked();
  expect(violations).toEqual([]);
  const reason = /^the endpoint for tokens is unavailable: 503 .* to POST http/;
  expect(incomplete?.reason).toMatch(reason);
  // The redactor takes the word after "token" for one.
  expect(verdicts.map((verdict) => verdict.reason)).toContainEqual(expect.stringMatching(reason));
});

test('a token endpoint that fails only at credentials that nobody has is at fault', async () => {
  const { fake, checked } = await live();
  const isUnknown = ({ headers }: FakeRequest) =>
    !headers.authorization?.includes(btoa(fake.clientId).slice(0, 8));
  fake.faults.next(tokenFailure(503, 'temporarily_unavailable'), { times: 4, request: isUnknown });
  const { violations, incomplete } = await checked({ operations: few.slice(0, 1) });
  expect(violations.map(({ rule, found }) => [rule, found])).toEqual([['unknown-client', '503']]);
  expect(incomplete).toBeUndefined();
});

test('a token endpoint that wants to be asked less often breaks nothing, and is not covered', async () => {
  const { fake, checked } = await live();
  fake.faults.next(tokenFailure(429, 'slow_down'));
  const { violations, verdicts } = await checked({ operations: few.slice(0, 1) });
  expect(violations).toEqual([]);
  const open = verdicts.filter(({ reason }) => reason?.startsWith('the endpoint for tokens takes no more'));
  expect(open.map(({ rule }) => rule).sort()).toEqual([
    'token-issued',
    'unknown-client',
    'wrong-client-secret',
  ]);
});

test.each([1, 2, 5, 30])('a budget of %i is kept, tokens and all', async (most) => {
  const { fake, client, at } = await listening();
  const { code } = await run([...at, '--max-requests', String(most)], client);
  expect(fake.requests).toHaveLength(most);
  expect(code).toBe(2);
});

test('the plan is told before the first request, and what of it will not fit', async () => {
  const { client, at } = await listening();
  const { stderr } = await run([...at, '--max-requests', '20'], client);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /^\d+ checks of 3 operations planned: about \d+ requests, of which about \d+ won't fit into the \d+ that are left of --max-requests\./,
  );
});

test('the number of requests that is told before a run is right to within a tenth', async () => {
  const { checked } = await live();
  let planned = 0;
  const { requests } = await checked({ onPlan: (plan) => (planned = plan.requests) });
  expect(Math.abs(planned - requests)).toBeLessThan(requests / 10);
});

test('a run that is cut short tells the number of the plan, also where a check was cut in the middle', async () => {
  const { checked } = await live();
  let told = 0;
  const [first] = few;
  const onPlan = (plan: { requests: number }) => (told = plan.requests);
  const { incomplete } = await checked({
    operations: first ? [first] : [],
    budget: new Budget(40, 1),
    onPlan,
  });
  expect(Math.abs((incomplete?.planned ?? 0) - told)).toBeLessThan(told / 20);
});

test('an incomplete run says so in each report, and conforms only where that is allowed', async () => {
  const { client, at } = await listening();
  const file = join(tmpdir(), `incomplete-${process.pid}.xml`);
  const args = [...at, '--max-requests', '47', '--report', `junit=${file}`];
  const { code, stdout } = await run(args, client);
  expect(stdout).toMatch(/incomplete: 47 of \d+ checks' requests: the budget of 47 requests is spent/);
  expect(stdout).not.toContain('conforms');
  expect(code).toBe(2);
  expect(await readFile(file, 'utf8')).toMatch(/<error message="incomplete: 47 of \d+ checks' requests/);
  const allowed = await run([...args, '--allow-incomplete'], client);
  expect(allowed.stdout).toMatch(/incomplete: 47 of[\s\S]*conforms/);
  expect(allowed.code).toBe(0);
});

test('the budget of a comparison is the sum of both sides', async () => {
  const [left, right] = [await listening(), await listening()];
  const urls = ['--base-url', left.fake.url, '--base-url', right.fake.url];
  const { code } = await run(['compare', ...urls, '--max-requests', '9'], left.client);
  expect(left.fake.requests.length + right.fake.requests.length).toBe(9);
  expect(code).toBe(2);
});

test('with all credentials everything is covered, of all operations', async () => {
  const { fake, client } = await listening();
  const live = ['--target', 'live', '--base-url', fake.url];
  const { code, stdout } = await run([...live, '--require-coverage'], {
    ...client,
    EV_ENERGY_EXPIRED_TOKEN: fake.issueToken({ lifetime: 0 }),
  });
  expect(stdout).not.toContain('not covered');
  expect(code).toBe(0);
});

test('two budgets beside each other count together', () => {
  const budget = new Budget(2);
  const other = budget.beside();
  budget.take();
  other.take();
  expect(() => budget.take()).toThrow('the budget of 2 requests is spent');
});
