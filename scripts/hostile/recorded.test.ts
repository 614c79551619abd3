import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../contract-tests/terminal.js';
import { REPORT_KINDS } from '../../src/contract/report/write.js';
import { scratch } from '../test/files/scratch.js';
import { FEW, givenOf, shows } from './spellings.js';

interface Entry {
  path?: string;
  status?: number;
  fields?: Record<string, string>;
  cookies?: Record<string, string>;
  query?: string;
  request?: Record<string, string>;
  post?: string;
  response?: Record<string, string>;
  body?: unknown;
  host?: string;
  /** Members of the entry that no other entry has. */
  beside?: object;
  isBase64?: boolean;
}

/** Places for secrets in recorded traffic: each secret is planted there, and repeated where a violation quotes it. */
const PLACES: readonly (readonly [place: string, plant: (secret: string) => Entry])[] = [
  ...['Authorization', 'Proxy-Authorization'].map(
    (name) => [`${name}: Bearer`, (secret: string) => ({ request: { [name]: `Bearer ${secret}` } })] as const,
  ),
  ['Authorization: Basic', (secret) => ({ request: { Authorization: `Basic ${btoa(`id:${secret}`)}` } })],
  ...[
    'X-Auth-Token',
    'Api-Key',
    'X-Api-Key',
    'DPoP',
    'X-Amz-Security-Token',
    'X-Session',
    'Ocp-Apim-Subscription-Key',
    'X-CSRF-Token',
    'X-Vault',
    'X-Hub-Signature',
    'Password',
    'Jwt',
    'X-Custom',
  ].map((name) => [`the header ${name}`, (secret: string) => ({ request: { [name]: secret } })] as const),
  ['a cookie', (secret) => ({ request: { Cookie: `a=1; sid=${secret}; b=2` } })],
  ['a cookie that is set', (secret) => ({ response: { 'Set-Cookie': `sid=${secret}; Path=/; HttpOnly` } })],
  ...['X-New-Token', 'X-Secret', 'X-Trace'].map(
    (name) =>
      [`the header ${name} of the answer`, (secret: string) => ({ response: { [name]: secret } })] as const,
  ),
  ...[
    'access_token',
    'code',
    'client_secret',
    'api_key',
    'token',
    'sig',
    'password',
    'refresh_token',
    'id_token',
    'state',
    'X-Amz-Signature',
    'assertion',
    'sv_sig',
    'id_token_hint',
    'invite_code',
  ].map((name) => [`${name} of the query`, (secret: string) => ({ query: `?${name}=${secret}` })] as const),
  ...['access_token', 'id_token'].map(
    (name) =>
      [
        `${name} of a fragment`,
        (secret: string) => ({ response: { Location: `https://app.example/#a=1&${name}=${secret}` } }),
      ] as const,
  ),
  [
    'a Link',
    (secret) => ({
      response: { Link: `<https://api.ev.energy/v2/evse_makes?access_token=${secret}>; rel="next"` },
    }),
  ],
  ["a URL's user", (secret) => ({ response: { Location: `https://me:${secret}@host.example/` } })],
  ["a URL's user in a body", (secret) => ({ body: [{ icon: `https://me:${secret}@host.example/` }] })],
  ...[
    'client_secret',
    'access_token',
    'refreshToken',
    'password',
    'apiKey',
    'private_key',
    'id_token',
    'sessionId',
    'secret',
    'pin',
    'bearer',
    'credentials',
  ].map((name) => [`the member ${name}`, (secret: string) => ({ body: [{ [name]: secret }] })] as const),
  ['a member far down', (secret) => ({ body: [{ a: { b: [{ c: { token: { value: secret } } }] } }] })],
  ['a number', (secret) => ({ body: [{ password: secret, pin: 123_456_789 }] })],
  ['JSON that is cut', (secret) => ({ body: `[{"client_secret":"${secret}","a":` })],
  ['JSON in a text of JSON', (secret) => ({ body: [{ log: JSON.stringify({ access_token: secret }) }] })],
  ['a form', (secret) => ({ post: `grant_type=password&username=me&password=${secret}` })],
  [
    'a form in several parts',
    (secret) => ({
      post: `--x\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${secret}\r\n--x--`,
    }),
  ],
  ['JSON that is sent', (secret) => ({ post: JSON.stringify({ token: secret }) })],
  [
    'Authorization: Digest',
    (secret) => ({ request: { Authorization: `Digest username="u", response="${secret}"` } }),
  ],
  ['a part of a signature', (secret) => ({ request: { 'X-Request-Signature': `t=1,v1=${secret}` } })],
  ['a member with cookies', (secret) => ({ body: [{ headers: { Cookie: `sid=${secret}` } }] })],
  [
    'a query in a query',
    (secret) => ({ query: `?next=${encodeURIComponent(`https://x/?access_token=${secret}&a=1`)}` }),
  ],
  [
    'the code in a URL in a query',
    (secret) => ({ query: `?next=${encodeURIComponent(`https://x/cb?code=${secret}&state=s`)}` }),
  ],
  [
    'a parameter behind another in a URL in a query',
    (secret) => ({ query: `?next=${encodeURIComponent(`/cb#code=none-here&state=${secret}`)}` }),
  ],
  [
    'a URL in a URL in a query',
    (secret) => ({
      query: `?a=${encodeURIComponent(`/b?c=${encodeURIComponent(`/d?sid=${secret}&e=1`)}`)}`,
    }),
  ],
  ['a parameter in brackets', (secret) => ({ query: `?filter%5Bkey%5D=${secret}&user[code]=other` })],
  ['a state before a fragment', (secret) => ({ query: `?state=${secret}#error=none` })],
  ['the second of the cookies in a text', (secret) => ({ body: [{ a: `Cookie: a=1; b=${secret}; c=3` }] })],
  ['a text of Go', (secret) => ({ body: `password := "${secret}"` })],
  ['credentials in a URL', (secret) => ({ query: `?h=Bearer%20${secret}` })],
  ['a connection', (secret) => ({ body: [{ a: `AccountName=a;AccountKey=${secret};Suffix=b` }] })],
  ['a text that is escaped twice', (secret) => ({ body: [{ a: `access_token%253D${secret}%2526x%253D1` }] })],
  ['JSON in HTML', (secret) => ({ body: `&quot;password&quot;:&quot;${secret}&quot;` })],
  [
    'what is sent to a path that is none of ours',
    (secret) => ({ path: '/token', post: `client_secret=${secret}` }),
  ],
  [
    'what a path answers that is none of ours',
    (secret) => ({ path: '/token', body: { access_token: secret } }),
  ],
  [
    'an answer that cannot be judged',
    (secret) => ({ status: 304, response: { 'Set-Cookie': `sid=${secret}` } }),
  ],
  ['fields of a form that were recorded one by one', (secret) => ({ fields: { client_secret: secret } })],
  [
    'fields of a form that were recorded beside its text',
    (secret) => ({ fields: { client_secret: secret }, post: 'client_secret=…' }),
  ],
  ['cookies that were recorded one by one', (secret) => ({ cookies: { sid: secret } })],
  [
    'a form in several parts, without quotes, of two lines',
    (secret) => ({ post: `--x\nContent-Disposition: form-data; name=password\n\none\n${secret}\n--x--` }),
  ],
  ...[
    'pw',
    'dbPw',
    'mfa_code',
    'recoveryCode',
    'otp',
    'user_otp',
    'PIN-2',
    'passphrase',
    'seed_phrase',
    'securityAnswer',
    'password1',
    'masterKey',
    'x-functions-key',
    'device_code',
    'connection_string',
  ].map(
    (name) => [`the member ${name}`, (secret: string) => ({ body: [{ a: { [name]: secret } }] })] as const,
  ),
  ['a list of codes', (secret) => ({ body: [{ recovery_codes: ['other-code', secret] }] })],
  [
    'a list of codes of JSON that is cut',
    (secret) => ({ body: `[{"recovery_codes":["other code","${secret}","thi` }),
  ],
  [
    'JSON that is cut, its name escaped',
    (secret) => ({ body: `[{"id":1,"client\\u005fsecret":"${secret}","a":tr` }),
  ],
  ['JSON that is cut in the middle of it', (secret) => ({ body: `[{"a":{"p\\u0077":"a word and ${secret}` })],
  [
    'JSON whose beginning is missing',
    (secret) => ({ body: `e":1},{"cl\\u0069ent_secret":"${secret}","b":` }),
  ],
  [
    'JSON whose beginning is missing, of several words',
    (secret) => ({ body: `e":1},{"passphrase":"a horse ${secret}","b":` }),
  ],
  ['lines of JSON', (secret) => ({ body: `{"a":1}\n{"credentials":{"a":["${secret}"]}}\n{"a":` })],
  ['a stream of events', (secret) => ({ body: `event: x\ndata: {"otp":{"value":"${secret}"}}\n\n` })],
  ['JSON that is sent, nested', (secret) => ({ post: JSON.stringify({ auth: { value: [secret] } }) })],
  ['a name and a value beside it', (secret) => ({ body: [{ name: 'client_secret', value: secret }] })],
  ['a key and a value', (secret) => ({ body: [{ v: secret, k: 'db_password' }] })],
  ['a list of pairs', (secret) => ({ body: [{ a: [['password', secret]] }] })],
  ['a header in members', (secret) => ({ body: [{ header: 'Authorization', content: `Bearer ${secret}` }] })],
  ['JSON with comments', (secret) => ({ body: `{"credentials": {/* it */ "a": "${secret}",}} // end` })],
  ['a text with a comment', (secret) => ({ body: `password: /* it */ '${secret}'` })],
  ['a wide sign', (secret) => ({ body: [{ a: `password\uff1d${secret}, token\uff1aother-${secret}` }] })],
  ['a name in HTML', (secret) => ({ body: `pass&#x77;ord=${secret}` })],
  ['a name that is percent-encoded', (secret) => ({ body: [{ 'p%61ssword': secret }] })],
  ['pairs of another language', (secret) => ({ body: `{k: 'password', v: '${secret}'}` })],
  [
    'pairs of JSON in a text of JSON',
    (secret) => ({ body: [{ a: JSON.stringify({ k: 'pw', v: secret }) }] }),
  ],
  ['XML', (secret) => ({ body: `<a><Pw>${secret}</Pw></a>` })],
  ['XML, in elements of an element', (secret) => ({ body: `<recovery-codes><c>x</c><c>${secret}</c>` })],
  ['XML of several words', (secret) => ({ post: `<x:passphrase>a horse ${secret}</x:passphrase>` })],
  ['XML, an attribute', (secret) => ({ body: `<add key="mfaCode" value="${secret}"/>` })],
  ['XML, behind an attribute', (secret) => ({ body: `<property name="db.pw">${secret}</property>` })],
  ['XML that is escaped', (secret) => ({ body: `&lt;Password&gt;${secret}&lt;/Password&gt;` })],
  ['XML in JSON', (secret) => ({ body: `[{"a":"\\u003cpw\\u003e${secret}\\u003c/pw\\u003e"}]` })],
  ['a field of a page', (secret) => ({ body: `<input type="password" value="${secret}">` })],
  ['a field of a page, its name last', (secret) => ({ body: `<input value="${secret}" name="csrf_token">` })],
  ['the head of a page', (secret) => ({ body: `<meta name="csrf-token" content="${secret}">` })],
  ['a table of a page', (secret) => ({ body: `<tr><th>API key</th><td>${secret}</td></tr>` })],
  ['a dump of another language', (secret) => ({ body: `array('password' => '${secret}')` })],
  ['a list of another language, cut', (secret) => ({ body: `{'recovery_codes': ['${secret}', 'x` })],
  ['a template', (secret) => ({ body: `password: \`${secret}\`` })],
  ['a private key', (secret) => ({ body: [{ a: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END` }] })],
  ['an option of a command', (secret) => ({ body: `run --client-secret ${secret} now` })],
  ['the user of curl', (secret) => ({ body: `curl -u me:${secret} x` })],
  ['names and values in turn', (secret) => ({ body: [{ headers: ['X-Api-Key', secret] }] })],
  ['a name of wide letters', (secret) => ({ body: `{"\uff50assword":"${secret}"` })],
  [
    'a form in several parts, behind a file name',
    (secret) => ({
      post: `--b\r\nContent-Disposition: form-data; filename="x"; name=otp\r\n\r\n${secret}\r\n--b--`,
    }),
  ],
  ['a property list', (secret) => ({ body: `<key>passphrase</key>\n<string>${secret}</string>` })],
  ['a text of Python, of another kind', (secret) => ({ body: `{'token': u'${secret}', 'a': 1}` })],
  [
    'a query that is recorded beside the URL alone',
    (secret) => ({ beside: { queryString: [{ name: 'access_token', value: secret }] } }),
  ],
  ["a recorder's own member", (secret) => ({ beside: { _socket: { auth: { token: secret } } } })],
  ['a comment', (secret) => ({ beside: { comment: `with password=${secret}` } })],
  [
    'the frames of a socket',
    (secret) => ({ beside: { _webSocketMessages: [{ data: JSON.stringify({ token: secret }) }] } }),
  ],
  [
    'what a path answers that is none of ours, in base64',
    (secret) => ({ path: '/token', body: { access_token: secret }, isBase64: true }),
  ],
  ['credentials in a text', (secret) => ({ body: [{ note: `curl -H 'Authorization: Bearer ${secret}'` }] })],
];

function contentOf(text: string, isBase64: boolean) {
  return isBase64 ? { text: btoa(text), encoding: 'base64', size: text.length } : { text, size: 1 };
}

const secretOf = (index: number) => `pl4nted-${index.toString().padStart(3, '0')}-${'qwz7'.repeat(4)}`;

describe('verify of recorded traffic', () => {
  let folder: string;
  const outputs = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-har-'));
    const pairs = (fields: Record<string, string> = {}) =>
      Object.entries(fields).map(([name, value]) => ({ name, value }));
    const entryOf = ({
      path = '/evse_makes',
      status = 200,
      query = '',
      request,
      fields,
      cookies,
      post,
      response,
      body = [],
      beside,
      isBase64 = false,
    }: Entry) => ({
      ...beside,
      request: {
        method: 'GET',
        url: `https://api.ev.energy/v2${path}${query}`,
        cookies: pairs(cookies),
        headers: pairs({ 'EvEnergy-Version': '2', ...request }),
        ...(fields || post !== undefined
          ? { postData: { ...(fields ? { params: pairs(fields) } : {}), text: post } }
          : {}),
      },
      response: {
        status,
        headers: pairs({ 'content-type': 'application/json', ...response }),
        content: contentOf(typeof body === 'string' ? body : JSON.stringify(body), isBase64),
      },
    });
    const entries = PLACES.flatMap(([, plant], index) => {
      const secret = secretOf(index);
      // Repeated in a value that breaks the schema, in a member's name, and in a header.
      const echo = [
        { id: 7, name: { [secret]: secret }, evse_models: secret, [`x${secret}`]: `say ${secret}` },
      ];
      return [entryOf(plant(secret)), entryOf({ body: echo, response: { 'X-RateLimit-Limit': secret } })];
    });
    const file = join(folder, 'traffic.har');
    await writeFile(file, JSON.stringify({ log: { version: '1.2', entries } }));
    const reports = REPORT_KINDS.flatMap((kind) => ['--report', `${kind}=${join(folder, kind)}`]);
    const { stdout, stderr, code } = await run(['verify', file, '--verbose', ...reports]);
    expect(code, stderr).toBe(1);
    outputs.set('terminal', stdout + stderr);
    for (const kind of REPORT_KINDS) outputs.set(kind, await readFile(join(folder, kind), 'utf8'));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it.each(PLACES.map(([place], index) => [place, index] as const))(
    'shows nowhere what stands in %s, nor where an answer repeats it',
    (_, index) => {
      for (const [name, text] of outputs) expect(text.includes(secretOf(index)), name).toBe(false);
    },
  );

  it('shows enough to mend what is wrong', () => {
    expect(shows(outputs.get('json') ?? '', 'EvEnergy-Version'.toLowerCase())).toBe(true);
    expect(outputs.get('terminal')).toContain('body-schema');
  });
});

describe('a report of a run', () => {
  const SECRET = 'nT0p/S3cret&"token"~x-9';

  /** What the reports of such a command line say. */
  async function reportsOf(folder: string, args: readonly string[], environment = {}): Promise<string> {
    const reports = REPORT_KINDS.flatMap((kind) => ['--report', `${kind}=${join(folder, kind)}`]);
    const { stdout, stderr } = await run([...args, ...reports], environment);
    const written = await Promise.all(REPORT_KINDS.map((kind) => readFile(join(folder, kind), 'utf8')));
    return [stdout, stderr, ...written].join('\n');
  }

  it.each(FEW)('shows nothing of a secret that it was given, written %s in traffic', async (_, write) => {
    const folder = await scratch();
    const written = write(SECRET);
    const body = JSON.stringify([{ id: 7, name: { said: written }, [`x${written}`]: written }]);
    const headers = [{ name: 'content-type', value: 'application/json' }];
    const request = { method: 'GET', url: 'https://api.ev.energy/v2/evse_makes', headers: [] };
    const entry = { request, response: { status: 200, headers, content: { text: body, size: 1 } } };
    await writeFile(join(folder, 'har'), JSON.stringify({ log: { entries: [entry] } }));
    const environment = { EV_ENERGY_CLIENT_SECRET: SECRET };
    const text = await reportsOf(folder, ['verify', join(folder, 'har')], environment);
    expect(text).toContain('body-schema');
    expect(shows(text, givenOf(written, SECRET))).toBe(false);
  });

  it.each(['--spec', '--accept'])(
    'that could not begin shows no password of an address: %s',
    async (option) => {
      const address = `http://me:${encodeURIComponent(SECRET)}@127.0.0.1:9/x.yaml`;
      const text = await reportsOf(await scratch(), ['--target', 'fake', option, address]);
      expect(text).toContain('127.0.0.1:9/x.yaml');
      expect(shows(text, SECRET)).toBe(false);
    },
  );
});
