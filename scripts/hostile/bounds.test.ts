import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResponse } from '../../src/contract/exchange/read-answer.js';
import { checkExchange } from '../../src/contract/recorded/check-exchange.js';
import { uncompressed } from '../../src/contract/recorded/har/compressed.js';
import { verifyHar } from '../../src/contract/recorded/verify-har.js';
import { loadContract } from '../../src/contract/schema/load-contract.js';
import { vendoredDocument } from '../../src/document/index.js';
import { clientCredentials, EvEnergy, type Fetch } from '../../src/index.js';
import { UndiciResponse } from '../../src/undici/response.js';
import { scratch } from '../test/files/scratch.js';
import { expectBounded } from './bounded.js';
import { GROWING } from './sizes.js';
import { countSteps } from './steps.js';

const SMALL = 12_000;

describe('work grows no faster than an answer, and what is shown of it is bounded', () => {
  let steps: Awaited<ReturnType<typeof countSteps>>;
  beforeAll(async () => {
    steps = await countSteps();
  });
  afterAll(() => steps.end());

  it.each(GROWING)('%s', async (_, act) => {
    // The first run doesn't count, since it includes one-time work such as reading the document.
    await act(SMALL / 10);
    let outcome: unknown;
    // The engine may lose counts of code that it compiles meanwhile, but never adds any, so the largest count is right.
    // Quadratic work would be four times too much, each time.
    let small = 0;
    let large = Number.POSITIVE_INFINITY;
    for (let attempt = 1; attempt <= 5 && large >= 4.6 * small + 2_000; attempt += 1) {
      small = Math.max(small, await steps.of(() => act(SMALL)));
      large = await steps.of(async () => {
        outcome = await act(4 * SMALL);
      });
    }
    expect(large).toBeLessThan(4.6 * small + 2_000);
    expectBounded(outcome);
  });
});

/** Counts what is read of an answer of 4 GB, part by part. */
function endless(part: Uint8Array<ArrayBuffer>) {
  const read = { bytes: 0, ended: false };
  function* parts() {
    try {
      for (; read.bytes < 2 ** 32; read.bytes += part.length) yield part;
    } finally {
      read.ended = true;
    }
  }
  return { read, parts: parts() };
}

function streamOf(parts: Iterator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      pull: (controller) => controller.enqueue(parts.next().value as Uint8Array<ArrayBuffer>),
      cancel: () => void parts.return?.(),
    },
    { highWaterMark: 0 },
  );
}

const MB = 2 ** 20;
const PART = new Uint8Array(64 * MB);
const JSON_TYPE = { 'content-type': 'application/json' };
const ev = (fetch: Fetch) =>
  new EvEnergy({ baseUrl: 'http://127.0.0.1:9/v2', accessToken: 'x', maxRetries: 0, fetch });

describe('an answer without end is read to a limit, and its connection given up', () => {
  it.each([
    [
      'as a file',
      320,
      (body: ReadableStream) =>
        ev(async () => new Response(body)).api.GET('/evse_makes', { parseAs: 'blob' }),
    ],
    [
      'of a token endpoint',
      64,
      async (body: ReadableStream) =>
        clientCredentials({
          baseUrl: 'http://127.0.0.1:9',
          clientId: 'a',
          clientSecret: 'secret-0123456789',
          fetch: async () => new Response(body, { headers: JSON_TYPE }),
        }).token(),
    ],
    [
      'of the contract suite',
      128,
      (body: ReadableStream) => readResponse({ status: 200, headers: new Headers(), body }),
    ],
  ])('%s', async (_, most, read) => {
    const { read: counted, parts } = endless(PART);
    const failure = await read(streamOf(parts)).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(`${failure?.message} ${(failure?.cause as Error | undefined)?.message}`).toMatch(
      /more than \d+ MB/,
    );
    expect(counted.ended).toBe(true);
    expect(counted.bytes / MB).toBeLessThanOrEqual(most);
  });

  it.each(['text', 'blob'] as const)('through undici, as %s', async (as) => {
    const { read, parts } = endless(PART);
    const body = Readable.from(parts) as unknown as ConstructorParameters<typeof UndiciResponse>[1]['body'];
    const response = new UndiciResponse('http://127.0.0.1:9', {
      statusCode: 200,
      headers: {},
      body,
    } as never);
    await expect(response[as]()).rejects.toThrow('the body has more than 256 MB');
    expect(read.ended).toBe(true);
  });

  it('packed into a few bytes by a token endpoint', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
      response.end(gzipSync(new Uint8Array(8 * MB)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const application = {
      baseUrl: `http://127.0.0.1:${port}`,
      clientId: 'a',
      clientSecret: 'secret-0123456789',
    };
    await expect(async () => clientCredentials(application).token()).rejects.toThrow('more than 1 MB');
    server.close();
  });
});

/** A frame of Zstandard (RFC 8878) of so many blocks, each of 128 KB and four bytes long. */
function zstdBomb(blocks: number): Buffer {
  const block = (isLast: boolean) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUIntLE((131_072 << 3) | (1 << 1) | Number(isLast), 0, 3);
    return bytes;
  };
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
  return Buffer.concat([frame, ...Array.from({ length: blocks }, (_, n) => block(n === blocks - 1))]);
}

describe('what is packed into a few bytes of a recording is unpacked to a limit', () => {
  it.each([
    ['gzip', () => gzipSync(Buffer.alloc(65 * MB), { level: 1 })],
    ['zstd', () => zstdBomb(4_000)],
  ])('%s', async (coding, pack) => {
    expect(await uncompressed(pack(), coding, { bytes: 0 })).toEqual({
      reason: 'its body has more than 64 MB, unpacked',
    });
  });

  it('zstd within the limit is read whole', async () => {
    const plain = await uncompressed(zstdBomb(3), 'zstd', { bytes: 0 });
    expect(Buffer.alloc(3 * 131_072).equals(plain as Buffer)).toBe(true);
  });
});

it('all bodies of a recording are unpacked to a limit, those that are left out counted', async () => {
  const entry = (text: string, coding: string) => ({
    request: { method: 'GET', url: 'https://api.ev.energy/v2/evse_makes', headers: [] },
    response: {
      status: 200,
      headers: Object.entries({ ...JSON_TYPE, 'content-encoding': coding }).map(([name, value]) => ({
        name,
        value,
      })),
      content: { text, encoding: 'base64' },
    },
  });
  const packed = gzipSync(Buffer.alloc(65 * MB), { level: 1 });
  const tooLarge = entry(packed.toString('base64'), 'gzip');
  // What comes out of it before its end is nearly as much.
  const broken = entry(packed.subarray(0, -packed.length / 60).toString('base64'), 'gzip');
  const last = entry(btoa('[]'), 'identity');
  const file = join(await scratch(), 'bombs.har');
  const entries = [last, broken, tooLarge, tooLarge, tooLarge, broken, last];
  await writeFile(file, JSON.stringify({ log: { entries } }));
  const contract = await loadContract(vendoredDocument());
  const { exchanges, leftOut } = await verifyHar(file, contract, []);
  expect(exchanges).toHaveLength(1);
  const [first, ...others] = leftOut.map(({ reason }) => reason);
  expect(first).toContain("can't be decoded");
  const large = 'its body has more than 64 MB, unpacked';
  const much = 'the recording has more than 256 MB of bodies, unpacked: take it in parts';
  expect(others).toEqual([large, large, large, much, much]);
});

describe('each limit is told', () => {
  const json = { 'content-type': 'application/json' };
  const check = (body: string) => checkExchange({ url: '/evse_makes', status: 200, headers: json, body });

  it('JSON that is nested too deep', async () => {
    const found = await check('['.repeat(5_000) + ']'.repeat(5_000));
    expect(found).toContainEqual(
      expect.objectContaining({ rule: 'body-json', found: 'more than 200 levels of it' }),
    );
  });

  it('more errors than are looked at', async () => {
    const found = await check(JSON.stringify(Array.from({ length: 5_000 }, () => 7)));
    expect(found.length).toBeLessThan(400);
    expect(found.map((one) => one.found)).toContainEqual(expect.stringMatching(/^\d{4} more errors$/));
  });

  it('brackets in texts are no levels', async () => {
    const found = await check(JSON.stringify([{ icon: '['.repeat(5_000), [`\\"${'{'.repeat(400)}`]: 1 }]));
    expect(found.map(({ rule }) => rule)).not.toContain('body-json');
  });
});
