import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchText } from './fetch.js';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('fetching a document from a URL', () => {
  it('gives the text, also compressed and after redirects on the same scheme', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('openapi: 3.1.0 # ü'));
    });
    expect(await fetchText(`${url}/old`)).toBe('openapi: 3.1.0 # ü');
  });

  it('takes http from loopback only', async () => {
    await expect(fetchText('http://192.0.2.1/a.yaml')).rejects.toThrow(
      "'http://192.0.2.1/a.yaml' is not an https URL; a document is only taken over https",
    );
    await expect(fetchText('ftp://127.0.0.1/a.yaml')).rejects.toThrow('is not an https URL');
    await expect(fetchText('http://localhost.example.com/a.yaml')).rejects.toThrow('is not an https URL');
    await expect(fetchText('https://')).rejects.toThrow("'https://' is not a URL");
  });

  it.each([
    [
      'http://192.0.2.1/elsewhere.yaml',
      'redirects off http, to http://192.0.2.1/elsewhere.yaml; that is not followed',
    ],
    ['ftp://127.0.0.1/', 'redirects off http'],
    ['//[', 'which is not a URL'],
  ])('does not follow a redirect to %s', async (location, message) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(301, { location }).end();
    });
    await expect(fetchText(url)).rejects.toThrow(message);
    expect(requests).toBe(1);
  });

  it('gives up on a circle of redirects', async () => {
    const url = await serve((_, response) => response.writeHead(307, { location: '/' }).end());
    await expect(fetchText(url)).rejects.toThrow('redirects more than 5 times');
  });

  it('says what was answered in place of the document', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('busy'));
    await expect(fetchText(url)).rejects.toThrow(`${url} answered 503 Service Unavailable`);
  });

  it('refuses a body that ends early', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('openapi: 3.1.0', () => response.destroy());
    });
    await expect(fetchText(url)).rejects.toThrow('the connection ended before the whole document had come');
  });

  it('stops reading a body that is too large', async () => {
    let sent = 0;
    const url = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 50 * 1024 * 1024) {
          sent += 64 * 1024;
          if (!response.write(Buffer.alloc(64 * 1024, '#'))) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    await expect(fetchText(url)).rejects.toThrow('is larger than 20 MB, too large for an OpenAPI document');
    expect(sent).toBeLessThan(40 * 1024 * 1024);
  });

  it.each([
    ['does not answer', () => undefined],
    ['stops in the middle', (_request, response) => void response.write('openapi: ')],
  ] satisfies [string, RequestListener][])('does not wait for a server that %s', async (_, listener) => {
    const url = await serve(listener);
    await expect(fetchText(url, { timeoutMs: 200 })).rejects.toThrow(
      'did not send the document within 0.2 s',
    );
  });

  it('stops when it is told to', async () => {
    const url = await serve(() => controller.abort(new Error('enough')));
    const controller = new AbortController();
    await expect(fetchText(url, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('refuses what is no text', async () => {
    const url = await serve((_, response) => response.end(Buffer.from([0xff, 0xfe, 0x00, 0x80])));
    await expect(fetchText(url)).rejects.toThrow('is not text in UTF-8');
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    servers.splice(0)[0]?.close();
    await expect(fetchText(url)).rejects.toThrow(/Can't download .*ECONNREFUSED/);
  });
});

describe('reading a document from a file', () => {
  it('gives the text, within the bound', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ev-energy-fetch-'));
    try {
      const file = join(folder, 'a.yaml');
      await writeFile(file, 'openapi: 3.1.0');
      expect(await fetchText(file)).toBe('openapi: 3.1.0');
      await expect(fetchText(file, { maxBytes: 1024 * 1024 * 0 })).rejects.toThrow('is larger than 0 MB');
      await expect(fetchText(join(folder, 'b.yaml'))).rejects.toThrow(/Can't read .*b\.yaml: no such file/);
      await expect(fetchText(folder)).rejects.toThrow("Can't read");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
