import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/**
 * Keeps a process on one core, if the system has `taskset`. The cores of a virtual machine differ in speed from minute
 * to minute, depending on its host, so subjects that take turns should use the same core.
 */
export function pin(pid: number | undefined, core: 'first' | 'last'): void {
  if (cpus().length < 2 || pid === undefined) return;
  const number = core === 'first' ? 0 : cpus().length - 1;
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${number}`, `${pid}`], { stdio: 'ignore' });
}
