import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { WireRequest, WireResponse } from '../model/exchange.js';
import { readResponse } from './read-answer.js';

/** Sends a TRACE, which `fetch` refuses to send. */
export function trace({ url, headers }: WireRequest, timeout: number): Promise<WireResponse> {
  const send = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeout);
    const sent = send(url, { method: 'TRACE', headers, signal, agent: false }, (answer) => {
      const fields = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const head = { status: answer.statusCode ?? 0, headers: new Headers(fields) };
      readResponse({ ...head, body: answer }).then(resolve, failed);
    });
    const failed = (cause: unknown) => reject(signal.aborted ? signal.reason : cause);
    sent.on('error', failed);
    sent.end();
  });
}
