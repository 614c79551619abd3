import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenForCallback } from '../../src/cli/login/loopback.js';
import { tableWriter } from '../../src/cli/output/table.js';
import { safeIo } from '../../src/cli/safe.js';
import { evEnergy } from '../test/cli/ev-energy.js';
import { scratch } from '../test/files/scratch.js';
import { serve } from '../test/http-server.js';
import { givenOf, SPELLINGS, shows } from './spellings.js';
import { expectInert, TEXTS } from './texts.js';

const SECRET = 'nT0p/S3cret&"token"~x-9';

/** What the command writes, on a terminal. */
function terminal(environment = {}, args: readonly string[] = []) {
  const said = { out: '', err: '' };
  const io = safeIo(
    {
      stdout: { isTTY: true, columns: 100, write: (text) => (said.out += text) },
      stderr: { isTTY: true, write: (text) => (said.err += text) },
      environment,
      signal: new AbortController().signal,
    },
    args,
  );
  return { io, said };
}

describe('the command ev-energy', () => {
  it.each(TEXTS)('shows %s as an error or a note, and it does nothing', (_, text) => {
    const { io, said } = terminal();
    io.stderr.write(`Failed: ${text}\n`);
    expectInert(said.err);
  });

  it.each(TEXTS)('shows %s as a name or a value of a table, and it does nothing', async (_, text) => {
    const { io, said } = terminal();
    const table = tableWriter(io);
    await table.item({ [text]: text, other: [text] });
    await table.end();
    await tableWriter(io).only({ [text]: text });
    expectInert(said.out);
    expect(said.out.split('\n')).toHaveLength(3 + 1);
  });

  it.each(SPELLINGS)('shows no secret of its environment that is written %s', (_, write) => {
    const { io, said } = terminal({ EV_ENERGY_CLIENT_SECRET: SECRET, EV_ENERGY_LOG: 'debug' });
    const written = write(SECRET);
    io.stderr.write(`Failed: ${written} there, to debug\n`);
    expect(shows(said.err, givenOf(written, SECRET)), said.err).toBe(false);
    expect(said.err).toContain('debug');
  });

  it.each([
    [[`--redis=redis://me:${SECRET.slice(6, 12)}-01@127.0.0.1:6379`], {}],
    [[], { EV_ENERGY_REDIS: `redis://:${SECRET.slice(6, 12)}-01@127.0.0.1` }],
    [[`--client-secret=${SECRET.slice(6, 12)}-01`], {}],
    [['--token', `${SECRET.slice(6, 12)}-01`], {}],
    [['--spec', `https://a.example/b.yaml?access_token=${SECRET.slice(6, 12)}-01`], {}],
    [['--body', `{"password":"${SECRET.slice(6, 12)}-01"`], {}],
  ])(
    'shows no password of an address that it was given, nor what else is secret there: %j',
    (args, environment) => {
      const { io, said } = terminal(environment, args);
      io.stderr.write(`WRONGPASS ${SECRET.slice(6, 12)}-01, of ${Object.values(environment)}${args}\n`);
      expect(said.err).not.toContain(`${SECRET.slice(6, 12)}-01`);
    },
  );

  it.each(['echoes', 'redirects'] as const)(
    'shows no address of an upload, which is a secret, where the store refuses the file and %s it',
    async (how) => {
      const server = await serve(({ path, query }) => {
        const signed = `${server.url}/store?signature=${encodeURIComponent(SECRET)}`;
        if (path.endsWith('start_upload'))
          return { status: 201, body: { id: 'file1', presigned_url: signed } };
        expect(query.get('signature')).toBe(SECRET);
        return how === 'echoes'
          ? { status: 403, body: `<Error>${signed}</Error>` }
          : { status: 307, headers: { location: `${signed}&again` } };
      });
      const file = join(await scratch(), 'bill.txt');
      await writeFile(file, 'thirty pounds');
      const environment = {
        EV_ENERGY_BASE_URL: server.url,
        EV_ENERGY_ACCESS_TOKEN: 'a',
        EV_ENERGY_LOG: 'debug',
      };
      const args = ['rebate-evidence-files', 'upload', file, '--yes'];
      const { code, stdout, stderr } = await evEnergy(undefined, args, { environment });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('ev-energy rebate-evidence-files upload');
      for (const write of SPELLINGS.map(([, one]) => one)) expect(stderr).not.toContain(write(SECRET));
    },
  );

  it.each(['table', 'json', 'ndjson', 'csv'])(
    'says of an answer that is nested too deep for %s that it is',
    async (format) => {
      const server = await serve(() => ({ body: `[{"id":${'['.repeat(20_000)}${']'.repeat(20_000)}}]` }));
      const environment = { EV_ENERGY_BASE_URL: server.url, EV_ENERGY_ACCESS_TOKEN: 'not-a-secret' };
      const args = ['evses', 'list', '--output', format];
      const { code, stderr } = await evEnergy(undefined, args, { environment });
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('nested too deep') });
    },
  );

  it.each(TEXTS)('finds nothing for %s at the cursor, and goes on', async (_, text) => {
    const words = ['__complete', 'evses', text, '--expand', `model,${text}`];
    expect(await evEnergy(undefined, words)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('signs in, whoever else connects to where it waits for the browser', async () => {
    const loopback = await listenForCallback(0);
    const { port } = new URL(loopback.redirectUri);
    const { signal } = new AbortController();
    const back = loopback.callback('a-state', signal);
    const send = (text: string) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.on('error', () => {}).resume();
      return once(socket, 'close');
    };
    const ask = (path: string) => send(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    for (const path of ['//', 'http://[', '/callback?state=other', '/callback', '/%ff', '*']) await ask(path);
    const stuck = [send('GET /callb'), send('')];
    await ask('/callback?code=a%20b?c&state=a-state');
    expect(await back).toBe(`${loopback.redirectUri}?code=a%20b?c&state=a-state`);
    await loopback.close();
    await Promise.all(stuck);
  });

  it('leaves what it answers to another program as it is', () => {
    let out = '';
    const stdout = { write: (text: string | Uint8Array) => (out += text) };
    const { signal } = new AbortController();
    const io = safeIo({ stdout, stderr: stdout, environment: {}, signal }, []);
    io.stdout.write('"::a\u202e"');
    expect(out).toBe('"::a\u202e"');
  });
});
