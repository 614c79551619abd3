import type { Operation } from '../../../document/index.js';
import { inert } from '../../../text/words.js';

/** An operation's name in reports; a long path loses its middle. */
export function labelOf(operation: Operation | undefined, width = Number.POSITIVE_INFINITY): string {
  if (!operation) return 'the server';
  const label = inert(`${operation.method} ${operation.path}`);
  if (label.length <= width) return label;
  const tail = Math.floor((width - 1) * 0.6);
  return `${label.slice(0, width - 1 - tail)}…${label.slice(-tail)}`;
}
