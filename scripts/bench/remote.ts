import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { pin } from './pin.js';
import type { Readings } from './worker/work.js';

/** A task and its subject, in a separate process. */
export class Remote {
  readonly #child: ChildProcess;
  readonly #gone: Promise<never>;

  constructor(worker: string, task: string, origin: string, subject: string) {
    this.#child = fork(worker, [task, origin, subject], {
      execArgv: ['--expose-gc'],
      stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
    });
    pin(this.#child.pid, 'last');
    this.#gone = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`${task} of ${subject} ended with ${code}`);
    });
    this.#gone.catch(() => {});
    // Its exit already reports that it has ended.
    this.#child.stdin?.on('error', () => {});
  }

  /** Lets it run once, and returns the readings. */
  async measure(): Promise<Readings> {
    const readings = new Promise<Readings>((resolve) => {
      this.#child.once('message', (message) => resolve(message as Readings));
    });
    this.#child.stdin?.write('.');
    return Promise.race([readings, this.#gone]);
  }

  end(): void {
    this.#child.kill();
  }
}
