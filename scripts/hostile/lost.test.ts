import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../contract-tests/terminal.js';
import { ended } from '../../src/cli/exit.js';
import { safeIo } from '../../src/cli/safe.js';
import { tellUnexpected } from '../../src/contract/exit/process.js';
import { EvEnergy, EvEnergyError } from '../../src/index.js';
import { refuse } from '../io.js';
import { ROOT } from '../root.js';
import { serve } from '../test/http-server.js';
import { COMMANDS, ENDINGS, expectEnding } from './endings.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const BASE = 'http://127.0.0.1:9/v2';
const PAGES = 6;
const SIZE = 3;

/** Faults of a page, and whether the request that meets one can be repeated. */
const FAULTS: Readonly<Record<string, (body: string) => Response>> = {
  none: (body) => new Response(body, { headers: JSON_TYPE }),
  'JSON that ends early': (body) => new Response(body.slice(0, body.length / 2), { headers: JSON_TYPE }),
  'nothing in its place': () => new Response('', { headers: JSON_TYPE }),
  'JSON that ends at once': (body) => new Response(body.slice(0, 1), { headers: JSON_TYPE }),
  'JSON without its last bracket': (body) => new Response(body.slice(0, -1), { headers: JSON_TYPE }),
  'JSON cut behind an inner bracket': (body) =>
    new Response(`${body.slice(0, body.indexOf('[[') + 5)}`, { headers: JSON_TYPE }),
  'a body that breaks off': (body) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(body.slice(0, 9)));
          controller.error(new TypeError('terminated'));
        },
      }),
      { headers: JSON_TYPE },
    ),
  'no connection': () => {
    throw new TypeError('fetch failed');
  },
  'a 503': () => new Response('', { status: 503 }),
  'an empty 500': () => new Response(null, { status: 500 }),
  'a 429': () => new Response('{}', { status: 429, headers: { ...JSON_TYPE, 'retry-after': '0' } }),
  'an HTML page in its place': () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
};

/** Walks a collection; the n-th request meets the n-th fault, later requests meet none. */
async function walk(
  faults: readonly string[],
  maxRetries = 4,
): Promise<{ items: unknown[]; error?: unknown }> {
  let request = 0;
  const ev = new EvEnergy({
    baseUrl: BASE,
    accessToken: 'token-0123456789',
    maxRetries,
    backoff: { initial: 1, max: 1 },
    fetch: async (url) => {
      const page = Number(new URL(url).searchParams.get('page_after') ?? 0);
      const body = JSON.stringify(
        Array.from({ length: SIZE }, (_, index) => ({ id: page * SIZE + index, a: [[index]] })),
      );
      const response = FAULTS[faults[request++] ?? 'none']?.(body) ?? new Response('');
      if (page + 1 < PAGES)
        response.headers.set('link', `<${BASE}/evse_makes?page_after=${page + 1}>; rel="next"`);
      return response;
    },
  });
  const items: unknown[] = [];
  try {
    for await (const item of ev.evseMakes.list()) items.push((item as unknown as { id: number }).id);
    return { items };
  } catch (error) {
    return { items, error };
  }
}

const WHOLE = Array.from({ length: PAGES * SIZE }, (_, index) => index);

describe('a walk', () => {
  it.each(Object.keys(FAULTS).filter((name) => !/HTML/.test(name)))('survives %s', async (fault) => {
    for (const before of [[], ['none', 'none']])
      expect(await walk([...before, fault, fault])).toEqual({ items: WHOLE });
  });

  it('ends in an error where page after page holds nothing, and each leads to another', async () => {
    let page = 0;
    const fetch = async () => {
      page += 1;
      const link = `<${BASE}/evse_makes?page_after=${page}>; rel="next"`;
      return new Response('[]', { headers: { ...JSON_TYPE, link } });
    };
    const ev = new EvEnergy({ baseUrl: BASE, accessToken: 'token-0123456789', fetch });
    await expect(ev.evseMakes.list().toArray()).rejects.toThrow(/pages without an item in a row/);
    expect(page).toBeLessThan(150);
  });

  it('says so where it meets what no repetition mends', async () => {
    const { items, error } = await walk(['none', 'an HTML page in its place']);
    expect(items).toEqual(WHOLE.slice(0, SIZE));
    expect(error).toBeInstanceOf(EvEnergyError);
  });

  it('is whole, or says that it is not, whatever chain of faults it meets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(FAULTS)), { maxLength: 20 }),
        fc.integer({ min: 0, max: 3 }),
        async (faults, retries) => {
          const { items, error } = await walk(faults, retries);
          expect(items).toEqual(WHOLE.slice(0, items.length));
          if (error === undefined) expect(items).toEqual(WHOLE);
          else expect(error).toBeInstanceOf(EvEnergyError);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('survives gzip that breaks off, and a body whose end is that of the connection', async () => {
    const body = JSON.stringify(Array.from({ length: 500 }, (_, index) => ({ id: `${index}` })));
    const zipped = gzipSync(body);
    let asked = 0;
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => {
      asked++;
      response.shouldKeepAlive = false;
      if (asked === 1) {
        response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip', connection: 'close' });
        response.end(zipped.subarray(0, zipped.length / 2));
      } else if (asked === 2) {
        response.socket?.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${body.slice(0, 4_000)}`,
        );
      } else response.writeHead(200, JSON_TYPE).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const ev = new EvEnergy({
      baseUrl: `http://127.0.0.1:${port}`,
      accessToken: 'x',
      backoff: { initial: 1, max: 1 },
    });
    expect(await ev.evseMakes.list().toArray()).toHaveLength(500);
    expect(asked).toBe(3);
    server.close();
  });

  it.each(['POST', 'PATCH', 'DELETE'])(
    'never sends %s again for an answer that breaks off',
    async (method) => {
      let asked = 0;
      const fetch = async () => {
        asked++;
        return new Response('{"a":', { headers: JSON_TYPE });
      };
      const ev = new EvEnergy({ baseUrl: BASE, accessToken: 'x-0123456789', fetch });
      const api = ev.api as unknown as Record<string, (path: string) => Promise<unknown>>;
      await expect(api[method]?.('/things')).rejects.toThrow(EvEnergyError);
      expect(asked).toBe(1);
    },
  );
});

describe('a report', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-lost-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('whose path cannot be written is told before the first request', async () => {
    const server = await serve(() => ({ body: [] }));
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, 'file', 'inside.html');
    const line = `--target mock --base-url ${server.url} --report json=${join(folder, 'good.json')} --report html=${path}`;
    const { code, stderr } = await run(line.split(' '));
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain('The html report can');
    expect(server.requests).toHaveLength(0);
  });

  it('takes the place of an older one only when it is whole, and leaves nothing beside it', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    await writeFile(join(own, 'report.json'), 'the older one');
    const har = join(folder, 'one.har');
    const headers = [{ name: 'content-type', value: 'application/json' }];
    const request = { method: 'GET', url: 'https://api.ev.energy/v2/evse_makes', headers: [] };
    const entry = { request, response: { status: 200, headers, content: { text: '[7]', size: 3 } } };
    await writeFile(har, JSON.stringify({ log: { entries: [entry] } }));
    const line = ['verify', har, '--report', `json=${join(own, 'report.json')}`];
    expect((await run([...line, '--report', `html=${join(own, 'report.html')}`])).code).toBe(1);
    expect(JSON.parse(await readFile(join(own, 'report.json'), 'utf8'))).toMatchObject({ conforms: false });
    expect((await readdir(own)).sort()).toEqual(['report.html', 'report.json']);
    await chmod(own, 0o755);
  });

  it.each([
    ['the recording that is read', (har: string) => [`json=${har}`]],
    ['where another report goes', () => [`json=${join(folder, 'x')}`, `junit=${join(folder, 'x')}`]],
    ['a folder', () => [`json=${join(folder, 'new')}/`]],
  ])('is refused before anything is done if its path is %s', async (_, paths) => {
    const har = join(folder, 'kept.har');
    await writeFile(har, '{ "log": { "entries": [] } }');
    const options = paths(har).flatMap((path) => ['--report', path]);
    expect(await run(['verify', har, ...options])).toMatchObject({ code: 2 });
    expect(await readFile(har, 'utf8')).toBe('{ "log": { "entries": [] } }');
  });

  it('that is a pipe is written once somebody reads it', async () => {
    const [har, pipe] = [join(folder, 'piped.har'), join(folder, 'pipe')];
    await writeFile(har, '{ "log": { "entries": [] } }');
    execFileSync('bash', ['-c', 'mkfifo "$0"', pipe]);
    const running = run(['verify', har, '--report', `json=${pipe}`]);
    expect(JSON.parse(await readFile(pipe, 'utf8'))).toHaveProperty('runs');
    await running;
  });

  it.each(['is there', 'is missing'])(
    'that is a link leaves the link, and what it names is new: %s',
    async (kind) => {
      const [har, link, target] = ['some.har', `${kind}.json`, `${kind} target.json`].map((name) =>
        join(folder, name),
      );
      await writeFile(String(har), '{ "log": { "entries": [] } }');
      if (kind === 'is there') await writeFile(String(target), 'the older one');
      await symlink(String(target), String(link));
      await run(['verify', String(har), '--report', `json=${link}`]);
      expect((await lstat(String(link))).isSymbolicLink()).toBe(true);
      expect(JSON.parse(await readFile(String(target), 'utf8'))).toHaveProperty('runs');
    },
  );
});

describe('an error that nobody expected', () => {
  const SECRET = 'sk-0123456789-abcdef';
  const thrown = Object.assign(
    new TypeError(`\u001b[2J::error::${SECRET} and\n##[error] https://u:pw@a.example`),
    {
      request: { authorization: SECRET },
    },
  );

  it.each(['ev-energy', 'the suite', 'a script'])(
    'leaves %s by the one exit: one line, inert, without a secret or a stack',
    async (command) => {
      let err = '';
      const stderr = { write: (text: string) => (err += text) };
      const environment = { EV_ENERGY_CLIENT_SECRET: SECRET };
      const io = { stdout: stderr, stderr, environment, signal: new AbortController().signal };
      if (command === 'ev-energy') expect(ended(thrown, safeIo(io, []))).toBe(1);
      else if (command === 'the suite') tellUnexpected(thrown, io, []);
      else {
        vi.stubEnv('EV_ENERGY_CLIENT_SECRET', SECRET);
        expect(refuse('spec', thrown, io, [])).toBe(2);
      }
      expect(err.replace(/\s+/g, ' ')).toContain('Something went wrong that was not expected: TypeError: ');
      expect(err).not.toMatch(/^::|##\[|pw@|^\s+at /m);
      expect(err).not.toContain('\u001b');
      expect(err).not.toContain(SECRET);
      err = '';
      tellUnexpected(thrown, { ...io, environment: { ...environment, EV_ENERGY_LOG: 'debug' } }, []);
      expect(err).toMatch(/^ {4}at /m);
      expect(err).not.toContain(SECRET);
    },
  );
});

describe('a command', () => {
  it.each(COMMANDS)('listens for signals before it loads anything: %s', async (file) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    // What is imported is loaded before the first line runs.
    const imported = [...text.matchAll(/^import .*'(.*)';$/gm)].map(([, name = '']) => basename(name));
    expect(imported).toEqual(['signals.js']);
    expect(text).toMatch(/^import [^;]*;\s+endOnSignal\(\);$/m);
    const loaded = await readFile(join(ROOT, 'src/contract/exit/signals.ts'), 'utf8');
    expect(loaded.match(/(?<=from ')(?!node:).*(?=')/g)).toBeNull();
  });

  it.each(ENDINGS.slice(0, 1))('ends with the documented code and without a stack: %s', expectEnding);
});
