import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeRequest, FakeResponse } from './types.js';

/** Larger request bodies are refused with 413. */
const MAX_BODY = 1_048_576;

/** A listening server. */
export interface Listening {
  /** `http://127.0.0.1:4000` */
  origin: string;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and hands each request to `answer`.
 *
 * @param port 0 for any free one.
 */
export async function listen(
  port: number,
  answer: (request: FakeRequest, raw: ServerResponse) => Promise<void>,
): Promise<Listening> {
  const server = createServer((incoming, raw) => {
    receive(incoming)
      .then((request) => answer(request, raw))
      .catch((error: unknown) => {
        // A behaviour that throws something else than a problem is a mistake of the test: show it.
        if (!raw.headersSent) raw.writeHead(500, { 'Content-Type': 'text/plain' });
        raw.end(error instanceof Error ? error.stack : String(error));
      });
  });
  // Longer than clients keep idle connections: none shall meet one that is just being closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let closed: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      closed ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function receive(incoming: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return {
    method: incoming.method ?? 'GET',
    // Not resolved against a base: a path that begins with `//` is still a path here.
    url: new URL(`http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url}`),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
    tooLarge: size > MAX_BODY,
    ip: incoming.socket.remoteAddress ?? '',
  };
}

/** Sends an answer, or with `cut` only the first half of its body. */
export function send(response: FakeResponse, raw: ServerResponse, cut = false): void {
  const body = bytesOf(response.body);
  const length = response.status === 204 ? {} : { 'Content-Length': String(body.byteLength) };
  raw.writeHead(response.status, { ...length, ...response.headers });
  if (!cut) raw.end(body);
  else raw.write(body.subarray(0, body.byteLength / 2), () => raw.destroy());
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
