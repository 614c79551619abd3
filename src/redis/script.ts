import { createHash } from 'node:crypto';
import type { Script } from './connection.js';

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
