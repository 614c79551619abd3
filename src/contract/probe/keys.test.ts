import { expect, test } from 'vitest';
import { contractOf } from '../index.js';
import { keysFor, lackOfKeys } from './keys.js';

const keys = { key: (scheme: string) => `key of ${scheme}`, basic: undefined, secrets: [] };
const none = { ...keys, key: () => undefined };
const TOKEN =
  'it needs a token: set EV_ENERGY_ACCESS_TOKEN, or EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET';
const PASSWORD = 'user name and password: set EV_ENERGY_USERNAME and EV_ENERGY_PASSWORD';
const KEY = 'an API key: set EV_ENERGY_API_KEY_PARTNER or EV_ENERGY_API_KEY';

const securitySchemes = {
  partner: { type: 'apiKey', in: 'header', name: 'X-Key' },
  session: { type: 'apiKey', in: 'cookie', name: 'sid' },
  visit: { type: 'apiKey', in: 'cookie', name: 'vid' },
  user: { type: 'http', scheme: 'basic' },
  token: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'digest' },
};

function reading(...security: string[]) {
  const alternatives = security.map((names) =>
    Object.fromEntries(
      names
        .split(' ')
        .filter(Boolean)
        .map((name) => [name, []]),
    ),
  );
  const contract = contractOf({
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    paths: { '/x': { get: { operationId: 'x', security: alternatives, responses: {} } } },
    components: { securitySchemes },
  });
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  return { contract, operation };
}

test.each([
  [['partner'], undefined, keys, undefined],
  [['partner'], 't', none, `it needs ${KEY}`],
  [['user'], 't', none, `it needs ${PASSWORD}`],
  [['user partner'], undefined, none, `it needs ${PASSWORD}; and ${KEY}`],
  [['token partner'], undefined, keys, TOKEN],
  [['token partner'], 't', keys, undefined],
  [['token', 'partner'], undefined, keys, undefined],
  [['digest', 'token'], undefined, none, TOKEN],
  [['digest'], 't', keys, "it needs the security scheme 'digest', which these checks cannot send"],
  [['', 'partner'], undefined, none, undefined],
  [['undeclared'], 't', none, undefined],
])(
  'whether credentials are lacking for an operation with the security %j, where the token is %j',
  (security, token, known, lack) => {
    const { contract, operation } = reading(...security);
    expect(lackOfKeys(contract, operation, { keys: known, tokens: { token } })).toBe(lack);
  },
);

test('of several ways to sign in, one is taken whose credentials are all known, the token before others', () => {
  const carried = (security: string[], token?: string) => {
    const { contract, operation } = reading(...security);
    return keysFor(contract, operation, { keys, tokens: { token } });
  };
  const nothing = { headers: {}, query: [], cookies: [] };
  const partner = { 'X-Key': 'key of partner' };
  expect(carried(['token', 'partner'])).toEqual({ ...nothing, headers: partner });
  expect(carried(['partner', 'token'], 't')).toEqual(nothing);
  expect(carried(['user', 'session visit partner'])).toEqual({
    headers: partner,
    query: [],
    cookies: ['sid=key of session', 'vid=key of visit'],
  });
});
