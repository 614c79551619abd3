import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deadline, until } from '../../client/wait/abort.js';
import { CommandError, portError } from '../exit.js';

/** Milliseconds that a user has to sign in. */
const PATIENCE = 5 * 60_000;

const PATH = '/callback';

/** A server on this machine that waits for the browser to come back. */
export interface Loopback {
  readonly redirectUri: string;
  /** Waits for the address that the browser comes back to. Requests without the state are turned away. */
  callback(state: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export async function listenForCallback(port: number): Promise<Loopback> {
  let taken: ((url: string) => void) | undefined;
  let expected: string | undefined;
  const server = createServer((request, response) => {
    // A query may contain further question marks.
    const [path, ...parts] = (request.url ?? '').split('?');
    const query = parts.join('?');
    if (request.method !== 'GET' || path !== PATH) return page(response, 404, 'There is nothing here.');
    // Any page that the user visits can send the browser here. The state proves that this sign-in began with us.
    if (expected === undefined || new URLSearchParams(query).get('state') !== expected)
      return page(response, 400, 'This belongs to another sign-in. Begin again in the terminal.');
    page(response, 200, 'Go back to the terminal: you can close this window.');
    taken?.(`${redirectUri}?${query}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, port, '--redirect-port')));
    server.listen(port, '127.0.0.1', resolve);
  });
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  return {
    redirectUri,
    callback: async (state, signal) => {
      expected = state;
      const late = () => new CommandError('Nobody signed in within five minutes.');
      // The signal may have come before, while the command was still being loaded.
      const { over, clear } = deadline(PATIENCE, late, signal);
      const back = new Promise<string>((resolve) => {
        taken = resolve;
      });
      return until(over, back).finally(clear);
    },
    close: async () => {
      server.close();
      // A connection that sends nothing would keep the process alive.
      server.closeAllConnections();
    },
  };
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`<!doctype html><html lang="en"><title>ev-energy</title><p>${text}</p></html>\n`);
}
