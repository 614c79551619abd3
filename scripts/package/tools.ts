import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.js';
import { INSTALL, output } from '../run.js';
import { cached } from './cache.js';

const MANIFEST = 'scripts/package/tools.json';

/**
 * The folder with the compilers, bundler and runtimes that the package is tested with. They are installed when first
 * needed, to spare the 400 MB to everyone who only installs the project.
 */
export function tools(): Promise<string> {
  return cached('tools', [MANIFEST], async (into) => {
    copyFileSync(join(ROOT, MANIFEST), join(into, 'package.json'));
    await output('npm', [...INSTALL, '--no-package-lock'], { cwd: into, timeout: 300_000 });
  });
}
