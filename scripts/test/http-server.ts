import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A request as received by a test server. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A test server's answer; an object as body is sent as JSON. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Milliseconds before the answer. */
  delay?: number;
  /** Milliseconds between headers and body. */
  bodyDelay?: number;
  /** Close the connection: before the answer, or inside its body. */
  cut?: 'before' | 'within';
}

export interface TestServer {
  url: string;
  requests: Received[];
  /** Requests whose client disconnected before the answer was complete. */
  aborted: Received[];
}

/** A server on loopback for one test, closed at its end. */
export async function serve(
  handler: (request: Received, count: number) => Reply | Promise<Reply>,
): Promise<TestServer> {
  const requests: Received[] = [];
  const aborted: Received[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const url = new URL(message.url ?? '/', 'http://localhost');
    const received: Received = {
      method: message.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: message.headers,
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(received);
    response.on('close', () => {
      if (!response.writableFinished) aborted.push(received);
    });
    await send(response, await handler(received, requests.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, aborted };
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.delay) await sleep(reply.delay);
  if (reply.cut === 'before') return void response.destroy();
  const text =
    typeof reply.body === 'string' ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body);
  const type = typeof reply.body === 'string' ? {} : { 'content-type': 'application/json' };
  response.writeHead(reply.status ?? 200, {
    ...type,
    'content-length': Buffer.byteLength(text),
    ...reply.headers,
  });
  if (reply.cut === 'within') {
    response.write(text.slice(0, text.length / 2), () => response.destroy());
    return;
  }
  if (reply.bodyDelay) {
    response.flushHeaders();
    await sleep(reply.bodyDelay);
  }
  response.end(text);
}
