import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/** What the setup of the package's tests makes while other tests run already. */
export interface Prepared {
  /** The packed package. */
  tarball: string;
  /** A folder in which npm has installed it, and nothing else. */
  installation: string;
  /** A folder of compilers, a bundler and runtimes. */
  tools: string;
}

/** What stands in the file with which the setup tells how it ended. */
export type Outcome = Prepared | { error: string };

/**
 * What the setup has made, once it is there.
 *
 * @throws Error with what kept the setup from it.
 */
export async function prepared(): Promise<Prepared> {
  for (;;) {
    const text = await readFile(inject('prepared'), 'utf8').catch(() => undefined);
    if (text !== undefined) return read(text);
    await sleep(200);
  }
}

/** The same for those who have a `project()`, and so know that it is there. */
export function preparedAlready(): Prepared {
  return read(readFileSync(inject('prepared'), 'utf8'));
}

function read(text: string): Prepared {
  const outcome = JSON.parse(text) as Outcome;
  if ('error' in outcome) throw new Error(`The package's tests can't begin: ${outcome.error}`);
  return outcome;
}
