import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyHar } from '../src/contract/index.js';
import { createFake } from '../src/testing/index.js';
import { contract, rules } from './kit.js';
import { run } from './terminal.js';

const URL = 'https://api.ev.energy/v2/evse_makes?page_size=2';

let folder: string;
/** An answer that conforms, and one of the same length with a fault. */
let good: string;
let bad: string;
let headers: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-recorders-'));
  const fake = await createFake({ linkBase: 'https://api.ev.energy/v2' });
  const answer = await fake.fetch(`${fake.url}/evse_makes?page_size=2`);
  good = await answer.text();
  bad = good.replace(/"is_beta":(?:true|false)/, (found) => `"is_beta":${'7'.repeat(found.length - 10)}`);
  headers = Object.fromEntries(answer.headers);
  await fake.close();
});
afterAll(() => rm(folder, { recursive: true }));

interface Entry {
  content?: unknown;
  /** Headers to set; an empty value takes one away. */
  headers?: Record<string, string>;
  response?: Record<string, unknown>;
  url?: string;
}

const bytes = (text: string) => Buffer.byteLength(text);
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

function har(entries: readonly Entry[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'a recorder', version: '1' },
      entries: entries.map(({ content, headers: own = {}, response, url = URL }) => {
        const { 'content-length': _, ...all } = { ...headers, ...own };
        const list = Object.entries({ ...all, ...own })
          .filter(([, value]) => value !== '')
          .map(([name, value]) => ({ name, value }));
        return {
          request: { method: 'GET', url, headers: [], queryString: [], bodySize: 0 },
          response: { status: 200, headers: list, content, bodySize: -1, ...response },
        };
      }),
    },
  });
}

let files = 0;
/** What a recording comes to: rules that are broken, and why what isn't judged was left out. */
async function verify(entries: readonly Entry[]) {
  files += 1;
  const file = join(folder, `${files}.har`);
  await writeFile(file, har(entries));
  const { exchanges, judgements, leftOut } = await verifyHar(file, contract, rules);
  const findings = judgements.flatMap((one) => one.findings).filter(({ note }) => !note);
  return { file, judged: exchanges.length, findings, reasons: leftOut.map(({ reason }) => reason) };
}

/** How recorders write a body that they kept. */
const KEPT: readonly (readonly [string, (body: string) => Entry])[] = [
  ['Chrome', (text) => ({ content: { size: bytes(text), mimeType: 'application/json', text } })],
  [
    'Chrome, with what a coding saved',
    (text) => ({
      content: { size: bytes(text), mimeType: 'application/json', compression: bytes(text) - 400, text },
      headers: { 'content-encoding': 'gzip', 'content-length': '400' },
    }),
  ],
  [
    'Firefox, which does not know the length',
    (text) => ({ content: { mimeType: 'application/json', size: -1, text } }),
  ],
  [
    'Playwright embed',
    (text) => ({
      content: { size: bytes(text), mimeType: 'application/json', text: base64(text), encoding: 'base64' },
    }),
  ],
  ['Playwright minimal', (text) => ({ content: { size: -1, mimeType: 'application/json', text } })],
  [
    'mitmproxy, whose size is that on the wire, smaller or larger',
    (text) => ({
      content: { size: bytes(text) + 20, compression: -20, mimeType: 'application/json', text },
      headers: { 'content-encoding': 'gzip' },
    }),
  ],
  [
    'Charles, in the coding in which it came',
    (text) => ({
      content: { size: bytes(text), text: base64(gzipSync(text)), encoding: 'base64' },
      headers: { 'content-encoding': 'gzip' },
    }),
  ],
  [
    'brotli',
    (text) => ({
      content: { size: bytes(text), text: base64(brotliCompressSync(text)), encoding: 'base64' },
      headers: { 'content-encoding': 'br' },
    }),
  ],
  [
    'two codings, one over the other',
    (text) => ({
      content: { text: base64(gzipSync(deflateSync(text))), encoding: 'base64' },
      headers: { 'content-encoding': 'deflate, gzip' },
    }),
  ],
  [
    'gzip, a character each byte',
    (text) => ({
      content: { size: bytes(text), text: gzipSync(text).toString('latin1') },
      headers: { 'content-encoding': 'gzip' },
    }),
  ],
  ['base64 in capitals', (text) => ({ content: { size: -1, text: base64(text), encoding: 'BASE64' } })],
];

describe.each(KEPT)('a body as it is kept by %s', (_, entry) => {
  test('is read', async () => {
    expect(await verify([entry(good)])).toMatchObject({ judged: 1, findings: [], reasons: [] });
  });

  test('shows the faults that the server made', async () => {
    const { findings } = await verify([entry(bad)]);
    expect(findings).toMatchObject([{ rule: 'body-schema', where: expect.stringContaining('is_beta') }]);
  });
});

/** How recorders write that they did not keep a body, or not all of it, and what is said of it. */
const LOST: readonly (readonly [string, (body: string) => Entry, RegExp])[] = [
  ['content null', () => ({ content: null }), /the recorder kept no body/],
  ['no content', () => ({}), /the recorder kept no body/],
  ['a size alone', (text) => ({ content: { size: bytes(text) } }), /the recorder kept no body/],
  ['size -1', () => ({ content: { size: -1, mimeType: 'application/json' } }), /the recorder kept no body/],
  [
    'the comment of Firefox',
    () => ({ content: { size: -1, comment: 'Response bodies are not included.' } }),
    /the recorder kept no body: Response bodies are not included\./,
  ],
  [
    'an empty text, where the server told of bytes',
    () => ({ content: { size: 0, text: '' }, headers: { 'content-length': '923' } }),
    /the recorder kept no body/,
  ],
  [
    'an empty text of what mitmproxy streamed',
    () => ({ content: { size: 0, text: '' }, headers: { 'transfer-encoding': 'chunked' } }),
    /the recorder kept no body/,
  ],
  [
    'the beginning of what Firefox cut',
    (text) => ({ content: { size: bytes(text), text: text.slice(0, 200) } }),
    /the recorder cut the body: it kept 200 of \d+ bytes/,
  ],
  [
    'the beginning, and a length in the headers',
    (text) => ({ content: { size: -1, text: text.slice(0, 200) }, headers: { 'content-length': '923' } }),
    /the recorder cut the body: it kept 200 of 923 bytes/,
  ],
  [
    'the beginning, and no length at all',
    (text) => ({ content: { text: text.slice(0, 200) }, headers: { 'content-encoding': 'gzip' } }),
    /its body ends in the middle, and no size in the recording says that it is all/,
  ],
  [
    'the beginning of a compressed body',
    (text) => ({
      content: { text: base64(gzipSync(text).subarray(0, 100)), encoding: 'base64' },
      headers: { 'content-encoding': 'gzip' },
    }),
    /its body is compressed with gzip, and can't be decoded/,
  ],
  [
    'a coding that nobody knows',
    (text) => ({
      content: { text: base64(gzipSync(text)), encoding: 'base64' },
      headers: { 'content-encoding': 'x-own' },
    }),
    /its body is compressed with x-own, which isn't read/,
  ],
  [
    'an answer without any header',
    (text) => ({ content: { size: bytes(text), text }, response: { headers: [] } }),
    /the recorder kept no headers/,
  ],
  [
    'an encoding that nobody knows',
    (text) => ({ content: { text, encoding: 'rot13' } }),
    /its body is encoded as 'rot13', which isn't read/,
  ],
];

test.each(LOST)('a body is left out, and no fault of the server: %s', async (_, entry, reason) => {
  const { judged, findings, reasons } = await verify([KEPT[0]?.[1](good) ?? {}, entry(good)]);
  expect({ judged, findings }).toEqual({ judged: 1, findings: [] });
  expect(reasons).toEqual([expect.stringMatching(reason)]);
});

test('a recording in which nothing can be judged is no pass, and says why', async () => {
  const { file } = await verify([{ content: null }, { content: { size: 900 } }, { response: { status: 0 } }]);
  const { code, stdout, stderr } = await run(['verify', file]);
  const said = stderr.replace(/\s+/g, ' ');
  expect(said).toMatch(
    /nothing was verified\. 2 requests: the recorder kept no body 1 request: no answer came/,
  );
  expect(said).toContain("Record it anew, with the bodies ('Save all as HAR with content'");
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each<[string, Entry]>([
  ['size and text say so', { content: { size: 0, text: '' } }],
  ['the length says so', { content: { size: 0, mimeType: '' }, headers: { 'content-length': '0' } }],
])('a body that is empty is the fault of the server: %s', async (_, entry) => {
  const { findings } = await verify([entry]);
  expect(findings).toMatchObject([{ rule: 'body-json', found: 'an empty body' }]);
});

test('a body that ends in the middle is the fault of the server, where all that it sent is there', async () => {
  const text = good.slice(0, 200);
  const { findings } = await verify([{ content: { size: 200, text } }]);
  expect(findings).toMatchObject([{ rule: 'body-json' }]);
});

test('bytes that are not UTF-8 are the fault of the server, also where a coding was taken off', async () => {
  const latin = Buffer.from(good.replace(/"name":"[^"]+"/, '"name":"Zoé"'), 'latin1');
  const entry = (coding: string) => ({
    content: { size: latin.length, text: base64(latin), encoding: 'base64' },
    headers: { 'content-encoding': coding },
  });
  for (const coding of ['gzip', 'br', 'deflate', '']) {
    const { findings } = await verify([entry(coding)]);
    expect(findings).toMatchObject([{ rule: 'body-json', expected: 'UTF-8' }]);
  }
});

test('what has no answer, and what is in a cache, is left out with the words of its recorder', async () => {
  const { reasons } = await verify([
    { response: { status: 0, _error: 'net::ERR_CONNECTION_RESET' } },
    { response: { status: -1, _failureText: 'net::ERR_ABORTED' } },
    { response: { status: 304 } },
  ]);
  expect(reasons).toEqual([
    'no answer came: net::ERR_CONNECTION_RESET',
    'no answer came: net::ERR_ABORTED',
    "the answer is in the recorder's cache (304)",
  ]);
});

describe('a body in a file beside the recording', () => {
  const attached = (name: string): Entry => ({
    content: { size: -1, mimeType: 'application/json', _file: name },
  });
  const outside = () => join(folder, '..', `${folder.split('/').at(-1)}.json`);
  beforeAll(async () => {
    await writeFile(join(folder, 'good.json'), good);
    await writeFile(join(folder, 'bad.json'), bad);
    await mkdir(join(folder, 'resources'));
    await writeFile(join(folder, 'resources', 'good.json'), good);
    await writeFile(outside(), good);
    await symlink(outside(), join(folder, 'link.json'));
    await symlink(join(folder, 'good.json'), join(folder, 'near.json'));
  });
  afterAll(() => rm(outside()));

  test.each(['good.json', 'resources/good.json', 'near.json'])(
    'is read from its folder: %s',
    async (name) => {
      expect(await verify([attached(name)])).toMatchObject({ judged: 1, findings: [] });
    },
  );

  test('shows the faults that the server made', async () => {
    expect((await verify([attached('bad.json')])).findings).toMatchObject([{ rule: 'body-schema' }]);
  });

  test.each([
    () => `../${folder.split('/').at(-1)}.json`,
    outside,
    () => 'resources/../../x.json',
    () => '..\\x.json',
    () => 'C:\\x.json',
    () => 'link.json',
    () => '',
    () => '.',
  ])('is not read from elsewhere: %#', async (name) => {
    const { judged, reasons } = await verify([attached(name())]);
    expect(judged).toBe(0);
    expect(reasons).toEqual([
      expect.stringMatching(/outside of the recording's folder, and isn't read from there/),
    ]);
  });

  test('is left out where it is not there, or not a file', async () => {
    const { reasons } = await verify([attached('none.json'), attached('resources')]);
    expect(reasons).toEqual([
      "its body is in none.json, which isn't there",
      'its body is in resources, which is not a file',
    ]);
  });
});

describe('a recording', () => {
  const entry = () => ({ content: { size: -1, text: good } });
  const write = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return verifyHar(join(folder, name), contract, rules);
  };

  test.each<[string, (text: string) => Buffer]>([
    ['a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ])('is read in %s', async (_, encode) => {
    expect((await write('encoded.har', encode(har([entry()])))).exchanges).toHaveLength(1);
  });

  test.each<[string, (text: string) => Buffer | string, RegExp]>([
    ['gzip', (text) => gzipSync(text), /compressed with gzip: unpack it/],
    [
      'a zip archive',
      (text) => Buffer.concat([Buffer.from('PK\x03\x04'), gzipSync(text)]),
      /is a zip archive/,
    ],
    ['half of it', (text) => text.slice(0, text.length / 2), /is not JSON: it ends in the middle/],
  ])('that is %s is named for what it is', async (_, encode, message) => {
    await expect(write('packed.har', encode(har([entry()])))).rejects.toThrow(message);
  });

  test('without requests verifies nothing', async () => {
    await write('empty.har', har([]));
    const { code, stderr } = await run(['verify', join(folder, 'empty.har')]);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/nothing was verified, as it holds no requests/);
    expect(code).toBe(2);
  });
});
