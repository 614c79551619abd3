import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/** What the setup of the package's tests makes while other tests already run. */
export interface Prepared {
  /** The packed package. */
  tarball: string;
  /** A folder in which npm has installed only the package. */
  installation: string;
  /** A folder with compilers, a bundler and runtimes. */
  tools: string;
}

/** Content of the file in which the setup reports its outcome. */
export type Outcome = Prepared | { error: string };

/**
 * What the setup has made; waits until it is there.
 *
 * @throws Error with the reason if the setup failed.
 */
export async function prepared(): Promise<Prepared> {
  for (;;) {
    const text = await readFile(inject('prepared'), 'utf8').catch(() => undefined);
    if (text !== undefined) return read(text);
    await sleep(200);
  }
}

/** Like `prepared`, for callers that have a `project()`, and so know that the setup has finished. */
export function preparedAlready(): Prepared {
  return read(readFileSync(inject('prepared'), 'utf8'));
}

function read(text: string): Prepared {
  const outcome = JSON.parse(text) as Outcome;
  if ('error' in outcome) throw new Error(`The package's tests can't begin: ${outcome.error}`);
  return outcome;
}
