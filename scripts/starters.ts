import { execFileSync } from 'node:child_process';

/** Milliseconds between two checks of who is still running. */
const PAUSE = 300;
/** Most processes between this one and npm: npm's shell, tsx and so on. */
const DEPTH = 4;

/**
 * Ends this process when whoever started it is gone, even if that was killed without notice. The processes between npm
 * and this one would wait for it, so npm itself is watched too.
 */
export function endWithStarters(end: () => void): void {
  const parent = process.ppid;
  const starters = [parent, ...upToNpm(parent)];
  setInterval(() => {
    if (process.ppid !== parent || !starters.every(isAlive)) end();
  }, PAUSE).unref();
}

/** The processes above this one up to npm's; empty if npm didn't start it, or if we can't tell. */
function upToNpm(pid: number): number[] {
  const above: number[] = [];
  for (let at = pid; above.length < DEPTH; ) {
    const { parent, command } = look(at);
    if (/^(npm|npx|\S*node \S*np[mx](-cli\.js)?)\b/.test(command)) return above;
    if (parent <= 1) break;
    above.push(parent);
    at = parent;
  }
  return [];
}

function look(pid: number): { parent: number; command: string } {
  try {
    const text = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(text) ?? [];
    return { parent: Number(parent ?? 0), command };
  } catch {
    // Without ps, only the parent is watched.
    return { parent: 0, command: '' };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
