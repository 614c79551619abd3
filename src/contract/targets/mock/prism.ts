import { createRequire } from 'node:module';
import { ownFile } from '../../../document/own-file.js';
import { CannotRun } from '../../errors.js';
import { startFront } from './front.js';
import { guard, type PrismInstance } from './guard.js';

/** A running Prism. */
export interface Prism {
  /** `http://127.0.0.1:4010` */
  url: string;
  version: string;
  stop(): Promise<void>;
}

interface Server {
  prism: PrismInstance;
  listen(port: number, host: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts the mock of a document on loopback, in this process, so that it ends with the process.
 *
 * @param port 0 for any free one.
 * @throws CannotRun if Prism isn't installed, can't read the document or can't get the port.
 */
export async function startPrism(file: string, port = 0): Promise<Prism> {
  const { createServer, getHttpOperationsFromSpec, createLogger, version } = loadPrism();
  const operations = await getHttpOperationsFromSpec(file).catch((cause: unknown) => {
    throw new CannotRun(`Prism can't serve ${file}: ${messageOf(cause)}`, { cause });
  });
  const server = createServer(operations, {
    components: { logger: createLogger('mock', { enabled: false }) },
    cors: false,
    config: {
      isProxy: false,
      validateRequest: true,
      // The contract's rules check the answers; compiling each schema once more would take longer than all requests.
      validateResponse: false,
      checkSecurity: true,
      errors: false,
      mock: { dynamic: false },
    },
  });
  guard(server.prism);
  const behind = await server.listen(0, '127.0.0.1');
  const front = await startFront(behind, port).catch(async (cause: unknown) => {
    await server.close();
    const reason = messageOf(cause);
    throw new CannotRun(
      reason.includes('EADDRINUSE')
        ? `Port ${port} is taken. End what listens there, or choose another with --port.`
        : `The mock can't listen on port ${port}: ${reason}`,
      { cause },
    );
  });
  const stop = async () => {
    await front.stop();
    await server.close();
  };
  return { url: front.url, version, stop };
}

export function isPrismInstalled(): boolean {
  try {
    return prismManifest() !== '';
  } catch {
    return false;
  }
}

function prismManifest(): string {
  return createRequire(ownFile()).resolve('@stoplight/prism-cli/package.json');
}

/** Resolved from prism-cli, which these packages belong to. Loaded late, since only the mock needs them. */
function loadPrism() {
  let manifest: string;
  try {
    manifest = prismManifest();
  } catch (cause) {
    throw new CannotRun(
      'The mock needs Prism, which is not installed. Run: npm install --save-dev @stoplight/prism-cli',
      { cause },
    );
  }
  const there = createRequire(manifest);
  leaveOutLanguages(createRequire(there.resolve('@stoplight/prism-http')));
  return {
    version: String(there(manifest).version),
    createServer: there('@stoplight/prism-http-server').createServer as (
      operations: unknown[],
      options: object,
    ) => Server,
    getHttpOperationsFromSpec: there('@stoplight/prism-http').getHttpOperationsFromSpec as (
      file: string,
    ) => Promise<unknown[]>,
    createLogger: there('@stoplight/prism-core').createLogger as (name: string, options: object) => unknown,
  };
}

/**
 * Lets Prism load faker in English alone. Loading its seventy languages takes twice as long as all the rest of Prism,
 * and the mock needs none: it answers with the document's examples (`dynamic: false`).
 */
function leaveOutLanguages(prism: NodeJS.Require): void {
  try {
    const all = prism.resolve('@faker-js/faker');
    const english = prism.resolve('@faker-js/faker/locale/en');
    prism(english);
    prism.cache[all] ??= prism.cache[english];
  } catch {
    // Another version of Prism may do without faker; then there is nothing to leave out.
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
