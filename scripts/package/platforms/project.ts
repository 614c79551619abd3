import { copyFileSync, cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../root.js';
import { INSTALL, output, run } from '../../run.js';
import { cached } from '../cache.js';
import { preparedAlready } from '../prepared.js';

const MANIFEST = 'scripts/package/platforms/packages.json';

/** The folder with frameworks, bundlers and versions of Node, installed when first needed: only the long tests do. */
function platforms(): Promise<string> {
  return cached('platforms', [MANIFEST], async (into) => {
    copyFileSync(join(ROOT, MANIFEST), join(into, 'package.json'));
    await output('npm', [...INSTALL, '--no-package-lock'], { cwd: into, timeout: 600_000 });
  });
}

/**
 * A project in which a framework stands beside the installed package, really copied: bundlers don't compile what they
 * find below another `node_modules`, and follow no links out of a project.
 */
export async function platformProject(
  files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { folder: string; bin: (name: string) => string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-client-platform-'));
  const from = join(await platforms(), 'node_modules');
  // Hard links where both are on one disk: it is half a gigabyte.
  const linked = await run('cp', ['-al', from, folder]);
  if (linked.code !== 0) await output('cp', ['-a', from, folder]);
  const installed = join(preparedAlready().installation, 'node_modules');
  const own = join(folder, 'node_modules/ev-energy-client');
  cpSync(join(installed, 'ev-energy-client'), own, { recursive: true });
  // Its dependencies are inside it, as npm places them if the frameworks need other versions of the same packages.
  cpSync(installed, join(own, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== join(installed, 'ev-energy-client'),
  });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return {
    folder,
    bin: (name) => join(folder, 'node_modules', name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
