import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textOf, timeOf } from '../../src/export/collection/time.js';
import { withoutSecret, withoutSecrets } from '../../src/export/exit.js';
import {
  csvSink,
  type ExportOptions,
  exportCollection,
  exportThroughQueue,
  ndjsonSink,
  parquetSink,
  produceExport,
} from '../../src/export/index.js';
import { windowId } from '../../src/export/run/window.js';
import { EvEnergy, EvEnergyError } from '../../src/index.js';
import { redisStores } from '../../src/redis/index.js';
import { passwordHider } from '../../src/redis/passwords.js';
import { shown } from './exits.js';
import { FEW, givenOf, shows } from './spellings.js';
import { expectInert, TEXTS } from './texts.js';

const SECRET = 'nT0p/S3cret&"token"~x-9';
const PASSWORD = 'R3dis/p@ss:word-7';
const REDIS = (port: number) => `redis://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;

/** A client whose API has one parent and no logs; it has sent its token. */
function client(): EvEnergy {
  const fetch = async () => new Response('[]', { headers: { 'content-type': 'application/json' } });
  return new EvEnergy({ baseUrl: 'http://127.0.0.1:9/v2', accessToken: SECRET, fetch });
}

const options = (sink: ExportOptions['sink']): ExportOptions => ({
  collection: 'evses.statusLogs',
  since: '2026-06-20',
  until: '2026-06-21',
  parents: [['evse01']],
  sink,
});

/** A text in an item, and in the id of a parent. */
const ODD = [
  ...TEXTS.map(([, text]) => text),
  '..',
  '.',
  '.journal',
  '../../up',
  '/etc',
  'a,b\r\n"c"',
  '__proto__',
];

describe.each([
  [
    'NDJSON',
    ndjsonSink,
    (bytes: Buffer) =>
      bytes
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
  ],
  ['CSV', csvSink, (bytes: Buffer) => rowsOfCsv(bytes.toString())],
  ['Parquet', parquetSink, (bytes: Buffer) => parquetReadObjects({ file: new Uint8Array(bytes).buffer })],
])('files of %s', (format, sinkInto, read) => {
  it('hold each text that a server sends in its own item, and stay in their folder', async () => {
    const root = await mkdtemp(join(tmpdir(), 'odd-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const sink = sinkInto(join(root, 'in/side'));
    const items = ODD.map((text, index) => ({
      sampled_at: `2026-06-20T00:00:0${Math.floor(index / 10)}.${index % 10}Z`,
      mode: text,
      [text]: text,
    }));
    const batch = {
      collection: 'evses.statusLogs',
      from: '2026-06-20',
      until: '2026-06-21',
      by: 'sampled_at',
      items,
    };
    for (const parent of ODD.filter((text) => !/\p{Surrogate}/u.test(text)))
      await sink.write({ ...batch, parent: [parent] });
    expect(await readdir(root)).toEqual(['in']);
    expect(await readdir(join(root, 'in'))).toEqual(['side']);
    const folders = await readdir(join(root, 'in/side'));
    expect(folders).toHaveLength(ODD.length - 1);
    for (const folder of folders) expect(folder).not.toMatch(/^\./);
    const [file = ''] = await readdir(join(root, 'in/side', folders[0] ?? ''));
    // Another window joins the file, which is read for it.
    const until = '2026-06-20T13:00:00Z';
    const parent = [decodeURIComponent(folders[0] ?? '')];
    const last = { sampled_at: '2026-06-20T12:30:00Z', mode: 'last' };
    await sink.write({ ...batch, parent, from: '2026-06-20T12:00:00Z', until, items: [last] });
    const rows = await read(await readFile(join(root, 'in/side', folders[0] ?? '', file)));
    // CSV has no form for half a character.
    const kept = ODD.map((text) => (format === 'CSV' ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text));
    expect(rows.map(textIn)).toEqual([...kept, 'last']);
  });
});

it.each([
  ['NDJSON', ndjsonSink],
  ['CSV', csvSink],
  ['Parquet', parquetSink],
])('an item that is nested too deep for %s ends the export with one clear error', async (_, sinkInto) => {
  const root = await mkdtemp(join(tmpdir(), 'deep-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const batch = { collection: 'evses.statusLogs', from: '2026-06-20', until: '2026-06-21', by: 'sampled_at' };
  const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
  const items = [{ sampled_at: '2026-06-20T00:00:00Z', mode: deep }];
  const error = await thrownBy(Promise.resolve(sinkInto(root).write({ ...batch, parent: ['a'], items })));
  expect(error).toBeInstanceOf(EvEnergyError);
  expect(error.message).toMatch(/nested too deep/);
});

/** Reads CSV (RFC 4180) a character at a time, so that it can't make the mistakes of the sink. */
function rowsOfCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const end = () => {
    row.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (one === '"' && isQuoted && text[at + 1] === '"') {
      cell += one;
      at += 1;
    } else if (one === '"') isQuoted = !isQuoted;
    else if (isQuoted || !/[,\r\n]/.test(one)) cell += one;
    else if (one !== '\r') {
      end();
      if (one === '\n') {
        rows.push(row);
        row = [];
      }
    }
  }
  const [names = [], ...others] = rows;
  return others.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

/** The text of an item: of Parquet, where the column can't hold it, that of the others. */
function textIn({ mode, _other }: { mode?: unknown; _other?: string }): unknown {
  return mode ?? JSON.parse(_other ?? '{}').mode;
}

const thrownBy = (running: Promise<unknown>) =>
  running.then(
    () => expect.fail('did not fail'),
    (error) => error,
  );

/** Ways in which an error that isn't the client's holds a text. */
const HOLDING: readonly (readonly [name: string, holding: (text: string) => unknown])[] = [
  ['its message', (text) => new Error(`disk said ${text} there`)],
  ['its cause', (text) => new Error('failed', { cause: new Error(`sent ${text} there`) })],
  [
    'the arguments of its command',
    (text) => named('ReplyError', { command: { name: 'auth', args: [`me ${text} `] } }),
  ],
  [
    'a field of it',
    (text) => named('AxiosError', { config: { headers: { authorization: `Bearer ${text} ` } } }),
  ],
  ['its code', (text) => named('Error', { code: `E ${text} ` })],
  ['several errors', (text) => new AggregateError([new Error(`first ${text} `)], 'all failed')],
  ['a text that is thrown', (text) => `lost ${text} there`],
];

function named(name: string, more: object): Error {
  return Object.assign(new Error('refused'), { name }, more);
}

describe.each(HOLDING)("an export whose sink's error holds it in %s", (_, holding) => {
  it.each(FEW)('shows no token that is written %s', async (_name, write) => {
    const written = write(SECRET);
    const sink = () => Promise.reject(holding(written));
    const text = shown(await thrownBy(exportCollection(client(), options(sink))));
    expect(shows(text, givenOf(written, SECRET)), text).toBe(false);
  });
});

it("an error of a sink's own that shows no secret is thrown as it is", async () => {
  class DiskFull extends Error {}
  const error = new DiskFull('no space is left');
  expect(
    await thrownBy(
      exportCollection(
        client(),
        options(() => Promise.reject(error)),
      ),
    ),
  ).toBe(error);
});

describe.each(HOLDING)('what a worker throws, with a password in %s', (_, holding) => {
  it.each([
    ['as it is', PASSWORD],
    ['in its URL', REDIS(6379)],
    ['decoded in a URL', `redis://me:${PASSWORD}@127.0.0.1`],
    ['in base64', Buffer.from(`me:${PASSWORD}`).toString('base64')],
  ])('is stored and shown without it: %s', async (_name, written) => {
    const fail = () => Promise.reject(holding(written));
    const error = await thrownBy(withoutSecrets(client(), passwordHider(REDIS(6379)), fail));
    expect(shows(shown(error), PASSWORD), shown(error)).toBe(false);
  });
});

it('the user information of any URL is taken out of an error', () => {
  const error = withoutSecret(new Error('connect redis://u:pw@10.0.0.1:6379'), passwordHider(undefined));
  expect(shown(error)).toContain('redis://[redacted]@10.0.0.1:6379');
  expect(shown(error)).not.toContain('u:pw');
});

/** What answers each command with the same error, in Redis' place; with something to read, only what writes. */
async function answering(error: string, kept?: string): Promise<number> {
  const answerTo = (command = '') => {
    if (kept === undefined || command === 'set') return `-${error}`;
    return command === 'get' ? `$${kept.length}\r\n${kept}` : '+OK';
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    // One answer to each command: an array of RESP begins with an asterisk.
    socket.on('data', (bytes) => {
      for (const [, name] of String(bytes).matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)\r$/gm))
        socket.write(`${answerTo(name)}\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('a Redis that repeats what it was sent', () => {
  it.each([
    ['refusing', `ERR you sent ${PASSWORD}\u001b[2J\u202e`],
    ['refusing the password', `WRONGPASS ${encodeURIComponent(PASSWORD)}\u009b2J`],
    ['busy', `LOADING AUTH me ${PASSWORD}\u0007`],
    ['at length', `ERR ${'x'.repeat(50_000)}`],
  ])(
    'is told of without its password, in inert and few words: %s',
    async (_, reply) => {
      const redis = REDIS(await answering(reply));
      const stores = redisStores({ redis, patience: 200 });
      onTestFinished(() => stores.close());
      for (const failing of [
        () => stores.check(),
        () => stores.tokens.load('key'),
        () => produceExport(client(), { ...options(() => {}), redis } as never),
        () => exportThroughQueue(client(), { ...options(() => {}), redis } as never),
      ]) {
        const error = await thrownBy(Promise.resolve(failing()));
        expect(shows(shown(error), PASSWORD), shown(error)).toBe(false);
        expectInert((error as Error).message);
        expect((error as Error).message.length).toBeLessThan(1_500);
      }
    },
    20_000,
  );

  it('shows no token that it was to keep', async () => {
    const redis = REDIS(await answering(`ERR SET ${SECRET} `));
    const stores = redisStores({ redis, patience: 200 });
    onTestFinished(() => stores.close());
    const error = await thrownBy(
      Promise.resolve(stores.tokens.save('key', { accessToken: SECRET } as never)),
    );
    expect(shows(shown(error), SECRET), shown(error)).toBe(false);
  });

  it('shows no token that it has kept', async () => {
    const kept = JSON.stringify({ accessToken: 'not-it-at-all', refreshToken: SECRET });
    const redis = REDIS(await answering(`ERR SET ${SECRET} `, kept));
    const stores = redisStores({ redis, patience: 200 });
    onTestFinished(() => stores.close());
    expect(await stores.tokens.load('key')).toEqual(JSON.parse(kept));
    const error = await thrownBy(
      Promise.resolve(stores.tokens.save('key', { accessToken: 'another-one' } as never)),
    );
    expect(shows(shown(error), SECRET), shown(error)).toBe(false);
  });

  it('is not tried where its password cannot be read, and the URL is not shown', () => {
    expect(() => redisStores({ redis: 'redis://me:p%ZZword@127.0.0.1:1' })).toThrow(/^redis: is not a URL/);
  });
});

describe('the journal of an export', () => {
  /** What an export says whose journal holds this. */
  async function saying(file: string, content: string): Promise<string> {
    const journal = await mkdtemp(join(tmpdir(), 'journal-'));
    onTestFinished(() => rm(journal, { recursive: true }));
    await mkdir(join(journal, 'pages'));
    await writeFile(join(journal, file), content);
    const error = await thrownBy(exportCollection(client(), { ...options(() => {}), journal }));
    expect(error.name).toBe('ConfigurationError');
    return error.message;
  }

  it.each(TEXTS)(
    'of another collection that is named by %s does nothing where it is told',
    async (_, text) => {
      const message = await saying('journal.ndjson', `${JSON.stringify({ version: 1, collection: text })}\n`);
      expect(message).toContain('is that of another export');
      expectInert(message);
    },
  );

  const HEAD = '{"version":1,"collection":"GET /evses/{evse_id}/status_logs","by":"sampled_at"}\n';
  it.each([
    ['no JSON', `${SECRET}\n`],
    ['a number for its head', '5\n'],
    ['nothing for its head', 'null\n'],
    ['a list for its head', '[1]\n'],
    ['a number for an entry', `${HEAD}5\n`],
    ['nothing for an entry', `${HEAD}null\n`],
    ['no windows', `${HEAD}{"windows":5}\n`],
    ['nothing for a window', `${HEAD}{"windows":[null]}\n`],
    ['a window without a parent', `${HEAD}{"windows":[{"from":"2026-06-01","until":"2026-06-02"}]}\n`],
    [
      'a window of other names',
      `${HEAD}{"windows":[{"parent":[5],"from":"2026-06-01","until":"2026-06-02"}]}\n`,
    ],
    [
      'a window of other times',
      `${HEAD}{"windows":[{"parent":["a"],"from":"${SECRET.slice(0, 5)}","until":"x"}]}\n`,
    ],
    ['a number for a rest', `${HEAD}{"done":"a","rest":5}\n`],
    ['no version', '{"collection":"x"}\n'],
    ['no times', `${HEAD}{"covered":{"evse01":5}}\n`],
    ['other times', `${HEAD}{"covered":{"evse01":[["\\u001b[2J${SECRET.replaceAll('"', '')}","x"]]}}\n`],
    ['a number for its run', `${HEAD}{"run":5}\n`],
    ['a run of other times', `${HEAD}{"run":{"since":"\\u001b[2J","until":"x","begun":"y","query":{}}}\n`],
  ])('that holds %s is refused in one clear error, which quotes nothing', async (_, content) => {
    const message = await saying('journal.ndjson', content);
    expect(message).toMatch(/is broken; delete its folder|is that of another export/);
    expect(message).not.toContain(SECRET.slice(0, 5));
    expectInert(message);
  });

  it('of another version says so, and that it can be gone on with', async () => {
    const message = await saying('journal.ndjson', '{"version":2,"collection":"x"}\n');
    expect(message).toMatch(/is of version 2, which another version of this package writes; go on with that/);
  });

  it.each(['5', 'null', '{}', '{"items":5}', '{"items":[],"next":5}', SECRET])(
    'with %s for a page is refused in one clear error, which quotes nothing',
    async (line) => {
      const [from, until] = ['2026-06-20', '2026-06-21'].map((day) => textOf(timeOf('day', day)));
      const id = windowId({ parent: ['evse01'], from: String(from), until: String(until) });
      const message = await saying(`pages/${id}.ndjson`, `${line}\n`);
      expect(message).toMatch(/^journal: .*\.ndjson is broken; delete its folder/);
      expect(message).not.toContain(SECRET.slice(0, 5));
    },
  );
});
