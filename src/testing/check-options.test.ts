import { describe, expect, it, test } from 'vitest';
import { answering, createFake, type FakeOptions, Faults, latency, reset, startFake } from './index.js';

describe.each([
  ['createFake', createFake],
  ['startFake', startFake],
])('%s', (_, make) => {
  it.each([
    [
      { statuslogs: 5 },
      "There is no option 'statuslogs'; there are behaviours, clients, cors, data, document",
    ],
    [{ vehicels: 5 }, "Did you mean 'vehicles'?"],
    [{ evses: 0 }, 'evses must be a whole number from 1 to 1000000, not 0'],
    [{ evses: 1e7 }, 'evses must be a whole number from 1 to 1000000, not 10000000'],
    [5, 'The options of a fake must be an object'],
    [null, 'The options of a fake must be an object'],
    [{ behaviours: { filter: 5 } }, 'behaviours.filter must be a function'],
    [{ vehicles: 1.5 }, 'vehicles must be a whole number from 1 to 1000000, not 1.5'],
    [{ rateLimit: { anonymus: 5 } }, "There is no option 'rateLimit.anonymus'; there are rateLimit.limit,"],
    [{ statusLogs: Number.NaN }, 'statusLogs must be a whole number from 1 to 1000000, not NaN'],
    [{ statusLogs: 0 }, 'statusLogs must be a whole number from 1 to 1000000, not 0'],
    [{ latency: -1 }, 'latency must be a whole number from 0, or Infinity, not -1'],
    [{ latency: Number.NaN }, 'latency must be a whole number from 0, or Infinity, not NaN'],
    [{ tokenLifetime: 1.5 }, 'tokenLifetime must be a whole number from 0, not 1.5'],
    [{ rateLimit: -5 }, 'rateLimit must be a whole number from 0, not -5'],
    [{ rateLimit: { limit: Number.NaN } }, 'rateLimit.limit must be a whole number from 0, not NaN'],
    [{ port: 70_000 }, 'port must be a whole number from 0 to 65535, not 70000'],
    [{ seed: Number.NaN }, 'seed must be a number or a text, not NaN'],
    [{ latest: new Date('never') }, 'latest must be a Date that names a moment'],
    [{ linkBase: '/v2' }, 'linkBase must be an absolute URL, not "/v2"'],
    [{ clients: [] }, 'clients must be a list of at least one client, each with an id, not an empty list'],
    [
      { clients: [{ secret: 'hidden' }] },
      'clients must be a list of at least one client, each with an id, not a list',
    ],
    [{ cors: 'yes' }, 'cors must be true or false, not "yes"'],
    [{ now: 5 }, 'now must be a function, not 5'],
    [
      { document: { openapi: '3.1.0' } },
      'document must be an OpenAPI document: parsed, its text, or its file',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(make(options as FakeOptions)).rejects.toThrow(message);
  });

  it('takes an option that is undefined for one that is left out', async () => {
    const options = { statusLogs: undefined, latency: undefined } as unknown as FakeOptions;
    const fake = await make(options);
    expect(fake.url).toMatch(/^http/);
    await fake.close();
  });
});

test('a fake in process has no port, and says who has', async () => {
  await expect(createFake({ port: 0 } as FakeOptions)).rejects.toThrow('startFake takes the option');
});

describe('faults', () => {
  it('that could never happen, or to nobody, are refused', () => {
    const faults = new Faults();
    expect(() => faults.randomly({ oneIn: 5, faults: [] })).toThrow(
      'faults must be a list of at least one fault, not an empty list',
    );
    for (const oneIn of [0, -1, 1.5, Number.NaN]) {
      expect(() => faults.randomly({ oneIn, faults: [reset()] })).toThrow(
        'oneIn must be a whole number from 1',
      );
    }
    expect(() => faults.next(reset(), { times: Number.NaN })).toThrow('times must be a whole number from 0');
    expect(() => latency(Number.NaN)).toThrow(
      'milliseconds must be a whole number from 0, or Infinity, not NaN',
    );
    expect(() => answering({ status: 99, headers: {} })).toThrow(
      'status must be a whole number from 200 to 599',
    );
  });
});
