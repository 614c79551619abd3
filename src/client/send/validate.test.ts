import { describe, expect, test, vi } from 'vitest';
import { anyCall } from '../../../scripts/test/any-call.js';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import { type Reply, serve } from '../../../scripts/test/http-server.js';
import { EvEnergy, type EvEnergyOptions, ResponseValidationError } from '../../index.js';
import { validators } from '../../validators.js';

const MAKE = {
  id: 'emak01HN2NJ9NMRZBXT1H6FT9N7735',
  url: 'https://api.ev.energy/v2/evse_makes/emak01HN2NJ9NMRZBXT1H6FT9N7735',
  name: 'Make',
};

async function client(reply: Reply, options: EvEnergyOptions) {
  const { url } = await serve(() => reply);
  const warn = vi.fn();
  const logger = { debug() {}, info() {}, warn, error() {} };
  const ev = new EvEnergy({ baseUrl: url, logger, maxRetries: 0, validators, ...options });
  return { warn, retrieve: (one = {}) => ev.evseMakes.retrieve(MAKE.id, {}, one).then() };
}

describe('an answer that departs from the document', () => {
  test.each([
    ['a wrong type', { body: { ...MAKE, name: 7 } }, '/name', /must be string/],
    ['a missing field', { body: { id: MAKE.id, url: MAKE.url } }, '', /name/],
    [
      'another content type',
      { body: JSON.stringify(MAKE), headers: { 'content-type': 'text/plain' } },
      '',
      /text\/plain/,
    ],
    ...['constructor', '__proto__'].map((type): [string, Reply, string, RegExp] => [
      `the content type ${type}`,
      { body: JSON.stringify(MAKE), headers: { 'content-type': type } },
      '',
      /described is application\/json/,
    ]),
    ['an unknown status', { status: 201, body: MAKE }, '', /201/],
  ])('by %s', async (_, reply, path, message) => {
    const { retrieve } = await client(reply, { validate: 'error' });
    const error = await retrieve().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResponseValidationError);
    expect(error).toMatchObject({
      operationId: 'get-evse_makes-evse_make_id',
      status: 'status' in reply ? reply.status : 200,
      violations: [{ path, message: expect.stringMatching(message) }],
    });
    expect(String(error)).toMatch(message);
  });

  test('in many places is shown by the first few, and knows all', async () => {
    const { url } = await serve(() => ({ body: Array(9).fill({ ...MAKE, id: 7, name: 7 }) }));
    const ev = new EvEnergy({ baseUrl: url, validators, validate: 'error' });
    const error = await ev.evseMakes.list().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ violations: expect.objectContaining({ length: 18 }) });
    expect(String(error)).toMatch(/\/0\/id must be string .*\/0\/name must be string .*; and 13 more$/);
  });

  const wrong = { body: { ...MAKE, name: 7 } };

  test('is not looked at without validators', async () => {
    const { warn, retrieve } = await client(wrong, { validators: undefined });
    expect(await retrieve()).toEqual(wrong.body);
    expect(warn).not.toHaveBeenCalled();
  });

  test("is not looked at with 'off'", async () => {
    const { warn, retrieve } = await client(wrong, { validate: 'off' });
    expect(await retrieve()).toEqual(wrong.body);
    expect(warn).not.toHaveBeenCalled();
  });

  test('cannot be looked for without validators, which the error says where to get', () => {
    for (const validate of ['warn', 'error'] as const)
      expect(() => new EvEnergy({ validate })).toThrow(/^validate: .*ev-energy-client\/validators/);
  });

  test.each([{}, { validate: 'warn' } as const])('is logged with %o, and given', async (options) => {
    const { warn, retrieve } = await client(wrong, options);
    expect(await retrieve()).toEqual(wrong.body);
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(/get-evse_makes-evse_make_id.*\/name must be string/),
    );
  });

  test('is looked at as each call says', async () => {
    const { warn, retrieve } = await client(wrong, { validate: 'error' });
    await retrieve({ validate: 'off' });
    await expect(retrieve()).rejects.toThrow(ResponseValidationError);
    expect(warn).not.toHaveBeenCalled();
  });

  test('does not hide an error: that is thrown, and how it departs is logged', async () => {
    const { warn, retrieve } = await client({ status: 404, body: { detail: 7 } }, { validate: 'error' });
    await expect(retrieve()).rejects.toMatchObject({ status: 404 });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('shows no token that a server took for a name', async () => {
    const headers = { 'content-type': 'application/problem+json' };
    const reply = { status: 400, headers, body: JSON.stringify({ field_errors: { 'secret-token': 5 } }) };
    const { warn, retrieve } = await client(reply, { validate: 'warn', accessToken: 'secret-token' });
    await expect(retrieve()).rejects.toMatchObject({ status: 400 });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('/field_errors/[redacted] must be array'));
  });
});

describe('a misspelt member of a body', () => {
  // As plain JavaScript writes it.
  const misspelt = { emial: 'a@example.com', default_location: { postalCode: 'N1' } } as object;

  async function sending(options: EvEnergyOptions) {
    const server = await serve(() => ({ status: 204 }));
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const ev = new EvEnergy({
      baseUrl: server.url,
      accessToken: 'a',
      logger,
      validators,
      validate: 'error',
      ...options,
    });
    return { warn, server, ev };
  }

  test('is refused with the name that was meant, before anything is sent', async () => {
    const { server, ev } = await sending({});
    const calls = [
      () => ev.users.create(misspelt),
      () => ev.users.update('user1', { default_location: { postalCode: 'N1' } } as object),
      () => ev.api.POST('/users', { body: misspelt as { email: string } }),
    ];
    const refused = await Promise.all(calls.map((call) => call().catch((error: unknown) => error)));
    expect(refused.map(String)).toEqual([
      'ConfigurationError: emial: is not a member of the body; did you mean email?',
      'ConfigurationError: default_location.postalCode: is not a member of the body; did you mean postal_code?',
      'ConfigurationError: emial: is not a member of the body; did you mean email?',
    ]);
    expect(server.requests).toEqual([]);
  });

  test.each(['warn', 'off'] as const)("is sent with '%s'", async (validate) => {
    const { server, warn, ev } = await sending({ validate });
    // What comes back isn't looked at here.
    await ev.users.create(misspelt).catch(() => {});
    const about = warn.mock.calls.filter(([text]) => /^emial: .* email\?$/.test(text));
    expect(about).toHaveLength(validate === 'warn' ? 1 : 0);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(misspelt);
  });

  test('is no member that is newer than the document', async () => {
    const { server, ev } = await sending({});
    await ev.users.create({ email: 'a@example.com', emails: [], nickname: 'a' } as object).catch(() => {});
    expect(server.requests).toHaveLength(1);
  });
});

test("the fake's answers conform, page by page", async () => {
  const fake = await fakeApi();
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, validators, validate: 'error' });
  expect((await ev.evseMakes.list().toArray()).length).toBeGreaterThan(5);
  expect(await ev.evses.statusLogs.list(EVSE, { expand: ['evse', 'evse.model'] }).toArray()).toHaveLength(
    300,
  );
});

test('what the document does not describe is not checked', async () => {
  const server = await serve(() => ({ body: 'anything'.length }));
  const ev = new EvEnergy({ baseUrl: server.url, validators, validate: 'error' });
  expect(await anyCall(ev, 'GET', '/elsewhere')).toBe(8);
});
