import { parseLinks } from '../../src/client/pages/link.js';
import { printable } from '../../src/contract/cli/output.js';
import { redactor } from '../../src/contract/exit/redactor.js';
import { checkExchange } from '../../src/contract/recorded/check-exchange.js';
import { reportOf } from '../../src/contract/report/data.js';
import { EvEnergy } from '../../src/index.js';
import { validators } from '../../src/validators.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const SECRET = 'a-secret-of-the-client-0123456789';

/** The client's result for one answer, which may be an error. */
async function client(response: () => Response): Promise<unknown> {
  const ev = new EvEnergy({
    baseUrl: 'http://127.0.0.1:9/v2',
    accessToken: SECRET,
    maxRetries: 0,
    fetch: async () => response(),
    validators,
    validate: 'error',
  });
  return ev.evseMakes.list().then(undefined, (error: unknown) => error);
}

const check = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  checkExchange({ url: '/evse_makes', status: 200, headers, body });

const refused = (body: string) =>
  checkExchange({
    url: '/evse_makes',
    status: 500,
    headers: { 'content-type': 'application/problem+json' },
    body,
  });

const sent = (body: string) => {
  const response = { status: 200, headers: new Headers(JSON_TYPE), body };
  const exchange = {
    number: 1,
    name: 'x',
    request: { method: 'GET', url: 'https://a.example/', headers: {} },
    response,
    json: undefined,
  };
  return redactor([SECRET], { exchanges: [exchange] }).sent(exchange);
};

/** Answers that a hostile server can make arbitrarily large, and how they are processed. */
export const GROWING: readonly (readonly [name: string, act: (size: number) => unknown])[] = [
  ['word characters in a body', (size) => sent('a'.repeat(size))],
  ['an address that never ends', (size) => sent(`${'a.'.repeat(size / 2)}@`)],
  ['ats in a body', (size) => sent('@'.repeat(size))],
  ['assignments in a body', (size) => sent('token='.repeat(size / 6))],
  ['lists of secrets in a body', (size) => sent('token=['.repeat(size / 7))],
  ['fields of forms in a body', (size) => sent(`${'name='.repeat(49)}\n\n`.repeat(size / 247))],
  ['fields of forms of long names', (size) => sent(`name=${'a'.repeat(60)}\n\n`.repeat(size / 67))],
  ['names and no values in a body', (size) => sent('<a name="pw" '.repeat(size / 13))],
  ['elements in elements in a body', (size) => sent('<pw><a>'.repeat(size / 7))],
  ['elements with texts in elements', (size) => sent('<pw><a>xxxxxxxxxx'.repeat(size / 17))],
  ['JSON that is cut', (size) => sent(`[${'{"pw":['.repeat(size / 7)}`)],
  ['JSON behind JSON', (size) => sent('{"a":1}'.repeat(size / 7))],
  ['JSON behind JSON that is none', (size) => sent('{"a":[}]'.repeat(size / 8))],
  ['names and values side by side', (size) => sent(`{k:"pw",v:"a1",`.repeat(size / 15))],
  ['values and no names', (size) => sent('value="x" '.repeat(size / 10))],
  ['pairs in lists', (size) => sent('["pw","a1"'.repeat(size / 10))],
  ['comments in a body', (size) => sent('{/*'.repeat(size / 3))],
  ['secrets in a body', (size) => sent(`{"token":"${SECRET}"}`.repeat(size / 48))],
  ['percent signs in a body', (size) => sent('%25'.repeat(size / 3))],
  ['escaped signs in a body', (size) => sent('%3d'.repeat(size / 3))],
  ['backslashes in a body', (size) => sent('\\'.repeat(size))],
  ['white space in a body', (size) => sent(' '.repeat(size))],
  ['starts of a secret in a body', (size) => sent('a-sec'.repeat(size / 5))],
  ['commas in a Link', (size) => attempt(() => parseLinks(`${','.repeat(size)}x`))],
  ['white space in a Link', (size) => attempt(() => parseLinks(`<a>;${' '.repeat(size)}x`))],
  ['parameters in a Link', (size) => attempt(() => parseLinks(`<a>${';a=b'.repeat(size / 4)} x`))],
  ['links in a Link', (size) => attempt(() => parseLinks('<a>;rel=x,'.repeat(size / 10)))],
  ['nested JSON', (size) => check('['.repeat(size / 2) + ']'.repeat(size / 2))],
  ['invalid items', (size) => check(`[${'1,'.repeat(size / 2)}1]`)],
  ['invalid objects', (size) => check(`[${'{"id":1},'.repeat(size / 9)}{}]`)],
  [
    'unknown fields',
    (size) =>
      check(
        JSON.stringify([Object.fromEntries(Array.from({ length: size / 20 }, (_, i) => [`field-${i}`, i]))]),
      ),
  ],
  ['line breaks in an error', (size) => refused('\n'.repeat(size))],
  ['paths in an error', (size) => refused('/app'.repeat(size / 4))],
  ['words in an error', (size) => refused('SELECT x '.repeat(size / 9))],
  ['slashes of an instance', (size) => refused(JSON.stringify({ instance: `${'/'.repeat(size)}x` }))],
  ['slashes of a link', (size) => check('[]', { ...JSON_TYPE, link: `</${'/'.repeat(size)}x>; rel="next"` })],
  ['digits of a version', (size) => check('[]', { ...JSON_TYPE, server: '1'.repeat(size) })],
  ['a long header', (size) => check('[]', { ...JSON_TYPE, 'x-new': 'a'.repeat(size) })],
  [
    'invalid items for the client',
    (size) => client(() => new Response(`[${'1,'.repeat(size / 2)}1]`, { headers: JSON_TYPE })),
  ],
  [
    'invalid objects for the client',
    (size) => client(() => new Response(`[${'{"id":1},'.repeat(size / 9)}{}]`, { headers: JSON_TYPE })),
  ],
  ['a large error for the client', (size) => client(() => new Response('a'.repeat(size), { status: 500 }))],
  [
    'a large problem for the client',
    (size) =>
      client(
        () =>
          new Response(JSON.stringify({ detail: '%41'.repeat(size / 3) }), {
            status: 400,
            headers: JSON_TYPE,
          }),
      ),
  ],
  [
    'cookies for the client',
    (size) =>
      client(() => {
        const response = new Response('', { status: 400 });
        for (let at = 0; at < size / 20; at++)
          response.headers.append('set-cookie', `a=cookie-${at}-abcdefg`);
        return response;
      }),
  ],
  [
    'a nested problem for the client',
    (size) =>
      client(
        () =>
          new Response(`${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}`, {
            status: 400,
            headers: JSON_TYPE,
          }),
      ),
  ],
  [
    'digits of Retry-After',
    (size) => client(() => new Response('', { status: 429, headers: { 'retry-after': '9'.repeat(size) } })),
  ],
  ['lines for the terminal', (size) => printable('::x\n'.repeat(size / 4))],
  ['a failure to run', (size) => reportOf([], { file: 'x', error: 'a'.repeat(size) })],
];

async function attempt(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    return error;
  }
}
