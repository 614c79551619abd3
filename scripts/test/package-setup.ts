import type { TestProject } from 'vitest/node';
import { installation, tarball } from '../package/tarball.js';
import { tools } from '../package/tools.js';
import { installChromium } from './chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** A folder in which npm has installed it, and nothing else. */
    installation: string;
    /** A folder of compilers, a bundler and runtimes. */
    tools: string;
  }
}

/**
 * Runs once before the tests of the package: it is packed once and installed once, and each consumer gets a copy.
 * Where Chromium can't be installed, the tests that need it say so.
 */
export default async function setup(project: TestProject): Promise<void> {
  installChromium();
  const [installed, folder] = await Promise.all([installation(), tools()]);
  project.provide('tarball', await tarball());
  project.provide('installation', installed);
  project.provide('tools', folder);
}
