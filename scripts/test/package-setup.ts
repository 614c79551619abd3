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
    /** The file in which the setup writes where the packed package and its tools are, once they exist. */
    prepared: string;
  }
}

/**
 * Runs once before the package's tests: packs and installs the package once, and each consumer gets a copy. Meanwhile
 * the tests of other projects run; the package's tests wait. If Chromium can't be installed, the tests that need it say
 * so.
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

/** Writes the outcome to a file, for the processes of the tests. */
async function tell(file: string, making: Promise<Prepared>): Promise<void> {
  const outcome = await making.catch((error: unknown): Outcome => ({ error: String(error) }));
  // Renamed, so that nobody reads an incomplete file.
  await writeFile(`${file}.part`, JSON.stringify(outcome));
  await rename(`${file}.part`, file);
}

async function prepare(): Promise<Prepared> {
  const [installed, folder] = await Promise.all([installation(), tools()]);
  return { tarball: await tarball(), installation: installed, tools: folder };
}
