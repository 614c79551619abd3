import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of Prism. */
export interface Front {
  /** `http://127.0.0.1:4010` */
  url: string;
  stop(): Promise<void>;
}

/** Headers of a single connection, which aren't forwarded (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'upgrade', 'expect'];

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
/** A media type with its parameters (RFC 9110, section 8.3.1). */
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}\\s*(;\\s*${TOKEN}=(${TOKEN}|${QUOTED})\\s*)*$`);

/**
 * Forwards requests to Prism, and its answers back, byte by byte. It refuses requests that Prism can't read with 400:
 * Prism would answer with 500, or not at all.
 *
 * @param port 0 for any free one.
 */
export async function startFront(prism: string, port: number): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const reason = unreadable(request);
    if (reason === undefined) handOn(prism, agent, request, response);
    else refuse(response, 400, reason);
  });
  await listen(server, port);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Why no path, query or body can be read from a request; undefined if they can. */
function unreadable({ url = '', headers }: IncomingMessage): string | undefined {
  if (!/^(\/|https?:\/\/)/.test(url) || !URL.canParse(url, 'http://localhost')) {
    return 'The target of the request is neither a path nor a URL.';
  }
  try {
    decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return 'The path of the request has a percent sign that begins no UTF-8 character.';
  }
  const type = headers['content-type'];
  if (type !== undefined && !MEDIA_TYPE.test(type))
    return 'The Content-Type of the request is not a media type.';
  return undefined;
}

function handOn(prism: string, agent: Agent, request: IncomingMessage, response: ServerResponse): void {
  const { hostname, port } = new URL(prism);
  const onward = send(
    {
      agent,
      hostname,
      port,
      method: request.method,
      path: request.url,
      headers: endToEnd(request.rawHeaders),
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
      answer.pipe(response);
    },
  );
  onward.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `Prism gave no answer: ${error.message}.`);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** Alternating names and values, as received. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => !HOP_BY_HOP.includes((rawHeaders[index - (index % 2)] ?? '').toLowerCase()),
  );
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  const title = status === 400 ? 'Bad Request' : 'Bad Gateway';
  response.writeHead(status, { 'content-type': 'application/problem+json', connection: 'close' });
  response.end(JSON.stringify({ title, status, detail }));
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      done();
    });
  });
}
