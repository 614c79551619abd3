import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Outcome, Prepared } from '../package/prepared.js';
import { installation, tarball } from '../package/tarball.js';
import { tools } from '../package/tools.js';
import { installChromium } from './chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that tells where the packed package and its tools are, once they are there. */
    prepared: string;
  }
}

/**
 * Runs once before the tests of the package: it is packed once and installed once, and each consumer gets a copy. That
 * goes on while the tests of the other projects run; those of the package wait for it. Where Chromium can't be
 * installed, the tests that need it say so.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  installChromium();
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-prepared-'));
  const file = join(folder, 'prepared.json');
  project.provide('prepared', file);
  const told = tell(file, prepare());
  return async () => {
    await told;
    await rm(folder, { recursive: true });
  };
}

/** Leaves word of how it has ended, for the processes of the tests. */
async function tell(file: string, making: Promise<Prepared>): Promise<void> {
  const outcome = await making.catch((error: unknown): Outcome => ({ error: String(error) }));
  // Renamed, so that nobody reads half of it.
  await writeFile(`${file}.part`, JSON.stringify(outcome));
  await rename(`${file}.part`, file);
}

async function prepare(): Promise<Prepared> {
  const [installed, folder] = await Promise.all([installation(), tools()]);
  return { tarball: await tarball(), installation: installed, tools: folder };
}
