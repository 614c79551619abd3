import { abortable } from '../../client/wait/abort.js';
import type { Io } from '../io.js';

/** Waits for what ends a server: Ctrl-C, another signal, or output that can't be written. @throws the signal's reason */
export function untilStopped({ signal }: Io): Promise<never> {
  return abortable(new Promise<never>(() => {}), signal);
}
