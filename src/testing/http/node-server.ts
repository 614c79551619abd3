import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isConnectionReset } from './network-errors.js';
import { MAX_BODY } from './request.js';

/** Answers a request, given the caller's address. */
export type Answering = (request: Request, ip: string) => Promise<Response>;

/** A listening server. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and hands each request to `answer`.
 *
 * @param port 0 for any free one.
 */
export async function listen(port: number, answer: Answering): Promise<Listening> {
  // Asked for here: a fake in process needs no server, and runs in a page.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer((incoming, raw) => {
    serve(incoming, raw, answer).catch((error: unknown) => {
      if (!raw.headersSent) raw.writeHead(500, { 'Content-Type': 'text/plain' });
      raw.end(String(error));
    });
  });
  // Longer than clients keep idle connections, so that none uses a connection that is just being closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let closed: Promise<void> | undefined;
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closed ??= new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function serve(incoming: IncomingMessage, raw: ServerResponse, answer: Answering): Promise<void> {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  const request = await receive(incoming, gone.signal);
  if (!request) {
    raw.writeHead(400, { 'Content-Type': 'text/plain' }).end('This is not a request that HTTP allows.\n');
    return;
  }
  try {
    await send(await answer(request, incoming.socket.remoteAddress ?? ''), raw);
  } catch (error) {
    if (!isConnectionReset(error)) throw error;
    raw.destroy();
  }
}

/** Reads the request; undefined if a `Request` can't have its target or method. */
async function receive(incoming: IncomingMessage, signal: AbortSignal): Promise<Request | undefined> {
  const method = incoming.method ?? 'GET';
  const body = await bodyOf(incoming);
  // Not resolved against a base, so that a path that begins with `//` stays a path.
  const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url}`;
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    [value].flat().join(', '),
  ]);
  // A body on a GET or HEAD has no meaning (RFC 9110, section 9.3.1).
  const content = body.length === 0 || method === 'GET' || method === 'HEAD' ? null : body;
  try {
    return new Request(url, { method, headers, signal, body: content });
  } catch {
    return undefined;
  }
}

/** Keeps only as much as needed to see that a body is too long. */
async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size <= MAX_BODY) chunks.push(chunk);
    size += chunk.length;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** @throws TypeError of a broken connection if the body breaks off, once the part before it has been sent. */
async function send(response: Response, raw: ServerResponse): Promise<void> {
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  raw.writeHead(response.status, headers);
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; ) {
    const next = await reader?.read().catch((error: unknown) => error as Error);
    if (next instanceof Error) {
      await written(part.value, raw);
      throw next;
    }
    // A body in one part is sent together with the head.
    if (next?.value) await written(part.value, raw);
    else raw.end(part.value);
    part = next;
  }
  raw.end();
}

/** Waits until a part has been sent, since what follows may break the connection. */
function written(part: Uint8Array, raw: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    raw.once('close', resolve);
    raw.write(part, () => {
      raw.off('close', resolve);
      resolve();
    });
  });
}
