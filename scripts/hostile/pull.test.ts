import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DocumentError } from '../../src/document/index.js';
import { refuse } from '../io.js';
import { ProgramError } from '../run.js';
import { SpecError } from '../spec/errors.js';
import { pull } from '../spec/pull/pull.js';
import { august, pullProject, quickPrograms } from '../test/pull-project.js';
import { expectInert } from './texts.js';

/** Milliseconds to wait for a server of which it is known that it doesn't end. */
const PATIENCE = 400;

const project = pullProject();

async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/document.yaml`;
}

/** A server that answers by the rules of HTTP. */
async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

/** A server that answers each request with these bytes, whatever they are. */
async function sending(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listening(server);
}

const giving = (body: string | Uint8Array, headers = {}): Promise<string> =>
  answering((_, response) => response.writeHead(200, headers).end(body));

const redirecting = (location: string): Promise<string> =>
  answering((_, response) => response.writeHead(302, { location }).end());

const status = (code: number, headers = {}): Promise<string> =>
  answering((_, response) => response.writeHead(code, headers).end('{"title":"\u001b[2Jno"}'));

/** A body without an end. */
const endless: RequestListener = (_, response) => {
  const part = Buffer.alloc(256 * 1024, '# no end\n');
  const more = () => {
    while (!response.destroyed) if (!response.write(part)) return void response.once('drain', more);
  };
  more();
};

/** A byte now and then. */
const dripping: RequestListener = (_, response) => {
  const timer = setInterval(() => response.write('#'), 20);
  response.once('close', () => clearInterval(timer));
};

const aliases = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  .map(
    (name, at, all) =>
      `${name}: &${name} [${Array(9)
        .fill(at === 0 ? 1 : `*${all[at - 1]}`)
        .join(', ')}]`,
  )
  .join('\n');

const nested = (depth: number) =>
  `{"openapi":"3.1.0","info":{},"paths":{},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const within = (line: string) => august.replace(/^info:$/m, `info:\n  ${line}`);
const elsewhere = (document: string) => document.replaceAll('ev.energy/', 'example.com/');
const referring = (to: string) =>
  august
    .replaceAll("'#/components/schemas/EVSEMake'", `'${to}'`)
    .replaceAll('"#/components/schemas/EVSEMake"', `"${to}"`);

const SERVERS: readonly (readonly [name: string, server: () => Promise<string>, says: RegExp])[] = [
  ['redirects to a server elsewhere', () => redirecting('http://192.0.2.1/x'), /redirects off http/],
  ['redirects to a file', () => redirecting('file:///etc/passwd'), /redirects off http/],
  ['redirects to itself', () => redirecting('/document.yaml'), /redirects more than 5 times/],
  [
    'redirects to a long place with user and password',
    () => redirecting(`https://u:secret-0@h/${'x'.repeat(9_000)}`),
    /redirects off http/,
  ],
  ['redirects to no place', () => redirecting('http://['), /is not a URL/],
  ['sends without an end', () => answering(endless), /is larger than 20 MB/],
  ['sends a byte now and then', () => answering(dripping), /did not send the document within 0\.4 s/],
  ['sends nothing', () => answering(() => {}), /did not send the document within 0\.4 s/],
  [
    'sends a bomb of gzip',
    () => giving(gzipSync(Buffer.alloc(22_000_000)), { 'content-encoding': 'gzip' }),
    /is larger than 20 MB/,
  ],
  ['sends gzip that is none', () => giving(august, { 'content-encoding': 'gzip' }), /Can't download/],
  [
    'says that more comes than does',
    () => sending('HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n', august),
    /ended before the whole/,
  ],
  [
    'says two lengths',
    () => sending('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nopenapi: 3'),
    /Can't download/,
  ],
  [
    'says that less comes than does',
    () => sending('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n', august),
    /line|incomplete|paths/,
  ],
  [
    'sends chunks of a wrong size',
    () => sending('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nopenapi'),
    /Can't download|ended before/,
  ],
  [
    'sends huge headers',
    () => sending(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(900_000)}\r\n\r\n`),
    /Can't download/,
  ],
  ['speaks another protocol', () => sending('SSH-2.0-OpenSSH_9.9\r\n'), /Can't download/],
  [
    'sends a reason of control characters',
    () =>
      sending(
        Buffer.from('HTTP/1.1 500 \u009b2J\u001b[2J ::error::x\r\ncontent-length: 0\r\n\r\n', 'latin1'),
      ),
    /answered 500|Can't download/,
  ],
  ['asks for credentials', () => status(401, { 'www-authenticate': 'Basic realm="x"' }), /answered 401/],
  ['fails', () => status(500), /answered 500/],
  ['has had too many requests', () => status(429, { 'retry-after': '9'.repeat(9_000) }), /answered 429/],
  ['says that nothing is new', () => status(304), /answered 304/],
  ['sends a part', () => status(206, { 'content-range': 'bytes 0-9/99' }), /answered 206/],
  ['sends nothing in a success', () => giving(''), /is empty/],
  ['sends a web page', () => giving('<!doctype html><title>Sign in</title>'), /is a web page/],
  ['sends a web page behind a mark of order', () => giving('\ufeff<html>'), /is a web page/],
  ['sends half of a document', () => giving(august.slice(0, august.length / 2)), /line|incomplete|lacks/],
  ['sends a bomb of aliases', () => giving(aliases), /its YAML aliases come to|alias/],
  ['sends JSON of depth 10,000', () => giving(nested(10_000)), /nested|deep/],
  ['sends JSON of depth 1,000,000', () => giving(nested(1_000_000)), /nested|deep/],
  [
    'sends YAML of depth 10,000',
    () => giving(`openapi: 3.1.0\nx: ${'{a: '.repeat(10_000)}`),
    /nested|deep|neither JSON nor YAML/,
  ],
  [
    'sends YAML lists of depth 3,000',
    () => giving(`openapi: 3.1.0\ninfo: {}\npaths: {}\nx:\n  ${'- '.repeat(3_000)}1`),
    /nested|deep/,
  ],
  [
    'sends NUL bytes',
    () => giving(august.replaceAll('description: ', 'description: \0')),
    /control|neither JSON nor YAML/,
  ],
  ['sends UTF-16', () => giving(Buffer.from(`\ufeff${august}`, 'utf16le')), /not text in UTF-8/],
  [
    'sends UTF-16 without a mark',
    () => giving(Buffer.from('openapi: 3.1.0', 'utf16le')),
    /neither JSON nor YAML|is not an OpenAPI document/,
  ],
  [
    'sends a tag of YAML that runs code',
    () => giving(`openapi: !!js/function 'function () { throw 1 }'`),
    /OpenAPI 3\.x|neither JSON nor YAML/,
  ],
  [
    'sends a name of the prototype',
    () => giving('{"__proto__":{"openapi":"3.1.0","paths":{}},"constructor":{}}'),
    /OpenAPI 3\.x/,
  ],
  [
    'names another API with control characters',
    () =>
      giving(elsewhere(within('title: "\\e[2J\\u202e\\n::error::x"').replace(/^ {2}title: (?!").*$/m, ''))),
    /another API/,
  ],
  ['refers to a file', () => giving(referring('file:///etc/passwd#/x')), /leaves the document/],
  [
    'refers to another server',
    () => giving(referring('http://169.254.169.254/latest#/x')),
    /leaves the document/,
  ],
];

describe('a pull from a server that', () => {
  it.each(SERVERS)(
    '%s ends soon, says why in a line, and changes nothing',
    async (_, server, says) => {
      const from = await server();
      const before = project.tree();
      const error = await pull(
        project.root,
        { from, timeoutMs: says.source.startsWith('did not') ? PATIENCE : 10_000 },
        quickPrograms,
      ).then(
        () => expect.fail('was not refused'),
        (thrown: unknown) => thrown,
      );
      expect(project.tree()).toEqual(before);
      let said = '';
      const stream = { write: (text: string) => (said += text) };
      const io = { stdout: stream, stderr: stream };
      expect(refuse('spec', error, io, [SpecError, DocumentError, ProgramError])).toBe(2);
      expect(said).toMatch(says);
      // A document's error names its place in a line of its own; a stack would have more.
      expect(said.trimEnd().split('\n').length, said).toBeLessThanOrEqual(2);
      expect(said.length).toBeLessThan(1_500);
      expect(said).not.toContain('secret-0');
      expectInert(said);
    },
    10_000,
  );
});
