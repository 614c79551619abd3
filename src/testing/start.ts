import { type Built, buildFake } from './build.js';
import { checkOptions } from './check-options.js';
import type { Fake, ListeningFake } from './fake.js';
import { listen } from './http/node-server.js';
import type { FakeOptions } from './options.js';
import { readDocument } from './read-document.js';

/**
 * Address of a fake in process. The name never resolves (RFC 2606), so a client without the fake's `fetch` reaches
 * nobody.
 */
const IN_PROCESS = 'https://fake.invalid';

/**
 * Creates a fake of the API in process: no socket, no port, nothing to wait for.
 *
 * @example
 * const fake = await createFake();
 * const ev = new EvEnergy({ fetch: fake.fetch, baseUrl: fake.url, accessToken: fake.token });
 * @example
 * // As a handler of MSW. A page or a service worker gives the document: it can't read the one of the package.
 * const fake = await createFake({ document: await (await fetch('/openapi.json')).json() });
 * setupWorker(http.all(`${new URL(fake.url).origin}/*`, ({ request }) => fake.fetch(request)));
 * @throws TypeError for an unknown option, RangeError for one with a wrong value.
 * @throws DocumentError if the document can't be read or served.
 */
export async function createFake(options: Omit<FakeOptions, 'port'> = {}): Promise<Fake> {
  checkOptions(options);
  if ('port' in options)
    throw new TypeError("A fake in process has no port: startFake takes the option 'port'");
  return buildFake(await readDocument(options.document), IN_PROCESS, options).fake;
}

/**
 * Starts a fake of the API on 127.0.0.1: stateful, deterministic, and as strict as the document.
 *
 * @example
 * await using fake = await startFake();
 * const response = await fetch(`${fake.url}/evse_makes`);
 * @example
 * // Where there is no `await using` yet:
 * const fake = await startFake();
 * try {
 *   const response = await fetch(`${fake.url}/evse_makes`);
 * } finally {
 *   await fake.close();
 * }
 * @throws TypeError for an unknown option, RangeError for one with a wrong value.
 * @throws DocumentError if the document can't be read or served, Error if the port is taken (`EADDRINUSE`).
 */
export async function startFake(options: FakeOptions = {}): Promise<ListeningFake> {
  checkOptions(options);
  const document = await readDocument(options.document);
  let respond: Built['respond'];
  // Only once the server listens do we know the address for the sample data.
  const { port, close: stop } = await listen(options.port ?? 0, (request, ip) => respond(request, ip));
  try {
    const built = buildFake(document, `http://127.0.0.1:${port}`, options);
    respond = built.respond;
    const close = async () => {
      await built.fake.close();
      await stop();
    };
    return { ...built.fake, port, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stop();
    throw error;
  }
}
