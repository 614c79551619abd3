import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, ROOT } from '../package/cache.js';
import { output, QUIET_INSTALL } from '../package/run.js';

const MANIFEST = 'scripts/bench/others.json';

/** The folder in which the clients to compare with are installed, when they are first asked for. */
export function others(): Promise<string> {
  return cached('others', [MANIFEST], async (into) => {
    copyFileSync(join(ROOT, MANIFEST), join(into, 'package.json'));
    await output('npm', [...QUIET_INSTALL, '--no-package-lock'], { cwd: into });
  });
}
