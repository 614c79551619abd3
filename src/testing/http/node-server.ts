import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isConnectionReset } from './network-errors.js';
import { MAX_BODY } from './request.js';

/** What answers a request, with the address of its caller. */
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
  const server = createServer((incoming, raw) => {
    serve(incoming, raw, answer).catch((error: unknown) => {
      if (!raw.headersSent) raw.writeHead(500, { 'Content-Type': 'text/plain' });
      raw.end(String(error));
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
    raw.writeHead(400, { 'Content-Type': 'text/plain' }).end('This is no request that HTTP allows.\n');
    return;
  }
  try {
    await send(await answer(request, incoming.socket.remoteAddress ?? ''), raw);
  } catch (error) {
    if (!isConnectionReset(error)) throw error;
    raw.destroy();
  }
}

/** The request, or undefined for one whose target or method is none that a `Request` can have. */
async function receive(incoming: IncomingMessage, signal: AbortSignal): Promise<Request | undefined> {
  const method = incoming.method ?? 'GET';
  const body = await bodyOf(incoming);
  // Not resolved against a base: a path that begins with `//` is still a path here.
  const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url}`;
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    [value].flat().join(', '),
  ]);
  // A body that comes with a GET or HEAD means nothing (RFC 9110, section 9.3.1).
  const content = body.length === 0 || method === 'GET' || method === 'HEAD' ? null : body;
  try {
    return new Request(url, { method, headers, signal, body: content });
  } catch {
    return undefined;
  }
}

/** Keeps as much as shows that a body is too long. */
async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    if (size <= MAX_BODY) chunks.push(chunk);
    size += chunk.length;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** @throws TypeError as of a broken connection when the body breaks off, once what came of it is on its way. */
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
    // Whole bodies are one part: head and body go out together.
    if (next?.value) await written(part.value, raw);
    else raw.end(part.value);
    part = next;
  }
  raw.end();
}

/** Waits until a part is on its way: what comes after it may break the connection. */
function written(part: Uint8Array, raw: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    raw.once('close', resolve);
    raw.write(part, () => {
      raw.off('close', resolve);
      resolve();
    });
  });
}
