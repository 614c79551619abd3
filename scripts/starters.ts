import { execFileSync } from 'node:child_process';

/** Milliseconds between two looks at who is still there. */
const PAUSE = 300;
/** npm, its shell, tsx and this process: npm isn't further away. */
const DEPTH = 4;

/**
 * Ends this process with whoever started it, also where that was killed and could tell nobody. Between npm and this
 * process there are others that would go on waiting for it, so npm itself is watched too.
 */
export function endWithStarters(end: () => void): void {
  const parent = process.ppid;
  const starters = [parent, ...upToNpm(parent)];
  setInterval(() => {
    if (process.ppid !== parent || !starters.every(isAlive)) end();
  }, PAUSE).unref();
}

/** The processes above one up to npm's; none where it wasn't npm that started it, or nothing tells. */
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
    // A system without ps: then only the parent is watched.
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
