import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/**
 * Keeps a process on one core, where the system has `taskset`: cores of a virtual machine differ in speed from minute to
 * minute, by what else its host does, and subjects that take turns shall take them on the same one.
 */
export function pin(pid: number | undefined, core: 'first' | 'last'): void {
  if (cpus().length < 2 || pid === undefined) return;
  const number = core === 'first' ? 0 : cpus().length - 1;
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${number}`, `${pid}`], { stdio: 'ignore' });
}
