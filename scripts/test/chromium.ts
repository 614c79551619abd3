import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that the browser tests start: `CHROMIUM_PATH`, or an installed Chromium. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...CANDIDATES].find((path) => path !== undefined && isExecutable(path));
}

/** Installs Debian's Chromium where that can be done without asking: as root on a system with apt. */
export function installChromium(): void {
  if (findChromium() || process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return;
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
