import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The browser for the browser tests: `CHROMIUM_PATH`, or an installed Chromium.
 *
 * @throws Error that says what to do if there is none; tests aren't skipped because of that.
 */
export function findChromium(
  chosen: string | undefined = process.env.CHROMIUM_PATH,
  installed: readonly string[] = INSTALLED,
): string {
  if (chosen && !isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is not a program: ${chosen}`);
  const found = chosen || installed.find(isExecutable);
  if (!found)
    throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program');
  return found;
}

/** Installs Debian's Chromium if that needs no confirmation: as root on a system with apt. */
export function installChromium(): void {
  if (process.env.CHROMIUM_PATH || INSTALLED.some(isExecutable)) return;
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return;
  process.stdout.write('Installing Chromium for the browser tests (apt-get install chromium)\n');
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore', timeout: 300_000 });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
